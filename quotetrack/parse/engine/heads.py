"""Stanza's tagger, parser and entity model on the states of their shared encoder.

Each class takes over the weights of a trainer that Stanza loaded and computes what its ``predict`` returns, without the
results that ``predict`` discards: relations are scored for the chosen heads only, and characters once per distinct word.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.data import ROOT_ID
from torch import Tensor, nn

from quotetrack.parse.engine.batching import RecurrentLayout, int_tensor
from quotetrack.parse.engine.layers import Dense, Highway, Recurrent
from quotetrack.parse.engine.relations import Relations
from quotetrack.parse.engine.search import are_trees, best_paths, best_tree, greedy_is_best
from quotetrack.parse.engine.tags import Tags

WORDS_KEPT = 50_000  # the most words whose character features are cached
WORDS_PER_PASS = 2000  # words that the character network reads at a time


class Characters:
    """A model's character features of words, computed once per distinct word and cached."""

    def __init__(self, module: Any, vocab: Any, precision: torch.dtype, after: nn.Linear | None = None) -> None:
        """Take over Stanza's ``CharacterModel`` ``module``, followed by the linear layer ``after`` if the model has one.

        With attention, the features are the weighted sum of the states, else the last states of both directions.
        """
        self._number = lru_cache(10_000)(lambda character: vocab.map([character])[0])
        self._precision = precision
        self._embeddings = module.char_emb.weight.detach().to(precision)
        first = (module.charlstm_h_init, module.charlstm_c_init)
        self._network = Recurrent(module.charlstm.lstm, precision, first)
        self._weight = module.char_attn.weight.detach()[0] if module.attn else None
        self._after = Dense(after.weight, after.bias, precision) if after is not None else None
        self._known: dict[str, int] = {}
        self._rows = torch.zeros(0)

    def __call__(self, words: Sequence[str]) -> Tensor:
        """(words, features) of words passed to ``add`` before. The empty word is the root of a tree."""
        return self._rows.index_select(0, int_tensor(map(self._known.__getitem__, words)))

    def add(self, words: Iterable[str]) -> None:
        """Compute the features of distinct ``words`` that are not cached yet; few large calls are faster than many small ones."""
        if len(self._known) > WORDS_KEPT:
            self._known.clear()
        new = [word for word in words if word not in self._known]
        for start in range(0, len(new), WORDS_PER_PASS):
            self._add(new[start : start + WORDS_PER_PASS])

    def _add(self, words: list[str]) -> None:
        numbers = [list(map(self._number, word)) if word else [ROOT_ID] for word in words]
        lengths = [len(row) for row in numbers]
        row = int_tensor(itertools.chain.from_iterable(numbers))
        states = self._network(self._embeddings.index_select(0, row), RecurrentLayout(lengths, len(row))).float()
        length = int_tensor(lengths)
        if self._weight is not None:
            states *= torch.sigmoid(states @ self._weight)[:, None]
            owner = torch.repeat_interleave(torch.arange(len(words)), length)
            features = states.new_zeros(len(words), states.shape[1]).index_add_(0, owner, states)
        else:
            ends = torch.cumsum(length, 0)
            forward, backward = states.chunk(2, 1)
            features = torch.cat([forward[ends - 1], backward[ends - length]], 1)
        found = self._after(features) if self._after else features.to(self._precision)
        kept = self._rows[: len(self._known)] if self._known else found[:0]
        for word in words:
            self._known[word] = len(self._known)
        self._rows = torch.cat([kept, found])


class Tagger:
    """Universal part-of-speech tags and morphological features."""

    def __init__(self, trainer: Any, precision: torch.dtype) -> None:
        model = trainer.model.eval()
        if not model.share_hid:
            raise ValueError("the tagger has a hidden layer for each of its columns")
        self.mix = layer_weights(model)
        self.characters = Characters(model.charmodel, trainer.vocab["char"], precision, model.trans_char)
        self._network = Highway(model.taggerlstm, precision, (model.taggerlstm_h_init, model.taggerlstm_c_init))
        self._hidden = Dense(model.upos_hid.weight, model.upos_hid.bias, precision)
        outputs = [model.upos_clf, *model.tag_clf["feats"]]
        self._sizes = [output.out_features for output in outputs]
        self._outputs = Dense(
            torch.cat([o.weight for o in outputs]), torch.cat([o.bias for o in outputs]), torch.float32
        )
        self._upos = trainer.vocab["upos"]
        self._feats = trainer.vocab["feats"]
        self._names: dict[bytes, tuple[str, str]] = {}

    def __call__(self, features: Tensor, words: Sequence[str], layout: RecurrentLayout) -> list[tuple[str, str]]:
        """For each word its tag and its features in CoNLL-U notation; ``features`` is (words, width)."""
        inputs = torch.cat([self.characters(words), features], 1)
        scores = self._outputs(torch.relu_(self._hidden(self._network(inputs, layout))))
        best = torch.stack([part.argmax(1) for part in scores.split(self._sizes, 1)], 1).to(torch.int16).numpy()
        return [
            self._names.get(key) or self._named(key) for key in best.view(f"V{2 * len(self._sizes)}")[:, 0].tolist()
        ]

    def _named(self, numbers: bytes) -> tuple[str, str]:
        upos, *feats = np.frombuffer(numbers, np.int16).tolist()
        self._names[numbers] = named = (self._upos.id2unit(upos), self._feats.id2unit(feats).strip("_"))
        return named


class TreeParser:
    """Heads and relations: the highest-scoring tree with one root (Dozat and Manning 2017)."""

    def __init__(self, trainer: Any, precision: torch.dtype) -> None:
        model = trainer.model.eval()
        if model.args["tag_emb_dim"] or model.args["linearization"] or model.args["distance"]:
            raise ValueError("the parser needs tags or scores for word order")
        if model.args.get("resolve_head_constraints", True):
            raise ValueError("the parser needs trees corrected where a head has two subjects")
        self.mix = layer_weights(model)
        self.characters = Characters(model.charmodel, trainer.vocab["char"], precision, model.trans_char)
        self._network = Highway(model.parserlstm, precision, (model.parserlstm_h_init, model.parserlstm_c_init))
        vocab = trainer.vocab["deprel"]
        self._names = [vocab.id2unit(number) for number in range(VOCAB_PREFIX_SIZE, len(vocab))]
        arc, label = model.unlabeled, model.deprel
        parts = [arc.W1, arc.W2, label.W1, label.W2]
        self._hidden = Dense(torch.cat([p.weight for p in parts]), torch.cat([p.bias for p in parts]), precision)
        # Both scorers append a 1 to their inputs; the last row of their weights is added instead.
        self._arcs, self._plain_arcs = arc.scorer.W_bilin.weight.detach()[:, :, 0].split([arc.W1.out_features, 1])
        self._relations = Relations(label.scorer, precision)

    def __call__(
        self, features: Tensor, words: Sequence[str], layout: RecurrentLayout, lengths: Sequence[int]
    ) -> list[tuple[int, str]]:
        """For each word its head within its sentence (0 is the root) and its relation; ``features`` is (words, width).

        Each sentence begins with the empty word for its root, which ``lengths`` count; the root's own head is meaningless.
        """
        inputs = torch.cat([self.characters(words), features], 1)
        hidden = torch.relu_(self._hidden(self._network(inputs, layout))).float()
        dependent, head, labelled, labelling = hidden.unflatten(1, (4, -1)).unbind(1)
        scored = torch.addmm(self._plain_arcs, dependent, self._arcs)
        arcs = [
            torch.addmm(own[:, -1:], own[:, :-1], others.T).fill_diagonal_(-torch.inf)
            for own, others in zip(scored.split(list(lengths)), head.split(list(lengths)), strict=True)
        ]
        heads = torch.cat([own.argmax(1) for own in arcs]).numpy()
        ends = np.cumsum(lengths)
        for i in np.flatnonzero(~are_trees(heads, lengths)).tolist():
            heads[ends[i] - lengths[i] : ends[i]] = best_tree(_log(arcs[i]))
        begins = np.repeat(ends - lengths, lengths)
        labels = self._relations(labelled, labelling.index_select(0, torch.from_numpy(heads + begins)))
        return list(zip(heads.tolist(), map(self._names.__getitem__, labels), strict=True))


class EntityModel:
    """Named entities from BIOES tags."""

    def __init__(self, trainer: Any, precision: torch.dtype) -> None:
        model = trainer.model.eval()
        if model.input_transform is None or len(model.tag_clfs) != 1 or model.args["word_emb_dim"]:
            raise ValueError("the entity model has layers this engine does not support")
        self.mix = layer_weights(model)
        self.characters = Characters(model.charmodel, trainer.vocab["char"], precision)
        first = (model.taggerlstm_h_init, model.taggerlstm_c_init)
        self._input = Dense(model.input_transform.weight, model.input_transform.bias, precision)
        self._network = Recurrent(model.taggerlstm.lstm, precision, first)
        self._output = Dense(model.tag_clfs[0].weight, model.tag_clfs[0].bias, torch.float32)
        self._transitions = model.crits[0]._transitions.detach().numpy()
        vocab = trainer.vocab["tag"]
        # The model may predict a number reserved for padding; Stanza then takes the first tag.
        self._tags = Tags([vocab.id2unit((max(n, VOCAB_PREFIX_SIZE),))[0] for n in range(len(self._transitions))])

    def __call__(
        self, features: Tensor, words: Sequence[str], layout: RecurrentLayout, lengths: Sequence[int]
    ) -> list[list[tuple[int, int, str]]]:
        """The entities of each sentence as (first word, last word, type); ``features`` is (words, width)."""
        inputs = torch.cat([features, self.characters(words)], 1)
        scores = self._output(self._network(self._input(inputs), layout))
        two, ranked = scores.topk(2, 1)
        best = ranked[:, 0].contiguous().numpy()
        unsettled = np.flatnonzero(
            ~greedy_is_best(best, (two[:, 0] - two[:, 1]).numpy(), lengths, self._transitions)
        ).tolist()
        if unsettled:
            parts = scores.split(list(lengths))
            padded = torch.nn.utils.rnn.pad_sequence([parts[i] for i in unsettled], batch_first=True)
            searched = best_paths(padded.numpy(), [lengths[i] for i in unsettled], self._transitions)
            ends = np.cumsum(lengths)
            for i, path in zip(unsettled, searched, strict=True):
                best[ends[i] - lengths[i] : ends[i]] = path
        return self._tags.entities(best, lengths)


def layer_weights(model: Any) -> Tensor:
    """A model's weights of the encoder's last layers (layers). Raises ``ValueError`` if it has none."""
    if model.bert_layer_mix is None:
        raise ValueError("the model uses the mean of the encoder's layers")
    weights: Tensor = model.bert_layer_mix.weight.detach()[0]
    return weights + 1 / len(weights)


def _log(values: Tensor) -> NDArray[np.float32]:
    answer: NDArray[np.float32] = torch.log_softmax(values, -1).numpy()
    return answer
