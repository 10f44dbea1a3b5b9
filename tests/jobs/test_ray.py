"""Ray: a cluster of several processes on this machine gives what local processes give, also when an actor is killed."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotetrack.errors import UsageError
from quotetrack.jobs import analysis, ray_actors
from quotetrack.jobs.ingest import ingest
from quotetrack.jobs.ray_actors import RayActors, RayFailed
from quotetrack.jobs.shards import import_shards
from quotetrack.jobs.workers import Workers
from quotetrack.parse.pipeline import Parser
from quotetrack.store import Store
from tests.cli.test_commands import run
from tests.jobs import scale

pytest.importorskip("ray", reason="Ray is not installed; the extra 'ray' installs it")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::FutureWarning")]
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture
def ray_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A folder for the files of Ray; at the end of the test no process may use it. Paths of sockets must be short."""
    folder = tempfile.mkdtemp(prefix="ray")
    monkeypatch.setenv("RAY_TMPDIR", folder)
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    yield folder
    began = time.monotonic()
    while (left := processes_with(folder)) and time.monotonic() < began + 30:
        time.sleep(0.2)
    shutil.rmtree(folder)
    assert left == []


def processes_with(words: str) -> list[str]:
    """The command lines of running processes that have these words."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = process.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if words in line and int(process.parent.name) != os.getpid():
            found.append(line)
    return found


def only_here() -> type:
    """A class of a module that only this process has, as quotetrack where it is not installed on all machines."""
    module = types.ModuleType("only_here")
    exec(
        "class Worker:\n    __module__ = 'only_here'\n    def run(self, function, given):\n        pass",
        module.__dict__,
    )
    sys.modules["only_here"] = module
    return module.Worker  # type: ignore[no-any-return]


def kill_who_writes(mark: Path, killed: list[int]) -> None:
    """Kill the process whose number appears in the file ``mark``."""
    end = time.monotonic() + 120
    while not mark.exists() and time.monotonic() < end:
        time.sleep(0.05)
    killed.append(int(mark.read_text()))
    os.kill(killed[0], signal.SIGKILL)


def test_killed_actors_cost_no_article(tmp_path: Path, ray_folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An actor killed from outside in the middle costs nothing, a text that kills every actor costs itself alone, and the
    database has the same rows as that of local processes. A cluster that cannot work is an error that says why."""
    monkeypatch.setattr(analysis, "analyse", scale.analyse)
    monkeypatch.setattr(analysis, "load", scale.load)
    monkeypatch.setattr(analysis, "load_equal", scale.load)
    monkeypatch.setattr(analysis, "BATCH_OF_WORKERS", 4)
    mark = tmp_path / "mark"
    odd = {9: f"Please hold at {mark} for now.", 21: "Now this is poison."}
    folder = scale.write_articles(tmp_path / "in", 30, lambda number: odd.get(number, ""))
    killed: list[int] = []
    killer = threading.Thread(target=kill_who_writes, args=(mark, killed))
    killer.start()
    with RayActors(workers=2) as engine, Store.open(tmp_path / "ray.duckdb") as store:
        assert engine.capacity == 2
        summary = ingest(store, [folder], workers=2, engine=engine)
        by_ray = scale.contents(store)
        with Workers(1, engine=engine) as workers, pytest.raises(RayFailed, match="same version of quotetrack and Ray"):
            workers.submit(scale.return_lock, 1).result(60)
        monkeypatch.setattr(ray_actors, "QuotetrackWorker", only_here())
        with Workers(1, engine=engine) as workers, pytest.raises(RayFailed, match="No module named 'only_here'"):
            workers.submit(abs, 1).result(60)
    killer.join()
    assert killed and summary.new == 31
    assert [one.reason for one in summary.failures if one.location.endswith("crawl.jsonl#22")] == [
        "The worker process for this text was killed, probably because memory ran out; ingest it again with --workers 1."
    ]
    with Store.open(tmp_path / "local.duckdb") as store:
        ingest(store, [folder], workers=2)
        assert by_ray == scale.contents(store)


def test_shards_by_ray_equal_an_ingest(
    tmp_path: Path, ray_folder: str, monkeypatch: pytest.MonkeyPatch, parser: Parser
) -> None:
    """With the models: ``extract --engine ray`` writes shards whose import has the same rows as a local ingest, and prints
    nothing of Ray's on standard output."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    for name in ("valley-wire/bank-collapse.txt", "calder-tribune/interview.html", "valley-wire/dam-deal.txt"):
        shutil.copy(SAMPLES / name, inputs)
    extracted = run("extract", "in", "--out", "out", "--engine", "ray", "--workers", "1", folder=tmp_path)
    assert extracted.returncode == 0, extracted.stderr
    assert extracted.stdout.splitlines()[0].split() == ["Articles", "3", "extracted,", "0", "failed"]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(analysis, "_parser", parser)
    with Store.open(tmp_path / "local.duckdb") as store:
        ingest(store, [Path("in")], workers=1)
        expected = scale.contents(store)
    with Store.open(tmp_path / "imported.duckdb") as store:
        import_shards(store, [Path("out")])
        assert scale.contents(store) == expected
    assert len(expected["articles"]) == 3 and len(expected["quotations"]) > 5


def test_an_unreachable_cluster_is_an_error(ray_folder: str) -> None:
    """An address where no cluster answers is a sentence with the address."""
    with pytest.raises(UsageError, match="Cannot connect to the Ray cluster at 'auto'"), RayActors("auto"):
        pass
