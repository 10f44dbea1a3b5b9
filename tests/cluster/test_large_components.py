"""Clustering a large component in bounded time."""

from __future__ import annotations

import os
import random
import time

import pytest

from benchmarks.generated import Quoted, fill
from quotetrack.cluster.clustering import cluster
from quotetrack.store import Store

WORDINGS = 20_000
HALVES = 152  # of each kind, so that each half is in about 130 wordings, all of which share its windows
SECONDS = 75  # of processor time; 25 were measured on a busy machine


def test_a_component_of_20000_wordings_is_clustered_in_bounded_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """20,000 wordings of one speaker, recombined from shared halves, are one component and take less than 75 seconds of
    processor time."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # only the time of this process is measured
    components = []
    touch = cluster.__globals__["sql"].touch
    monkeypatch.setattr(
        "quotetrack.cluster.sql.touch",
        lambda connection, wordings, component: (components.append(component), touch(connection, wordings, component)),
    )
    chance = random.Random(1)
    halves = [[_half(chance) for _ in range(HALVES)] for _ in range(2)]
    pairs = [(first, second) for first in halves[0] for second in halves[1]]
    quoted = (
        Quoted(number, "first", 0, number % 3, "direct", (f"{first} {second}.",))
        for number, (first, second) in enumerate(chance.sample(pairs, WORDINGS))
    )
    fill(store, quoted)
    start = time.process_time()
    assert cluster(store) > 0
    assert time.process_time() - start < SECONDS
    sizes = sorted(((components[0] == name).sum() for name in set(components[0].tolist())), reverse=True)
    assert sizes[0] > 0.5 * len(components[0])


def _half(chance: random.Random) -> str:
    return " ".join(f"w{chance.randrange(4000)}" for _ in range(8))
