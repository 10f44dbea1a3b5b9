"""Weigh the attribution model's own figures into a confidence, on annotated articles it was not trained on.

    python -m training.confidence --polnear DIR/dev --out quotetrack/extract/data/confidence.json

Prints how often quotations of each confidence are right; for that, each half of the articles is weighed on the other.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quotetrack.evaluate import Attribution, compare, read_corpus
from quotetrack.extract import drafts
from quotetrack.extract.confidence import FEATURES, features
from quotetrack.parse.pipeline import Parser

RIDGE = 1.0  # strength of the pull towards no weight at all


def main() -> None:
    """Read the options, weigh, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--polnear", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    articles, _ = read_corpus(given.polnear)
    parser = Parser()
    rows: list[list[float]] = []
    right: list[bool] = []
    half: list[bool] = []
    for number, (article, parsed) in enumerate(
        zip(articles, parser.parse_all([a.text for a in articles]), strict=True)
    ):
        proposed = [(d, q) for d, q in drafts(parsed) if d.proposal is not None]
        found = {Attribution.of(q): features(d, q.kind) for d, q in proposed}
        for item in compare(article, list(found)).found:
            rows.append(found[item.attribution])
            right.append(item.source_right)
            half.append(number % 2 == 0)
    table, answers, first = np.array(rows), np.array(right, dtype=float), np.array(half)
    shown = np.where(
        first, likely(table, fit(table[~first], answers[~first])), likely(table, fit(table[first], answers[first]))
    )
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (shown >= low) & (shown < low + 0.1 + (low > 0.85))
        if inside.any():
            print(f"{low:.1f}: {int(inside.sum())} quotations, {100 * answers[inside].mean():.1f} in 100 right")
    weights = fit(table, answers)
    data = {"weights": {name: round(float(value), 4) for name, value in zip(FEATURES, weights, strict=True)}}
    given.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def fit(table: NDArray[np.float64], answers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression by Newton's method: the weight of each column of ``table`` (rows, columns)."""
    weights = np.zeros(table.shape[1])
    for _ in range(30):
        shares = likely(table, weights)
        slope = table.T @ (answers - shares) - RIDGE * weights
        bend = (table * (shares * (1 - shares))[:, None]).T @ table + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def likely(table: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The share of right answers that the weights expect of each row."""
    shares: NDArray[np.float64] = 1 / (1 + np.exp(-table @ weights))
    return shares


if __name__ == "__main__":
    main()
