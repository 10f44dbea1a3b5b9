"""A pool of workers for extraction and clustering: processes on this machine, or actors of a Ray cluster.

Each worker is served by one thread of the parent, which sends it one task at a time. So it is always known which task a
worker was running when it died. What a worker is and where it runs is decided by an ``Engine``.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from quotetrack.errors import QuotetrackError
from quotetrack.jobs.capacity import available_cores
from quotetrack.jobs.engines import Engine, Worker, WorkerDied
from quotetrack.jobs.processes import LocalProcesses

MIN_QUOTATIONS = 40_000  # below this, starting processes takes longer than it saves
_MAX_PROCESSES = 4  # of clustering, where the parent process distributes the work and accesses the database
_PORTIONS_AHEAD = 3  # portions submitted per process before results are collected: keeps all busy with little memory

Row = TypeVar("Row")
Given = TypeVar("Given")
Made = TypeVar("Made")


class NoWorkers(QuotetrackError):
    """No worker could be started."""


@dataclass(slots=True)
class _Task:
    function: Callable[[Any], Any]
    given: Any
    attempts: int
    future: Future[Any]


class Workers:
    """A pool of up to ``number`` workers, started on demand. Use as a context manager.

    Each worker calls ``prepare(*arguments)`` once before its first task. If that raises, no task is run and every future
    raises the same error. Functions, arguments and results must be picklable. Without an ``engine``, workers are processes
    on this machine.

        with Workers(2) as workers:
            assert workers.submit(len, [1, 2, 3]).result() == 3
    """

    def __init__(
        self,
        number: int,
        prepare: Callable[..., object] | None = None,
        arguments: tuple[object, ...] = (),
        engine: Engine | None = None,
    ) -> None:
        self.number = number
        self._engine: Engine = engine or LocalProcesses()
        self._prepare = (prepare, arguments)
        self._tasks: deque[_Task] = deque()
        self._threads: list[threading.Thread] = []
        self._running: set[Worker] = set()
        self._changed = threading.Condition()  # guards all attributes above and below
        self._closed = False
        self._error: Exception | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, function: Callable[[Given], Made], given: Given, attempts: int = 2) -> Future[Made]:
        """Call ``function(given)`` in a worker and return a future.

        The future raises ``WorkerDied`` if the worker died in each of ``attempts`` attempts, ``NoWorkers`` if no worker
        could be started, and otherwise any error raised by ``function`` or ``prepare``.
        """
        future: Future[Made] = Future()
        with self._changed:
            if self._error is not None:
                future.set_exception(self._error)
                return future
            self._tasks.append(_Task(function, given, attempts, future))
            self._changed.notify()
            if len(self._threads) < self.number:
                thread = threading.Thread(target=self._serve, daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def close(self) -> None:
        """Stop the workers; unfinished tasks are cancelled."""
        with self._changed:
            self._closed = True
            while self._tasks:
                self._tasks.popleft().future.cancel()
            for worker in self._running:
                worker.kill()
            self._changed.notify_all()
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def _serve(self) -> None:
        """Send tasks to one worker until the pool is closed; a dead worker is replaced before the next task."""
        if hasattr(signal, "pthread_sigmask"):
            # Inherited by the workers: Ctrl-C is sent to all processes, but only the parent handles it.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        worker: Worker | None = None
        while (task := self._next()) is not None:
            worker = worker or self._start()
            if worker is None:
                self._give_up(task)
                return
            try:
                result = worker.run(task.function, task.given)
            except WorkerDied as death:
                self._end(worker)
                worker = None
                self._died(task, death)
            except Exception as error:
                task.future.set_exception(error)
            else:
                task.future.set_result(result)
        if worker is not None:
            self._end(worker)

    def _next(self) -> _Task | None:
        with self._changed:
            self._changed.wait_for(lambda: self._tasks or self._closed)
            return None if self._closed else self._tasks.popleft()

    def _start(self) -> Worker | None:
        """Start and prepare a worker; ``None`` if preparing failed, or if two workers died while preparing."""
        for _ in range(2):
            with self._changed:
                if self._closed:
                    return None
                worker = self._engine.start()
                self._running.add(worker)
            try:
                worker.run(_prepare, self._prepare)
            except WorkerDied:
                self._end(worker)
            except Exception as error:
                with self._changed:
                    self._error = self._error or error
                self._end(worker)
                return None
            else:
                return worker
        return None

    def _end(self, worker: Worker) -> None:
        worker.stop()
        with self._changed:
            self._running.discard(worker)

    def _died(self, task: _Task, death: WorkerDied) -> None:
        task.attempts -= 1
        with self._changed:
            if self._closed:
                task.future.cancel()
            elif task.attempts > 0:
                self._tasks.appendleft(task)
                self._changed.notify()
            else:
                task.future.set_exception(death)

    def _give_up(self, task: _Task) -> None:
        """Return the task to the queue because no worker could be started; fail all tasks if this was the last thread."""
        with self._changed:
            self._tasks.appendleft(task)
            self._threads.remove(threading.current_thread())
            self.number = len(self._threads)
            if not (self._threads or self._error or self._closed):
                self._error = NoWorkers(self._engine.not_started)
            while self._tasks and (self._closed or self._error is not None):
                if self._error is None:
                    self._tasks.popleft().future.cancel()
                else:
                    self._tasks.popleft().future.set_exception(self._error)
            self._changed.notify()


def _prepare(given: tuple[Callable[..., object] | None, tuple[object, ...]]) -> None:
    prepare, arguments = given
    if prepare is not None:
        prepare(*arguments)


class ParallelMap:
    """Maps a function over portions of work, in worker processes if there is enough work, otherwise in this process.

    Use as a context manager. Results are returned in the order of the portions and do not depend on the number of
    processes or on killed workers. The function, its arguments and its results must be picklable.
    """

    def __init__(self) -> None:
        self._workers = Workers(min(available_cores(), _MAX_PROCESSES))

    def __enter__(self) -> ParallelMap:
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.close()

    def map(self, function: Callable[[Given], Made], portions: Iterable[Given], quotations: int) -> Iterator[Made]:
        """Yield ``function(portion)`` for each portion, in order. ``quotations`` is the approximate total, in quotations."""
        processes = self._workers.number
        if quotations < MIN_QUOTATIONS or processes < 2:
            yield from map(function, portions)
            return
        waiting: deque[tuple[Given, Future[Made]]] = deque()
        for portion in portions:
            waiting.append((portion, self._workers.submit(function, portion)))
            if len(waiting) > _PORTIONS_AHEAD * processes:
                yield _result(function, *waiting.popleft())
        while waiting:
            yield _result(function, *waiting.popleft())


def _result(function: Callable[[Given], Made], portion: Given, future: Future[Made]) -> Made:
    """The result of a worker; computed in this process if two workers died on the portion."""
    try:
        return future.result()
    except (WorkerDied, NoWorkers):
        return function(portion)


def split_rows(rows: Sequence[Row], size: int, key: Callable[[Row], object] | None = None) -> Iterator[Sequence[Row]]:
    """Split ``rows`` into portions of about ``size``; adjacent rows with the same ``key`` stay together."""
    start = 0
    while start < len(rows):
        end = min(start + size, len(rows))
        while key is not None and end < len(rows) and key(rows[end]) == key(rows[end - 1]):
            end += 1
        yield rows[start:end]
        start = end
