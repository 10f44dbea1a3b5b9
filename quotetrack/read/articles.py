"""Read articles by identifier, and what of all articles can be searched."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from quotetrack.read.printing import dated
from quotetrack.read.rows import rows
from quotetrack.store import Store


class ArticleText(NamedTuple):
    """The text of an article with the facts about it; ``language`` is an ISO 639-1 code, ``dated`` the day in words."""

    article_id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    sha256: str
    text: str
    language: str
    dated: str


class ArticleRecord(NamedTuple):
    """All that is shown about an article.

    Attributes:
        published: The date of publication as given by the outlet (ISO 8601).
        day: The day of publication (ISO 8601), from ``published`` or else from the date in the address.
        modified: When the outlet last changed it, as declared by the page (ISO 8601).
        first_seen: When this text was first stored (UTC).
        ingested_at: When it was last analysed, or its metadata last changed (UTC).
        outlet_from: ``folder name`` if the outlet is that of the folder.
        title_from: ``file name`` if the title is that of the file.
        language_from: ``detected`` if no language was declared, or ``corrected from 'fr'``.
        existed: For an article without a date, a day on which it existed; ``existed_from`` is what that is from.
    """

    article_id: str
    outlet: str | None
    title: str | None
    url: str | None
    author: str | None
    published: str | None
    day: str | None
    language: str
    sha256: str
    models: str
    extractor: str
    text: str
    modified: str | None
    first_seen: datetime
    ingested_at: datetime
    outlet_from: str | None = None
    title_from: str | None = None
    language_from: str | None = None
    existed: str | None = None
    existed_from: str | None = None


_RECORD = (
    "article_id, outlet, title, url, author, published, strftime(published_at, '%Y-%m-%d'), language, sha256, models, "
    "extractor, text, modified, first_seen, ingested_at"
)


def article_records(store: Store, identifiers: Collection[str], removed: bool = False) -> dict[str, ArticleRecord]:
    """Return these articles by identifier, with their provenance; with ``removed``, also those that a correction removed.

    Their location on a disk is not part of it.
    """
    read, wanted = store.connection, sorted(identifiers)
    origins = "outlet, title, language, day, day_from"
    places = {
        row[0]: row[1:] for row in rows(read, f"article_id, {origins}", "article_provenance", "article_id", wanted)
    }
    found = rows(read, _RECORD, "articles", "article_id", wanted)
    if removed:
        gone = {
            row[0]: row[1:]
            for row in rows(read, f"version_id, {_RECORD}, removed", "article_versions", "article_id", wanted)
        }
        found += [row[:-1] for row in gone.values() if row[-1]]
        kept = rows(read, f"version_id, {origins}", "version_provenance", "version_id", sorted(gone))
        places |= {gone[row[0]][0]: row[1:] for row in kept if gone[row[0]][-1]}
    return {row[0]: ArticleRecord(*row, *places.get(row[0], ())) for row in found}


def articles(store: Store, identifiers: Collection[str]) -> dict[str, ArticleText]:
    """Return these articles by identifier."""
    columns = "article_id, outlet, title, url, published, sha256, text, language, strftime(published_at, '%Y-%m-%d')"
    wanted = sorted(identifiers)
    origins = rows(store.connection, "article_id, day, day_from", "article_provenance", "article_id", wanted)
    days = {key: (day, day_from) for key, day, day_from in origins}
    return {
        row[0]: ArticleText._make((*row[:-1], dated(row[4], row[-1], *days.get(row[0], (None, None)))))
        for row in rows(store.connection, columns, "articles", "article_id", wanted)
    }


def marked_stretches(store: Store, identifiers: Collection[str]) -> dict[str, list[tuple[int, int]]]:
    """Return the ranges between quotation marks, marks included, of these articles."""
    found: dict[str, list[tuple[int, int]]] = {}
    columns = "article_id, start_char, end_char"
    for key, start, end in rows(store.connection, columns, "marked_stretches", "article_id", sorted(identifiers)):
        found.setdefault(key, []).append((start, end))
    return found


def extent(store: Store) -> tuple[int, int, str | None, str | None]:
    """Return the numbers of articles and outlets, and the first and last day of publication (ISO 8601)."""
    [row] = store.connection.execute(
        "SELECT count(*), count(DISTINCT outlet), strftime(min(published_at), '%Y-%m-%d'), "
        "strftime(max(published_at), '%Y-%m-%d') FROM articles"
    ).fetchall()
    return row
