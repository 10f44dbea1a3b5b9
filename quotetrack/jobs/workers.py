"""Worker processes: what extraction and clustering spread their work with.

Python computes on one core a process. A worker has a thread here that hands it one task at a time, so it is always known
which task a worker died of.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, TypeVar

from quotetrack.errors import QuotetrackError

WORTH = 40_000  # quotations; for fewer the second that processes take to start is not worth it
MOST = 4  # processes: one more hands out the work, and reads and writes the database meanwhile
_AHEAD = 3  # portions a process, handed out before the first is taken back: all are busy, and little is in memory
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_LAST_BREATH = 1.0  # seconds that a worker may take to end by itself
_DEAD = (EOFError, OSError)  # what a pipe to a process that is no more raises

Row = TypeVar("Row")
Given = TypeVar("Given")
Made = TypeVar("Made")


class WorkerDied(Exception):
    """A task ended its worker process as often as it was tried. The message says how, in a few words."""


class NoWorkers(QuotetrackError):
    """No worker process could be started."""


@dataclass(slots=True)
class _Task:
    function: Callable[[Any], Any]
    given: Any
    attempts: int
    future: Future[Any]


class Workers:
    """At most ``processes`` processes, started when there is work for them. Use as a context manager.

    Each calls ``prepare(*arguments)`` once before its first task. What that raises is raised by every result; then no
    task is run at all. Functions, arguments and results must be picklable.

        with Workers(2) as workers:
            assert workers.submit(len, [1, 2, 3]).result() == 3
    """

    def __init__(
        self, processes: int, prepare: Callable[..., object] | None = None, arguments: tuple[object, ...] = ()
    ) -> None:
        self.processes = processes
        self._prepare = (prepare, arguments)
        self._tasks: deque[_Task] = deque()
        self._threads: list[threading.Thread] = []
        self._running: set[BaseProcess] = set()
        self._changed = threading.Condition()  # held to look at or change any of these
        self._closed = False
        self._error: Exception | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, function: Callable[[Given], Made], given: Given, attempts: int = 2) -> Future[Made]:
        """Have ``function(given)`` called by a worker.

        The result raises ``WorkerDied`` where the worker died at each of so many ``attempts``, ``NoWorkers`` where none
        could be started, and whatever ``function`` or ``prepare`` raised.
        """
        future: Future[Made] = Future()
        with self._changed:
            if self._error is not None:
                future.set_exception(self._error)
                return future
            self._tasks.append(_Task(function, given, attempts, future))
            self._changed.notify()
            if len(self._threads) < self.processes:
                thread = threading.Thread(target=self._serve, daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def close(self) -> None:
        """End the worker processes; tasks that are not finished are cancelled."""
        with self._changed:
            self._closed = True
            while self._tasks:
                self._tasks.popleft().future.cancel()
            for process in self._running:
                process.kill()
            self._changed.notify_all()
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def _serve(self) -> None:
        """Give tasks to one worker until the pool is closed; a worker that died is replaced when there is a next task."""
        if hasattr(signal, "pthread_sigmask"):
            # Workers inherit this: an interrupt from the keyboard goes to all processes, and is for the parent alone.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        worker: tuple[BaseProcess, Connection] | None = None
        while (task := self._next()) is not None:
            worker = worker or self._start()
            if worker is None:
                self._give_up(task)
                return
            try:
                worker[1].send((task.function, task.given))
                good, result = worker[1].recv()
            except _DEAD:
                self._died(task, self._end(worker))
                worker = None
            except Exception as error:  # what cannot be pickled
                task.future.set_exception(error)
            else:
                (task.future.set_result if good else task.future.set_exception)(result)
        if worker is not None:
            self._end(worker)

    def _next(self) -> _Task | None:
        with self._changed:
            self._changed.wait_for(lambda: self._tasks or self._closed)
            return None if self._closed else self._tasks.popleft()

    def _start(self) -> tuple[BaseProcess, Connection] | None:
        """A worker that is prepared; ``None`` where preparing failed, or where two died of it."""
        for _ in range(2):
            here, there = multiprocessing.Pipe()
            # Not forked: a copy of the threads of DuckDB, NumPy and torch would be half a process.
            process = multiprocessing.get_context("spawn").Process(
                target=_work, args=(there, os.getpid(), *self._prepare), daemon=True
            )
            with self._changed:
                if self._closed:
                    return None
                process.start()
                self._running.add(process)
            there.close()
            try:
                error = here.recv()
            except _DEAD:
                self._end((process, here))
                continue
            if error is None:
                return process, here
            with self._changed:
                self._error = self._error or error
            self._end((process, here))
            return None
        return None

    def _end(self, worker: tuple[BaseProcess, Connection]) -> int | None:
        """End a process, dead or alive; returns its exit code, negative for a signal."""
        process, connection = worker
        connection.close()
        process.join(_LAST_BREATH)  # for the exit code of its own, where it is about to end
        process.kill()
        process.join()
        with self._changed:
            self._running.discard(process)
        return process.exitcode

    def _died(self, task: _Task, code: int | None) -> None:
        task.attempts -= 1
        with self._changed:
            if self._closed:
                task.future.cancel()
            elif task.attempts > 0:
                self._tasks.appendleft(task)
                self._changed.notify()
            else:
                killed = code == -9
                how = "was killed, most likely because memory ran out" if killed else f"ended with exit code {code}"
                task.future.set_exception(WorkerDied(how))

    def _give_up(self, task: _Task) -> None:
        """No worker for this thread: others take over its task; where there are none, no task can be done."""
        with self._changed:
            self._tasks.appendleft(task)
            self._threads.remove(threading.current_thread())
            self.processes = len(self._threads)
            if not (self._threads or self._error or self._closed):
                self._error = NoWorkers(
                    "The worker processes ended while they started, most likely because memory ran out; "
                    "run the command again with --workers 1."
                )
            while self._tasks and (self._closed or self._error is not None):
                if self._error is None:
                    self._tasks.popleft().future.cancel()
                else:
                    self._tasks.popleft().future.set_exception(self._error)
            self._changed.notify()


def _work(
    connection: Connection, parent: int, prepare: Callable[..., object] | None, arguments: tuple[object, ...]
) -> None:
    """What a worker process does: prepare, say so, and answer one task after another."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent(parent)
    # As many processes as cores, each with as many threads as cores, would wait for one another. Read when torch is imported.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        if prepare is not None:
            prepare(*arguments)
    except Exception as error:
        connection.send(_sendable(error))
        return
    connection.send(None)
    while True:
        try:
            function, given = connection.recv()
        except EOFError:
            return
        try:
            connection.send((True, function(given)))
        except Exception as error:
            connection.send((False, _sendable(error)))


def _sendable(error: Exception) -> Exception:
    """The error with its traceback as a note, since tracebacks cannot be sent."""
    error.add_note(traceback.format_exc())
    return error


def _end_with_parent(parent: int) -> None:
    """Have this process end when ``parent`` does, whatever either is doing.

    The kernel sees to it on Linux, even while this process is in a call that lets no other thread run. Elsewhere a thread
    does, once it is let run.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before that
        os._exit(1)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


class Spread:
    """Calls a function on one portion after another: in worker processes where there is much to do, else here.

    Use as a context manager. The answers come in the order of the portions: how many processes there are, or that one
    was killed, leaves no trace in the outcome. The function and what it takes and gives must be picklable.
    """

    def __init__(self) -> None:
        self._workers = Workers(min(os.cpu_count() or 1, MOST))

    def __enter__(self) -> Spread:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workers.close()

    def over(self, function: Callable[[Given], Made], portions: Iterable[Given], quotations: int) -> Iterator[Made]:
        """What ``function`` makes of each portion, in order. ``quotations``: about how many that is in all."""
        processes = self._workers.processes
        if quotations < WORTH or processes < 2:
            yield from map(function, portions)
            return
        waiting: deque[tuple[Given, Future[Made]]] = deque()
        for portion in portions:
            waiting.append((portion, self._workers.submit(function, portion)))
            if len(waiting) > _AHEAD * processes:
                yield _result(function, *waiting.popleft())
        while waiting:
            yield _result(function, *waiting.popleft())


def _result(function: Callable[[Given], Made], portion: Given, future: Future[Made]) -> Made:
    """What a worker made of the portion; one that workers died of twice is done here."""
    try:
        return future.result()
    except (WorkerDied, NoWorkers):
        return function(portion)


def portioned(rows: Sequence[Row], size: int, key: Callable[[Row], object] | None = None) -> Iterator[Sequence[Row]]:
    """``rows`` in portions of about ``size``. Neighbours of one ``key`` are not parted."""
    start = 0
    while start < len(rows):
        end = min(start + size, len(rows))
        while key is not None and end < len(rows) and key(rows[end]) == key(rows[end - 1]):
            end += 1
        yield rows[start:end]
        start = end
