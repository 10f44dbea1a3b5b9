"""Estimate how likely a quotation and the name of its speaker are correct.

``confidence`` is the share of similar quotations whose content and source phrase are correct, ``speaker_confidence``
the share of similarly found names that are correct. Both are logistic regressions on what extraction knows (Platt
1999), fitted on annotated news by ``python -m training.confidence``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from quotetrack.extract.find.acts import act_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.resolver import Resolution
from quotetrack.model import Kind, Stance

Features = Mapping[str, float]
# Layout attributions are too rare in the annotated news to fit a model. These shares were measured on the texts that
# the layout rules were developed on.
LAYOUT_CONFIDENCE = {
    "transcript": 0.85, "interview": 0.7, "dash": 0.95, "tweet": 0.8, "block": 0.75, "headline": 0.6, "colon": 0.65, "words of": 0.8, "heading": 0.85,
}  # fmt: skip
# Values of ``found_by`` for quotations whose speaker is taken from another sentence.
INHERITED = ("neighbour", "subject", "heading")


def confidence(draft: Draft, features: Features) -> float:
    """Return the probability that the quotation is correct, rounded down to two decimals.

    ``features`` come from ``quotation_features``. For quotations found by layout, a constant is returned instead.
    """
    return LAYOUT_CONFIDENCE.get(draft.found_by) or _likelihood("quotation", features)


def speaker_confidence(features: Features) -> float:
    """Return the probability that the name of the speaker is correct, rounded down to two decimals.

    ``features`` come from ``speaker_features``.
    """
    return _likelihood("speaker", features)


def quotation_features(reading: Reading, draft: Draft, kind: Kind, stance: Stance) -> dict[str, float]:
    """Return the features, by name, that predict whether a quotation with this extent and source phrase exists."""
    words = sum(len(span.text.split()) for span in draft.content)
    features = {
        "one": 1.0,
        "words": math.log(1 + words),
        "pieces": float(len(draft.content) > 1),
        kind: 1.0,
        stance: 1.0,
        "no source": float(draft.source is None),
        "source by position": float(draft.source is not None and not draft.source.certain),
        f"found by {draft.found_by}": 1.0,
    }
    if draft.proposal is not None:
        features["score"] = logit(draft.proposal.score)
        features["fit"] = math.log(max(draft.proposal.fit, 1e-6))
        features["least certain"] = logit(min(draft.proposal.certainty))
    if draft.cue is not None:
        act = act_of(reading, draft.cue)
        features["cue in no class"] = float(act is None or not act.kinds)
    return features


def speaker_features(draft: Draft, resolution: Resolution, quotation_confidence: float) -> dict[str, float]:
    """Return the features, by name, that predict whether the name of the speaker is correct.

    ``quotation_confidence`` is the result of ``confidence`` for the same quotation.
    """
    speaker = resolution.speaker
    method = "neighbour" if draft.found_by in INHERITED else resolution.method
    features = {"one": 1.0, "quotation": logit(quotation_confidence), f"by {method}": 1.0}
    if speaker is not None:
        features[f"a {speaker.type}"] = 1.0
        features["one word"] = float(" " not in speaker.name)
    if resolution.someone is not None:
        features["named often"] = float(len(resolution.someone.mentions) > 1)
    if resolution.probability < 1:
        features["ranked"] = 1.0
        features[f"probability, {method}"] = logit(resolution.probability)
    return features


def likelihood(weights: Mapping[str, float], features: Features) -> float:
    """Return the probability, in 0..1, that a logistic regression with ``weights`` gives to ``features``.

    Features without a weight have weight 0.
    """
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _likelihood(part: str, features: Features) -> float:
    return math.floor(likelihood(_weights()[part], features) * 100) / 100


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    data = json.loads(files("quotetrack.extract").joinpath("data", "confidence.json").read_text(encoding="utf-8"))
    return {part: {name: float(value) for name, value in weights.items()} for part, weights in data.items()}


def logit(share: float) -> float:
    """Return the log-odds of ``share``, which is clipped to 0.005..0.995 first."""
    clipped = min(max(share, 0.005), 0.995)
    return math.log(clipped / (1 - clipped))
