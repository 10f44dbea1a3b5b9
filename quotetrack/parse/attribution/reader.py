"""The attribution network for inference: the results of ``network.Network``, over concatenated paragraphs."""

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

from quotetrack.parse.attribution.inputs import Words, tree_positions
from quotetrack.parse.attribution.network import LONGEST, Network, bucket
from quotetrack.parse.attribution.search import best_labels
from quotetrack.parse.engine.batching import AttentionLayout, attend, pack_rows, places_needed
from quotetrack.parse.engine.layers import Dense, Norm

# The most words per pass of either part of the network, with at least one place of padding.
PLACES = 1024
ANCHORS_MARKED = 64  # anchors per call of the layer that marks them
ANCHORS_SEARCHED = 256  # anchors whose label sequences are searched together
# Embeddings of words, and of their positions relative to an anchor.
WORD_TABLES, ANCHOR_TABLES = ("upos", "deprel", "mark", "shape"), ("place", "down", "up")


@dataclass(frozen=True, slots=True)
class Row:
    """A part of a paragraph: its words, their encoder states (words, features), and their numbers by ``inputs.numbers``."""

    words: Words
    states: Tensor
    numbers: dict[str, list[int]]

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labels of one anchor, the word ``word`` of row ``row``.

    ``score`` is the probability that it is an anchor, ``labels`` the best label of each word of the row, ``shares`` (words,
    labels) the probability of each label, and ``fit`` the probability of ``labels`` as a whole.
    """

    row: int
    word: int
    score: float
    labels: list[int]
    shares: list[list[float]]
    fit: float


class Reader:
    """Runs a network in ``precision``."""

    def __init__(self, network: Network, precision: torch.dtype) -> None:
        self._precision = precision

        def dense(module: Any, rows: int = PLACES) -> Dense:
            return Dense(module.weight, module.bias, precision, rows=rows)

        self._norm, self._input = Norm(network.norm), dense(network.input)
        self._word_tables = _Tables([getattr(network, name) for name in (*WORD_TABLES, "position")], precision)
        self._heads = network.first[0].heads
        self._first = [_Block(block, network.function, precision) for block in network.first]
        self._first_norm, self._anchor = Norm(network.first_norm), dense(network.anchor)
        self._anchor_tables = _Tables(
            [getattr(network, name) for name in ("distance", "sentence", *ANCHOR_TABLES)], precision
        )
        self._bucket = bucket(torch.arange(-LONGEST, LONGEST + 1)).numpy()
        self._marked = dense(network.marked, ANCHORS_MARKED)
        self._second = [_Block(block, network.function, precision) for block in network.second]
        self._second_norm, self._label = Norm(network.second_norm), dense(network.label)
        steps, begin, end = (part.detach().float() for part in (network.steps, network.begin, network.end))
        self._chain = (steps, begin, end)

    def read(self, rows: Sequence[Row], least: float) -> list[Labelled]:
        """The labels of every word whose probability of being an anchor exceeds ``least``, in the order of rows and words."""
        found: list[tuple[Tensor, Tensor]] = [(torch.zeros(0), torch.zeros(0))] * len(rows)
        lengths = [len(row) for row in rows]
        for batch in pack_rows(lengths, PLACES - 1):
            for number, *answer in zip(batch, *self._anchors([rows[i] for i in batch]), strict=True):
                found[number] = (answer[0], answer[1])
        anchors = [
            (number, word, float(probability[word]))
            for number, (_, probability) in enumerate(found)
            for word in torch.nonzero(probability > least).flatten().tolist()
        ]
        scores: list[tuple[int, Tensor]] = []
        for batch in pack_rows([lengths[row] for row, _, _ in anchors], PLACES - 1):
            given = [(rows[anchors[i][0]], found[anchors[i][0]][0], anchors[i][1]) for i in batch]
            scores += zip(batch, self._scores(given), strict=True)
        labelled = []
        for start in range(0, len(scores), ANCHORS_SEARCHED):
            part = scores[start : start + ANCHORS_SEARCHED]
            paths, fits = best_labels([own for _, own in part], *self._chain)
            for (i, own), path, fit in zip(part, paths, fits, strict=True):
                labelled.append((i, Labelled(*anchors[i], path, torch.softmax(own, 1).tolist(), fit)))
        return [one for _, one in sorted(labelled, key=lambda pair: pair[0])]

    def _anchors(self, rows: list[Row]) -> tuple[Sequence[Tensor], Sequence[Tensor]]:
        """For each row the states of its words (words, width), and their probabilities of being anchors (words)."""
        lengths = [len(row) for row in rows]
        layout = self._layout(lengths)
        state = self._input(self._norm(_padded([row.states for row in rows], layout)))
        numbers = [_numbers(row.numbers[name] for row in rows) for name in WORD_TABLES]
        state += self._word_tables(len(state), *numbers, layout.positions.numpy())
        for block in self._first:
            state = block(state, layout)
        state = self._first_norm(state)
        probability = torch.sigmoid(self._anchor(state).squeeze(1).float())
        return state[: sum(lengths)].split(lengths), probability[: sum(lengths)].split(lengths)

    def _scores(self, anchors: list[tuple[Row, Tensor, int]]) -> list[Tensor]:
        """Label scores (words, labels) for each anchor, given as its row, the row's states (words, width) and its word number."""
        lengths = [len(row) for row, _, _ in anchors]
        layout = self._layout(lengths)
        state = _padded([states for _, states, _ in anchors], layout)
        marked = self._marked(torch.stack([states[word] for _, states, word in anchors]))
        steps = np.concatenate([np.arange(-word, len(row) - word) for row, _, word in anchors])
        sentences = [(np.array(row.numbers["sentence"]), word) for row, _, word in anchors]
        sentence_distance = np.concatenate([own - own[word] for own, word in sentences]).clip(-3, 3) + 3
        positions = [tree_positions(row.words, row.numbers["deprel"], word) for row, _, word in anchors]
        places = [_numbers(column) for column in zip(*positions, strict=True)]
        state += self._anchor_tables(len(state), self._bucket[steps + LONGEST], sentence_distance, *places)
        owner = np.repeat(np.arange(len(anchors)), lengths)
        state[: len(owner)] += marked.index_select(0, torch.from_numpy(owner))
        for block in self._second:
            state = block(state, layout)
        scores = self._label(self._second_norm(state)).float()
        return list(scores[: sum(lengths)].split(lengths))

    def _layout(self, lengths: list[int]) -> AttentionLayout:
        size = places_needed(sum(lengths), PLACES, self._precision)
        return AttentionLayout(lengths, size, self._heads, self._precision)


class _Block:
    """``network.Block`` for inference, on concatenated rows."""

    def __init__(self, block: Any, function: str, precision: torch.dtype) -> None:
        width = block.asked.in_features
        scale = torch.ones(3 * width)
        scale[:width] = float(width // block.heads) ** -0.5
        self._before, self._between = Norm(block.before), Norm(block.between)
        self._project = Dense(block.asked.weight * scale[:, None], block.asked.bias * scale, precision, rows=PLACES)
        self._output = Dense(block.mixed.weight, block.mixed.bias, precision, rows=PLACES)
        self._wide = Dense(block.wide.weight, block.wide.bias, precision, function, rows=PLACES)
        self._narrow = Dense(block.narrow.weight, block.narrow.bias, precision, rows=PLACES)

    def __call__(self, state: Tensor, layout: AttentionLayout) -> Tensor:
        state = self._output(attend(self._project(self._before(state)), layout), state)
        return self._narrow(self._wide(self._between(state)), state)


class _Tables:
    """The sum of several embeddings of each word, computed in one call."""

    def __init__(self, tables: Sequence[Any], precision: torch.dtype) -> None:
        self._rows = torch.cat([table.weight.detach() for table in tables]).to(precision)
        self._begins = np.cumsum([0, *(len(table.weight) for table in tables[:-1])])

    def __call__(self, size: int, *numbers: NDArray[np.int64]) -> Tensor:
        """(``size``, width); ``numbers`` has one array of word numbers per table. Rows after the last word are meaningless."""
        filled = np.zeros((size, len(numbers)), np.int64)
        for column, own in enumerate(numbers):
            filled[: len(own), column] = own
        return functional.embedding_bag(torch.from_numpy(filled + self._begins), self._rows, mode="sum")


def _numbers(lists: Iterable[Iterable[int]]) -> NDArray[np.int64]:
    return np.fromiter(itertools.chain.from_iterable(lists), np.int64)


def _padded(states: list[Tensor], layout: AttentionLayout) -> Tensor:
    found = torch.cat(states)
    return functional.pad(found, (0, 0, 0, len(layout.positions) - len(found)))
