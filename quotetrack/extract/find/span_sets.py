"""Stretches of a text that are taken: quick to ask whether another one touches them."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

from quotetrack.extract.find.draft import Draft
from quotetrack.model import Span


class SpanSet:
    """A growing set of stretches that do not overlap."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[tuple[int, int]] = []
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Take ``span``, which touches none of those taken."""
        insort(self._spans, (span.start, span.end))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a character of ``start:end`` is taken."""
        index = bisect_right(self._spans, (end - 1, end)) - 1
        return end > start and any(s < end and start < e for s, e in self._spans[max(0, index) : index + 2])


class ClaimedSpans:
    """The contents and the cues of drafts. A cue may stand inside another draft's content, so each kind is kept by itself."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._contents = SpanSet(span for draft in drafts for span in draft.content)
        self._cues = SpanSet(draft.cue for draft in drafts if draft.cue)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a character of ``start:end`` belongs to a content or a cue."""
        return self._contents.overlaps(start, end) or self._cues.overlaps(start, end)
