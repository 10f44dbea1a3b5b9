"""The encoder's states of the words of a sentence, mixed from its last layers for each model that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import torch
from stanza.models.common.bert_embedding import extract_bert_embeddings
from stanza.models.common.utils import simplify_punct
from torch import Tensor

from quotetrack.parse.encoder import LONGEST, NAME, Encoder, Pieces
from quotetrack.parse.engine.batching import pack_rows
from quotetrack.parse.engine.states import PIECES, States

Key = tuple[str, ...]
# First characters of the tokens that Stanza simplifies: `?!` becomes `?`.
_ENDS = frozenset("?？︖﹖⁇!！︕﹗‼")


def plain(sentences: Sequence[Key]) -> list[Key]:
    """The sentences with their punctuation simplified, as in the training of Stanza's models."""
    return [tuple(map(_plain, words)) if any(word[:1] in _ENDS for word in words) else words for words in sentences]


@lru_cache(10_000)
def _plain(word: str) -> str:
    simple: str = simplify_punct([[[word]]])[0][0][0]
    return simple


class Features:
    """Word states of an encoder. ``mixes`` (mixtures, layers) weights its last layers."""

    def __init__(self, encoder: Encoder, pieces: Pieces, mixes: Tensor, precision: torch.dtype) -> None:
        self._whole, self._pieces, self._mixes = encoder, pieces, mixes
        self._states = States(encoder, mixes, precision)

    def __call__(self, sentences: Sequence[Key]) -> dict[Key, Tensor]:
        """For each sentence (mixtures, 1 + words, width): the states of its root and of the last piece of each word.

        Sentences are given with simplified punctuation (``plain``); those longer than the encoder are read in windows.
        """
        short: list[tuple[Key, list[int], list[int]]] = []
        found: dict[Key, Tensor] = {}
        self._pieces.of(
            {word: None for sentence in sentences for word in sentence}
        )  # tokenizes all new words in one call
        for sentence in sentences:
            pieces = self._pieces.of(sentence)
            flat = [piece for word in pieces for piece in word]
            if len(flat) + 2 > LONGEST:
                found[sentence] = self._long(sentence)
                continue
            last, place = [0], 0
            for word in pieces:
                place += len(word)
                last.append(place)
            short.append((sentence, flat, last))
        for batch in pack_rows([len(flat) + 2 for _, flat, _ in short], PIECES - 1):
            given = [[self._pieces.first, *short[i][1], self._pieces.last] for i in batch]
            for i, states in zip(batch, self._states(given, [short[i][2] for i in batch]), strict=True):
                found[short[i][0]] = states
        return found

    def _long(self, sentence: Key) -> Tensor:
        """The states of a sentence longer than the encoder, from Stanza's overlapping windows."""
        mixed = []
        for mix in self._mixes:
            pick = torch.nn.Linear(len(mix), 1, bias=False)
            pick.weight.data[0] = mix - 1 / len(mix)  # Stanza adds the mean
            (row,) = extract_bert_embeddings(
                NAME, self._pieces, self._whole, [list(sentence)], torch.device("cpu"), True, bert_layer_mix=pick
            )
            mixed.append(row[:-1])
        return torch.stack(mixed)
