"""F1 of quotations and attributions on annotated articles compared with the targets, and calibration of confidence.

    python -m benchmarks.quality polnear/data/dev [--workers 2] [--json FILE]

Prints two Markdown tables: F1 by kind (exact, overlap, content and source), and accuracy by confidence.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Sequence
from pathlib import Path

from benchmarks import record
from benchmarks.topics import POLNEAR_TARGETS
from quotetrack.evaluate import Attribution, Comparison, GoldArticle, compare, read_corpus, result_of
from quotetrack.jobs.analysis import Analyser
from quotetrack.model import Quotation
from quotetrack.parse.models import choose

BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def main() -> None:
    """Read, extract, compare, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("corpus", type=Path)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--model-dir", type=Path)
    record.add_option(options)
    given = options.parse_args()
    articles, _ = read_corpus(given.corpus)
    pairs: list[tuple[GoldArticle, Sequence[Quotation]]] = []
    analyser = Analyser(choose(given.model_dir), given.workers)
    parts = [articles[start : start + analyser.batch] for start in range(0, len(articles), analyser.batch)]
    for part, analysed in analyser.all((part, [article.text for article in part]) for part in parts):
        pairs += [
            (article, found if isinstance(found, list) else [])
            for article, (_, found, _) in zip(part, analysed, strict=True)
        ]
    analyser.close()
    comparisons = [compare(article, [Attribution.of(q) for q in quotations]) for article, quotations in pairs]
    print("| | exact | overlap | content and source | wanted |\n|---|---|---|---|---|")
    result = result_of(comparisons)
    kinds = {}
    for name, wanted in POLNEAR_TARGETS.items():
        row = result.row(name)
        print(f"| {name} | {row.exact.f1} | {row.overlap.f1} | {row.both.f1} | {' / '.join(map(str, wanted))} |")
        kinds[name] = {"exact": row.exact.f1, "overlap": row.overlap.f1, "both": row.both.f1}
    print("\n| confidence | quotations | content and source right |\n|---|---|---|")
    confidence = []
    for low, high, count, right in calibration(pairs, comparisons):
        print(f"| {low:.2f} to {min(high, 1):.2f} | {count} | {100 * right / count:.1f} % |")
        share = round(100 * right / count, 1)
        confidence.append({"from": low, "to": min(high, 1.0), "quotations": count, "right": share})
    record.write(given.json, {"kinds": kinds, "confidence": confidence})


def calibration(
    pairs: Sequence[tuple[GoldArticle, Sequence[Quotation]]], comparisons: Sequence[Comparison]
) -> list[tuple[float, float, int, int]]:
    """For each bin of confidence its bounds, the number of quotations, and the number of correct ones."""
    answers = []
    for (_, quotations), comparison in zip(pairs, comparisons, strict=True):
        confidence = {Attribution.of(q): q.confidence for q in quotations}
        answers += [(confidence[item.attribution], item.source_right) for item in comparison.found]
    rows = []
    for low, high in itertools.pairwise(BINS):
        inside = [right for value, right in answers if low <= value < high]
        if inside:
            rows.append((low, high, len(inside), sum(inside)))
    return rows


if __name__ == "__main__":
    main()
