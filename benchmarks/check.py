"""What looking up a wording finds and costs.

    python -m benchmarks.check --texts FOLDER --db FILE [--queries 1000]

``FILE`` is a database that ``python -m benchmarks.claims speed --keep`` left. A fourth each of the queries are quotations
of eight words or more as printed, cut to half or more of their words, with a word in eight changed, and invented by the
chain that made the database's own.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

from benchmarks.generated import Chain, sentence
from quotetrack.check import check
from quotetrack.cluster.words import words_of
from quotetrack.store import Store


def main() -> None:
    """Look everything up and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, required=True)
    options.add_argument("--db", type=Path, required=True)
    options.add_argument("--queries", type=int, default=1000)
    options.add_argument("--seed", type=int, default=5)
    given = options.parse_args()
    chance = random.Random(given.seed)
    chain = Chain(given.texts)
    with Store.open(given.db, read_only=True) as store:
        held = store.connection.execute("SELECT count(*) FROM quotations").fetchall()[0][0]
        rows = store.connection.execute(
            "SELECT quotation_id, text FROM quotations WHERE kind = 'direct' AND len(string_split(text, ' ')) >= 8 "
            "AND text NOT LIKE '%[%' AND text NOT LIKE '%…%' ORDER BY hash(quotation_id, ?) LIMIT ?",
            [given.seed, given.queries // 4 * 3],
        ).fetchall()
        texts = dict(rows)
        asked = [
            _query(text, ("true", "truncated", "altered")[i % 3], chain, chance) for i, (_, text) in enumerate(rows)
        ]
        queries = [(kind, text, row[0]) for (kind, text), row in zip(asked, rows, strict=True)]
        invented = [w for w in chain.utterances(given.queries, given.seed + 99) if len(w) >= 8]
        queries += [("invented", sentence(w), "") for w in invented[: given.queries // 4]]
        chance.shuffle(queries)
        check(store, "warm the caches with a wording that nobody has ever printed anywhere")
        right: dict[str, list[bool]] = {}
        times = []
        for kind, text, quotation in queries:
            started = time.perf_counter()
            answer = check(store, text)
            times.append(time.perf_counter() - started)
            if kind == "invented":
                right.setdefault(kind, []).append(answer.verdict == "not found")
            else:
                first = answer.matches[0] if answer.matches else None
                ids = {first.printing.quotation_id, *(o.quotation_id for o in first.others)} if first else set()
                # A stock phrase is many people's: the same words in another claim are as right an answer.
                same = first is not None and words_of(first.printing.wording) == words_of(texts[quotation])
                right.setdefault(kind, []).append(same or quotation in ids)
    times.sort()
    print(f"{len(queries)} queries against {held} quotations: median {times[len(times) // 2] * 1000:.0f} ms, "
          f"p95 {times[int(len(times) * 0.95)] * 1000:.0f} ms, worst {times[-1] * 1000:.0f} ms")  # fmt: skip
    for kind, found in sorted(right.items()):
        print(f"| {kind} | {len(found)} | {sum(found) / len(found):.4f} |")


def _query(text: str, kind: str, chain: Chain, chance: random.Random) -> tuple[str, str]:
    words = words_of(text)
    if kind == "truncated":
        keep = max(6, round(len(words) * chance.uniform(0.5, 0.9)))
        start = chance.randrange(len(words) - keep + 1)
        words = words[start : start + keep]
    elif kind == "altered":
        for place in chance.sample(range(len(words)), max(1, len(words) // 8)):
            words[place] = chance.choice(chain.words)
    return kind, sentence(words)


if __name__ == "__main__":
    main()
