"""The choice among candidate antecedents: a small network scores each candidate, and "none of these" is a rival with a score of its own.

A mention ranker (Denis and Baldridge 2008) with one hidden layer. Weights are learnt by ``python -m training.resolver``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Choice:
    """The number of the candidate chosen (``None`` for none of them), its probability, and that of the next best."""

    number: int | None
    probability: float
    rival: float = 0.0


# Query features and one row of features for each candidate, to the choice.
Chooser = Callable[[str, Sequence[float], Sequence[Sequence[float]], Any], Choice]


class Ranker:
    """The weights of one kind of query: a few networks whose answers are averaged. Of each, ``candidate``, ``query`` are (inputs, width),
    ``bias`` and ``out`` (width); likewise for none.
    """

    def __init__(self, networks: Sequence[Mapping[str, Any]]) -> None:
        self._networks = [
            {name: np.asarray(value, np.float32) for name, value in weights.items()} for weights in networks
        ]

    def probabilities(self, query: Sequence[float], candidates: Sequence[Sequence[float]]) -> list[float]:
        """How likely each candidate is meant, and last how likely none of them is; they sum to 1."""
        asked, rows = np.asarray(query, np.float32), np.asarray(candidates, np.float32)
        top = rows.max(0)
        shares = np.zeros(len(rows) + 1, np.float32)
        for w in self._networks:
            hidden = np.maximum(rows @ w["candidate"] + (asked @ w["query"] + w["bias"]), 0)
            none = np.maximum(asked @ w["none query"] + top @ w["none candidate"] + w["none bias"], 0)
            scores = np.append(hidden @ w["out"], none @ w["none out"] + w["none out bias"])
            powers = np.exp(scores - scores.max())
            shares += powers / powers.sum()
        return [float(share) for share in shares / len(self._networks)]

    def choose(self, query: Sequence[float], candidates: Sequence[Sequence[float]]) -> Choice:
        """The likeliest, which may be none."""
        if not candidates:
            return Choice(None, 1.0)
        shares = self.probabilities(query, candidates)
        *named, none = shares
        order = sorted(range(len(named)), key=lambda number: -named[number])
        rival = named[order[1]] if len(order) > 1 else 0.0
        if named[order[0]] <= none:
            return Choice(None, none, named[order[0]])
        return Choice(order[0], named[order[0]], max(rival, none))


@cache
def rankers() -> Mapping[str, Ranker]:
    """The rankers that are shipped, by kind of query (``data/resolver.json``)."""
    text = files("quotetrack.extract").joinpath("data", "resolver.json").read_text(encoding="utf-8")
    return {kind: Ranker(networks) for kind, networks in json.loads(text)["weights"].items()}


def choose(kind: str, query: Sequence[float], candidates: Sequence[Sequence[float]], about: Any = None) -> Choice:
    """The choice by the weights that are shipped."""
    return rankers()[kind].choose(query, candidates)
