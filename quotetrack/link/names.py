"""Normalise and compare names of persons and bodies.

Names of one person vary in spelling (``Araghchi``, ``Araqchi``), nicknames, initials, order and missing parts. Each
difference lowers the similarity, and evidence from roles and company must make up for it (``quotetrack.link.persons``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from quotetrack.link.roles import data_lines
from quotetrack.text.names import first_names, fold, strip_title

EXACT, NICKNAME, COMPOUND, INITIAL, SPELLING = 3.0, 2.0, 1.6, 1.5, 1.5
_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "iii": "3", "iv": "4"}
# Legal forms at the end of company names.
_LEGAL = {"inc", "corp", "corporation", "ltd", "limited", "llc", "plc", "gmbh", "ag", "sa", "nv", "co", "lp", "llp"}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in normalised parts. A name with a single part is ``bare``, usually a surname."""

    parts: tuple[str, ...]
    suffix: str = ""

    @property
    def bare(self) -> bool:
        return len(self.parts) < 2

    @property
    def first(self) -> str:
        return self.parts[0]

    @property
    def last(self) -> str:
        return self.parts[-1]

    @property
    def middles(self) -> tuple[str, ...]:
        return self.parts[1:-1]

    @property
    def key(self) -> str:
        """The normalised name as one string."""
        return " ".join((*self.parts, self.suffix)).strip()


@lru_cache(maxsize=200_000)
def person_name(name: str) -> PersonName:
    """Parse a name as printed into normalised parts, without titles and honorifics."""
    name = re.sub(r"\b([A-Z])\.(?=[A-Z][a-z])", r"\1. ", name)  # "R.Subramani"
    name = re.sub(r"^(\S+\s.*\S)\s+of\s+[A-Z].*$", r"\1", name)  # "Paul Reyes of Norte"
    name = re.sub(r"^(?:Daw|U(?=\s\w{2,}\s\w{2,}))\s+(?=\S)", "", name)  # Burmese honorifics
    words = [w.strip(".,").lower() for w in name.split()]
    suffix = next((_SUFFIXES[w] for w in words[1:] if w in _SUFFIXES), "")
    stripped = strip_title(name)[0] or name
    parts = tuple(p for p in fold(stripped) if p not in ("junior", "senior")) or fold(name)
    return PersonName(parts or (name.lower(),), suffix)


@lru_cache(maxsize=200_000)
def skeleton(part: str) -> str:
    """Return a rough phonetic code of a part of a name; different romanisations of a name have the same code."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", part.lower()) if c.isalpha())
    opening = plain[:1]
    for pattern, letter in _SOUNDS:
        plain = pattern.sub(letter, plain)
    core = re.sub(r"[aeiouyhj]", "", plain)
    core = re.sub(r"(.)\1+", r"\1", core)
    return core if len(core) > 1 else (core or opening) + opening


_SOUNDS = [
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"x", "ks"), (r"^h(?=r)", "g"), (r"tsch|tch|sch|sh|ch|cz|ş|ç", "x"), (r"gh|kh|ck|q|g", "k"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"ph", "f"),
        (r"th", "t"), (r"dh", "d"), (r"w", "v"), (r"z", "s"), (r"x{2,}", "x"),
    )
]  # fmt: skip


def blocks(name: PersonName) -> set[str]:
    """Blocking keys of a name: names that could be the same person share at least one key."""
    if name.bare:
        return {"p:" + skeleton(name.last)}
    found = {"p:" + skeleton(part) for part in name.parts[1:] if len(part) > 2} or {"p:" + skeleton(name.last)}
    # The order of the parts may vary: `Abe Shinzo`, `Shinzo Abe`.
    found.add("o:" + " ".join(sorted(name.parts)))
    return found


def likeness(a: PersonName, b: PersonName) -> float:
    """Score how similar two names are: from 3 for the same first and last name to 0 for nothing in common.

    Returns negative infinity if they cannot be the same person: different suffixes, different middle names, or first names
    of different genders. A suffix on only one of the names is not scored here; roles decide.
    """
    impossible = float("-inf")
    if (a.suffix and b.suffix and a.suffix != b.suffix) or a.bare or b.bare:
        return impossible
    if a.parts == b.parts:
        return EXACT
    if sorted(a.parts) == sorted(b.parts):
        return NICKNAME
    short, long = sorted((a, b), key=lambda name: len(name.parts))
    if len(short.parts) < len(long.parts) - 1 and short.parts == long.parts[-len(short.parts) :]:
        return NICKNAME  # two surnames without the first names: `Vélez Orduna`
    if len(short.parts) == len(long.parts) - 1 and short.parts == long.parts[1:]:
        return COMPOUND  # without the first name or with an honorific: `Daw Hla Myint`
    if different_genders(a.first, b.first) or not _middles_agree(a, b):
        return impossible
    first = _first(a.first, b.first)
    last = _last(a.last, b.last)
    if last == EXACT:
        return max(first, _of_initials(a, b))
    if first == EXACT and _compound(a, b):
        return COMPOUND
    if last and first:
        return min(first, last) - (0.5 if EXACT in (first, last) or first == last == NICKNAME else 1.0)
    return 0.0


def different_genders(a: str, b: str) -> bool:
    """Whether the two first names have different genders."""
    known = first_names()
    return bool(a != b and known.get(a) and known.get(b) and known[a] != known[b])


def _of_initials(a: PersonName, b: PersonName) -> float:
    """Score a first name made of the initials of the other name: ``Jeb Bush`` is John Ellis Bush."""
    for x, y in ((a, b), (b, a)):
        if len(x.first) == len(y.parts) > 2 and x.first == "".join(part[0] for part in y.parts):
            return NICKNAME
    return 0.0


def _first(a: str, b: str) -> float:
    if a == b:
        return EXACT
    if len(a) == 1 or len(b) == 1:
        return INITIAL if a[0] == b[0] else 0.0
    groups = nickname_groups()
    if groups.get(a, frozenset()) & groups.get(b, frozenset()):
        return NICKNAME
    if romanised(a) == romanised(b):
        return NICKNAME
    if not _respelt(a, b):
        return 0.0
    return NICKNAME if Indel.normalized_similarity(a, b) >= 0.9 else SPELLING  # a typing error: `Hilary`, `Hillary`


def _last(a: str, b: str) -> float:
    if a == b:
        return EXACT
    if romanised(a) == romanised(b):
        return NICKNAME
    return SPELLING if min(len(a), len(b)) > 4 and _respelt(a, b) else 0.0


@lru_cache(maxsize=200_000)
def romanised(part: str) -> str:
    """Return one spelling for the usual romanisations of Slavic and Arabic names.

    >>> romanised("zhukovskiy") == romanised("zhukovsky"), romanised("yevgeny") == romanised("evgeniy")
    (True, True)
    """
    plain = part.lower()
    for pattern, letters in _ROMANISED:
        plain = pattern.sub(letters, plain)
    return plain


_ROMANISED = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"^h(?=r)", "g"), (r"x", "ks"), (r"[iy]+[jy]?$", "i"), (r"ii|ij|iy|yi", "i"), (r"(?:ei|ey|ej|ai|ay|aj)(?![aeiou])", "e"), (r"^ye", "e"), (r"^io|^yo", "yo"),
        (r"ou", "u"), (r"q", "k"), (r"y", "i"), (r"aa", "a"), (r"(.)\1", r"\1"),
    )
]  # fmt: skip


def _respelt(a: str, b: str) -> bool:
    if min(len(a), len(b)) < 4:
        return False
    return Indel.normalized_similarity(a, b) >= 0.7 and skeleton(a) == skeleton(b)


def _middles_agree(a: PersonName, b: PersonName) -> bool:
    """Whether the middle names are compatible; they may be missing or abbreviated in one of the names."""
    return all(
        x[0] == y[0] if 1 in (len(x), len(y)) else x == y or _respelt(x, y)
        for x, y in zip(a.middles, b.middles, strict=False)
    )


def _compound(a: PersonName, b: PersonName) -> bool:
    """Whether the surname of one is the first or the last surname of the other: ``Ann Vale`` and ``Ann Vale-Osei`` or ``Ann Osei Vale``.

    Only further first names may stand before it: ``José Ferrer`` is José Luis Ferrer Quintana, but not José Quintana Ferrer Soto.
    """
    known = first_names()
    for x, y in ((a, b), (b, a)):
        if len(x.last) > 2 and x.last in y.parts[1:]:
            at = y.parts.index(x.last, 1)
            return at == len(y.parts) - 1 or all(part in known for part in y.parts[1:at])
    return False


@lru_cache(maxsize=1)
def nickname_groups() -> dict[str, frozenset[int]]:
    """Map first names to the numbers of their groups in ``data/nicknames.txt``."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(data_lines("nicknames.txt")):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(groups) for name, groups in found.items()}


@lru_cache(maxsize=200_000)
def body_key(name: str) -> str:
    """Normalise a body's name: no article, case, accents, full stops or legal form; expand short forms in ``data/bodies.txt``."""
    whole = re.sub(r"^(?:the|a|an)\s+", "", " ".join(fold(name)))
    words = [re.sub(r"'s?$", "", w) for w in whole.split() if w not in ("the", "mr", "mrs", "ms")]
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    plain = " ".join(words).replace(" and ", " & ").replace(" & ", " and ")
    known = _known_bodies()
    return known.get(plain, plain)


def is_expanded(key: str) -> bool:
    """Whether a body's key is the full name of one of the bodies in ``data/bodies.txt``."""
    return _known_bodies().get(key) == key


@lru_cache(maxsize=1)
def _known_bodies() -> dict[str, str]:
    found = {}
    for line in data_lines("bodies.txt"):
        names = [" ".join(w for w in " ".join(fold(part.strip())).split() if w != "the") for part in line.split(";")]
        found.update(dict.fromkeys(names, names[0]))
    return found


def abbreviation(name: str) -> str:
    """Return ``name`` without full stops if it is an abbreviation (``OSDH``, ``U.S.D.A.``), else an empty string."""
    plain = re.sub(r"^(?:[Tt]he\s+)", "", name).replace(".", "")
    return plain if re.fullmatch(r"[A-Z][A-Z&]{1,7}", plain) else ""


def initials(key: str) -> str:
    """Return the initials of a body's key; an empty string for a single word."""
    words = [w for w in re.split(r"[\s-]+", key) if w not in ("of", "for", "and", "the", "in", "on", "to", "&")]
    return "".join(w[0] for w in words).upper() if len(words) > 1 else ""


def printed_name(text: str) -> str:
    """Return a source phrase as an alias if it is short and capitalised throughout, else an empty string."""
    words = text.split()
    if not 1 <= len(words) <= 5 or text.lower() in ("he", "she", "they", "it", "we", "i", "who"):
        return ""
    if all(w[:1].isupper() or w.lower() in ("the", "of", "al", "for", "and", "de", "van") for w in words):
        return re.sub(r"^[Tt]he\s+", "", text)
    return ""
