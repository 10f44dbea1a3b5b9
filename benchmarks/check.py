"""Accuracy and latency of looking up quotations.

    python -m benchmarks.check --texts FOLDER --db FILE [--queries 1000] [--json FILE]

``FILE`` is a database left by ``python -m benchmarks.claims speed --keep``. ``--queries`` is the number of queries of
eight words or more: a quarter each as printed, shortened to at least half of their words, with one word in eight
changed, and invented by the Markov chain that made the database's quotations. As many queries have three to seven
words: a quarter each whole quotations, the same with a changed word (of five words or more), excerpts of longer ones,
and invented.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import record
from benchmarks.generated import Chain, sentence
from quotetrack.check import Answer, check
from quotetrack.cluster.wordings import encode
from quotetrack.store import Store
from quotetrack.text.words import words_of


def main() -> None:
    """Look up all queries and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, required=True)
    options.add_argument("--db", type=Path, required=True)
    options.add_argument("--queries", type=int, default=1000)
    options.add_argument("--seed", type=int, default=5)
    record.add_option(options)
    given = options.parse_args()
    chance = random.Random(given.seed)
    chain = Chain(given.texts)
    with Store.open(given.db, read_only=True) as store:
        [(held,)] = store.connection.execute("SELECT count(*) FROM quotations").fetchall()
        queries = [*_long(store, chain, chance, given), *_short(store, chain, chance, given)]
        chance.shuffle(queries)
        check(store, "warm the caches with a wording that nobody has ever printed anywhere")
        results: list[tuple[str, bool, float]] = []
        for query in queries:
            started = time.perf_counter()
            answer = check(store, query.text)
            seconds = time.perf_counter() - started
            results.append((query.kind, _right(query, answer), seconds))
    print("| queries | | right | median ms | p95 ms | worst ms |\n|---|---|---|---|---|---|")
    rows = []
    for kind in [*sorted({kind for kind, _, _ in results}), ""]:
        found = [right for of, right, _ in results if kind in ("", of)]
        times = sorted(1000 * seconds for of, _, seconds in results if kind in ("", of))
        print(f"| {kind or 'all'} | {len(found)} | {sum(found) / len(found):.4f} | {times[len(times) // 2]:.0f} "
              f"| {times[int(len(times) * 0.95)]:.0f} | {times[-1]:.0f} |")  # fmt: skip
        rows.append(
            {
                "queries": kind or "all", "number": len(found), "right": round(sum(found) / len(found), 4),
                "median_ms": round(times[len(times) // 2]), "p95_ms": round(times[int(len(times) * 0.95)]),
                "worst_ms": round(times[-1]),
            }
        )  # fmt: skip
    record.write(given.json, {"quotations": held, "queries": rows})


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the quotation it was made from, if any.

    ``of`` is that quotation with its text, ``None`` for an invented query; ``printed`` is whether a quotation
    contains its words anyway.
    """

    kind: str
    text: str
    of: tuple[str, str] | None = None
    printed: bool = False


def _long(store: Store, chain: Chain, chance: random.Random, given: argparse.Namespace) -> list[Query]:
    rows = store.connection.execute(
        "SELECT quotation_id, text FROM quotations WHERE kind = 'direct' AND len(string_split(text, ' ')) >= 8 "
        "AND text NOT LIKE '%[%' AND text NOT LIKE '%…%' ORDER BY hash(quotation_id, ?) LIMIT ?",
        [given.seed, given.queries // 4 * 3],
    ).fetchall()
    found = [_query(row, ("as printed", "truncated", "altered")[i % 3], chain, chance) for i, row in enumerate(rows)]
    invented = [w for w in chain.utterances(given.queries, given.seed + 99) if len(w) >= 8]
    return found + [Query("invented", sentence(w)) for w in invented[: given.queries // 4]]


def _short(store: Store, chain: Chain, chance: random.Random, given: argparse.Namespace) -> list[Query]:
    """Queries of three to seven words: whole quotations, with a word changed, excerpts of longer ones, and invented."""
    count = given.queries // 4
    rows = store.connection.execute(
        "SELECT quotation_id, text FROM quotations WHERE kind = 'direct' AND len(string_split(text, ' ')) >= 3 "
        "AND text NOT LIKE '%[%' AND text NOT LIKE '%…%' ORDER BY len(string_split(text, ' ')) > 7, hash(quotation_id, ?)",
        [given.seed + 1],
    ).fetchall()
    whole = [Query("short, as printed", sentence(words_of(row[1])), row) for row in rows[:count]]
    cut = []
    for row in rows[-count:]:
        words = words_of(row[1])
        size = chance.randrange(3, 8)
        start = chance.randrange(len(words) - size + 1)
        cut.append(Query("short, cut out", sentence(words[start : start + size]), row))
    invented = []
    for words in chain.utterances(count, given.seed + 98):
        text = sentence(words[: chance.randrange(3, 8)])
        # Different words can share a code (``I will``, ``he would``), so matches are compared as text.
        like = store.connection.execute(
            "SELECT text FROM quotations WHERE quotation_id IN (SELECT quotation_id FROM quotation_wordings "
            "WHERE wording_id IN (SELECT wording_id FROM wordings WHERE contains(code, ?)))",
            [encode(text)],
        ).fetchall()
        wanted = " ".join(words_of(text))
        printed = any(f" {wanted} " in f" {' '.join(words_of(row[0]))} " for row in like)
        invented.append(Query("short, invented", text, None, printed))
    changed = []
    for row in rows[count:]:
        words = words_of(row[1])
        if 5 <= len(words) <= 7:
            words[chance.randrange(len(words))] = chance.choice(chain.words)
            changed.append(Query("short, altered", sentence(words), row))
    return whole + changed[:count] + cut + invented


def _right(query: Query, answer: Answer) -> bool:
    """Whether the answer is correct.

    Correct is the original quotation, or one with the same words, since many people use stock phrases. An invented
    query may find a quotation only if it was printed by chance.
    """
    if not answer.matches:
        return query.of is None and not query.printed
    first = answer.matches[0].printing
    if first is None:
        return query.printed
    wanted, printed = (" ".join(words_of(text)) for text in (query.text, first.text))
    if query.of is None:
        return query.printed and f" {wanted} " in f" {printed} "
    if query.kind.startswith("short") and f" {wanted} " in f" {printed} ":
        return True
    held = {p.quotation_id for p in answer.matches[0].printings}
    return printed == " ".join(words_of(query.of[1])) or query.of[0] in held


def _query(row: tuple[str, str], kind: str, chain: Chain, chance: random.Random) -> Query:
    words = words_of(row[1])
    if kind == "truncated":
        keep = max(6, round(len(words) * chance.uniform(0.5, 0.9)))
        start = chance.randrange(len(words) - keep + 1)
        words = words[start : start + keep]
    elif kind == "altered":
        for place in chance.sample(range(len(words)), max(1, len(words) // 8)):
            words[place] = chance.choice(chain.words)
    return Query(kind, sentence(words), row)


if __name__ == "__main__":
    main()
