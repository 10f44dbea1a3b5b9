"""The attribution network for inference: what ``network.Network`` computes, over paragraphs in a row without padding."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from quotetrack.parse.attribution.inputs import Words, seen_from
from quotetrack.parse.attribution.network import Network, bucket
from quotetrack.parse.attribution.search import best_labels
from quotetrack.parse.engine.layers import Dense, Norm
from quotetrack.parse.engine.rows import Beside, attend, packed

# Words of one pass: of paragraphs for the first part of the network, of anchors' paragraphs for the second.
PLACES = 1024
MARKED = 64  # anchors marked at a time
# Anchors whose labels are searched together, of like length.
SEARCHED = 256


@dataclass(frozen=True, slots=True)
class Row:
    """A part of a paragraph as the network takes it: its words, the encoder's states (words, features), its numbers."""

    words: Words
    states: Tensor
    numbers: dict[str, list[int]]

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Labelled:
    """What is read for one anchor: how likely it is one, the label of each word of its row and how likely every label is,
    and how likely all are right together.
    """

    row: int
    word: int
    score: float
    labels: list[int]
    shares: list[list[float]]
    fit: float


class Reader:
    """A network's weights, laid out for inference in ``precision``."""

    def __init__(self, network: Network, precision: torch.dtype) -> None:
        self._precision = precision

        def table(module: Any) -> Tensor:
            return module.weight.detach().to(precision)

        def dense(module: Any, rows: int = PLACES) -> Dense:
            return Dense(module.weight, module.bias, precision, rows=rows)

        self._norm, self._input = Norm(network.norm, precision), dense(network.input)
        self._told = {name: table(getattr(network, name)) for name in ("upos", "deprel", "mark", "shape")}
        self._position = table(network.position)
        self._heads = network.first[0].heads
        self._first = [_Block(block, precision) for block in network.first]
        self._first_norm, self._anchor = Norm(network.first_norm, precision), dense(network.anchor)
        self._seen = {name: table(getattr(network, name)) for name in ("place", "down", "up")}
        self._distance, self._sentence = table(network.distance), table(network.sentence)
        self._marked = dense(network.marked, MARKED)
        self._second = [_Block(block, precision) for block in network.second]
        self._second_norm, self._label = Norm(network.second_norm, precision), dense(network.label)
        steps, begin, end = (part.detach().float() for part in (network.steps, network.begin, network.end))
        self._chain = (steps, begin, end)

    def read(self, rows: Sequence[Row], least: float) -> list[Labelled]:
        """What is read for every anchor at least so likely, in the order of rows and words."""
        found: list[tuple[Tensor, Tensor]] = [(torch.zeros(0), torch.zeros(0))] * len(rows)
        lengths = [len(row) for row in rows]
        for batch in packed(lengths, PLACES):
            for number, *answer in zip(batch, *self._anchors([rows[i] for i in batch]), strict=True):
                found[number] = (answer[0], answer[1])
        anchors = [
            (number, word, float(likely[word]))
            for number, (_, likely) in enumerate(found)
            for word in torch.nonzero(likely > least).flatten().tolist()
        ]
        scores: list[tuple[int, Tensor]] = []
        for batch in packed([lengths[row] for row, _, _ in anchors], PLACES):
            given = [(rows[anchors[i][0]], found[anchors[i][0]][0], anchors[i][1]) for i in batch]
            scores += zip(batch, self._scores(given), strict=True)
        labelled = []
        for start in range(0, len(scores), SEARCHED):
            part = scores[start : start + SEARCHED]
            paths, fits = best_labels([own for _, own in part], *self._chain)
            for (i, own), path, fit in zip(part, paths, fits, strict=True):
                labelled.append((i, Labelled(*anchors[i], path, torch.softmax(own, 1).tolist(), fit)))
        return [one for _, one in sorted(labelled, key=lambda pair: pair[0])]

    def _anchors(self, rows: list[Row]) -> tuple[Sequence[Tensor], Sequence[Tensor]]:
        """For each row the states of its words, and how likely each is an anchor."""
        lengths = [len(row) for row in rows]
        beside = Beside(lengths, PLACES, self._heads, self._precision)
        state = self._input(self._norm(_filled(torch.cat([row.states for row in rows]))))
        for name, table in self._told.items():
            state += table.index_select(0, _row(row.numbers[name] for row in rows))
        state += self._position.index_select(0, beside.places)
        for block in self._first:
            state = block(state, beside)
        state = self._first_norm(state)
        likely = torch.sigmoid(self._anchor(state).squeeze(1).float())
        return state[: sum(lengths)].split(lengths), likely[: sum(lengths)].split(lengths)

    def _scores(self, anchors: list[tuple[Row, Tensor, int]]) -> list[Tensor]:
        """For each anchor, given with its row and the states of it, how every label suits every word (words, labels)."""
        lengths = [len(row) for row, _, _ in anchors]
        beside = Beside(lengths, PLACES, self._heads, self._precision)
        state = _filled(torch.cat([states for _, states, _ in anchors]))
        marked = self._marked(torch.stack([states[word] for _, states, word in anchors]))
        owner = torch.repeat_interleave(torch.arange(len(anchors)), torch.tensor(lengths), output_size=sum(lengths))
        state[: len(owner)] += marked.index_select(0, owner)
        steps = _row([place - word for place in range(len(row))] for row, _, word in anchors)
        state += self._distance.index_select(0, bucket(steps))
        sentences = ((row.numbers["sentence"], word) for row, _, word in anchors)
        apart = _row([number - own[word] for number in own] for own, word in sentences)
        state += self._sentence.index_select(0, apart.clamp(-3, 3) + 3)
        seen = [seen_from(row.words, row.numbers["deprel"], word) for row, _, word in anchors]
        for column, table in enumerate(self._seen.values()):
            state += table.index_select(0, _row(places[column] for places in seen))
        for block in self._second:
            state = block(state, beside)
        scores = self._label(self._second_norm(state)).float()
        return list(scores[: sum(lengths)].split(lengths))


class _Block:
    """``network.Block`` for inference."""

    def __init__(self, block: Any, precision: torch.dtype) -> None:
        width = block.asked.in_features
        scale = torch.ones(3 * width)
        scale[:width] = float(width // block.heads) ** -0.5
        self._before, self._between = Norm(block.before, precision), Norm(block.between, precision)
        self._asked = Dense(block.asked.weight * scale[:, None], block.asked.bias * scale, precision, rows=PLACES)
        self._mixed = Dense(block.mixed.weight, block.mixed.bias, precision, rows=PLACES)
        self._wide = Dense(block.wide.weight, block.wide.bias, precision, gelu=True, rows=PLACES)
        self._narrow = Dense(block.narrow.weight, block.narrow.bias, precision, rows=PLACES)

    def __call__(self, state: Tensor, beside: Beside) -> Tensor:
        state = self._mixed(attend(self._asked(self._before(state)), beside), state)
        return self._narrow(self._wide(self._between(state)), state)


def _row(lists: Any) -> Tensor:
    """Numbers of several rows as one, zeros behind."""
    flat = list(itertools.chain.from_iterable(lists))
    return torch.tensor(flat + [0] * (PLACES - len(flat)))


def _filled(states: Tensor) -> Tensor:
    return torch.nn.functional.pad(states, (0, 0, 0, PLACES - len(states)))
