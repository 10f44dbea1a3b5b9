"""Runs commands on hostile inputs and on damaged databases, each in a child process, for ``benchmarks.hostile``."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.hostile_reading import MEGABYTES
from quotetrack.store import Store

ROOT = Path(__file__).resolve().parent.parent
_WAIT = 900.0  # seconds without an end after which a command is killed; the machine may be busy
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SIGNS = ("unexpected", "Traceback", "Segmentation", "MemoryError", "RecursionError")
# A file that a spreadsheet opens must not have a cell that begins like this.
_FORMULA = re.compile(r'(?:^|[,\t])"?[=+@\t\r-](?!\d)', re.MULTILINE)


@dataclass(slots=True)
class Checked:
    """How many commands of a group were run, and what fell short."""

    group: str
    runs: int = 0
    seconds: float = 0.0
    megabytes: int = 0
    problems: list[str] = field(default_factory=list)


class Runner:
    """Runs commands in ``folder``, where the environment puts all files that are not asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("home", "tmp"):
            (folder / name).mkdir(exist_ok=True)
        places = {
            "HOME": str(folder / "home"),
            "TMPDIR": str(folder / "tmp"),
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": str(ROOT),
        }
        self.environment = {**os.environ, **places}

    def run(
        self,
        checked: Checked,
        *arguments: str,
        limit: float,
        before: Callable[[], None] | None = None,
        prefix: Sequence[str] = (),
    ) -> bytes:
        """Run a command with ``limit`` seconds of processor time, and note what falls short; returns standard output."""
        name = " ".join(arguments[:2])

        def prepare() -> None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 60, int(limit) + 60))
            if before:
                before()

        began = _children()
        try:
            done = subprocess.run(
                [*prefix, sys.executable, "-m", "quotetrack", *arguments], cwd=self.folder, env=self.environment,
                capture_output=True, timeout=_WAIT, preexec_fn=prepare, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            checked.problems.append(f"{name}: no end within {_WAIT:.0f} seconds")
            return b""
        used, peak = _children()[0] - began[0], _children()[1]
        checked.runs += 1
        checked.seconds = max(checked.seconds, round(used, 1))
        checked.megabytes = max(checked.megabytes, peak)
        checked.problems += [f"{name}: {one}" for one in _wrong(done.stdout, done.stderr, done.returncode)]
        if used > limit:
            checked.problems.append(f"{name}: {used:.0f} seconds")
        if peak > MEGABYTES:
            checked.problems.append(f"{name}: {peak} MB")
        return done.stdout


def _children() -> tuple[float, int]:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1000


def _wrong(out: bytes, err: bytes, code: int) -> list[str]:
    found = []
    if code < 0 or code not in (0, 1, 2):
        found.append(f"ended with {code}")
    for name, data in (("standard output", out), ("standard error", err)):
        text = data.decode("utf-8", "surrogateescape")
        if control := _CONTROLS.search(text):
            found.append(f"{name} has {control[0]!r}")
    found += [f"{sign}: {err.decode('utf-8', 'replace')[-300:]}" for sign in _SIGNS if sign.encode() in err]
    return found


def each_kind(runner: Runner, samples: Sequence[Path], limit: float) -> Checked:
    """Ingest one input of each kind with the real models."""
    checked = Checked("one input of each kind, real models")
    for number, sample in enumerate(samples):
        runner.run(checked, "ingest", str(sample), "--db", f"kind{number}.duckdb", "--workers", "1", limit=limit)
    return checked


def on_everything(runner: Runner, database: Path, pages: Path) -> Checked:
    """Run the commands that show or write something on the database of all inputs."""
    checked = Checked("commands on the database of all inputs")
    db = ("--db", str(database))
    for words in (
        ["stats"], ["failures"], ["speakers"], ["speakers", "--json"], ["corrections"], ["search", "ferry"], ["search", "ferry", "--json"], ["show", "Ruth Vale"], ["show", "script"],
        ["check", "The ferry must wait"], ["check", "=1+1 <script>", "--said-by", "\x1b[2J"], ["review", "--json"], ["failures", "--json"], ["verify"],
        ["report", "--out", str(pages)], ["speakers", "rename", "Ruth Vale", "=1+1 \x1b[2J<b>", "--why", "{{ 7*7 }}\n\x9b"], ["corrections"],
    ):  # fmt: skip
        runner.run(checked, *words, *db, limit=300)
    for kind in ("csv", "xlsx", "jsonl", "jsonld", "docx", "parquet", "brat", "webannotation"):
        out = runner.folder / f"export.{kind}"
        runner.run(checked, "export", str(out), "--format", kind, *db, limit=300)
        checked.problems += _formulas(out)
    return checked


def _formulas(out: Path) -> list[str]:
    """What a spreadsheet would compute in an exported file."""
    if out.suffix == ".csv" and out.exists():
        import csv

        with out.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row if cell[:1] in tuple("=+@\t\r")]
        return [f"{out.name}: the cell {cells[0][:60]!r}"] if cells else []
    if out.suffix == ".xlsx" and out.exists():
        with zipfile.ZipFile(out) as archive:
            return [f"{out.name}: a formula in {name}" for name in archive.namelist() if b"<f>" in archive.read(name)]
    return []


def damaged_databases(runner: Runner, database: Path, seed: int, count: int) -> Checked:
    """Run commands on copies of the database that are cut off, or of which some bytes were changed."""
    checked = Checked("damaged databases")
    draw, whole = random.Random(seed), database.read_bytes()
    commands = (["stats"], ["speakers"], ["check", "The ferry must wait"], ["search", "ferry"], ["export", "out.jsonl"], ["report", "--out", "damaged"], ["verify"],
                ["speakers", "rename", "Ruth Vale", "R. Vale", "--why", "x"], ["backup", "copy.duckdb", "--force"])  # fmt: skip
    for number in range(count):
        data = bytearray(whole)
        for _ in range(draw.choice([1, 3, 30])):
            place = draw.randrange(len(data))
            data[place : place + 64] = draw.randbytes(64)
        copy = runner.folder / "damaged.duckdb"
        for left in runner.folder.glob("damaged.duckdb*"):
            left.unlink()
        copy.write_bytes(data[: draw.randrange(len(data))] if draw.random() < 0.3 else data)
        runner.run(checked, *commands[number % len(commands)], "--db", str(copy), limit=60)
    return checked


def full_disks(runner: Runner, database: Path, articles: Path, count: int) -> Checked:
    """Ingest with little room on the disk, and into files and folders that are read-only; what was stored stays readable."""
    checked = Checked("full disks, read-only files and folders")
    size = database.stat().st_size
    for number in range(count):
        copy = runner.folder / "full.duckdb"
        shutil.copy(database, copy)
        room = size + 30_000 * number

        def little_room(room: int = room) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

        words = (["ingest", str(articles), "--workers", "1"], ["speakers", "rename", "Ruth Vale", "R. Vale", "--why", "x"], ["report", "--out", "full"], ["backup", "full-copy.duckdb", "--force"])[number % 4]  # fmt: skip
        runner.run(checked, *words, "--db", str(copy), limit=120, before=little_room)
        with Store.open(copy, read_only=True) as store:
            if not store.connection.execute("SELECT count(*) FROM articles").fetchall()[0][0]:
                checked.problems.append("articles were lost")
    _read_only(runner, checked, database, articles)
    return checked


def _read_only(runner: Runner, checked: Checked, database: Path, articles: Path) -> None:
    """Like other users: without the rights of root, which may write everywhere."""
    limited = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
    prefix = limited if os.geteuid() == 0 else []
    if prefix and shutil.which("setpriv") is None:
        return
    folder = runner.folder / "readonly"
    folder.mkdir()
    copy = Path(shutil.copy(database, folder / "a.duckdb"))
    for path, mode in ((copy, 0o400), (folder, 0o500), (copy, 0o000)):
        path.chmod(mode)
        for words in (
            ["ingest", str(articles), "--workers", "1"],
            ["stats"],
            ["report", "--out", str(folder / "site")],
            ["backup", str(folder / "b.duckdb")],
            ["speakers", "rename", "Ruth Vale", "R. Vale", "--why", "x"],
        ):
            runner.run(checked, *words, "--db", str(copy), limit=60, prefix=prefix)
    folder.chmod(0o700)


def tree(folder: Path) -> dict[str, object]:
    """Every entry below a folder with its size and time, to see what was written."""
    found: dict[str, object] = {}
    for here, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(here, name)
            state = path.lstat()
            found[json.dumps(str(path))] = (
                (state.st_size, state.st_mtime_ns, state.st_mode) if name in files else state.st_mode
            )
    return found


def now() -> float:
    """The time in seconds, to state how long a run took."""
    return time.monotonic()
