"""Where workers run: what an engine is, and the choice between processes on this machine and a Ray cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, Protocol, get_args

from quotetrack.errors import UsageError

EngineName = Literal["local", "ray"]
ENGINES: tuple[str, ...] = get_args(EngineName)


class WorkerDied(Exception):
    """A worker ended during a task. The message says how it ended, as a verb phrase."""


class Worker(Protocol):
    """One process that runs one task at a time."""

    def run(self, function: Callable[[Any], Any], given: Any) -> Any:
        """Return ``function(given)``. Raises ``WorkerDied`` if the worker ends, and any error that ``function`` raises."""

    def kill(self) -> None:
        """End the worker at once, whatever it is doing; may be called from another thread than ``run``."""

    def stop(self) -> None:
        """End the worker and release what it holds in this process; called from the thread that calls ``run``."""


class Engine(Protocol):
    """A place where workers run.

    Attributes:
        capacity: How many workers it has room for.
        not_started: What to tell the user if no worker starts.
    """

    @property
    def capacity(self) -> int: ...

    @property
    def not_started(self) -> str: ...

    def start(self) -> Worker:
        """Start a worker, without waiting for it to be ready."""


@contextmanager
def open_engine(name: str, address: str | None = None, workers: int | None = None) -> Iterator[Engine | None]:
    """Yield the engine called ``name``; ``None``, which is the default of ``Analyser``, for ``local``.

    ``address`` and ``workers`` are those of ``RayActors``. Raises ``UsageError`` if there is no such engine, if an address is
    given for ``local``, or if Ray is not installed or cannot be reached.

        with open_engine("ray", "10.0.0.1:6379") as engine, Analyser(choose(), engine=engine) as analyser:
            ...
    """
    if name not in ENGINES:
        raise UsageError(f"Unknown engine '{name}'; use {' or '.join(ENGINES)}.")
    if name == "local":
        if address is not None:
            raise UsageError("--address is the address of a Ray cluster; use it with --engine ray.")
        yield None
        return
    from quotetrack.jobs.ray_actors import RayActors

    with RayActors(address, workers) as engine:
        yield engine
