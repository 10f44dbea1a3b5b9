"""oneDNN's undocumented operators are used only while they work, and the parser gives the same answers without them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from quotetrack.model import Parsed
from quotetrack.parse.engine import layers, operators
from quotetrack.parse.engine.batching import RecurrentLayout
from quotetrack.parse.engine.layers import Dense, Recurrent
from quotetrack.parse.pipeline import Parser

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(autouse=True)
def unknown() -> Iterator[None]:
    """Nothing is known about the operators before a test, nor is anything remembered after it."""
    for known in (operators.linear_works, operators.lstm_works):
        known.cache_clear()
    yield
    for known in (operators.linear_works, operators.lstm_works):
        known.cache_clear()


def _missing(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(torch.ops, "mkldnn", SimpleNamespace())


def _raising(patched: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError("could not create a primitive")

    patched.setattr(torch.ops.mkldnn, "_linear_pointwise", fail)
    patched.setattr(torch.ops.aten, "mkldnn_rnn_layer", fail)


def _other_signature(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(torch.ops.mkldnn, "_reorder_linear_weight", lambda weight: weight)
    patched.setattr(torch.ops.mkldnn, "_reorder_mkldnn_rnn_layer_weight", lambda weights, hidden: weights)


def _other_values(patched: pytest.MonkeyPatch) -> None:
    linear, layer = torch.ops.mkldnn._linear_pointwise, torch.ops.aten.mkldnn_rnn_layer
    changed = SimpleNamespace(
        _linear_pointwise=lambda *given: 2 * linear(*given),
        _reorder_linear_weight=torch.ops.mkldnn._reorder_linear_weight,
        _reorder_mkldnn_rnn_layer_weight=torch.ops.mkldnn._reorder_mkldnn_rnn_layer_weight,
    )
    changed._linear_pointwise.binary = linear.binary  # type: ignore[attr-defined]
    patched.setattr(torch.ops, "mkldnn", changed)
    patched.setattr(torch.ops.aten, "mkldnn_rnn_layer", lambda *given: [2 * part for part in layer(*given)])


NATIVE = pytest.mark.skipif(
    layers.best_precision() != torch.bfloat16, reason="this processor does not multiply 16-bit floats natively"
)
BROKEN = pytest.mark.parametrize("break_operators", [_missing, _raising, _other_signature, _other_values])


@NATIVE
def test_this_torch_has_the_operators() -> None:
    """The operators work in the torch that the tests run with; losing them would make parsing slower without an error."""
    assert operators.linear_works()
    assert operators.lstm_works()


@BROKEN
def test_broken_operators_are_noticed_once(
    break_operators: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Missing, raising, changed or wrong operators are rejected with one debug message per kind of layer."""
    break_operators(monkeypatch)
    with caplog.at_level(logging.DEBUG, logger="quotetrack"):
        for _ in range(3):
            assert not operators.linear_works()
            assert not operators.lstm_works()
    assert [record.levelno for record in caplog.records] == [logging.DEBUG, logging.DEBUG]


@NATIVE
def test_a_broken_lstm_leaves_linear_layers_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linear and recurrent layers are judged separately."""
    monkeypatch.setattr(torch.ops.aten, "mkldnn_rnn_layer", None)
    assert operators.linear_works()
    assert not operators.lstm_works()


@BROKEN
def test_plain_layers_give_the_same_values(break_operators: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linear and recurrent layers without the operators give the same values, up to 16-bit rounding."""
    torch.manual_seed(4)
    linear, lstm = torch.nn.Linear(48, 40), torch.nn.LSTM(37, 8, bidirectional=True)
    inputs, added = torch.randn(70, 48), torch.randn(70, 40).bfloat16()
    lengths = [3, 30, 1, 36]

    def outputs() -> list[torch.Tensor]:
        activated = [
            Dense(linear.weight, linear.bias, torch.bfloat16, name)(inputs)
            for name in ("", "gelu", "hardswish", "sigmoid", "tanh")
        ]
        plus = Dense(linear.weight, linear.bias, torch.bfloat16, rows=70)(inputs, added.clone())
        recurrent = Recurrent(lstm, torch.bfloat16)(inputs[:, :37], RecurrentLayout(lengths, 70))
        return [*activated, plus, recurrent]

    with torch.inference_mode():
        packed = outputs()
        operators.linear_works.cache_clear()
        operators.lstm_works.cache_clear()
        break_operators(monkeypatch)
        plain = outputs()
        assert not operators.linear_works()
    for one, other in zip(packed, plain, strict=True):
        assert torch.allclose(one.float(), other.float(), atol=0.03, rtol=0.02)


@pytest.fixture(scope="module")
def packed_parse() -> Parsed:
    """A sample article, parsed in 16 bits with the operators."""
    return _parse()


def _parse() -> Parsed:
    text = min(SAMPLES.rglob("*.txt")).read_text(encoding="utf-8")
    return Parser(precision=torch.bfloat16).parse(text)


@NATIVE  # elsewhere both parses are made without the operators
@pytest.mark.parametrize("break_operators", [_missing, _raising])
def test_an_article_parses_alike_without_the_operators(
    packed_parse: Parsed, break_operators: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the operators an article has the same tokens, entities and proposals, and the same tree but for near ties."""
    break_operators(monkeypatch)
    plain = _parse()
    assert not operators.linear_works()
    assert not operators.lstm_works()
    assert plain.entities == packed_parse.entities
    assert [(p.cue, p.source, p.content) for p in plain.proposals] == [
        (p.cue, p.source, p.content) for p in packed_parse.proposals
    ]
    pairs = [
        pair
        for one, other in zip(plain.sentences, packed_parse.sentences, strict=True)
        for pair in zip(one.words, other.words, strict=True)
    ]
    assert all((one.start, one.end, one.text) == (other.start, other.end, other.text) for one, other in pairs)
    # Heads whose scores are equal in 16 bits may change with the order of the additions.
    different = sum((one.head, one.deprel, one.upos) != (other.head, other.deprel, other.upos) for one, other in pairs)
    assert different <= len(pairs) / 100
