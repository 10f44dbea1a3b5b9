"""How sure a quotation is, and how sure its speaker: two logistic regressions over what extraction knows (Platt 1999).

``confidence`` is the share of quotations like this one whose content and source phrase are right, ``speaker_confidence`` the share of names found like this
one that are right. Both are fitted on news of many kinds (``python -m training.confidence``).
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
# What the layout gives is too rare in the annotated news to fit; these are the shares seen where its rules were made.
LAYOUT_CONFIDENCE = {
    "transcript": 0.85, "interview": 0.7, "dash": 0.95, "tweet": 0.8, "block": 0.75, "headline": 0.6, "colon": 0.65, "words of": 0.8, "heading": 0.85,
}  # fmt: skip
# By these the speaker is somebody whom other sentences name.
INHERITED = ("neighbour", "subject", "heading")


def confidence(draft: Draft, features: Features) -> float:
    """How likely the quotation is right, from ``of_quotation``; in 0..1, two decimals."""
    return LAYOUT_CONFIDENCE.get(draft.found_by) or _likelihood("quotation", features)


def speaker_confidence(features: Features) -> float:
    """How likely the name is right, from ``of_speaker``; in 0..1, two decimals."""
    return _likelihood("speaker", features)


def quotation_features(reading: Reading, draft: Draft, kind: Kind, stance: Stance) -> dict[str, float]:
    """What tells whether there is such a quotation with this extent and source phrase, by name."""
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
    """What tells whether the name is right, by name; ``sure`` is the quotation's confidence."""
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
    """The regression's answer, in 0..1; unknown features have weight 0."""
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _likelihood(part: str, features: Features) -> float:
    return math.floor(likelihood(_weights()[part], features) * 100) / 100


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    data = json.loads(files("quotetrack.extract").joinpath("data", "confidence.json").read_text(encoding="utf-8"))
    return {part: {name: float(value) for name, value in weights.items()} for part, weights in data.items()}


def logit(share: float) -> float:
    """The logarithm of the odds of ``share``, which is kept off 0 and 1."""
    clipped = min(max(share, 0.005), 0.995)
    return math.log(clipped / (1 - clipped))
