"""Helpers shared by the layout modules: their result type, and tests that separate speech from narration."""

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
BOLD = "*_"  # Markdown marks around bold words in plain text
SPEECH_PRONOUNS = {"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves", "you", "your", "yours"}
# `(CROSSTALK)`, `[Applause]`, `Opposition senators interjecting—`
_STAGE = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\])[.\s]*$|[^.!?]{3,80}\b(?:interject\w*|having spoken)\s*[—–-]*\.?$")
_MIN_SCORE = 0.5


@dataclass(slots=True)
class LayoutResult:
    """The drafts that a layout module found, and the names its labels stand for."""

    drafts: list[Draft] = field(default_factory=list)
    names: list[Entity] = field(default_factory=list)

    def add(self, other: LayoutResult) -> None:
        """Append the drafts and names of ``other``."""
        self.drafts += other.drafts
        self.names += other.names


def make_draft(
    reading: Reading, ranges: Iterable[tuple[int, int]], name: Span | None, found_by: str, role: Span | None = None
) -> Draft:
    """Return a draft whose content is ``ranges`` and whose source is ``name``.

    White space and reply marks (``>``) at the edges of each range are removed.
    """
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
    """Return the entities that begin in ``start:end``, in text order."""
    entities = reading.parsed.entities
    first = bisect_left(entities, start, key=lambda e: e.start)
    return list(itertools.takewhile(lambda e: e.start < end, itertools.islice(entities, first, None)))


def persons_in(reading: Reading, start: int, end: int) -> list[Entity]:
    """Return the persons named in ``start:end``, in text order."""
    return [e for e in entities_in(reading, start, end) if e.end <= end and e.type.upper() in PERSON]


def surname(name: str) -> str:
    """Return the last part of a name, folded for comparison; an empty string if there is none."""
    return fold(re.sub(r"['’]s$", "", name))[-1:][0] if fold(name) else ""


def is_stage_direction(text: str) -> bool:
    """Whether a paragraph describes what happened during the speech: ``(CROSSTALK)``,
    ``Opposition senators interjecting—``.
    """
    return _STAGE.match(text) is not None


def has_unquoted_speech_pronoun(reading: Reading, start: int, end: int) -> bool:
    """Whether ``start:end`` contains a pronoun of the first or second person outside quotation marks."""
    return any(
        reading.lower[i] in SPEECH_PRONOUNS and not reading.is_quoted(i) for i in reading.words_between(start, end)
    )


def has_speech_pronoun(reading: Reading, start: int, end: int) -> bool:
    """Whether ``start:end`` contains a pronoun of the first or second person, quoted or not."""
    return any(reading.lower[i] in SPEECH_PRONOUNS for i in reading.words_between(start, end))


def is_narration(reading: Reading, start: int, end: int, surnames: set[str], before_more: bool = False) -> bool:
    """Whether the paragraph is clearly narration again: it has a speaker as a subject, or attributes words to somebody.

    ``surnames`` are those of the speakers. ``before_more`` is true if more of the same speech follows; then
    attributions are no sign of narration, because speakers quote others too. A paragraph with a pronoun of the first
    or second person is never narration.
    """
    if has_unquoted_speech_pronoun(reading, start, end):
        return False
    for entity in persons_in(reading, start, end):
        subject = any(
            reading.words[i].deprel.startswith("nsubj") for i in reading.words_between(entity.start, entity.end)
        )
        if subject and surname(entity.text) in surnames:
            return True
    proposals = reading.parsed.proposals
    first = bisect_left(proposals, start, key=lambda p: p.cue.start)
    proposals_inside = itertools.takewhile(lambda p: p.cue.start < end, itertools.islice(proposals, first, None))
    return not before_more and any(p.score >= _MIN_SCORE and p.source is not None for p in proposals_inside)
