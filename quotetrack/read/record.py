"""Read printings, articles and names by identifier, each only once as long as the database cannot change."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from quotetrack.read.articles import ArticleText, articles
from quotetrack.read.printing import Printing
from quotetrack.read.printings import printings
from quotetrack.read.speakers import Names, names_of
from quotetrack.store import Store

T = TypeVar("T")
_MOST = 500  # rows of a kind that are kept


class Record:
    """What was read of a database; get it with ``store.once(Record)``.

    A text of several sentences is looked up as a whole and part by part, and the parts find much of what the whole has found.

    >>> record = store.once(Record)
    >>> record.articles(["a1"])["a1"].outlet
    'Harbour Post'
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._printings: dict[str, Printing] = {}
        self._articles: dict[str, ArticleText] = {}
        self._names: dict[str, Names] = {}
        # Similarity and quotation for each wording that was looked up (``read/search.py``).
        self.similar: dict[str, list[tuple[float, str]]] = {}

    def printings(self, quotations: Collection[str]) -> dict[str, Printing]:
        """Return these printings by identifier, without those that are rejected."""
        return kept(self._printings, quotations, lambda missing: printings(self._store, missing))

    def articles(self, identifiers: Collection[str]) -> dict[str, ArticleText]:
        """Return these articles by identifier."""
        return kept(self._articles, identifiers, lambda missing: articles(self._store, missing))

    def names(self, speakers: Collection[str]) -> dict[str, Names]:
        """Return the names and roles of these speakers by identifier."""
        return kept(self._names, speakers, lambda missing: names_of(self._store, missing))


def kept(held: dict[str, T], keys: Collection[str], read: Callable[[list[str]], dict[str, T]]) -> dict[str, T]:
    """Return the values of ``keys`` that exist: those in ``held``, the others from ``read``, which are added to ``held``."""
    found = {key: held[key] for key in keys if key in held}
    missing = sorted(set(keys) - found.keys())
    if missing:
        added = read(missing)
        if len(held) + len(added) > _MOST:
            held.clear()
        held |= added
        found |= added
    return {key: found[key] for key in sorted(found)}
