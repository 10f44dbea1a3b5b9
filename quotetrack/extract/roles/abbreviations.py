"""Offices that an article introduces by their initials: ``Chief Election Commissioner (CEC)``. Their short form stands for a person, never for a body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quotetrack.extract.people.kinds import nouns
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import BODIES
from quotetrack.text.role_nouns import is_role_noun

_BRACKETS = re.compile(r"\s\(([A-Z]{2,6})\)")
# ``KSC for Finance`` before a name.
_BEFORE_NAME = re.compile(r"\b([A-Z]{2,5})\sfor\s[A-Z][a-z]+(?:(?:,|\sand)?\s[A-Z][a-z]+){0,5}?(?=\s[A-Z])")
_SMALL = {"of", "the", "and", "&", "for", "in", "at", "to", "-"}
_REACH = 90  # characters that an office is looked for in


@dataclass(frozen=True, slots=True)
class ShortOffice:
    """An office introduced by its initials; the characters of its full name with the bracket."""

    short: str
    start: int
    end: int


def short_offices(reading: Reading) -> Iterator[ShortOffice]:
    """The offices that the article introduces so, in text order."""
    for found in _BRACKETS.finditer(reading.text):
        first = _spelled(reading, found[1], found.start())
        if first is not None and _is_office(reading, first, found.start()):
            yield ShortOffice(found[1], reading.words[first].start, found.end())
    people = {entity.start for entity in reading.parsed.entities if entity.type.upper() in ("PERSON", "PER")}
    for found in _BEFORE_NAME.finditer(reading.text):
        if found.end() + 1 in people and not is_role_noun(found[1]):
            yield ShortOffice(found[1], found.start(), found.end())


def _spelled(reading: Reading, short: str, end: int) -> int | None:
    """The first of the words right before ``end`` that ``short`` holds the initials of."""
    left = list(short)
    for index in reversed(reading.words_between(max(0, end - _REACH), end)):
        if reading.lower[index] in _SMALL:
            continue
        if reading.words[index].text[:1].upper() != left.pop():
            return None
        if not left:
            return index
    return None


def _is_office(reading: Reading, first: int, end: int) -> bool:
    """Whether the words are headed by a noun that only one person is called by."""
    inside = reading.words_between(reading.words[first].start, end)
    preposition = next((i for i in inside if i > first and reading.words[i].upos == "ADP"), inside.stop)
    head = reading.words[preposition - 1]
    if "Number=Plur" in head.feats or head.text.lower() in BODIES | nouns():
        return False
    return is_role_noun(head.text)
