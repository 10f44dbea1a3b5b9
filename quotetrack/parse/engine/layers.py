"""Inference versions of the layers in Stanza's networks, in the precision this processor is fastest at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotetrack.parse.engine import operators
from quotetrack.parse.engine.batching import RecurrentLayout

# Inputs of recurrent layers are padded to a multiple of this width: oneDNN takes twice as long over 37 features as over 64.
WIDTH_MULTIPLE = 32
# Gate values that one call of a recurrent layer computes. Above two million, oneDNN requests new memory from the system
# in every call, and a step takes 1.5 to 2 times as long.
GATE_VALUES = 1_600_000
# Linear layers multiply this many rows at a time, so that their working memory fits in the cache. The number never varies,
# because oneDNN compiles code for each new one, which takes as long as multiplying some thousand rows.
ROWS = 512


def best_precision() -> torch.dtype:
    """``bfloat16`` where the processor multiplies it natively, which is three times as fast, else ``float32``."""
    native = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return torch.bfloat16 if native is not None and native() else torch.float32


class Dense:
    """A linear layer in the working precision, followed by an activation function or an addition."""

    def __init__(
        self, weight: Tensor, bias: Tensor | None, precision: torch.dtype, function: str = "", rows: int = ROWS
    ) -> None:
        """Take over ``weight`` (outputs, inputs) and ``bias`` (outputs).

        ``function`` names an activation in ``torch.nn.functional``; ``rows`` is the number of rows multiplied at a time.
        """
        self.precision, self._function, self._rows = precision, function, rows
        self._bias = bias.detach().to(precision) if bias is not None else None
        self._weight = weight.detach().to(precision).contiguous()
        self._packed = precision == torch.bfloat16 and operators.linear_works()
        if self._packed:
            self._weight = operators.pack_linear(self._weight, rows)

    def __call__(self, inputs: Tensor, added: Tensor | None = None) -> Tensor:
        """(rows, inputs) to (rows, outputs) in the working precision; ``added`` (rows, outputs) is added to the product."""
        inputs = inputs.to(self.precision)
        if self._packed:
            return self._in_chunks(inputs, added)
        output = functional.linear(inputs, self._weight, self._bias)
        if added is not None:
            return output.add_(added)
        return getattr(functional, self._function)(output) if self._function else output

    def _in_chunks(self, inputs: Tensor, added: Tensor | None) -> Tensor:
        if added is not None:  # callers that add something always pass the full number of rows
            return operators.linear_add(inputs, added, self._weight, self._bias)
        size = len(inputs)
        if size == self._rows:
            return operators.linear(inputs, self._weight, self._bias, self._function)
        chunks = [*inputs.split(self._rows)]
        chunks[-1] = functional.pad(chunks[-1], (0, 0, 0, -size % self._rows))
        outputs = [operators.linear(chunk, self._weight, self._bias, self._function) for chunk in chunks]
        return torch.cat(outputs)[:size]


class Norm:
    """A layer norm for inputs of any precision. torch is a quarter faster with 32-bit weights than with 16-bit ones."""

    def __init__(self, module: Any) -> None:
        self._weight, self._bias = module.weight.detach().float(), module.bias.detach().float()
        self._epsilon = module.eps

    def __call__(self, values: Tensor) -> Tensor:
        return functional.layer_norm(values, self._weight.shape, self._weight, self._bias, self._epsilon)


class Recurrent:
    """One LSTM layer, forward or bidirectional, over concatenated sentences."""

    def __init__(self, module: nn.LSTM, precision: torch.dtype, first: tuple[Tensor, Tensor] | None = None) -> None:
        """Take over the weights of ``module``.

        ``first`` holds the learned initial hidden and cell state, each (directions, 1, hidden); without it both are zero.
        Raises ``ValueError`` if the module has more than one layer.
        """
        if module.num_layers != 1:
            raise ValueError("the engine runs one recurrent layer at a time")
        self._size, self._precision = module.hidden_size, precision
        self._padding = -module.input_size % WIDTH_MULTIPLE
        self._packed = precision == torch.bfloat16 and operators.lstm_works()
        self._directions = []
        for direction, suffix in enumerate(("", "_reverse") if module.bidirectional else ("",)):
            input_weight, *others = (
                getattr(module, f"{name}_l0{suffix}").detach().to(precision)
                for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            )
            zero = torch.zeros(1, self._size)
            start = [state[direction].detach() for state in first] if first else [zero, zero]
            weights = [functional.pad(input_weight, (0, self._padding)), *others]
            if self._packed:
                weights[:2] = operators.pack_lstm(weights[:2], self._size)
            self._directions.append((weights, [state.to(precision) for state in start]))

    def __call__(self, inputs: Tensor, layout: RecurrentLayout) -> Tensor:
        """(size, features) to (size, directions × hidden), both in the order of the concatenated sentences.

        Both directions run forwards, the second over reversed sentences: torch's own backward direction would start in
        the padding behind the shorter sentences.
        """
        inputs = inputs.to(self._precision)
        if self._padding:
            inputs = functional.pad(inputs, (0, self._padding))
        outputs: list[Tensor] = []
        restore = [layout.restore_forward, layout.restore_backward + len(layout.forward)][: len(self._directions)]
        for (weights, start), order in zip(self._directions, (layout.forward, layout.backward), strict=False):
            states: Sequence[Tensor] = [state.expand(1, layout.runs[0][1], self._size) for state in start]
            sizes = [number * count for number, count in layout.runs]
            for (number, count), places in zip(layout.runs, order.split(sizes), strict=True):
                states = [state[:, :count].contiguous() for state in states]
                for part in places.split([count * length for length in self._call_lengths(number, count)]):
                    given = inputs.index_select(0, part).view(-1, count, inputs.shape[1])
                    output, *states = self._run(given, states, weights)
                    outputs.append(output.flatten(0, 1))
        return torch.cat(outputs).index_select(0, torch.stack(restore, 1).flatten()).view(-1, len(restore) * self._size)

    def _call_lengths(self, steps: int, sentences: int) -> list[int]:
        """Into how many steps per call ``steps`` are divided: powers of two, since oneDNN compiles code for each number."""
        if not self._packed:
            return [steps]
        most = max(1, GATE_VALUES // (4 * self._size * sentences))
        lengths: list[int] = []
        while steps:
            lengths.append(1 << (min(most, steps).bit_length() - 1))
            steps -= lengths[-1]
        return lengths

    def _run(self, inputs: Tensor, states: Sequence[Tensor], weights: Sequence[Tensor]) -> Sequence[Tensor]:
        """(steps, sentences, features) to (steps, sentences, hidden), and the last hidden and cell states."""
        if self._packed:
            return operators.lstm(inputs, states, weights, self._size)
        return operators.plain_lstm(inputs, states, weights)


class Highway:
    """Stanza's one-layer ``HighwayLSTM``: an LSTM with a gated connection from its input to its output."""

    def __init__(self, module: Any, precision: torch.dtype, first: tuple[Tensor, Tensor]) -> None:
        """``first`` is as in ``Recurrent``. Raises ``ValueError`` if the module has more than one layer."""
        if module.num_layers != 1:
            raise ValueError("the engine runs highway networks of one layer")
        self._lstm = Recurrent(module.lstm[0].lstm, precision, first)
        self._gate = Dense(module.gate[0].weight, module.gate[0].bias, precision, "sigmoid")
        self._bypass = Dense(module.highway[0].weight, module.highway[0].bias, precision, "tanh")

    def __call__(self, inputs: Tensor, layout: RecurrentLayout) -> Tensor:
        """(size, features) to (size, directions × hidden)."""
        output = self._lstm(inputs, layout)
        for given, part in zip(inputs.split(ROWS), output.split(ROWS), strict=True):
            part.addcmul_(self._gate(given), self._bypass(given))
        return output
