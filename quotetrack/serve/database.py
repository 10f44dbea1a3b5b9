"""Open the database for the time of one request, so that an ingest can run between requests.

DuckDB lets one process write, or several read. Within this process all open connections to a file must have the same mode;
``Databases`` makes a correction wait until the readers have finished, and readers wait for a correction.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quotetrack.errors import DatabaseInUse
from quotetrack.store import Store

PATIENCE = 10.0  # seconds that a correction waits for readers, a reader for a correction, or either for another program


def require_readable(path: Path) -> None:
    """Raise ``DatabaseError`` if the file is missing or not a quotetrack database; that another program has it open is fine."""
    with suppress(DatabaseInUse), Store.open(path, read_only=True):
        pass


class Databases:
    """Opens the database at ``path``.

    >>> with Databases(Path("news.duckdb")).reading() as store:
    ...     count_some(store, "speakers")
    {'speakers': 2}
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._changed = threading.Condition()
        self._readers = 0
        self._writing = False

    @contextmanager
    def reading(self, patience: float = 0.5) -> Iterator[Store]:
        """Open the database for reading. Raises ``DatabaseInUse`` if another program writes to it for ``patience`` seconds."""
        with self._changed:
            self._wait_for_writer()
            self._readers += 1
        try:
            with Store.open(self.path, read_only=True, patience=patience) as store:
                yield store
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[Store]:
        """Open the database for writing, without any other reader or writer in this process.

        Raises ``DatabaseInUse`` if another program has it open for ``patience`` (by default ``PATIENCE``) seconds.
        """
        with self._changed:
            self._wait_for_writer()
            self._writing = True  # readers that come now wait
            if not self._changed.wait_for(lambda: self._readers == 0, PATIENCE):
                self._writing = False
                self._changed.notify_all()
                raise DatabaseInUse(f"{self.path} is in use: a page is being made.")
        try:
            with Store.open(self.path, patience=PATIENCE if patience is None else patience) as store:
                yield store
        finally:
            with self._changed:
                self._writing = False
                self._changed.notify_all()

    def _wait_for_writer(self) -> None:
        if not self._changed.wait_for(lambda: not self._writing, PATIENCE):
            raise DatabaseInUse(f"{self.path} is in use: a correction is being recorded.")
