"""Combine the drafts of all finders into one list."""

from __future__ import annotations

import itertools

from quotetrack.extract.find.addressees import source_unless_addressee
from quotetrack.extract.find.adjacent_frames import quoted_speaker, with_adjacent_frame, without_day
from quotetrack.extract.find.clauses import with_whole_clauses
from quotetrack.extract.find.direct import direct_quotations
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.extents import fit_to_marks, is_reaction, without_impossible_source
from quotetrack.extract.find.frames import is_utterance
from quotetrack.extract.find.layout.headings import is_heading, repeated_headings
from quotetrack.extract.find.model_proposals import drafts_from_proposals
from quotetrack.extract.find.neighbours import inherit, opens_sentence
from quotetrack.extract.find.not_attributions import is_attribution
from quotetrack.extract.find.opinions import opinions
from quotetrack.extract.find.reported_clauses import reported_clauses
from quotetrack.extract.find.span_sets import SpanSet
from quotetrack.extract.find.verbless_frames import verbless_frames
from quotetrack.extract.find.work_titles import is_name_or_title
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.voices import settle_voice
from quotetrack.model import Span
from quotetrack.text.quoted import Quoted


def attributions(reading: Reading, layout: list[Draft]) -> list[Draft]:
    """Return every attribution of the article as a draft, in text order, no two with the same content.

    ``layout`` are the drafts found by layout. They take precedence over all others. Quoted stretches that are titles
    or nicknames are removed from ``reading``.
    """
    drafts = list(layout)
    lines = [q for q in reading.quoted if is_heading(reading, q)]
    titles = [q for q in reading.quoted if is_name_or_title(reading, q)]
    reading.set_quoted([q for q in reading.quoted if q not in titles])
    turns = SpanSet(span for draft in drafts for span in draft.content)
    proposed = [
        d
        for d in fit_to_marks(reading, drafts_from_proposals(reading), titles)
        if not _overlaps(d, turns) and is_attribution(reading, d)
    ]
    proposed = [with_adjacent_frame(reading, d) for d in proposed]
    verbless = [d for d in verbless_frames(reading) if not _overlaps(d, turns)]
    proposed = [d for d in proposed if _remove_claimed(reading, d, verbless)]
    framed = [d for d in direct_quotations(reading) if not _overlaps(d, turns) and not is_reaction(reading, d)]
    framed = [*verbless, *(d for d in framed if _remove_claimed(reading, d, verbless))]
    found = _merge_frames(reading, proposed, framed)
    with_whole_clauses(reading, found)
    _settle_sources(reading, found)  # may change contents, so it runs before the finders below
    for finder in (reported_clauses, opinions):
        clauses = [d for d in finder(reading, found) if not _overlaps(d, turns)]
        _settle_sources(reading, clauses)
        found += clauses
    drafts += [without_impossible_source(reading, draft) for draft in found]
    drafts += inherit(reading, drafts, _unattributed(reading, drafts))
    claimed = SpanSet(span for draft in drafts for span in draft.content)
    drafts += repeated_headings(reading, [q for q in lines if not claimed.overlaps(q.start, q.end)], drafts)
    return sorted(drafts, key=lambda d: (d.start, d.end))


def _settle_sources(reading: Reading, drafts: list[Draft]) -> None:
    """Correct the source of each draft where another phrase beside it names the speaker."""
    for draft in drafts:
        settle_voice(reading, draft)
        draft.source = without_day(source_unless_addressee(reading, draft))
        draft.source = quoted_speaker(reading, draft)


def _remove_claimed(reading: Reading, draft: Draft, others: list[Draft]) -> bool:
    """Remove from the content what ``others`` claim with their frames. Returns whether any content is left."""
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


# A stretch that the model assigns to a cue with a lower certainty goes to the frame beside it.
MIN_CERTAINTY = 0.7


def _merge_frames(reading: Reading, proposed: list[Draft], framed: list[Draft]) -> list[Draft]:
    """Merge the drafts of the model with those that frames beside marks give, and return all of them.

    A frame adds a stretch to the model's draft with the same cue if no draft has the stretch or the model is not
    certain of it.
    """
    remaining = []
    for frame in framed:
        holders = {id(q): draft for draft in proposed for q in draft.quoted}
        partner = next((d for d in proposed if d.cue and frame.cue and d.cue.overlaps(frame.cue)), None)
        if partner is not None and not any(holders.get(id(q)) is partner for q in frame.quoted):
            partner = None
        if partner is None:
            if not any(_contents_overlap(frame, other) for other in proposed) or _trim_to_unclaimed(frame, proposed):
                remaining.append(frame)
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
            if holder is not None and _certainty(holder, span) < MIN_CERTAINTY and span in holder.content:
                if len(holder.content) == 1:
                    continue
                holder.content.remove(span)
                holder.quoted.remove(q)
            if not any(span.overlaps(s) for d in proposed for s in d.content):
                partner.content.append(span)
                partner.quoted.append(q)
                partner.content.sort(key=lambda s: s.start)
    return proposed + remaining


def _certainty(draft: Draft, span: Span) -> float:
    """Return the model's probability that the words of ``span`` belong to the cue of ``draft``; 1 without a proposal."""
    if draft.proposal is None:
        return 1.0
    pairs = zip(draft.proposal.content, draft.proposal.certainty, strict=True)
    return max((certainty for piece, certainty in pairs if piece.overlaps(span)), default=0.0)


def _overlaps(draft: Draft, turns: SpanSet) -> bool:
    return any(turns.overlaps(span.start, span.end) for span in draft.content)


def _contents_overlap(draft: Draft, framed: Draft) -> bool:
    """Whether the two drafts have overlapping contents."""
    return any(a.overlaps(b) for a in draft.content for b in framed.content)


def _trim_to_unclaimed(frame: Draft, proposed: list[Draft]) -> bool:
    """Cut the content of ``frame`` before its first stretch that a proposed draft has. Returns whether any content is
    left.
    """
    unclaimed = list(
        itertools.takewhile(lambda span: not any(span.overlaps(s) for d in proposed for s in d.content), frame.content)
    )
    frame.content = unclaimed
    frame.quoted = [q for q in frame.quoted if any(span.start <= q.start < span.end for span in unclaimed)]
    return bool(unclaimed)


def _unattributed(reading: Reading, drafts: list[Draft]) -> list[Quoted]:
    """Return the quoted stretches that read like an utterance and that no draft contains, except headings."""
    claimed = [span for draft in drafts for span in draft.content]
    return [
        q
        for q in reading.quoted
        if is_utterance(reading, q)
        and opens_sentence(reading, q)
        and not is_heading(reading, q)
        and not any(s.start < q.end and q.start < s.end for s in claimed)
    ]
