"""Statements of one topic in order of time, with their negations and numbers marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encode
from quotetrack.read.context import Segment
from quotetrack.report.cards import Statement
from quotetrack.text.numbers import SCALE, VALUES, numbers
from quotetrack.text.sentences import sentences
from quotetrack.text.words import WORD, changes_sense, plain, words_of

_FEWEST = 3  # statements of a topic
_MOST_STRIPS = 3
_MOST_ENTRIES = 6
_LONGEST = 240  # characters of an excerpt
_SHARED = 3  # telling words besides the topic, for two statements to be about the same thing
_TELLING = 9.5  # bits


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement in a strip. ``excerpt`` is the sentence with the topic, ``flags`` say what differs from an earlier one."""

    statement: Statement
    excerpt: tuple[Segment, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Statements of one topic, earliest first; ``count`` is the number of all of them."""

    topic: str
    count: int
    entries: tuple[Entry, ...]


def with_topics(found: Sequence[Statement], topics: Sequence[str]) -> list[Statement]:
    """Fill in the topics of statements: those that occur in the words shown."""
    patterns = [(topic, re.compile(rf"(?<!\w){re.escape(topic)}(?!\w)")) for topic in topics]
    return [
        replace(one, topics=tuple(topic for topic, pattern in patterns if pattern.search(one.shown.text.lower())))
        for one in found
    ]


def strips(found: Sequence[Statement], topics: Sequence[str]) -> list[Strip]:
    """Return the topics with most changes. A statement is in the strip of one topic only."""
    dated = sorted((one for one in found if one.day), key=lambda one: (one.day, one.shown.quotation_id))
    candidates = []
    for place, topic in enumerate(topics):
        entries = _entries([one for one in dated if topic in one.topics], topic)
        if len(entries) >= _FEWEST and len({entry.statement.day for entry in entries}) > 1:
            changes = sum(bool(entry.flags) for entry in entries)
            candidates.append((-min(changes, _MOST_ENTRIES), place, topic, entries))
    shown: list[Strip] = []
    used: set[str] = set()
    for _, _, topic, entries in sorted(candidates, key=lambda one: one[:2]):
        free = [entry for entry in entries if entry.statement.shown.quotation_id not in used]
        if len(free) >= _FEWEST and len(shown) < _MOST_STRIPS:
            chosen = _chosen(free)
            used.update(entry.statement.shown.quotation_id for entry in chosen)
            shown.append(Strip(topic, len(entries), tuple(chosen)))
    return shown


def _entries(found: Sequence[Statement], topic: str) -> list[Entry]:
    entries: list[Entry] = []
    seen: list[tuple[Statement, list[str], set[str]]] = []
    for one in found:
        excerpt = _excerpt(one.shown.text, topic)
        words = words_of(excerpt)
        telling = _telling(words) - set(topic.split())
        alike = [
            (len(telling & other), place) for place, (_, _, other) in enumerate(seen) if len(telling & other) >= _SHARED
        ]
        flags: list[str] = []
        if alike:
            earlier, before, _ = seen[max(alike)[1]]
            flags = [f"{what} from {earlier.day}" for what in differing(before, words)]
        entries.append(Entry(one, sense_marked(excerpt), tuple(flags)))
        seen.append((one, words, telling))
    return entries


def _chosen(entries: list[Entry]) -> list[Entry]:
    """Keep the flagged entries, the first and the last, then the earliest others."""
    ranked = sorted(range(len(entries)), key=lambda n: (not entries[n].flags, n not in (0, len(entries) - 1), n))[
        :_MOST_ENTRIES
    ]
    return [entries[n] for n in sorted(ranked)]


def differing(before: Sequence[str], now: Sequence[str]) -> list[str]:
    """Return whether ``negation`` and ``number`` differ between two lists of words, in words for the reader."""
    found = []
    if any(map(_negates, before)) != any(map(_negates, now)):
        found.append("negation differs")
    if sorted(_values(before)) != sorted(_values(now)):
        found.append("number differs")
    return found


def sense_marked(text: str) -> tuple[Segment, ...]:
    """Split a text so that negations and numbers are ``marked`` segments.

    >>> [segment.text for segment in sense_marked("We will not sail") if segment.marked]
    ['not']
    """
    found, place = [], 0
    for word in WORD.finditer(text):
        if is_sense(plain(word[0])):
            found += [Segment("", text[place : word.start()]), Segment("", word[0], marked=True)]
            place = word.end()
    return tuple(segment for segment in [*found, Segment("", text[place:])] if segment.text)


def is_sense(word: str) -> bool:
    """Whether a word in plain form is a negation or a number, in digits or words; ``one`` alone has other meanings."""
    return changes_sense(word) or ((word in VALUES or word in SCALE) and word != "one")


def _negates(word: str) -> bool:
    return changes_sense(word) and not any(character.isdigit() for character in word)


def _values(words: Sequence[str]) -> list[str]:
    return [value for value in numbers(words) if value not in ("1", "1.", "2.")]


def _telling(words: Sequence[str]) -> set[str]:
    return {word for word in words if not is_sense(word) and float(information([encode(word)])[0]) >= _TELLING}


def _excerpt(text: str, topic: str) -> str:
    """Return the sentence with the topic, cut at both ends if it is long."""
    at = max(text.lower().find(topic), 0)
    start, end = next(((a, b) for a, b in sentences(text) if a <= at < b), (0, len(text)))
    first = max(start, min(at - _LONGEST // 2, end - _LONGEST))
    last = min(end, first + _LONGEST)
    if first > start:
        first = text.find(" ", first) + 1
    if last < end:
        last = text.rfind(" ", first, last)
    return f"{'… ' if first > start else ''}{text[first:last].strip()}{' …' if last < end else ''}"
