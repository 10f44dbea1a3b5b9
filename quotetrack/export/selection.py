"""The quotations of one export, read in batches and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from quotetrack.read.articles import ArticleText
from quotetrack.read.filters import Filters
from quotetrack.read.printing import Printing
from quotetrack.read.quotations import count_quotations, stream_articles, stream_quotations
from quotetrack.store import Store

Progress = Callable[[int, int], None]
_STEP = 500  # quotations between two reports of progress


class Selection:
    """The quotations that match ``filters``, newest first. ``on_progress(done, total)`` is called while they are read.

    Attributes:
        written: Number of quotations given to the format so far.
        left_out: Number of quotations that the format cannot hold.
    """

    def __init__(self, store: Store, filters: Filters, on_progress: Progress | None = None) -> None:
        self.store = store
        self.filters = filters
        self.written = 0
        self.left_out = 0
        self._on_progress = on_progress
        self._total = count_quotations(store, filters) if on_progress else 0

    def printings(self) -> Iterator[Printing]:
        """Yield and count all quotations."""
        for one in stream_quotations(self.store, self.filters):
            self._count(1, 0)
            yield one

    def by_article(
        self, holds: Callable[[Printing], bool] = lambda _: True
    ) -> Iterator[tuple[ArticleText, list[Printing]]]:
        """Yield each article with those of its quotations that the format ``holds``; count these and the others."""
        for article, found in stream_articles(self.store, self.filters):
            held = [one for one in found if holds(one)]
            self._count(len(held), len(found) - len(held))
            if held:
                yield article, held

    def _count(self, written: int, left_out: int) -> None:
        before = self.written + self.left_out
        self.written += written
        self.left_out += left_out
        done = self.written + self.left_out
        if self._on_progress and (done // _STEP > before // _STEP or done == self._total):
            self._on_progress(done, self._total)
