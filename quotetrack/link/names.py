"""Names made comparable: how alike two persons' names are, what name of a body stands for which.

Names of persons come apart by spelling (``Araghchi``, ``Araqchi``), by nickname, by initials, by order and by a part more
or less. Each difference costs; what is left over must be made good by roles and company (``quotetrack.link.persons``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from quotetrack.extract.names import first_names, fold, strip_title
from quotetrack.link.roles import data_lines

EXACT, NICKNAME, INITIAL, SPELLING = 3.0, 2.0, 1.5, 1.5
_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "iii": "3", "iv": "4"}
# Company names end in what says nothing of which company.
_LEGAL = {"inc", "corp", "corporation", "ltd", "limited", "llc", "plc", "gmbh", "ag", "sa", "nv", "co", "lp", "llp"}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in folded parts. A name of one part is ``bare``: a surname, or all there is."""

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
        """The name as one string, the same for the same name."""
        return " ".join((*self.parts, self.suffix)).strip()


@lru_cache(maxsize=200_000)
def person_name(name: str) -> PersonName:
    """``name`` as printed, without titles and honorifics, in comparable parts."""
    words = [w.strip(".,").lower() for w in name.split()]
    suffix = next((_SUFFIXES[w] for w in words[1:] if w in _SUFFIXES), "")
    stripped = strip_title(name)[0] or name
    parts = tuple(p for p in fold(stripped) if p not in ("junior", "senior")) or fold(name)
    return PersonName(parts or (name.lower(),), suffix)


@lru_cache(maxsize=200_000)
def skeleton(part: str) -> str:
    """A name's part as it sounds, roughly: spellings of one name in Latin letters share it, many others do too."""
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
        (r"tsch|tch|sch|sh|ch|cz|ş|ç", "x"), (r"gh|kh|ck|q|g", "k"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"ph", "f"),
        (r"th", "t"), (r"dh", "d"), (r"w", "v"), (r"z", "s"), (r"x{2,}", "x"),
    )
]  # fmt: skip


def blocks(name: PersonName) -> set[str]:
    """The keys under which a name is compared with others: every name it could be one with shares a key with it."""
    if name.bare:
        return {"p:" + skeleton(name.last)}
    found = {"p:" + skeleton(part) for part in name.parts[1:] if len(part) > 2} or {"p:" + skeleton(name.last)}
    # Names come in either order: `Abe Shinzo`, `Shinzo Abe`.
    found.add("o:" + " ".join(sorted(name.parts)))
    return found


def likeness(a: PersonName, b: PersonName) -> float:
    """How much the two names speak for one person: 3 for the same first and last name, 0 for nothing in common.

    Negative infinity where they cannot be one: two suffixes, other middle names, first names of a man and a woman. Whether
    ``Jr.`` and none may be one is for roles to say.
    """
    never = float("-inf")
    if (a.suffix and b.suffix and a.suffix != b.suffix) or a.bare or b.bare:
        return never
    if a.parts == b.parts:
        return EXACT
    if sorted(a.parts) == sorted(b.parts):
        return NICKNAME
    short, long = sorted((a, b), key=lambda name: len(name.parts))
    if len(short.parts) < len(long.parts) - 1 and short.parts == long.parts[-len(short.parts) :]:
        return NICKNAME  # both surnames without the first names: `López Obrador`
    if opposed(a.first, b.first) or not _middles_agree(a, b):
        return never
    first = _first(a.first, b.first)
    last = _last(a.last, b.last)
    if last == EXACT:
        return max(first, _of_initials(a, b))
    if first == EXACT and _compound(a, b):
        return 1.0
    if last and first:
        return min(first, last) - (0.5 if EXACT in (first, last) else 1.0)
    return 0.0


def opposed(a: str, b: str) -> bool:
    """Whether one is a man's first name and the other a woman's."""
    known = first_names()
    return bool(a != b and known.get(a) and known.get(b) and known[a] != known[b])


def _of_initials(a: PersonName, b: PersonName) -> float:
    """``Jeb Bush`` is John Ellis Bush."""
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
    if not _respelt(a, b):
        return 0.0
    return NICKNAME if Indel.normalized_similarity(a, b) >= 0.9 else SPELLING  # `Hilary`, `Hillary`: a slip of the pen


def _last(a: str, b: str) -> float:
    if a == b:
        return EXACT
    return SPELLING if min(len(a), len(b)) > 4 and _respelt(a, b) else 0.0


def _respelt(a: str, b: str) -> bool:
    if min(len(a), len(b)) < 4:
        return False
    alike = Indel.normalized_similarity(a, b)
    return alike >= 0.7 and skeleton(a) == skeleton(b)


def _middles_agree(a: PersonName, b: PersonName) -> bool:
    """Middle names may be missing or shortened; where both have one, they must not differ."""
    return all(
        x[0] == y[0] if 1 in (len(x), len(y)) else x == y or _respelt(x, y)
        for x, y in zip(a.middles, b.middles, strict=False)
    )


def _compound(a: PersonName, b: PersonName) -> bool:
    """``Ann Vale`` and ``Ann Vale-Osei``, ``Ann Osei Vale``: a surname of one is a part of the other's."""
    return (len(a.last) > 2 and a.last in b.parts[1:]) or (len(b.last) > 2 and b.last in a.parts[1:])


@lru_cache(maxsize=1)
def nickname_groups() -> dict[str, frozenset[int]]:
    """First name to the groups of ``data/nicknames.txt`` it stands in."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(data_lines("nicknames.txt")):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(groups) for name, groups in found.items()}


@lru_cache(maxsize=200_000)
def body_key(name: str) -> str:
    """A body's name without article, case, accents, points and legal form; known short forms spelt out (``data/bodies.txt``)."""
    whole = re.sub(r"^(?:the|a|an)\s+", "", " ".join(fold(name)))
    words = [re.sub(r"'s?$", "", w) for w in whole.split() if w not in ("the", "mr", "mrs", "ms")]
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    plain = " ".join(words).replace(" and ", " & ").replace(" & ", " and ")
    known = _known_bodies()
    return known.get(plain, plain)


@lru_cache(maxsize=1)
def _known_bodies() -> dict[str, str]:
    found = {}
    for line in data_lines("bodies.txt"):
        names = [" ".join(w for w in " ".join(fold(part.strip())).split() if w != "the") for part in line.split(";")]
        found.update(dict.fromkeys(names, names[0]))
    return found


def abbreviation(name: str) -> str:
    """The abbreviation ``name`` is (``OSDH``, ``U.S.D.A.``) in capitals without points, or nothing."""
    plain = re.sub(r"^(?:[Tt]he\s+)", "", name).replace(".", "")
    return plain if re.fullmatch(r"[A-Z][A-Z&]{1,7}", plain) else ""


def initials(key: str) -> str:
    """What a body's key would be shortened to; nothing for a name of one word."""
    words = [w for w in re.split(r"[\s-]+", key) if w not in ("of", "for", "and", "the", "in", "on", "to", "&")]
    return "".join(w[0] for w in words).upper() if len(words) > 1 else ""


def printed_name(text: str) -> str:
    """A source phrase as an alias: the phrase itself if it is short and capitalised throughout, else nothing."""
    words = text.split()
    if not 1 <= len(words) <= 5 or text.lower() in ("he", "she", "they", "it", "we", "i", "who"):
        return ""
    if all(w[:1].isupper() or w.lower() in ("the", "of", "al", "for", "and", "de", "van") for w in words):
        return re.sub(r"^[Tt]he\s+", "", text)
    return ""
