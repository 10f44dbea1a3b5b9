"""A short run of ``benchmarks.kills``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks import kills, week

from quotetrack.jobs import analysis


@pytest.mark.skipif(sys.platform != "linux", reason="the benchmark forks processes")
def test_killed_runs_end_as_undisturbed_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After every kill a reader sees the state before or after the step, and in the end everything is as without kills."""
    monkeypatch.setattr(analysis, "analyse", week.analyse)  # restored afterwards
    monkeypatch.setattr(analysis, "load", lambda *_: None)
    figures = kills.measure(tmp_path, articles=8, kills=10, seed=3, days=1)
    assert (figures["states_between"], figures["different_at_the_end"]) == ([], [])
    assert int(str(figures["kills"])) >= 6
