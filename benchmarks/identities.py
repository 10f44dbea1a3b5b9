"""Accuracy of linking on small sets of invented articles: who is one speaker, and who is not.

    python -m benchmarks.identities [FILE...] [--errors] [--json FILE]

Without ``FILE``, scores the sets in ``tests/link``. A file is a JSON list of sets. A set has an ``id``, ``articles`` (``outlet``,
``published``, ``title``, ``text``), and ``expect``: for words of a quotation (``content``) in an article (its number), a label
for who said them (``who``). Two quotations with one label must share a speaker, and two with different labels must not; a label
that ends with ``?`` leaves open whether they share one. ``held_out`` marks sets whose errors were not read before the figures
were taken; ``--errors`` does not list them.

Each set is linked in a database of its own. "Wrong joins" are pairs of quotations of different speakers that were given one;
"missed" are pairs of one speaker that were given several or none.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks import record
from quotetrack.errors import UsageError
from quotetrack.extract import extract
from quotetrack.jobs.refresh import refresh_speakers
from quotetrack.model import Article, Quotation
from quotetrack.parse.pipeline import Parser
from quotetrack.store import Store

OWN = Path(__file__).resolve().parent.parent / "tests" / "link"
FILES = (OWN / "identities.json", OWN / "identities-blind.json")
Set = dict[str, Any]
Extractor = Callable[[Sequence[str]], list[list[Quotation]]]


@dataclass(slots=True)
class Score:
    """Counts over sets: pairs of different speakers (``apart``), of one speaker (``together``), and errors."""

    sets: int = 0
    right: int = 0
    apart: int = 0
    wrong: int = 0
    together: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(asdict(self).values(), asdict(other).values(), strict=True)))


def main() -> int:
    """Score the files and print a table; returns 2 if a file cannot be read."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", type=Path, nargs="*", default=list(FILES), metavar="FILE")
    options.add_argument("--errors", action="store_true", help="list errors, except those of held-out sets")
    record.add_option(options)
    given = options.parse_args()
    parser = Parser(threads=1)
    rows = []
    print("| file | held out | sets | right | wrong joins | missed |")
    print("|---|---|---|---|---|---|")
    try:
        for path in given.files:
            sets = read(path)
            for held_out in sorted({bool(one.get("held_out")) for one in sets}):
                part = [one for one in sets if bool(one.get("held_out")) is held_out]
                score, errors = scored(part, lambda texts: [extract(one) for one in parser.parse_all(texts)])
                rows.append({"file": path.stem, "held_out": held_out, **asdict(score)})
                print(
                    f"| {path.stem} | {'yes' if held_out else 'no'} | {score.sets} | {score.right} "
                    f"| {score.wrong} of {score.apart} | {score.missed} of {score.together} |"
                )
                if given.errors and not held_out:
                    print(*errors, sep="\n", file=sys.stderr)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    record.write(given.json, rows)
    return 0


def read(path: Path) -> list[Set]:
    """Return the sets of a file. Raises ``UsageError`` if it is missing or not JSON."""
    try:
        sets: list[Set] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(f"File not found: {path}.") from error
    except ValueError as error:
        raise UsageError(f"{path} is not JSON: {error}.") from error
    return sets


def scored(sets: Sequence[Set], extractor: Extractor) -> tuple[Score, list[str]]:
    """Return the counts over all ``sets``, and a line for each error. ``extractor`` returns the quotations of texts."""
    texts = list(dict.fromkeys(article["text"] for one in sets for article in one["articles"]))
    quotations = dict(zip(texts, extractor(texts), strict=True))
    total, errors = Score(), []
    for one in sets:
        score, wrong = judged(one, speakers(one, quotations))
        total += score
        errors += wrong
    return total, errors


def speakers(one: Set, quotations: dict[str, list[Quotation]]) -> list[set[str]]:
    """Link a set in a database of its own; return the speakers of the quotations that hold each expected wording."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "set.duckdb") as store:
        articles = [
            Article(**article, url=f"https://set.example/{number}") for number, article in enumerate(one["articles"])
        ]
        store.put([(article, quotations[article.text]) for article in articles], "benchmark")
        refresh_speakers(store)
        rows = store.connection.execute("SELECT url, quotation, speaker_id FROM who_said_what").fetchall()
    return [
        {
            speaker
            for url, quotation, speaker in rows
            if speaker and url.endswith(f"/{wanted['article']}") and wanted["content"] in quotation
        }
        for wanted in one["expect"]
    ]


def judged(one: Set, found: Sequence[set[str]]) -> tuple[Score, list[str]]:
    """Compare the speakers ``found`` for the expected wordings of a set with their labels."""
    score = Score(sets=1)
    errors = []
    for (a, x), (b, y) in combinations(zip(one["expect"], found, strict=True), 2):
        same = a["who"].rstrip("?") == b["who"].rstrip("?") and a["who"] != "?"
        joined = bool(x & y)
        if not same:
            score.apart += 1
            score.wrong += joined
        elif not (a["who"].endswith("?") or b["who"].endswith("?")):
            score.together += 1
            score.missed += not joined
        else:
            continue
        if same != joined:
            errors.append(f"{one['id']}: {'missed' if same else 'joined'} “{a['content']}”, “{b['content']}”")
    score.right = int(not errors)
    return score, errors


if __name__ == "__main__":
    sys.exit(main())
