"""Time and memory of ingesting 100, 1,000 and 10,000 articles.

    python -m benchmarks.growth FOLDER [--sizes 100 1000 10000] [--workers 2] [--whole] [--json FILE]

If FOLDER has too few articles, copies are added in which some words of every paragraph are replaced by others from
the same article, so that hardly any sentence is repeated. ``--whole`` also measures linking and clustering. Each size
runs in a process of its own. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks import record

WORD = re.compile(r"\b[a-z]{4,}\b")


def main() -> None:
    """Run each size and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--whole", action="store_true")
    options.add_argument("--one", type=int, help=argparse.SUPPRESS)
    record.add_option(options)
    given = options.parse_args()
    if given.one:
        print(json.dumps(measure(given)))
        return
    print(
        "| articles | characters | quotations | seconds | articles/s | peak MB of a worker | peak MB of the main process | link, cluster s |"
    )
    print("|---|---|---|---|---|---|---|---|")
    rows = []
    for size in given.sizes:
        command = [sys.executable, "-m", "benchmarks.growth", given.folder, "--one", size, "--workers", given.workers]
        command += ["--whole"] if given.whole else []
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr[-2000:])
        row = json.loads(done.stdout.splitlines()[-1])
        print(
            f"| {size:,} | {row['characters']:,} | {row['quotations']:,} | {row['seconds']:.0f} | {size / row['seconds']:.2f} | "
            f"{row['worker']:.0f} | {row['main']:.0f} | {row['derived']} |",
            flush=True,
        )
        rows.append(
            {
                "articles": size, "characters": row["characters"], "quotations": row["quotations"],
                "seconds": round(row["seconds"]), "articles_per_second": round(size / row["seconds"], 2),
                "worker_peak_mb": round(row["worker"]), "main_peak_mb": round(row["main"]),
            }
        )  # fmt: skip
    record.write(given.json, rows)


def measure(given: argparse.Namespace) -> dict[str, object]:
    """Measure one size: ingest into an empty database, with linking and clustering only if requested."""
    import quotetrack.jobs.refresh as job
    from quotetrack.jobs.ingest import ingest
    from quotetrack.store import Store

    derived = [0.0, 0.0]

    def timed(number: int, function: object) -> object:
        def call(store: Store) -> None:
            began = time.monotonic()
            if given.whole:
                function(store)  # type: ignore[operator]
            derived[number] = time.monotonic() - began

        return call

    job.refresh_speakers = timed(0, job.refresh_speakers)  # type: ignore[assignment]
    job.cluster = timed(1, job.cluster)  # type: ignore[assignment]
    peaks = {"worker": 0.0, "main": 0.0}
    done = threading.Event()
    threading.Thread(target=_watch, args=(peaks, done), daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        characters = write(given.folder, Path(folder) / "articles", given.one)
        with Store.open(Path(folder) / "growth.duckdb") as store:
            began = time.monotonic()
            ingest(store, [Path(folder) / "articles"], workers=given.workers)
            seconds = time.monotonic() - began - sum(derived)
            [(quotations,)] = store.connection.execute("SELECT count(*) FROM quotations").fetchall()
    done.set()
    shown = f"{derived[0]:.0f}, {derived[1]:.0f}" if given.whole else "not run"
    return {"characters": characters, "quotations": quotations, "seconds": seconds, "derived": shown, **peaks}


def write(source: Path, target: Path, size: int) -> int:
    """Write ``size`` articles and return the number of their characters."""
    target.mkdir()
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(source.rglob("*.txt"))]
    characters = 0
    for number in range(size):
        turn, place = divmod(number, len(texts))
        text = changed(texts[place], random.Random(number)) if turn else texts[place]
        characters += len(text)
        (target / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return characters


def changed(text: str, chance: random.Random) -> str:
    """The text with one in eight lower-case words replaced by another of its words."""
    words = WORD.findall(text)
    return WORD.sub(lambda match: chance.choice(words) if chance.random() < 0.125 else match[0], text)


def _watch(peaks: dict[str, float], done: threading.Event) -> None:
    """Record the peak resident size of this process and of each child, in megabytes."""
    import os

    own = os.getpid()
    while not done.wait(1.0):
        for path in Path("/proc").glob("[0-9]*/status"):
            try:
                fields = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
                kind = "main" if int(fields["Pid"]) == own else "worker" if int(fields["PPid"]) == own else ""
                if kind and "VmHWM" in fields:
                    peaks[kind] = max(peaks[kind], int(fields["VmHWM"].split()[0]) / 1024)
            except (OSError, KeyError, ValueError):
                continue


if __name__ == "__main__":
    main()
