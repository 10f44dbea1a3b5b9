"""Sets of text spans that can be searched for overlaps quickly."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

from quotetrack.extract.find.draft import Draft
from quotetrack.model import Span


class SpanSet:
    """A growing set of spans that do not overlap each other."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[tuple[int, int]] = []
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Add ``span``, which must not overlap a span in the set."""
        insort(self._spans, (span.start, span.end))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a span in the set overlaps ``start:end``."""
        index = bisect_right(self._spans, (end - 1, end)) - 1
        return end > start and any(s < end and start < e for s, e in self._spans[max(0, index) : index + 2])


class ClaimedSpans:
    """The contents and the cues of drafts.

    They are kept apart because a cue may be inside the content of another draft.
    """

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._contents = SpanSet(span for draft in drafts for span in draft.content)
        self._cues = SpanSet(draft.cue for draft in drafts if draft.cue)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a content or a cue overlaps ``start:end``."""
        return self._contents.overlaps(start, end) or self._cues.overlaps(start, end)
