"""What ``ingest`` and corrections say when there is nothing to do, to wait for, or to correct."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from quotetrack.cli import common
from tests.cli.test_commands import run


def test_an_ingest_that_found_nothing_says_so(tmp_path: Path) -> None:
    """A folder without articles is told, with its name."""
    (tmp_path / "empty").mkdir()
    done = run("ingest", "empty", "--db", "a.duckdb", folder=tmp_path)
    assert done.returncode == 0 and done.stderr == "No articles found in empty.\n"


def test_progress_in_a_pipe_is_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard error is not a terminal, progress is a plain line every few seconds."""
    written = io.StringIO()
    monkeypatch.setattr(common, "notes", Console(file=written))
    monkeypatch.setattr(common, "_SECONDS", 0.0)
    with common.progress("Reading articles") as update:
        update(1, 1200)
        update(1200, 1200)
    assert written.getvalue() == "Reading articles: 1 of 1,200\nReading articles: 1,200 of 1,200\n"
    monkeypatch.setattr(common, "_SECONDS", 60.0)
    with common.progress("Reading articles") as update:
        update(1, 1200)
    assert written.getvalue().count("\n") == 2


@pytest.mark.parametrize(
    "command",
    [("speakers", "rename", "Vale", "Ruth Vale", "--why", "x"), ("quotations", "reject", "q", "--why", "x"), ("corrections", "undo", "1")],
)  # fmt: skip
def test_a_correction_with_a_mistyped_database_creates_none(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A correction of a database that does not exist is one sentence, and there is none afterwards."""
    done = run(*command, "--db", "b.duckdb", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "") and "No database found at b.duckdb" in done.stderr
    assert list(tmp_path.iterdir()) == []
