"""Fit the confidence of quotations and of names on annotated news.

    python -m training.confidence --texts DIR --out quotetrack/extract/data/confidence.json

``--texts`` is what ``training.news`` wrote. All parts of ``tests/gold/news`` except ``held`` are used; ``dev`` and
``check``, on which neither the attribution network nor the resolver was trained, count three times. Prints the
accuracy of quotations and names by confidence, in cross-validation over the articles of these two parts.
"""

from __future__ import annotations

import argparse
import itertools
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.news import compared, gold_of, is_shown, names, text_of
from quotetrack.evaluate.measure import Measured
from quotetrack.extract import extractions
from quotetrack.extract.confidence import (
    LAYOUT_CONFIDENCE,
    Features,
    likelihood,
    logit,
    quotation_features,
    speaker_features,
)
from quotetrack.model import Parsed
from quotetrack.parse.pipeline import Parser

PARTS = ("train", "more", "test", "dev", "check")
NOT_LEARNT = ("dev", "check")  # parts on which neither the attribution network nor the resolver was trained
NOT_LEARNT_TIMES = 3.0
RIDGE = 2.0  # L2 regularisation
FOLDS = 5
BANDS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Row:
    """One extracted quotation or name: its features, whether it is correct, and its article."""

    features: Features
    right: bool
    article: str
    part: str


def rows(texts: Path, parser: Parser) -> Iterator[tuple[Row, Row | None]]:
    """One row per extracted quotation, and one for its name if it has one that is shown."""
    for part in PARTS:
        articles = gold_of(part)
        given = [text_of(texts, article) for article in articles]
        for article, text, parsed in zip(articles, given, parser.parse_all(given), strict=True):
            yield from _of_article(article, text, parsed, part)


def _of_article(article: dict[str, object], text: str, parsed: Parsed, part: str) -> Iterator[tuple[Row, Row | None]]:
    everything = list(extractions(parsed, min_name_confidence=0.0))
    records = [one.quotation.to_dict() for one in everything]
    matched = {id(row.found): row for row in compared(article, text, records) if row.found and row.gold}
    measured = Measured(text)
    name = str(article["id"])
    for one, record in zip(everything, records, strict=True):
        if one.draft.found_by in LAYOUT_CONFIDENCE:
            continue
        row = matched.get(id(record))
        right = False
        if row is not None and row.gold is not None:
            own = _words(measured, [(s["start"], s["end"]) for s in record["content"]])
            gold = _words(measured, row.gold["content"])
            right = len(own & gold) * 2 >= len(own | gold) and _same_source(measured, record, row.gold)
        own_features = quotation_features(one.reading, one.draft, one.quotation.kind, one.quotation.stance)
        speaker = None
        if names(record) and is_shown(record):
            features = speaker_features(one.draft, one.resolution, one.quotation.confidence)
            speaker = Row(features, row is not None and row.outcome == "right", name, part)
        yield Row(own_features, right, name, part), speaker


def _words(measured: Measured, ranges: Sequence[Sequence[int]]) -> frozenset[int]:
    return measured.words(measured.tokens([(one[0], one[1]) for one in ranges]))


def _same_source(measured: Measured, record: dict[str, object], gold: dict[str, object]) -> bool:
    own, wanted = record["source"], gold["source"]
    if wanted is None and record["method"] == "neighbour":
        return True  # a bare quotation has no source of its own but that of its neighbour
    if own is None or wanted is None:
        return own is None and wanted is None
    return bool(_words(measured, [(own["start"], own["end"])]) & _words(measured, [wanted]))  # type: ignore[index,list-item]


def fit(some: Sequence[Row]) -> dict[str, float]:
    """The weights of a logistic regression with L2 regularisation, fitted by Newton's method."""
    columns = sorted({name for row in some for name in row.features})
    table = np.array([[row.features.get(name, 0.0) for name in columns] for row in some])
    answers = np.array([float(row.right) for row in some])
    weight = np.array([NOT_LEARNT_TIMES if row.part in NOT_LEARNT else 1.0 for row in some])
    weights = np.zeros(len(columns))
    for _ in range(30):
        shares: NDArray[np.float64] = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (weight * (answers - shares)) - RIDGE * weights
        bend = (table * (weight * shares * (1 - shares))[:, None]).T @ table + RIDGE * np.eye(len(columns))
        weights = weights + np.linalg.solve(bend, slope)
    return {name: round(float(value), 4) for name, value in zip(columns, weights, strict=True)}


def report(name: str, some: Sequence[Row]) -> None:
    """Print the accuracy by confidence in articles of ``dev`` and ``check`` that were left out of fitting."""
    judged: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        held = [r for r in some if zlib.crc32(r.article.encode()) % FOLDS == fold]
        weights = fit([r for r in some if zlib.crc32(r.article.encode()) % FOLDS != fold])
        judged += [(likelihood(weights, r.features), r.right) for r in held if r.part in NOT_LEARNT]
    print(f"{name}: {len(judged)}, {100 * sum(right for _, right in judged) / len(judged):.1f} % right")
    for low, high in itertools.pairwise(BANDS):
        inside = [right for value, right in judged if low <= value < high]
        if inside:
            print(f"  {low:.2f} and more: {len(inside)}, {100 * sum(inside) / len(inside):.1f} % right")


def main() -> None:
    """Parse the options, fit, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    both = list(rows(given.texts, Parser(threads=1)))
    quotations = [one for one, _ in both]
    report("quotations", quotations)
    # The confidence of a quotation is a feature of its name, so it is fitted first.
    weights = {"quotation": fit(quotations)}
    speakers = [
        Row({**two.features, "quotation": logit(likelihood(weights["quotation"], one.features))}, *_rest(two))
        for one, two in both
        if two is not None
    ]
    report("names", speakers)
    weights["speaker"] = fit(speakers)
    given.out.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _rest(row: Row) -> tuple[bool, str, str]:
    return row.right, row.article, row.part


if __name__ == "__main__":
    main()
