"""Worker processes: what a death costs, what they leave behind, and how they are set up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotetrack.errors import ModelsMissing
from quotetrack.jobs import analysis
from quotetrack.jobs.analysis import Analyser
from quotetrack.jobs.engines import WorkerDied
from quotetrack.jobs.ingest import ingest
from quotetrack.jobs.workers import NoWorkers, Workers
from quotetrack.parse.models import ModelChoice, choose
from quotetrack.store import Store

ROOT = Path(__file__).resolve().parents[2]
TEXT = "“We sail at dawn,” said Ruth Vale."


def note(folder: str) -> str:
    """Leave a file in ``folder`` for every call, with the process that made it."""
    path = Path(folder) / f"{time.monotonic_ns()}"
    path.write_text(str(os.getpid()))
    return folder


def die(folder: str) -> None:
    """End the process without a word, as for want of memory."""
    note(folder)
    os.kill(os.getpid(), signal.SIGKILL)


def rest(folder: str) -> None:
    note(folder)
    time.sleep(300)


def refuse() -> None:
    raise ModelsMissing("There are none.")


def fall() -> None:
    os._exit(3)


def unpicklable(_: int) -> object:
    return lambda: None


def threads(_: int) -> tuple[int, int]:
    import torch

    return torch.get_num_threads(), os.getpid()


def test_a_task_that_kills_is_tried_twice_and_costs_no_other(tmp_path: Path) -> None:
    """The others are done, though one worker has all of them; what killed it twice is told apart by its signal."""
    (tmp_path / "deaths").mkdir()
    with Workers(1) as workers:
        before = [workers.submit(abs, -n) for n in range(3)]
        deadly = workers.submit(die, str(tmp_path / "deaths"))
        after = [workers.submit(abs, -n) for n in range(3)]
        assert [one.result(60) for one in (*before, *after)] == [0, 1, 2, 0, 1, 2]
        with pytest.raises(WorkerDied, match="was killed, probably because memory ran out"):
            deadly.result(60)
    assert len(list((tmp_path / "deaths").iterdir())) == 2


def test_errors_come_back(tmp_path: Path) -> None:
    """What a task raises is raised here, with where it was raised; so is a result that cannot be sent."""
    with Workers(1) as workers:
        with pytest.raises(FileNotFoundError) as caught:
            workers.submit(note, str(tmp_path / "none")).result(60)
        assert "write_text" in "".join(caught.value.__notes__)
        with pytest.raises(Exception, match="pickle"):
            workers.submit(unpicklable, 1).result(60)
        assert workers.submit(abs, -1).result(60) == 1


def test_what_preparing_raises_every_result_raises() -> None:
    """No task is run by a worker that could not be prepared, and none waits for ever."""
    with Workers(2, refuse) as workers:
        for future in [workers.submit(abs, -n) for n in range(4)]:
            with pytest.raises(ModelsMissing, match="There are none"):
                future.result(60)
        with pytest.raises(ModelsMissing):
            workers.submit(abs, -1).result(60)


def test_workers_that_cannot_start_are_an_error() -> None:
    """Where every process ends while it is prepared, that is said in a sentence."""
    with Workers(2, fall) as workers, pytest.raises(NoWorkers, match="--workers 1"):
        workers.submit(abs, -1).result(60)


def test_closing_ends_processes_at_work(tmp_path: Path) -> None:
    """Closing does not wait for what a worker is doing."""
    with Workers(1) as workers:
        future = workers.submit(rest, str(tmp_path))
        began = time.monotonic()
        while not list(tmp_path.iterdir()) and time.monotonic() < began + 60:
            time.sleep(0.05)
        processes = [one.process for one in workers._running]  # type: ignore[attr-defined]
    assert (
        list(tmp_path.iterdir()) and processes and not any(one.is_alive() for one in processes) and future.cancelled()
    )


PARENT = """
import os, sys, time
from tests.jobs.test_workers import hold
from quotetrack.jobs.workers import Workers
if __name__ == "__main__":
    with Workers(2) as workers:
        futures = [workers.submit(hold, sys.argv[1]) for _ in range(2)]
        time.sleep(600)
"""


def hold(folder: str) -> None:
    """Never let another thread of this process run again, as a long call into a library may."""
    import re

    note(folder)
    re.match(r"(a*)*b", "a" * 40)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a worker ends once its long call does")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_a_killed_parent(tmp_path: Path, how: signal.Signals) -> None:
    """However the parent is ended and whatever its workers are doing, they end too."""
    (tmp_path / "parent.py").write_text(PARENT)
    (tmp_path / "started").mkdir()
    parent = subprocess.Popen(
        [sys.executable, str(tmp_path / "parent.py"), str(tmp_path / "started")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    started: list[int] = []
    began = time.monotonic()
    while len(started) < 2 and time.monotonic() < began + 120:
        started = [int(path.read_text() or 0) for path in (tmp_path / "started").iterdir()]
        time.sleep(0.1)
    time.sleep(0.5)
    assert len(started) == 2 and all(alive(process) for process in started)
    parent.send_signal(how)
    parent.wait()
    began = time.monotonic()
    while any(alive(process) for process in started) and time.monotonic() < began + 20:
        time.sleep(0.1)
    assert not any(alive(process) for process in started)


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and is not waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def analyse_or_die(texts: list[str]) -> analysis.Analysed:
    """``analysis.analyse`` without models: each text is its own reason; the process ends at a text that says so."""
    if any("poison" in text for text in texts):
        os.kill(os.getpid(), signal.SIGKILL)
    return [(number, [], "") for number, _ in enumerate(texts)]


def load_nothing(*_: object) -> None:
    pass


@pytest.fixture
def without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "analyse", analyse_or_die)
    monkeypatch.setattr(analysis, "load", load_nothing)


@pytest.mark.usefixtures("without_models")
def test_an_article_that_kills_costs_itself_alone(store: Store, tmp_path: Path) -> None:
    """A death costs no other article, neither of its batch nor of the queue; the article is a failure with a plain reason."""
    for number in range(60):
        text = "This text is poison." if number == 20 else f"{TEXT} {number}"
        (tmp_path / f"{number:02}.txt").write_text(text, encoding="utf-8")
    summary = ingest(store, [tmp_path], workers=2)
    assert summary.new == 59
    [failure] = summary.failures
    assert failure.location.endswith("20.txt")
    assert failure.reason == (
        "The worker process for this text was killed, probably because memory ran out; ingest it again with --workers 1."
    )
    assert store.connection.execute("SELECT location FROM failures").fetchall() == [(failure.location,)]


@pytest.mark.parametrize("workers", [1, 2])
def test_missing_models_are_one_error(store: Store, tmp_path: Path, workers: int) -> None:
    """Models that do not load end the run in one error, and no article is recorded as a failure."""
    (tmp_path / "models" / "en").mkdir(parents=True)
    (tmp_path / "models" / "resources.json").write_text('{"en": {"packages": {"default": {"tokenize": "none"}}}}')
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(f"{TEXT} {number}", encoding="utf-8")
    with pytest.raises(ModelsMissing, match="do not load"):
        ingest(store, [tmp_path], models=ModelChoice(tmp_path / "models", "default", False), workers=workers)
    assert store.connection.execute("SELECT * FROM failures").fetchall() == []


def test_a_worker_computes_on_one_thread() -> None:
    """As many workers as cores, each with as many threads as cores, would wait for one another."""
    with Analyser[None](choose(), 2) as analyser:
        assert analyser._pool is not None
        assert analyser._pool.submit(threads, 1).result(300)[0] == 1


def test_one_process_computes_on_one_thread_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without worker processes the models run on one thread, because more take processor time from other programs."""
    monkeypatch.setattr(analysis, "_parser", None)
    given: list[int | None] = []

    class Stub:
        def __init__(self, models: ModelChoice, language: str, threads: int | None = None) -> None:
            self.models, self.language = models, language
            given.append(threads)

    monkeypatch.setattr("quotetrack.parse.pipeline.Parser", Stub)
    analysis.load(choose(), "en")
    assert given == [1]
