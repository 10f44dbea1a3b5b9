"""Convert JSON lines of quotations and articles to Parquet files with DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

_SPANS = 'STRUCT("start" INTEGER, "end" INTEGER, text VARCHAR)[]'
# The columns, by the keys of ``Printing.to_dict``.
COLUMNS = {
    "quotation_id": "VARCHAR",
    "article_id": "VARCHAR",
    "report_id": "VARCHAR",
    "origin_id": "VARCHAR",
    "claims": "STRUCT(claim_id VARCHAR, variant VARCHAR, turned BOOLEAN)[]",
    "kind": "VARCHAR",
    "stance": "VARCHAR",
    "bare": "BOOLEAN",
    "text": "VARCHAR",
    "content": _SPANS,
    "verbatim": _SPANS,
    "cue": "VARCHAR",
    "source": "VARCHAR",
    "method": "VARCHAR",
    "speakers": "STRUCT(speaker_id VARCHAR, name VARCHAR)[]",
    "joint": "BOOLEAN",
    "role": "VARCHAR",
    "role_then": "VARCHAR",
    "repair": "STRUCT(outcome VARCHAR, machine_speaker VARCHAR, named_speaker VARCHAR, quotation_id VARCHAR, outlet VARCHAR)",
    "on_behalf_of": "VARCHAR",
    "confidence": "DOUBLE",
    "speaker_confidence": "DOUBLE",
    "outlet": "VARCHAR",
    "title": "VARCHAR",
    "url": "VARCHAR",
    "published": "VARCHAR",
    "published_at": "TIMESTAMPTZ",
    "published_precision": "VARCHAR",
    "sha256": "VARCHAR",
}

ARTICLE_COLUMNS = dict.fromkeys(
    ("article_id", "outlet", "title", "url", "published", "sha256", "text", "language"), "VARCHAR"
)
UNDATED = "undated"  # the partition of articles without a month


def json_lines_to_parquet(lines: Path, target: Path) -> None:
    """Write the objects in ``lines`` to the Parquet file ``target``, in the same order; the same input gives the same bytes."""
    with _connected() as connection:
        connection.read_json(str(lines), format="newline_delimited", columns=COLUMNS).write_parquet(
            str(target), compression="zstd"
        )


def json_lines_to_months(lines: Path, target: Path, columns: Mapping[str, str]) -> None:
    """Write the objects in ``lines`` to Parquet files in the folder ``target``, one folder for each value of their key ``month``.

    The order within a month is that of ``lines``; the same input gives the same bytes.
    """
    with _connected() as connection:
        connection.read_json(
            str(lines), format="newline_delimited", columns={**columns, "month": "VARCHAR"}
        ).write_parquet(str(target), compression="zstd", partition_by=["month"])


@contextmanager
def _connected() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection of one thread, so that the order of rows is that of the input."""
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        connection.execute("SET threads = 1")
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
