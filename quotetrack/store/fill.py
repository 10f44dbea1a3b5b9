"""Data migrations in Python, for columns and tables that SQL cannot compute."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import duckdb

from quotetrack.store.moments import moment
from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.passages import joined, keys_of, passages, signature
from quotetrack.text.quoted import quoted_stretches

_AT_ONCE = 500  # articles


def marked_stretches(text: str) -> list[tuple[int, int]]:
    """Ranges of ``text`` between quotation marks, including the marks."""
    return [(stretch.start, stretch.end) for stretch in quoted_stretches(text, paragraphs(text))]


def _marks_and_moments(connection: duckdb.DuckDBPyConnection) -> None:
    dates = connection.execute("SELECT DISTINCT published FROM articles WHERE published IS NOT NULL").fetchall()
    connection.execute("CREATE TEMP TABLE moments (published VARCHAR, start TIMESTAMP WITH TIME ZONE, known VARCHAR)")
    for start in range(0, len(dates), _AT_ONCE):
        rows = [(published, *moment(published)) for (published,) in dates[start : start + _AT_ONCE]]
        connection.executemany("INSERT INTO moments VALUES (?, ?, ?)", rows)
    connection.execute(
        "UPDATE articles SET published_at = m.start, published_precision = m.known FROM temp.moments m "
        "WHERE m.published = articles.published"
    )
    connection.execute("DROP TABLE temp.moments")
    for texts in _texts(connection):
        found = [(key, *place) for key, text in texts for place in marked_stretches(text)]
        _insert(connection, "marked_stretches", found)


def passage_rows(
    article_id: str, text: str, interrupted: Sequence[tuple[str, Sequence[tuple[int, int]]]]
) -> list[tuple[object, ...]]:
    """Rows of the table ``passages`` for one article; ``interrupted`` are quotations with the ranges of their pieces."""
    rows: list[tuple[object, ...]] = [(article_id, None, p.start, p.end, p.words, *p.signature) for p in passages(text)]
    for quotation, pieces in interrupted:
        words = [word for start, end in pieces for word in keys_of(text[start:end])]
        rows.append((article_id, quotation, pieces[0][0], pieces[-1][1], joined(words), *signature(words)))
    return rows


def _passages(connection: duckdb.DuckDBPyConnection) -> None:
    for texts in _texts(connection):
        spans = connection.execute(
            "SELECT q.article_id, quotation_id, start_char, end_char FROM spans JOIN quotations q USING (quotation_id) "
            "WHERE part = 'content' AND q.article_id IN (SELECT unnest(?)) ORDER BY ALL",
            [[key for key, _ in texts]],
        ).fetchall()
        pieces: dict[str, list[tuple[str, list[tuple[int, int]]]]] = {}
        for (article, quotation), group in groupby(spans, lambda row: (row[0], row[1])):
            places = [(start, end) for _, _, start, end in group]
            if len(places) > 1:
                pieces.setdefault(article, []).append((quotation, places))
        _insert(
            connection, "passages", [row for key, text in texts for row in passage_rows(key, text, pieces.get(key, ()))]
        )


def _texts(connection: duckdb.DuckDBPyConnection) -> Iterator[list[tuple[str, str]]]:
    """Yield identifiers and texts of all articles in portions."""
    keys = [row[0] for row in connection.execute("SELECT article_id FROM articles ORDER BY article_id").fetchall()]
    for start in range(0, len(keys), _AT_ONCE):
        yield connection.execute(
            "SELECT article_id, text FROM articles WHERE article_id IN (SELECT unnest(?))",
            [keys[start : start + _AT_ONCE]],
        ).fetchall()


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(f"INSERT INTO {table} SELECT {', '.join(['unnest(?)'] * len(columns))}", columns)


# Keyed by the number of the migration that creates the columns or tables.
FILLS: dict[int, Callable[[duckdb.DuckDBPyConnection], None]] = {9: _marks_and_moments, 11: _passages}
