"""Open a DuckDB file with the settings of quotetrack, and explain in one sentence why that failed."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from quotetrack.errors import DatabaseError, DatabaseInUse

_MAX_MEMORY = 5_000  # megabytes


def connect(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open the file at ``path``; unless ``read_only``, create it if it is missing.

    Raises ``DatabaseInUse`` if another program has it open, and ``DatabaseError`` if it cannot be opened.
    """
    if path.is_dir():
        raise DatabaseError(f"{path} is a folder; give the path of a database file with --db.")
    try:
        connection = duckdb.connect(str(path), read_only=read_only)
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET TimeZone = 'UTC'")  # so that days do not depend on the machine
        # Use indexes for up to this many identifiers; by default DuckDB scans the table for more than 50.
        connection.execute("SET dynamic_or_filter_threshold = 2000")
        connection.execute(f"SET memory_limit = '{_memory_limit()}MB'")
    except duckdb.Error as error:
        message = str(error).splitlines()[0]
        if "lock" in message.lower():
            raise DatabaseInUse(f"{path} is in use by another program; try again when that has finished.") from error
        reason = explained(error, path) or f"{path} is not a quotetrack database, or it is damaged"
        raise DatabaseError(reason + ("" if reason.endswith(".") else _RESTORE)) from error
    if _is_cut_off(connection, path):
        connection.close()
        raise DatabaseError(f"{path} is damaged, its end is missing{_RESTORE}")
    return connection


def _is_cut_off(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether blocks with data are missing at the end of the file, which DuckDB notices only when it reads them.

    Free blocks at the end may be missing, because DuckDB shortens the file.
    """
    sizes = "SELECT coalesce(sum(block_size * (total_blocks - free_blocks)), 0) FROM pragma_database_size()"
    used = int(connection.execute(sizes).fetchall()[0][0])
    return used > 0 and path.stat().st_size < _HEADERS + used


_HEADERS = 3 * 4096  # bytes before the first block
_RESTORE = "; choose another file with --db, or restore a backup with 'quotetrack restore'."


def explained(error: duckdb.Error, path: Path) -> str | None:
    """Return a sentence if ``error`` says that the disk is full or that the file cannot be written or read, else ``None``."""
    message = str(error).lower()
    if "no space left" in message or "file too large" in message or "disk quota" in message:
        return f"The disk of {path} is full; what was stored before is kept. Free some space and run the command again."
    if "read-only file system" in message or "permission denied" in message or "operation not permitted" in message:
        return f"{path} cannot be opened or written; check the permissions of the file and of its folder."
    return None


def _memory_limit() -> int:
    """DuckDB's memory limit in megabytes. DuckDB's default is most of the machine's memory, which the models and the
    clustering of millions of quotations need too."""
    try:
        physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    except (AttributeError, ValueError, OSError):
        return _MAX_MEMORY
    return max(500, min(_MAX_MEMORY, physical // 3))
