"""Draw pairs of quotations for a person to judge whether they are the same utterance.

    python -m benchmarks.claims_draw --db FILE --seed N [--layer 6] [--days 2] [--out FOLDER] > pairs.txt

``FILE`` is as for ``benchmarks.claims_gold``. All pairs of quotations of four words or more are compared by rapidfuzz
(``partial_ratio`` over words). From those that score 55 or more, ``--layer`` pairs are drawn from each of several
strata: five bands of similarity, by the longest shared run of words and by whether both have the same speaker, so
that most pairs are close to the decision boundary. Pairs already in ``tests/gold/claims`` are omitted. The printed
pairs, with speaker, outlet and date, are for reading only. ``--days`` limits the pairs to that many days apart and
excludes different speakers, which gives mostly pairs of one utterance. ``pairs.jsonl`` in ``--out`` holds only
references, in the same order, to be labelled.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from benchmarks.claims_gold import GOLD, LIKENESS, NAMED, finder
from quotetrack.cluster.wordings import encode
from quotetrack.store import Store

RUNS = (0, 4, 7)  # shared words in sequence
PLAIN = 12  # pairs with the same words and speaker, which are frequent and uninformative
_ROWS = 500


def main() -> None:
    """Print the drawn pairs and write their references."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--db", type=Path, required=True)
    options.add_argument("--seed", type=int, required=True)
    options.add_argument("--layer", type=int, default=6)
    options.add_argument("--days", type=int)
    options.add_argument("--out", type=Path, default=Path())
    given = options.parse_args()
    with Store.open(given.db, read_only=True) as store:
        rows = sorted(quotations(store), key=lambda row: row["day"])
        find = finder(store)
    codes = [encode(row["text"]) for row in rows]
    judged = {
        frozenset((find(pair["a"]), find(pair["b"])))
        for path in sorted(GOLD.glob("*.jsonl"))
        for pair in map(json.loads, path.read_text("utf-8").splitlines())
        if "same" in pair
    }
    layers: dict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    for a, b, score in alike(codes, [row["day"] for row in rows], given.days):
        if frozenset((rows[a]["id"], rows[b]["id"])) not in judged and _near(rows[a], rows[b], given.days):
            layers[_layer(rows[a], rows[b], codes[a], codes[b], score)].append((a, b))
    chance = random.Random(given.seed)
    drawn = [
        pair
        for layer, pairs in sorted(layers.items(), key=str)
        for pair in chance.sample(pairs, min(len(pairs), PLAIN if layer == ("plain",) else given.layer))
    ]
    chance.shuffle(drawn)
    with (given.out / "pairs.jsonl").open("w", encoding="utf-8") as file:
        for number, (a, b) in enumerate(drawn):
            print(json.dumps({"a": rows[a]["reference"], "b": rows[b]["reference"]}), file=file)
            print(number)
            for row in (rows[a], rows[b]):
                print(f"  {row['document'][:60]} @{row['reference'][1][0][0]} [{row['kind']}; {row['source']}; {row['names']}]\n     {row['text']}")  # fmt: skip


def quotations(store: Store) -> list[dict[str, Any]]:
    """The quotations of four words or more, with their positions and their known speakers."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for quotation, start, end in store.connection.execute(
        "SELECT quotation_id, start_char, end_char FROM spans WHERE part = 'content' ORDER BY start_char"
    ).fetchall():
        spans[quotation].append((start, end))
    found = store.connection.execute(
        "SELECT quotation_id, location, q.kind, q.text, s.text, list_sort(list(p.name) FILTER "
        "(p.type NOT IN ('unnamed', 'document'))) FROM quotations q "
        "JOIN articles USING (article_id) LEFT JOIN sources s USING (source_id) LEFT JOIN source_speakers USING (source_id) "
        "LEFT JOIN speakers p USING (speaker_id) GROUP BY ALL ORDER BY location, quotation_id"
    ).fetchall()
    return [
        {
            "reference": (Path(location).stem, tuple(spans[quotation])),
            "document": Path(location).stem if NAMED.match(Path(location).stem) else location,
            "kind": kind, "text": re.sub(r"\s+", " ", text), "source": source, "names": names or [], "id": quotation,
            "day": _day(Path(location).stem),
        }
        for quotation, location, kind, text, source, names in found
        if len(encode(text)) >= 4
    ]  # fmt: skip


def alike(codes: list[str], days: list[int], apart: int | None) -> list[tuple[int, int, float]]:
    """All pairs of quotations that score 55 or more, limited to those at most ``apart`` days apart if ``days`` are given."""
    found = []
    for start in range(0, len(codes), _ROWS):
        last = min(start + _ROWS, len(codes)) - 1
        end = len(codes) if apart is None else int(np.searchsorted(days, days[last] + apart, side="right"))
        scores: NDArray[np.uint8] = process.cdist(
            codes[start : last + 1], codes[start:end], scorer=fuzz.partial_ratio, score_cutoff=LIKENESS[0],
            dtype=np.uint8, workers=-1,
        )  # fmt: skip
        for row, column in zip(*np.nonzero(np.triu(scores, 1)), strict=True):
            found.append((start + int(row), start + int(column), float(scores[row, column])))
    return found


def _near(a: dict[str, Any], b: dict[str, Any], days: int | None) -> bool:
    strangers = a["names"] and b["names"] and not set(a["names"]) & set(b["names"])
    return days is None or (not strangers and abs(a["day"] - b["day"]) <= days)


def _day(document: str) -> int:
    named = NAMED.match(document)
    return date.fromisoformat(named["date"]).toordinal() if named else 0


def _layer(a: dict[str, Any], b: dict[str, Any], code: str, other: str, score: float) -> tuple[object, ...]:
    same = bool(set(a["names"]) & set(b["names"]))
    if code == other and same:
        return ("plain",)
    who = "one speaker" if same else "two speakers" if a["names"] and b["names"] else "not known"
    run = _longest_run(code, other)
    return max(x for x in LIKENESS if x <= score), max(x for x in RUNS if x <= run), who


def _longest_run(a: str, b: str) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:
        size = (low + high + 1) // 2
        runs = {a[i : i + size] for i in range(len(a) - size + 1)}
        if any(b[i : i + size] in runs for i in range(len(b) - size + 1)):
            low = size
        else:
            high = size - 1
    return low


if __name__ == "__main__":
    main()
