"""The engine's layers compute over concatenated sentences what torch computes over padded ones."""

from __future__ import annotations

import itertools

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from stanza.models.common.char_model import CharacterModel
from stanza.models.pos.vocab import CharVocab

from quotetrack.parse.attribution.inputs import Words, tree_positions
from quotetrack.parse.attribution.network import Network
from quotetrack.parse.attribution.reader import Reader, Row
from quotetrack.parse.attribution.search import best_labels
from quotetrack.parse.engine import batching, layers, operators
from quotetrack.parse.engine.batching import (
    AttentionLayout,
    RecurrentLayout,
    attend,
    batches,
    largest_batch_size,
    pack_rows,
    padded_batch_size,
    places_needed,
)
from quotetrack.parse.engine.heads import Characters
from quotetrack.parse.engine.layers import Dense, Recurrent

LENGTHS = st.lists(st.integers(1, 30), min_size=1, max_size=20)


@settings(deadline=None, max_examples=30)
@given(LENGTHS, st.integers(1, 9), st.integers(0, 1000))
def test_attention_keeps_to_its_sentence(lengths: list[int], behind: int, seed: int) -> None:
    """Words attend only to words of their own sentence, whatever sentences or padding follow."""
    torch.manual_seed(seed)
    size = sum(lengths) + behind
    asked = torch.randn(size, 3 * 8) * 1.5
    heard = attend(asked, AttentionLayout(lengths, size, 2, torch.float32))
    for own, got in zip(asked[: sum(lengths)].split(lengths), heard[: sum(lengths)].split(lengths), strict=True):
        query, key, value = own.view(-1, 3, 2, 4).permute(1, 2, 0, 3)
        wanted = torch.nn.functional.scaled_dot_product_attention(query, key, value, scale=1.0)
        assert torch.allclose(got, wanted.transpose(0, 1).flatten(1), atol=1e-4)


def test_the_strongest_scores_stay_numbers() -> None:
    """Very high attention scores do not overflow."""
    asked = torch.full((6, 24), 60.0).bfloat16()
    assert attend(asked, AttentionLayout([5], 6, 2, torch.bfloat16)).isfinite().all()


def test_one_place_must_stay_free() -> None:
    """``AttentionLayout`` rejects sentences that leave no place for padding, since attention overwrites the last place."""
    with pytest.raises(ValueError, match="5 places hold 5"):
        AttentionLayout([2, 3], 5, 2, torch.float32)


@settings(deadline=None, max_examples=30)
@given(LENGTHS, st.integers(0, 9), st.integers(0, 1000))
def test_both_ways_of_a_recurrent_layer(lengths: list[int], behind: int, seed: int) -> None:
    """The backward direction starts at the last word of each sentence."""
    torch.manual_seed(seed)
    module = torch.nn.LSTM(5, 3, bidirectional=True)
    size = sum(lengths) + behind
    inputs = torch.randn(size, 5)
    with torch.inference_mode():
        found = Recurrent(module, torch.float32)(inputs, RecurrentLayout(lengths, size))
        for own, got in zip(inputs[: sum(lengths)].split(lengths), found[: sum(lengths)].split(lengths), strict=True):
            assert torch.allclose(got, module(own)[0], atol=1e-5)


@settings(deadline=None, max_examples=30)
@given(LENGTHS, st.integers(0, 9), st.integers(0, 1000))
def test_a_recurrent_layer_forwards_in_several_runs(lengths: list[int], behind: int, seed: int) -> None:
    """Later runs leave out ended sentences and continue the others from their last states."""
    torch.manual_seed(seed)
    module = torch.nn.LSTM(5, 3)
    size = sum(lengths) + behind
    inputs, first = torch.randn(size, 5), (torch.randn(1, 1, 3), torch.randn(1, 1, 3))
    with pytest.MonkeyPatch.context() as patched, torch.inference_mode():
        patched.setattr(batching, "BATCH_SIZES", (2, 4, 6))
        patched.setattr(batching, "RUN_COST", 3)
        layout = RecurrentLayout(lengths, size)
        assert sum(number for number, _ in layout.runs) == max(lengths)
        assert all(count >= later for (_, count), (_, later) in itertools.pairwise(layout.runs))
        found = Recurrent(module, torch.float32, first)(inputs, layout)
        for own, got in zip(inputs[: sum(lengths)].split(lengths), found[: sum(lengths)].split(lengths), strict=True):
            wanted, _ = module(own[:, None], first)
            assert torch.allclose(got, wanted[:, 0], atol=1e-5)


@pytest.mark.skipif(not operators.lstm_works(), reason="this torch lacks oneDNN's LSTM operators")
@pytest.mark.parametrize("gates", [1, 500, 1_000_000])
def test_a_recurrent_layer_in_several_calls(monkeypatch: pytest.MonkeyPatch, gates: int) -> None:
    """However many steps are computed per call, oneDNN's LSTM gives the values of torch's, up to rounding."""
    torch.manual_seed(5)
    monkeypatch.setattr(layers, "GATE_VALUES", gates)
    module = torch.nn.LSTM(37, 8, bidirectional=True).eval()
    lengths = [3, 30, 1, 17, 17, 64]
    inputs = torch.randn(sum(lengths), 37)
    with torch.inference_mode():
        found = Recurrent(module, torch.bfloat16)(inputs, RecurrentLayout(lengths, len(inputs)))
        for own, got in zip(inputs.split(lengths), found.split(lengths), strict=True):
            assert torch.allclose(got.float(), module(own[:, None])[0][:, 0], atol=0.03)


@pytest.mark.parametrize("attention", [True, False])
def test_characters_are_read_as_stanza_reads_them(attention: bool) -> None:
    """A word's character features are those of Stanza's own module, with and without attention."""
    torch.manual_seed(3)
    vocab = CharVocab(["abcdefgh"], "en")
    settings = {"char_emb_dim": 6, "char_hidden_dim": 5, "char_num_layers": 1, "char_rec_dropout": 0, "dropout": 0.0}
    module = CharacterModel(settings, {"char": vocab}, bidirectional=not attention, attention=attention).eval()
    for parameter in module.parameters():
        torch.nn.init.normal_(parameter)
    words = ["bad", "a", "deaf", "head", "facade", "a"]
    with torch.inference_mode():
        characters = Characters(module, vocab, torch.float32)
        characters.add(dict.fromkeys(words))
        found = characters(words)
        for word, got in zip(words, found, strict=True):
            chars = torch.tensor([vocab.map(list(word))])
            wanted = module(chars, chars == 0, [0], [1], [len(word)]).data[0]
            assert torch.allclose(got, wanted, atol=1e-5)


@given(LENGTHS)
def test_rows_hold_every_sentence_once(lengths: list[int]) -> None:
    """Every sentence is in exactly one row, and no row is too long."""
    found = pack_rows(lengths, 40)
    assert sorted(number for row in found for number in row) == list(range(len(lengths)))
    assert all(sum(lengths[number] for number in row) <= 40 for row in found)


@pytest.mark.parametrize("precision", [torch.float32, torch.bfloat16])
def test_activations_and_additions(precision: torch.dtype) -> None:
    """Linear layers with an activation or an addition give the values of torch's own functions, up to rounding."""
    torch.manual_seed(1)
    module, inputs, added = torch.nn.Linear(64, 48), torch.randn(32, 64), torch.randn(32, 48)
    with torch.inference_mode():
        plain = module(inputs)
        near = {"atol": 1e-5} if precision == torch.float32 else {"atol": 0.05, "rtol": 0.02}
        dense = Dense(module.weight, module.bias, precision)
        assert torch.allclose(dense(inputs).float(), plain, **near)
        assert torch.allclose(dense(inputs, added.to(precision)).float(), plain + added, **near)
        for name in ("gelu", "hardswish", "sigmoid", "tanh"):
            followed = Dense(module.weight, module.bias, precision, name)
            assert torch.allclose(followed(inputs).float(), getattr(torch.nn.functional, name)(plain), **near)


def test_the_reader_reads_as_the_network_that_was_trained() -> None:
    """For any paragraph length and anchor, ``Reader`` gives the probabilities and labels of the trained ``Network``."""
    torch.manual_seed(7)
    config = {"layers": 2, "features": 16, "width": 32, "heads": 2, "first": 1, "second": 1, "drop": 0.1}
    network = Network({**config, "upos": ["NOUN", "VERB"], "deprel": ["root", "obj", "nsubj"]}).eval()
    given_rows = [_row(length) for length in (3, 40, 17, 1, 300)]
    with torch.inference_mode():
        read = Reader(network, torch.float32).read(given_rows, 0.0)
        assert [(one.row, one.word) for one in read] == [
            (r, w) for r, row in enumerate(given_rows) for w in range(len(row))
        ]
        for number in range(len(given_rows)):
            row, found = given_rows[number], [one for one in read if one.row == number][:20]
            words = {name: torch.tensor([values]) for name, values in row.numbers.items()}
            words["real"] = torch.ones(1, len(row), dtype=torch.bool)
            state, scores = network.read(row.states[None], words)
            likely = torch.sigmoid(scores)[0]
            seen = [tree_positions(row.words, row.numbers["deprel"], one.word) for one in found]
            for column, name in enumerate(("place", "down", "up")):
                words[name] = torch.tensor([places[column] for places in seen])
            at, anchors = torch.zeros(len(found), dtype=torch.int64), torch.tensor([one.word for one in found])
            labels = network.label_words(state, words, at, anchors)
            paths, fits = best_labels(list(labels), network.steps, network.begin, network.end)
            for one, own, path, fit in zip(found, labels, paths, fits, strict=True):
                assert one.score == pytest.approx(float(likely[one.word]), abs=1e-4)
                assert torch.allclose(torch.tensor(one.shares), torch.softmax(own, 1), atol=1e-3)
                assert one.fit == pytest.approx(fit, abs=1e-3)
                assert one.labels == path


def _row(length: int) -> Row:
    """A paragraph of sentences of eight words, each a chain under its first word."""
    starts = [4 * word for word in range(length)]
    heads = [-1 if word % 8 == 0 else word - 1 for word in range(length)]
    sentences = [word // 8 for word in range(length)]
    words = Words(starts, starts, ["word"] * length, ["NOUN"] * length, heads, ["obj"] * length, sentences)
    numbers = {
        "upos": [word % 3 for word in range(length)],
        "deprel": [word % 4 for word in range(length)],
        "mark": [word % 5 for word in range(length)],
        "shape": [word % 7 for word in range(length)],
        "sentence": sentences,
    }
    return Row(words, torch.randn(length, 16), numbers)


@given(st.integers(1, 10_000))
def test_padded_batch_sizes(sentences: int) -> None:
    """Padded batch sizes hold all sentences with little padding, and sizes from ``largest_batch_size`` need none."""
    assert sentences <= padded_batch_size(sentences) <= (max(16, 2 * sentences) if sentences < 32 else 1.5 * sentences)
    assert 1 <= largest_batch_size(sentences) <= sentences
    assert largest_batch_size(sentences) < 16 or padded_batch_size(largest_batch_size(sentences)) == largest_batch_size(
        sentences
    )


def test_a_long_sentence_is_a_batch_of_its_own() -> None:
    """A sentence longer than the budget of a batch is read alone."""
    assert largest_batch_size(0) == 1


@given(LENGTHS, st.integers(1, 200))
def test_batches_hold_every_sentence_once(lengths: list[int], budget: int) -> None:
    """Every sentence is in one batch, longest first, and only single sentences exceed the budget."""
    found = batches(lengths, budget)
    assert sorted(itertools.chain.from_iterable(found)) == list(range(len(lengths)))
    assert [lengths[i] for batch in found for i in batch] == sorted(lengths, reverse=True)
    assert all(len(batch) == 1 or len(batch) * lengths[batch[0]] <= budget for batch in found)


@given(st.integers(0, 1535))
def test_passes_have_few_sizes(words: int) -> None:
    """A pass in 32 bits holds its words and one place more, in one of five sizes and not twice the needed one; in 16 bits all passes are of one size."""
    size = places_needed(words, 1536, torch.float32)
    assert words < size and size in (96, 192, 384, 768, 1536)
    assert size == 96 or words >= size // 2
    assert places_needed(words, 1536, torch.bfloat16) == 1536
