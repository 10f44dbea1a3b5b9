"""Find offices that an article introduces with an abbreviation: ``Chief Election Commissioner (CEC)``.

The abbreviation then refers to a person, never to a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quotetrack.extract.people.kinds import nouns
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import BODIES
from quotetrack.text.role_nouns import is_role_noun

_BRACKETS = re.compile(r"\s\(([A-Z]{2,6})\)")
# "KSC for Finance" before a name.
_BEFORE_NAME = re.compile(r"\b([A-Z]{2,5})\sfor\s[A-Z][a-z]+(?:(?:,|\sand)?\s[A-Z][a-z]+){0,5}?(?=\s[A-Z])")
_SMALL_WORDS = {"of", "the", "and", "&", "for", "in", "at", "to", "-"}
_REACH = 90  # characters searched for the full name of an office


@dataclass(frozen=True, slots=True)
class ShortOffice:
    """An abbreviated office; ``start`` and ``end`` enclose its full name and the brackets."""

    short: str
    start: int
    end: int


def short_offices(reading: Reading) -> Iterator[ShortOffice]:
    """Yield the offices introduced with an abbreviation: those in brackets first, then those before a name.

    In ``KSC for Finance Ruth Vale``, the second form, the abbreviation comes first and is not spelled out.
    """
    for found in _BRACKETS.finditer(reading.text):
        first = _start_of_full_name(reading, found[1], found.start())
        if first is not None and _is_office(reading, first, found.start()):
            yield ShortOffice(found[1], reading.words[first].start, found.end())
    people = {entity.start for entity in reading.parsed.entities if entity.type.upper() in ("PERSON", "PER")}
    for found in _BEFORE_NAME.finditer(reading.text):
        if found.end() + 1 in people and not is_role_noun(found[1]):
            yield ShortOffice(found[1], found.start(), found.end())


def _start_of_full_name(reading: Reading, short: str, end: int) -> int | None:
    """The index of the first word before ``end`` whose initial letters, with the following words, spell ``short``."""
    remaining = list(short)
    for index in reversed(reading.words_between(max(0, end - _REACH), end)):
        if reading.lower[index] in _SMALL_WORDS:
            continue
        if reading.words[index].text[:1].upper() != remaining.pop():
            return None
        if not remaining:
            return index
    return None


def _is_office(reading: Reading, first: int, end: int) -> bool:
    """Whether the head of the phrase is a singular noun used only for persons."""
    inside = reading.words_between(reading.words[first].start, end)
    preposition = next((i for i in inside if i > first and reading.words[i].upos == "ADP"), inside.stop)
    head = reading.words[preposition - 1]
    if "Number=Plur" in head.feats or head.text.lower() in BODIES | nouns():
        return False
    return is_role_noun(head.text)
