"""Attribute text by its layout: transcripts, interviews, posts, blocks, headlines.

Each kind of layout has its own module. Text attributed here is not considered by the other rules. The names in
speaker labels become entities, so that later stages find them among the people of the article.
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

__all__ = ["layout_drafts"]

_LINE_END = re.compile(r"[\r\n]")


def layout_drafts(reading: Reading) -> list[Draft]:
    """Return drafts for everything the layout attributes, in text order.

    Adds the names of speaker labels, in the fullest form the article gives, to the entities of ``reading``.
    """
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
    """Return the drafts that overlap no earlier draft in the list."""
    kept: list[Draft] = []
    taken = SpanSet()
    for draft in drafts:
        if not any(taken.overlaps(span.start, span.end) for span in draft.content):
            kept.append(draft)
            for span in draft.content:
                taken.add(span)
    return kept


def _paragraphs_of(reading: Reading, drafts: list[Draft]) -> set[int]:
    """Return the indices of the paragraphs that contain a part of the drafts."""
    taken = SpanSet(span for draft in drafts for span in draft.content)
    return {number for number, paragraph in enumerate(reading.parsed.paragraphs) if taken.overlaps(*paragraph)}


def _use_label_names(reading: Reading, found: LayoutResult) -> None:
    """Replace the entities inside labels by the names of the labels, and line breaks inside other names by spaces."""
    named = SpanSet(Span(name.start, name.end, "") for name in found.names)
    others = [e for e in reading.parsed.entities if not named.overlaps(e.start, e.end)]
    whole = [replace(e, text=_LINE_END.sub(" ", e.text)) if _LINE_END.search(e.text) else e for e in others]
    entities = tuple(sorted([*whole, *found.names], key=lambda e: e.start))
    if entities != reading.parsed.entities:
        reading.parsed = replace(reading.parsed, entities=entities)
