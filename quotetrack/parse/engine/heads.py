"""Stanza's tagger, parser and entity model over features that one pass of their shared encoder gave.

Each class takes over the weights of a trainer that Stanza loaded and computes what its ``predict`` would, without what
that does for training or throws away: labels are scored for the chosen heads only, characters once a word.
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

from quotetrack.parse.engine.layers import Dense, Highway, Recurrent
from quotetrack.parse.engine.relations import Relations
from quotetrack.parse.engine.rows import Steps, whole_numbers
from quotetrack.parse.engine.search import are_trees, best_paths, best_tree, greedy_is_best
from quotetrack.parse.engine.tags import Tags

# The memory of characters: this many words are kept at a time.
WORDS_KEPT = 50_000
LEARNT = 2000  # words whose characters are read in one pass


class Characters:
    """What a model's character network says of a word; depends on the word alone, so each is asked once."""

    def __init__(self, module: Any, vocab: Any, precision: torch.dtype, after: nn.Linear | None = None) -> None:
        """``module`` is Stanza's ``CharacterModel``; ``after`` is what its answer goes through. With attention it gives the
        weighted sum of its states, without it the last states of both ways.
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
        """(words, features) in the working precision of words that were learnt. The empty word stands for the root of a tree."""
        return self._rows.index_select(0, whole_numbers(map(self._known.__getitem__, words)))

    def learn(self, words: Iterable[str]) -> None:
        """Read the characters of those words, all different, that are new: many at a time cost less than a few now and then."""
        if len(self._known) > WORDS_KEPT:
            self._known.clear()
        new = [word for word in words if word not in self._known]
        for start in range(0, len(new), LEARNT):
            self._learn(new[start : start + LEARNT])

    def _learn(self, words: list[str]) -> None:
        numbers = [list(map(self._number, word)) if word else [ROOT_ID] for word in words]
        lengths = [len(row) for row in numbers]
        row = whole_numbers(itertools.chain.from_iterable(numbers))
        states = self._network(self._embeddings.index_select(0, row), Steps(lengths, len(row))).float()
        length = whole_numbers(lengths)
        if self._weight is not None:
            states *= torch.sigmoid(states @ self._weight)[:, None]
            owner = torch.repeat_interleave(torch.arange(len(words)), length)
            told = states.new_zeros(len(words), states.shape[1]).index_add_(0, owner, states)
        else:
            ends = torch.cumsum(length, 0)
            forward, backward = states.chunk(2, 1)
            told = torch.cat([forward[ends - 1], backward[ends - length]], 1)
        found = self._after(told) if self._after else told.to(self._precision)
        kept = self._rows[: len(self._known)] if self._known else found[:0]
        for word in words:
            self._known[word] = len(self._known)
        self._rows = torch.cat([kept, found])


class Tagger:
    """Universal part-of-speech tags and features."""

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

    def __call__(self, features: Tensor, words: Sequence[str], steps: Steps) -> list[tuple[str, str]]:
        """For each word of a row the tag and the features, as CoNLL-U writes them."""
        inputs = torch.cat([self.characters(words), features], 1)
        scores = self._outputs(torch.relu_(self._hidden(self._network(inputs, steps))))
        best = torch.stack([part.argmax(1) for part in scores.split(self._sizes, 1)], 1).to(torch.int16).numpy()
        return [
            self._names.get(key) or self._named(key) for key in best.view(f"V{2 * len(self._sizes)}")[:, 0].tolist()
        ]

    def _named(self, numbers: bytes) -> tuple[str, str]:
        upos, *feats = np.frombuffer(numbers, np.int16).tolist()
        self._names[numbers] = named = (self._upos.id2unit(upos), self._feats.id2unit(feats).strip("_"))
        return named


class TreeParser:
    """Heads and relations: the best tree with one root by the arc scores (Dozat and Manning 2017)."""

    def __init__(self, trainer: Any, precision: torch.dtype) -> None:
        model = trainer.model.eval()
        if model.args["tag_emb_dim"] or model.args["linearization"] or model.args["distance"]:
            raise ValueError("the parser wants tags or word order scored")
        if model.args.get("resolve_head_constraints", True):
            raise ValueError("the parser wants its trees mended where a head has two subjects")
        self.mix = layer_weights(model)
        self.characters = Characters(model.charmodel, trainer.vocab["char"], precision, model.trans_char)
        self._network = Highway(model.parserlstm, precision, (model.parserlstm_h_init, model.parserlstm_c_init))
        vocab = trainer.vocab["deprel"]
        self._names = [vocab.id2unit(number) for number in range(VOCAB_PREFIX_SIZE, len(vocab))]
        arc, label = model.unlabeled, model.deprel
        parts = [arc.W1, arc.W2, label.W1, label.W2]
        self._hidden = Dense(torch.cat([p.weight for p in parts]), torch.cat([p.bias for p in parts]), precision)
        # The inputs of both scorers end in a one, which stands here as a last row to add.
        self._arcs, self._plain_arcs = arc.scorer.W_bilin.weight.detach()[:, :, 0].split([arc.W1.out_features, 1])
        self._relations = Relations(label.scorer, precision)

    def __call__(
        self, features: Tensor, words: Sequence[str], steps: Steps, lengths: Sequence[int]
    ) -> list[tuple[int, str]]:
        """For each word of a row of sentences its head within its sentence (0 is the root) and its relation.

        Each sentence begins with the empty word for its root, and ``lengths`` count it; the root's own head means nothing.
        """
        inputs = torch.cat([self.characters(words), features], 1)
        hidden = torch.relu_(self._hidden(self._network(inputs, steps))).float()
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
    """Named entities as BIOES tags of tokens."""

    def __init__(self, trainer: Any, precision: torch.dtype) -> None:
        model = trainer.model.eval()
        if model.input_transform is None or len(model.tag_clfs) != 1 or model.args["word_emb_dim"]:
            raise ValueError("the entity model has layers this engine does not know")
        self.mix = layer_weights(model)
        self.characters = Characters(model.charmodel, trainer.vocab["char"], precision)
        first = (model.taggerlstm_h_init, model.taggerlstm_c_init)
        self._input = Dense(model.input_transform.weight, model.input_transform.bias, precision)
        self._network = Recurrent(model.taggerlstm.lstm, precision, first)
        self._output = Dense(model.tag_clfs[0].weight, model.tag_clfs[0].bias, torch.float32)
        self._transitions = model.crits[0]._transitions.detach().numpy()
        vocab = trainer.vocab["tag"]
        # The model can prefer a number that is no tag; Stanza reads the first tag then.
        self._tags = Tags([vocab.id2unit((max(n, VOCAB_PREFIX_SIZE),))[0] for n in range(len(self._transitions))])

    def __call__(
        self, features: Tensor, words: Sequence[str], steps: Steps, lengths: Sequence[int]
    ) -> list[list[tuple[int, int, str]]]:
        """The entities of each sentence of a row: first word, last word, type."""
        inputs = torch.cat([features, self.characters(words)], 1)
        scores = self._output(self._network(self._input(inputs), steps))
        two, ranked = scores.topk(2, 1)
        best = ranked[:, 0].contiguous().numpy()
        open_ = np.flatnonzero(
            ~greedy_is_best(best, (two[:, 0] - two[:, 1]).numpy(), lengths, self._transitions)
        ).tolist()
        if open_:
            parts = scores.split(list(lengths))
            beside = torch.nn.utils.rnn.pad_sequence([parts[i] for i in open_], batch_first=True)
            searched = best_paths(beside.numpy(), [lengths[i] for i in open_], self._transitions)
            ends = np.cumsum(lengths)
            for i, path in zip(open_, searched, strict=True):
                best[ends[i] - lengths[i] : ends[i]] = path
        return self._tags.entities(best, lengths)


def layer_weights(model: Any) -> Tensor:
    """How a model weighs the encoder's last layers: one number each."""
    if model.bert_layer_mix is None:
        raise ValueError("the model takes a fixed mean of the encoder's layers")
    weights: Tensor = model.bert_layer_mix.weight.detach()[0]
    return weights + 1 / len(weights)


def _log(values: Tensor) -> NDArray[np.float32]:
    answer: NDArray[np.float32] = torch.log_softmax(values, -1).numpy()
    return answer
