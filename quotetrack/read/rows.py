"""Rows of one table, all or those of given identifiers.

Printings are put together in Python from one small query a table: those go by the tables' indexes, where DuckDB, asked to
join, would read every table whole.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import duckdb

Row = tuple[Any, ...]


def rows(
    connection: duckdb.DuckDBPyConnection, columns: str, table: str, key: str, values: Collection[str] | None
) -> list[Row]:
    """The ``columns`` of the rows of ``table`` whose ``key`` is one of ``values``; of all rows where that is ``None``."""
    if values is None:
        return connection.execute(f"SELECT {columns} FROM {table}").fetchall()
    return connection.execute(
        f"SELECT {columns} FROM {table} WHERE {key} IN (SELECT unnest(?::VARCHAR[]))", [list(values)]
    ).fetchall()


def by_key(
    connection: duckdb.DuckDBPyConnection, columns: str, table: str, key: str, values: Collection[str] | None
) -> dict[str, Row]:
    """The same by their ``key``, which is the first of ``columns``."""
    return {row[0]: row for row in rows(connection, columns, table, key, values)}
