"""Decide which article an input is, and which of several inputs of one article counts (docs/articles.md).

An article keeps its identifier when it is edited. Its current version is stored from one input; the others are in the table
``other_inputs``. An input that is as it was when it was last read changes nothing, so that reading a folder again does not.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from quotetrack.model import Article
from quotetrack.store.moments import moment
from quotetrack.store.write import clean, identifier, insert
from quotetrack.text.overlap import overlap
from quotetrack.version import __version__

Connection = duckdb.DuckDBPyConnection
_SAME = 0.2  # minimum overlap of two texts of the same file to be versions of one article
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


class Current(NamedTuple):
    """What decides about the current version of an article; ``metadata`` as in the table ``other_inputs``."""

    article_id: str
    sha256: str
    location: str
    dated: str | None
    first_seen: datetime
    metadata: str
    analysed_by: tuple[str, str]


def article_id(article: Article) -> str:
    """Identify a new article by its URL, or by outlet and text if it has none."""
    return identifier("url", article.url) if article.url else identifier("text", article.outlet, article.sha256)


def sha256_of(article: Article) -> str:
    """Return the SHA-256 of the text as it is stored."""
    return hashlib.sha256(clean(article.text).encode("utf-8")).hexdigest()


def current(connection: Connection, key: str) -> Current | None:
    """Return what decides about the current version of this article; ``None`` if there is none."""
    row = connection.execute(
        "SELECT a.article_id, sha256, location, coalesce(modified, published), first_seen, a.outlet, url, "
        "CASE WHEN p.title IS NULL THEN a.title END, author, published, a.language, modified, models, extractor "
        "FROM articles a LEFT JOIN article_provenance p USING (article_id) WHERE a.article_id = ?",
        [key],
    ).fetchone()
    if row is None:
        return None
    article, sha256, location, dated, first_seen, *metadata, models, extractor = row
    return Current(article, sha256, location, dated, first_seen, json.dumps(metadata), (models, extractor))


def metadata_of(article: Article) -> str:
    """Return the metadata that an input gives, as a JSON list. The name of the file is not part of it."""
    title = None if article.provenance.title else article.title
    given = (article.outlet, article.url, title, article.author, article.published, article.language, article.modified)
    return json.dumps(given)


def known(connection: Connection, article: Article, models: str) -> bool:
    """Whether this input was read before as it is now, and its text was analysed by this version with these models."""
    default = article_id(article)
    if (stored := current(connection, default)) and _is_input_of(stored, article):
        return stored.analysed_by == (models, __version__)
    if (recorded := _recorded(connection, article)) is not None and current(connection, recorded) is not None:
        return is_analysed(connection, recorded, sha256_of(article), models)
    if (key := identity(connection, article)) == default or (stored := current(connection, key)) is None:
        return False
    return _is_input_of(stored, article) and stored.analysed_by == (models, __version__)


def is_analysed(connection: Connection, key: str, sha256: str, models: str) -> bool:
    """Whether this text is the current or an earlier version of the article, analysed by this version with these models."""
    query = (
        "SELECT 1 FROM (SELECT article_id, sha256, models, extractor FROM articles UNION ALL "
        "SELECT article_id, sha256, models, extractor FROM article_versions) "
        "WHERE article_id = ? AND sha256 = ? AND models = ? AND extractor = ?"
    )
    return connection.execute(query, [key, sha256, models, __version__]).fetchone() is not None


def is_earlier(connection: Connection, key: str, sha256: str) -> bool:
    """Whether this text is stored as an earlier version of the article."""
    query = "SELECT 1 FROM article_versions WHERE article_id = ? AND sha256 = ?"
    return connection.execute(query, [key, sha256]).fetchone() is not None


def is_removed(connection: Connection, article: Article) -> bool:
    """Whether a correction removed this article, or another one of the same outlet with the same text."""
    rows = connection.execute(
        "SELECT article_id, outlet IS NOT DISTINCT FROM ? AND sha256 = ? FROM article_versions WHERE removed",
        [article.outlet, sha256_of(article)],
    ).fetchall()
    return bool(rows) and (any(same for _, same in rows) or identity(connection, article) in {key for key, _ in rows})


def identity(connection: Connection, article: Article) -> str:
    """Return the identifier of the article that this input is, or that it gets if it is new.

    It is the article with the same URL; without a URL, that with the same outlet and text; then the one that the same file
    held when it was last read, if the texts have much in common; then the one that has this text as an earlier version.
    """
    default, sha256 = article_id(article), sha256_of(article)
    if article.url:
        found = _first(connection, "url = $1", [article.url], removed=True)
    else:
        found = _first(
            connection, "url IS NULL AND sha256 = $1 AND outlet IS NOT DISTINCT FROM $2", [sha256, article.outlet]
        )
    if found is None:
        found = _at_same_place(connection, article, sha256)
    if found is None and not article.url:
        query = "SELECT min(article_id) FROM article_versions WHERE url IS NULL AND sha256 = ? AND outlet IS NOT DISTINCT FROM ?"
        [(found,)] = connection.execute(query, [sha256, article.outlet]).fetchall()
    return found or default


def decides(connection: Connection, stored: Current, article: Article) -> bool:
    """Whether this input and not the stored one gives the text and the metadata of the current version.

    A new or changed input of the same file does. One of another file does if its date is later; if the dates are the same, a web
    address comes before a file, and the last file in alphabetical order before the others. A file that has an earlier
    version of the text is an old copy.
    """
    if _recorded(connection, article) is not None:
        return False
    if is_same_file(stored.location, article.location):
        return True
    sha256 = sha256_of(article)
    if sha256 != stored.sha256 and is_earlier(connection, stored.article_id, sha256):
        return False
    return _rank(article.location, article.modified or article.published) > _rank(stored.location, stored.dated)


def record(connection: Connection, stored: Current, article: Article, decided: bool) -> None:
    """Record the input that does not decide: ``article``, or if it ``decided``, the stored one while that exists."""
    forget(connection, article)
    if not decided:
        row = (clean(article.location), stored.article_id, sha256_of(article), metadata_of(article))
    elif not is_same_place(stored.location, article.location) and exists(stored.location):
        row = (stored.location, stored.article_id, stored.sha256, stored.metadata)
    else:
        return
    if article.location:
        insert(connection, "other_inputs", [row], 4)


def forget(connection: Connection, article: Article) -> None:
    """Delete the record of what was in this place before."""
    connection.execute("DELETE FROM other_inputs WHERE location = ?", [clean(article.location)])


def is_same_place(one: str, other: str) -> bool:
    """Whether two locations are the same file, or the same record of it, however the path is written."""
    if one == other:
        return True
    files = Path(one), Path(other)
    return bool(one and other) and all(file.is_file() for file in files) and files[0].samefile(files[1])


def is_same_file(one: str, other: str) -> bool:
    """Whether two locations are in the same file, such as two records of a table."""
    return is_same_place(_file(one), _file(other))


def exists(location: str) -> bool:
    """Whether this is a web address or a file that exists."""
    return _is_address(location) or bool(location and Path(_file(location)).exists())


def _is_address(location: str) -> bool:
    return location.startswith(("http://", "https://"))


def _file(location: str) -> str:
    """The file of an article, without the number of the record in it."""
    name, _, number = location.rpartition("#")
    return name if name and number.isdecimal() else location


def _rank(location: str, dated: str | None) -> tuple[datetime, bool, bool, str]:
    return moment(dated)[0] or _LONG_AGO, exists(location), _is_address(location), location


def _is_input_of(stored: Current, article: Article) -> bool:
    """Whether the current version was stored from this input as it is now."""
    return (
        stored.sha256 == sha256_of(article)
        and stored.metadata == metadata_of(article)
        and is_same_place(stored.location, article.location)
    )


def _recorded(connection: Connection, article: Article) -> str | None:
    """Return the article of which this was another input when it was last read, if it is as it was then."""
    row = connection.execute(
        "SELECT article_id FROM other_inputs WHERE location = ? AND sha256 = ? AND metadata = ?",
        [clean(article.location), sha256_of(article), metadata_of(article)],
    ).fetchone()
    return row[0] if row else None


def _first(connection: Connection, condition: str, values: Sequence[object], removed: bool = False) -> str | None:
    query = f"SELECT article_id FROM articles WHERE {condition}"
    if removed:
        query += f" UNION ALL SELECT article_id FROM article_versions WHERE removed AND {condition}"
    row = connection.execute(f"SELECT min(article_id) FROM ({query})", list(values)).fetchone()
    return row[0] if row else None


def _at_same_place(connection: Connection, article: Article, sha256: str) -> str | None:
    """Return the article that the same file held when it was last read, unless it is another one or in another file too."""
    if not article.location or not Path(article.location).is_file():
        return None
    rows = connection.execute(
        "WITH stored AS (SELECT article_id, url, text, sha256, location FROM articles UNION ALL "
        "SELECT article_id, url, text, sha256, location FROM article_versions WHERE removed) "
        "SELECT * FROM stored WHERE location = $1 OR ends_with(location, $2) UNION ALL "
        "SELECT article_id, url, text, sha256, o.location FROM stored s JOIN other_inputs o USING (article_id, sha256) "
        "WHERE o.location = $1 ORDER BY article_id",
        [clean(article.location), f"{os.sep}{Path(article.location).name}"],
    ).fetchall()
    here = [row[:4] for row in rows if is_same_place(row[4], article.location)]
    if len(here) != 1:
        return None
    [(key, url, text, before)] = here
    if (url and article.url and url != article.url) or _is_elsewhere(connection, key, before, article.location):
        return None
    return key if before == sha256 or overlap(text, article.text) >= _SAME else None


def _is_elsewhere(connection: Connection, key: str, sha256: str, location: str) -> bool:
    """Whether another input that still exists held this text of the article when it was last read."""
    places = connection.execute(
        "SELECT location FROM articles WHERE article_id = $1 AND sha256 = $2 UNION ALL "
        "SELECT location FROM other_inputs WHERE article_id = $1 AND sha256 = $2",
        [key, sha256],
    ).fetchall()
    return any(exists(place) and not is_same_place(place, location) for (place,) in places)
