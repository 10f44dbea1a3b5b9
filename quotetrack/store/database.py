"""Opening a database: one file, its migrations, and the errors a person can meet there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Literal

import duckdb

from quotetrack.errors import DatabaseError
from quotetrack.model import Article, Failure, Quotation
from quotetrack.store import write
from quotetrack.store.fill import FILLS

Outcome = Literal["new", "updated", "unchanged"]
_MOST_MEMORY = 5_000  # megabytes


def migrations() -> list[tuple[int, str, str]]:
    """Number, name and SQL of every migration, in order (``store/migrations/0001_first.sql``, …)."""
    folder = files("quotetrack.store").joinpath("migrations")
    found = []
    for entry in folder.iterdir():
        if entry.name.endswith(".sql"):
            number, _, name = entry.name[:-4].partition("_")
            found.append((int(number), name, entry.read_text(encoding="utf-8")))
    return sorted(found)


def _memory_limit() -> int:
    """Megabytes DuckDB may hold before it writes to disk: it would take most of the machine, which the models and the
    clustering of millions of quotations need too."""
    try:
        physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    except (AttributeError, ValueError, OSError):
        return _MOST_MEMORY
    return max(500, min(_MOST_MEMORY, physical // 3))


class Store:
    """A quotetrack database. Use as a context manager; ``connection`` is DuckDB's own, for reading."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self.connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path, read_only: bool = False) -> Store:
        """Open ``path``, made and brought up to date unless ``read_only``.

        Raises ``DatabaseError`` where the file is missing (when reading), is in use, or is not one of ours.
        """
        if read_only and not path.exists():
            raise DatabaseError(f"There is no database at {path}. Make one with 'quotetrack ingest', or give --db.")
        if not path.parent.exists():
            raise DatabaseError(f"The folder of the database {path} does not exist.")
        try:
            connection = duckdb.connect(str(path), read_only=read_only)
            connection.execute("SET enable_progress_bar = false")
            connection.execute("SET TimeZone = 'UTC'")  # or a day would begin at another hour on another machine
            # Up to so many given identifiers are found by index; of more than 50 DuckDB would read the whole table.
            connection.execute("SET dynamic_or_filter_threshold = 2000")
            connection.execute(f"SET memory_limit = '{_memory_limit()}MB'")
        except duckdb.Error as error:
            message = str(error).splitlines()[0]
            if "lock" in message.lower():
                raise DatabaseError(f"{path} is in use by another program; wait until it has finished.") from error
            raise DatabaseError(f"{path} cannot be opened as a database: {message}") from error
        store = cls(connection, path)
        try:
            store._migrate(read_only)
        except BaseException:
            connection.close()
            raise
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within is written together, or not at all where an error leaves it."""
        self.connection.execute("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def known(self, article: Article, models: str) -> bool:
        """Whether this very article, analysed by this version and these models, is stored already."""
        return write.known(self.connection, article, models)

    def put(self, batch: Sequence[tuple[Article, Sequence[Quotation]]], models: str) -> list[Outcome]:
        """Store articles with their quotations in one transaction; says of each what it was."""
        with self.transaction():
            return [write.put(self.connection, article, quotations, models) for article, quotations in batch]

    def fail(self, failures: Sequence[Failure]) -> None:
        """Record inputs that could not be taken in. A later success removes the row."""
        now = datetime.now(UTC).replace(tzinfo=None)
        for failure in failures:
            self.connection.execute(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)",
                [write.clean(failure.location), write.clean(failure.reason), write.clean(failure.details), now],
            )

    def replace(self, tables: dict[str, list[tuple[object, ...]]]) -> None:
        """Write whole tables anew in one transaction: what linking and clustering derive."""
        with self.transaction():
            for table, rows in tables.items():
                write.replace_table(self.connection, table, rows)

    def _migrate(self, read_only: bool) -> None:
        tables = {row[0] for row in self.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if "schema_version" not in tables:
            if tables or read_only:
                raise DatabaseError(f"{self.path} is a database of another program, not of quotetrack.")
            self.connection.execute(
                "CREATE TABLE schema_version (number INTEGER PRIMARY KEY, name VARCHAR, applied_at TIMESTAMP)"
            )
        row = self.connection.execute("SELECT coalesce(max(number), 0) FROM schema_version").fetchone()
        version = row[0] if row else 0
        known = migrations()
        if version > known[-1][0]:
            raise DatabaseError(f"{self.path} was made by a newer quotetrack; update quotetrack to use it.")
        pending = [m for m in known if m[0] > version]
        if pending and read_only:
            raise DatabaseError(
                f"{self.path} was made by an older quotetrack; run 'quotetrack ingest' once to update it."
            )
        for number, name, sql in pending:
            self.connection.execute("BEGIN TRANSACTION")
            self.connection.execute(sql)
            if number in FILLS:
                FILLS[number](self.connection)
            self.connection.execute(
                "INSERT INTO schema_version VALUES (?, ?, ?)", [number, name, datetime.now(UTC).replace(tzinfo=None)]
            )
            self.connection.execute("COMMIT")
