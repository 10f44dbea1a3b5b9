"""The last complete state of a database, in a file beside it (``news.duckdb.reading``), for readers while it is changed.

DuckDB gives the process that writes to a file an exclusive lock. A job of several transactions therefore copies the file
before its first change (``Store.keep_readable``), and removes the copy when it is finished. Readers use the copy while the
file is locked, and also after the job was killed (docs/decisions/020-snapshot-for-readers.md).
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

_PORTION = 1 << 26  # bytes


def path_of(database: Path) -> Path:
    """Return the path of the snapshot of the database at ``database``.

    >>> path_of(Path("news.duckdb")).name
    'news.duckdb.reading'
    """
    return database.with_name(f"{database.name}.reading")


def made_at(database: Path) -> str:
    """Return the local time of the snapshot, with the date if that is not today. Raises ``OSError`` if there is none."""
    made = datetime.fromtimestamp(path_of(database).stat().st_mtime)
    return f"{made:%H:%M}" if made.date() == datetime.now().date() else f"{made:%Y-%m-%d %H:%M}"


def write(database: Path, descriptor: int) -> str | None:
    """Copy ``database``, open as ``descriptor``, to its snapshot; returns why that was not possible, or ``None``.

    The copy gets its name when it is complete, and has the permissions of the database.
    """
    partial = database.with_name(f"{database.name}.reading.partial")
    try:
        copy(descriptor, partial)
        partial.replace(path_of(database))
    except OSError as error:  # such as a full disk: the job itself can go on
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        return error.strerror or type(error).__name__
    return None


def copy(descriptor: int, target: Path) -> None:
    """Copy the file open as ``descriptor`` to ``target``, with its permissions. Raises ``OSError``.

    File systems that can share blocks between files (Btrfs, XFS, APFS over Linux) do so; others copy the bytes.
    """
    source = os.fstat(descriptor)
    with suppress(FileNotFoundError):
        target.unlink()
    # Created for its owner only, so that nobody can open it before it has its permissions.
    written = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        position = 0
        while position < source.st_size:
            position += _copy_portion(descriptor, written, source.st_size - position, position)
        os.fchmod(written, source.st_mode & 0o777)
    finally:
        os.close(written)


def _copy_portion(source: int, target: int, size: int, position: int) -> int:
    if hasattr(os, "copy_file_range"):
        with suppress(OSError):  # not supported between these file systems
            if copied := os.copy_file_range(source, target, min(size, _PORTION), position, position):
                return copied
    portion = os.pread(source, min(size, _PORTION), position)
    if not portion:
        raise OSError("the database file became shorter")
    return os.pwrite(target, portion, position)


def remove(database: Path) -> None:
    """Remove the snapshot and what an interrupted ``write`` left."""
    for name in (f"{database.name}.reading", f"{database.name}.reading.wal", f"{database.name}.reading.partial"):
        with suppress(OSError):
            database.with_name(name).unlink()
