"""Decisions from the command line: what is said, what is recorded, how wrong use ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import ROOT, run

ARTICLE = (
    "“The dam will hold,” said Ruth Vale, the harbour master, on Monday.\n\n“Nobody asked the crew,” said Anton Lund.\n"
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of one small article."""
    folder = tmp_path_factory.mktemp("decide")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert run("ingest", str(folder / "a.txt"), "--db", str(folder / "d.db")).returncode == 0
    return folder / "d.db"


def test_decide_list_undo(database: Path) -> None:
    """A decision is told with its number, listed with who and why, and taken back."""
    at = ("--db", str(database))
    done = run("speakers", "rename", "Ruth Vale", "Dr Ruth Vale", "--why", "as she signs", "--by", "ann", *at)
    assert done.returncode == 0 and "corrections undo 1" in done.stdout
    assert "Dr Ruth Vale" in run("speakers", *at).stdout
    listed = run("corrections", *at).stdout
    assert "ann" in listed and "as she signs" in listed
    assert run("corrections", "undo", "1", *at).returncode == 0
    assert "Dr Ruth Vale" not in run("speakers", *at).stdout


def test_wrong_use_ends_with_two(database: Path) -> None:
    """Unknown ids and names are one sentence and exit code 2."""
    for command in (
        ("quotations", "reject", "nonsense", "--why", "w"),
        ("speakers", "merge", "Nobody Here", "Ruth Vale", "--why", "w"),
        ("corrections", "undo", "99"),
    ):
        done = run(*command, "--db", str(database))
        assert done.returncode == 2 and done.stderr.startswith("quotetrack: ") and "Traceback" not in done.stderr


def test_review_takes_answers(database: Path) -> None:
    """Review shows a case with its text and quits when told to; nothing is recorded by looking."""
    done = subprocess.run(
        [sys.executable, "-m", "quotetrack", "review", "--db", str(database)],
        input="q\n", capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0 and ("in doubt" in done.stdout or "of" in done.stdout)
