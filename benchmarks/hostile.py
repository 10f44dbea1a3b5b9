"""Thousands of generated hostile inputs through the readers, the command line and the pages.

    python -m benchmarks.hostile [--inputs 3000] [--seed 1] [--without-models] [--without-browser] [--json FILE]

Each input is a folder with files of one kind, from ``hostile_inputs`` and ``hostile_archives``. All are read by the real
readers, then ingested into one database with a rule in place of the models (words in quotation marks before ``said`` and a
name); one of each kind is ingested by the command line with the real models. Commands are then run on the database, on damaged
copies of it, and with a full disk; its pages, and pages of a database in which every field is hostile, are opened in Chromium.

What falls short is a problem: an exception, a traceback or ``unexpected``, over 20 seconds of processor time or 2 GB for one
input (60 with the real models), a file that is neither read nor listed with a reason, anything written outside of the folders asked for, a control
character in the output of a command, a formula in an export, a finding of ``verify``, and code that runs in a page. Prints
Markdown tables; ends with 1 if there is a problem.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import stat
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import hostile_archives as archives
from benchmarks import hostile_inputs as inputs
from benchmarks import record
from benchmarks.hostile_commands import (
    Checked,
    Runner,
    damaged_databases,
    each_kind,
    full_disks,
    now,
    on_everything,
    tree,
)
from benchmarks.hostile_reading import SECONDS, Row, ingest_all, read_each

Write = Callable[[random.Random, Path], None]
ANALYSED = (
    3  # with the real models: the time of reading, and that of loading the models and of analysing 100 kB or 1,000 rows
)
_FEW = 4  # of the kinds whose inputs are large
_LARGE: tuple[Write, ...] = (
    inputs.large,
    inputs.tiny_rows,
    archives.gzip_bombs,
    archives.archive_bombs,
    archives.lines_without_mail,
    archives.nested_mail,
)
_KINDS: tuple[Write, ...] = (
    inputs.encodings, inputs.mixed_encodings, inputs.controls, inputs.surrogates, inputs.long_lines, inputs.unclosed_marks, inputs.deep_pages, inputs.deep_json, inputs.declared_data,
    inputs.nested_markdown, inputs.hostile_header, inputs.hostile_front_matter, inputs.hostile_records, inputs.hostile_table, inputs.hostile_page, inputs.odd_tables, inputs.odd_dates,
    inputs.random_bytes, archives.hostile_mail, archives.archive_members, archives.web_archives, archives.documents, archives.parquet, archives.damaged,
    archives.file_names, archives.links, archives.special_files,
)  # fmt: skip


def generate(folder: Path, count: int, seed: int) -> list[tuple[str, Path]]:
    """Write about ``count`` inputs of all kinds; returns the kind and the folder of each."""
    each = max(1, (count - _FEW * len(_LARGE)) // len(_KINDS))
    made = []
    for write, number in [(write, each) for write in _KINDS] + [(write, min(_FEW, each)) for write in _LARGE]:
        for one in range(number):
            place = folder / write.__name__ / f"{one:04}"
            place.mkdir(parents=True)
            write(random.Random(f"{seed} {write.__name__} {one}"), place)
            made.append((write.__name__, place))
    return made


def measure(work: Path, count: int, seed: int, models: bool = True, browser: bool = True) -> dict[str, Any]:
    """Do everything in the folder ``work``; returns the figures, with everything that fell short."""
    began = now()
    runner = Runner(work)
    (work / "outside").mkdir()
    (work / "outside" / "secret.txt").write_text("Nobody may read this.", encoding="utf-8")
    made = generate(work / "inputs", count, seed)
    before = tree(work / "inputs") | tree(work / "outside")
    rows = read_each([path for _, path in made])
    kinds = by_kind(made, rows)
    print_kinds(kinds)
    database = work / "all.duckdb"
    ingested = ingest_all(work / "inputs", database)
    counted = sum(ingested.get(name, 0) for name in ("new", "updated", "unchanged", "failures"))
    if counted != sum(row["articles"] + row["failures"] for row in rows):
        ingested["problems"].append(f"{counted} results of the ingest differ from those of the readers")
    groups = [on_everything(runner, database, work / "site")]
    sample = work / "inputs" / "hostile_header"
    groups.append(damaged_databases(runner, database, seed, max(9, count // 50)))
    groups.append(full_disks(runner, database, sample, max(4, count // 150)))
    if models:
        groups.append(each_kind(runner, samples(made), ANALYSED * SECONDS))
    written = Checked("files written elsewhere", runs=len(before))
    after = tree(work / "inputs") | tree(work / "outside")
    written.problems += [
        f"changed: {path}" for path in sorted(before.keys() | after.keys()) if before.get(path) != after.get(path)
    ]
    written.problems += [
        f"left in the folder for temporary files: {path}"
        for path in sorted(tree(work / "tmp"))
        if not path.rpartition("/")[2].startswith("torchinductor_")
    ]
    written.problems += [f"written: {path}" for path in ("/outside", "/tmp/outside") if Path(path).exists()]
    groups.append(written)
    pages: list[Row] = []
    if browser:
        from benchmarks.hostile_pages import open_pages

        pages = open_pages(work, seed)
    return {
        "inputs": len(made), "seed": seed, "kinds": kinds, "ingest": ingested, "pages": pages, "minutes": round((now() - began) / 60),
        "commands": [{"group": one.group, "runs": one.runs, "seconds": one.seconds, "megabytes": one.megabytes, "problems": one.problems} for one in groups],
    }  # fmt: skip


def by_kind(made: Sequence[tuple[str, Path]], rows: Sequence[Row]) -> list[Row]:
    """The counts of each kind, with its slowest and largest input and what fell short."""
    grouped: dict[str, list[tuple[Path, Row]]] = defaultdict(list)
    for (kind, path), row in zip(made, rows, strict=True):
        grouped[kind].append((path, row))
    return [
        {
            "kind": kind.replace("_", " "), "inputs": len(some), **{name: sum(row[name] for _, row in some) for name in ("articles", "failures", "not_read")},
            "seconds": max(row["seconds"] for _, row in some), "megabytes": max(row["megabytes"] for _, row in some),
            "problems": [f"{kind}/{path.name}: {row['problem']}" for path, row in some if row["problem"]],
        }
        for kind, some in grouped.items()
    ]  # fmt: skip


def samples(made: Sequence[tuple[str, Path]]) -> list[Path]:
    """The first input of each kind."""
    return list(dict(reversed(made)).values())


def problems_of(figures: dict[str, Any]) -> list[str]:
    """Everything that fell short."""
    parts = [*figures["kinds"], *figures["commands"], *figures["pages"], figures["ingest"]]
    return [problem for part in parts for problem in part["problems"]]


def main() -> None:
    """Run everything and print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--inputs", type=int, default=3000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--without-models", action="store_true")
    options.add_argument("--without-browser", action="store_true")
    record.add_option(options)
    given = options.parse_args()
    work = Path(tempfile.mkdtemp())
    try:
        figures = measure(work, given.inputs, given.seed, not given.without_models, not given.without_browser)
    finally:
        removed(work)
    print("\n| commands and pages | runs | problems |\n|---|---|---|")
    for row in [*figures["commands"], *figures["pages"]]:
        print(f"| {row['group']} | {row['runs']} | {len(row['problems'])} |")
    print(f"\nIngest: {figures['ingest']}")
    print("\n".join(found := problems_of(figures)) or "No problems.")
    record.write(given.json, figures)
    sys.exit(1 if found else 0)


def print_kinds(kinds: Sequence[Row]) -> None:
    """Print the table of kinds, as soon as the inputs are read."""
    names = ("kind", "inputs", "articles", "failures", "not_read", "seconds", "megabytes")
    print("| kind | inputs | articles | failures | not read | slowest, s | largest, MB | problems |\n|" + "---|" * 8)
    for row in kinds:
        print("| " + " | ".join(str(row[name]) for name in names) + f" | {len(row['problems'])} |", flush=True)
    print("\n".join(problem for row in kinds for problem in row["problems"]), flush=True)


def removed(folder: Path) -> None:
    """Remove a folder, with folders in it that nobody may list."""
    for here, folders, _ in os.walk(folder):
        for name in folders:
            path = Path(here, name)
            if not path.is_symlink():
                path.chmod(stat.S_IRWXU)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
