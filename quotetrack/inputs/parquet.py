"""Read Parquet files, with one article per row."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from quotetrack.errors import InputError
from quotetrack.inputs import limits
from quotetrack.inputs.records import has_text, of_record
from quotetrack.inputs.source import Source, failure
from quotetrack.model import Article, Failure

_ROWS = 50
_MEMORY = "1GB"
_OF_SHARDS = {"provenance", "quotations", "models", "extractor"}  # columns that tell shards from tables of articles


def read_parquet(source: Source) -> Iterator[Article | Failure]:
    """Yield the articles of a table, and a ``Failure`` for each row without one; ``location`` has the number of the row.

    Raises ``InputError`` if no column has the text of articles.
    """
    with limits.opened(source.path):  # refuses what is not a regular file
        pass
    # DuckDB takes some characters of file names for patterns, so it gets a link with a plain name.
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder, "table.parquet")
        link.symlink_to(source.path.resolve())
        settings = {
            "threads": 1,
            "memory_limit": _MEMORY,
            "temp_directory": folder,
            "autoinstall_known_extensions": False,
        }
        with duckdb.connect(config=settings) as connection:  # type: ignore[arg-type]
            yield from _articles(connection, link, source)


def _articles(connection: duckdb.DuckDBPyConnection, path: Path, source: Source) -> Iterator[Article | Failure]:
    number = 0
    try:
        rows = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in rows.description or []]
        if set(names) >= _OF_SHARDS:
            raise InputError("This is a shard of 'quotetrack extract'; use 'quotetrack import-shards' with its folder.")
        if not has_text(names, source.columns):
            listed = ", ".join(names)[:200]
            raise InputError(f"No column has the text of articles (found: {listed}); name it with --map text=COLUMN.")
        while some := rows.fetchmany(_ROWS):
            for row in some:
                number += 1
                record = {name: _plain(value) for name, value in zip(names, row, strict=True)}
                yield _article(record, f"{source.place}#{number}", source)
    except duckdb.Error as error:
        if not number:
            raise InputError(_reason(error)) from error
        yield Failure(f"{source.place}#{number + 1}", f"{_reason(error)} Nothing after row {number} was read.")
    if not number:
        yield Failure(source.place, "The table has no rows.")


def _reason(error: duckdb.Error) -> str:
    if isinstance(error, duckdb.OutOfMemoryException):
        return f"The rows of this Parquet file need more than {_MEMORY} of memory; write smaller row groups."
    return "This is not a Parquet file, or it is damaged."


def _plain(value: object) -> object:
    """Dates and times as text; everything else stays as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _article(record: dict[str, object], location: str, source: Source) -> Article | Failure:
    try:
        return of_record(record, location, source.given, source.columns)
    except InputError as error:
        return failure(location, error)
