"""Open a database file, apply migrations and store articles."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeVar

import duckdb

from quotetrack.errors import DatabaseError, DatabaseInUse
from quotetrack.model import Article, Failure, Quotation
from quotetrack.store import write
from quotetrack.store.fill import FILLS

Outcome = Literal["new", "updated", "unchanged"]
T = TypeVar("T")
_MAX_MEMORY = 5_000  # megabytes
_PATIENCE = 3.0  # seconds
_PAUSE = 0.05  # seconds between attempts to open a file that another program has open


def migrations() -> list[tuple[int, str, str]]:
    """Number, name and SQL of all migrations (``store/migrations/0001_first.sql``, …), in order."""
    folder = files("quotetrack.store").joinpath("migrations")
    found = []
    for entry in folder.iterdir():
        if entry.name.endswith(".sql"):
            number, _, name = entry.name[:-4].partition("_")
            found.append((int(number), name, entry.read_text(encoding="utf-8")))
    return sorted(found)


def _memory_limit() -> int:
    """DuckDB's memory limit in megabytes. DuckDB's default is most of the machine's memory, which the models and the
    clustering of millions of quotations need too."""
    try:
        physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    except (AttributeError, ValueError, OSError):
        return _MAX_MEMORY
    return max(500, min(_MAX_MEMORY, physical // 3))


def _connected(path: Path, read_only: bool, patience: float) -> duckdb.DuckDBPyConnection:
    end = time.monotonic() + patience
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only)
        except duckdb.Error as error:
            if "lock" not in str(error).lower() or time.monotonic() >= end:
                raise
        time.sleep(_PAUSE)


class Store:
    """A quotetrack database. Use as a context manager; ``connection`` is the DuckDB connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool = False) -> None:
        self.connection = connection
        self.path = path
        self._read_only = read_only
        self._computed: dict[Callable[[Store], Any], Any] = {}

    @classmethod
    def open(cls, path: Path, read_only: bool = False, patience: float | None = None) -> Store:
        """Open the database at ``path``; unless ``read_only``, create it if missing and apply migrations.

        ``patience`` is for how many seconds to try again while another program has the file open, by default three for writing,
        because the pages of ``quotetrack serve`` open it for moments.

        Raises ``DatabaseError`` if the file is missing (with ``read_only``) or not a quotetrack database, and ``DatabaseInUse``
        if another program has it open.
        """
        if read_only and not path.exists():
            raise DatabaseError(f"No database found at {path}; create one with 'quotetrack ingest' or set --db.")
        if not path.parent.exists():
            raise DatabaseError(f"Cannot create {path}: the folder {path.parent} does not exist.")
        if patience is None:
            patience = 0.0 if read_only else _PATIENCE
        try:
            connection = _connected(path, read_only, patience)
            connection.execute("SET enable_progress_bar = false")
            connection.execute("SET TimeZone = 'UTC'")  # so that days do not depend on the machine
            # Use indexes for up to this many identifiers; by default DuckDB scans the table for more than 50.
            connection.execute("SET dynamic_or_filter_threshold = 2000")
            connection.execute(f"SET memory_limit = '{_memory_limit()}MB'")
        except duckdb.Error as error:
            message = str(error).splitlines()[0]
            if "lock" in message.lower():
                raise DatabaseInUse(
                    f"{path} is in use by another program; try again when that has finished."
                ) from error
            raise DatabaseError(f"Cannot open {path} as a database: {message}") from error
        store = cls(connection, path, read_only)
        try:
            store._migrate(read_only)
        except BaseException:
            connection.close()
            raise
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def once(self, compute: Callable[[Store], T]) -> T:
        """Return ``compute(self)``, computed only once if the database was opened read-only, since then it cannot change.

        >>> store.once(count_unsearched)
        0
        """
        if not self._read_only:
            return compute(self)
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        found: T = self._computed[compute]
        return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block in a transaction; an exception rolls it back."""
        self.connection.execute("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def known(self, article: Article, models: str) -> bool:
        """Whether this exact article is already stored, analysed by this version with these models."""
        return write.known(self.connection, article, models)

    def put(self, batch: Sequence[tuple[Article, Sequence[Quotation]]], models: str) -> list[Outcome]:
        """Store articles with their quotations in one transaction; returns the outcome for each."""
        with self.transaction():
            return [write.put(self.connection, article, quotations, models) for article, quotations in batch]

    def fail(self, failures: Sequence[Failure]) -> None:
        """Record failed inputs. A later success removes the record."""
        now = datetime.now(UTC).replace(tzinfo=None)
        for failure in failures:
            self.connection.execute(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)",
                [write.clean(failure.location), write.clean(failure.reason), write.clean(failure.details), now],
            )

    def leave_out(self, folders: Sequence[str], not_read: Sequence[tuple[str, str]]) -> None:
        """Record what was not read in these folders, as pairs of location and reason, instead of earlier records."""
        with self.transaction():
            write.replace_not_read(self.connection, folders, not_read)

    def _migrate(self, read_only: bool) -> None:
        tables = {row[0] for row in self.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if "schema_version" not in tables:
            if tables or read_only:
                raise DatabaseError(f"{self.path} is not a quotetrack database; choose another file with --db.")
            self.connection.execute(
                "CREATE TABLE schema_version (number INTEGER PRIMARY KEY, name VARCHAR, applied_at TIMESTAMP)"
            )
        row = self.connection.execute("SELECT coalesce(max(number), 0) FROM schema_version").fetchone()
        version = row[0] if row else 0
        known = migrations()
        if version > known[-1][0]:
            raise DatabaseError(
                f"{self.path} was created by a newer version of quotetrack; update quotetrack to use it."
            )
        pending = [m for m in known if m[0] > version]
        if pending and read_only:
            raise DatabaseError(
                f"{self.path} was created by an older version of quotetrack; run 'quotetrack ingest' once to upgrade it."
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
