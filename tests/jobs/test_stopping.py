"""An ingest that is stopped in the middle: what it says, what it keeps, and how it is completed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotetrack.cli import main
from quotetrack.errors import Interrupted
from quotetrack.jobs.ingest import ingest
from quotetrack.store import Store
from tests.cli.test_commands import ROOT, run


def start(folder: Path, *arguments: str, models: bool) -> subprocess.Popen[str]:
    """Ingest 40 articles of ``folder`` until the last batch is being analysed and the 32 articles before it are stored."""
    for number in range(40):
        words = "hold here" if number == 39 else "we sail at dawn"
        (folder / f"{number:02}.txt").write_text(f"“{words} in ship {number},” said Ruth Vale.", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)} | ({"HELD_WITH_MODELS": "1"} if models else {})
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "jobs" / "held.py"), "held", "ingest", ".", *arguments],
        cwd=folder, env=environment, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    mark, noted = folder / "held", folder / "held.stored"
    began = time.monotonic()
    while process.poll() is None and time.monotonic() < began + 240:
        if mark.exists() and noted.exists() and noted.stat().st_size == 32:
            return process
        time.sleep(0.1)
    process.kill()
    raise AssertionError(process.communicate())


def stored(database: Path) -> int:
    with Store.open(database) as store:
        return int(store.connection.execute("SELECT count(*) FROM articles").fetchall()[0][0])


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupt_says_what_was_kept(tmp_path: Path, workers: str) -> None:
    """Ctrl-C, which reaches all processes of a terminal, ends in one sentence with the number stored, and exit code 130."""
    process = start(tmp_path, "--db", "a.duckdb", "--workers", workers, models=False)
    time.sleep(1)  # until the articles just stored are counted too
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    said = re.fullmatch(
        r"(?:Reading articles: .*\n)*"  # after some seconds, so only on a busy machine
        r"quotetrack: Stopped: (\d+) new or changed articles were stored in this run; run the same command again to continue\.\n",
        err,
    )
    assert said, err
    assert int(said[1]) == stored(tmp_path / "a.duckdb") == 32


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(130), RuntimeError("Query interrupted")], ids=repr)
def test_every_command_says_that_it_was_stopped(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An interrupt, whatever Typer or DuckDB makes of it, is one sentence and exit code 130."""

    def stopped(**_: object) -> None:
        raise error

    monkeypatch.setattr(main, "app", stopped)
    with pytest.raises(SystemExit) as end:
        main.run()
    assert end.value.code == 130
    assert capsys.readouterr().err == (
        "quotetrack: Stopped. Stored results are kept; run the same command again to continue.\n"
    )


def test_an_interrupt_while_claims_are_made_is_told_too(store: Store, tmp_path: Path) -> None:
    """Stopped after all articles are stored, inside a query, an ingest says the same."""

    def stopped(_: Store) -> None:
        raise RuntimeError("Query interrupted")

    with (
        pytest.MonkeyPatch.context() as patched,
        pytest.raises(Interrupted, match="no new or changed articles were stored"),
    ):
        patched.setattr("quotetrack.jobs.ingest.complete", stopped)
        ingest(store, [tmp_path])


def test_a_killed_ingest_is_completed_by_the_next(tmp_path: Path) -> None:
    """What a killed run stored is whole, and running it again gives what an undisturbed run gives."""
    process = start(tmp_path, "--db", "a.duckdb", "--workers", "1", models=True)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL and stored(tmp_path / "a.duckdb") == 32
    again = run("ingest", ".", "--db", "a.duckdb", folder=tmp_path)
    assert again.returncode == 0 and " 8 new, 0 updated, 32 unchanged" in again.stdout
    assert run("ingest", ".", "--db", "b.duckdb", folder=tmp_path).returncode == 0
    for command in (("stats",), ("speakers", "--json"), ("check", "we sail at dawn in ship 3", "--json")):
        one, other = (run(*command, "--db", f"{name}.duckdb", folder=tmp_path).stdout for name in "ab")
        assert one and one == other
