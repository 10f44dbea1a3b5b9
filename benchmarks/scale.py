"""Time, memory and disk of a database as it grows, and of one batch of new articles in it.

    python -m benchmarks.scale build --texts FOLDER --db FILE [--quotations 100000] [--json FILE]
    python -m benchmarks.scale batch --texts FOLDER --db FILE [FILE …] [--articles 100] [--rounds 3] [--json FILE]
    python -m benchmarks.scale tables --db FILE [--json FILE]

``FOLDER`` holds articles as .txt files, from whose words articles are generated (``benchmarks/scale_articles.py``).
``build`` makes a database and computes everything derived from its articles. ``batch`` does what an ingest of new
articles does after their analysis, step by step, on a copy of each database. ``tables`` shows what takes the space.
Seconds are processor time of all threads; those of ``batch`` are the minimum of the rounds.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.claims import alone, peak
from benchmarks.generated import Chain
from benchmarks.scale_articles import Made, articles, fill, reprinted
from quotetrack.cluster.clustering import cluster
from quotetrack.corrections.settle import is_settled, reflects_links, settle
from quotetrack.jobs.refresh import is_current
from quotetrack.link.linker import link
from quotetrack.read.counts import count_some
from quotetrack.repair import repair
from quotetrack.store import Store

Times = dict[str, float]
_STORED_AT_ONCE = 32  # articles, as in an ingest


def main() -> None:
    """Run the given part and print its table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("part", choices=["build", "batch", "tables"])
    options.add_argument("--texts", type=Path)
    options.add_argument("--db", type=Path, nargs="+", required=True)
    options.add_argument("--quotations", type=int, default=100_000)
    options.add_argument("--articles", type=int, default=100)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seed", type=int, default=1)
    record.add_option(options)
    given = options.parse_args()
    if given.part == "build":
        filled = alone(_filled, given.db[0], given.texts, given.quotations, given.seed)
        row = {**filled, **alone(_derived, given.db[0]), "database_mb": round(given.db[0].stat().st_size / 1e6)}
        print(row)
        record.write(given.json, row)
    elif given.part == "tables":
        record.write(given.json, tables(given.db[0]))
    else:
        rows = []
        for path in given.db:
            rounds = [alone(_batch, path, given.texts, given.articles, number) for number in range(given.rounds)]
            row = {key: min(one[key] for one in rounds) for key in rounds[0]}
            print(row, flush=True)
            rows.append(row)
        record.write(given.json, rows)


@contextmanager
def timed(times: Times, step: str) -> Iterator[None]:
    """Add the processor time of the block, with that of its processes, to ``times``."""
    began = _processor()
    yield
    times[step] = round(times.get(step, 0.0) + _processor() - began, 3)


def _processor() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _filled(path: Path, texts: Path, quotations: int, seed: int) -> Times:
    times: Times = {}
    with timed(times, "generate and store"), Store.open(path) as store:
        fill(store, articles(Chain(texts), quotations, seed))
    return times


def _derived(path: Path) -> dict[str, float]:
    """Link, cluster and repair everything, and measure each step."""
    times: Times = {}
    began = time.monotonic()
    with Store.open(path) as store:
        refreshed(store, times)
        with timed(times, "close"):
            store.close()
    clock = round(time.monotonic() - began, 1)
    with Store.open(path, read_only=True) as store:
        found: dict[str, float] = dict(count_some(store, "articles", "speakers", "claims"))
        [(found["quotations"],)] = store.connection.execute("SELECT count(*) FROM quotations").fetchall()
    return {**found, **times, "clock": clock, "peak_mb": round(peak())}


def refreshed(store: Store, times: Times) -> None:
    """``quotetrack.jobs.refresh.refresh``, with its steps measured."""
    with store.transaction():
        with timed(times, "link"):
            up_to_date = reflects_links(store)
            relinked = link(store)
        with timed(times, "corrections"):
            if not is_settled(store):
                settle(store, relinked if up_to_date else None)
    with timed(times, "cluster"):
        cluster(store)
    with timed(times, "repair"):
        repair(store)


def _batch(path: Path, texts: Path, count: int, seed: int) -> dict[str, float]:
    """Do with a copy of the database what an ingest of ``count`` analysed articles does."""
    times: Times = {}
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder) / path.name
        shutil.copy(path, copy)
        with Store.open(copy, read_only=True) as store:
            made = new_articles(store, texts, count, seed)
        with timed(times, "open"):
            store = Store.open(copy)
        with timed(times, "snapshot"):
            store.keep_readable()
        with timed(times, "put"):
            for start in range(0, count, _STORED_AT_ONCE):
                store.put(made[start : start + _STORED_AT_ONCE], "none")
        with timed(times, "compare"):
            is_current(store)
        refreshed(store, times)
        with timed(times, "count"):
            store.finish()
            count_some(store, "direct", "indirect", "mixed", "speakers", "claims", "undated")
        [(quotations,)] = store.connection.execute("SELECT count(*) FROM quotations").fetchall()
        with timed(times, "close"):
            store.close()
    total = round(sum(times.values()), 3)
    return {"quotations": quotations, **times, "all": total, "peak_mb": round(peak())}


def new_articles(store: Store, texts: Path, count: int, seed: int) -> list[Made]:
    """``count`` articles of ten quotations each, three of which print again what a speaker in the database has said."""
    rows = store.connection.execute(
        "SELECT q.text, s.name FROM quotations q JOIN sources s USING (source_id) "
        "WHERE kind = 'direct' AND length(q.text) > 60 USING SAMPLE reservoir(? ROWS) REPEATABLE (?)".replace(
            "?", "{}"
        ).format(6 * count, seed + 1)
    ).fetchall()
    draw = random.Random(seed)
    made = list(articles(Chain(texts), 10 * count, 1_000_000 + seed))[:count]
    return [reprinted(one, draw.sample(rows, 3)) for one in made]


def tables(path: Path) -> list[dict[str, Any]]:
    """Print and return the megabytes of each table without its indexes, and of what remains: indexes and free blocks."""
    with Store.open(path, read_only=True) as store:
        names = [row[0] for row in store.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        [(block,)] = store.connection.execute("SELECT block_size FROM pragma_database_size()").fetchall()
        rows = []
        for name in names:
            query = f"SELECT count(DISTINCT block_id) FROM pragma_storage_info('{name}') WHERE persistent"
            [(blocks,)] = store.connection.execute(query).fetchall()
            [(held,)] = store.connection.execute(f"SELECT count(*) FROM {name}").fetchall()
            rows.append({"table": name, "rows": held, "mb": round(blocks * block / 1e6, 1)})
    rest = path.stat().st_size / 1e6 - sum(row["mb"] for row in rows)
    rows = [
        *sorted(rows, key=lambda row: -row["mb"]),
        {"table": "indexes and free blocks", "rows": None, "mb": round(rest, 1)},
    ]
    for row in rows:
        print(row["table"], row["rows"], row["mb"])
    return rows


if __name__ == "__main__":
    main()
