"""What the forms of layout share: what they find, and how a paragraph of somebody's words is told from the report."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, Span
from quotetrack.text.names import fold

PERSON = {"PERSON", "PER"}
BOLD = "*_"  # the marks around bold words in plain text
SPEAKING = {"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves", "you", "your", "yours"}
# `(CROSSTALK)`, `[Applause]`, `Opposition senators interjecting—`
_STAGE = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\])[.\s]*$|[^.!?]{3,80}\b(?:interject\w*|having spoken)\s*[—–-]*\.?$")
_SURE_PROPOSAL = 0.5


@dataclass(slots=True)
class LaidOut:
    """What a form of layout has found: drafts, and the names that its labels stand for."""

    drafts: list[Draft] = field(default_factory=list)
    names: list[Entity] = field(default_factory=list)

    def add(self, other: LaidOut) -> None:
        self.drafts += other.drafts
        self.names += other.names


def draft(
    reading: Reading, ranges: Iterable[tuple[int, int]], name: Span | None, found_by: str, role: Span | None = None
) -> Draft:
    """A draft whose content are the stretches ``ranges``, without white space and marks of a reply (``>``) at their edges, said by ``name``."""
    content = []
    for start, end in ranges:
        while start < end and (reading.text[start].isspace() or reading.text[start] == ">"):
            start += 1
        while end > start and reading.text[end - 1].isspace():
            end -= 1
        if start < end:
            content.append(Span.of(reading.text, start, end))
    source = None
    if name is not None:
        inside = reading.words_between(name.start, name.end)
        source = Source(name, inside[-1] if inside else -1)
    return Draft(content, None, source, found_by, role=role)


def entities_in(reading: Reading, start: int, end: int) -> list[Entity]:
    """The entities that begin in ``start:end``, in text order."""
    entities = reading.parsed.entities
    first = bisect_left(entities, start, key=lambda e: e.start)
    return list(itertools.takewhile(lambda e: e.start < end, itertools.islice(entities, first, None)))


def persons_in(reading: Reading, start: int, end: int) -> list[Entity]:
    """The persons whom ``start:end`` names, in text order."""
    return [e for e in entities_in(reading, start, end) if e.end <= end and e.type.upper() in PERSON]


def surname(name: str) -> str:
    """The last part of a name, as names are compared."""
    return fold(re.sub(r"['’]s$", "", name))[-1:][0] if fold(name) else ""


def is_stage_direction(text: str) -> bool:
    """Whether a paragraph tells what happened while somebody spoke, in brackets or as the record does."""
    return _STAGE.match(text) is not None


def speaks(reading: Reading, start: int, end: int) -> bool:
    """Whether the words of ``start:end`` are somebody's own: ``I``, ``we`` or ``you`` stand outside marks."""
    return any(reading.lower[i] in SPEAKING and not reading.is_quoted(i) for i in reading.words_between(start, end))


def speaks_in(reading: Reading, start: int, end: int) -> bool:
    """Whether ``start:end`` has a word in the first or second person, between marks or not."""
    return any(reading.lower[i] in SPEAKING for i in reading.words_between(start, end))


def reports(reading: Reading, start: int, end: int, voices: set[str], within: bool = False) -> bool:
    """Whether the paragraph plainly is the report again: it tells of one of the ``voices`` (surnames), or attributes words.

    ``within``: more of the same words follow, so that whom the paragraph quotes is no sign; those who speak tell of others.
    """
    if speaks(reading, start, end):
        return False
    for entity in persons_in(reading, start, end):
        subject = any(
            reading.words[i].deprel.startswith("nsubj") for i in reading.words_between(entity.start, entity.end)
        )
        if subject and surname(entity.text) in voices:
            return True
    proposals = reading.parsed.proposals
    first = bisect_left(proposals, start, key=lambda p: p.cue.start)
    near = itertools.takewhile(lambda p: p.cue.start < end, itertools.islice(proposals, first, None))
    return not within and any(p.score >= _SURE_PROPOSAL and p.source is not None for p in near)
