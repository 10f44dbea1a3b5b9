"""Evidence about a speaker in one article, and combined evidence from several articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from quotetrack.link.facts import Facts
from quotetrack.link.fields import far_apart, fields
from quotetrack.link.known import Known
from quotetrack.link.names import PersonName, person_name
from quotetrack.link.roles import RoleKey, role_key, role_words
from quotetrack.text.names import FEMALE, MALE

_HE, _SHE = {"he", "his", "him"}, {"she", "her", "hers"}
# Offices held by few people at a time: sharing one of them is stronger evidence than sharing another role.
OFFICES = {
    "president", "vice president", "senator", "representative", "governor", "prime minister", "chief justice", "justice",
    "admiral", "general", "chief executive", "director", "chancellor", "foreign minister", "mayor",
}  # fmt: skip


@dataclass(slots=True)
class Appearance:
    """One speaker in one article, with the name from extraction and all sources that refer to it.

    ``sources`` are source identifiers with a flag for joint sources. ``printed`` counts the source phrases. ``company`` are
    the name keys of the other speakers in the article. ``day`` is the publication date in days since 1970, or ``None``.
    ``keys`` are the blocking keys, and ``facts`` what the text says.
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
    keys: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)

    @property
    def person(self) -> PersonName:
        """The name, parsed as a person's name."""
        return person_name(self.name)

    @property
    def gender(self) -> str:
        """``m`` or ``f`` from an honorific or several pronouns, else empty; a single pronoun may be misread."""
        found: Counter[str] = Counter()
        for text, n in self.printed.items():
            if gender := _gender(text):
                found[gender] += n if text.lower() in _HE | _SHE else 2 * n
        likeliest = max(sorted(found), key=lambda g: found[g], default="")
        return likeliest if found[likeliest] > 1 else ""


@dataclass(slots=True)
class Evidence:
    """Combined evidence from several appearances; independent of their order."""

    articles: set[str] = field(default_factory=set)
    roles: Counter[RoleKey] = field(default_factory=Counter)
    printed_roles: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    genders: Counter[str] = field(default_factory=Counter)
    outlets: set[str] = field(default_factory=set)
    days: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, appearances: Iterable[Appearance]) -> Evidence:
        """Combine the evidence of ``appearances``."""
        found = cls()
        for one in appearances:
            found.articles.add(one.article)
            for role in one.roles:
                found.roles[role_key(role)] += 1
                found.printed_roles.add(role)
                found.fields |= fields(role)
            found.company |= one.company
            if gender := one.gender:
                found.genders[gender] += 1
            if one.outlet:
                found.outlets.add(one.outlet)
            if one.day is not None:
                found.days.append(one.day)
        found.days.sort()
        return found

    @property
    def gender(self) -> str:
        """``m`` or ``f`` if clearly more frequent than the other, else empty."""
        male, female = self.genders["m"], self.genders["f"]
        return "m" if male > 2 * female else "f" if female > 2 * male else ""


def context(a: Evidence, b: Evidence) -> float:
    """Score how much roles, company and dates support (above 0) or contradict that two names are the same person."""
    if a.gender and b.gender and a.gender != b.gender:
        return float("-inf")
    score = 0.0
    if agree_on_office(a, b):
        score += 1.0
    elif agree_on_role(a, b):
        score += 0.8
    elif {r.head for r in a.roles if r.head} & {r.head for r in b.roles if r.head}:
        score += 0.4
    if far_apart(a.fields, b.fields):
        score -= 2.0
    score += min(0.9, 0.3 * len(a.company & b.company))
    if a.days and b.days:
        gap = max(a.days[0] - b.days[-1], b.days[0] - a.days[-1], 0)
        score += 0.2 if gap <= 60 else -1.0 if gap > 7300 else 0.0
    return score


def agree_on_role(a: Evidence, b: Evidence) -> bool:
    """Whether both have a role of the same two or more words, apart from some that only one has: ``the city's police chief``."""
    return same_role(a.printed_roles, b.printed_roles)


def same_role(a: Set[str], b: Set[str]) -> bool:
    """Whether two sets of printed roles have one in common as in ``agree_on_role``."""
    return any(
        len(x & y) > 1 and 3 * len(x & y) >= 2 * len(x | y)
        for x in {role_words(role) for role in a}
        for y in {role_words(role) for role in b}
    )


def agree_on_office(a: Evidence, b: Evidence) -> bool:
    """Whether both have a role with the same head and domain."""
    offices = {(r.head, place) for r in a.roles if r.is_specific for place in r.domain}
    return any((r.head, place) in offices for r in b.roles if r.is_specific for place in r.domain)


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
    """A linked speaker: its appearances, and the parts its identifier is computed from."""

    key: tuple[str, ...]
    appearances: list[Appearance]
    known: Known | None = None
