"""Recall, time and memory of clustering.

    python -m benchmarks.claims planted --texts FOLDER [--printings 100000] [--json FILE]
    python -m benchmarks.claims speed --texts FOLDER [--printings 10000 100000 1000000] [--keep FOLDER] [--json FILE]
    python -m benchmarks.claims one --db FILE [--json FILE]

``FOLDER`` holds articles as .txt files, from whose words quotations are generated (``benchmarks/generated.py``).
``planted`` measures how many drifted printings are found, ``speed`` time and memory (each size in a process of its
own that only clusters), and ``one`` the time of one more article in a database left by ``speed --keep``.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import resource
import statistics
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.generated import Chain, Truth, fill, printings
from quotetrack.cluster.clustering import cluster
from quotetrack.model import Article, Quotation, Span, Speaker
from quotetrack.store import Store


def main() -> None:
    """Run the given part and print its table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("part", choices=["planted", "speed", "one"])
    options.add_argument("--texts", type=Path)
    options.add_argument("--printings", type=int, nargs="+", default=[100_000])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="keep the databases in this folder")
    options.add_argument("--db", type=Path)
    record.add_option(options)
    given = options.parse_args()
    if given.part == "one":
        record.write(given.json, one_article(given.db))
        return
    if given.part == "speed":
        print("| quotations | wordings compared | claims | seconds | per 1,000 ms | peak MB | database MB |")
        print("|---|---|---|---|---|---|---|")
    rows: list[dict[str, Any]] = []
    for count in given.printings:
        with tempfile.TemporaryDirectory() as folder:
            path = (given.keep or Path(folder)) / f"claims{count}.duckdb"
            path.unlink(missing_ok=True)
            truth = alone(_fill, path, given.texts, count, given.seed)
            seconds, claims, pairs, peak = alone(_cluster, path)
            if given.part == "planted":
                with Store.open(path, read_only=True) as store:
                    rows.append({"printings": count, **planted(store, truth)})
            else:
                size = path.stat().st_size / 1e6
                print(f"| {len(truth):,} | {pairs:,} | {claims:,} | {seconds:.1f} | {seconds / len(truth) * 1e6:.0f} "
                      f"| {peak:.0f} | {size:.0f} |", flush=True)  # fmt: skip
                rows.append(
                    {
                        "quotations": len(truth), "wording_pairs": pairs, "claims": claims, "seconds": round(seconds, 1),
                        "ms_per_thousand": round(seconds / len(truth) * 1e6), "peak_mb": round(peak), "database_mb": round(size),
                    }
                )  # fmt: skip
    record.write(given.json, rows)


def alone(function: Callable[..., Any], *given: object) -> Any:
    """Run ``function`` in a process of its own, with its memory measured, and return its result."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_watched, function, given).result()


def _fill(path: Path, texts: Path, count: int, seed: int) -> Truth:
    with Store.open(path) as store:
        return fill(store, printings(Chain(texts), count, seed))


def _cluster(path: Path) -> tuple[float, int, int, float]:
    with Store.open(path) as store:
        started = time.monotonic()
        claims = cluster(store)
        seconds = time.monotonic() - started
        pairs = store.connection.execute("SELECT count(*) FROM wording_pairs").fetchall()[0][0]
    return seconds, claims, pairs, peak()


def peak() -> float:
    """The peak memory in MB of this process and its children together, sampled five times a second.

    ``RUSAGE_CHILDREN`` cannot be used, because it includes the memory that the parent held when it started a child.
    """
    return max(_most, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)


_most = 0.0


def _watched(function: Callable[..., Any], given: tuple[object, ...]) -> Any:
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=[over])
    watcher.start()
    try:
        return function(*given)
    finally:
        over.set()
        watcher.join()


def _watch(over: threading.Event) -> None:
    global _most
    page = os.sysconf("SC_PAGE_SIZE") / 1e6
    while not over.wait(0.2):
        with contextlib.suppress(OSError):  # a thread or process ended meanwhile
            started = " ".join(task.read_text() for task in Path("/proc/self/task").glob("*/children"))
            held = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in ("self", *started.split())]
            _most = max(_most, sum(held) * page)


def planted(store: Store, truth: Truth) -> dict[str, Any]:
    """Print and return, by type of drift, the share of printings in the claim of their original, and the precision of pairs."""
    claims: dict[str, set[str]] = defaultdict(set)
    members: dict[str, list[str]] = defaultdict(list)
    for claim, quotation in store.connection.execute("SELECT claim_id, quotation_id FROM claim_quotations").fetchall():
        claims[quotation].add(claim)
        members[claim].append(quotation)
    first = {utterance: quotation for quotation, utterance, drift in truth if drift in ("first", "stock")}
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for quotation, utterance, drift in truth:
        if drift not in ("first", "stock"):
            total[drift] += 1
            found[drift] += bool(claims[quotation] & claims[first[utterance]])
    utterance_of = {quotation: utterance for quotation, utterance, _ in truth}
    right = pairs = 0
    for held in members.values():
        right += sum(n * (n - 1) // 2 for n in Counter(utterance_of[q] for q in held).values())
        pairs += len(held) * (len(held) - 1) // 2
    print("| drift | printings | found with the first |\n|---|---|---|")
    for drift in sorted(total):
        print(f"| {drift} | {total[drift]:,} | {found[drift] / total[drift]:.4f} |")
    print(f"pairs in one claim: {pairs:,}, of one utterance: {right / max(pairs, 1):.5f}")
    drifts = [
        {"drift": drift, "printings": total[drift], "found": round(found[drift] / total[drift], 4)}
        for drift in sorted(total)
    ]
    return {"drifts": drifts, "pairs": pairs, "pair_precision": round(right / max(pairs, 1), 5)}


def one_article(path: Path, rounds: int = 7) -> dict[str, Any]:
    """Print and return the time of clustering after adding one article of ten quotations, all printed before."""
    times = []
    with Store.open(path) as store:
        for number in range(rounds):
            rows = store.connection.execute(
                "SELECT q.text, s.name, x.speaker_id FROM quotations q JOIN sources s USING (source_id) "
                "JOIN source_speakers x USING (source_id) WHERE kind = 'direct' ORDER BY hash(quotation_id, ?) LIMIT 10",
                [number],
            ).fetchall()
            text = "\n\n".join(f"{name} said: {quoted}" for quoted, name, _ in rows)
            article = Article(text, url=f"https://outlet.example/new/{number}/{time.time()}", published="2031-05-05")
            store.put([(article, [_quotation(text, quoted, name) for quoted, name, _ in rows])], "m")
            store.connection.execute(
                "INSERT INTO source_speakers SELECT source_id, 's' || split_part(name, ' ', 3), false FROM sources "
                "ANTI JOIN source_speakers USING (source_id)"
            )
            started = time.monotonic()
            cluster(store)
            times.append(time.monotonic() - started)
        held = store.connection.execute("SELECT count(*) FROM quotations").fetchall()[0][0]
    print(f"one article into {held:,} quotations: median {statistics.median(times):.2f} s, worst {max(times):.2f} s")
    return {
        "quotations": held, "articles": rounds, "median_seconds": round(statistics.median(times), 2),
        "worst_seconds": round(max(times), 2),
    }  # fmt: skip


def _quotation(text: str, quoted: str, name: str) -> Quotation:
    start = text.index(quoted)
    place = text.index(name)
    return Quotation(
        kind="direct",
        content=(Span.of(text, start, start + len(quoted)),),
        source=Span.of(text, place, place + len(name)),
        speaker=Speaker(name, "person"),
        method="name",
        confidence=0.9,
    )


if __name__ == "__main__":
    main()
