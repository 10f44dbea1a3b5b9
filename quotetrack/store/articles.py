"""SQL that stores articles and quotations. Identifiers are content hashes, so repeated writes are idempotent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import UTC, datetime
from typing import Literal

import duckdb

from quotetrack.model import Article, Provenance, Quotation
from quotetrack.store import inputs, versions
from quotetrack.store.fill import marked_stretches, word_rows
from quotetrack.store.moments import date_in_address, moment
from quotetrack.store.rows import ArticleRows, rows_of
from quotetrack.store.write import clean, insert
from quotetrack.version import __version__

Connection = duckdb.DuckDBPyConnection
# ``edited``: the article has a new or another text, or a text was stored as an earlier version of it.
Outcome = Literal["new", "edited", "updated", "unchanged", "removed"]


def put(
    connection: Connection,
    article: Article,
    quotations: Sequence[Quotation] | None,
    models: str,
    extractor: str = __version__,
) -> Outcome:
    """Store one article with its quotations, or ``None`` if its text is analysed already. Requires an open transaction.

    The quotations were made by ``models`` and version ``extractor``. The text that an edit replaces becomes an earlier version.
    An article that a correction removed is not stored.
    """
    made_by = (models, extractor)
    connection.execute("DELETE FROM failures WHERE location = ?", [clean(article.location)])
    if inputs.is_removed(connection, article):
        return "removed"
    stored = inputs.current(connection, inputs.identity(connection, article))
    if stored is None:
        key = inputs.article_id(article)
        _store(connection, key, article, rows_of(key, clean(article.text), quotations or ()), made_by, _now())
        inputs.forget(connection, article)
        return "new"
    decides = inputs.decides(connection, stored, article)
    inputs.record(connection, stored, article, decides)
    if inputs.sha256_of(article) != stored.sha256:
        return _put_text(connection, stored, article, quotations, made_by, decides)
    if quotations is not None and stored.analysed_by != made_by:
        kept = article if decides else _stored_article(connection, stored.article_id)
        rows = rows_of(stored.article_id, clean(article.text), quotations)
        versions.delete_current(connection, stored.article_id)
        _store(connection, stored.article_id, kept, rows, made_by, stored.first_seen)
        return "updated"
    if decides and inputs.metadata_of(article) != stored.metadata:
        _put_metadata(connection, stored, article)
        return "updated"
    if decides:
        connection.execute(
            "UPDATE articles SET location = ? WHERE article_id = ?", [clean(article.location), stored.article_id]
        )
    return "unchanged"


def _put_text(
    connection: Connection,
    stored: inputs.Current,
    article: Article,
    quotations: Sequence[Quotation] | None,
    made_by: tuple[str, str],
    decides: bool,
) -> Outcome:
    """Store another text of an article: as its current version if the input ``decides``, else as an earlier one."""
    key, sha256 = stored.article_id, inputs.sha256_of(article)
    rows = None if quotations is None else rows_of(key, clean(article.text), quotations)
    if not decides:
        if rows is None:
            return "unchanged"
        seen = versions.delete(connection, key, sha256)
        versions.put(connection, key, _row(key, article, made_by, seen or _now()), article.provenance, rows)
        return "unchanged" if seen else "edited"
    versions.supersede(connection, key)
    if rows is None:
        versions.revive(connection, key, sha256)
        _put_metadata(connection, stored, article)
    else:
        seen = versions.delete(connection, key, sha256)
        _store(connection, key, article, rows, made_by, seen or _now())
    return "edited"


def _store(
    connection: Connection,
    key: str,
    article: Article,
    rows: ArticleRows,
    made_by: tuple[str, str],
    first_seen: datetime,
) -> None:
    """Write everything that is stored for the current version of an article, which has no rows yet."""
    _insert_article(connection, _row(key, article, made_by, first_seen), article)
    insert(connection, "sources", rows.sources, 9)
    insert(connection, "quotations", rows.quotations, 12)
    insert(connection, "spans", rows.spans, 6)
    insert(connection, "passages", rows.passages, 10)
    insert(connection, "marked_stretches", [(key, *place) for place in marked_stretches(clean(article.text))], 3)
    insert(connection, "quotation_words", word_rows(key, None, rows.texts)[0], 4)


def _put_metadata(connection: Connection, stored: inputs.Current, article: Article) -> None:
    """Replace the metadata of the current version, and the time by which the next steps see that it changed."""
    key = stored.article_id
    [(models, extractor, first_seen)] = connection.execute(
        "SELECT models, extractor, first_seen FROM articles WHERE article_id = ?", [key]
    ).fetchall()
    for table in ("articles", "article_provenance", "title_words"):
        connection.execute(f"DELETE FROM {table} WHERE article_id = ?", [key])
    _insert_article(connection, _row(key, article, (models, extractor), first_seen), article)


def _insert_article(connection: Connection, row: versions.Columns, article: Article) -> None:
    versions.insert_row(connection, "articles", row)
    key = str(row["article_id"])
    if any(astuple(article.provenance)):
        insert(connection, "article_provenance", [(key, *astuple(article.provenance))], 6)
    insert(connection, "title_words", word_rows(key, clean(article.title or ""), {})[1], 3)


def _row(key: str, article: Article, made_by: tuple[str, str], first_seen: datetime) -> versions.Columns:
    models, extractor = made_by
    at, precision = moment(article.published or date_in_address(article.url))
    return {
        "article_id": key, "outlet": article.outlet, "url": article.url, "title": article.title, "author": article.author,
        "published": article.published, "language": article.language, "location": clean(article.location),
        "text": clean(article.text), "sha256": inputs.sha256_of(article), "models": models, "extractor": extractor,
        "ingested_at": _now(), "published_at": at, "published_precision": precision, "modified": article.modified,
        "first_seen": first_seen,
    }  # fmt: skip


def _stored_article(connection: Connection, key: str) -> Article:
    """Return the current version of an article as it was read."""
    [(*values, location, modified)] = connection.execute(
        "SELECT text, outlet, url, title, author, published, language, location, modified FROM articles WHERE article_id = ?",
        [key],
    ).fetchall()
    origins = connection.execute(
        "SELECT outlet, title, language, day, day_from FROM article_provenance WHERE article_id = ?", [key]
    ).fetchone()
    return replace(Article(*values), location=location, modified=modified, provenance=Provenance(*origins or ()))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
