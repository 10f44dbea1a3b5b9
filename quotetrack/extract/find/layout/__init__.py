"""Attribution by layout: what the form of a text gives to somebody, without a sentence that says so.

Each form has a file of its own. What they find is closed to the other rules, and the names of labels are told to
everything that asks who is in the article.
"""

from __future__ import annotations

import re
from dataclasses import replace

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.blocks import quoted_blocks
from quotetrack.extract.find.layout.common import LayoutResult
from quotetrack.extract.find.layout.headlines import headline_attributions
from quotetrack.extract.find.layout.interviews import labelled_interview, unlabelled_interview
from quotetrack.extract.find.layout.posts import embedded_posts, signed_quotations
from quotetrack.extract.find.layout.transcripts import transcript_turns
from quotetrack.extract.find.span_sets import SpanSet
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

__all__ = ["laid_out"]

_LINE_END = re.compile(r"[\r\n]")


def layout_drafts(reading: Reading) -> list[Draft]:
    """Drafts of what the layout attributes. ``reading`` then names the voices of labels as the article does in full."""
    found = LayoutResult(labelled_interview(reading))
    found.add(transcript_turns(reading))
    if not found.drafts:
        found.drafts += unlabelled_interview(reading)
    found.drafts += embedded_posts(reading) + signed_quotations(reading)
    found.drafts += headline_attributions(reading)
    drafts = _without_overlaps(found.drafts)
    drafts += quoted_blocks(reading, _paragraphs_of(reading, drafts))
    _use_label_names(reading, found)
    return sorted(drafts, key=lambda d: d.start)


def _without_overlaps(drafts: list[Draft]) -> list[Draft]:
    """No words in two drafts: the form that was looked for first keeps them."""
    kept: list[Draft] = []
    taken = SpanSet()
    for draft in drafts:
        if not any(taken.overlaps(span.start, span.end) for span in draft.content):
            kept.append(draft)
            for span in draft.content:
                taken.add(span)
    return kept


def _paragraphs_of(reading: Reading, drafts: list[Draft]) -> set[int]:
    taken = SpanSet(span for draft in drafts for span in draft.content)
    return {number for number, place in enumerate(reading.parsed.paragraphs) if taken.overlaps(*place)}


def _use_label_names(reading: Reading, found: LayoutResult) -> None:
    """Take the names of the labels for those that the tagger found in them, and names that a line end cuts in two as whole."""
    named = SpanSet(Span(name.start, name.end, "") for name in found.names)
    others = [e for e in reading.parsed.entities if not named.overlaps(e.start, e.end)]
    whole = [replace(e, text=_LINE_END.sub(" ", e.text)) if _LINE_END.search(e.text) else e for e in others]
    entities = tuple(sorted([*whole, *found.names], key=lambda e: e.start))
    if entities != reading.parsed.entities:
        reading.parsed = replace(reading.parsed, entities=entities)
