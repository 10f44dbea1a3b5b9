"""Runs the embedded models several times as fast as ``stanza.Pipeline``, with the same results.

Stanza loads the models and this package runs them. It is faster because the encoder reads each sentence once for the tagger,
the parser, the entity model and the attribution model, because sentences of many articles share batches of similar length,
and because nothing is computed that inference does not use.

Two differences are intended. The entity model reads words, as in its training (``Ghana`` and ``'s``), while
``stanza.Pipeline`` gives it tokens (``Ghana's``). Words missing from Stanza's lemma table are lemmatized by rule, while
Stanza returns them unchanged.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from quotetrack.parse.encoder import Encoder, Pieces
from quotetrack.parse.engine.batching import RecurrentLayout, batches, int_tensor
from quotetrack.parse.engine.features import Features, Key, plain
from quotetrack.parse.engine.heads import EntityModel, Tagger, TreeParser
from quotetrack.parse.engine.layers import best_precision
from quotetrack.parse.engine.lemmas import Lemmas
from quotetrack.parse.engine.tokens import Token, Tokens

# Words per batch of the models on the encoder, including padding. A third of it is 10% slower.
WORDS = 12_288


@dataclass(frozen=True, slots=True)
class Analysis:
    """The analysis of one sentence.

    ``words`` holds (lemma, tag, features, head, relation), with head -1 at the root; ``entities`` (first word, last word,
    type).
    """

    words: tuple[tuple[str, str, str, int, str], ...]
    entities: tuple[tuple[int, int, str], ...]


# A sentence: its tokens, the words given to the encoder, their analysis, and the additional states (mixtures, words, width).
Read = tuple[list[Token], Key, Analysis, Tensor]


class Engine:
    """Runs the models that a ``stanza.Pipeline`` has loaded. Raises ``ValueError`` if their architecture is not supported."""

    def __init__(
        self,
        pipeline: Any,
        encoder: Encoder,
        pieces: Pieces,
        more: Tensor,
        precision: torch.dtype | None = None,
    ) -> None:
        """Take over the models of ``pipeline``, which share ``encoder`` and its tokenizer ``pieces``.

        ``more`` (mixtures, layers) weights the encoder's last layers for further models, whose states ``read`` returns.
        """
        precision = precision or best_precision()
        parts = pipeline.processors
        self.tokens = Tokens(parts["tokenize"], parts["mwt"], precision)
        self._tagger = Tagger(parts["pos"].trainer, precision)
        self._parser = TreeParser(parts["depparse"].trainer, precision)
        self._entities = EntityModel(parts["ner"].trainer, precision)
        own_mixes = [self._tagger.mix, self._parser.mix, self._entities.mix]
        self._features = Features(encoder, pieces, torch.cat([torch.stack(own_mixes), more]), precision)
        lemmas = parts["lemma"]
        if not lemmas.config.get("dict_only"):
            raise ValueError("the lemmatizer has a model besides its dictionary")
        self._lemma = lru_cache(50_000)(Lemmas(lemmas.trainer._lookup))

    def read(self, paragraphs: Sequence[str]) -> list[list[Read]]:
        """The sentences of each paragraph, in order."""
        with torch.inference_mode():
            return self._read(paragraphs)

    def _read(self, paragraphs: Sequence[str]) -> list[list[Read]]:
        sentences_of = self.tokens.cut(paragraphs)
        keys = [[_key(sentence) for sentence in sentences] for sentences in sentences_of]
        new = list({key: None for row in keys for key in row})
        known = dict(zip(new, self._analyse(new), strict=True))
        return [
            [(sentence, *known[key]) for sentence, key in zip(sentences, row, strict=True)]
            for sentences, row in zip(sentences_of, keys, strict=True)
        ]

    def _analyse(self, keys: list[Key]) -> list[tuple[Key, Analysis, Tensor]]:
        flat = plain(keys)
        features = self._features(list(dict.fromkeys(flat)))
        distinct = dict.fromkeys(itertools.chain([""], *flat))
        for model in (self._tagger, self._parser, self._entities):
            model.characters.add(distinct)
        found: list[Any] = [None] * len(keys)
        for batch in batches([len(words) for words in flat], WORDS):
            for i, *answers in zip(batch, *self._run_models([flat[i] for i in batch], features), strict=True):
                found[i] = answers
        return [
            (words, self._analysis(key, *answers), features[words][3:, 1:])
            for key, words, answers in zip(keys, flat, found, strict=True)
        ]

    def _run_models(self, sentences: list[Key], features: dict[Key, Tensor]) -> tuple[list[Any], list[Any], list[Any]]:
        """The tags, trees and entities of each sentence. The parser also reads the root of each sentence."""
        states = torch.cat([features[words][:3] for words in sentences], 1)
        lengths = [len(words) for words in sentences]
        rooted = [length + 1 for length in lengths]
        row = [word for words in sentences for word in ("", *words)]
        plain = int_tensor(place for place, word in enumerate(row) if word)
        words = [word for word in row if word]
        layout = RecurrentLayout(lengths, len(words))
        tags = self._tagger(states[0].index_select(0, plain), words, layout)
        trees = self._parser(states[1], row, RecurrentLayout(rooted, len(row)), rooted)
        entities = self._entities(states[2].index_select(0, plain), words, layout, lengths)
        return _split(tags, lengths), [tree[1:] for tree in _split(trees, rooted)], entities

    def _analysis(
        self, words: Key, tags: list[tuple[str, str]], tree: list[tuple[int, str]], entities: list[tuple[int, int, str]]
    ) -> Analysis:
        return Analysis(
            tuple(
                (self._lemma(word, upos, feats) or "_", upos, feats, head - 1, relation)
                for word, (upos, feats), (head, relation) in zip(words, tags, tree, strict=True)
            ),
            tuple(entities),
        )


def _key(sentence: list[Token]) -> Key:
    return tuple(word for token in sentence for word, _, _ in token.words)


def _split(row: list[Any], lengths: Sequence[int]) -> list[list[Any]]:
    ends = list(itertools.accumulate(lengths))
    return [row[end - length : end] for end, length in zip(ends, lengths, strict=True)]
