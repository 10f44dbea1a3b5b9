"""The encoder for inference: sentences in one row without padding, and each model's mixture of the layers at once.

Every pass works on the same number of pieces. The products then have one shape each: what torch prepares and keeps for
a shape is prepared once, where a new shape with every batch made a process grow by hundreds of megabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from quotetrack.parse.encoder import LONGEST, Encoder
from quotetrack.parse.engine.layers import Dense

# Pieces of one pass; what a layer works on then stays in the processor's cache. No sentence has more.
PIECES = 1024
assert PIECES >= LONGEST
# Only attention sees sentences side by side; their number and width are rounded up to these, again for fewer shapes.
ROWS, WIDTH = 4, 8
# Added to the score of a place that is not to be looked at; finite, so that a row of nothing but padding stays a number.
HIDDEN = -30_000.0


class States:
    """What the encoder says of each piece, mixed as each of the models on it wants."""

    def __init__(self, encoder: Encoder, mixes: Tensor, precision: torch.dtype) -> None:
        """``mixes`` is (models, layers): how each model weighs the last layers. A row with a single 1 gives a layer."""
        parts = encoder.embeddings
        # The token type is always the first: its vector goes into those of the positions.
        self._words = parts["word_embeddings"].weight.detach().to(precision)
        places = parts["position_embeddings"].weight + parts["token_type_embeddings"].weight[0]
        self._places = places.detach().to(precision)
        self._norm = _Norm(parts["LayerNorm"], precision)
        self._blocks = [_Block(layer, encoder.heads, precision) for layer in encoder.encoder["layer"]]
        self._mixes = mixes
        self._precision = precision

    def __call__(self, sentences: Sequence[Sequence[int]]) -> list[Tensor]:
        """For each sentence, given as its pieces, (pieces, models, width). Together they have ``PIECES`` at most."""
        lengths = [len(sentence) for sentence in sentences]
        ids = torch.zeros(PIECES, dtype=torch.int64)
        ids[: sum(lengths)] = torch.tensor([piece for sentence in sentences for piece in sentence])
        layout = _Layout(lengths, self._precision)
        state = self._norm(self._words[ids] + self._places[layout.places])
        kept = []
        for block in self._blocks:
            state = block(state, layout)
            kept.append(state)
        layers = torch.stack(kept[-self._mixes.shape[1] :]).float()
        mixed = (self._mixes @ layers.flatten(1)).view(len(self._mixes), PIECES, -1).transpose(0, 1)
        return list(mixed.to(self._precision)[: sum(lengths)].split(lengths))


class _Layout:
    """Where the pieces of a row stand when sentences lie side by side, and back."""

    def __init__(self, lengths: Sequence[int], precision: torch.dtype) -> None:
        length = torch.tensor([*lengths, *[0] * (-len(lengths) % ROWS)])
        self.rows, self.width = len(length), -(-max(lengths) // WIDTH) * WIDTH
        column = torch.arange(self.width)
        inside = column < length[:, None]
        begin = torch.cumsum(length, 0) - length
        # The last piece stands in for padding; which one does not matter, since no piece looks there.
        self.beside = torch.where(inside, begin[:, None] + column, PIECES - 1).flatten()
        self.back = torch.zeros(PIECES, dtype=torch.int64)
        self.back[: sum(lengths)] = inside.flatten().nonzero().squeeze(1)
        self.places = self.back % self.width
        self.hidden = torch.zeros(self.rows, 1, 1, self.width, dtype=precision)
        self.hidden[:, 0, 0].masked_fill_(~inside, HIDDEN)


class _Block:
    """One layer of the encoder."""

    def __init__(self, layer: Any, heads: int, precision: torch.dtype) -> None:
        inner, output = layer["attention"]["self"], layer["attention"]["output"]
        self._heads = heads
        # The scores are divided by the root of a head's width; the query's weights may as well be.
        scale = float(inner["query"].out_features // heads) ** -0.5
        parts = [(inner["query"], scale), (inner["key"], 1.0), (inner["value"], 1.0)]
        weight = torch.cat([part.weight * factor for part, factor in parts])
        self._inner = _dense(weight, torch.cat([part.bias * factor for part, factor in parts]), precision)
        self._outer = _dense(output["dense"].weight, output["dense"].bias, precision)
        self._wide = _dense(layer["intermediate"]["dense"].weight, layer["intermediate"]["dense"].bias, precision)
        self._narrow = _dense(layer["output"]["dense"].weight, layer["output"]["dense"].bias, precision)
        self._first = _Norm(output["LayerNorm"], precision)
        self._second = _Norm(layer["output"]["LayerNorm"], precision)

    def __call__(self, state: Tensor, layout: _Layout) -> Tensor:
        beside = self._inner(state)[layout.beside]
        query, key, value = beside.view(layout.rows, layout.width, 3, self._heads, -1).permute(2, 0, 3, 1, 4)
        # Spelt out: at a few dozen pieces a sentence torch's fused attention takes twice as long in 16 bits.
        scores = (query @ key.transpose(2, 3)).add_(layout.hidden)
        heard = (torch.softmax(scores, -1) @ value).transpose(1, 2).flatten(2).flatten(0, 1)
        state = self._first(self._outer(heard[layout.back]).add_(state))
        return self._second(self._narrow(functional.gelu(self._wide(state))).add_(state))


class _Norm:
    def __init__(self, module: Any, precision: torch.dtype) -> None:
        self._weight, self._bias = module.weight.detach().to(precision), module.bias.detach().to(precision)
        self._epsilon = module.eps

    def __call__(self, values: Tensor) -> Tensor:
        return functional.layer_norm(values, self._weight.shape, self._weight, self._bias, self._epsilon)


def _dense(weight: Tensor, bias: Tensor, precision: torch.dtype) -> Dense:
    return Dense(weight, bias, precision, precision)


def packed(lengths: Sequence[int]) -> list[list[int]]:
    """Numbers of the sentences, longest first, in passes of ``PIECES`` at most."""
    passes: list[list[int]] = []
    room = 0
    for number in sorted(range(len(lengths)), key=lambda number: -lengths[number]):
        if lengths[number] > room:
            passes.append([])
            room = PIECES
        passes[-1].append(number)
        room -= lengths[number]
    return passes
