"""Workers that are actors of a Ray cluster."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import Any

from quotetrack.errors import QuotetrackError, UsageError
from quotetrack.jobs.capacity import WORKER_MEMORY, default_workers
from quotetrack.jobs.engines import WorkerDied
from quotetrack.jobs.processes import with_traceback

ADDRESS_VARIABLE = "RAY_ADDRESS"
_LOCAL = "local"
_OBJECT_STORE = 200_000_000  # bytes of shared memory for articles on their way to the actors of a local cluster
_MISSING = "Ray is not installed; install it with: pip install 'quotetrack[ray]'"


class RayFailed(QuotetrackError):
    """The Ray cluster cannot run tasks, for a reason that is not in the task."""


class RayActors:
    """The engine of workers that are actors of a Ray cluster. Use as a context manager, which disconnects at the end.

    Args:
        address: The cluster: ``HOST:PORT`` of its head, ``auto`` for the one on this machine, or ``local`` for a new one on
            this machine that ends with this process. By default what the environment variable ``RAY_ADDRESS`` says, else
            ``local``.
        workers: The number of actors wanted; a new cluster is started with so many processors.

    Raises ``UsageError`` if Ray is not installed or the cluster cannot be reached.

        with RayActors() as engine, Workers(2, engine=engine) as workers:
            assert workers.submit(len, [1, 2, 3]).result() == 3
    """

    not_started = "The Ray actors could not be started, probably because memory ran out; use fewer --workers."

    def __init__(self, address: str | None = None, workers: int | None = None) -> None:
        self._address = address or os.environ.get(ADDRESS_VARIABLE) or _LOCAL
        self._workers = workers
        self._connected = False

    def __enter__(self) -> RayActors:
        # Read when Ray is imported: it reports use to its makers unless told not to, and warns about coming defaults.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        try:
            import ray
        except ImportError as error:
            raise UsageError(_MISSING) from error
        if ray.is_initialized():
            return self
        own: dict[str, Any] = {}
        if self._address == _LOCAL:
            number = self._workers or default_workers()
            own = {
                "num_cpus": number,
                "_memory": number * WORKER_MEMORY,
                "include_dashboard": False,
                "object_store_memory": _OBJECT_STORE,
            }
        try:
            ray.init(address=self._address, log_to_driver=False, logging_level=logging.ERROR, **own)
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            where = "start a Ray cluster" if own else f"connect to the Ray cluster at '{self._address}'"
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise UsageError(f"Cannot {where}: {reason}") from error
        self._connected = True
        return self

    def __exit__(self, *_: object) -> None:
        if self._connected:
            import ray

            ray.shutdown()

    @property
    def capacity(self) -> int:
        """How many actors the processors and the memory of the cluster allow. Raises ``UsageError`` if none fits."""
        import ray

        found = ray.cluster_resources()
        processors, memory = int(found.get("CPU", 0)), int(found.get("memory", 0))
        if not processors or memory < WORKER_MEMORY:
            raise UsageError(
                f"The Ray cluster has {processors} processors and {memory // 1_000_000:,} MB of memory, and a worker needs 1 and "
                f"{WORKER_MEMORY // 1_000_000:,} MB. If it starts machines on demand, say with --workers how many workers to start."
            )
        return min(processors, memory // WORKER_MEMORY)

    def start(self) -> RayActor:
        """Ask the cluster for an actor; it starts when a processor and memory are free."""
        return RayActor()


class RayActor:
    """A worker that is an actor with one processor of its own."""

    def __init__(self) -> None:
        import ray

        # Without restarts and retries by Ray: the pool counts the attempts at each batch and starts a new actor.
        actor = ray.remote(QuotetrackWorker).options(
            num_cpus=1, memory=WORKER_MEMORY, max_restarts=0, max_task_retries=0
        )
        self._actor = actor.remote()

    def run(self, function: Callable[[Any], Any], given: Any) -> Any:
        """Return ``function(given)``, computed in the actor."""
        import ray
        from ray import exceptions

        deaths = (
            exceptions.RayActorError, exceptions.WorkerCrashedError, exceptions.OutOfMemoryError,
            exceptions.NodeDiedError, exceptions.ObjectLostError,
        )  # fmt: skip
        try:
            succeeded, result = ray.get(self._actor.run.remote(function, given))
        except deaths as error:
            if getattr(error, "actor_init_failed", False):
                raise _failed(error) from error
            raise WorkerDied("was killed, probably because memory ran out") from None
        except exceptions.RayError as error:
            raise _failed(error) from error
        if not succeeded:
            raise result
        return result

    def kill(self) -> None:
        """End the actor at once."""
        import ray

        ray.kill(self._actor)

    def stop(self) -> None:
        """End the actor, whether or not it is still running."""
        self.kill()


class QuotetrackWorker:
    """What runs in the process of an actor; Ray shows its name in lists of processes."""

    def run(self, function: Callable[[Any], Any], given: Any) -> tuple[bool, Any]:
        try:
            return True, function(given)
        except Exception as error:
            return False, with_traceback(error)


def _failed(error: Exception) -> RayFailed:
    """The sentence for the user; Ray's messages of many lines end with the cause."""
    reason = (str(error).strip().splitlines() or [type(error).__name__])[-1]
    return RayFailed(
        f"The Ray cluster failed: {reason}. All its machines need the same version of quotetrack and Ray; "
        "run the command again to continue."
    )
