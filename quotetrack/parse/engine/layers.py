"""The layers of Stanza's networks, for inference alone and in the precision this processor is fastest at."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotetrack.parse.engine.rows import Steps

# Recurrent layers are fed in multiples of this: with 37 inputs the library takes twice as long as with 64.
FED = 32
# What the gates of one walk of a recurrent layer take, in numbers: beyond two million the library's memory comes fresh from the system
# every time, and a step takes one and a half to two times as long.
WALK = 1_600_000
# Products are taken of this many rows at a time, so that what they work on stays in the cache. The number is always the same, since
# for every other one the library first makes code, which takes as long as some thousand rows do.
ROWS = 512


def best_precision() -> torch.dtype:
    """16-bit brain floats where the processor multiplies them natively, three times as fast; else 32-bit floats."""
    native = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return torch.bfloat16 if native is not None and native() else torch.float32


def lays_out(precision: torch.dtype) -> bool:
    """Whether torch can keep weights as oneDNN wants them, and add what follows a product to it.

    torch's compiler uses these operators; without them every product brings the weights into that form again.
    """
    return precision == torch.bfloat16 and all(
        hasattr(torch.ops.mkldnn, name)
        for name in ("_linear_pointwise", "_reorder_linear_weight", "_reorder_mkldnn_rnn_layer_weight")
    )


class Dense:
    """A linear layer in the working precision, with what follows it: a function, or something to add."""

    def __init__(
        self, weight: Tensor, bias: Tensor | None, precision: torch.dtype, function: str = "", rows: int = ROWS
    ) -> None:
        """``function`` is torch's name of what is done to the answers, or nothing; ``rows`` is how many are multiplied at a time."""
        self.precision, self._function, self._rows = precision, function, rows
        self._bias = bias.detach().to(precision) if bias is not None else None
        self._weight = weight.detach().to(precision).contiguous()
        self._laid_out = lays_out(precision)
        if self._laid_out:
            self._weight = torch.ops.mkldnn._reorder_linear_weight(self._weight, rows)

    def __call__(self, inputs: Tensor, added: Tensor | None = None) -> Tensor:
        """(rows, inputs) to (rows, outputs) in the working precision; ``added`` is of the same shape."""
        inputs = inputs.to(self.precision)
        if self._laid_out:
            return self._in_parts(inputs, added)
        answer = functional.linear(inputs, self._weight, self._bias)
        if added is not None:
            return answer.add_(added)
        return getattr(functional, self._function)(answer) if self._function else answer

    def _in_parts(self, inputs: Tensor, added: Tensor | None) -> Tensor:
        size = len(inputs)
        if size == self._rows or added is not None:  # what is added comes in whole passes
            return self._product(inputs, added)
        parts = [*inputs.split(self._rows)]
        parts[-1] = functional.pad(parts[-1], (0, 0, 0, -size % self._rows))
        return torch.cat([self._product(part, None) for part in parts])[:size]

    def _product(self, inputs: Tensor, added: Tensor | None) -> Tensor:
        if added is not None:
            return torch.ops.mkldnn._linear_pointwise.binary(inputs, added, self._weight, self._bias, "add")
        way = "none" if self._function == "gelu" else ""  # a GELU as it is defined, not its approximation by a tangent
        return torch.ops.mkldnn._linear_pointwise(inputs, self._weight, self._bias, self._function or "none", [], way)


class Norm:
    """A layer norm of values in any precision. With weights of 32 bits torch takes three quarters of the time it does in 16."""

    def __init__(self, module: Any) -> None:
        self._weight, self._bias = module.weight.detach().float(), module.bias.detach().float()
        self._epsilon = module.eps

    def __call__(self, values: Tensor) -> Tensor:
        return functional.layer_norm(values, self._weight.shape, self._weight, self._bias, self._epsilon)


class Recurrent:
    """One LSTM layer over sentences in a row, forwards or both ways."""

    def __init__(self, module: nn.LSTM, precision: torch.dtype, first: tuple[Tensor, Tensor] | None = None) -> None:
        """``first`` holds the learnt initial hidden and cell state, each (ways, 1, hidden); without it they are zero."""
        if module.num_layers != 1:
            raise ValueError("the engine runs one recurrent layer at a time")
        self._size, self._precision = module.hidden_size, precision
        self._lacking = -module.input_size % FED
        self._laid_out = lays_out(precision)
        self._ways = []
        for way, suffix in enumerate(("", "_reverse") if module.bidirectional else ("",)):
            given, *others = (
                getattr(module, f"{name}_l0{suffix}").detach().to(precision)
                for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            )
            zero = torch.zeros(1, self._size)
            start = [state[way].detach() for state in first] if first else [zero, zero]
            weights = [functional.pad(given, (0, self._lacking)), *others]
            if self._laid_out:
                form = torch.ops.mkldnn._reorder_mkldnn_rnn_layer_weight
                weights[:2] = form(*weights[:2], self._size, False, True, False)
            self._ways.append((weights, [state.to(precision) for state in start]))

    def __call__(self, inputs: Tensor, steps: Steps) -> Tensor:
        """(size, features) to (size, ways × hidden), both rows of sentences.

        Both ways run forwards, the second over each sentence turned round: run backwards over padded sentences, it would
        begin in the padding.
        """
        inputs = inputs.to(self._precision)
        if self._lacking:
            inputs = functional.pad(inputs, (0, self._lacking))
        walked: list[Tensor] = []
        met = [steps.met_forward, steps.met_backward + len(steps.forward)][: len(self._ways)]
        for (weights, start), order in zip(self._ways, (steps.forward, steps.backward), strict=False):
            states = [state.expand(1, steps.runs[0][1], self._size) for state in start]
            sizes = [number * count for number, count in steps.runs]
            for (number, count), places in zip(steps.runs, order.split(sizes), strict=True):
                states = [state[:, :count].contiguous() for state in states]
                for part in places.split([count * walk for walk in self._walks(number, count)]):
                    given = inputs.index_select(0, part).view(-1, count, inputs.shape[1])
                    answer, *states = self._walk(given, states, weights)
                    walked.append(answer.flatten(0, 1))
        return torch.cat(walked).index_select(0, torch.stack(met, 1).flatten()).view(-1, len(met) * self._size)

    def _walks(self, steps: int, sentences: int) -> list[int]:
        """How many steps are walked at a time: powers of two, since the library makes code for every new number."""
        if not self._laid_out:
            return [steps]
        most = max(1, WALK // (4 * self._size * sentences))
        walks: list[int] = []
        while steps:
            walks.append(1 << (min(most, steps).bit_length() - 1))
            steps -= walks[-1]
        return walks

    def _walk(self, inputs: Tensor, states: list[Tensor], weights: list[Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """(steps, sentences, features) to (steps, sentences, hidden) and the states after them."""
        if not self._laid_out:
            return torch._VF.lstm(inputs, states, weights, True, 1, 0.0, False, False, False)  # type: ignore[no-any-return]
        lstm, layers = 2, 1
        return torch.ops.aten.mkldnn_rnn_layer(  # type: ignore[no-any-return]
            inputs, *weights, *states, False, [], lstm, self._size, layers, True, False, False, False
        )[:3]


class Highway:
    """Stanza's one-layer ``HighwayLSTM``: an LSTM whose input also goes by it through a gate."""

    def __init__(self, module: Any, precision: torch.dtype, first: tuple[Tensor, Tensor]) -> None:
        if module.num_layers != 1:
            raise ValueError("the engine runs highway networks of one layer")
        self._lstm = Recurrent(module.lstm[0].lstm, precision, first)
        self._gate = Dense(module.gate[0].weight, module.gate[0].bias, precision, "sigmoid")
        self._past = Dense(module.highway[0].weight, module.highway[0].bias, precision, "tanh")

    def __call__(self, inputs: Tensor, steps: Steps) -> Tensor:
        answer = self._lstm(inputs, steps)
        for given, part in zip(inputs.split(ROWS), answer.split(ROWS), strict=True):
            part.addcmul_(self._gate(given), self._past(given))
        return answer
