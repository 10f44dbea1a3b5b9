"""Data migrations in Python, for columns and tables that SQL cannot compute."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

import duckdb

from quotetrack.store.moments import date_in_address, moment
from quotetrack.text.indexed import indexed
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
    article_id: str, text: str, pieces: Mapping[str, Sequence[tuple[int, int]]]
) -> list[tuple[object, ...]]:
    """Rows of the table ``passages`` for one article; ``pieces`` are the ranges of each quotation's content."""
    rows: list[tuple[object, ...]] = []
    for passage in passages(text):
        start, end = passage.start, passage.end
        here = sorted(key for key, ranges in pieces.items() if any(a < end and start < b for a, b in ranges))
        rows.append((article_id, None, start, end, passage.words, *passage.signature, " ".join(here)))
    for quotation, ranges in pieces.items():
        if len(ranges) > 1:
            words = [word for start, end in ranges for word in keys_of(text[start:end])]
            place = article_id, quotation, ranges[0][0], ranges[-1][1]
            rows.append((*place, joined(words), *signature(words), quotation))
    return rows


def _passages(connection: duckdb.DuckDBPyConnection) -> None:
    for texts in _texts(connection):
        spans = connection.execute(
            "SELECT q.article_id, quotation_id, start_char, end_char FROM spans JOIN quotations q USING (quotation_id) "
            "WHERE part = 'content' AND q.article_id IN (SELECT unnest(?)) ORDER BY ALL",
            [[key for key, _ in texts]],
        ).fetchall()
        pieces: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(dict)
        for (article, quotation), group in groupby(spans, lambda row: (row[0], row[1])):
            pieces[article][quotation] = [(start, end) for _, _, start, end in group]
        _insert(connection, "passages", [row for key, text in texts for row in passage_rows(key, text, pieces[key])])


def word_rows(
    article_id: str, title: str | None, texts: Mapping[str, str]
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Rows of the tables ``quotation_words`` and ``title_words`` for one article; ``texts`` are the quotations by identifier."""
    of_quotations: list[tuple[object, ...]] = [(key, article_id, *indexed(text)) for key, text in texts.items()]
    return of_quotations, [(article_id, *indexed(title))] if title else []


def _words(connection: duckdb.DuckDBPyConnection) -> None:
    titles = connection.execute("SELECT article_id, title FROM articles ORDER BY article_id").fetchall()
    for start in range(0, len(titles), _AT_ONCE):
        portion = titles[start : start + _AT_ONCE]
        texts: dict[str, dict[str, str]] = defaultdict(dict)
        for article, quotation, text in connection.execute(
            "SELECT article_id, quotation_id, text FROM quotations WHERE article_id IN (SELECT unnest(?)) "
            "ORDER BY article_id, position",
            [[key for key, _ in portion]],
        ).fetchall():
            texts[article][quotation] = text
        found = [word_rows(key, title, texts[key]) for key, title in portion]
        _insert(connection, "quotation_words", [row for rows, _ in found for row in rows])
        _insert(connection, "title_words", [row for _, rows in found for row in rows])


def _dates_in_addresses(connection: duckdb.DuckDBPyConnection) -> None:
    undated = connection.execute(
        "SELECT article_id, url FROM articles WHERE published IS NULL AND url IS NOT NULL"
    ).fetchall()
    found = [(key, *moment(day)) for key, url in undated if (day := date_in_address(url))]
    connection.execute("CREATE TEMP TABLE dated (article_id VARCHAR, start TIMESTAMP WITH TIME ZONE, known VARCHAR)")
    _insert(connection, "temp.dated", found)
    connection.execute(
        "UPDATE articles SET published_at = d.start, published_precision = d.known FROM temp.dated d "
        "WHERE d.article_id = articles.article_id"
    )
    connection.execute("DROP TABLE temp.dated")


def _other_inputs(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(
        "SELECT d.location, article_id, sha256, outlet, d.metadata FROM duplicates d JOIN articles USING (article_id)"
    ).fetchall()
    rows = []
    for location, article, sha256, outlet, metadata in found:
        title, author, published, language = json.loads(metadata)
        # In the order of the table: with URL, which such articles do not have, and the date of the last change.
        rows.append((location, article, sha256, json.dumps([outlet, None, title, author, published, language, None])))
    _insert(connection, "other_inputs", rows)
    connection.execute("DROP TABLE duplicates")


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
FILLS: dict[int, Callable[[duckdb.DuckDBPyConnection], None]] = {
    9: _marks_and_moments,
    12: _dates_in_addresses,
    14: _passages,
    17: _words,
    20: _other_inputs,
}
