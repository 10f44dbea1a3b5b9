"""Combine the drafts of all finders into one list."""

from __future__ import annotations

import itertools
from bisect import insort

from quotetrack.extract.find.addressees import source_unless_addressee
from quotetrack.extract.find.adjacent_frames import quoted_speaker, with_adjacent_frame, without_day
from quotetrack.extract.find.clauses import with_whole_clauses
from quotetrack.extract.find.direct import direct_quotations
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.extents import content_before_source, fit_to_marks, is_reaction, without_impossible_source
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
from quotetrack.text.cells import Cells
from quotetrack.text.quoted import Quoted


def attributions(reading: Reading, layout: list[Draft]) -> list[Draft]:
    """Return every attribution of the article as a draft, in text order, no two with the same content.

    ``layout`` are the drafts found by layout. They take precedence over all others. Quoted stretches that are titles
    or nicknames are removed from ``reading``.
    """
    drafts = list(layout)
    lines = [q for q in reading.quoted if is_heading(reading, q)]
    titles = [q for q in reading.quoted if is_name_or_title(reading, q)]
    named = {q.start for q in titles}
    reading.set_quoted([q for q in reading.quoted if q.start not in named])
    turns = SpanSet(span for draft in drafts for span in draft.content)
    proposed = [
        d
        for d in fit_to_marks(reading, drafts_from_proposals(reading), titles)
        if not _overlaps(d, turns) and is_attribution(reading, d)
    ]
    proposed = [with_adjacent_frame(reading, d) for d in proposed]
    verbless = [d for d in verbless_frames(reading) if not _overlaps(d, turns)]
    claimed_by = Cells((*_claim(draft), draft) for draft in verbless)
    proposed = [d for d in proposed if _remove_claimed(reading, d, claimed_by, verbless)]
    framed = [d for d in direct_quotations(reading) if not _overlaps(d, turns) and not is_reaction(reading, d)]
    framed = [*verbless, *(d for d in framed if _remove_claimed(reading, d, claimed_by, verbless))]
    found = _merge_frames(reading, proposed, framed)
    with_whole_clauses(reading, found)
    _settle_sources(reading, found)  # may change contents, so it runs before the finders below
    for finder in (reported_clauses, opinions):
        clauses = [d for d in finder(reading, found) if not _overlaps(d, turns)]
        _settle_sources(reading, clauses)
        found += clauses
    drafts += [content_before_source(reading, without_impossible_source(reading, draft)) for draft in found]
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


def _claim(draft: Draft) -> tuple[int, int]:
    """The range from the cue or the content, whichever comes first, to the end of the content."""
    return min(draft.start, draft.cue.start if draft.cue else draft.start), draft.end


def _remove_claimed(reading: Reading, draft: Draft, claimed_by: Cells[Draft], others: list[Draft]) -> bool:
    """Remove from the content what ``others`` claim with their frames. Returns whether any content is left."""
    places = [(s.start, s.end) for s in draft.content] + [(q.start, q.end) for q in draft.quoted]
    near = claimed_by.over(min(start for start, _ in places), max(end for _, end in places))
    for other in list(near) or others[:1]:  # any one trims the edges
        start, end = _claim(other)
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
    model = _Proposed(proposed)
    for frame in framed:
        partner = model.with_cue(frame.cue)
        if partner is not None and not any(model.holder(q) is partner for q in frame.quoted):
            partner = None
        if partner is None:
            if not any(map(model.has, frame.content)) or _trim_to_unclaimed(frame, model):
                remaining.append(frame)
            elif (holder := next(filter(None, map(model.holder, frame.quoted)), None)) and not holder.source:
                holder.source = frame.source
            continue
        if partner.source is None:
            partner.source = frame.source
        for q in frame.quoted:
            _add_stretch(reading, model, partner, q)
    return proposed + remaining


def _add_stretch(reading: Reading, model: _Proposed, partner: Draft, q: Quoted) -> None:
    """Add the stretch to the draft with the cue beside it, unless another draft has it for certain."""
    span = Span.of(reading.text, q.start, q.end)
    holder = model.holder(q)
    if holder is partner:
        return
    if holder is not None and _certainty(holder, span) < MIN_CERTAINTY and span in holder.content:
        if len(holder.content) == 1:
            return
        model.remove(holder, span, q)
    if not model.has(span):
        model.add(partner, span, q)


class _Proposed:
    """The drafts of the model, found by their cues, contents and quoted stretches, which may change."""

    def __init__(self, drafts: list[Draft]) -> None:
        self._drafts = drafts
        self._number = {id(draft): number for number, draft in enumerate(drafts)}
        self._cues = Cells((d.cue.start, d.cue.end, d) for d in drafts if d.cue)
        self._contents: Cells[Span] = Cells()
        self._added = {(n, s): self._contents.add(s.start, s.end, s) for n, d in enumerate(drafts) for s in d.content}
        self._holders: dict[int, list[int]] = {}
        for number, draft in enumerate(drafts):
            for q in draft.quoted:
                self._holders.setdefault(id(q), []).append(number)

    def with_cue(self, cue: Span | None) -> Draft | None:
        """The first draft whose cue overlaps ``cue``."""
        return next(self._cues.over(cue.start, cue.end), None) if cue is not None else None

    def holder(self, q: Quoted) -> Draft | None:
        """The last draft that has the stretch."""
        numbers = self._holders.get(id(q))
        return self._drafts[max(numbers)] if numbers else None

    def has(self, span: Span) -> bool:
        """Whether the content of a draft overlaps ``span``."""
        return self._contents.any_over(span.start, span.end)

    def add(self, draft: Draft, span: Span, q: Quoted) -> None:
        """Add the stretch ``q`` with the range ``span`` to the draft."""
        number = self._number[id(draft)]
        insort(draft.content, span, key=lambda s: s.start)
        draft.quoted.append(q)
        self._added[number, span] = self._contents.add(span.start, span.end, span)
        self._holders.setdefault(id(q), []).append(number)

    def remove(self, draft: Draft, span: Span, q: Quoted) -> None:
        """Remove the stretch ``q`` with the range ``span`` from the draft."""
        number = self._number[id(draft)]
        draft.content.remove(span)
        draft.quoted.remove(q)
        self._contents.remove(self._added.pop((number, span)), span.start, span.end)
        self._holders[id(q)].remove(number)


def _certainty(draft: Draft, span: Span) -> float:
    """Return the model's probability that the words of ``span`` belong to the cue of ``draft``; 1 without a proposal."""
    if draft.proposal is None:
        return 1.0
    pairs = zip(draft.proposal.content, draft.proposal.certainty, strict=True)
    return max((certainty for piece, certainty in pairs if piece.overlaps(span)), default=0.0)


def _overlaps(draft: Draft, turns: SpanSet) -> bool:
    return any(turns.overlaps(span.start, span.end) for span in draft.content)


def _trim_to_unclaimed(frame: Draft, model: _Proposed) -> bool:
    """Cut the content of ``frame`` before its first stretch that a proposed draft has. Returns whether any content is
    left.
    """
    unclaimed = list(itertools.takewhile(lambda span: not model.has(span), frame.content))
    frame.content = unclaimed
    frame.quoted = [q for q in frame.quoted if any(span.start <= q.start < span.end for span in unclaimed)]
    return bool(unclaimed)


def _unattributed(reading: Reading, drafts: list[Draft]) -> list[Quoted]:
    """Return the quoted stretches that read like an utterance and that no draft contains, except headings."""
    claimed = Cells((span.start, span.end, span) for draft in drafts for span in draft.content)
    return [
        q
        for q in reading.quoted
        if is_utterance(reading, q)
        and opens_sentence(reading, q)
        and not is_heading(reading, q)
        and not claimed.any_over(q.start, q.end)
    ]
