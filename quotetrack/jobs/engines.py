"""Choose where workers run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, get_args

from quotetrack.errors import UsageError
from quotetrack.jobs.workers import Engine

EngineName = Literal["local", "ray"]
ENGINES: tuple[str, ...] = get_args(EngineName)


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
