"""What the encoder says of the words of a sentence, mixed from its last layers as each model on it wants."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import torch
from stanza.models.common.bert_embedding import extract_bert_embeddings
from stanza.models.common.utils import simplify_punct
from torch import Tensor

from quotetrack.parse.encoder import LONGEST, NAME, Encoder, Pieces
from quotetrack.parse.engine.rows import packed
from quotetrack.parse.engine.states import PIECES, States

Key = tuple[str, ...]
# What Stanza makes plain begins with one of these: `?!` becomes `?`.
_ENDS = frozenset("?？︖﹖⁇!！︕﹗‼")


def plain(sentences: Sequence[Key]) -> list[Key]:
    """The sentences with their punctuation made plain, as Stanza's models were trained to see it."""
    return [tuple(map(_plain, words)) if any(word[:1] in _ENDS for word in words) else words for words in sentences]


@lru_cache(10_000)
def _plain(word: str) -> str:
    simple: str = simplify_punct([[[word]]])[0][0][0]
    return simple


class Features:
    """An encoder and the mixtures of its last layers that are wanted of it: ``mixes`` is (mixtures, layers)."""

    def __init__(self, encoder: Encoder, pieces: Pieces, mixes: Tensor, precision: torch.dtype) -> None:
        self._whole, self._pieces, self._mixes = encoder, pieces, mixes
        self._states = States(encoder, mixes, precision)

    def __call__(self, sentences: Sequence[Key]) -> dict[Key, Tensor]:
        """For each plain sentence (mixtures, 1 + words, width): what the encoder says of the root and of each word."""
        asked: list[tuple[Key, list[int], list[int]]] = []
        found: dict[Key, Tensor] = {}
        self._pieces.of({word: None for sentence in sentences for word in sentence})  # the new ones together
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
            asked.append((sentence, flat, last))
        for batch in packed([len(flat) + 2 for _, flat, _ in asked], PIECES - 1):
            given = [[self._pieces.first, *asked[i][1], self._pieces.last] for i in batch]
            for i, states in zip(batch, self._states(given, [asked[i][2] for i in batch]), strict=True):
                found[asked[i][0]] = states
        return found

    def _long(self, sentence: Key) -> Tensor:
        """A sentence longer than the encoder, by Stanza's own overlapping windows, mixture by mixture."""
        mixed = []
        for mix in self._mixes:
            pick = torch.nn.Linear(len(mix), 1, bias=False)
            pick.weight.data[0] = mix - 1 / len(mix)  # to which Stanza adds the mean
            (row,) = extract_bert_embeddings(
                NAME, self._pieces, self._whole, [list(sentence)], torch.device("cpu"), True, bert_layer_mix=pick
            )
            mixed.append(row[:-1])
        return torch.stack(mixed)
