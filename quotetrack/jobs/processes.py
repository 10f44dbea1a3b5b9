"""Workers that are processes on this machine."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from quotetrack.jobs.capacity import default_workers
from quotetrack.jobs.engines import WorkerDied

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_EXIT_TIMEOUT = 1.0  # seconds to wait for a worker to exit by itself
_DEAD = (EOFError, OSError)  # raised by a pipe whose process has ended


class LocalProcesses:
    """The engine of workers that are processes on this machine."""

    not_started = (
        "The worker processes could not be started, probably because memory ran out; "
        "run the command again with --workers 1."
    )

    @property
    def capacity(self) -> int:
        """How many workers the memory and cores of this machine allow."""
        return default_workers()

    def start(self) -> LocalProcess:
        """Start a process."""
        return LocalProcess()


class LocalProcess:
    """A worker process, connected by a pipe."""

    def __init__(self) -> None:
        self._connection, worker_end = multiprocessing.Pipe()
        # Not forked: forking is unsafe with the threads of DuckDB, NumPy and torch.
        self.process = multiprocessing.get_context("spawn").Process(
            target=_work, args=(worker_end, os.getpid()), daemon=True
        )
        self.process.start()
        worker_end.close()

    def run(self, function: Callable[[Any], Any], given: Any) -> Any:
        """Return ``function(given)``, computed in the process."""
        try:
            self._connection.send((function, given))
            succeeded, result = self._connection.recv()
        except _DEAD:
            self.stop()
            code = self.process.exitcode
            killed = code == -signal.SIGKILL
            how = "was killed, probably because memory ran out" if killed else f"exited with code {code}"
            raise WorkerDied(how) from None
        if not succeeded:
            raise result
        return result

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()

    def stop(self) -> None:
        """End the process, whether or not it is still running."""
        self._connection.close()
        self.process.join(_EXIT_TIMEOUT)  # gives a process that is about to exit time to return its own exit code
        self.process.kill()
        self.process.join()


def _work(connection: Connection, parent: int) -> None:
    """Main function of a worker process: one task after another."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent(parent)
    # Several processes with one thread per core each would compete for the cores. Read when torch is imported.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    while True:
        try:
            function, given = connection.recv()
        except EOFError:
            return
        try:
            connection.send((True, function(given)))
        except Exception as error:
            connection.send((False, with_traceback(error)))


def with_traceback(error: Exception) -> Exception:
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
