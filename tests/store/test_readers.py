"""Readers while a database is changed, and after the program that changed it was killed."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotetrack.errors import DatabaseInUse
from quotetrack.jobs.ingest import ingest
from quotetrack.jobs.refresh import complete
from quotetrack.model import Article
from quotetrack.store import Store, database, snapshot

ROOT = Path(__file__).resolve().parents[2]
# An ingest that has stored its second article and not linked it yet.
WRITER = """
import sys, time
from pathlib import Path
from quotetrack.model import Article
from quotetrack.store import Store
store = Store.open(Path(sys.argv[1]))
store.keep_readable()
store.put([(Article("Nobody asked the crew.", url="https://post.example/2"), [])], "m")
print("stored", flush=True)
time.sleep(300)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one article, readable by its owner only."""
    with Store.open(tmp_path / "a.duckdb") as store:
        store.put([(Article("We sail at dawn.", url="https://post.example/1"), [])], "m")
        complete(store)
    (tmp_path / "a.duckdb").chmod(0o600)
    return tmp_path / "a.duckdb"


@pytest.fixture
def writer(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has the database open in the middle of an ingest."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "stored\n"
    yield process
    process.kill()
    process.communicate()


def texts(path: Path) -> list[str]:
    with Store.open(path, read_only=True) as store:
        return [row[0] for row in store.connection.execute("SELECT text FROM articles ORDER BY url").fetchall()]


def test_readers_see_the_last_complete_state(
    path: Path, writer: subprocess.Popen[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While an ingest runs and after it was killed, readers see the state before it and are told so; the next run ends that."""
    monkeypatch.setattr(database, "_told", set())
    kept = snapshot.path_of(path)
    with caplog.at_level(logging.WARNING):
        assert texts(path) == ["We sail at dawn."]
        texts(path)
        assert caplog.messages == [f"An ingest is running; showing the state of {snapshot.made_at(path)}."]
        assert kept.stat().st_mode & 0o777 == 0o600
        with (
            pytest.MonkeyPatch.context() as patched,
            pytest.raises(DatabaseInUse, match=r"An ingest is changing .*; try again"),
        ):
            patched.setattr(database, "_PATIENCE", 0.0)
            Store.open(path)
        writer.kill()
        writer.wait()
        caplog.clear()
        assert texts(path) == ["We sail at dawn."]
        assert caplog.messages == [
            f"The last ingest was stopped before its end; 'quotetrack ingest' completes it; showing the state of "
            f"{snapshot.made_at(path)}."
        ]
    with Store.open(path) as store:
        store.keep_readable()  # the state of the killed run must not replace the complete one
        assert texts_in(kept) == ["We sail at dawn."]
        ingest(store, [path.parent])
    assert not kept.exists() and texts(path) == ["We sail at dawn.", "Nobody asked the crew."]


def texts_in(snapshot_path: Path) -> list[str]:
    import duckdb

    with duckdb.connect(str(snapshot_path), read_only=True) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM articles").fetchall()]


def test_a_second_writer_waits(path: Path, writer: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With ``on_wait`` a second writer says once that it waits, and opens the file when the first has ended."""
    monkeypatch.setattr(database, "_PATIENCE", 0.0)
    told: list[str] = []

    def wait(sentence: str) -> None:
        told.append(sentence)
        threading.Timer(0.5, os.kill, (writer.pid, signal.SIGKILL)).start()

    Store.open(path, on_wait=wait).close()
    assert told == [f"{path} is in use by another command; waiting for it to finish."]


def test_a_snapshot_of_a_deleted_database_is_not_shown(path: Path) -> None:
    """Whoever deletes a database after a killed run and starts again sees nothing of the old one."""
    with Store.open(path) as store:
        store.keep_readable()
    path.unlink()
    Store.open(path).close()
    assert texts(path) == [] and not snapshot.path_of(path).exists()


def test_a_full_disk_does_not_stop_the_run(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where there is no room for a snapshot, the run goes on and says that others have to wait."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshot, "_copy_portion", full)
    with Store.open(path) as store:
        store.keep_readable()
        store.put([(Article("Nobody asked the crew."), [])], "m")
        complete(store)
    assert caplog.messages == [
        f"Other commands cannot read {path} until this one has finished: No space left on device."
    ]
    assert len(texts(path)) == 2
    assert {one.name for one in path.parent.iterdir()} <= {"a.duckdb", "a.duckdb.wal"}


def test_copies_are_whole_however_they_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of several portions is copied to the last byte, whether the kernel or this process copies it."""
    monkeypatch.setattr(snapshot, "_PORTION", 1000)
    (tmp_path / "a").write_bytes(bytes(range(250)) * 15)
    for by_kernel in (True, False):
        if not by_kernel:
            monkeypatch.delattr(os, "copy_file_range", raising=False)
        with (tmp_path / "a").open("rb") as file:
            snapshot.copy(file.fileno(), tmp_path / "b")
        assert (tmp_path / "b").read_bytes() == (tmp_path / "a").read_bytes()


def test_opening_does_not_wait_long(path: Path) -> None:
    """A reader of a complete database opens it at once."""
    began = time.monotonic()
    texts(path)
    assert time.monotonic() < began + database._PATIENCE
