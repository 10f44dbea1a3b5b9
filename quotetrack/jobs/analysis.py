"""Parse and extract batches of texts in this process or in workers; used by ``ingest`` and ``extract``."""

from __future__ import annotations

import atexit
import gc
import platform
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from itertools import islice
from typing import Generic, Protocol, TypeVar

from quotetrack.errors import ModelsMissing
from quotetrack.jobs.capacity import default_workers
from quotetrack.jobs.engines import Engine, WorkerDied
from quotetrack.jobs.workers import Workers
from quotetrack.model import Article, Failure, Quotation
from quotetrack.parse.models import ModelChoice, embedded_directory
from quotetrack.version import __version__

# Texts per batch: enough to fill the batches of the networks, few enough that a killed run loses little. With workers
# smaller batches balance the load better, although each text then takes 5 percent longer.
BATCH, BATCH_OF_WORKERS = 32, 16
# Minimum number of texts for which loading the models in several processes pays off.
WORTH_WORKERS = 40
LANGUAGE = "en"  # ISO 639-1; the rules of ``extract`` are for English only

# For each text of a batch: its index, its quotations or a failure reason, and the traceback of the failure.
Analysed = list[tuple[int, list[Quotation] | str, str]]
Carried = TypeVar("Carried")


class Readable(Protocol):
    """An input that has been read: an article or a draft."""

    @property
    def location(self) -> str: ...

    @property
    def text(self) -> str: ...


Item = TypeVar("Item", bound=Readable)


class Analyser(Generic[Carried]):
    """Parses and extracts batches of texts in workers, or in this process if there is not enough work for several.

    Each batch is submitted with a value of the caller (``Carried``) that is returned with its results. Batches work best
    with ``batch`` texts each. The models are loaded with the first batch; ``ModelsMissing`` is then raised before any text
    is analysed. Use as a context manager.

    Args:
        models: The models to use.
        workers: The number of workers; 1 is this process. By default as many as memory and cores allow, once there are
            enough texts.
        language: The language of the models.
        engine: Where workers run; by default on this machine.

        with Analyser(choose(), workers=2) as analyser:
            for names, analysed in analyser.all([(["a.txt"], ["“We sail,” said Ruth Vale."])]):
                print(names, analysed)
    """

    def __init__(
        self, models: ModelChoice, workers: int | None = None, language: str = LANGUAGE, engine: Engine | None = None
    ) -> None:
        self.models = models
        self.language = language
        self.workers = workers or (engine.capacity if engine else default_workers())
        self.batch = BATCH if self.workers == 1 and engine is None else BATCH_OF_WORKERS
        self._held: list[tuple[Carried, Sequence[str]]] | None = None  # until it is known whether there is enough work
        self._pool: Workers | None = None
        if engine is not None:
            self._pool = Workers(self.workers, load_equal, (models, models.name, __version__, language), engine)
        elif self.workers > 1:
            self._pool = Workers(self.workers, load, (models, language))
            self._held = [] if workers is None else None
        self._waiting: deque[tuple[Carried, Sequence[str], Future[Analysed]]] = deque()

    def __enter__(self) -> Analyser[Carried]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def readable(self, found: Article | Failure) -> Article | Failure:
        """Return ``found``, or a ``Failure`` if it is an article in another language than that of the models."""
        if isinstance(found, Failure) or found.language == self.language:
            return found
        origin = f" ({found.provenance.language})" if found.provenance.language else ""
        reason = f"The article's language is '{found.language}'{origin}, but the models read only '{self.language}'."
        return Failure(found.location, reason)

    def all(self, batches: Iterable[tuple[Carried, list[str]]]) -> Iterator[tuple[Carried, Analysed]]:
        """Yield the carried value and the results of each batch, in order. Raises ``ModelsMissing``."""
        for carried, texts in batches:
            yield from self.add(carried, texts)
        yield from self.finish()

    def add(self, carried: Carried, texts: Sequence[str]) -> Iterator[tuple[Carried, Analysed]]:
        """Submit a batch; yields the results of earlier batches, in order, while the queue is full.

        Raises ``ModelsMissing``.
        """
        if self._held is None:
            yield from self._submit(carried, texts)
            return
        self._held.append((carried, texts))
        if len(self._held) * self.batch >= WORTH_WORKERS:
            yield from self._release()

    def finish(self) -> Iterator[tuple[Carried, Analysed]]:
        """Yield the results of the remaining batches, in order. Raises ``ModelsMissing``."""
        if self._held is not None:
            self._pool = None
            yield from self._release()
        while self._pool is not None and self._waiting:
            yield self._take(self._pool)

    def close(self) -> None:
        """Stop the workers; unfinished batches are discarded."""
        if self._pool is not None:
            self._pool.close()

    def _release(self) -> Iterator[tuple[Carried, Analysed]]:
        held, self._held = self._held or [], None
        for carried, texts in held:
            yield from self._submit(carried, texts)

    def _submit(self, carried: Carried, texts: Sequence[str]) -> Iterator[tuple[Carried, Analysed]]:
        if self._pool is None:
            if texts:
                load(self.models, self.language)
            yield carried, analyse(texts) if texts else []
            return
        self._waiting.append((carried, texts, self._pool.submit(analyse, texts) if texts else _nothing()))
        # Two batches per worker keep all workers busy with little memory.
        if len(self._waiting) > 2 * self.workers:
            yield self._take(self._pool)

    def _take(self, pool: Workers) -> tuple[Carried, Analysed]:
        carried, texts, future = self._waiting.popleft()
        try:
            return carried, future.result()
        except WorkerDied as death:
            # The pool tried the batch twice. Retry each text separately so that one bad text does not fail the others.
            single = [pool.submit(analyse, [text], attempts=1) for text in texts] if len(texts) > 1 else []
            return carried, [_single(number, one) for number, one in enumerate(single)] or [_killed(0, death)]


def batches(items: Iterable[Item | Failure], size: int) -> Iterator[tuple[list[Item | Failure], list[str]]]:
    """Split ``items`` into batches of ``size``, each with the texts to analyse, for ``Analyser.all``."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch, [one.text for one in batch if not isinstance(one, Failure)]


def results(batch: Sequence[Item | Failure], analysed: Analysed) -> Iterator[tuple[Item, list[Quotation]] | Failure]:
    """Yield each item of a batch from ``batches`` with its quotations, or a ``Failure``, in order."""
    found = iter(analysed)
    for item in batch:
        if isinstance(item, Failure):
            yield item
            continue
        _, result, details = next(found)
        yield Failure(item.location, result, details) if isinstance(result, str) else (item, result)


def _nothing() -> Future[Analysed]:
    future: Future[Analysed] = Future()
    future.set_result([])
    return future


def _single(number: int, future: Future[Analysed]) -> tuple[int, list[Quotation] | str, str]:
    try:
        [(_, result, details)] = future.result()
    except WorkerDied as death:
        return _killed(number, death)
    return number, result, details


def _killed(number: int, death: WorkerDied) -> tuple[int, str, str]:
    return number, f"The worker process for this text {death}; ingest it again with --workers 1.", ""


_parser: object = None


def load(models: ModelChoice, language: str) -> None:
    """Load the parser once per process, with one thread for torch.

    More threads make an idle machine little faster, and on a busy one they take four times the processor time.
    """
    global _parser  # prepared once per worker process
    from quotetrack.parse.pipeline import Parser

    if not isinstance(_parser, Parser) or (_parser.models, _parser.language) != (models, language):
        _parser = Parser(models, language, 1)
        # The models hold half a million permanent objects; scanning them for cycles would take 0.2 seconds per collection.
        gc.collect()
        gc.freeze()
        atexit.register(gc.unfreeze)  # otherwise libraries warn about leaks at exit


def load_equal(models: ModelChoice, name: str, version: str, language: str) -> None:
    """Load the parser in a worker on another machine, if it has the same models and version of quotetrack.

    ``name`` is ``models.name`` on the machine that distributes the work. Raises ``ModelsMissing`` if anything differs,
    because then results would depend on which machine an article is sent to.
    """
    host = platform.node()
    if version != __version__:
        raise ModelsMissing(
            f"{host} has quotetrack {__version__}, but this is quotetrack {version}; install the same version on all machines."
        )
    here = replace(models, directory=embedded_directory()) if models.embedded else models
    if not here.directory.is_dir():
        raise ModelsMissing(
            f"{host} has no folder {here.directory}; put the models into the same folder on all machines."
        )
    if here.name != name:
        raise ModelsMissing(f"The models in {here.directory} on {host} differ from those of this machine ({name}).")
    load(here, language)


def analyse(texts: Sequence[str]) -> Analysed:
    """Return the index of each text with its quotations, or with a failure reason and the traceback.

    If the batch fails, its texts are analysed one by one, so that only the failing text is lost.
    """
    from quotetrack.extract import extract
    from quotetrack.parse.pipeline import Parser

    assert isinstance(_parser, Parser)
    try:
        return [(number, extract(parsed), "") for number, parsed in enumerate(_parser.parse_all(texts))]
    except Exception as error:  # an unexpected error in one text must not fail the others
        if len(texts) == 1:
            reason = f"The text could not be analysed ({type(error).__name__}: {str(error)[:200]})."
            return [(0, reason, traceback.format_exc())]
        return [
            (number, result, details) for number, text in enumerate(texts) for _, result, details in analyse([text])
        ]
