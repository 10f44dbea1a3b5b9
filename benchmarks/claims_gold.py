"""Agreement of clustering with human judgement of which quotations are the same utterance.

    python -m benchmarks.claims_gold --db FILE [--gold pairs fresh] [--errors] [--json FILE]

``FILE`` is a database of PolNeAR's training and development texts (``quotetrack ingest polnear/data/train/text
polnear/data/dev/text``). A copy of it is clustered; articles without outlet and date get them from their file names.
The gold set is in ``tests/gold/claims``; each of its quotations is matched to the one in the database that covers
most of its characters.

Pairs: precision, recall and F1 of "same" for each file of judged pairs, and for the pairs of all files above each
threshold of similarity (rapidfuzz's ``partial_ratio`` over words, by which they were drawn). B-cubed (Bagga and
Baldwin 1998) for the quotations of the gold clusters; a quotation in two claims counts with the members of both.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from benchmarks import record
from quotetrack.cluster.clustering import cluster
from quotetrack.cluster.wordings import encode
from quotetrack.store import Store
from quotetrack.store.moments import moment

LIKENESS = (55, 65, 75, 85, 95)  # lower bounds of the strata from which pairs are drawn
GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold" / "claims"
NAMED = re.compile(r"(?P<outlet>.+?)_(?P<date>\d{4}-\d\d-\d\d)_")


def main() -> None:
    """Cluster a copy and print the measures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--db", type=Path, required=True)
    options.add_argument("--gold", nargs="+", default=["pairs", "fresh"], help="names of the files of judged pairs")
    options.add_argument("--errors", action="store_true", help="list wrong pairs")
    record.add_option(options)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.duckdb"
        shutil.copy(given.db, path)
        with Store.open(path) as store:
            _date(store)
            cluster(store)
            record.write(given.json, measure(store, given.gold, given.errors))


def _date(store: Store) -> None:
    for article, location in store.connection.execute(
        "SELECT article_id, location FROM articles WHERE published IS NULL"
    ).fetchall():
        if named := NAMED.match(Path(location).name):
            store.connection.execute(
                "UPDATE articles SET outlet = ?, published = ?, published_at = ?, published_precision = ? WHERE article_id = ?",
                [named["outlet"], named["date"], *moment(named["date"]), article],
            )


def measure(store: Store, gold: Sequence[str], errors: bool) -> dict[str, Any]:
    """Print and return precision, recall and F1 of the judged pairs, and B-cubed."""
    find = finder(store)
    claims: dict[str, set[str]] = {}
    for claim, quotation in store.connection.execute("SELECT claim_id, quotation_id FROM claim_quotations").fetchall():
        claims.setdefault(quotation, set()).add(claim)
    by_file = {name: _pairs(store, name, find, claims, errors) for name in gold}
    judged = [pair for pairs in by_file.values() for pair in pairs]
    for least in LIKENESS:
        chosen = [pair for pair in judged if pair[0] >= least]
        print(f"similarity of {least} or more: {len(chosen)} pairs, {sum(same for _, same, _ in chosen)} same: "
              f"{_measures(chosen)}")  # fmt: skip
    clusters = [json.loads(line)["members"] for line in (GOLD / "clusters.jsonl").read_text("utf-8").splitlines()]
    numbered = {q: number for number, members in enumerate(clusters) for m in members if (q := find(m))}
    precision = recall = 0.0
    for quotation, number in numbered.items():
        ours = {q for q in numbered if q == quotation or claims[q] & claims[quotation]}
        theirs = {q for q, n in numbered.items() if n == number}
        precision += len(ours & theirs) / len(ours) / len(numbered)
        recall += len(ours & theirs) / len(theirs) / len(numbered)
    print(f"B-cubed of {len(numbered)} quotations of {len(set(numbered.values()))} utterances: "
          f"precision {precision:.3f}, recall {recall:.3f}, F1 {_f1(precision, recall):.3f}")  # fmt: skip
    return {
        "files": {name: pair_figures(pairs) for name, pairs in by_file.items()},
        "likeness": [{"least": least, **pair_figures([p for p in judged if p[0] >= least])} for least in LIKENESS],
        "b_cubed": {
            "quotations": len(numbered), "precision": round(precision, 3), "recall": round(recall, 3),
            "f1": round(_f1(precision, recall), 3),
        },
    }  # fmt: skip


def pair_figures(judged: Sequence[tuple[float, bool, bool]]) -> dict[str, float]:
    """The number of judged pairs and of same utterances, and precision, recall and F1."""
    precision, recall = _precision_and_recall(judged)
    return {
        "pairs": len(judged), "same": sum(same for _, same, _ in judged), "precision": round(precision, 3),
        "recall": round(recall, 3), "f1": round(_f1(precision, recall), 3),
    }  # fmt: skip


def _precision_and_recall(judged: Sequence[tuple[float, bool, bool]]) -> tuple[float, float]:
    right = sum(same and found for _, same, found in judged)
    return right / max(sum(found for _, _, found in judged), 1), right / max(sum(same for _, same, _ in judged), 1)


def _pairs(
    store: Store, name: str, find: Any, claims: dict[str, set[str]], errors: bool
) -> list[tuple[float, bool, bool]]:
    """Print the measures of one file, and return for each pair its similarity, whether it is the same, and the prediction."""
    judged: list[tuple[float, bool, bool]] = []
    lines = (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()
    for pair in map(json.loads, lines):
        a, b = find(pair["a"]), find(pair["b"])
        if a is None or b is None:
            continue
        found = a == b or bool(claims[a] & claims[b])
        one, other = _text(store, a), _text(store, b)
        judged.append((fuzz.partial_ratio(encode(one), encode(other)), pair["same"], found))
        if errors and found != pair["same"]:
            print("joined" if found else "missed", one[:300], "|", other[:300])
    print(f"{name}: {len(lines)} pairs, {len(lines) - len(judged)} with a quotation not extracted; of the others "
          f"{sum(same for _, same, _ in judged)} same: {_measures(judged)}")  # fmt: skip
    return judged


def _measures(judged: Sequence[tuple[float, bool, bool]]) -> str:
    precision, recall = _precision_and_recall(judged)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {_f1(precision, recall):.3f}"


def finder(store: Store) -> Any:
    """A function that returns the quotation covering most, at least half, of the spans of a document."""
    spans: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for location, quotation, start, end in store.connection.execute(
        "SELECT location, quotation_id, start_char, end_char FROM spans JOIN quotations USING (quotation_id) "
        "JOIN articles USING (article_id) WHERE part = 'content'"
    ).fetchall():
        spans.setdefault(Path(location).stem, {}).setdefault(quotation, []).append((start, end))

    def find(reference: tuple[str, list[tuple[int, int]]]) -> str | None:
        document, wanted = reference
        size = sum(b - a for a, b in wanted)

        def share(held: list[tuple[int, int]]) -> float:
            common = sum(max(0, min(b, d) - max(a, c)) for a, b in wanted for c, d in held)
            return 2 * common / (size + sum(d - c for c, d in held))

        best = max(((share(held), q) for q, held in spans.get(document, {}).items()), default=(0.0, ""))
        return best[1] if best[0] >= 0.5 else None

    return find


def _text(store: Store, quotation: str) -> str:
    return str(
        store.connection.execute("SELECT text FROM quotations WHERE quotation_id = ?", [quotation]).fetchall()[0][0]
    )


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


if __name__ == "__main__":
    main()
