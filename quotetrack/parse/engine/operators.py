"""oneDNN operators on weights that are stored in oneDNN's own layout.

``torch.compile`` uses these operators, but torch does not document them, so a release may drop or change them. With
plain torch functions every call converts the weights again. ``linear_works`` and ``lstm_works`` therefore try the
operators on a small example, once per process, and compare the results with those of the plain functions. Layers use
the plain functions where an operator is missing, raises or gives other values.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

_LSTM_MODE, _LAYERS = 2, 1
_log = logging.getLogger(__name__)


def pack_linear(weight: Tensor, rows: int) -> Tensor:
    """``weight`` (outputs, inputs) in the layout that oneDNN prefers for inputs of ``rows`` rows."""
    return torch.ops.mkldnn._reorder_linear_weight(weight, rows)


def linear(inputs: Tensor, packed: Tensor, bias: Tensor | None, function: str = "") -> Tensor:
    """``function`` of the linear layer, (rows, inputs) to (rows, outputs); ``function`` is a name in ``torch.nn.functional``."""
    algorithm = "none" if function == "gelu" else ""  # the exact GELU, not its approximation with tanh
    return torch.ops.mkldnn._linear_pointwise(inputs, packed, bias, function or "none", [], algorithm)


def linear_add(inputs: Tensor, added: Tensor, packed: Tensor, bias: Tensor | None) -> Tensor:
    """The linear layer plus ``added`` (rows, outputs)."""
    return torch.ops.mkldnn._linear_pointwise.binary(inputs, added, packed, bias, "add")


def pack_lstm(weights: Sequence[Tensor], hidden: int) -> list[Tensor]:
    """Both weights of an LSTM layer, (4 × hidden, features) and (4 × hidden, hidden), in oneDNN's layout."""
    return torch.ops.mkldnn._reorder_mkldnn_rnn_layer_weight(  # type: ignore[no-any-return]
        *weights, hidden, False, True, False
    )


def lstm(inputs: Tensor, states: Sequence[Tensor], weights: Sequence[Tensor], hidden: int) -> Sequence[Tensor]:
    """One LSTM layer, forwards: its outputs, its last hidden state and its last cell state.

    ``inputs`` is (steps, sentences, features), both ``states`` (1, sentences, hidden), ``weights`` the two of
    ``pack_lstm`` and two biases.
    """
    return torch.ops.aten.mkldnn_rnn_layer(  # type: ignore[no-any-return]
        inputs, *weights, *states, False, [], _LSTM_MODE, hidden, _LAYERS, True, False, False, False
    )[:3]


def plain_lstm(inputs: Tensor, states: Sequence[Tensor], weights: Sequence[Tensor]) -> Sequence[Tensor]:
    """What ``lstm`` computes, with weights in torch's layout."""
    return torch.lstm(  # type: ignore[no-any-return]
        inputs, list(states), list(weights), True, _LAYERS, 0.0, False, False, False
    )


@cache
def linear_works() -> bool:
    """Whether ``pack_linear``, ``linear`` and ``linear_add`` give the results of the plain functions in 16 bits."""
    return _agree("linear", _try_linear)


@cache
def lstm_works() -> bool:
    """Whether ``pack_lstm`` and ``lstm`` give the results of ``plain_lstm`` in 16 bits."""
    return _agree("LSTM", _try_lstm)


def _agree(name: str, example: Callable[[], list[tuple[Tensor, Tensor]]]) -> bool:
    try:
        with torch.inference_mode():
            pairs = example()
    except Exception as error:  # an undocumented operator may fail in any way
        _log.debug("torch %s lacks oneDNN's %s operators, plain ones are used: %s", torch.__version__, name, error)
        return False
    if all(one.shape == two.shape and torch.allclose(one, two, atol=0.05, rtol=0.02) for one, two in pairs):
        return True
    _log.debug("oneDNN's %s operators of torch %s give other values, plain ones are used", name, torch.__version__)
    return False


def _try_linear() -> list[tuple[Tensor, Tensor]]:
    inputs, added, weight, bias = _example((8, 16), (8, 24), (24, 16), (24,))
    packed, plain = pack_linear(weight, len(inputs)), functional.linear(inputs, weight, bias)
    return [
        (linear(inputs, packed, bias), plain),
        (linear_add(inputs, added, packed, bias), plain + added),
        *(
            (linear(inputs, packed, bias, name), getattr(functional, name)(plain))
            for name in ("gelu", "hardswish", "sigmoid", "tanh")
        ),
    ]


def _try_lstm() -> list[tuple[Tensor, Tensor]]:
    hidden = 8
    inputs, *rest = _example((5, 2, 32), (32, 32), (32, hidden), (32,), (32,), (1, 2, hidden), (1, 2, hidden))
    weights, states = rest[:4], rest[4:]
    packed = [*pack_lstm(weights[:2], hidden), *weights[2:]]
    return list(zip(lstm(inputs, states, packed, hidden), plain_lstm(inputs, states, weights), strict=True))


def _example(*shapes: tuple[int, ...]) -> list[Tensor]:
    """Values between -0.5 and 0.5, always the same; torch's own random numbers are left as they are."""
    chance = torch.Generator().manual_seed(1)
    return [(torch.rand(shape, generator=chance) - 0.5).bfloat16() for shape in shapes]
