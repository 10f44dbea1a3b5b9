"""Choose among candidate antecedents: a small network scores each candidate and the answer "none of these".

A mention ranker (Denis and Baldridge 2008) with one hidden layer, trained by ``python -m training.resolver``.
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
    """The result of ranking.

    ``number`` is the index of the chosen candidate, ``None`` for none of them; ``probability`` is that of the choice
    and ``rival`` that of the next best answer.
    """

    number: int | None
    probability: float
    rival: float = 0.0


# Called with the kind of query, its features, one row of features per candidate, and the candidates themselves.
Chooser = Callable[[str, Sequence[float], Sequence[Sequence[float]], Any], Choice]


class Ranker:
    """The ranker for one kind of query: a few networks whose probabilities are averaged.

    Of each network, ``candidate`` and ``query`` are matrices of shape (features, width), ``bias`` and ``out`` vectors
    of length width; the weights with ``none`` score the answer "none of these".
    """

    def __init__(self, networks: Sequence[Mapping[str, Any]]) -> None:
        self._networks = [
            {name: np.asarray(value, np.float32) for name, value in weights.items()} for weights in networks
        ]

    def probabilities(self, query: Sequence[float], candidates: Sequence[Sequence[float]]) -> list[float]:
        """Return the probability of each candidate and, last, of "none of these"; they sum to 1."""
        query_row, rows = np.asarray(query, np.float32), np.asarray(candidates, np.float32)
        top = rows.max(0)
        probabilities = np.zeros(len(rows) + 1, np.float32)
        for weights in self._networks:
            hidden = np.maximum(rows @ weights["candidate"] + (query_row @ weights["query"] + weights["bias"]), 0)
            none = np.maximum(
                query_row @ weights["none query"] + top @ weights["none candidate"] + weights["none bias"], 0
            )
            scores = np.append(hidden @ weights["out"], none @ weights["none out"] + weights["none out bias"])
            powers = np.exp(scores - scores.max())
            probabilities += powers / powers.sum()
        return [float(share) for share in probabilities / len(self._networks)]

    def choose(self, query: Sequence[float], candidates: Sequence[Sequence[float]]) -> Choice:
        """Return the most probable answer, which may be none."""
        if not candidates:
            return Choice(None, 1.0)
        probabilities = self.probabilities(query, candidates)
        *named, none = probabilities
        order = sorted(range(len(named)), key=lambda number: -named[number])
        rival = named[order[1]] if len(order) > 1 else 0.0
        if named[order[0]] <= none:
            return Choice(None, none, named[order[0]])
        return Choice(order[0], named[order[0]], max(rival, none))


@cache
def rankers() -> Mapping[str, Ranker]:
    """Return the included rankers by kind of query (``data/resolver.json``)."""
    text = files("quotetrack.extract").joinpath("data", "resolver.json").read_text(encoding="utf-8")
    return {kind: Ranker(networks) for kind, networks in json.loads(text)["weights"].items()}


def choose(kind: str, query: Sequence[float], candidates: Sequence[Sequence[float]], about: Any = None) -> Choice:
    """Return the choice of the included ranker for ``kind``. ``about`` is ignored; training uses it."""
    return rankers()[kind].choose(query, candidates)
