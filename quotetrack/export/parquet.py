"""Parquet: the keys of the JSON lines as columns, with lists and structs, for DuckDB, Polars, pandas and Spark."""

from __future__ import annotations

from pathlib import Path

from quotetrack.export import jsonl
from quotetrack.export.files import beside
from quotetrack.export.selection import Selection
from quotetrack.read.parquet import json_lines_to_parquet


def write(selection: Selection, target: Path) -> None:
    """Write the quotations to ``target``. The JSON lines are first written beside it and removed afterwards."""
    rows = beside(target, "jsonl")
    try:
        with rows.open("x", encoding="utf-8", newline="") as file:
            file.writelines(jsonl.lines(selection))
        json_lines_to_parquet(rows, target)
    finally:
        rows.unlink(missing_ok=True)
