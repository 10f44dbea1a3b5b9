"""Helpers to read and write rows, used by all SQL of clustering."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

Connection = duckdb.DuckDBPyConnection


def add(connection: Connection, table: str, **columns: NDArray[Any] | Sequence[object]) -> None:
    """Append rows given as columns in the order of the table, as arrays for speed."""
    rows = {
        name: column if isinstance(column, np.ndarray) else np.array(column, dtype=object)
        for name, column in columns.items()
    }
    if len(next(iter(rows.values()))):
        connection.register("rows_to_add", rows)
        connection.execute(f"INSERT INTO {table} SELECT * FROM rows_to_add")
        connection.unregister("rows_to_add")


def add_rows(connection: Connection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Append rows; values must not be lists."""
    if rows:
        add(connection, table, **{f"column{i}": list(column) for i, column in enumerate(zip(*rows, strict=True))})


def number(connection: Connection, query: str) -> int:
    """Return the single number that a query selects."""
    return int(connection.execute(query).fetchall()[0][0])


def column(connection: Connection, query: str, given: list[object] | None = None) -> list[int]:
    """Return the first column that a query selects."""
    return [row[0] for row in connection.execute(query, given or []).fetchall()]


def write_out(connection: Connection) -> None:
    """Commit the transaction and begin another one."""
    connection.execute("COMMIT")
    connection.execute("BEGIN TRANSACTION")
