"""Convert JSON lines of quotations to a Parquet file with DuckDB."""

from __future__ import annotations

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


def json_lines_to_parquet(lines: Path, target: Path) -> None:
    """Write the objects in ``lines`` to the Parquet file ``target``, in the same order; the same input gives the same bytes."""
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        connection.execute("SET threads = 1")
        connection.execute("SET TimeZone = 'UTC'")
        connection.read_json(str(lines), format="newline_delimited", columns=COLUMNS).write_parquet(
            str(target), compression="zstd"
        )
