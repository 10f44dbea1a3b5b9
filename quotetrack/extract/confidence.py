"""How sure a quotation is: how likely content and source are right, as measured.

What the attribution model proposes is weighed by a logistic regression over the model's own figures (Platt 1999;
``python -m training.confidence``). What the layout or a frame beside marks gives has the measured share of its rule.
PolNeAR is stricter than a reader: an edge two words off may count as wrong.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files

from quotetrack.extract.draft import Draft
from quotetrack.extract.resolve.resolver import Resolution
from quotetrack.model import Kind

_BY_RULE = {
    "frame": 0.75, "colon": 0.65, "transcript": 0.85, "interview": 0.6, "dash": 0.95, "tweet": 0.8, "block": 0.75, "headline": 0.6,
    "neighbour": 0.4, "subject": 0.5, "bare": 0.3,
}  # fmt: skip
FEATURES = ("one", "score", "fit", "least certain", "words", "pieces", "direct", "mixed", "no source")


def confidence(draft: Draft, kind: Kind, resolution: Resolution) -> float:
    """In 0..1, two decimals."""
    if draft.proposal is not None:
        value = likelihood(features(draft, kind))
    else:
        value = _BY_RULE[draft.found_by]
        if draft.source is None and draft.found_by != "bare":
            value *= 0.8
        if draft.source is not None and not draft.source.certain:
            value *= 0.92
    if resolution.method == "pronoun":
        value *= 0.98 if resolution.probability > 0.75 else 0.8
    return math.floor(value * 100) / 100


def features(draft: Draft, kind: Kind) -> list[float]:
    """What the regression is told of a proposed draft, in the order of ``FEATURES``."""
    proposal = draft.proposal
    if proposal is None:
        raise ValueError("only drafts that the attribution model proposed have features")
    return [
        1.0,
        _logit(proposal.score),
        math.log(max(proposal.fit, 1e-6)),
        _logit(min(proposal.certainty)),
        math.log(1 + sum(len(span.text.split()) for span in draft.content)),
        float(len(draft.content) > 1),
        float(kind == "direct"),
        float(kind == "mixed"),
        float(draft.source is None),
    ]


def likelihood(values: list[float]) -> float:
    """The regression's answer to ``features``, in 0..1."""
    return 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(_weights(), values, strict=True))))


@cache
def _weights() -> list[float]:
    data = json.loads(files("quotetrack.extract").joinpath("data", "confidence.json").read_text(encoding="utf-8"))
    return [float(data["weights"][name]) for name in FEATURES]


def _logit(share: float) -> float:
    kept = min(max(share, 0.001), 0.999)
    return math.log(kept / (1 - kept))
