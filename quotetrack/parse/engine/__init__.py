"""The embedded models at several times the speed of ``stanza.Pipeline``, with the same answers.

Stanza loads the models; this room runs them. Three things make the difference: the encoder reads a sentence once for
the tagger, the parser and the entity model together; sentences of many articles share batches of like length; and a
sentence read before (wire copy, standing paragraphs) is not read again.

One thing is meant to differ: the entity model is given words, as it was in training (``Ghana`` and ``'s``), where
``stanza.Pipeline`` gives it the tokens that its English tokenizer leaves whole (``Ghana's``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from stanza.models.common.bert_embedding import extract_bert_embeddings
from stanza.models.common.utils import simplify_punct
from stanza.models.ner.utils import decode_from_bioes

from quotetrack.parse.encoder import LONGEST, NAME, Encoder, Pieces
from quotetrack.parse.engine.heads import EntityModel, Tagger, TreeParser, padded
from quotetrack.parse.engine.layers import best_precision
from quotetrack.parse.engine.states import States, packed
from quotetrack.parse.engine.tokens import Token, Tokens

# Words of one pass of the models on the encoder, padding counted.
WORDS = 4096
SENTENCES_KEPT = 20_000

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """One sentence: for each word its lemma, tag, features, head (-1 at the root) and relation; and its entities.

    ``entities`` are (first word, last word, type).
    """

    words: tuple[tuple[str, str, str, int, str], ...]
    entities: tuple[tuple[int, int, str], ...]


class Engine:
    """Runs the models that a ``stanza.Pipeline`` has loaded. Raises ``ValueError`` where they are of another make."""

    def __init__(self, pipeline: Any, encoder: Encoder, pieces: Pieces, precision: torch.dtype | None = None) -> None:
        precision = precision or best_precision()
        parts = pipeline.processors
        self.tokens = Tokens(parts["tokenize"], parts["mwt"], precision)
        self._pieces = pieces
        self._whole = encoder
        self._tagger = Tagger(parts["pos"].trainer, precision)
        self._parser = TreeParser(parts["depparse"].trainer, precision)
        self._entities = EntityModel(parts["ner"].trainer, precision)
        self._mixes = torch.stack([self._tagger.mix, self._parser.mix, self._entities.mix])
        self._states = States(encoder, self._mixes, precision)
        lemmas = parts["lemma"]
        if not lemmas.config.get("dict_only"):
            raise ValueError("the lemmatizer is more than a dictionary")
        self._lemmas = lemmas.trainer.predict_dict
        self._known: dict[Key, Analysis] = {}

    def read(self, paragraphs: Sequence[str]) -> list[list[tuple[list[Token], Analysis]]]:
        """For each paragraph its sentences with their analysis."""
        with torch.inference_mode():
            return self._read(paragraphs)

    def _read(self, paragraphs: Sequence[str]) -> list[list[tuple[list[Token], Analysis]]]:
        cut = self.tokens.cut(paragraphs)
        keys = [[_key(sentence) for sentence in sentences] for sentences in cut]
        if len(self._known) > SENTENCES_KEPT:
            self._known.clear()
        new = list({key: None for row in keys for key in row if key not in self._known})
        self._known.update(zip(new, self._analyse(new), strict=True))
        return [
            [(sentence, self._known[key]) for sentence, key in zip(sentences, row, strict=True)]
            for sentences, row in zip(cut, keys, strict=True)
        ]

    def _analyse(self, keys: list[Key]) -> list[Analysis]:
        plain = [tuple(word[0] for word in s) for s in simplify_punct([[[word] for word in words] for words in keys])]
        features = self._features(list(dict.fromkeys(plain)))
        found: list[Any] = [None] * len(keys)
        for batch in _batches([len(words) for words in plain], WORDS):
            given = [plain[i] for i in batch]
            states = padded([features[words] for words in given])
            tags = self._tagger(states[:, 1:, 0], given)
            trees = self._parser(states[:, :, 1], given)
            entities = self._entities(states[:, 1:, 2], given)
            for i, *answers in zip(batch, tags, trees, entities, strict=True):
                found[i] = answers
        return [self._together(words, *answers) for words, answers in zip(keys, found, strict=True)]

    def _together(
        self, words: Key, tags: list[tuple[str, str]], tree: list[tuple[int, str]], entities: list[str]
    ) -> Analysis:
        lemmas = self._lemmas([(word, upos) for word, (upos, _) in zip(words, tags, strict=True)])
        return Analysis(
            tuple(
                (lemma or "_", upos, feats, head - 1, relation)
                for lemma, (upos, feats), (head, relation) in zip(lemmas, tags, tree, strict=True)
            ),
            tuple((entity["start"], entity["end"], entity["type"]) for entity in decode_from_bioes(entities)),
        )

    def _features(self, sentences: list[tuple[str, ...]]) -> dict[tuple[str, ...], torch.Tensor]:
        """For each sentence (1 + words, models, width): what the encoder says of the root and of each word.

        The models are the rows of ``self._mixes``, in that order; one more model on the encoder is one more row.
        """
        asked: list[tuple[Key, list[int], list[int]]] = []
        found: dict[tuple[str, ...], torch.Tensor] = {}
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
        for batch in packed([len(flat) + 2 for _, flat, _ in asked]):
            given = [[self._pieces.first, *asked[i][1], self._pieces.last] for i in batch]
            for i, states in zip(batch, self._states(given), strict=True):
                sentence, _, last = asked[i]
                found[sentence] = states[last]
        return found

    def _long(self, sentence: tuple[str, ...]) -> torch.Tensor:
        """A sentence longer than the encoder, by Stanza's own overlapping windows, model by model."""
        mixed = []
        for mix in self._mixes:
            pick = torch.nn.Linear(len(mix), 1, bias=False)
            pick.weight.data[0] = mix - 1 / len(mix)  # to which Stanza adds the mean
            (row,) = extract_bert_embeddings(
                NAME, self._pieces, self._whole, [list(sentence)], torch.device("cpu"), True, bert_layer_mix=pick
            )
            mixed.append(row[:-1])
        return torch.stack(mixed, 1)


def _key(sentence: list[Token]) -> Key:
    return tuple(word for token in sentence for word, _, _ in token.words)


def _batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Numbers of the items, longest first, in batches whose padded size stays within ``budget``."""
    batches: list[list[int]] = []
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > budget:
            batches.append(batch)
            batch = []
        batch.append(i)
    return [*batches, batch] if batch else batches
