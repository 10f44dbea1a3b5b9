"""What clustering finds and costs.

    python -m benchmarks.claims planted --texts FOLDER [--printings 100000]
    python -m benchmarks.claims speed --texts FOLDER [--printings 10000 100000 1000000]

``FOLDER`` holds articles as .txt files, whose words the generated quotations are made of (``benchmarks/generated.py``).
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.generated import Chain, fill, printings
from quotetrack.cluster import cluster
from quotetrack.store import Store


def main() -> None:
    """Run the part asked for and print its table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("part", choices=["planted", "speed"])
    options.add_argument("--texts", type=Path, required=True)
    options.add_argument("--printings", type=int, nargs="+", default=[100_000])
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="keep the database made in this folder")
    given = options.parse_args()
    chain = Chain(given.texts)
    for count in given.printings:
        with tempfile.TemporaryDirectory() as folder:
            path = (given.keep or Path(folder)) / f"claims{count}.duckdb"
            path.unlink(missing_ok=True)
            with Store.open(path) as store:
                started = time.monotonic()
                truth = fill(store, printings(chain, count, given.seed))
                made = time.monotonic() - started
                started = time.monotonic()
                claims = cluster(store)
                took = time.monotonic() - started
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(f"{count} printings made in {made:.1f} s; {claims} claims in {took:.1f} s; peak {peak:.0f} MB")
                if given.part == "planted":
                    planted(store, truth)


def planted(store: Store, truth: list[tuple[str, int, str]]) -> None:
    """Of each type of drift, how many are in a claim with the utterance as first printed; and how many pairs are right."""
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
        for count in Counter(utterance_of[q] for q in held).values():
            right += count * (count - 1) // 2
        pairs += len(held) * (len(held) - 1) // 2
    print("| drift | printings | with the first |\n|---|---|---|")
    for drift in sorted(total):
        print(f"| {drift} | {total[drift]} | {found[drift] / total[drift]:.4f} |")
    print(f"pairs in one claim: {pairs}, of one utterance: {right / max(pairs, 1):.4f}")


if __name__ == "__main__":
    main()
