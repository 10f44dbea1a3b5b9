"""How sure a quotation is: from the rule that found it, the kind, and how its speaker was found.

The figures are shares of right content and source among the training articles of PolNeAR, by rule and kind, rounded
(``benchmarks/RESULTS.md``). PolNeAR is stricter than a reader: an edge two words off may count as wrong.
"""

from __future__ import annotations

from quotetrack.extract.draft import Draft
from quotetrack.extract.speakers import Resolution
from quotetrack.model import Kind

_BY_RULE = {
    "frame": 0.9, "colon": 0.65, "transcript": 0.75, "interview": 0.6, "dash": 0.9, "tweet": 0.5,
    "neighbour": 0.4, "subject": 0.5, "bare": 0.3,
    "fronted": 0.65, "clause": 0.72, "according": 0.83, "phrase": 0.6, "nominal": 0.4,
    "belief": 0.45, "evidence": 0.6, "infinitive": 0.45,
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
    if draft.found_by == "clause" and kind != "indirect":
        value *= 1.12
    if draft.found_by == "frame" and kind == "mixed":
        value *= 0.75
    return round(value, 2)
