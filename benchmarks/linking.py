"""Time and memory of linking: generated sources of many speakers at once, and a few articles added to them.

    python -m benchmarks.linking [--sources 10000 30000 100000] [--seed 1] [--json FILE]

There are a fifth as many speakers as sources, with frequencies as in news: a few very frequent, most occurring once
or twice. Names combine real first names with generated surnames, and each speaker appears under realistic variants
(middle initial, nickname, accents, initials, surname only, misspelling). Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from benchmarks import record
from quotetrack.jobs.refresh import refresh_speakers
from quotetrack.link.names import nickname_groups
from quotetrack.model import Article, Quotation, Span, Speaker
from quotetrack.store import Store
from quotetrack.text.names import first_names

SYLLABLES = [
    "ka",
    "len",
    "mor",
    "vi",
    "ta",
    "sho",
    "ber",
    "ga",
    "lin",
    "do",
    "ros",
    "pe",
    "tra",
    "ni",
    "wel",
    "hus",
    "cor",
    "mi",
    "and",
    "ver",
    "ash",
    "ol",
    "ren",
    "ek",
    "ya",
    "zu",
    "fen",
    "dar",
    "quin",
    "bo",
]
ROLES = [
    "president of {p}",
    "{p} foreign minister",
    "spokesman for {p}",
    "professor",
    "striker",
    "senator",
    "mayor of {p}",
    "analyst",
    "resident",
]
PLACES = ["Syria", "Kenya", "Ohio", "Peru", "Norway", "Japan", "Texas", "Ghana"]


def main() -> None:
    """Link each size and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sources", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    options.add_argument("--seed", type=int, default=1)
    record.add_option(options)
    given = options.parse_args()
    print("| sources | speakers made | speakers found | link s | 10 articles more s | pairs right | peak MB |")
    print("|---|---|---|---|---|---|---|")
    rows = []
    for count in given.sources:
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "l.db") as store:
            truth = fill(store, count, given.seed)
            started = time.perf_counter()
            refresh_speakers(store)
            whole = time.perf_counter() - started
            [(found,)] = store.connection.execute("SELECT count(*) FROM speakers").fetchall()
            more = fill(store, 50, given.seed + 1, prefix="more")
            started = time.perf_counter()
            refresh_speakers(store)
            added = time.perf_counter() - started
            right = precision(store, {**truth, **more})
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"| {count:,} | {count // 5:,} | {found:,} | {whole:.1f} | {added:.2f} | {right:.2%} | {peak:.0f} |",
            flush=True,
        )
        rows.append(
            {
                "sources": count, "speakers_generated": count // 5, "speakers_found": found, "link_seconds": round(whole, 1),
                "update_seconds": round(added, 2), "pair_precision": round(100 * right, 2), "peak_mb": round(peak),
            }
        )  # fmt: skip
    record.write(given.json, rows)


def fill(store: Store, count: int, seed: int, prefix: str = "a") -> dict[str, int]:
    """Store ``count`` sources, five per article; return the true speaker by (URL of the article, printed name)."""
    draw = random.Random(seed)
    speakers = _people(random.Random(0), max(count // 5, 20_000 if prefix == "more" else 1))
    weights = [1 / (rank + 3) for rank in range(len(speakers))]
    chosen = draw.choices(range(len(speakers)), weights, k=count)
    truth: dict[str, int] = {}
    batch = []
    for number in range(0, count, 5):
        text, quotations = "", []
        for who in dict.fromkeys(chosen[number : number + 5]):
            first, last, role = speakers[who]
            name = _variant(draw, first, last)
            opening = len(text)
            said = f"It is number {number} of {who}"
            text += f"{said}, said {role} {name}. "
            at = opening + len(said) + 7
            quotations.append(
                Quotation(
                    "indirect",
                    (Span.of(text, opening, opening + len(said)),),
                    source=Span.of(text, at + len(role), at + len(role) + 1 + len(name) - 1),
                    speaker=Speaker(name, "person"),
                    role=Span.of(text, at, at + len(role) - 1) if draw.random() < 0.5 else None,
                    method="name",
                    confidence=0.9,
                )
            )
            truth[f"{prefix}{number} {name}"] = who
        day = f"20{draw.randrange(10, 26)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        article = Article(
            text, url=f"https://post.example/{prefix}{number}", outlet=f"Outlet {draw.randrange(60)}", published=day
        )
        batch.append((article, quotations))
        if len(batch) == 500:
            store.put(batch, "generated")
            batch = []
    store.put(batch, "generated")
    return truth


def _people(draw: random.Random, count: int) -> list[tuple[str, str, str]]:
    firsts = sorted(first_names())
    surnames = sorted(
        {"".join(draw.choices(SYLLABLES, k=draw.choice((2, 2, 3)))).title() for _ in range(max(40, count // 3))}
    )
    people: dict[tuple[str, str], str] = {}
    while len(people) < count:
        key = (draw.choice(firsts).title(), draw.choice(surnames))
        people.setdefault(key, draw.choice(ROLES).format(p=draw.choice(PLACES)))
    return [(first, last, role) for (first, last), role in people.items()]


def _variant(draw: random.Random, first: str, last: str) -> str:
    kind = draw.random()
    if kind < 0.70:
        return f"{first} {last}"
    if kind < 0.78:
        return f"{first} {last[0]}. {last}"
    if kind < 0.84:
        groups = nickname_groups()
        nicknames = sorted(
            n for n in groups if groups[n] & groups.get(first.lower(), frozenset()) and n != first.lower()
        )
        return f"{draw.choice(nicknames).title() if nicknames else first} {last}"
    if kind < 0.88:
        return f"{first[0]}. {last}"
    if kind < 0.95:
        return last
    return f"{first} {last.replace('k', 'q').replace('sh', 'sch')}"


def precision(store: Store, truth: dict[str, int]) -> float:
    """The share of pairs of neighbouring sources with one speaker that truly are one person."""
    rows = store.connection.execute(
        "SELECT ss.speaker_id, replace(a.url, 'https://post.example/', '') || ' ' || s.name FROM source_speakers ss "
        "JOIN sources s USING (source_id) JOIN articles a USING (article_id) ORDER BY ALL"
    ).fetchall()
    pairs = [(truth[x[1]], truth[y[1]]) for x, y in pairwise(rows) if x[0] == y[0]]
    return sum(a == b for a, b in pairs) / max(1, len(pairs))


if __name__ == "__main__":
    main()
