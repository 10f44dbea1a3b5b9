"""Normalise roles: ``Syrian President`` equals ``President of Syria``; ``former`` and ``-elect`` are kept as a status.

Used only for grouping and linking; roles are always shown as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

# Variants of role names, mapped to the form that is compared.
_SAME_HEAD = {
    "pm": "prime minister", "premier": "prime minister", "sen": "senator", "rep": "representative", "gov": "governor",
    "congressman": "representative", "congresswoman": "representative", "ceo": "chief executive", "pres": "president",
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair",
    "chairperson": "chair", "chief executive officer": "chief executive", "gen": "general", "lt gen": "lieutenant general",
    "lt gov": "lieutenant governor", "vp": "vice president", "businesswoman": "businessman", "actress": "actor",
    "councilwoman": "councilman", "foreign secretary": "foreign minister", "prof": "professor", "member parliament": "mp",
    "member congress": "representative", "us senator": "senator", "us representative": "representative",
}  # fmt: skip
_STATUS = {
    "former": "former", "ex": "former", "late": "late", "acting": "acting", "interim": "acting", "then": "former",
    "elect": "elect", "designate": "elect", "incoming": "elect", "outgoing": "outgoing", "retired": "former",
}  # fmt: skip
_SAME_WORD = dict.fromkeys(
    ("chief", "boss", "director", "heads", "headed", "leads", "led", "directs", "directed", "runs", "ran"), "head"
)
_PREPOSITIONS = {"of", "for", "at", "in", "to", "with", "from", "on", "under", "by"}
_SMALL = {"the", "a", "an", "and", "his", "her", "its", "their", "new", "this", "that"}


@dataclass(frozen=True, slots=True)
class RoleKey:
    """A normalised role.

    ``status`` is ``former``, ``acting``, ``elect``, ``late``, ``outgoing`` or empty; ``head`` is the office; ``domain`` are
    the places and bodies that the office belongs to.
    """

    status: str
    head: str
    domain: frozenset[str]

    def agrees(self, other: RoleKey) -> bool:
        """Whether both can be the same office: the same head, and a common domain unless one has none."""
        if self.head != other.head:
            return False
        return not self.domain or not other.domain or bool(self.domain & other.domain)

    @property
    def is_specific(self) -> bool:
        """Whether the role identifies a person by itself: it has a head and a domain."""
        return bool(self.head and self.domain)


@lru_cache(maxsize=50_000)
def role_key(role: str) -> RoleKey:
    """Normalise a role as printed.

    >>> role_key("Syrian President") == role_key("president of Syria")
    True
    """
    owner, _, owned = re.sub(r"['’]s?(?=\s)", "\0", _plain(role)).rpartition("\0")
    words = owned.replace("'", " ").replace("’", " ").split()
    status = ""
    while words and words[0] in _STATUS | dict.fromkeys(_SMALL, ""):
        status = status or _STATUS.get(words[0], "")
        words = words[1:]
    if words and words[-1] in ("elect", "designate", "nominate"):
        status, words = "elect", words[:-1]
    cut = next((i for i, w in enumerate(words) if w in _PREPOSITIONS), len(words))
    over = [*owner.replace("\0", " ").split(), *words[cut:]]  # "the Marisol's captain", "captain of the Marisol"
    left, right = _places(words[:cut]), _places([w for w in over if w not in _PREPOSITIONS])
    if "elect" in left:
        status, left = "elect", [w for w in left if w != "elect"]
    places = _place_names()
    domain = {w for w in left if w in places} | {w for w in right if w not in _SMALL}
    head = " ".join(w for w in left if w not in places and w not in _SMALL)
    head = _SAME_HEAD.get(head, head)
    if head not in _SAME_HEAD.values():
        last = head.split()[-1:] or [""]
        head = " ".join([*head.split()[:-1], _SAME_HEAD.get(last[0], last[0])]).strip()
    return RoleKey(status, head, frozenset(domain))


@lru_cache(maxsize=50_000)
def role_words(role: str) -> frozenset[str]:
    """Return the words of a role that are compared, with places for their adjectives and one noun for ``head`` and ``chief``.

    >>> role_words("Railway chief") == role_words("head of the railway")
    True
    """
    key = role_key(role)
    words = {_SAME_WORD.get(word, word) for word in (*key.head.split(), *key.domain)}
    return frozenset(words - _SMALL - _PREPOSITIONS)


def _plain(role: str) -> str:
    return re.sub(r"[^\w\s'’]", " ", re.sub(r"(?<=[A-Za-z])\.(?=[A-Za-z])", "", role)).lower()


def _places(words: list[str]) -> list[str]:
    """Replace adjectives of places by the places; names of two words are joined by an underscore."""
    names = _demonyms()
    found = []
    index = 0
    while index < len(words):
        pair = " ".join(words[index : index + 2])
        if pair in names:
            found.append(names[pair])
            index += 2
        else:
            found.append(names.get(words[index], words[index]))
            index += 1
    return found


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, str]:
    found = {}
    for line in data_lines("demonyms.txt"):
        place, _, adjectives = line.partition(":")
        joined = place.strip().replace(" ", "_")
        found[place.strip()] = joined
        first = place.split()[0]
        for word in adjectives.split():
            if not word.startswith("+"):
                found[word] = joined
            if " " in place:
                found[f"{first} {word.lstrip('+')}"] = joined
    return found


@lru_cache(maxsize=1)
def _place_names() -> frozenset[str]:
    return frozenset(_demonyms().values())


def data_lines(name: str) -> list[str]:
    """Return the lines of a data file without comments and empty lines."""
    source = files("quotetrack.link").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [line for line in source.splitlines() if line.strip() and not line.startswith("#")]
