"""The choice of a person or body for a pronoun or a noun phrase: a softmax over what speaks for each candidate and for nobody.

The mention-ranking model of Denis and Baldridge (2008), linear and with a rival that stands for "nobody of these": a wrong
name is worse than none. The weights are learnt by ``python -m training.antecedents`` from sources read by hand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from quotetrack.extract.someone import Someone
from quotetrack.model import Span

QuestionKind = Literal["pronoun", "nominal", "body"]

KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)


@dataclass(frozen=True, slots=True)
class Question:
    """Whom ``span`` stands for: what speaks for each candidate, and for nobody among them, by the name of the feature."""

    kind: QuestionKind
    span: Span
    candidates: tuple[tuple[Someone, Mapping[str, float]], ...]
    nobody: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """The likeliest candidate, if likelier than nobody, with its probability; ``rival`` is that of the next person."""

    someone: Someone | None
    probability: float
    rival: float = 0.0


Chooser = Callable[[Question], Answer]


def choose(question: Question) -> Answer:
    """The answer by the weights that are shipped."""
    return answer(question, weights()[question.kind])


def answer(question: Question, told: Mapping[str, float]) -> Answer:
    """The answer by the weights ``told``."""
    scores = [score(features, told) for _, features in question.candidates]
    none = score(question.nobody, told)
    top = max([*scores, none])
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers) + math.exp(none - top)
    ranked = sorted(range(len(scores)), key=lambda i: -scores[i])
    if not ranked or scores[ranked[0]] <= none:
        return Answer(None, math.exp(none - top) / total)
    rival = powers[ranked[1]] / total if len(ranked) > 1 else 0.0
    return Answer(question.candidates[ranked[0]][0], powers[ranked[0]] / total, rival)


def score(features: Mapping[str, float], told: Mapping[str, float]) -> float:
    """The weighted sum of the features; what was not seen in training weighs nothing."""
    return sum(told.get(name, 0.0) * value for name, value in features.items())


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The weights by kind of question (``data/antecedents.json``)."""
    data = json.loads(files("quotetrack.extract").joinpath("data", "antecedents.json").read_text(encoding="utf-8"))
    return {kind: {name: float(value) for name, value in data[kind].items()} for kind in KINDS if kind in data}
