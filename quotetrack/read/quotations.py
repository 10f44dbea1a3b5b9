"""Find quotations by speaker, role, outlet, date, kind, stance and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, islice

from quotetrack.link.timeline import role_then
from quotetrack.read.articles import ArticleText, articles
from quotetrack.read.filters import Filters, where
from quotetrack.read.printing import Printing
from quotetrack.read.printings import printings
from quotetrack.read.speakers import find_speaker, known_roles, timelines
from quotetrack.store import Store

_NEWEST_FIRST = "a.published_at DESC NULLS LAST, a.article_id, q.position"
BATCH = 1000  # quotations
ARTICLES = 100


def quotation_ids(store: Store, filters: Filters) -> list[str]:
    """Return the identifiers of the quotations that match, newest first, undated last, those of one article in text order.

    Raises ``UsageError`` for a filter that cannot match (see ``read.filters.where``).
    """
    condition, values = where(store, filters)
    found = store.connection.execute(
        f"SELECT q.quotation_id FROM corrected_quotations q JOIN articles a USING (article_id) WHERE {condition} "
        f"ORDER BY {_NEWEST_FIRST} LIMIT $most",
        {**values, "most": filters.limit},
    ).fetchall()
    return [row[0] for row in found]


def count_quotations(store: Store, filters: Filters) -> int:
    """Return how many quotations match, at most ``filters.limit``. Raises ``UsageError`` as ``quotation_ids`` does."""
    condition, values = where(store, filters)
    [(found,)] = store.connection.execute(
        f"SELECT count(*) FROM corrected_quotations q JOIN articles a USING (article_id) WHERE {condition}", values
    ).fetchall()
    return int(found if filters.limit is None else min(found, filters.limit))


def stream_quotations(store: Store, filters: Filters, surroundings: bool = False) -> Iterator[Printing]:
    """Yield the quotations that match, in the order of ``quotation_ids``; only one batch is in memory at a time.

    If a speaker is given, ``role_then`` is filled in, except in joint statements. ``surroundings`` also fills ``parts`` and ``context``.
    Raises ``UsageError`` as ``quotation_ids`` does, before the first quotation.
    """
    return _read(store, quotation_ids(store, filters), filters.speaker, surroundings)


def stream_articles(store: Store, filters: Filters) -> Iterator[tuple[ArticleText, list[Printing]]]:
    """Yield each article with its quotations that match, in the order of ``quotation_ids``; read in batches of articles.

    Raises ``UsageError`` as ``quotation_ids`` does, before the first article.
    """
    return _by_article(store, stream_quotations(store, filters))


def find_quotations(store: Store, filters: Filters) -> list[Printing]:
    """Return the quotations that match, newest first; see ``stream_quotations``."""
    return list(stream_quotations(store, filters))


def _read(store: Store, wanted: list[str], speaker: str | None, surroundings: bool) -> Iterator[Printing]:
    who = None if speaker is None else find_speaker(store, speaker).speaker_id
    known = {} if who is None else known_roles(store, [who])
    held = {} if who is None else timelines(store, [who], known)
    for first in range(0, len(wanted), BATCH):
        batch = wanted[first : first + BATCH]
        found = printings(store, batch, surroundings)
        for one in (found[key] for key in batch):
            if who is None or one.role or one.joint:
                yield one
            else:
                yield replace(one, role_then=role_then(held.get(who, ()), known.get(who, ()), one.published))


def _by_article(store: Store, found: Iterator[Printing]) -> Iterator[tuple[ArticleText, list[Printing]]]:
    grouped = ((key, list(group)) for key, group in groupby(found, key=lambda one: one.article_id))
    while batch := dict(islice(grouped, ARTICLES)):
        texts = articles(store, batch)
        for key, group in batch.items():
            yield texts[key], group
