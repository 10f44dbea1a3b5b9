"""The quotations of one export, read in batches and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from quotetrack.read.articles import ArticleText
from quotetrack.read.filters import Filters
from quotetrack.read.printing import Printing
from quotetrack.read.quotations import stream_articles, stream_quotations
from quotetrack.store import Store


class Selection:
    """The quotations that match ``filters``, newest first.

    Attributes:
        written: Number of quotations given to the format so far.
        left_out: Number of quotations that the format cannot hold.
    """

    def __init__(self, store: Store, filters: Filters) -> None:
        self.store = store
        self.filters = filters
        self.written = 0
        self.left_out = 0

    def printings(self) -> Iterator[Printing]:
        """Yield and count all quotations."""
        for one in stream_quotations(self.store, self.filters):
            self.written += 1
            yield one

    def by_article(
        self, holds: Callable[[Printing], bool] = lambda _: True
    ) -> Iterator[tuple[ArticleText, list[Printing]]]:
        """Yield each article with those of its quotations that the format ``holds``; count these and the others."""
        for article, found in stream_articles(self.store, self.filters):
            held = [one for one in found if holds(one)]
            self.written += len(held)
            self.left_out += len(found) - len(held)
            if held:
                yield article, held
