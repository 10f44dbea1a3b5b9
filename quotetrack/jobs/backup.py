"""Copy a database to a backup, and a backup to a database."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from quotetrack.errors import DatabaseError, DatabaseInUse, UsageError
from quotetrack.store import Store, snapshot
from quotetrack.store.integrity import findings


def backup(store: Store, target: Path, force: bool = False) -> None:
    """Write a complete copy of the database to ``target``; while an ingest runs, that is the state before it.

    Raises ``UsageError`` if ``target`` exists and not ``force``, or cannot be written.

        with Store.open(Path("news.duckdb"), read_only=True) as store:
            backup(store, Path("news-2026-03-02.duckdb"))
    """
    _refuse(target, force)
    partial = target.with_name(f"{target.name}.partial")
    try:
        store.copy_to(partial)
        partial.replace(target)
    except OSError as error:
        raise UsageError(f"Cannot write the backup {target}: {error.strerror or error}.") from error
    finally:
        partial.unlink(missing_ok=True)


def restore(source: Path, database: Path, force: bool = False) -> None:
    """Replace the database at ``database`` by the backup ``source``, which is verified before and stays as it is.

    A backup of an older version is upgraded. Raises ``UsageError`` if ``database`` exists and not ``force``,
    ``DatabaseInUse`` if another program has it open, and ``DatabaseError`` if the backup is damaged.

        restore(Path("news-2026-03-02.duckdb"), Path("news.duckdb"), force=True)
    """
    if not source.is_file():
        raise UsageError(f"No backup found at {source}.")
    if database.exists() and source.samefile(database):
        raise UsageError(f"{source} is the database itself.")
    _refuse(database, force)
    partial = database.with_name(f"{database.name}.partial")
    try:
        _copy_verified(source, partial)
        if database.exists():
            _close(database)
        snapshot.remove(database)
        partial.replace(database)
    except OSError as error:
        raise UsageError(f"Cannot write {database}: {error.strerror or error}.") from error
    finally:
        for name in (partial.name, f"{partial.name}.wal"):
            partial.with_name(name).unlink(missing_ok=True)


def _copy_verified(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        snapshot.copy(file.fileno(), target)
    with Store.open(target) as store:  # upgrades it
        if found := findings(store.connection):
            first = found[0]
            raise DatabaseError(
                f"{source} is damaged, nothing was restored: {first.table}: {first.problem} ({first.rows} rows)."
            )


def _close(database: Path) -> None:
    """Make sure that no other program has the database open, and that no log of it is left for the file that replaces it."""
    try:
        Store.open(database).close()
    except DatabaseInUse:
        raise
    except DatabaseError:  # damaged, which is a reason to restore a backup
        with suppress(FileNotFoundError):
            database.with_name(f"{database.name}.wal").unlink()


def _refuse(target: Path, force: bool) -> None:
    if target.exists() and not force:
        raise UsageError(f"{target} already exists; use --force to replace it.")
    if not target.parent.exists():
        raise UsageError(f"Cannot write {target}: the folder {target.parent} does not exist.")
