"""Which engine a command uses, and when texts are analysed in workers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from quotetrack.cli.main import app
from quotetrack.errors import UsageError
from quotetrack.jobs import analysis
from quotetrack.jobs.analysis import Analyser
from quotetrack.jobs.engines import Engine, open_engine
from quotetrack.parse.models import choose
from tests.jobs import scale


class InThread:
    """An engine whose workers are the threads of the pool; counts what they are asked to do."""

    capacity = 2
    not_started = "None."

    def __init__(self) -> None:
        self.calls = 0

    def start(self) -> InThread:
        return self

    def run(self, function: Callable[[Any], Any], given: Any) -> Any:
        self.calls += 1
        return function(given)

    def kill(self) -> None:
        pass

    stop = kill


@pytest.fixture
def by_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "analyse", scale.analyse)
    monkeypatch.setattr(analysis, "load", scale.load)


@pytest.mark.usefixtures("by_rule")
@pytest.mark.parametrize(("sizes", "in_workers"), [((16, 0), False), ((16, 0, 16, 3, 16), True)])
def test_workers_are_used_from_enough_texts_on(
    sizes: tuple[int, ...], in_workers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a number of workers, few texts are analysed in this process and many in workers, in order."""
    engine = InThread()
    monkeypatch.setattr(analysis, "default_workers", lambda: 2)
    monkeypatch.setattr("quotetrack.jobs.workers.LocalProcesses", lambda: engine)
    batches = [(n, [f"Text {n}."] * size) for n, size in enumerate(sizes)]
    with Analyser[int](choose()) as analyser:
        found = [(n, len(analysed)) for n, analysed in analyser.all(batches)]
    assert found == list(enumerate(sizes))
    assert (engine.calls > 0) == in_workers


@pytest.mark.usefixtures("by_rule")
def test_an_engine_is_used_even_for_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user who names an engine gets it, also for a single text."""
    monkeypatch.setattr(analysis, "load_equal", scale.load)
    engine: Engine = InThread()
    with Analyser[None](choose(), engine=engine) as analyser:
        assert len(list(analyser.all([(None, ["One."])]))) == 1
    assert engine.calls == 2  # type: ignore[attr-defined]


def test_workers_elsewhere_must_be_equal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with another version, other models or none is refused in a sentence, because results would differ."""
    monkeypatch.setattr(analysis, "load", scale.load)
    models = choose()
    analysis.load_equal(models, models.name, analysis.__version__, "en")
    with pytest.raises(UsageError, match="install the same version on all machines"):
        analysis.load_equal(models, models.name, "0.0.1", "en")
    with pytest.raises(UsageError, match="differ from those of this machine"):
        analysis.load_equal(models, "embedded:default:0000", analysis.__version__, "en")
    moved = analysis.replace(models, directory=tmp_path / "gone", embedded=False)
    with pytest.raises(UsageError, match="put the models into the same folder on all machines"):
        analysis.load_equal(moved, "stanza:x:0", analysis.__version__, "en")
    analysis.load_equal(analysis.replace(moved, embedded=True), models.name, analysis.__version__, "en")


def test_wrong_engines_are_usage_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown engine, an address without Ray, and a missing Ray each give a sentence that says what to do."""
    with pytest.raises(UsageError, match="Unknown engine 'spark'; use local or ray"), open_engine("spark"):
        pass
    with pytest.raises(UsageError, match="use it with --engine ray"), open_engine("local", "10.0.0.1:6379"):
        pass
    monkeypatch.setitem(sys.modules, "ray", None)
    (tmp_path / "a.txt").write_text("Nothing.")
    for command in (["extract"], ["ingest", "--db", str(tmp_path / "a.duckdb")]):
        done = CliRunner().invoke(app, [*command, str(tmp_path / "a.txt"), "--engine", "ray"])
        assert isinstance(done.exception, UsageError)
        assert str(done.exception) == "Ray is not installed; install it with: pip install 'quotetrack[ray]'"
    assert not (tmp_path / "a.duckdb").exists()
