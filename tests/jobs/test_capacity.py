"""How many workers are started unless the user says otherwise, from faked files of the kernel."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quotetrack.jobs.capacity import available_cores, available_memory, default_workers

GB = 1_000_000_000
UNLIMITED_V1 = 9_223_372_036_854_771_712


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with 16 cores and 64 GB of memory, without control groups."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)), raising=False)
    write(tmp_path / "proc/meminfo", f"MemTotal: {70 * GB // 1024} kB\nMemAvailable: {64 * GB // 1024} kB\n")
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_cores_decide_where_there_is_memory(root: Path) -> None:
    """With plenty of memory there is one worker per core that the process may use."""
    assert (available_cores(root), available_memory(root), default_workers(root)) == (16, 64 * GB // 1024 * 1024, 16)


def test_memory_decides_where_it_is_short(root: Path) -> None:
    """Each worker needs 1.4 GB, as in a long run, and the parent 1 GB, and there is always one worker."""
    write(root / "proc/meminfo", f"MemAvailable: {4 * GB // 1024} kB\n")
    assert default_workers(root) == 2
    write(root / "proc/meminfo", "MemAvailable: 1000 kB\n")
    assert default_workers(root) == 1


def test_limits_of_control_groups_version_2(root: Path) -> None:
    """The tightest limit of the group and of the groups around it counts; cached files do not count as used."""
    write(root / "proc/self/cgroup", "0::/machine/box\n")
    group = root / "sys/fs/cgroup/machine/box"
    write(group / "memory.max", "max\n")
    write(group / "memory.current", f"{2 * GB}\n")
    write(group / "cpu.max", "max 100000\n")
    write(group.parent / "memory.max", f"{6 * GB}\n")
    write(group.parent / "memory.current", f"{3 * GB}\n")
    write(group.parent / "memory.stat", f"anon 5\ninactive_file {GB}\n")
    write(group.parent / "cpu.max", "350000 100000\n")
    assert (available_cores(root), available_memory(root), default_workers(root)) == (3, 4 * GB, 2)


def test_limits_of_control_groups_version_1(root: Path) -> None:
    """Both controllers of version 1 are read, and numbers that stand for no limit are not limits."""
    write(root / "proc/self/cgroup", "4:memory:/docker/ab\n2:cpu,cpuacct:/docker/ab\n0::/\n")
    memory, cpu = root / "sys/fs/cgroup/memory", root / "sys/fs/cgroup/cpu/docker/ab"
    write(memory / "memory.limit_in_bytes", f"{UNLIMITED_V1}\n")
    write(memory / "memory.usage_in_bytes", f"{9 * GB}\n")
    write(cpu / "cpu.cfs_quota_us", "-1\n")
    write(cpu / "cpu.cfs_period_us", "100000\n")
    assert default_workers(root) == 16
    write(cpu / "cpu.cfs_quota_us", "250000\n")
    # In a container its own limits are at the top, although /proc names the path outside of it.
    write(memory / "memory.limit_in_bytes", f"{3 * GB}\n")
    write(memory / "memory.usage_in_bytes", f"{GB}\n")
    write(memory / "memory.stat", "cache 7\ntotal_inactive_file 0\n")
    assert (available_cores(root), available_memory(root), default_workers(root)) == (2, 2 * GB, 1)


def test_without_files_of_the_kernel_cores_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the kernel has no such files, as on macOS, the number of workers is the number of cores."""
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert (available_memory(tmp_path), default_workers(tmp_path)) == (None, 6)
