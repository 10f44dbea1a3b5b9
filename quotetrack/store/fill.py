"""Data migrations in Python, for columns and tables that SQL cannot compute."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from quotetrack.store.moments import moment
from quotetrack.text.paragraphs import paragraphs
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
    keys = [row[0] for row in connection.execute("SELECT article_id FROM articles ORDER BY article_id").fetchall()]
    for start in range(0, len(keys), _AT_ONCE):
        texts = connection.execute(
            "SELECT article_id, text FROM articles WHERE article_id IN (SELECT unnest(?))",
            [keys[start : start + _AT_ONCE]],
        ).fetchall()
        found = [(key, *place) for key, text in texts for place in marked_stretches(text)]
        if found:
            connection.execute(
                "INSERT INTO marked_stretches SELECT unnest(?), unnest(?), unnest(?)",
                [list(column) for column in zip(*found, strict=True)],
            )


# Keyed by the number of the migration that creates the columns or tables.
FILLS: dict[int, Callable[[duckdb.DuckDBPyConnection], None]] = {9: _marks_and_moments}
