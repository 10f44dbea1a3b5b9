"""Time, memory and size of the site of a database with many speakers.

    python -m benchmarks.site --texts FOLDER [--speakers 20000] [--printings 60000] [--keep FILE] [--json FILE]

``FOLDER`` holds articles as .txt files, from whose words quotations are generated (``benchmarks/generated.py``). Most
speakers have one or two quotations, few have hundreds. Prints a table of three runs of ``write_site`` in processes of
their own: into an empty folder, again without a change, and after one article was added.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.claims import alone
from benchmarks.generated import Chain, Quoted, fill, printings
from quotetrack.cluster.clustering import cluster
from quotetrack.model import Article, Quotation, Span, Speaker
from quotetrack.report.site import write_site
from quotetrack.store import Store


def main() -> None:
    """Fill a database, write the site three times and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, required=True)
    options.add_argument("--speakers", type=int, default=20_000)
    options.add_argument("--printings", type=int, default=60_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, metavar="FILE", help="keep the database, or use it if it exists")
    record.add_option(options)
    given = options.parse_args()
    print("| run | dossiers | files | written | processor s | wall s | peak MB | site MB | home page KB |")
    print("|---|---|---|---|---|---|---|---|---|")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "site.duckdb"
        if not path.exists():
            alone(build, path, given.texts, given.speakers, given.printings, given.seed)
        out = Path(folder) / "site"
        for run in ("first", "unchanged", "one article more"):
            if run == "one article more":
                alone(add_article, path)
            row = {"run": run, **alone(measured, path, out)}
            rows.append(row)
            print(
                f"| {run} | {row['dossiers']:,} | {row['files']:,} | {row['written']:,} | {row['processor_seconds']} "
                f"| {row['seconds']} | {row['peak_mb']} | {row['site_mb']} | {row['home_kb']} |",
                flush=True,
            )
            record.write(given.json, rows)


def build(path: Path, texts: Path, speakers: int, count: int, seed: int) -> None:
    """Store generated printings of this many speakers, and cluster them."""
    with Store.open(path) as store:
        fill(store, spread(printings(Chain(texts), count, seed), speakers))
        cluster(store)


def spread(quoted: Iterator[Quoted], speakers: int) -> Iterator[Quoted]:
    """Give each of the first utterances to a speaker of its own, so that all speak, and the others as generated."""
    for one in quoted:
        yield replace(
            one, speaker=one.utterance if one.utterance < speakers else one.speaker * speakers // 200_000 % speakers
        )


def add_article(path: Path) -> None:
    """Store one article with one new statement of the first speaker."""
    quoted = "“The new crane will stand at the quay by the end of the summer,”"
    text = f"{quoted} said Speaker Number 0."
    start = text.index("Speaker")
    quotation = Quotation(
        "direct", (Span.of(text, 0, len(quoted)),), source=Span.of(text, start, len(text) - 1),
        speaker=Speaker("Speaker Number 0", "person"), method="name", confidence=0.9, speaker_confidence=0.9,
    )  # fmt: skip
    with Store.open(path) as store:
        store.put(
            [(Article(text, outlet="Outlet 0", url="https://outlet.example/new", title="New"), [quotation])], "none"
        )
        cluster(store)


def measured(path: Path, out: Path) -> dict[str, Any]:
    """Write the site and measure it; the file system is part of the wall time."""
    started, processor = time.monotonic(), time.process_time()
    with Store.open(path, read_only=True) as store:
        site = write_site(store, out)
    return {
        "dossiers": site.dossiers,
        "files": len(site.files),
        "written": site.changed,
        "processor_seconds": round(time.process_time() - processor, 1),
        "seconds": round(time.monotonic() - started, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "site_mb": round(sum(path.stat().st_size for path in site.files) / 1e6),
        "home_kb": round(site.index.stat().st_size / 1000),
    }


if __name__ == "__main__":
    main()
