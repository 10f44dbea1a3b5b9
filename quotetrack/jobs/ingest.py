"""The main job as a plain function: inputs to a filled database, and an account of what became of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quotetrack.inputs import Metadata, find, read
from quotetrack.jobs.analysis import Analysed, Analyser, workers_for
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Failure, Quotation
from quotetrack.parse.models import ModelChoice, choose
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
    and in the database. A killed run loses the batch in flight at most. Raises ``ModelsMissing``.
    """
    started = time.monotonic()
    models = models or choose()
    summary = IngestSummary()
    files = find(paths)
    total = len(files)
    analyse = Analyser(models, workers or workers_for(total))
    done = 0

    def report(count: int) -> None:
        nonlocal done
        done += count
        if on_progress:
            on_progress(min(done, total), total)

    try:
        for batch, analysed in analyse.all(
            (batch, [article.text for article in batch])
            for batch in _unknown(store, files, given, analyse, summary, report)
        ):
            _put(store, batch, analysed, models, summary)
    finally:
        analyse.close()
    refresh(store)
    _totals(store, summary)
    summary.seconds = time.monotonic() - started
    return summary


def _unknown(
    store: Store,
    files: Sequence[Path],
    given: Metadata | None,
    analyser: Analyser,
    summary: IngestSummary,
    report: Callable[[int], None],
) -> Iterator[list[Article]]:
    """Batches of the articles that the database does not hold yet as they are."""
    models = analyser.models
    batch: list[Article] = []
    for path in files:
        for found in read(path, given):
            if isinstance(found, Article) and found.language != "en" and models.embedded:
                found = Failure(
                    found.location,
                    f"The article is in '{found.language}'; the models that come with quotetrack read English only.",
                )
            if isinstance(found, Failure):
                summary.failures.append(found)
                store.fail([found])
            elif store.known(found, models.name):
                summary.unchanged += 1
            else:
                batch.append(found)
            if len(batch) >= analyser.batch:
                yield batch
                batch = []
        report(1)
    if batch:
        yield batch


def _put(store: Store, batch: list[Article], analysed: Analysed, models: ModelChoice, summary: IngestSummary) -> None:
    good: list[tuple[Article, list[Quotation]]] = []
    for number, result, details in analysed:
        if isinstance(result, str):
            failure = Failure(batch[number].location, result, details)
            summary.failures.append(failure)
            store.fail([failure])
        else:
            good.append((batch[number], result))
    for outcome in store.put(good, models.name):
        setattr(summary, outcome, getattr(summary, outcome) + 1)


def _totals(store: Store, summary: IngestSummary) -> None:
    summary.quotations = Counter(
        dict(store.connection.execute("SELECT kind, count(*) FROM shown_quotations GROUP BY kind").fetchall())
    )
    for name, table in (("speakers", "speakers"), ("claims", "shown_claims")):
        row = store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        setattr(summary, name, row[0] if row else 0)
