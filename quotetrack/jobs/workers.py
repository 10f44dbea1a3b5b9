"""Worker processes for extraction and clustering.

Each worker process is served by one thread of the parent, which sends it one task at a time. So it is always known which
task a worker was running when it died.
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
from typing import Any, TypeVar

from quotetrack.errors import QuotetrackError

MIN_QUOTATIONS = 40_000  # below this, starting processes takes longer than it saves
MAX_WORKERS = 4  # the parent process also distributes the work and accesses the database
_PORTIONS_AHEAD = 3  # portions submitted per process before results are collected: keeps all busy with little memory
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_EXIT_TIMEOUT = 1.0  # seconds to wait for a worker to exit by itself
_DEAD = (EOFError, OSError)  # raised by a pipe whose process has ended

Row = TypeVar("Row")
Given = TypeVar("Given")
Made = TypeVar("Made")


class WorkerDied(Exception):
    """Every attempt at a task ended its worker process. The message says how it ended, as a verb phrase."""


class NoWorkers(QuotetrackError):
    """No worker process could be started."""


@dataclass(slots=True)
class _Task:
    function: Callable[[Any], Any]
    given: Any
    attempts: int
    future: Future[Any]


class Workers:
    """A pool of up to ``processes`` processes, started on demand. Use as a context manager.

    Each process calls ``prepare(*arguments)`` once before its first task. If that raises, no task is run and every future
    raises the same error. Functions, arguments and results must be picklable.

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
            if len(self._threads) < self.processes:
                thread = threading.Thread(target=self._serve, daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def close(self) -> None:
        """Stop the worker processes; unfinished tasks are cancelled."""
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
        """Send tasks to one worker until the pool is closed; a dead worker is replaced before the next task."""
        if hasattr(signal, "pthread_sigmask"):
            # Inherited by the workers: Ctrl-C is sent to all processes, but only the parent handles it.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        worker: tuple[BaseProcess, Connection] | None = None
        while (task := self._next()) is not None:
            worker = worker or self._start()
            if worker is None:
                self._give_up(task)
                return
            try:
                worker[1].send((task.function, task.given))
                succeeded, result = worker[1].recv()
            except _DEAD:
                self._died(task, self._end(worker))
                worker = None
            except Exception as error:  # not picklable
                task.future.set_exception(error)
            else:
                (task.future.set_result if succeeded else task.future.set_exception)(result)
        if worker is not None:
            self._end(worker)

    def _next(self) -> _Task | None:
        with self._changed:
            self._changed.wait_for(lambda: self._tasks or self._closed)
            return None if self._closed else self._tasks.popleft()

    def _start(self) -> tuple[BaseProcess, Connection] | None:
        """Start and prepare a worker; ``None`` if preparing failed, or if two workers died while preparing."""
        for _ in range(2):
            parent_end, worker_end = multiprocessing.Pipe()
            # Not forked: forking is unsafe with the threads of DuckDB, NumPy and torch.
            process = multiprocessing.get_context("spawn").Process(
                target=_work, args=(worker_end, os.getpid(), *self._prepare), daemon=True
            )
            with self._changed:
                if self._closed:
                    return None
                process.start()
                self._running.add(process)
            worker_end.close()
            try:
                error = parent_end.recv()
            except _DEAD:
                self._end((process, parent_end))
                continue
            if error is None:
                return process, parent_end
            with self._changed:
                self._error = self._error or error
            self._end((process, parent_end))
            return None
        return None

    def _end(self, worker: tuple[BaseProcess, Connection]) -> int | None:
        """Stop a process, whether or not it is still running; returns its exit code, negative for a signal."""
        process, connection = worker
        connection.close()
        process.join(_EXIT_TIMEOUT)  # gives a process that is about to exit time to return its own exit code
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
                how = "was killed, probably because memory ran out" if killed else f"exited with code {code}"
                task.future.set_exception(WorkerDied(how))

    def _give_up(self, task: _Task) -> None:
        """Return the task to the queue because no worker could be started; fail all tasks if this was the last thread."""
        with self._changed:
            self._tasks.appendleft(task)
            self._threads.remove(threading.current_thread())
            self.processes = len(self._threads)
            if not (self._threads or self._error or self._closed):
                self._error = NoWorkers(
                    "The worker processes could not be started, probably because memory ran out; "
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
    """Main function of a worker process: prepare, report success, then process one task after another."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent(parent)
    # Several processes with one thread per core each would compete for the cores. Read when torch is imported.
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
    """Attach the traceback as a note, because tracebacks cannot be pickled."""
    error.add_note(traceback.format_exc())
    return error


def _end_with_parent(parent: int) -> None:
    """Make this process exit when ``parent`` exits.

    On Linux the kernel does this, even during a call that holds the GIL. Elsewhere a thread does it.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # the parent exited before the call to prctl
        os._exit(1)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


class ParallelMap:
    """Maps a function over portions of work, in worker processes if there is enough work, otherwise in this process.

    Use as a context manager. Results are returned in the order of the portions and do not depend on the number of
    processes or on killed workers. The function, its arguments and its results must be picklable.
    """

    def __init__(self) -> None:
        self._workers = Workers(min(os.cpu_count() or 1, MAX_WORKERS))

    def __enter__(self) -> ParallelMap:
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.close()

    def map(self, function: Callable[[Given], Made], portions: Iterable[Given], quotations: int) -> Iterator[Made]:
        """Yield ``function(portion)`` for each portion, in order. ``quotations`` is the approximate total, in quotations."""
        processes = self._workers.processes
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
