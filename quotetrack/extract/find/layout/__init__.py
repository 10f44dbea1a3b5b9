"""Attribution by layout: what the form of a text gives to somebody, without a sentence that says so.

Each form has a file of its own. What they find is closed to the other rules, and the names of labels are told to
everything that asks who is in the article.
"""

from __future__ import annotations

import re
from dataclasses import replace

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.blocks import blocks
from quotetrack.extract.find.layout.common import LaidOut
from quotetrack.extract.find.layout.headlines import headlines
from quotetrack.extract.find.layout.interviews import headed, lettered
from quotetrack.extract.find.layout.posts import posts, signed
from quotetrack.extract.find.layout.transcripts import transcript
from quotetrack.extract.find.stretches import Stretches
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

__all__ = ["laid_out"]

_LINE_END = re.compile(r"[\r\n]")


def laid_out(reading: Reading) -> list[Draft]:
    """Drafts of what the layout attributes. ``reading`` then names the voices of labels as the article does in full."""
    found = LaidOut(lettered(reading))
    found.add(transcript(reading))
    if not found.drafts:
        found.drafts += headed(reading)
    found.drafts += posts(reading) + signed(reading)
    found.drafts += headlines(reading)
    drafts = _apart(found.drafts)
    drafts += blocks(reading, _paragraphs_of(reading, drafts))
    _tell(reading, found)
    return sorted(drafts, key=lambda d: d.start)


def _apart(drafts: list[Draft]) -> list[Draft]:
    """No words in two drafts: the form that was looked for first keeps them."""
    kept: list[Draft] = []
    taken = Stretches()
    for one in drafts:
        if not any(taken.touched(span.start, span.end) for span in one.content):
            kept.append(one)
            for span in one.content:
                taken.add(span)
    return kept


def _paragraphs_of(reading: Reading, drafts: list[Draft]) -> set[int]:
    taken = Stretches(span for one in drafts for span in one.content)
    return {number for number, place in enumerate(reading.parsed.paragraphs) if taken.touched(*place)}


def _tell(reading: Reading, found: LaidOut) -> None:
    """Take the names of the labels for those that the tagger found in them, and names that a line end cuts in two as whole."""
    named = Stretches(Span(name.start, name.end, "") for name in found.names)
    others = [e for e in reading.parsed.entities if not named.touched(e.start, e.end)]
    whole = [replace(e, text=_LINE_END.sub(" ", e.text)) if _LINE_END.search(e.text) else e for e in others]
    entities = tuple(sorted([*whole, *found.names], key=lambda e: e.start))
    if entities != reading.parsed.entities:
        reading.parsed = replace(reading.parsed, entities=entities)
