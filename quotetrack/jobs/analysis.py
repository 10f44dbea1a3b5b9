"""Texts to quotations, here or in worker processes: what ``ingest`` and ``extract`` share."""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from quotetrack.model import Quotation
from quotetrack.parse.models import ModelChoice

# Texts handed over together: enough for full batches of the networks, few enough to lose in a kill; and where there are workers few
# enough for them to finish at nearly the same time, though each text then takes a twentieth longer.
BATCH, BATCH_OF_WORKERS = 32, 16
# Below this many texts the seconds a second process needs to load its models are not worth it.
WORTH_WORKERS = 40
MOST_WORKERS = 4

# For each text of a batch: its number, its quotations or the reason why there are none, and the traceback of that.
Analysed = list[tuple[int, list[Quotation] | str, str]]
Carried = TypeVar("Carried")


def workers_for(texts: int) -> int:
    """How many processes so many texts are worth on this machine."""
    return min(os.cpu_count() or 1, MOST_WORKERS) if texts >= WORTH_WORKERS else 1


class Analyser:
    """Parses and extracts batches in ``workers`` processes, best of ``batch`` texts each; the models are loaded when the first comes."""

    def __init__(self, models: ModelChoice, workers: int) -> None:
        self.models = models
        self.workers = workers
        self.batch = BATCH if workers <= 1 else BATCH_OF_WORKERS
        self._pool: ProcessPoolExecutor | None = None

    def all(self, batches: Iterator[tuple[Carried, list[str]]]) -> Iterator[tuple[Carried, Analysed]]:
        """For each batch, in order, what came with its texts and what became of them. Raises ``ModelsMissing``."""
        if self.workers <= 1:
            for carried, texts in batches:
                if texts:
                    _load(self.models, None)
                yield carried, analyse(texts) if texts else []
            return
        waiting: list[tuple[Carried, int, Future[Analysed]]] = []
        for carried, texts in batches:
            waiting.append((carried, len(texts), self._submit(texts)))
            # Two batches a worker keep all busy and little in memory.
            if len(waiting) > 2 * self.workers:
                yield self._result(*waiting.pop(0))
        for carried, count, future in waiting:
            yield self._result(carried, count, future)

    def _submit(self, texts: list[str]) -> Future[Analysed]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self.workers, multiprocessing.get_context("spawn"), initializer=_load, initargs=(self.models, 1)
            )
        try:
            return self._pool.submit(analyse, texts)
        except BrokenProcessPool:
            self._pool = None
            return self._submit(texts)

    def _result(self, carried: Carried, count: int, future: Future[Analysed]) -> tuple[Carried, Analysed]:
        try:
            return carried, future.result()
        except BrokenProcessPool:
            self._pool = None
            reason = "The analysis was killed, most likely for want of memory; run again with --workers 1."
            return carried, [(number, reason, "") for number in range(count)]

    def close(self) -> None:
        """Stop the worker processes; batches not yet begun are dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


_parser: object = None


def _load(models: ModelChoice, threads: int | None) -> None:
    """Load the parser once a process."""
    global _parser  # one parser a process is what process pools offer initialisers for
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
