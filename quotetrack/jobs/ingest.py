"""Ingest: read inputs, extract quotations, store them, and link and cluster the result."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, get_args

from quotetrack.errors import Interrupted, interrupted
from quotetrack.inputs import Metadata, NotRead, read, storable, survey
from quotetrack.jobs.analysis import Analysed, Analyser
from quotetrack.jobs.engines import Engine
from quotetrack.jobs.refresh import complete
from quotetrack.model import Article, Failure, Kind, Quotation
from quotetrack.parse.models import ModelChoice, choose
from quotetrack.read.counts import count_some
from quotetrack.read.versions import edits_since
from quotetrack.store import Store
from quotetrack.store.articles import Outcome

# What a summary counts of one run.
_COUNTS = ("new", "updated", "unchanged", "edited", "changed", "vanished", "added", "removed")
_SHORT = 1.0  # seconds that readers have to wait for a run that finds nothing new, without a snapshot for them


@dataclass(slots=True)
class IngestSummary:
    """Result of an ingest.

    ``new``, ``updated`` and ``unchanged`` count articles of this run, ``edited`` those of ``updated`` of which another text was stored,
    ``changed``, ``vanished`` and ``added`` the statements between these texts, and ``removed`` inputs that were not read because a
    correction removed their article. ``not_read`` lists what was left out of folders.
    ``quotations`` (by kind), ``speakers`` and ``claims``
    count what the whole database shows by default, and ``undated`` its articles without a date. ``seconds`` is the duration.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    edited: int = 0
    changed: int = 0
    vanished: int = 0
    added: int = 0
    removed: int = 0
    failures: list[Failure] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    quotations: Counter[str] = field(default_factory=Counter)
    speakers: int = 0
    claims: int = 0
    undated: int = 0
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary, without ``seconds``; ``quotations`` is their total."""
        names = (*_COUNTS, "quotations", "speakers", "claims", "undated", "failures", "not_read")
        return {**{name: getattr(self, name) for name in names}, "quotations": self.quotations.total()}

    def after(self, earlier: IngestSummary) -> IngestSummary:
        """Return a summary of both runs, of which ``earlier`` came first."""
        return replace(
            self,
            **{name: getattr(self, name) + getattr(earlier, name) for name in _COUNTS},
            failures=earlier.failures + self.failures,
            not_read=earlier.not_read,
            seconds=self.seconds + earlier.seconds,
        )


def ingest(
    store: Store,
    paths: Sequence[Path],
    given: Metadata | None = None,
    models: ModelChoice | None = None,
    workers: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    columns: Mapping[str, str] | None = None,
    engine: Engine | None = None,
) -> IngestSummary:
    """Read, analyse and store every article in ``paths``; then link speakers and cluster claims.

    An input that fails does not stop the run; it is recorded in the summary and in the database. Meanwhile other programs
    can read the state before the run. A killed run loses at most the batches in progress, and the next run continues from
    there; until then readers see the state before.

    Args:
        store: The database.
        paths: Files and folders.
        given: Metadata that overrides the metadata in the inputs.
        models: The models to use; by default the built-in ones.
        workers: Number of workers, each with up to 1.4 GB of memory. By default as many as memory and cores allow.
        on_progress: Called as ``on_progress(done, total)`` after each file.
        columns: Names of fields in tables and JSONL files, such as ``{"published": "pub_date"}``.
        engine: Where workers run (``quotetrack.jobs.engines``); by default on this machine.

    Raises ``ModelsMissing``, and ``Interrupted`` on Ctrl-C.

        with Store.open(Path("news.duckdb")) as store:
            print(ingest(store, [Path("articles")]).new)
    """
    files, not_read = survey(paths)
    store.leave_out([storable(path) for path in paths], [(one.location, one.reason) for one in not_read])
    readings = [partial(read, path, given, columns) for path in files]
    summary = ingest_readings(store, readings, models, workers, on_progress, engine)
    summary.not_read = not_read
    return summary


def ingest_readings(
    store: Store,
    readings: Sequence[Callable[[], Iterator[Article | Failure]]],
    models: ModelChoice | None = None,
    workers: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    engine: Engine | None = None,
) -> IngestSummary:
    """Ingest what each of ``readings`` yields when it is called; otherwise like ``ingest``."""
    started, now = time.monotonic(), datetime.now(UTC)
    models = models or choose()
    summary = IngestSummary()
    try:
        with Analyser[list[Article]](models, workers, engine=engine) as analyser:
            _analyse_all(store, readings, analyser, on_progress, summary)
        complete(store)
        count_totals(store, summary)
        count_edits(store, summary, now)
    except (KeyboardInterrupt, RuntimeError) as error:
        if not interrupted(error):
            raise
        raise Interrupted(_stopped_message(summary)) from None
    summary.seconds = time.monotonic() - started
    return summary


def _analyse_all(
    store: Store,
    readings: Sequence[Callable[[], Iterator[Article | Failure]]],
    analyser: Analyser[list[Article]],
    on_progress: Callable[[int, int], None] | None,
    summary: IngestSummary,
) -> None:
    """Read the inputs, and analyse and store the articles that are new or changed."""
    models = analyser.models
    batch: list[Article] = []
    began = time.monotonic()
    for done, reading in enumerate(readings, 1):
        for found in located(reading()):
            if article := _pending(store, analyser.readable(found), models, summary):
                batch.append(article)
            if batch or time.monotonic() > began + _SHORT:
                store.keep_readable()
            if len(batch) == analyser.batch:
                _put(store, analyser.add(batch, [article.text for article in batch]), models, summary)
                batch = []
        if on_progress:
            on_progress(done, len(readings))
    if batch:
        _put(store, analyser.add(batch, [article.text for article in batch]), models, summary)
    _put(store, analyser.finish(), models, summary)


def located(found: Iterator[Article | Failure]) -> Iterator[Article | Failure]:
    """Number the locations of several articles in one file, such as the posts of a page, as those of records are."""
    seen: Counter[str] = Counter()
    for one in found:
        seen[one.location] += 1
        number = seen[one.location]
        yield one if number == 1 or isinstance(one, Failure) else replace(one, location=f"{one.location}#{number}")


def _pending(store: Store, found: Article | Failure, models: ModelChoice, summary: IngestSummary) -> Article | None:
    """Return the article if it must be analysed; otherwise store what is new about it, or record the failure."""
    if isinstance(found, Failure):
        _fail(store, found, summary)
    elif store.known(found, models.name):
        summary.unchanged += 1
    elif store.is_removed(found):
        summary.removed += 1
    elif store.is_analysed(found, models.name):
        store.keep_readable()
        count_outcomes(summary, store.put([(found, None)], models.name))
    else:
        return found
    return None


def _put(
    store: Store, batches: Iterable[tuple[list[Article], Analysed]], models: ModelChoice, summary: IngestSummary
) -> None:
    """Store the articles of each batch with their quotations, and record those that could not be analysed as failures."""
    for batch, analysed in batches:
        succeeded: list[tuple[Article, list[Quotation]]] = []
        for number, result, details in analysed:
            if isinstance(result, str):
                _fail(store, Failure(batch[number].location, result, details), summary)
            else:
                succeeded.append((batch[number], result))
        count_outcomes(summary, store.put(succeeded, models.name))


def count_outcomes(summary: IngestSummary, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        setattr(summary, outcome, getattr(summary, outcome) + 1)
        if outcome == "edited":
            summary.updated += 1


def _fail(store: Store, failure: Failure, summary: IngestSummary) -> None:
    summary.failures.append(failure)
    store.fail([failure])


def _stopped_message(summary: IngestSummary) -> str:
    stored = summary.new + summary.updated
    articles = f"{stored or 'no'} new or changed article{' was' if stored == 1 else 's were'}"
    return f"Stopped: {articles} stored in this run; run the same command again to continue."


def count_edits(store: Store, summary: IngestSummary, since: datetime) -> None:
    """Count how the statements of the articles that were edited in this run changed."""
    if summary.edited:
        kinds = Counter(change.kind for edit in edits_since(store, since) for change in edit.changes)
        summary.changed, summary.vanished, summary.added = kinds["changed"], kinds["vanished"], kinds["added"]


def count_totals(store: Store, summary: IngestSummary) -> None:
    """Fill in what the whole database shows."""
    kinds = get_args(Kind)
    found = count_some(store, *kinds, "speakers", "claims", "undated")
    summary.quotations = Counter({kind: found[kind] for kind in kinds})
    summary.speakers, summary.claims, summary.undated = found["speakers"], found["claims"], found["undated"]
