"""Texts to quotations, here or in worker processes: what ``ingest`` and ``extract`` share."""

from __future__ import annotations

import atexit
import gc
import os
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Generic, TypeVar

from quotetrack.jobs.workers import MOST, WorkerDied, Workers
from quotetrack.model import Article, Failure, Quotation
from quotetrack.parse.models import ModelChoice

# Texts handed over together: enough for full batches of the networks, few enough to lose in a kill; and where there are workers few
# enough for them to finish at nearly the same time, though each text then takes a twentieth longer.
BATCH, BATCH_OF_WORKERS = 32, 16
# Below this many texts the seconds a second process needs to load its models are not worth it.
WORTH_WORKERS = 40

# For each text of a batch: its number, its quotations or the reason why there are none, and the traceback of that.
Analysed = list[tuple[int, list[Quotation] | str, str]]
Carried = TypeVar("Carried")


def workers_for(texts: int) -> int:
    """How many processes so many texts are worth on this machine."""
    return min(os.cpu_count() or 1, MOST) if texts >= WORTH_WORKERS else 1


def readable(found: Article | Failure, models: ModelChoice) -> Article | Failure:
    """``found``, or a ``Failure`` where it is an article in a language that ``models`` do not read."""
    if isinstance(found, Article) and found.language != "en" and models.embedded:
        reason = f"The article is in '{found.language}'; the models that come with quotetrack read English only."
        return Failure(found.location, reason)
    return found


class Analyser(Generic[Carried]):
    """Parses and extracts batches of texts, best of ``batch`` each, in ``workers`` processes, or here if that is one.

    Each batch comes with something of the caller's (``Carried``) that is given back beside what became of the texts. The
    models are loaded when the first batch comes; ``ModelsMissing`` is then raised before any text is analysed. Use as a
    context manager.

        with Analyser(choose(), workers=2) as analyser:
            for names, analysed in analyser.all([(["a.txt"], ["“We sail,” said Ruth Vale."])]):
                print(names, analysed)
    """

    def __init__(self, models: ModelChoice, workers: int) -> None:
        self.models = models
        self.workers = workers
        self.batch = BATCH if workers <= 1 else BATCH_OF_WORKERS
        # One thread each: more workers are more use than more threads.
        self._pool = Workers(workers, _load, (models, 1)) if workers > 1 else None
        self._waiting: deque[tuple[Carried, Sequence[str], Future[Analysed]]] = deque()

    def __enter__(self) -> Analyser[Carried]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def all(self, batches: Iterable[tuple[Carried, list[str]]]) -> Iterator[tuple[Carried, Analysed]]:
        """For each batch, in order, what came with its texts and what became of them. Raises ``ModelsMissing``."""
        for carried, texts in batches:
            yield from self.add(carried, texts)
        yield from self.finish()

    def add(self, carried: Carried, texts: Sequence[str]) -> Iterator[tuple[Carried, Analysed]]:
        """Hand over a batch; gives those batches, in order, that must be taken back before more are handed over.

        Raises ``ModelsMissing``.
        """
        if self._pool is None:
            if texts:
                _load(self.models, None)
            yield carried, analyse(texts) if texts else []
            return
        self._waiting.append((carried, texts, self._pool.submit(analyse, texts)))
        # Two batches a worker keep all busy and little in memory.
        if len(self._waiting) > 2 * self.workers:
            yield self._take(self._pool)

    def finish(self) -> Iterator[tuple[Carried, Analysed]]:
        """The batches not given back yet, in order. Raises ``ModelsMissing``."""
        while self._pool is not None and self._waiting:
            yield self._take(self._pool)

    def close(self) -> None:
        """End the worker processes; batches that are not finished are dropped."""
        if self._pool is not None:
            self._pool.close()

    def _take(self, pool: Workers) -> tuple[Carried, Analysed]:
        carried, texts, future = self._waiting.popleft()
        try:
            return carried, future.result()
        except WorkerDied as death:
            # The pool tried the batch twice. One of its texts is likely to blame, and must not cost the others.
            alone = [pool.submit(analyse, [text], attempts=1) for text in texts] if len(texts) > 1 else []
            return carried, [_alone(number, one) for number, one in enumerate(alone)] or [_killed(0, death)]


def _alone(number: int, future: Future[Analysed]) -> tuple[int, list[Quotation] | str, str]:
    try:
        [(_, result, details)] = future.result()
    except WorkerDied as death:
        return _killed(number, death)
    return number, result, details


def _killed(number: int, death: WorkerDied) -> tuple[int, str, str]:
    return number, f"The process that analysed this text {death}; ingest it again with --workers 1.", ""


_parser: object = None


def _load(models: ModelChoice, threads: int | None) -> None:
    """Load the parser once a process."""
    global _parser  # one parser a process is what worker processes offer to prepare
    from quotetrack.parse.pipeline import Parser

    if not isinstance(_parser, Parser) or _parser.models != models:
        _parser = Parser(models, threads=threads)
        # Half a million objects that stay as long as the process: looking for circles among them takes a fifth of a second each time.
        gc.collect()
        gc.freeze()
        atexit.register(gc.unfreeze)  # or libraries complain at the end of what was not put away


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
            reason = f"The text could not be analysed ({type(error).__name__}: {str(error)[:200]})."
            return [(0, reason, traceback.format_exc())]
        return [
            (number, result, details) for number, text in enumerate(texts) for _, result, details in analyse([text])
        ]
