"""One list of drafts from the several finders: who may keep which stretch of text, and what bare marks inherit."""

from __future__ import annotations

from quotetrack.extract.direct import direct_quotations
from quotetrack.extract.draft import Draft
from quotetrack.extract.forms import named_turns
from quotetrack.extract.frames import sentential
from quotetrack.extract.marks import Quoted
from quotetrack.extract.neighbours import inherit, opens_sentence
from quotetrack.extract.reading import Reading
from quotetrack.extract.reported import reported_speech
from quotetrack.extract.titles import is_name_or_title
from quotetrack.model import Span


def attributions(reading: Reading) -> list[Draft]:
    """Every attribution of the article as a draft, in text order, no two with the same content."""
    drafts = named_turns(reading)
    reading.keep_quoted([q for q in reading.quoted if not is_name_or_title(reading, q)])
    turns = [span for draft in drafts for span in draft.content]
    taken: set[int] = set()
    drafts += [d for d in direct_quotations(reading, taken) if not _inside(d, turns)]
    drafts += [d for d in reported_speech(reading, taken) if not _inside(d, turns)]
    drafts = _settle(drafts)
    drafts += inherit(reading, drafts, _unclaimed(reading, drafts))
    return sorted(drafts, key=lambda d: (d.start, d.end))


def _inside(draft: Draft, turns: list[Span]) -> bool:
    return any(turn.start <= draft.start and draft.end <= turn.end for turn in turns)


def _settle(drafts: list[Draft]) -> list[Draft]:
    """Where two drafts claim the same words between marks, the frame beside the marks wins over a clause.

    A report may stand inside a longer report (``he said she denied it``); but the same span is never given twice.
    """
    framed = [d for d in drafts if d.quoted]
    kept: list[Draft] = list(framed)
    seen = {(d.start, d.end) for d in framed}
    for draft in drafts:
        if draft.quoted:
            continue
        if draft.found_by == "phrase" and any(
            other is not draft and other.found_by != "phrase" and _inside(draft, other.content) for other in drafts
        ):
            continue
        if any(_clash(draft, other) for other in framed) or (draft.start, draft.end) in seen:
            continue
        seen.add((draft.start, draft.end))
        kept.append(draft)
    return kept


def _clash(draft: Draft, framed: Draft) -> bool:
    """Whether a clause takes in marked words that already have a frame of their own."""
    return any(a.overlaps(b) for a in draft.content for b in framed.content)


def _unclaimed(reading: Reading, drafts: list[Draft]) -> list[Quoted]:
    claimed = [span for draft in drafts for span in draft.content]
    return [
        q
        for q in reading.quoted
        if sentential(reading, q)
        and opens_sentence(reading, q)
        and not any(s.start < q.end and q.start < s.end for s in claimed)
    ]
