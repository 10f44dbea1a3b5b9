"""The main job as a plain function: inputs to a filled database, and an account of what became of them."""

from __future__ import annotations

import multiprocessing
import os
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from quotetrack.cluster import cluster
from quotetrack.link import link
from quotetrack.model import Article, Failure, Quotation
from quotetrack.parse.models import ModelChoice, choose
from quotetrack.sources import Metadata, find, read
from quotetrack.store import Store

BATCH_ARTICLES = 16
# Below this many articles the seconds a second process needs to load its models are not worth it.
WORTH_WORKERS = 40
MOST_WORKERS = 4

Analysed = list[tuple[int, list[Quotation] | str, str]]


@dataclass(slots=True)
class IngestSummary:
    """What a run did. ``quotations`` counts by kind over the whole database, as do ``speakers`` and ``claims``."""

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
    if workers is None:
        workers = min(os.cpu_count() or 1, MOST_WORKERS) if total >= WORTH_WORKERS else 1
    analyse = _Analyser(models, workers)
    done = 0

    def report(count: int) -> None:
        nonlocal done
        done += count
        if on_progress:
            on_progress(min(done, total), total)

    try:
        for batch, analysed in analyse.all(_unknown(store, files, given, models, summary, report)):
            _put(store, batch, analysed, models, summary)
    finally:
        analyse.close()
    if summary.new or summary.updated or _never_derived(store):
        link(store)
        cluster(store)
    _totals(store, summary)
    summary.seconds = time.monotonic() - started
    return summary


def _unknown(
    store: Store,
    files: Sequence[Path],
    given: Metadata | None,
    models: ModelChoice,
    summary: IngestSummary,
    report: Callable[[int], None],
) -> Iterator[list[Article]]:
    """Batches of the articles that the database does not hold yet as they are."""
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
            if len(batch) >= BATCH_ARTICLES:
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


def _never_derived(store: Store) -> bool:
    """Whether a run was stopped between storing quotations and clustering them."""
    row = store.connection.execute(
        "SELECT count(*) FROM quotations WHERE quotation_id NOT IN (SELECT quotation_id FROM claim_quotations)"
    ).fetchone()
    return bool(row and row[0])


def _totals(store: Store, summary: IngestSummary) -> None:
    summary.quotations = Counter(
        dict(store.connection.execute("SELECT kind, count(*) FROM quotations GROUP BY kind").fetchall())
    )
    for name in ("speakers", "claims"):
        row = store.connection.execute(f"SELECT count(*) FROM {name}").fetchone()
        setattr(summary, name, row[0] if row else 0)


class _Analyser:
    """Parses and extracts batches, here or in worker processes; the models are loaded when the first batch comes."""

    def __init__(self, models: ModelChoice, workers: int) -> None:
        self.models = models
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def all(self, batches: Iterator[list[Article]]) -> Iterator[tuple[list[Article], Analysed]]:
        if self.workers <= 1:
            for batch in batches:
                _load(self.models, None)
                yield batch, analyse([a.text for a in batch])
            return
        waiting: list[tuple[list[Article], Future[Analysed]]] = []
        for batch in batches:
            waiting.append((batch, self._submit(batch)))
            # Two batches a worker keep all busy and little in memory.
            if len(waiting) > 2 * self.workers:
                yield self._result(*waiting.pop(0))
        for batch, future in waiting:
            yield self._result(batch, future)

    def _submit(self, batch: list[Article]) -> Future[Analysed]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.workers, multiprocessing.get_context("spawn"), initializer=_load, initargs=(self.models, 1)
            )
        try:
            return self._pool.submit(analyse, [a.text for a in batch])
        except BrokenProcessPool:
            self._pool = None
            return self._submit(batch)

    def _result(self, batch: list[Article], future: Future[Analysed]) -> tuple[list[Article], Analysed]:
        try:
            return batch, future.result()
        except BrokenProcessPool:
            self._pool = None
            reason = "The analysis was killed, most likely for want of memory; run again with --workers 1."
            return batch, [(number, reason, "") for number in range(len(batch))]

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


_parser: object = None


def _load(models: ModelChoice, threads: int | None) -> None:
    """Load the parser once a process."""
    global _parser  # one parser a process is what process pools offer initialisers for
    from quotetrack.parse.pipeline import Parser

    if not isinstance(_parser, Parser) or _parser.models != models:
        _parser = Parser(models, threads=threads)


def analyse(texts: Sequence[str]) -> Analysed:
    """Quotations of each text by its number, or the reason why there are none and the traceback.

    A text that fails fails alone: the batch is then taken one by one.
    """
    from quotetrack.extract import extract
    from quotetrack.parse.pipeline import Parser

    assert isinstance(_parser, Parser)
    try:
        return [(number, extract(parsed), "") for number, parsed in enumerate(_parser.parse_all(texts))]
    except Exception as error:  # whatever one wild text brings up must not cost the others
        if len(texts) == 1:
            reason = f"The article could not be analysed ({type(error).__name__}: {str(error)[:200]})."
            return [(0, reason, traceback.format_exc())]
        return [
            (number, result, details) for number, text in enumerate(texts) for _, result, details in analyse([text])
        ]
