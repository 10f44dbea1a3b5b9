"""The encoder for inference: sentences in one row without padding, and each model's mixture of the layers at once.

Every pass works on the same number of pieces. The products then have one shape each: what torch prepares and keeps for
a shape is prepared once, where a new shape with every batch made a process grow by hundreds of megabytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from quotetrack.parse.encoder import LONGEST, Encoder
from quotetrack.parse.engine.layers import Dense, Norm
from quotetrack.parse.engine.rows import Beside, attend, whole_numbers

# Pieces of one pass: with 1,024 it takes a twentieth longer, with 2,048 as well. No sentence has more.
PIECES = 1536
assert PIECES > LONGEST


class States:
    """What the encoder says of pieces, mixed as each of the models on it wants."""

    def __init__(self, encoder: Encoder, mixes: Tensor, precision: torch.dtype) -> None:
        """``mixes`` is (models, layers): how each model weighs the last layers. A row with a single 1 gives a layer."""
        parts = encoder.embeddings
        # The token type is always the first: its vector goes into those of the positions.
        self._words = parts["word_embeddings"].weight.detach().to(precision)
        places = parts["position_embeddings"].weight + parts["token_type_embeddings"].weight[0]
        self._places = places.detach().to(precision)
        self._norm = Norm(parts["LayerNorm"])
        self._blocks = [_Block(layer, encoder.heads, precision) for layer in encoder.encoder["layer"]]
        self._mixes, self._heads = mixes.to(precision), encoder.heads
        self._precision = precision

    def __call__(self, sentences: Sequence[Sequence[int]], asked: Sequence[Sequence[int]]) -> list[Tensor]:
        """For each sentence, given as its pieces, (models, places asked for, width). Together they have less than ``PIECES``."""
        lengths = [len(sentence) for sentence in sentences]
        ids = whole_numbers(itertools.chain.from_iterable(sentences), PIECES)
        beside = Beside(lengths, PIECES, self._heads, self._precision)
        state = self._norm(self._words.index_select(0, ids).add_(self._places.index_select(0, beside.places)))
        begins = itertools.accumulate(lengths, initial=0)
        wanted = whole_numbers(begin + place for begin, row in zip(begins, asked, strict=False) for place in row)
        layers = []
        for block in self._blocks:
            state = block(state, beside)
            layers.append(state)
        mixed = self._mixed(layers[-self._mixes.shape[1] :], wanted)
        return list(mixed.split([len(row) for row in asked], 1))

    def _mixed(self, layers: list[Tensor], wanted: Tensor) -> Tensor:
        """(models, places wanted, width): the layers' vectors gathered, weighed and summed in one pass."""
        models, count = self._mixes.shape
        places = wanted[:, None] + torch.arange(count) * PIECES
        rows = places.expand(models, *places.shape).flatten(0, 1)
        weights = self._mixes[:, None].expand(models, *places.shape).flatten(0, 1)
        sums = functional.embedding_bag(rows, torch.cat(layers), mode="sum", per_sample_weights=weights)
        return sums.view(models, len(wanted), -1)


class _Block:
    """One layer of the encoder."""

    def __init__(self, layer: Any, heads: int, precision: torch.dtype) -> None:
        inner, output = layer["attention"]["self"], layer["attention"]["output"]
        # The scores are divided by the root of a head's width; the query's weights may as well be.
        scale = float(inner["query"].out_features // heads) ** -0.5
        parts = [(inner["query"], scale), (inner["key"], 1.0), (inner["value"], 1.0)]
        weight = torch.cat([part.weight * factor for part, factor in parts])
        self._asked = Dense(weight, torch.cat([part.bias * factor for part, factor in parts]), precision, rows=PIECES)
        self._heard = Dense(output["dense"].weight, output["dense"].bias, precision, rows=PIECES)
        wide, narrow = layer["intermediate"]["dense"], layer["output"]["dense"]
        self._wide = Dense(wide.weight, wide.bias, precision, "gelu", rows=PIECES)
        self._narrow = Dense(narrow.weight, narrow.bias, precision, rows=PIECES)
        self._first = Norm(output["LayerNorm"])
        self._second = Norm(layer["output"]["LayerNorm"])

    def __call__(self, state: Tensor, beside: Beside) -> Tensor:
        state = self._first(self._heard(attend(self._asked(state), beside), state))
        return self._second(self._narrow(self._wide(state), state))
