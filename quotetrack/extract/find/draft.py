"""A quotation in the making: content, cue and source found, speaker not yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, Kind, Proposal, Span
from quotetrack.text.quoted import Quoted

# Words that may stand outside the marks of a quotation that is direct all the same (`said that "the dam holds"`).
_OUTSIDE_WORDS = {"that", "and", "but"}


@dataclass(slots=True)
class Draft:
    """``inherited`` is the draft whose speaker this one takes over; ``found_by`` names the rule, for the confidence.

    ``voice`` is the name that a label stands for, ``role`` what it says its person is; ``nameless`` says that the source
    is a label without a name.
    """

    content: list[Span]
    cue: Span | None
    source: Source | None
    found_by: str
    quoted: list[Quoted] = field(default_factory=list)
    inherited: Draft | None = None
    proposal: Proposal | None = None
    voice: Entity | None = None
    role: Span | None = None
    nameless: bool = False

    @property
    def start(self) -> int:
        return self.content[0].start

    @property
    def end(self) -> int:
        return self.content[-1].end


def kind_of(reading: Reading, content: list[Span]) -> Kind:
    """``direct`` where all words stand between marks (a leading ``that`` aside), ``indirect`` where none do."""
    inside = outside = 0
    for span in content:
        for index in reading.words_between(span.start, span.end):
            text = reading.lower[index]
            if not (text.isalnum() or any(c.isalnum() for c in text)):
                continue
            if reading.is_quoted(index):
                inside += 1
            elif text not in _OUTSIDE_WORDS:
                outside += 1
    if inside and not outside:
        return "direct"
    return "mixed" if inside else "indirect"
