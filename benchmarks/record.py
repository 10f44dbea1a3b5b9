"""Writes the figures of a benchmark with its command, machine and date as JSON, for ``benchmarks.tables``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any


def add_option(options: argparse.ArgumentParser) -> None:
    """Add ``--json FILE`` to the options of a benchmark."""
    options.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to this file")


def write(path: Path | None, figures: Any) -> None:
    """Write ``figures`` to ``path`` with the command that was run, the machine and the date; nothing without a path.

    >>> write(Path("benchmarks/results/linking.json"), [{"sources": 10_000, "link_seconds": 1.6}])  # doctest: +SKIP
    """
    if path is None:
        return
    record = {
        "command": command(sys.argv),
        "machine": machine(),
        "date": date.today().isoformat(),
        "figures": figures,
    }
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def command(arguments: list[str]) -> str:
    """The command line without ``--json`` and without local folder names.

    >>> command(["benchmarks/speed.py", "/data/polnear/dev/text", "--rounds", "4", "--json", "speed.json"])
    'python -m benchmarks.speed text --rounds 4'
    """
    shown = []
    given = iter(arguments[1:])
    for argument in given:
        if argument == "--json":
            next(given, None)
        elif not argument.startswith("--json="):
            shown.append(shlex.quote(Path(argument).name if argument.startswith("/") else argument))
    program = Path(arguments[0])
    name = program.parent.name if program.stem == "__main__" else program.stem
    return " ".join([f"python -m benchmarks.{name}", *shown])


def machine() -> str:
    """The processor cores, the memory and the versions that the figures depend on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, CPU only, Python {platform.python_version()}, "
        f"torch {version('torch').partition('+')[0]}, Stanza {version('stanza')}"
    )
