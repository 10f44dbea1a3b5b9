"""quotetrack, held at the article that says "hold here": a test can then stop it in the middle of an ingest.

    python tests/jobs/held.py MARK ingest …

The file MARK is there once it is held, and MARK.stored has one character for each article stored. Only with ``HELD_WITH_MODELS=1`` are there quotations; else no model is loaded.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from quotetrack.jobs import analysis
from quotetrack.model import Article, Quotation
from quotetrack.store import Store
from quotetrack.store.database import Outcome

_analyse, _put = analysis.analyse, Store.put


def analyse(texts: list[str]) -> analysis.Analysed:
    """What ``analysis.analyse`` does, held before the batch of that article."""
    if any("hold here" in text for text in texts):
        Path(os.environ["HELD_MARK"]).touch()
        time.sleep(300)
    if os.environ.get("HELD_WITH_MODELS"):
        return _analyse(texts)
    return [(number, [], "") for number, _ in enumerate(texts)]


def put(store: Store, batch: Sequence[tuple[Article, Sequence[Quotation]]], models: str) -> list[Outcome]:
    """What ``Store.put`` does, noting how many articles it stored."""
    outcomes = _put(store, batch, models)
    with Path(f"{os.environ['HELD_MARK']}.stored").open("a", encoding="utf-8") as mark:
        mark.write("x" * len(outcomes))
    return outcomes


def load(*_: object) -> None:
    """Load no models."""


analysis.analyse = analyse  # type: ignore[assignment]
Store.put = put  # type: ignore[method-assign]
if not os.environ.get("HELD_WITH_MODELS"):
    analysis.load = load

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started the tests without
    os.environ["HELD_MARK"] = sys.argv.pop(1)
    from quotetrack.cli.main import run

    run()
