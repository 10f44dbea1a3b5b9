"""Link bodies, places and groups across articles by name, and abbreviations to the bodies they stand for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache

from quotetrack.link.appearances import Appearance, Person
from quotetrack.link.countries import countries
from quotetrack.link.generic import generic_body, is_common
from quotetrack.link.known import Known
from quotetrack.link.names import abbreviation, body_key, initials, is_expanded
from quotetrack.link.roles import role_key
from quotetrack.text.names import first_names

_DAYS = 60  # between articles in which a place has one holder of an office
_LOCAL = {"mayor", "governor", "sheriff"}
_NATIONAL = {"president", "prime minister", "king", "queen", "emir", "chancellor"}
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
        if one.type == "unnamed" and office_of(one.name):
            continue
        key = meant.key(one)
        key = campaigns.get(key, renamed.get(key, key))
        known_as = names.get(key) if claimed[key] == 1 else None
        key = _local(key)
        identity = ("known", known_as.known_id) if known_as is not None else _identity(one, key)
        found.setdefault(identity, Person(identity, [], known_as)).appearances.append(one)
    return [*found.values(), *_office_holders(appearances)]


def _office_holders(appearances: list[Appearance]) -> list[Person]:
    """Group the holders of an office that no article names, where articles are at most ``_DAYS`` days apart."""
    found: list[Person] = []
    unnamed = [(one.day or 0, one.article, one) for one in appearances if one.type == "unnamed" and office_of(one.name)]
    last: dict[str, tuple[int, Person]] = {}
    for day, article, one in sorted(unnamed, key=lambda entry: (*entry[:2], entry[2].name)):
        office = office_of(one.name)
        before, person = last.get(office, (-_DAYS - 1, None))
        same_article = person is not None and person.appearances[-1].article == article
        if person is None or not (same_article or (one.day is not None and before and day - before <= _DAYS)):
            person = Person(("unnamed", article, office), [])
            found.append(person)
        person.appearances.append(one)
        last[office] = (day, person)
    return found


@lru_cache(maxsize=20_000)
def office_of(name: str) -> str:
    """Return the office of a person without a name if it has one holder at a time, else an empty string.

    >>> office_of("The mayor of Norvale"), office_of("the mayor"), office_of("a former mayor of Norvale")
    ('mayor norvale', '', '')
    """
    key = role_key(name)
    office = key.head.split()[-1:]
    places = sorted(word for word in key.domain if re.search(rf"\b{re.escape(word)}\b", name) is None)
    if key.status or len(places) != len(key.domain) or not places or is_common(places):
        return ""
    of_country = " ".join(places).replace("_", " ") in countries()
    if office and (key.head in _LOCAL or (of_country and key.head in _NATIONAL)):
        return " ".join([key.head, *places])
    return ""


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
    found = {"b:" + (generic[0] if generic else _local(key))}
    if short := _campaign_of_surname(key):
        found.add("b:" + short)
    if short := abbreviation(name) or initials(key):
        found.add("a:" + short)
    return found


@lru_cache(maxsize=50_000)
def _local(key: str) -> str:
    """Return one form of the names of a local body: ``police in tarnwick`` and ``tarnwick police department`` are ``tarnwick police``."""
    if generic_body(key):
        return key
    if (match := re.fullmatch(r"(\w+) (?:in|of) (.+)", key)) and generic_body(match[1]):
        key = f"{match[2]} {match[1]}"
    match = re.fullmatch(r"(.+ \w+) (?:department)", key)
    return match[1] if match and generic_body(match[1].split()[-1]) else key


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
        for meant in (
            self._given.get(key, set()),
            self._fitting.get(short.lower(), set()) if len(short) > 2 else set(),
        ):
            if meant := {body for body in meant if self._same_country(one.facts.country, self._countries[body])}:
                return next(iter(meant)) if len(meant) == 1 else key
        return key

    @staticmethod
    def _same_country(country: str, countries: set[str]) -> bool:
        """Whether a body of ``countries`` can be meant in an article about ``country``; bodies of many are international."""
        return not country or not countries or country in countries or len(countries) >= _INTERNATIONAL
