"""The figures of one system on one gold: extents and sources by kind, speakers, errors and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from benchmarks.news import is_description, same
from benchmarks.peers.gold import Gold, Names
from benchmarks.peers.systems import Answers
from quotetrack.evaluate import Attribution, Comparison, Row, compare, result_of
from quotetrack.evaluate.matching import Item

KINDS = ("all", "direct", "indirect", "mixed", "speech")
Outcome = Literal["right", "wrong", "none", "missing"]


def figures(gold: Gold, answers: Answers) -> dict[str, Any]:
    """F1 by kind, outcomes of speakers, the number of articles with an error, and processor time in seconds."""
    comparisons = [
        compare(article, [found for found, _ in answers.by_article[article.name].quotations])
        for article in gold.articles
    ]
    rows = {row.name: row for row in result_of(comparisons).rows}
    return {
        "articles": len(gold.articles),
        "errors": sum(answer.error is not None for answer in answers.by_article.values()),
        "kinds": {kind: extents(rows[kind]) for kind in KINDS if kind in rows},
        "speakers": speakers(gold, answers, comparisons) if gold.speakers else None,
        "loading_seconds": answers.loading_seconds,
        "seconds": answers.seconds,
    }


def extents(row: Row) -> dict[str, Any]:
    """Numbers of quotations, and F1 of exact contents, overlapping contents, and content with source."""
    return {
        "gold": row.gold, "found": row.found, "exact": row.exact.f1, "overlap": row.overlap.f1, "both": row.both.f1,
        "precision": row.both.precision, "recall": row.both.recall,
    }  # fmt: skip


def speakers(gold: Gold, answers: Answers, comparisons: Sequence[Comparison]) -> dict[str, dict[str, int]]:
    """Outcomes of the speakers of gold quotations: all and direct ones whose speaker is named, and those without a name."""
    judged: dict[str, Counter[str]] = {"named": Counter(), "direct": Counter(), "unnamed": Counter()}
    for comparison in comparisons:
        found = dict(answers.by_article[comparison.article.name].quotations)
        for item in comparison.gold:
            wanted = gold.speakers[comparison.article.name, item.attribution]
            given = found[item.partner.attribution] if item.partner else None
            result = outcome(given, wanted, item, comparison.article.text)
            judged["named" if wanted else "unnamed"][result] += 1
            if wanted and item.kind == "direct":
                judged["direct"][result] += 1
    return {group: {"quotations": counts.total(), **counts} for group, counts in judged.items()}


def outcome(given: Names | None, wanted: Names, item: Item, text: str) -> Outcome:
    """Whether the names ``given`` for a quotation (``None`` if it was not found) are those that the gold has.

    A surname alone is right, as is a longer form. Words that only repeat a source without a name count as no name.
    """
    if given is None:
        return "missing"
    if not given:
        return "none"
    if len(given) == len(wanted) and all(any(same(one, answer) for one in given) for answer in wanted):
        return "right"
    described = {"source": _whole(item.attribution), "speaker": list(wanted)}
    return "none" if is_description(given, described, text) else "wrong"


def _whole(attribution: Attribution) -> tuple[int, int] | None:
    source = attribution.source
    return (source[0][0], source[-1][1]) if source else None
