"""One list of drafts from the several finders: who may keep which stretch of text, and what bare marks inherit."""

from __future__ import annotations

import itertools

from quotetrack.extract.find.clauses import with_whole_clauses
from quotetrack.extract.find.direct import direct_quotations
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.extents import fitted, is_reaction, without_no_sources
from quotetrack.extract.find.frames import sentential
from quotetrack.extract.find.heard import speaking
from quotetrack.extract.find.layout.headings import is_heading, repeated_headings
from quotetrack.extract.find.neighbours import inherit, opens_sentence
from quotetrack.extract.find.not_attributions import reports
from quotetrack.extract.find.opinions import opinions
from quotetrack.extract.find.own_frames import own_frame, quoted_by, without_day
from quotetrack.extract.find.proposed import proposed
from quotetrack.extract.find.stated import stated_clauses
from quotetrack.extract.find.stretches import Stretches
from quotetrack.extract.find.words_of import words_of
from quotetrack.extract.find.work_titles import is_name_or_title
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.voices import settle_voice
from quotetrack.model import Span
from quotetrack.text.quoted import Quoted


def attributions(reading: Reading, laid: list[Draft]) -> list[Draft]:
    """Every attribution of the article as a draft, in text order, no two with the same content; ``laid`` are those that
    the layout gives.
    """
    drafts = list(laid)
    lines = [q for q in reading.quoted if is_heading(reading, q)]
    titles = [q for q in reading.quoted if is_name_or_title(reading, q)]
    reading.keep_quoted([q for q in reading.quoted if q not in titles])
    turns = Stretches(span for draft in drafts for span in draft.content)
    learned = [d for d in fitted(reading, proposed(reading), titles) if not _touches(d, turns) and reports(reading, d)]
    learned = [own_frame(reading, d) for d in learned]
    plain = [d for d in words_of(reading) if not _touches(d, turns)]
    learned = [d for d in learned if _leave(reading, d, plain)]
    framed = [d for d in direct_quotations(reading) if not _touches(d, turns) and not is_reaction(reading, d)]
    framed = [*plain, *(d for d in framed if _leave(reading, d, plain))]
    found = _with_frames(reading, learned, framed)
    with_whole_clauses(reading, found)
    _settle_sources(reading, found)  # first, since it may move a content
    for finder in (stated_clauses, opinions):
        clauses = [d for d in finder(reading, found) if not _touches(d, turns)]
        _settle_sources(reading, clauses)
        found += clauses
    drafts += [without_no_sources(reading, draft) for draft in found]
    drafts += inherit(reading, drafts, _unclaimed(reading, drafts))
    claimed = Stretches(span for draft in drafts for span in draft.content)
    drafts += repeated_headings(reading, [q for q in lines if not claimed.touched(q.start, q.end)], drafts)
    return sorted(drafts, key=lambda d: (d.start, d.end))


def _settle_sources(reading: Reading, drafts: list[Draft]) -> None:
    """Give each draft the source that speaks, where another one stands beside it."""
    for draft in drafts:
        settle_voice(reading, draft)
        draft.source = without_day(speaking(reading, draft))
        draft.source = quoted_by(reading, draft)


def _leave(reading: Reading, draft: Draft, others: list[Draft]) -> bool:
    """Take out of the content what ``others`` claim with their frames; false where nothing is left."""
    for other in others:
        start, end = min(other.start, other.cue.start if other.cue else other.start), other.end
        pieces = [(s.start, min(s.end, start)) for s in draft.content] + [
            (max(s.start, end), s.end) for s in draft.content
        ]
        spans = [reading.span(a, b) for a, b in sorted(pieces) if a < b]
        draft.content = [span for span in spans if span is not None]
        draft.quoted = [q for q in draft.quoted if not (start <= q.start and q.end <= end)]
        if not draft.content:
            return False
    return True


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
            if not any(_clash(frame, other) for other in learned) or _keep_apart(frame, learned):
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


def _touches(draft: Draft, turns: Stretches) -> bool:
    return any(turns.touched(span.start, span.end) for span in draft.content)


def _clash(draft: Draft, framed: Draft) -> bool:
    """Whether a clause takes in marked words that already have a frame of their own."""
    return any(a.overlaps(b) for a in draft.content for b in framed.content)


def _keep_apart(frame: Draft, learned: list[Draft]) -> bool:
    """Leave to the frame its stretches up to the first that a learned draft has; false where the first is not its own."""
    own = list(
        itertools.takewhile(lambda span: not any(span.overlaps(s) for d in learned for s in d.content), frame.content)
    )
    frame.content = own
    frame.quoted = [q for q in frame.quoted if any(span.start <= q.start < span.end for span in own)]
    return bool(own)


def _unclaimed(reading: Reading, drafts: list[Draft]) -> list[Quoted]:
    claimed = [span for draft in drafts for span in draft.content]
    return [
        q
        for q in reading.quoted
        if sentential(reading, q)
        and opens_sentence(reading, q)
        and not is_heading(reading, q)
        and not any(s.start < q.end and q.start < s.end for s in claimed)
    ]
