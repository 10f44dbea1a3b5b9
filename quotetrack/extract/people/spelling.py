"""Names that their abbreviation in brackets spells out: ``Ports and Harbours Canada (PHC)`` (after Schwartz and Hearst 2003)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotetrack.extract.reading import Reading
from quotetrack.model import Entity

_BRACKETS = re.compile(r"\s\((?:the\s)?[\"“«]?([A-Z][A-Za-z&-]{1,8})[\"”»]?\)")
_SMALL = {"and", "of", "for", "the", "in", "on", "to", "&", "at", "de", "la", "du", "des", "del", "y", "e", "et"}
_ORGANISATION = "ORG"
_LONGEST = 12  # words of a name


def spelt_out(reading: Reading, entities: Sequence[Entity]) -> Iterator[Entity]:
    """The bodies whose names the letters of an abbreviation behind them mark off, where the entity model found less."""
    for match in _BRACKETS.finditer(reading.text):
        letters = [c.lower() for c in match[1] if c.isupper()]
        if len(letters) < 2:
            continue
        start = _beginning(reading, match.start(), letters)
        if start is None:
            continue
        inside = [e for e in entities if e.start < match.start() and start < e.end]
        if inside and not any(e.type.upper() in ("PERSON", "PER") for e in inside):
            name = reading.text[start : match.start()].rstrip()
            yield Entity(start, start + len(name), _ORGANISATION, name)


def _beginning(reading: Reading, end: int, letters: list[str]) -> int | None:
    """Where the words begin whose capitals are ``letters``, in order, small words left out."""
    words = reading.words_between(max(0, end - 120), end)
    left = letters[:]
    for index in reversed(words[-_LONGEST:]):
        word = reading.words[index]
        if word.text[:1].isupper() and left and word.text[0].lower() == left[-1]:
            left.pop()
            if not left:
                return word.start
        elif word.text.lower() not in _SMALL or reading.text[word.end : word.end + 1] != " ":
            return None
    return None
