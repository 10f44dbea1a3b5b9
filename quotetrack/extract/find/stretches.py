"""Stretches of a text that are taken: quick to ask whether another one touches them."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

from quotetrack.extract.find.draft import Draft
from quotetrack.model import Span


class Stretches:
    """A growing set of stretches that do not overlap."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._taken: list[tuple[int, int]] = []
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Take ``span``, which touches none of those taken."""
        insort(self._taken, (span.start, span.end))

    def touched(self, start: int, end: int) -> bool:
        """Whether a character of ``start:end`` is taken."""
        place = bisect_right(self._taken, (end - 1, end)) - 1
        return end > start and any(s < end and start < e for s, e in self._taken[max(0, place) : place + 2])


class Claimed:
    """The contents and the cues of drafts. A cue may stand inside another draft's content, so each kind is kept by itself."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._contents = Stretches(span for draft in drafts for span in draft.content)
        self._cues = Stretches(draft.cue for draft in drafts if draft.cue)

    def touched(self, start: int, end: int) -> bool:
        """Whether a character of ``start:end`` belongs to a content or a cue."""
        return self._contents.touched(start, end) or self._cues.touched(start, end)
