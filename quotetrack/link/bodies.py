"""Link bodies, places and groups across articles by name, and abbreviations to the bodies they stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

from quotetrack.link.appearances import Appearance, Person
from quotetrack.link.known import Known
from quotetrack.link.names import abbreviation, body_key, initials
from quotetrack.text.names import first_names


def bodies(appearances: list[Appearance], known: list[Known]) -> list[Person]:
    """Group the appearances of one component by body; each appearance is in exactly one group."""
    names: dict[str, Known] = {}
    claimed: Counter[str] = Counter()
    for seed in known:
        for key in {body_key(name) for name in seed.names}:
            claimed[key] += 1
            names[key] = seed
    short = {**_introduced(appearances), **_campaigns(appearances)}
    found: dict[tuple[str, ...], Person] = {}
    for one in appearances:
        key = body_key(one.name)
        key = short.get(key, key)
        identity: tuple[str, ...] = ("body", key)
        known_as = names.get(key) if claimed[key] == 1 else None
        if known_as is not None:
            identity = ("known", known_as.known_id)
        elif nameless(one.name, one.type):
            identity = (one.type, one.article, body_key(one.name))
        found.setdefault(identity, Person(identity, [], known_as)).appearances.append(one)
    return list(found.values())


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
    found = {"b:" + key}
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


def _introduced(appearances: list[Appearance]) -> dict[str, str]:
    """Map abbreviations to the key of the only body that an article introduces them for or whose initials match."""
    given: dict[str, set[str]] = defaultdict(set)
    fitting: dict[str, set[str]] = defaultdict(set)
    for one in appearances:
        key = body_key(one.name)
        if nameless(one.name, one.type):
            continue
        for printed in one.printed:
            if (short := abbreviation(printed)) and body_key(short) != key and not abbreviation(one.name):
                given[body_key(short)].add(key)
        if short := initials(key):
            fitting[short.lower()].add(key)
    found = {}
    for one in appearances:
        if not (short := abbreviation(one.name)):
            continue
        bodies_meant = given.get(body_key(one.name)) or (fitting.get(short.lower(), set()) if len(short) > 2 else set())
        if len(bodies_meant) == 1:
            found[body_key(one.name)] = next(iter(bodies_meant))
    return found
