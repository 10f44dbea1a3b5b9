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
_MOST_UNCHANGED = 2  # topics shown if no statement differs from an earlier one
_MOST_ENTRIES = 6
_LONGEST = 240  # characters of an excerpt
_MOST_READ = 200  # newest statements of a topic, each compared with all earlier ones
_SHARED = 4  # telling words, for two statements to be about the same thing
_ALIKE = 0.3  # of their telling words
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
    """Return a few topics, those with most changes first; strips share at most one statement.

    A change is a statement whose negations or numbers differ from those of an earlier day in similar words.
    """
    dated = sorted((one for one in found if one.day), key=lambda one: (one.day, one.shown.quotation_id))
    candidates = []
    for place, topic in enumerate(topics):
        own = [one for one in dated if topic in one.topics]
        if len(own) >= _FEWEST and own[0].day != own[-1].day:
            read = [_Read.of(one, topic) for one in own[-_MOST_READ:]]
            changes = _changes(read)
            candidates.append((-min(len(changes), _MOST_ENTRIES), place, topic, len(own), read, changes))
    candidates = [one for one in candidates if one[-1]] or candidates[:_MOST_UNCHANGED]
    shown: list[Strip] = []
    used: set[str] = set()
    for _, _, topic, count, read, changes in sorted(candidates, key=lambda one: one[:2]):
        chosen = _chosen(read, changes)
        identifiers = {read[n].statement.shown.quotation_id for n in chosen}
        if len(shown) < _MOST_STRIPS and len(identifiers & used) <= 1:
            used |= identifiers
            flags = {now: tuple(what) for _, now, what in changes}
            entries = [Entry(read[n].statement, sense_marked(read[n].excerpt), flags.get(n, ())) for n in chosen]
            shown.append(Strip(topic, count, tuple(entries)))
    return shown


@dataclass(frozen=True, slots=True)
class _Read:
    """A statement with its excerpt, the words of the excerpt and those that tell what it is about."""

    statement: Statement
    excerpt: str
    words: list[str]
    telling: set[str]

    @classmethod
    def of(cls, statement: Statement, topic: str) -> _Read:
        excerpt = _excerpt(statement.shown.text, topic)
        words = words_of(excerpt)
        return cls(statement, excerpt, words, _telling(words))


def _changes(read: Sequence[_Read]) -> list[tuple[int, int, list[str]]]:
    """Return earlier and later statement and what differs, the most similar pairs first."""
    found = []
    for now, one in enumerate(read):
        alike = [
            (len(one.telling & other.telling) / len(one.telling | other.telling), before)
            for before, other in enumerate(read[:now])
            if other.statement.day != one.statement.day and len(one.telling & other.telling) >= _SHARED
        ]
        if alike and max(alike)[0] >= _ALIKE:
            likeness, before = max(alike)
            earlier = read[before]
            what = [f"{sense} from {earlier.statement.day}" for sense in differing(earlier.words, one.words)]
            if what:
                found.append((-likeness, before, now, what))
    return [(before, now, what) for _, before, now, what in sorted(found)]


def _chosen(read: Sequence[_Read], changes: Sequence[tuple[int, int, list[str]]]) -> list[int]:
    """Choose what is shown: pairs with a change, the first and the last statement, and some spread evenly between."""
    chosen: dict[int, None] = {}
    for before, now, _ in changes:
        if len({*chosen, before, now}) <= _MOST_ENTRIES:
            chosen |= {before: None, now: None}
    last = len(read) - 1
    spread = [round(last * step / (_MOST_ENTRIES - 1)) for step in range(_MOST_ENTRIES)]
    for n in (0, last, *spread, *range(len(read))):
        if len(chosen) < _MOST_ENTRIES:
            chosen[n] = None
    return sorted(chosen)


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
