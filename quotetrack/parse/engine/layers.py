"""The layers of Stanza's networks, for inference alone and in the precision this processor is fastest at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn


def best_precision() -> torch.dtype:
    """16-bit brain floats where the processor multiplies them natively, three times as fast; else 32-bit floats."""
    native = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return torch.bfloat16 if native is not None and native() else torch.float32


class Recurrent:
    """One bidirectional LSTM layer over padded sentences.

    torch runs padded batches faster than packed ones in 16 bits, but would begin the backward direction in the
    padding. So each sentence is turned round within its own length and both directions run forwards.
    """

    def __init__(self, module: nn.LSTM, precision: torch.dtype, first: tuple[Tensor, Tensor] | None = None) -> None:
        """``first`` holds the learnt initial hidden and cell state, each (2, 1, hidden); without it they are zero."""
        if module.num_layers != 1 or not module.bidirectional:
            raise ValueError("the engine runs one bidirectional layer at a time")
        self.size, self.precision = module.hidden_size, precision
        self.ways = []
        for way, suffix in enumerate(("", "_reverse")):
            weights = [
                getattr(module, f"{name}_l0{suffix}").detach().to(precision)
                for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            ]
            start = [state[way].detach().to(precision) for state in first] if first else [None, None]
            self.ways.append((weights, start))

    def __call__(self, inputs: Tensor, lengths: Sequence[int]) -> Tensor:
        """(sentences, words, features) to (sentences, words, 2 × hidden); what stands in the padding means nothing."""
        rows, width, _ = inputs.shape
        inputs = inputs.to(self.precision)
        turned = turn(lengths, width) if min(lengths) < width else None
        outputs = []
        for way, (weights, start) in enumerate(self.ways):
            states = [
                inputs.new_zeros(1, rows, self.size) if s is None else s.expand(1, rows, self.size).contiguous()
                for s in start
            ]
            given = _turned(inputs, turned) if way else inputs
            answer = torch._VF.lstm(given.contiguous(), states, weights, True, 1, 0.0, False, False, True)[0]
            outputs.append(_turned(answer, turned) if way else answer)
        return torch.cat(outputs, 2).float()


def turn(lengths: Sequence[int], width: int) -> Tensor:
    """For each sentence the order of its words from last to first; the padding stays where it is."""
    length = torch.tensor(lengths)[:, None]
    place = torch.arange(width)[None, :]
    return torch.where(place < length, length - 1 - place, place)


def _turned(values: Tensor, order: Tensor | None) -> Tensor:
    if order is None:
        return values.flip(1)
    return values[torch.arange(len(values))[:, None], order]


class Highway:
    """Stanza's one-layer ``HighwayLSTM``: an LSTM whose input also goes by it through a gate."""

    def __init__(self, module: Any, precision: torch.dtype, first: tuple[Tensor, Tensor]) -> None:
        if module.num_layers != 1:
            raise ValueError("the engine runs highway networks of one layer")
        self.lstm = Recurrent(module.lstm[0].lstm, precision, first)
        self.past = Dense(torch.cat([module.gate[0].weight, module.highway[0].weight]), None, precision)
        self.bias = torch.cat([module.gate[0].bias, module.highway[0].bias]).detach()
        self.activation = module.highway_func or (lambda values: values)

    def __call__(self, inputs: Tensor, lengths: Sequence[int]) -> Tensor:
        gate, past = (self.past(inputs) + self.bias).chunk(2, -1)
        return self.lstm(inputs, lengths) + torch.sigmoid(gate) * torch.tanh(past)


class Dense:
    """A linear layer in the working precision; takes floats of any and gives those of ``given`` (32 bits)."""

    def __init__(
        self, weight: Tensor, bias: Tensor | None, precision: torch.dtype, given: torch.dtype = torch.float32
    ) -> None:
        self.weight = weight.detach().to(precision)
        self.bias = bias.detach().to(precision) if bias is not None else None
        self.precision, self.given = precision, given

    def __call__(self, inputs: Tensor) -> Tensor:
        return nn.functional.linear(inputs.to(self.precision), self.weight, self.bias).to(self.given)
