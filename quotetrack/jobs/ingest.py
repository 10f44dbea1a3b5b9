"""The main job as a plain function: inputs to a filled database, and an account of what became of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from quotetrack.errors import Interrupted, interrupted
from quotetrack.inputs import Metadata, find, read
from quotetrack.jobs.analysis import Analysed, Analyser, readable, workers_for
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Failure, Kind, Quotation
from quotetrack.parse.models import ModelChoice, choose
from quotetrack.read.counts import count_some
from quotetrack.store import Store


@dataclass(slots=True)
class IngestSummary:
    """What a run did. ``quotations`` counts by kind what is shown of the whole database, as do ``speakers`` and ``claims``."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)
    quotations: Counter[str] = field(default_factory=Counter)
    speakers: int = 0
    claims: int = 0
    seconds: float = 0.0


def ingest(
    store: Store,
    paths: Sequence[Path],
    given: Metadata | None = None,
    models: ModelChoice | None = None,
    workers: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> IngestSummary:
    """Read, analyse and store every article in ``paths``; then link speakers and cluster claims.

    ``workers`` processes analyse (chosen by the amount of work unless given; each needs about a gigabyte).
    ``on_progress(done, total)`` counts files read. One bad input never stops the run: it is recorded in the summary
    and in the database. A killed run loses the batches in flight at most, and the next run completes what it left.
    Raises ``ModelsMissing``, and ``Interrupted`` on an interrupt from the keyboard.

        with Store.open(Path("news.duckdb")) as store:
            print(ingest(store, [Path("articles")]).new)
    """
    started = time.monotonic()
    models = models or choose()
    summary = IngestSummary()
    try:
        _analyse_all(store, find(paths), given, models, workers, on_progress, summary)
        refresh(store)
        _totals(store, summary)
    except (KeyboardInterrupt, RuntimeError) as error:
        if not interrupted(error):
            raise
        raise Interrupted(_kept(summary)) from None
    summary.seconds = time.monotonic() - started
    return summary


def _analyse_all(
    store: Store,
    files: Sequence[Path],
    given: Metadata | None,
    models: ModelChoice,
    workers: int | None,
    on_progress: Callable[[int, int], None] | None,
    summary: IngestSummary,
) -> None:
    """Read the files, analyse the articles that the database does not hold yet as they are, and put them there."""
    batch: list[Article] = []
    with Analyser[list[Article]](models, workers or workers_for(len(files))) as analyser:
        for done, path in enumerate(files, 1):
            for found in read(path, given):
                if article := _new(store, found, models, summary):
                    batch.append(article)
                if len(batch) == analyser.batch:
                    _put(store, analyser.add(batch, [article.text for article in batch]), models, summary)
                    batch = []
            if on_progress:
                on_progress(done, len(files))
        if batch:
            _put(store, analyser.add(batch, [article.text for article in batch]), models, summary)
        _put(store, analyser.finish(), models, summary)


def _new(store: Store, found: Article | Failure, models: ModelChoice, summary: IngestSummary) -> Article | None:
    """The article if it is to be analysed; else what it is instead is counted, and a failure recorded."""
    found = readable(found, models)
    if isinstance(found, Failure):
        _fail(store, found, summary)
        return None
    if store.known(found, models.name):
        summary.unchanged += 1
        return None
    return found


def _put(
    store: Store, batches: Iterable[tuple[list[Article], Analysed]], models: ModelChoice, summary: IngestSummary
) -> None:
    """Store the articles of each batch with their quotations; one that could not be analysed is a failure."""
    for batch, analysed in batches:
        good: list[tuple[Article, list[Quotation]]] = []
        for number, result, details in analysed:
            if isinstance(result, str):
                _fail(store, Failure(batch[number].location, result, details), summary)
            else:
                good.append((batch[number], result))
        for outcome in store.put(good, models.name):
            setattr(summary, outcome, getattr(summary, outcome) + 1)


def _fail(store: Store, failure: Failure, summary: IngestSummary) -> None:
    summary.failures.append(failure)
    store.fail([failure])


def _kept(summary: IngestSummary) -> str:
    kept = summary.new + summary.updated
    articles = "no new article was" if not kept else f"{kept} new or changed article{' was' if kept == 1 else 's were'}"
    return f"Stopped: {articles} stored in this run; run the same command again to continue."


def _totals(store: Store, summary: IngestSummary) -> None:
    kinds = get_args(Kind)
    found = count_some(store, *kinds, "speakers", "claims")
    summary.quotations = Counter({kind: found[kind] for kind in kinds})
    summary.speakers, summary.claims = found["speakers"], found["claims"]
