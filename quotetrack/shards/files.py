"""Write and read shards: Parquet files with one row per article or failure."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from quotetrack.errors import InputError
from quotetrack.shards.records import COLUMNS, Row, from_columns, to_columns

_DAMAGED = "This is not a shard of 'quotetrack extract', or it is damaged."


@dataclass(frozen=True, slots=True)
class Shard:
    """The content of a shard: its rows, and the models and the version of quotetrack that they were made by."""

    rows: list[Row]
    models: str
    extractor: str


def write_shard(target: Path, shard: Shard) -> None:
    """Write a shard to ``target``; the same rows give the same bytes. Raises ``OSError``."""
    # Structs are passed as JSON: what DuckDB infers from Python dictionaries depends on which values are missing.
    marks = ", ".join(
        f"CAST(CAST(unnest(?) AS JSON) AS {kind})" if _nested(kind) else "unnest(?)" for kind in COLUMNS.values()
    )
    rows = [to_columns(row, shard.models, shard.extractor) for row in shard.rows]
    given = [[json.dumps(row[name]) if _nested(kind) else row[name] for row in rows] for name, kind in COLUMNS.items()]
    with _connected() as connection:
        connection.execute(f"CREATE TABLE shard ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
        connection.execute(f"INSERT INTO shard SELECT {marks}", given)
        try:
            connection.table("shard").write_parquet(str(target), compression="zstd")
        except duckdb.IOException as error:
            raise OSError(str(error)) from error


def read_shard(path: Path) -> Shard:
    """Return the content of a shard.

    Raises ``InputError`` if it is not a shard, is damaged, or has offsets that do not match its texts.
    """
    # DuckDB takes some characters of file names for patterns, so it gets a link with a plain name.
    with tempfile.TemporaryDirectory() as folder, _connected() as connection:
        link = Path(folder, "shard.parquet")
        link.symlink_to(path.resolve())
        try:
            found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM read_parquet(?)", [str(link)]).fetchall()
        except duckdb.Error as error:
            raise InputError(_DAMAGED) from error
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in found]
    made_by = {(row["models"], row["extractor"]) for row in rows}
    if len(made_by) != 1:
        raise InputError(_DAMAGED)
    try:
        return Shard([from_columns(row) for row in rows], *made_by.pop())
    except (TypeError, KeyError) as error:  # other columns inside the structs
        raise InputError(_DAMAGED) from error


def _nested(kind: str) -> bool:
    return kind.startswith("STRUCT")


@contextmanager
def _connected() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"autoinstall_known_extensions": False, "threads": 1}) as connection:
        yield connection
