"""What all writing shares: identifiers, which are content hashes, inserting rows, and tables that are replaced as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb

from quotetrack.model import Failure

_INSERT_ROWS = 2_000


def identifier(*parts: object) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of the parts."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def clean(text: str) -> str:
    """Replace lone surrogates, which are not valid Unicode and which DuckDB cannot store."""
    return text.encode("utf-8", "replace").decode("utf-8")


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]], width: int) -> None:
    """Insert rows as columns: row by row is slow in DuckDB, and ``VALUES`` with all values takes two to three times as long."""
    marks = ", ".join(["unnest(?)"] * width)
    for start in range(0, len(rows), _INSERT_ROWS):
        chunk = rows[start : start + _INSERT_ROWS]
        connection.execute(f"INSERT INTO {table} SELECT {marks}", [list(column) for column in zip(*chunk, strict=True)])


def put_failures(connection: duckdb.DuckDBPyConnection, failures: Sequence[Failure]) -> None:
    """Record failed inputs, replacing earlier failures of the same inputs. Requires an open transaction."""
    now = datetime.now(UTC).replace(tzinfo=None)
    for failure in failures:
        connection.execute(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)",
            [clean(failure.location), clean(failure.reason), clean(failure.details), now],
        )


def columns(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert any number of rows at once."""
    if rows:
        marks = ", ".join(["unnest(?)"] * len(rows[0]))
        connection.execute(f"INSERT INTO {table} SELECT {marks}", [list(column) for column in zip(*rows, strict=True)])


def replace_not_read(
    connection: duckdb.DuckDBPyConnection, folders: Sequence[str], rows: Sequence[tuple[str, str]]
) -> None:
    """Store what was not read in these folders instead of what was not read there before. Requires an open transaction."""
    for folder in folders:
        inside = folder.rstrip("/") + "/"
        connection.execute("DELETE FROM not_read WHERE location = ? OR starts_with(location, ?)", [folder, inside])
    insert(connection, "not_read", rows, 2)


def replace_known(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[object, ...]]) -> None:
    """Store known speakers, replacing those with the same identifiers. Requires an open transaction."""
    connection.execute("DELETE FROM known_speakers WHERE known_id IN (SELECT unnest(?))", [[row[0] for row in rows]])
    insert(connection, "known_speakers", rows, 6)
