"""What linking knows of a speaker in one article, and of several such appearances taken together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from quotetrack.extract.names import FEMALE, MALE
from quotetrack.link.known import Known
from quotetrack.link.names import PersonName, person_name
from quotetrack.link.roles import RoleKey, role_key, walks_of_life

_HE, _SHE = {"he", "his", "him"}, {"she", "her", "hers"}
# Nobody is known to be both at once, as far as a name alone and two roles go.
_FAR_APART = {
    frozenset(pair)
    for pair in (
        ("sport", "politics"), ("sport", "science"), ("sport", "religion"), ("sport", "arts"), ("public", "politics"),
        ("public", "sport"), ("public", "arts"), ("public", "religion"), ("arts", "science"), ("religion", "arts"),
    )
}  # fmt: skip

# Offices that few hold at a time: sharing one says more than sharing another role.
OFFICES = {
    "president", "vice president", "senator", "representative", "governor", "prime minister", "chief justice", "justice",
    "admiral", "general", "chief executive", "director", "chancellor", "foreign minister", "mayor",
}  # fmt: skip


@dataclass(slots=True)
class Appearance:
    """One speaker in one article: the name extraction gave, with every source that stands for it.

    ``sources`` holds source identifiers and whether each was joint; ``company`` the keys of the others who speak in the
    article; ``day`` counts days since 1970, or is ``None``.
    """

    article: str
    name: str
    type: str
    sources: list[tuple[str, bool]] = field(default_factory=list)
    printed: Counter[str] = field(default_factory=Counter)
    roles: tuple[str, ...] = ()
    company: frozenset[str] = frozenset()
    outlet: str = ""
    day: int | None = None

    @property
    def person(self) -> PersonName:
        return person_name(self.name)

    @property
    def gender(self) -> str:
        """``m`` or ``f`` where an honorific or several pronouns tell, else empty: a single one may be misread."""
        found: Counter[str] = Counter()
        for text, n in self.printed.items():
            if told := _gender(text):
                found[told] += n if text.lower() in _HE | _SHE else 2 * n
        likeliest = max(sorted(found), key=lambda g: found[g], default="")
        return likeliest if found[likeliest] > 1 else ""


@dataclass(slots=True)
class Evidence:
    """What appearances taken together tell of a person. Sums and sets, so the order they come in leaves no trace."""

    articles: set[str] = field(default_factory=set)
    roles: Counter[RoleKey] = field(default_factory=Counter)
    walks: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    genders: Counter[str] = field(default_factory=Counter)
    outlets: set[str] = field(default_factory=set)
    days: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, appearances: Iterable[Appearance]) -> Evidence:
        found = cls()
        for one in appearances:
            found.articles.add(one.article)
            for role in one.roles:
                found.roles[role_key(role)] += 1
                found.walks |= walks_of_life(role)
            found.company |= one.company
            if gender := one.gender:
                found.genders[gender] += 1
            if one.outlet:
                found.outlets.add(one.outlet)
            if one.day is not None:
                found.days.append(one.day)
        found.days.sort()
        return found

    def add(self, other: Evidence) -> None:
        self.articles |= other.articles
        self.roles += other.roles
        self.walks |= other.walks
        self.company |= other.company
        self.genders += other.genders
        self.outlets |= other.outlets
        self.days = sorted(self.days + other.days)

    @property
    def gender(self) -> str:
        man, woman = self.genders["m"], self.genders["f"]
        return "m" if man > 2 * woman else "f" if woman > 2 * man else ""


def context(a: Evidence, b: Evidence) -> float:
    """What roles, company and dates say for (above 0) or against one person behind two names."""
    if a.gender and b.gender and a.gender != b.gender:
        return float("-inf")
    score = 0.0
    if agree_on_office(a, b):
        score += 1.0
    elif {r.head for r in a.roles if r.head} & {r.head for r in b.roles if r.head}:
        score += 0.4
    if far_apart(a.walks, b.walks):
        score -= 2.0
    score += min(0.9, 0.3 * len(a.company & b.company))
    if a.days and b.days:
        gap = max(a.days[0] - b.days[-1], b.days[0] - a.days[-1], 0)
        score += 0.2 if gap <= 60 else -1.0 if gap > 7300 else 0.0
    return score


def agree_on_office(a: Evidence, b: Evidence) -> bool:
    """Whether some role with its domain is given to both."""
    offices = {(r.head, place) for r in a.roles if r.telling for place in r.domain}
    return any((r.head, place) in offices for r in b.roles if r.telling for place in r.domain)


def far_apart(a: set[str] | frozenset[str], b: set[str] | frozenset[str]) -> bool:
    """Whether all walks of life of one are far from all of the other."""
    return bool(a and b) and all(frozenset((x, y)) in _FAR_APART for x in a for y in b)


def _gender(printed: str) -> str:
    lowered = printed.lower()
    if lowered in _HE:
        return "m"
    if lowered in _SHE:
        return "f"
    match = re.match(r"(\w+)\.?\s", lowered)
    word = match[1] if match else ""
    return "m" if word in MALE else "f" if word in FEMALE else ""


@dataclass(slots=True)
class Person:
    """A speaker found: its appearances, and what its identifier is made of."""

    key: tuple[str, ...]
    appearances: list[Appearance]
    known: Known | None = None
