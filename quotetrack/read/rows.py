"""Read rows of one table, all or by identifier.

Printings are assembled in Python from one query per table, because these queries use indexes, whereas a join in DuckDB
would scan all tables.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import duckdb

Row = tuple[Any, ...]
_FEW = 4  # values; up to here, DuckDB finds constants faster than the rows of a list


def rows(
    connection: duckdb.DuckDBPyConnection, columns: str, table: str, key: str, values: Collection[str] | None
) -> list[Row]:
    """Return ``columns`` of the rows of ``table`` whose ``key`` is in ``values``; of all rows if that is ``None``."""
    if values is None:
        return connection.execute(f"SELECT {columns} FROM {table}").fetchall()
    if not values:
        return []
    if len(values) <= _FEW:
        places = ", ".join("?" * len(values))
        return connection.execute(f"SELECT {columns} FROM {table} WHERE {key} IN ({places})", list(values)).fetchall()
    return connection.execute(
        f"SELECT {columns} FROM {table} WHERE {key} IN (SELECT unnest(?::VARCHAR[]))", [list(values)]
    ).fetchall()


def by_key(
    connection: duckdb.DuckDBPyConnection, columns: str, table: str, key: str, values: Collection[str] | None
) -> dict[str, Row]:
    """Return the same rows as a dictionary by ``key``, which must be the first of ``columns``."""
    return {row[0]: row for row in rows(connection, columns, table, key, values)}
