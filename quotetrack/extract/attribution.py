"""One list of drafts from the several finders: who may keep which stretch of text, and what bare marks inherit."""

from __future__ import annotations

from quotetrack.extract.direct import direct_quotations
from quotetrack.extract.draft import Draft
from quotetrack.extract.find.heard import speaking
from quotetrack.extract.find.not_attributions import reports
from quotetrack.extract.forms import named_turns
from quotetrack.extract.frames import sentential
from quotetrack.extract.neighbours import inherit, opens_sentence
from quotetrack.extract.proposed import proposed
from quotetrack.extract.reading import Reading
from quotetrack.extract.titles import is_name_or_title
from quotetrack.model import Span
from quotetrack.parse.quoted import Quoted


def attributions(reading: Reading) -> list[Draft]:
    """Every attribution of the article as a draft, in text order, no two with the same content."""
    drafts = named_turns(reading)
    reading.keep_quoted([q for q in reading.quoted if not is_name_or_title(reading, q)])
    turns = [span for draft in drafts for span in draft.content]
    learned = [d for d in proposed(reading) if not _inside(d, turns) and reports(reading, d)]
    framed = [d for d in direct_quotations(reading) if not _inside(d, turns)]
    drafts += _with_frames(reading, learned, framed)
    for draft in drafts:
        draft.source = speaking(reading, draft)
    drafts += inherit(reading, drafts, _unclaimed(reading, drafts))
    return sorted(drafts, key=lambda d: (d.start, d.end))


# A stretch that the model gives to a cue with less certainty than this goes to the one whose frame stands beside it.
SURE_OF_STRETCH = 0.7


def _with_frames(reading: Reading, learned: list[Draft], framed: list[Draft]) -> list[Draft]:
    """Learned drafts, and what the frames beside marks know better: stretches that the model gives to nobody, or is not
    sure of.
    """
    left = []
    for frame in framed:
        holders = {id(q): draft for draft in learned for q in draft.quoted}
        partner = next((d for d in learned if d.cue and frame.cue and d.cue.overlaps(frame.cue)), None)
        if partner is not None and not any(holders.get(id(q)) is partner for q in frame.quoted):
            partner = None
        if partner is None:
            if not any(_clash(frame, other) for other in learned):
                left.append(frame)
            elif (
                holder := next((holders[id(q)] for q in frame.quoted if id(q) in holders), None)
            ) and not holder.source:
                holder.source = frame.source
            continue
        if partner.source is None:
            partner.source = frame.source
        for q in frame.quoted:
            span = Span.of(reading.text, q.start, q.end)
            holder = holders.get(id(q))
            if holder is partner:
                continue
            if holder is not None and _certainty(holder, span) < SURE_OF_STRETCH and span in holder.content:
                if len(holder.content) == 1:
                    continue
                holder.content.remove(span)
                holder.quoted.remove(q)
            if not any(span.overlaps(s) for d in learned for s in d.content):
                partner.content.append(span)
                partner.quoted.append(q)
                partner.content.sort(key=lambda s: s.start)
    return learned + left


def _certainty(draft: Draft, span: Span) -> float:
    """How sure the model is that the words of ``span`` belong to the cue of ``draft``."""
    if draft.proposal is None:
        return 1.0
    pairs = zip(draft.proposal.content, draft.proposal.certainty, strict=True)
    return max((sure for piece, sure in pairs if piece.overlaps(span)), default=0.0)


def _inside(draft: Draft, turns: list[Span]) -> bool:
    return any(turn.start <= draft.start and draft.end <= turn.end for turn in turns)


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
