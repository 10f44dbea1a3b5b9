"""The attribution network for inference: what ``network.Network`` computes, over paragraphs in a row without padding."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from quotetrack.parse.attribution.inputs import Words, seen_from
from quotetrack.parse.attribution.network import LONGEST, Network, bucket
from quotetrack.parse.attribution.search import best_labels
from quotetrack.parse.engine.batching import AttentionLayout, attend, pack_rows
from quotetrack.parse.engine.layers import Dense, Norm

# Words of one pass: of paragraphs for the first part of the network, of anchors' paragraphs for the second.
PLACES = 1024
MARKED = 64  # anchors marked at a time
# Anchors whose labels are searched together, of like length.
SEARCHED = 256
# What the network is told of each word, and how each word is seen from an anchor.
TOLD, SEEN = ("upos", "deprel", "mark", "shape"), ("place", "down", "up")


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

        def dense(module: Any, rows: int = PLACES) -> Dense:
            return Dense(module.weight, module.bias, precision, rows=rows)

        self._norm, self._input = Norm(network.norm), dense(network.input)
        self._told = _Tables([getattr(network, name) for name in (*TOLD, "position")], precision)
        self._heads = network.first[0].heads
        self._first = [_Block(block, network.function, precision) for block in network.first]
        self._first_norm, self._anchor = Norm(network.first_norm), dense(network.anchor)
        self._seen = _Tables([getattr(network, name) for name in ("distance", "sentence", *SEEN)], precision)
        self._bucket = bucket(torch.arange(-LONGEST, LONGEST + 1)).numpy()
        self._marked = dense(network.marked, MARKED)
        self._second = [_Block(block, network.function, precision) for block in network.second]
        self._second_norm, self._label = Norm(network.second_norm), dense(network.label)
        steps, begin, end = (part.detach().float() for part in (network.steps, network.begin, network.end))
        self._chain = (steps, begin, end)

    def read(self, rows: Sequence[Row], least: float) -> list[Labelled]:
        """What is read for every anchor at least so likely, in the order of rows and words."""
        found: list[tuple[Tensor, Tensor]] = [(torch.zeros(0), torch.zeros(0))] * len(rows)
        lengths = [len(row) for row in rows]
        for batch in pack_rows(lengths, PLACES - 1):
            for number, *answer in zip(batch, *self._anchors([rows[i] for i in batch]), strict=True):
                found[number] = (answer[0], answer[1])
        anchors = [
            (number, word, float(likely[word]))
            for number, (_, likely) in enumerate(found)
            for word in torch.nonzero(likely > least).flatten().tolist()
        ]
        scores: list[tuple[int, Tensor]] = []
        for batch in pack_rows([lengths[row] for row, _, _ in anchors], PLACES - 1):
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
        layout = AttentionLayout(lengths, PLACES, self._heads, self._precision)
        state = self._input(self._norm(_filled(torch.cat([row.states for row in rows]))))
        told = [_numbers(row.numbers[name] for row in rows) for name in TOLD]
        state += self._told(*told, layout.positions.numpy())
        for block in self._first:
            state = block(state, layout)
        state = self._first_norm(state)
        likely = torch.sigmoid(self._anchor(state).squeeze(1).float())
        return state[: sum(lengths)].split(lengths), likely[: sum(lengths)].split(lengths)

    def _scores(self, anchors: list[tuple[Row, Tensor, int]]) -> list[Tensor]:
        """For each anchor, given with its row and the states of it, how every label suits every word (words, labels)."""
        lengths = [len(row) for row, _, _ in anchors]
        layout = AttentionLayout(lengths, PLACES, self._heads, self._precision)
        state = _filled(torch.cat([states for _, states, _ in anchors]))
        marked = self._marked(torch.stack([states[word] for _, states, word in anchors]))
        steps = np.concatenate([np.arange(-word, len(row) - word) for row, _, word in anchors])
        sentences = [(np.array(row.numbers["sentence"]), word) for row, _, word in anchors]
        apart = np.concatenate([own - own[word] for own, word in sentences]).clip(-3, 3) + 3
        seen = [seen_from(row.words, row.numbers["deprel"], word) for row, _, word in anchors]
        places = [_numbers(column) for column in zip(*seen, strict=True)]
        state += self._seen(self._bucket[steps + LONGEST], apart, *places)
        owner = np.repeat(np.arange(len(anchors)), lengths)
        state[: len(owner)] += marked.index_select(0, torch.from_numpy(owner))
        for block in self._second:
            state = block(state, layout)
        scores = self._label(self._second_norm(state)).float()
        return list(scores[: sum(lengths)].split(lengths))


class _Block:
    """``network.Block`` for inference."""

    def __init__(self, block: Any, function: str, precision: torch.dtype) -> None:
        width = block.asked.in_features
        scale = torch.ones(3 * width)
        scale[:width] = float(width // block.heads) ** -0.5
        self._before, self._between = Norm(block.before), Norm(block.between)
        self._asked = Dense(block.asked.weight * scale[:, None], block.asked.bias * scale, precision, rows=PLACES)
        self._mixed = Dense(block.mixed.weight, block.mixed.bias, precision, rows=PLACES)
        self._wide = Dense(block.wide.weight, block.wide.bias, precision, function, rows=PLACES)
        self._narrow = Dense(block.narrow.weight, block.narrow.bias, precision, rows=PLACES)

    def __call__(self, state: Tensor, layout: AttentionLayout) -> Tensor:
        state = self._mixed(attend(self._asked(self._before(state)), layout), state)
        return self._narrow(self._wide(self._between(state)), state)


class _Tables:
    """Embeddings of several things told of each word, to be summed: one pass over them all."""

    def __init__(self, tables: Sequence[Any], precision: torch.dtype) -> None:
        self._rows = torch.cat([table.weight.detach() for table in tables]).to(precision)
        self._begins = np.cumsum([0, *(len(table.weight) for table in tables[:-1])])

    def __call__(self, *numbers: NDArray[np.int64]) -> Tensor:
        """(places, width), in the order of the tables; behind the words, places that mean nothing."""
        asked = np.zeros((PLACES, len(numbers)), np.int64)
        for column, own in enumerate(numbers):
            asked[: len(own), column] = own
        return functional.embedding_bag(torch.from_numpy(asked + self._begins), self._rows, mode="sum")


def _numbers(lists: Iterable[Iterable[int]]) -> NDArray[np.int64]:
    return np.fromiter(itertools.chain.from_iterable(lists), np.int64)


def _filled(states: Tensor) -> Tensor:
    return functional.pad(states, (0, 0, 0, PLACES - len(states)))
