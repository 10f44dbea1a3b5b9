"""How sure a quotation is: from the rule that found it, the kind, and how its speaker was found.

The figures are shares of right content and source on the PolNeAR training articles, by rule, rounded; see
``benchmarks/RESULTS.md``.
"""

from __future__ import annotations

from quotetrack.extract.draft import Draft
from quotetrack.extract.speakers import Resolution
from quotetrack.model import Kind

_BY_RULE = {
    "frame": 0.9, "colon": 0.7, "transcript": 0.85, "interview": 0.8, "dash": 0.85, "tweet": 0.8,
    "neighbour": 0.6, "subject": 0.4, "bare": 0.3,
    "fronted": 0.75, "clause": 0.75, "according": 0.8, "phrase": 0.5, "nominal": 0.5,
    "belief": 0.6, "evidence": 0.6, "infinitive": 0.5,
}  # fmt: skip


def confidence(draft: Draft, kind: Kind, resolution: Resolution) -> float:
    """In 0..1, two decimals."""
    value = _BY_RULE[draft.found_by]
    if draft.source is None and draft.found_by != "bare":
        value *= 0.8
    if draft.source is not None and not draft.source.certain:
        value *= 0.92
    if resolution.method == "pronoun":
        value *= 0.95 if resolution.sure else 0.8
    if kind == "mixed" and draft.found_by == "clause":
        value *= 0.95
    return round(value, 2)
