"""SQL for shards of articles that were extracted elsewhere; each is taken in once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from quotetrack.model import Article, Failure, Quotation
from quotetrack.store import articles as stored_articles
from quotetrack.store import write
from quotetrack.store.articles import Outcome
from quotetrack.store.database import Store


def imported_shards(store: Store) -> set[str]:
    """Return the SHA-256 of each shard that is in the database."""
    return {row[0] for row in store.connection.execute("SELECT sha256 FROM imported_shards").fetchall()}


def put_shard(
    store: Store,
    sha256: str,
    articles: Sequence[tuple[Article, Sequence[Quotation]]],
    failures: Sequence[Failure],
    models: str,
    extractor: str,
) -> list[Outcome]:
    """Store everything in a shard and note that it was imported, in one transaction; returns the outcome of each article."""
    with store.transaction():
        write.put_failures(store.connection, failures)
        outcomes: list[Outcome] = [
            stored_articles.put(store.connection, article, quotations, models, extractor)
            for article, quotations in articles
        ]
        now = datetime.now(UTC).replace(tzinfo=None)
        store.connection.execute(
            "INSERT INTO imported_shards VALUES (?, ?, ?, ?)", [sha256, len(articles), len(failures), now]
        )
    return outcomes
