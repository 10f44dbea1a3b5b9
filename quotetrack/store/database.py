"""Open a database file, apply migrations and store articles."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from quotetrack.errors import DatabaseError, DatabaseInUse
from quotetrack.model import Article, Failure, Quotation
from quotetrack.store import articles, inputs, snapshot, write
from quotetrack.store.articles import Outcome
from quotetrack.store.connect import connect, explained
from quotetrack.store.fill import FILLS

T = TypeVar("T")
_PAUSE = 0.1  # seconds between attempts to open a file that another program has open
_PATIENCE = 2.0  # seconds of such attempts: corrections and short queries take less
_STOPPED = "The last ingest was stopped before its end; 'quotetrack ingest' completes it"
_AGAIN = "try again when it has finished"
_log = logging.getLogger(__name__)
_told: set[str] = set()  # what readers of snapshots have been told, so that a server says it once


def migrations() -> list[tuple[int, str, str]]:
    """Number, name and SQL of all migrations (``store/migrations/0001_first.sql``, …), in order."""
    folder = files("quotetrack.store").joinpath("migrations")
    found = []
    for entry in folder.iterdir():
        if entry.name.endswith(".sql"):
            number, _, name = entry.name[:-4].partition("_")
            found.append((int(number), name, entry.read_text(encoding="utf-8")))
    return sorted(found)


class Store:
    """A quotetrack database. Use as a context manager; ``connection`` is the DuckDB connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool = False) -> None:
        self.connection = connection
        self.path = path
        self._file = path  # or that of a snapshot
        self.in_transaction = False
        self._read_only = read_only
        self._computed: dict[Callable[[Store], Any], Any] = {}
        self._descriptor: int | None = None  # of the database file, see ``keep_readable``

    @classmethod
    def open(
        cls,
        path: Path,
        read_only: bool = False,
        create: bool = True,
        on_wait: Callable[[str], object] | None = None,
        patience: float = _PATIENCE,
    ) -> Store:
        """Open the database at ``path``.

        Readers see the last complete state: while another program changes the database, and after it was stopped in the
        middle, that is the snapshot of ``keep_readable``; which state is shown is logged as a warning.

        Args:
            path: The file. Unless ``read_only``, its schema is upgraded.
            read_only: Whether to open it only for reading.
            create: Whether to create the file if it is missing.
            on_wait: If given, wait while another program has the file open, and call this once with a sentence that says so.
            patience: For how many seconds to try again before that, because pages and corrections open the file for moments.

        Raises ``DatabaseInUse`` if another program has the file open, and ``DatabaseError`` if it is missing (with
        ``read_only`` or without ``create``), damaged, not writable or not a quotetrack database.

            with Store.open(Path("news.duckdb"), read_only=True) as store:
                print(store.connection.execute("SELECT count(*) FROM articles").fetchone())
        """
        if (read_only or not create) and not path.exists():
            raise DatabaseError(f"No database found at {path}; create one with 'quotetrack ingest' or set --db.")
        if not path.parent.exists():
            raise DatabaseError(f"Cannot create {path}: the folder {path.parent} does not exist.")
        began, told = time.monotonic(), False
        while True:
            try:
                return cls._open_to_read(path) if read_only else cls._open(path, read_only=False)
            except DatabaseInUse as error:
                if time.monotonic() < began + patience:
                    pass
                elif on_wait is None:
                    ingesting = snapshot.path_of(path).exists()
                    raise DatabaseInUse(f"An ingest is changing {path}; {_AGAIN}.") if ingesting else error from error
                elif not told:
                    on_wait(f"{path} is in use by another command; waiting for it to finish.")
                    told = True
                time.sleep(_PAUSE)

    @classmethod
    def _open_to_read(cls, path: Path) -> Store:
        try:
            store = cls._open(path, read_only=True)
        except DatabaseInUse:
            if (running := cls._open_snapshot(path, "An ingest is running")) is None:
                raise
            return running
        if store.unfinished() and (stopped := cls._open_snapshot(path, _STOPPED)):
            store.close()
            return stopped
        return store

    @classmethod
    def _open_snapshot(cls, path: Path, why: str) -> Store | None:
        """Open the snapshot of the database at ``path`` and log ``why`` it is used; ``None`` if there is none."""
        try:
            made = snapshot.made_at(path)
            store = cls._open(snapshot.path_of(path), read_only=True)
        except (OSError, DatabaseError):  # removed in the meantime
            return None
        store.path = path
        told = f"{why}; showing the state of {made}."
        if told not in _told:
            _told.add(told)
            _log.warning(told)
        return store

    @classmethod
    def _open(cls, path: Path, read_only: bool) -> Store:
        new = not path.exists()
        store = cls(connect(path, read_only), path, read_only)
        try:
            store._migrate(read_only)
            if not read_only and (new or not store.unfinished()):
                snapshot.remove(path)  # of a run that ended just before it could remove it, or of a deleted database
        except BaseException as error:
            store.close()
            if isinstance(error, duckdb.Error):  # such as a table schema_version of another program
                reason = f"{path} is not a quotetrack database; choose another file with --db."
                raise DatabaseError(explained(error, path) or reason) from error
            raise
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Close the connection. Raises ``DatabaseError`` if the block ended because the file is damaged or the disk is full."""
        self.close()
        if isinstance(error, duckdb.Error) and (reason := explained(error, self.path)):
            raise DatabaseError(reason) from error

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def unfinished(self) -> bool:
        """Whether a run has begun to change the database and not finished: speakers and claims may not match the articles."""
        return bool(self.connection.execute("SELECT count(*) > 0 FROM unfinished_run").fetchall()[0][0])

    def keep_readable(self) -> None:
        """Let readers see the present state until ``finish`` is called, even if this process is killed before.

        The state is copied to a file beside the database (``quotetrack.store.snapshot``). If an earlier run was not
        finished, its copy is kept instead, since the present state is incomplete. Call it before the first change of a
        job that consists of several transactions.
        """
        if self._read_only or self.unfinished():
            return
        self.connection.execute("CHECKPOINT")
        if (problem := snapshot.write(self.path, self._opened())) is not None:
            _log.warning(f"Other commands cannot read {self.path} until this one has finished: {problem}.")
        with self.transaction():
            self.connection.execute("INSERT INTO unfinished_run VALUES (?)", [datetime.now(UTC).replace(tzinfo=None)])

    def copy_to(self, target: Path) -> None:
        """Write a complete copy of the database to ``target``, replacing it. Raises ``OSError`` if that is not possible."""
        if not self._read_only:
            self.connection.execute("CHECKPOINT")
        snapshot.copy(self._opened(), target)
        log = self._file.with_name(f"{self._file.name}.wal")
        if log.exists():  # of a process that was killed
            shutil.copy(log, target.with_name(f"{target.name}.wal"))
            connect(target, read_only=False).close()  # writes the log into the copy

    def _opened(self) -> int:
        """A descriptor of the database file. Closing one releases all locks of this process, so it stays open until ``close``."""
        if self._descriptor is None:
            self._descriptor = os.open(self._file, os.O_RDONLY)
        return self._descriptor

    def finish(self) -> None:
        """Let readers see the present state again. Call it when speakers and claims match the articles."""
        if self.unfinished():
            with self.transaction():
                self.connection.execute("DELETE FROM unfinished_run")
            snapshot.remove(self.path)

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
        """Run the block in a transaction; an exception rolls it back. Inside another transaction it becomes part of that one.

        Raises ``DatabaseError`` if the disk is full or the file cannot be written.
        """
        if self.in_transaction:
            yield
            return
        self.connection.execute("BEGIN TRANSACTION")
        self.in_transaction = True
        try:
            yield
            self.connection.execute("COMMIT")
            self._protect_log()
        except BaseException as error:
            with suppress(duckdb.Error):  # after some errors DuckDB has already rolled back
                self.connection.execute("ROLLBACK")
            if isinstance(error, duckdb.Error) and (reason := explained(error, self.path)):
                raise DatabaseError(reason) from error
            raise
        finally:
            self.in_transaction = False

    def _protect_log(self) -> None:
        """Give DuckDB's log the permissions of the database; DuckDB creates it at a commit, readable by everybody."""
        with suppress(OSError):  # there is none after a checkpoint
            self._file.with_name(f"{self._file.name}.wal").chmod(self._file.stat().st_mode & 0o777)

    def known(self, article: Article, models: str) -> bool:
        """Whether this input was read before as it is now, and its text was analysed by this version with these models."""
        return inputs.known(self.connection, article, models)

    def is_analysed(self, article: Article, models: str) -> bool:
        """Whether the text of this article is stored with its quotations, extracted by this version with these models."""
        key = inputs.identity(self.connection, article)
        return inputs.is_analysed(self.connection, key, inputs.sha256_of(article), models)

    def is_removed(self, article: Article) -> bool:
        """Whether a correction removed this article: the same URL or file, or the same text of the same outlet."""
        return inputs.is_removed(self.connection, article)

    def put(self, batch: Sequence[tuple[Article, Sequence[Quotation] | None]], models: str) -> list[Outcome]:
        """Store articles with their quotations in one transaction; returns the outcome for each.

        The quotations may be ``None`` if ``is_analysed``.
        """
        with self.transaction():
            return [articles.put(self.connection, article, quotations, models) for article, quotations in batch]

    def fail(self, failures: Sequence[Failure]) -> None:
        """Record failed inputs. A later success removes the record."""
        with self.transaction():
            write.put_failures(self.connection, failures)

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
            with self.transaction():
                self.connection.execute(sql)
                if number in FILLS:
                    FILLS[number](self.connection)
                applied = datetime.now(UTC).replace(tzinfo=None)
                self.connection.execute("INSERT INTO schema_version VALUES (?, ?, ?)", [number, name, applied])
