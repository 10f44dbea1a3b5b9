"""The encoder for inference: concatenated sentences without padding, with each model's mixture of the layers.

Passes take one of few numbers of pieces, so that products have few shapes: what torch prepares and keeps for a shape
is prepared once. With a new shape for every batch, a process grew by hundreds of megabytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from quotetrack.parse.encoder import LONGEST, Encoder
from quotetrack.parse.engine.batching import AttentionLayout, attend, int_tensor, places_needed
from quotetrack.parse.engine.layers import Dense, Norm

# WordPieces per pass. 1,024 and 2,048 are both 5% slower. No sentence has more.
PIECES = 1536
assert PIECES > LONGEST


class States:
    """The encoder's states of WordPieces, mixed for each model that reads them."""

    def __init__(self, encoder: Encoder, mixes: Tensor, precision: torch.dtype) -> None:
        """``mixes`` (models, layers) weights the last layers for each model; a row with a single 1 selects one layer."""
        parts = encoder.embeddings
        # The token type is always 0, so its embedding is added to the position embeddings once.
        self._words = parts["word_embeddings"].weight.detach().to(precision)
        positions = parts["position_embeddings"].weight + parts["token_type_embeddings"].weight[0]
        self._positions = positions.detach().to(precision)
        self._norm = Norm(parts["LayerNorm"])
        self._blocks = [_Block(layer, encoder.heads, precision) for layer in encoder.encoder["layer"]]
        self._mixes, self._heads = mixes.to(precision), encoder.heads
        self._precision = precision

    def __call__(self, sentences: Sequence[Sequence[int]], selected: Sequence[Sequence[int]]) -> list[Tensor]:
        """For each sentence (models, selected pieces, width).

        ``sentences`` holds the WordPiece numbers of each sentence, together fewer than ``PIECES``; ``selected`` the positions
        whose states are returned.
        """
        lengths = [len(sentence) for sentence in sentences]
        size = places_needed(sum(lengths), PIECES, self._precision)
        ids = int_tensor(itertools.chain.from_iterable(sentences), size)
        layout = AttentionLayout(lengths, size, self._heads, self._precision)
        state = self._norm(self._words.index_select(0, ids).add_(self._positions.index_select(0, layout.positions)))
        begins = itertools.accumulate(lengths, initial=0)
        indexes = int_tensor(begin + place for begin, row in zip(begins, selected, strict=False) for place in row)
        layers = []
        for block in self._blocks:
            state = block(state, layout)
            layers.append(state)
        mixed = self._mix(layers[-self._mixes.shape[1] :], indexes)
        return list(mixed.split([len(row) for row in selected], 1))

    def _mix(self, layers: list[Tensor], indexes: Tensor) -> Tensor:
        """(models, indexes, width): the weighted sums of each piece's states in ``layers``, each (size, width)."""
        models, count = self._mixes.shape
        rows = indexes[:, None] + torch.arange(count) * len(layers[0])
        weights = self._mixes[:, None].expand(models, *rows.shape).flatten(0, 1)
        rows = rows.expand(models, *rows.shape).flatten(0, 1)
        sums = functional.embedding_bag(rows, torch.cat(layers), mode="sum", per_sample_weights=weights)
        return sums.view(models, len(indexes), -1)


class _Block:
    """One transformer layer of the encoder."""

    def __init__(self, layer: Any, heads: int, precision: torch.dtype) -> None:
        inner, output = layer["attention"]["self"], layer["attention"]["output"]
        # ``attend`` expects queries divided by the square root of a head's width.
        scale = float(inner["query"].out_features // heads) ** -0.5
        parts = [(inner["query"], scale), (inner["key"], 1.0), (inner["value"], 1.0)]
        weight = torch.cat([part.weight * factor for part, factor in parts])
        self._project = Dense(weight, torch.cat([part.bias * factor for part, factor in parts]), precision, rows=PIECES)
        self._output = Dense(output["dense"].weight, output["dense"].bias, precision, rows=PIECES)
        wide, narrow = layer["intermediate"]["dense"], layer["output"]["dense"]
        self._wide = Dense(wide.weight, wide.bias, precision, "gelu", rows=PIECES)
        self._narrow = Dense(narrow.weight, narrow.bias, precision, rows=PIECES)
        self._first = Norm(output["LayerNorm"])
        self._second = Norm(layer["output"]["LayerNorm"])

    def __call__(self, state: Tensor, layout: AttentionLayout) -> Tensor:
        state = self._first(self._output(attend(self._project(state), layout), state))
        return self._second(self._narrow(self._wide(state), state))
