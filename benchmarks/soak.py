"""Memory of one process that ingests articles round after round, as ``quotetrack watch --every`` does.

    python -m benchmarks.soak FOLDER [--articles 20000] [--round 500] [--characters 1000] [--workers 1] [--json FILE]

The articles are those of FOLDER and copies with some words replaced (``benchmarks/growth.py``), cut after the paragraph
in which ``--characters`` are reached. Each round opens the database, ingests, links, clusters and closes it. Prints a Markdown
table with a row for each tenth of the rounds: the memory of the main process after the round, the peak of the processes it
started, and the processor time of all. At the end ``quotetrack verify`` has to find nothing.
"""

from __future__ import annotations

import argparse
import gc
import random
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.growth import changed
from benchmarks.scale import Times, timed
from quotetrack.jobs.ingest import ingest
from quotetrack.jobs.verify import verify
from quotetrack.store import Store


def main() -> None:
    """Run the rounds and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--round", type=int, default=500)
    options.add_argument("--characters", type=int, default=1000)
    options.add_argument("--workers", type=int, default=1)
    record.add_option(options)
    given = options.parse_args()
    print(
        "| articles | quotations | main process, MB | workers, peak MB | processor time of the round, s | database, MB |"
    )
    print("|---|---|---|---|---|---|")
    rounds = given.articles // given.round
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "soak.duckdb"
        for number, texts in enumerate(written(given, Path(folder)), 1):
            row = one_round(database, texts, given.workers)
            if number == 1 or number % max(1, rounds // 10) == 0:
                rows.append({"articles": number * given.round, **row})
                print("| " + " | ".join(f"{value:,}" for value in rows[-1].values()) + " |", flush=True)
        with Store.open(database, read_only=True) as store:
            problems = [str(one) for one in verify(store)]
    print("verify:", problems or "no problems")
    record.write(given.json, {"rounds": rows, "problems": problems})


def written(given: argparse.Namespace, folder: Path) -> Iterator[Path]:
    """Write and yield a folder of articles for each round."""
    texts = [cut(path.read_text(encoding="utf-8", errors="replace"), given.characters) for path in sorted(given.folder.rglob("*.txt"))]  # fmt: skip
    for first in range(0, given.articles, given.round):
        place = folder / f"{first:06}"
        place.mkdir()
        for number in range(first, first + given.round):
            turn, one = divmod(number, len(texts))
            text = changed(texts[one], random.Random(number)) if turn else texts[one]
            (place / f"{number:06}.txt").write_text(text, encoding="utf-8")
        yield place


def cut(text: str, characters: int) -> str:
    """The text up to the end of the paragraph in which ``characters`` are reached."""
    end = text.find("\n", characters)
    return text if end < 0 else text[:end]


def one_round(database: Path, texts: Path, workers: int) -> dict[str, Any]:
    """Ingest a folder; returns the memory used and the seconds of processor time."""
    times: Times = {}
    with watched_children() as peaks, timed(times, "round"), Store.open(database) as store:
        ingest(store, [texts], workers=workers)
        [(quotations,)] = store.connection.execute("SELECT count(*) FROM quotations").fetchall()
    gc.collect()
    return {
        "quotations": quotations, "main_mb": round(resident("self")), "workers_mb": round(max(peaks, default=0.0)),
        "seconds": round(times["round"]), "database_mb": round(database.stat().st_size / 1e6),
    }  # fmt: skip


@contextmanager
def watched_children() -> Iterator[list[float]]:
    """Collect the resident size of the children of this process together, in MB, once a second."""
    sizes: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(1.0):
            children = Path("/proc/self/task").glob("*/children")
            sizes.append(sum(resident(child) for path in children for child in path.read_text().split()))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield sizes
    finally:
        over.set()
        thread.join()


def resident(process: str) -> float:
    """The resident size of a process in MB; 0 if it has ended."""
    try:
        fields = Path("/proc", process, "status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in fields if line.startswith("VmRSS:")), 0.0)


if __name__ == "__main__":
    main()
