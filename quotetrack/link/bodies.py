"""Link bodies, places and groups across articles by name, and abbreviations to the bodies they stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

from quotetrack.link.appearances import Appearance, Person
from quotetrack.link.generic import generic_body
from quotetrack.link.known import Known
from quotetrack.link.names import abbreviation, body_key, initials, is_expanded
from quotetrack.text.names import first_names

_INTERNATIONAL = 3  # number of countries from which on a body is taken for an international one


def bodies(appearances: list[Appearance], known: list[Known]) -> list[Person]:
    """Group the appearances of one component by body; each appearance is in exactly one group."""
    names: dict[str, Known] = {}
    claimed: Counter[str] = Counter()
    for seed in known:
        for key in {body_key(name) for name in seed.names}:
            claimed[key] += 1
            names[key] = seed
    meant = _Abbreviations(appearances)
    campaigns = _campaigns(appearances)
    renamed = _renamed(appearances)
    found: dict[tuple[str, ...], Person] = {}
    for one in appearances:
        key = meant.key(one)
        key = campaigns.get(key, renamed.get(key, key))
        known_as = names.get(key) if claimed[key] == 1 else None
        identity = ("known", known_as.known_id) if known_as is not None else _identity(one, key)
        found.setdefault(identity, Person(identity, [], known_as)).appearances.append(one)
    return list(found.values())


def _identity(one: Appearance, key: str) -> tuple[str, ...]:
    """Return the parts of a body's identifier; a generic body without a country is one per article, like a nameless one."""
    if nameless(one.name, one.type):
        return (one.type, one.article, body_key(one.name))
    generic = generic_body(key)
    country = one.facts.country or (generic[1] if generic else "")
    if generic is None or (is_expanded(key) and (country in ("", "US") or abbreviation(one.name))):
        return ("body", key)  # data/bodies.txt means the American ones
    return ("body", generic[0], country) if country else (one.type, one.article, generic[0])


def _renamed(appearances: list[Appearance]) -> dict[str, str]:
    """Map names to the alphabetically first name of the same body, as texts say (``Orbia, formerly Facelink``)."""
    found: dict[str, str] = {}
    for one in sorted(appearances, key=lambda a: (a.article, a.name)):
        keys = {body_key(name) for name in (one.name, *one.facts.other_names)}
        keys |= {found.get(key, key) for key in keys}
        if len(keys) > 1:
            first = min(keys)
            found |= {key: first for key, to in [*found.items()] if to in keys} | dict.fromkeys(keys, first)
    return found


def nameless(name: str, kind: str) -> bool:
    """Whether the name does not identify a body by itself: "the government" differs from article to article."""
    return kind in ("unnamed", "document") or name.islower() or body_key(name) in _general_words()


@cache
def _general_words() -> frozenset[str]:
    # Importing extraction takes longer than looking up a quotation, which needs only names.
    from quotetrack.extract.resolve.described import BODIES

    return frozenset(BODIES)


def body_blocks(name: str) -> set[str]:
    """Blocking keys of a body's name: the normalised name, and its abbreviation or initials."""
    key = body_key(name)
    generic = generic_body(key)
    found = {"b:" + (generic[0] if generic else key)}
    if short := _campaign_of_surname(key):
        found.add("b:" + short)
    if short := abbreviation(name) or initials(key):
        found.add("a:" + short)
    return found


def _campaign_of_surname(key: str) -> str:
    """Return ``vale campaign`` for ``ruth vale campaign``; empty for other names."""
    words = key.split()
    return " ".join(words[1:]) if len(words) == 3 and words[-1] == "campaign" and words[0] in first_names() else ""


def _campaigns(appearances: list[Appearance]) -> dict[str, str]:
    """Map full campaign names to their short form by surname, if only one campaign has that surname."""
    full: dict[str, set[str]] = defaultdict(set)
    for one in appearances:
        if short := _campaign_of_surname(body_key(one.name)):
            full[short].add(body_key(one.name))
    return {next(iter(keys)): short for short, keys in full.items() if len(keys) == 1}


class _Abbreviations:
    """What abbreviations stand for: first what their own article introduces, then the only fitting body of other articles."""

    def __init__(self, appearances: list[Appearance]) -> None:
        self._own: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._given: dict[str, set[str]] = defaultdict(set)
        self._fitting: dict[str, set[str]] = defaultdict(set)
        self._countries: dict[str, set[str]] = defaultdict(set)
        for one in appearances:
            if not nameless(one.name, one.type):
                self._add(one)

    def _add(self, one: Appearance) -> None:
        key = body_key(one.name)
        self._countries[key] |= {one.facts.country} - {""}
        for printed in one.printed:
            if (short := abbreviation(printed)) and body_key(short) != key and not abbreviation(one.name):
                self._own[one.article, body_key(short)].add(key)
                self._given[body_key(short)].add(key)
        if short := initials(key):
            self._own[one.article, short.lower()].add(key)
            self._fitting[short.lower()].add(key)

    def key(self, one: Appearance) -> str:
        """Return the key of the body an appearance stands for, which is its own key unless it is an abbreviation."""
        key = body_key(one.name)
        short = abbreviation(one.name)
        if not short:
            return key
        own = self._own.get((one.article, key)) or self._own.get((one.article, short.lower()), set())
        if len(own) == 1:
            return next(iter(own))
        meant = self._given.get(key) or (self._fitting.get(short.lower(), set()) if len(short) > 2 else set())
        meant = {body for body in meant if self._same_country(one.facts.country, self._countries[body])}
        return next(iter(meant)) if len(meant) == 1 else key

    @staticmethod
    def _same_country(country: str, countries: set[str]) -> bool:
        """Whether a body of ``countries`` can be meant in an article about ``country``; bodies of many are international."""
        return not country or not countries or country in countries or len(countries) >= _INTERNATIONAL
