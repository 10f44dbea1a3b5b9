"""Much of the same work, spread over processes: Python computes on one core, and clustering is mostly that.

What is spread depends on its input alone, and the answers come in the order of the portions: how many processes there
are, or that one was killed, leaves no trace in the outcome.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import TypeVar

WORTH = 40_000  # quotations; for fewer the second that processes take to start is not worth it
MOST = 4  # processes: one more hands out the work, and reads and writes the database meanwhile
_AHEAD = 3  # portions a process, handed out before the first is taken back: all are busy, and little is in memory

Row = TypeVar("Row")
Given = TypeVar("Given")
Made = TypeVar("Made")


class Spread:
    """Calls a function on one portion after another: in worker processes where there is much to do, else here.

    Use as a context manager. The function and what it takes and gives must be picklable.
    """

    def __init__(self) -> None:
        self._processes = min(os.cpu_count() or 1, MOST)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Spread:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def over(self, function: Callable[[Given], Made], portions: Iterable[Given], quotations: int) -> Iterator[Made]:
        """What ``function`` makes of each portion, in order. ``quotations``: about how many that is in all."""
        waiting: deque[tuple[Given, Future[Made] | None]] = deque()
        if quotations < WORTH or self._processes < 2:
            yield from map(function, portions)
            return
        for portion in portions:
            waiting.append((portion, self._submit(function, portion)))
            if len(waiting) > _AHEAD * self._processes:
                yield self._result(function, *waiting.popleft())
        while waiting:
            yield self._result(function, *waiting.popleft())

    def _submit(self, function: Callable[[Given], Made], portion: Given) -> Future[Made] | None:
        if not self._processes:
            return None
        if self._pool is None:
            # Not forked: a copy of DuckDB's and NumPy's threads would be half a process.
            spawned = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._processes, spawned, initializer=_begin)
        try:
            return self._pool.submit(function, portion)
        except BrokenProcessPool:
            self._processes = 0
            return None

    def _result(self, function: Callable[[Given], Made], portion: Given, future: Future[Made] | None) -> Made:
        try:
            return function(portion) if future is None else future.result()
        except BrokenProcessPool:
            # Killed, most likely for want of memory: the rest is done here.
            self._processes = 0
            return function(portion)


def _begin() -> None:
    """Leave interrupts to the process that hands out the work, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def portioned(rows: Sequence[Row], size: int, key: Callable[[Row], object] | None = None) -> Iterator[Sequence[Row]]:
    """``rows`` in portions of about ``size``. Neighbours of one ``key`` are not parted."""
    start = 0
    while start < len(rows):
        end = min(start + size, len(rows))
        while key is not None and end < len(rows) and key(rows[end]) == key(rows[end - 1]):
            end += 1
        yield rows[start:end]
        start = end
