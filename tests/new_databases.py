"""New databases of tests start as copies of an empty one, because the migrations take five times as long as opening a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from quotetrack.store import database
from quotetrack.store.connect import connect


def copy_new_databases(patched: pytest.MonkeyPatch, empty: Path) -> None:
    """Let ``Store.open`` copy ``empty``, a database without articles, wherever it would create a file."""

    def connect_to_copy(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
        if not (read_only or path.exists() or path.with_name(f"{path.name}.wal").exists()):
            shutil.copy(empty, path)
            path.chmod(0o600)  # as a created one
        return connect(path, read_only)

    patched.setattr(database, "connect", connect_to_copy)
