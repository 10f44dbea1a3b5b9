"""Find the full names of bodies that are abbreviated in brackets: ``Ports and Harbours Canada (PHC)``.

Method after Schwartz and Hearst (2003).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotetrack.extract.reading import Reading
from quotetrack.model import Entity
from quotetrack.text.cells import Cells

_BRACKETS = re.compile(r"\s\((?:the\s)?[\"“«]?([A-Z][A-Za-z&-]{1,8})[\"”»]?\)")
_SMALL_WORDS = {"and", "of", "for", "the", "in", "on", "to", "&", "at", "de", "la", "du", "des", "del", "y", "e", "et"}
_PREPOSITIONS = {"of", "for", "in", "on", "to", "at"}
_ORGANISATION = "ORG"
_MAX_WORDS = 12  # words of a name


def long_forms(reading: Reading, entities: Sequence[Entity]) -> Iterator[Entity]:
    """Yield the full name before each abbreviation as an organisation.

    The capitals of the name must match the letters of the abbreviation. Names without an entity inside, or with a
    person, are skipped.
    """
    places = Cells((entity.start, entity.end, entity) for entity in entities)
    for match in _BRACKETS.finditer(reading.text):
        letters = [c.lower() for c in match[1] if c.isupper()]
        if len(letters) < 2:
            continue
        start = _start_of_name(reading, match.start(), letters)
        start = _start_before_preposition(reading, match.start(), letters) if start is None else start
        if start is None:
            continue
        inside = list(places.over(start, match.start()))
        if inside and not any(e.type.upper() in ("PERSON", "PER") for e in inside):
            name = reading.text[start : match.start()].rstrip()
            yield Entity(start, start + len(name), _ORGANISATION, name)


def _start_of_name(reading: Reading, end: int, letters: list[str]) -> int | None:
    """The offset where a name with capitals ``letters`` starts that ends at ``end``; small words are skipped."""
    words = reading.words_between(max(0, end - 120), end)
    remaining = letters[:]
    for index in reversed(words[-_MAX_WORDS:]):
        word = reading.words[index]
        if word.text[:1].isupper() and remaining and word.text[0].lower() == remaining[-1]:
            remaining.pop()
            if not remaining:
                return word.start
        elif word.text.lower() not in _SMALL_WORDS or reading.text[word.end : word.end + 1] != " ":
            return None
    return None


def _start_before_preposition(reading: Reading, end: int, letters: list[str]) -> int | None:
    """The offset where a name starts whose abbreviation leaves out what follows a preposition:
    ``United Nations Relief and Works Agency for Palestine Refugees in the Near East (UNRWA)``.
    """
    if len(letters) < 3:
        return None
    words = reading.words_between(max(0, end - 120), end)
    for index in reversed(words[-_MAX_WORDS:]):
        lowered = reading.words[index].text.lower()
        if lowered in _PREPOSITIONS:
            if (start := _start_of_name(reading, reading.words[index].start, letters)) is not None:
                return start
        elif not reading.words[index].text[:1].isupper() and lowered not in _SMALL_WORDS:
            return None
    return None
