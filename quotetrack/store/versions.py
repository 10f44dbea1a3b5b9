"""SQL of earlier versions of articles and of removed articles: the tables ``article_versions`` and ``version_…``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from datetime import UTC, datetime

import duckdb

from quotetrack.model import Provenance
from quotetrack.store.fill import marked_stretches, word_rows
from quotetrack.store.rows import ArticleRows
from quotetrack.store.write import identifier, insert

Connection = duckdb.DuckDBPyConnection
Columns = Mapping[str, object]

# Everything that is stored for the current version of an article, apart from its spans. The offsets of decided sources and repairs
# refer to its text; they are computed again.
_CURRENT = (
    "quotations", "sources", "decided_sources", "repairs", "marked_stretches", "passages", "article_provenance", "quotation_words",
    "title_words", "articles",
)  # fmt: skip
_OF_VERSION = ("sources", "spans", "passages", "provenance", "quotations")
_SPANS = "quotation_id IN (SELECT quotation_id FROM quotations WHERE article_id = $1)"
# Before an article is linked, its speakers are those that were extracted.
_SPEAKERS = """
SELECT q.quotation_id, CASE WHEN linked THEN n.names ELSE coalesce(list_transform(s.members, lambda m: m.name), [s.name]) END AS names
FROM quotations q LEFT JOIN sources s USING (source_id)
LEFT JOIN (SELECT c.quotation_id, list(p.name ORDER BY p.name) AS names FROM corrected_quotations c
           JOIN source_speakers USING (source_id) JOIN speakers p USING (speaker_id) WHERE c.article_id = $1 GROUP BY ALL) n
ON n.quotation_id = q.quotation_id
CROSS JOIN (SELECT count(*) > 0 AS linked FROM linked_articles l JOIN articles a USING (article_id)
            WHERE article_id = $1 AND ends_with(l.fingerprint, a.ingested_at::VARCHAR))
WHERE q.article_id = $1
"""


def version_id(key: str, sha256: object) -> str:
    """Identify a version by its article and the SHA-256 of its text."""
    return identifier("version", key, sha256)


def supersede(connection: Connection, key: str, removed: bool = False) -> None:
    """Make the current version of an article an earlier one; with ``removed``, the one that it had when it was removed."""
    [(sha256,)] = connection.execute("SELECT sha256 FROM articles WHERE article_id = ?", [key]).fetchall()
    values = [key, version_id(key, sha256)]
    connection.execute(
        "INSERT INTO article_versions BY NAME SELECT $2 AS version_id, *, $3 AS superseded_at, $4 AS removed "
        "FROM articles WHERE article_id = $1",
        [*values, _now(), removed],
    )
    connection.execute(
        "INSERT INTO version_quotations BY NAME SELECT $2 AS version_id, q.* EXCLUDE (article_id), "
        "list_filter(coalesce(n.names, []), lambda name: name IS NOT NULL) AS speakers, "
        f"quotation_id IN (SELECT quotation_id FROM rejections) AS rejected FROM quotations q LEFT JOIN ({_SPEAKERS}) n "
        "USING (quotation_id) WHERE q.article_id = $1",
        values,
    )
    connection.execute(f"INSERT INTO version_spans SELECT $2, * FROM spans WHERE {_SPANS}", values)
    for table, target in _same_columns():
        connection.execute(
            f"INSERT INTO {target} SELECT $2, * EXCLUDE (article_id) FROM {table} WHERE article_id = $1", values
        )
    delete_current(connection, key)


def revive(connection: Connection, key: str, sha256: str) -> None:
    """Make this version the current one again; the article must not have another."""
    version = version_id(key, sha256)
    connection.execute(
        "INSERT INTO articles BY NAME SELECT * EXCLUDE (version_id, superseded_at, removed) FROM article_versions "
        "WHERE version_id = ?",
        [version],
    )
    connection.execute("UPDATE articles SET ingested_at = ? WHERE article_id = ?", [_now(), key])
    connection.execute(
        "INSERT INTO quotations BY NAME SELECT ? AS article_id, * EXCLUDE (version_id, speakers, rejected) "
        "FROM version_quotations WHERE version_id = ?",
        [key, version],
    )
    connection.execute(
        "INSERT INTO spans SELECT * EXCLUDE (version_id) FROM version_spans WHERE version_id = ?", [version]
    )
    for table, target in _same_columns():
        connection.execute(
            f"INSERT INTO {table} BY NAME SELECT ? AS article_id, * EXCLUDE (version_id) FROM {target} WHERE version_id = ?",
            [key, version],
        )
    _index(connection, key)
    delete(connection, key, sha256)


def put(connection: Connection, key: str, row: Columns, provenance: Provenance, rows: ArticleRows) -> None:
    """Store a text as an earlier version of an article, beside the current one."""
    version = version_id(key, row["sha256"])
    insert_row(
        connection,
        "article_versions",
        {"version_id": version, **row, "superseded_at": _now(), "removed": False},
    )
    if any(astuple(provenance)):
        insert(connection, "version_provenance", [(version, *astuple(provenance))], 6)
    insert(connection, "version_sources", [(version, one[0], *one[2:]) for one in rows.sources], 9)
    found = [(version, one[0], *one[2:], rows.names[str(one[0])], False) for one in rows.quotations]
    insert(connection, "version_quotations", found, 14)
    insert(connection, "version_spans", [(version, *one) for one in rows.spans], 7)
    insert(connection, "version_passages", [(version, *one[1:]) for one in rows.passages], 10)


def delete(connection: Connection, key: str, sha256: str) -> datetime | None:
    """Delete a version; returns when its text was first seen, or ``None`` if there is no such version."""
    version = version_id(key, sha256)
    row = connection.execute("SELECT first_seen FROM article_versions WHERE version_id = ?", [version]).fetchone()
    for table in ("article_versions", *(f"version_{name}" for name in _OF_VERSION)):
        connection.execute(f"DELETE FROM {table} WHERE version_id = ?", [version])
    return row[0] if row else None


def delete_current(connection: Connection, key: str) -> None:
    """Delete everything that is stored for the current version of an article."""
    connection.execute(f"DELETE FROM spans WHERE {_SPANS}", [key])
    for table in _CURRENT:
        connection.execute(f"DELETE FROM {table} WHERE article_id = ?", [key])


def restore(connection: Connection, key: str) -> None:
    """Make the version that an article had when it was removed its current one again."""
    rows = connection.execute("SELECT sha256 FROM article_versions WHERE article_id = ? AND removed", [key]).fetchall()
    for (sha256,) in rows:
        revive(connection, key, sha256)


def insert_row(connection: Connection, table: str, row: Columns) -> None:
    """Insert one row, given by the names of its columns."""
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def _same_columns() -> list[tuple[str, str]]:
    """Tables whose rows of a version have the same columns except the first."""
    return [
        ("sources", "version_sources"),
        ("passages", "version_passages"),
        ("article_provenance", "version_provenance"),
    ]


def _index(connection: Connection, key: str) -> None:
    """Write the indexes that depend only on text, title and quotations."""
    [(text, title)] = connection.execute("SELECT text, title FROM articles WHERE article_id = ?", [key]).fetchall()
    texts = dict(
        connection.execute(
            "SELECT quotation_id, text FROM quotations WHERE article_id = ? ORDER BY position", [key]
        ).fetchall()
    )
    insert(connection, "marked_stretches", [(key, *place) for place in marked_stretches(text)], 3)
    of_quotations, of_title = word_rows(key, title, texts)
    insert(connection, "quotation_words", of_quotations, 4)
    insert(connection, "title_words", of_title, 3)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
