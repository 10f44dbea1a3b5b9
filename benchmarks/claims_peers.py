"""Clustering compared with MinHash LSH and with comparing all pairs.

    pip install datasketch rensa
    python -m benchmarks.claims_peers --texts FOLDER [--printings 10000 100000] [--json FILE]

Each system gets the same generated quotations (``benchmarks/generated.py``) in a process of its own, one after
another: quotetrack's ``cluster`` on a database; datasketch and rensa (128 permutations, shingles of three words,
Jaccard 0.5, joined by union-find); and rapidfuzz ``process.cdist`` with a ``partial_ratio`` of 80 or more over words,
for up to 10,000 quotations. Times exclude generating the quotations, and include quotetrack's reading and writing of
its database.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from benchmarks import record
from benchmarks.claims import alone, peak
from benchmarks.generated import Chain, Quoted, fill, printings
from quotetrack.cluster.clustering import cluster
from quotetrack.cluster.wordings import encode
from quotetrack.store import Store
from quotetrack.text.words import words_of

Result = tuple[float, float, dict[str, float], float]  # seconds, peak MB, recall by drift, precision of pairs


def main() -> None:
    """Run each system on each size and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, required=True)
    options.add_argument("--printings", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--seed", type=int, default=1)
    record.add_option(options)
    given = options.parse_args()
    print("| quotations | way | seconds | peak MB | truncated found | altered found | all drift found | pairs right |")
    print("|---|---|---|---|---|---|---|---|")
    ways: dict[str, Callable[[Path, int, int], Result]] = {
        "quotetrack": quotetrack, "datasketch": datasketch, "rensa": rensa, "cdist": cdist,
    }  # fmt: skip
    rows = []
    for count in given.printings:
        for name, way in ways.items():
            if name != "cdist" or count <= 10_000:
                seconds, peak, recall, precision = alone(way, given.texts, count, given.seed)
                print(
                    f"| {count:,} | {name} | {seconds:.1f} | {peak:.0f} | {recall['truncated']:.3f} | {recall['altered']:.3f} "
                    f"| {recall['all']:.3f} | {precision:.4f} |",
                    flush=True,
                )
                rows.append(
                    {
                        "quotations": count, "system": name, "seconds": round(seconds, 1), "peak_mb": round(peak),
                        "truncated_recall": round(recall["truncated"], 3), "altered_recall": round(recall["altered"], 3),
                        "recall": round(recall["all"], 3), "pair_precision": round(precision, 4),
                    }
                )  # fmt: skip
    record.write(given.json, rows)


def quotetrack(texts: Path, count: int, seed: int) -> Result:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "claims.duckdb") as store:
        truth = fill(store, printings(Chain(texts), count, seed))
        started = time.monotonic()
        cluster(store)
        seconds = time.monotonic() - started
        claims: dict[str, set[str]] = {}
        for claim, quotation in store.connection.execute(
            "SELECT claim_id, quotation_id FROM claim_quotations"
        ).fetchall():
            claims.setdefault(quotation, set()).add(claim)
    return seconds, peak(), *_judged([(u, d) for _, u, d in truth], [claims[q] for q, _, _ in truth])


def datasketch(texts: Path, count: int, seed: int) -> Result:
    from datasketch import MinHash, MinHashLSH

    quoted = list(printings(Chain(texts), count, seed))
    started = time.monotonic()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    links = []
    for number, one in enumerate(quoted):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([shingle.encode() for shingle in _shingles(one)])
        links += [(number, other) for other in index.query(sketch)]
        index.insert(number, sketch)
    return _joined(quoted, links, started)


def rensa(texts: Path, count: int, seed: int) -> Result:
    from rensa import RMinHash, RMinHashLSH

    quoted = list(printings(Chain(texts), count, seed))
    started = time.monotonic()
    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    links = []
    for number, one in enumerate(quoted):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(_shingles(one))
        links += [(number, other) for other in index.query(sketch)]
        index.insert(number, sketch)
    return _joined(quoted, links, started)


def cdist(texts: Path, count: int, seed: int) -> Result:
    from rapidfuzz import fuzz, process

    quoted = list(printings(Chain(texts), count, seed))
    started = time.monotonic()
    codes = [encode(" ".join(one.pieces)) for one in quoted]
    links: list[tuple[int, int]] = []
    for start in range(0, count, 1000):
        scores = process.cdist(
            codes[start : start + 1000], codes, scorer=fuzz.partial_ratio, score_cutoff=80, dtype=np.uint8, workers=-1
        )
        links += [(start + a, b) for a, b in zip(*(x.tolist() for x in np.nonzero(scores)), strict=True)]
    return _joined(quoted, links, started)


def _shingles(one: Quoted) -> list[str]:
    words = words_of(" ".join(one.pieces))
    return [" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))]


def _joined(quoted: list[Quoted], links: Iterable[tuple[int, int]], started: float) -> Result:
    into = list(range(len(quoted)))

    def find(node: int) -> int:
        while into[node] != node:
            into[node] = into[into[node]]
            node = into[node]
        return node

    for a, b in links:
        into[find(a)] = find(b)
    groups = [{str(find(node))} for node in range(len(quoted))]
    seconds = time.monotonic() - started
    return seconds, peak(), *_judged([(one.utterance, one.drift) for one in quoted], groups)


def _judged(truth: list[tuple[int, str]], groups: list[set[str]]) -> tuple[dict[str, float], float]:
    first = {utterance: number for number, (utterance, drift) in enumerate(truth) if drift in ("first", "stock")}
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    members: dict[str, Counter[int]] = {}
    for number, (utterance, drift) in enumerate(truth):
        for group in groups[number]:
            members.setdefault(group, Counter())[utterance] += 1
        if drift not in ("first", "stock"):
            hit = bool(groups[number] & groups[first[utterance]])
            for name in (drift, "all"):
                total[name] += 1
                found[name] += hit
    right = sum(n * (n - 1) // 2 for held in members.values() for n in held.values())
    pairs = sum(held.total() * (held.total() - 1) // 2 for held in members.values())
    return {name: found[name] / count for name, count in total.items()}, right / max(pairs, 1)


if __name__ == "__main__":
    main()
