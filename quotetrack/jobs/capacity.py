"""How many worker processes the memory and cores of this machine allow, also inside containers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

WORKER_MEMORY = 1_400_000_000  # bytes that a worker with the built-in models needs in a long run
_PARENT_MEMORY = 1_000_000_000  # bytes for the parent process, which reads the inputs and writes the database
_ROOT = Path("/")
_UNLIMITED = 1 << 60  # control groups of version 1 write a number near 2**63 for "no limit"


def default_workers(root: Path = _ROOT) -> int:
    """How many workers to use unless the user says otherwise: one per core, if there is memory for so many.

    ``root`` is the folder that has ``proc`` and ``sys``.

    >>> default_workers() >= 1
    True
    """
    cores, memory = available_cores(root), available_memory(root)
    if memory is None:
        return cores
    return max(1, min(cores, (memory - _PARENT_MEMORY) // WORKER_MEMORY))


def available_cores(root: Path = _ROOT) -> int:
    """The number of cores that this process may use, by its affinity and the limits of its control group."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    shares = [share for group in _groups(root, "cpu") if (share := _share(group)) is not None]
    return max(1, int(min([usable, *shares])))


def available_memory(root: Path = _ROOT) -> int | None:
    """The bytes of memory that new processes can use, or ``None`` where Linux's files are missing."""
    free = _number_after(root / "proc" / "meminfo", "MemAvailable:")
    if free is None:
        return None
    return max(
        0, min([free * 1024, *(left for group in _groups(root, "memory") if (left := _left(group)) is not None)])
    )


def _groups(root: Path, controller: str) -> Iterator[Path]:
    """The folders of this process's control group and of the groups that contain it, of version 1 and 2.

    In a container the paths in ``/proc/self/cgroup`` may be those outside of it, so folders that do not exist are left out;
    the container's own limits are then at the top.
    """
    for line in _lines(root / "proc" / "self" / "cgroup"):
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers and controller not in controllers.split(","):
            continue
        top = root / "sys" / "fs" / "cgroup" / (controller if controllers else "")
        here = top / path.strip("/")
        yield from (folder for folder in (here, *here.parents) if folder.is_relative_to(top) and folder.is_dir())


def _share(group: Path) -> float | None:
    """The cores that a control group may use; ``None`` without a limit."""
    # Version 2 has both numbers in one file, such as "150000 100000" or "max 100000"; version 1 writes -1 for no limit.
    words = _words(group / "cpu.max") or _words(group / "cpu.cfs_quota_us") + _words(group / "cpu.cfs_period_us")
    if len(words) != 2 or not all(word.isdecimal() for word in words) or int(words[1]) == 0:
        return None
    return int(words[0]) / int(words[1])


def _left(group: Path) -> int | None:
    """The bytes that a control group may still use; ``None`` without a limit."""
    for limit, used, cache in (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        numbers = [*_words(group / limit), *_words(group / used)]
        if len(numbers) == 2 and all(number.isdecimal() for number in numbers) and int(numbers[0]) < _UNLIMITED:
            # Cached files count as used, but the kernel drops them when memory is needed.
            return int(numbers[0]) - int(numbers[1]) + (_number_after(group / "memory.stat", f"{cache} ") or 0)
    return None


def _number_after(path: Path, start: str) -> int | None:
    found = (line[len(start) :].split() for line in _lines(path) if line.startswith(start))
    return next((int(words[0]) for words in found if words), None)


def _words(path: Path) -> list[str]:
    return [word for line in _lines(path) for word in line.split()]


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []
