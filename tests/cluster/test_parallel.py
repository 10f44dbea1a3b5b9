"""Work spread over processes leaves the outcome of work done here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quotetrack.jobs import workers
from quotetrack.jobs.refresh import refresh
from quotetrack.jobs.workers import ParallelMap, split_rows
from quotetrack.store import Store
from tests.cluster.test_incremental import DAYS, SPEAKERS, UTTERANCES, article, outcome


@pytest.fixture
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def double_or_die(number: int) -> int:
    """Ends any process but the one that runs the tests at 3."""
    if number == 3 and os.getpid() != int(os.environ["QUOTETRACK_TESTED_BY"]):
        os._exit(1)
    return 2 * number


@pytest.mark.usefixtures("two_processes")
def test_a_killed_worker_costs_nothing_but_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process did not come to is done here, and the answers keep their order."""
    monkeypatch.setenv("QUOTETRACK_TESTED_BY", str(os.getpid()))
    with ParallelMap() as pool:
        assert list(pool.map(double_or_die, range(20), workers.MIN_QUOTATIONS)) == [2 * n for n in range(20)]
        assert list(pool.map(double_or_die, range(5), workers.MIN_QUOTATIONS)) == [0, 2, 4, 6, 8]


@pytest.mark.usefixtures("two_processes")
def test_the_claims_are_those_of_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clustering in portions and processes makes the same claims as clustering here."""
    printed = [
        [(name, wording, day, kind), (name, f"{wording} {UTTERANCES[0]}", day, "direct")]
        for name in SPEAKERS
        for wording in UTTERANCES
        for day, kind in zip(DAYS, ("direct", "direct", "indirect", "mixed"), strict=True)
    ]
    outcomes = []
    for name, least in (("here.db", 1_000), ("spread.db", 1)):
        monkeypatch.setattr(workers, "MIN_QUOTATIONS", least)
        monkeypatch.setattr("quotetrack.cluster.clustering._PORTION", 7)
        monkeypatch.setattr("quotetrack.cluster.grouping._AT_ONCE", 7)
        with Store.open(tmp_path / name) as store:
            store.put([article(number, one) for number, one in enumerate(printed)], "m")
            refresh(store)
            outcomes.append(outcome(store))
    assert outcomes[0] == outcomes[1] and outcomes[0][0]


def test_neighbours_of_one_key_stay_together() -> None:
    """A portion ends between keys, however long the run of one."""
    rows = [(0, "a"), (1, "b"), (1, "c"), (1, "d"), (2, "e")]
    assert [list(part) for part in split_rows(rows, 2, key=lambda row: row[0])] == [rows[:4], rows[4:]]
    assert [len(part) for part in split_rows(rows, 2)] == [2, 2, 1]
