"""Quotations whose content, cue and source are known but whose speaker is not resolved yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, Kind, Proposal, Span
from quotetrack.text.quoted import Quoted

# Words outside the marks that do not make a quotation mixed: `said that "the dam holds"`.
_OUTSIDE_WORDS = {"that", "and", "but"}


@dataclass(slots=True)
class Draft:
    """A quotation without a resolved speaker.

    ``found_by`` names the rule that found it, which the confidence model uses. ``quoted`` are the quoted stretches in
    the content. ``inherited`` is the draft whose speaker this one takes over. ``proposal`` is the model proposal it
    was made from.

    Drafts found by a speaker label also have: ``voice``, the name the label stands for; ``role``, the role it gives;
    and ``nameless``, which is true if the label contains no name.
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
        """The offset where the content begins."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """The offset where the content ends."""
        return self.content[-1].end


def kind_of(reading: Reading, content: list[Span]) -> Kind:
    """Return ``direct`` if all words of the content are between marks, ``indirect`` if none are, else ``mixed``.

    Unmarked ``that``, ``and`` and ``but`` are ignored: ``said [that "the dam holds"]`` is direct.
    """
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
