"""Open a DuckDB file with the settings of quotetrack, and explain in one sentence why that failed."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import duckdb

from quotetrack.errors import DatabaseError, DatabaseInUse

_MAX_MEMORY = 5_000  # megabytes
# A database that somebody sent may have views that read other files, or need extensions. DuckDB's guide "Securing DuckDB"
# recommends these settings; connections to one file in one process must have the same ones.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    # Use indexes for up to this many identifiers; by default DuckDB scans the table for more than 50.
    "dynamic_or_filter_threshold": 2000,
}
_opening = threading.Lock()


def connect(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open the file at ``path``; unless ``read_only``, create it if it is missing, readable by its owner only.

    SQL on the connection cannot read or write other files, load extensions or change settings.

    Raises ``DatabaseInUse`` if another program has it open, and ``DatabaseError`` if it cannot be opened.
    """
    if path.is_dir():
        raise DatabaseError(f"{path} is a folder; give the path of a database file with --db.")
    try:
        with _opening:
            connection = _connected(path, read_only)
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


def _connected(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    settings = _SETTINGS | {"memory_limit": f"{_memory_limit()}MB"}
    # DuckDB takes a relative path such as ``md:news`` for the address of a service.
    file = str(path.absolute())
    if read_only or path.exists():
        connection = duckdb.connect(file, read_only=read_only, config=settings)
    else:
        mask = os.umask(0o077)  # DuckDB has no setting for the permissions of files, and creates them only if missing
        try:
            connection = duckdb.connect(file, config=settings)
        finally:
            os.umask(mask)
    try:
        if not connection.execute("SELECT current_setting('lock_configuration')").fetchall()[0][0]:
            # For cursors too, so that days do not depend on the machine. DuckDB does not accept it in ``config``.
            connection.execute("SET GLOBAL TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = false")
            connection.execute("SET lock_configuration = true")
        # DuckDB opens some files, such as CSV, as tables in memory.
        own = "SELECT path IS NULL FROM duckdb_databases() WHERE database_name = current_database()"
        if connection.execute(own).fetchall()[0][0]:
            raise duckdb.IOException("This is not a database file.")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_cut_off(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether blocks with data are missing at the end of the file, which DuckDB notices only when it reads them.

    Free blocks at the end may be missing, because DuckDB shortens the file.
    """
    sizes = "SELECT coalesce(sum(block_size * (total_blocks - free_blocks)), 0) FROM pragma_database_size()"
    used = int(connection.execute(sizes).fetchall()[0][0])
    return used > 0 and path.stat().st_size < _HEADERS + used


# DuckDB checks the checksum of a block when it reads it, so damage can show long after the file was opened. It tells
# such errors from others only by their message.
_SIGNS_OF_DAMAGE = ("corrupt database file", "failed to deserialize", "database has been invalidated")
_HEADERS = 3 * 4096  # bytes before the first block
_RESTORE = "; choose another file with --db, or restore a backup with 'quotetrack restore'."


def explained(error: duckdb.Error, path: Path) -> str | None:
    """Return a sentence if ``error`` says that the disk is full, or that the file is damaged or cannot be written or read, else ``None``."""
    message = str(error).lower()
    if any(sign in message for sign in _SIGNS_OF_DAMAGE):
        return f"{path} is damaged{_RESTORE}"
    if "no space left" in message or "file too large" in message or "disk quota" in message:
        return f"The disk of {path} is full; what was stored before is kept. Free some space and run the command again."
    if "read-only file system" in message or "permission denied" in message or "operation not permitted" in message:
        return f"{path} cannot be opened or written; check the permissions of the file and of its folder."
    return None


def refused(error: Exception) -> str | None:
    """Return a sentence if ``error`` says that a database wanted to read another file or an extension, else ``None``."""
    if not isinstance(error, duckdb.PermissionException):
        return None
    return "The database was changed to read other files or programs, which is not allowed; use one from a source you trust."


def _memory_limit() -> int:
    """DuckDB's memory limit in megabytes. DuckDB's default is most of the machine's memory, which the models and the
    clustering of millions of quotations need too."""
    try:
        physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    except (AttributeError, ValueError, OSError):
        return _MAX_MEMORY
    return max(500, min(_MAX_MEMORY, physical // 3))
