"""The embedded models at several times the speed of ``stanza.Pipeline``, with the same answers.

Stanza loads the models; this room runs them. Three things make the difference: the encoder reads a sentence once for
the tagger, the parser, the entity model and the attribution model together; sentences of many articles share batches of
like length; and what inference does not need is not computed.

Two things are meant to differ. The entity model is given words, as it was in training (``Ghana`` and ``'s``), where
``stanza.Pipeline`` gives it the tokens that its English tokenizer leaves whole (``Ghana's``). And a word that Stanza's
lemma table lacks is inflected by rule, where Stanza leaves it as it is.
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
from quotetrack.parse.engine.features import Features, Key, plain
from quotetrack.parse.engine.heads import EntityModel, Tagger, TreeParser
from quotetrack.parse.engine.layers import best_precision
from quotetrack.parse.engine.lemmas import Lemmas
from quotetrack.parse.engine.rows import Steps, batches, whole_numbers
from quotetrack.parse.engine.tokens import Token, Tokens

# Words of one pass of the models on the encoder, padding counted. With a third of it they take a tenth longer.
WORDS = 12_288


@dataclass(frozen=True, slots=True)
class Analysis:
    """One sentence: for each word its lemma, tag, features, head (-1 at the root) and relation; and its entities.

    ``entities`` are (first word, last word, type).
    """

    words: tuple[tuple[str, str, str, int, str], ...]
    entities: tuple[tuple[int, int, str], ...]


# A sentence: its tokens, the words that the encoder was given, their analysis, and the states that were asked for besides.
Read = tuple[list[Token], Key, Analysis, Tensor]


class Engine:
    """Runs the models that a ``stanza.Pipeline`` has loaded. Raises ``ValueError`` where they are of another make."""

    def __init__(
        self,
        pipeline: Any,
        encoder: Encoder,
        pieces: Pieces,
        more: Tensor,
        precision: torch.dtype | None = None,
    ) -> None:
        """``more`` (mixtures, layers) are mixtures of the encoder's last layers to give besides, for other models."""
        precision = precision or best_precision()
        parts = pipeline.processors
        self.tokens = Tokens(parts["tokenize"], parts["mwt"], precision)
        self._tagger = Tagger(parts["pos"].trainer, precision)
        self._parser = TreeParser(parts["depparse"].trainer, precision)
        self._entities = EntityModel(parts["ner"].trainer, precision)
        own = [self._tagger.mix, self._parser.mix, self._entities.mix]
        self._features = Features(encoder, pieces, torch.cat([torch.stack(own), more]), precision)
        lemmas = parts["lemma"]
        if not lemmas.config.get("dict_only"):
            raise ValueError("the lemmatizer is more than a dictionary")
        self._lemma = lru_cache(50_000)(Lemmas(lemmas.trainer._lookup))

    def read(self, paragraphs: Sequence[str]) -> list[list[Read]]:
        """For each paragraph its sentences; their states are (mixtures asked for, words, width)."""
        with torch.inference_mode():
            return self._read(paragraphs)

    def _read(self, paragraphs: Sequence[str]) -> list[list[Read]]:
        cut = self.tokens.cut(paragraphs)
        keys = [[_key(sentence) for sentence in sentences] for sentences in cut]
        new = list({key: None for row in keys for key in row})
        known = dict(zip(new, self._analyse(new), strict=True))
        return [
            [(sentence, *known[key]) for sentence, key in zip(sentences, row, strict=True)]
            for sentences, row in zip(cut, keys, strict=True)
        ]

    def _analyse(self, keys: list[Key]) -> list[tuple[Key, Analysis, Tensor]]:
        flat = plain(keys)
        features = self._features(list(dict.fromkeys(flat)))
        distinct = dict.fromkeys(itertools.chain([""], *flat))
        for model in (self._tagger, self._parser, self._entities):
            model.characters.learn(distinct)
        found: list[Any] = [None] * len(keys)
        for batch in batches([len(words) for words in flat], WORDS):
            for i, *answers in zip(batch, *self._models([flat[i] for i in batch], features), strict=True):
                found[i] = answers
        return [
            (words, self._together(key, *answers), features[words][3:, 1:])
            for key, words, answers in zip(keys, flat, found, strict=True)
        ]

    def _models(self, sentences: list[Key], features: dict[Key, Tensor]) -> tuple[list[Any], list[Any], list[Any]]:
        """Tags, trees and entities of each sentence; the sentences stand in one row, with and without their roots."""
        states = torch.cat([features[words][:3] for words in sentences], 1)
        lengths = [len(words) for words in sentences]
        rooted = [length + 1 for length in lengths]
        row = [word for words in sentences for word in ("", *words)]
        plain = whole_numbers(place for place, word in enumerate(row) if word)
        words = [word for word in row if word]
        steps = Steps(lengths, len(words))
        tags = self._tagger(states[0].index_select(0, plain), words, steps)
        trees = self._parser(states[1], row, Steps(rooted, len(row)), rooted)
        entities = self._entities(states[2].index_select(0, plain), words, steps, lengths)
        return _split(tags, lengths), [tree[1:] for tree in _split(trees, rooted)], entities

    def _together(
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
