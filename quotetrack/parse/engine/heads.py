"""Stanza's tagger, parser and entity model over features that one pass of their shared encoder gave.

Each class takes over the weights of a trainer that Stanza loaded and computes what its ``predict`` would, without what
that does for training or throws away: labels are scored for the chosen heads only, characters once a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.data import ROOT_ID
from stanza.models.ner.trainer import fix_singleton_tags
from torch import Tensor

from quotetrack.parse.engine.layers import Dense, Highway, Recurrent
from quotetrack.parse.engine.search import best_paths, best_tree, is_tree

# The memory of characters: this many words are kept at a time.
WORDS_KEPT = 50_000
# Words whose relations are scored at a time: a word takes 7,000 numbers on the way, which must stay in the cache.
SCORED = 128


class Characters:
    """What a model's character network says of a word; depends on the word alone, so each is asked once."""

    def __init__(self, module: Any, vocab: Any, after: Any = None) -> None:
        self._module, self._vocab, self._after = module, vocab, after or (lambda values: values)
        self._known: dict[str, int] = {}
        self._rows = torch.zeros(0)

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[Tensor]:
        """For each sentence (words, features). The empty word stands for the root of a tree."""
        if len(self._known) > WORDS_KEPT:
            self._known.clear()
        new = sorted({w for words in sentences for w in words if w not in self._known}, key=lambda w: -len(w))
        for start in range(0, len(new), 2000):
            self._learn(new[start : start + 2000])
        return [self._rows[[self._known[word] for word in words]] for words in sentences]

    def _learn(self, words: list[str]) -> None:
        numbers = [self._vocab.map(list(word)) if word else [ROOT_ID] for word in words]
        lengths = [len(n) for n in numbers]
        chars = torch.zeros((len(words), lengths[0]), dtype=torch.int64)
        for row, number in enumerate(numbers):
            chars[row, : len(number)] = torch.tensor(number)
        answer = self._module(chars, chars == 0, list(range(len(words))), [len(words)], lengths)
        found = self._after(answer.data)
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
        self.characters = Characters(model.charmodel, trainer.vocab["char"], model.trans_char)
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

    def __call__(self, features: Tensor, sentences: Sequence[Sequence[str]]) -> list[list[tuple[str, str]]]:
        """For each sentence the tag and the features of each word, as CoNLL-U writes them."""
        lengths = [len(words) for words in sentences]
        inputs = torch.cat([padded(self.characters(sentences)), features], 2)
        scores = self._outputs(torch.relu(self._hidden(self._network(inputs, lengths))))
        best = torch.stack([part.argmax(2) for part in scores.split(self._sizes, 2)], 2).to(torch.int16).numpy()
        return [[self._named(best[row, place]) for place in range(length)] for row, length in enumerate(lengths)]

    def _named(self, numbers: NDArray[np.int16]) -> tuple[str, str]:
        key = numbers.tobytes()
        if key not in self._names:
            upos, *feats = numbers.tolist()
            self._names[key] = (self._upos.id2unit(upos), self._feats.id2unit(feats).strip("_"))
        return self._names[key]


class TreeParser:
    """Heads and relations: the best tree with one root by the arc scores (Dozat and Manning 2017)."""

    def __init__(self, trainer: Any, precision: torch.dtype) -> None:
        model = trainer.model.eval()
        if model.args["tag_emb_dim"] or model.args["linearization"] or model.args["distance"]:
            raise ValueError("the parser wants tags or word order scored")
        if model.args.get("resolve_head_constraints", True):
            raise ValueError("the parser wants its trees mended where a head has two subjects")
        self.mix = layer_weights(model)
        self.characters = Characters(model.charmodel, trainer.vocab["char"], model.trans_char)
        self._network = Highway(model.parserlstm, precision, (model.parserlstm_h_init, model.parserlstm_c_init))
        self._arc, self._label = model.unlabeled, model.deprel
        self._vocab = trainer.vocab["deprel"]
        parts = [self._arc.W1, self._arc.W2, self._label.W1, self._label.W2]
        self._hidden = Dense(torch.cat([p.weight for p in parts]), torch.cat([p.bias for p in parts]), precision)
        weight = self._label.scorer.W_bilin.weight.detach()
        self._relations = Dense(weight.flatten(1).T, None, precision)

    def __call__(self, features: Tensor, sentences: Sequence[Sequence[str]]) -> list[list[tuple[int, str]]]:
        """For each sentence the head (0 is the root) and the relation of each word; ``features`` begin with the root's."""
        rooted = [["", *words] for words in sentences]
        lengths = [len(words) for words in rooted]
        inputs = torch.cat([padded(self.characters(rooted)), features], 2)
        hidden = torch.relu(self._hidden(self._network(inputs, lengths)))
        dependent, head, labelled, labelling = _with_one(hidden.unflatten(2, (4, -1))).unbind(2)
        scorer = self._arc.scorer.W_bilin
        arcs = (dependent @ scorer.weight[:, :, 0]) @ head.transpose(1, 2) + scorer.bias
        arcs.diagonal(dim1=1, dim2=2).fill_(-torch.inf)
        arcs = arcs.masked_fill(
            torch.arange(arcs.shape[2])[None, None, :] >= torch.tensor(lengths)[:, None, None], -torch.inf
        )
        greedy = arcs.argmax(2).numpy()
        trees = [
            heads if is_tree(heads) else best_tree(_log(arcs[row, :length, :length]))
            for row, length in enumerate(lengths)
            for heads in [greedy[row, :length]]
        ]
        relations = self._relations_of(labelled, labelling, trees)
        return [
            [
                (int(head), self._vocab.id2unit(label + VOCAB_PREFIX_SIZE))
                for head, label in zip(heads[1:], labels, strict=True)
            ]
            for heads, labels in zip(trees, relations, strict=True)
        ]

    def _relations_of(self, labelled: Tensor, labelling: Tensor, trees: list[Any]) -> list[list[int]]:
        """The best relation of each word to the head it was given."""
        rows = torch.tensor([row for row, heads in enumerate(trees) for _ in heads[1:]])
        words = torch.tensor([word for heads in trees for word in range(1, len(heads))])
        chosen = torch.tensor([int(head) for heads in trees for head in heads[1:]])
        best = []
        for start in range(0, len(rows), SCORED):
            part = slice(start, start + SCORED)
            between = self._relations(labelled[rows[part], words[part]]).unflatten(1, (labelled.shape[2], -1))
            scores = torch.bmm(labelling[rows[part], chosen[part], None, :], between).squeeze(1)
            best.append((scores + self._label.scorer.W_bilin.bias).argmax(1))
        flat = torch.cat(best).tolist()
        found, begin = [], 0
        for heads in trees:
            found.append(flat[begin : begin + len(heads) - 1])
            begin += len(heads) - 1
        return found


class EntityModel:
    """Named entities as BIOES tags of tokens."""

    def __init__(self, trainer: Any, precision: torch.dtype) -> None:
        model = trainer.model.eval()
        if model.input_transform is None or len(model.tag_clfs) != 1 or model.args["word_emb_dim"]:
            raise ValueError("the entity model has layers this engine does not know")
        self.mix = layer_weights(model)
        self.characters = Characters(model.charmodel, trainer.vocab["char"])
        first = (model.taggerlstm_h_init, model.taggerlstm_c_init)
        self._input = Dense(model.input_transform.weight, model.input_transform.bias, precision)
        self._network = Recurrent(model.taggerlstm.lstm, precision, first)
        self._output = Dense(model.tag_clfs[0].weight, model.tag_clfs[0].bias, torch.float32)
        self._transitions = model.crits[0]._transitions.detach().numpy()
        vocab = trainer.vocab["tag"]
        # The model can prefer a number that is no tag; Stanza reads the first tag then.
        self._names = [vocab.id2unit((max(n, VOCAB_PREFIX_SIZE),))[0] for n in range(len(self._transitions))]

    def __call__(self, features: Tensor, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """For each sentence the tag of each token."""
        lengths = [len(words) for words in sentences]
        inputs = torch.cat([features, padded(self.characters(sentences))], 2)
        scores = self._output(self._network(self._input(inputs), lengths)).numpy()
        paths = best_paths(scores, lengths, self._transitions)
        return [fix_singleton_tags([self._names[number] for number in path]) for path in paths]


def layer_weights(model: Any) -> Tensor:
    """How a model weighs the encoder's last layers: one number each."""
    if model.bert_layer_mix is None:
        raise ValueError("the model takes a fixed mean of the encoder's layers")
    weights: Tensor = model.bert_layer_mix.weight.detach()[0]
    return weights + 1 / len(weights)


def padded(rows: Sequence[Tensor]) -> Tensor:
    """Rows of different lengths as one tensor, zeros after the shorter ones."""
    return torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True)


def _with_one(values: Tensor) -> Tensor:
    return torch.cat([values, values.new_ones(*values.shape[:-1], 1)], -1)


def _log(values: Tensor) -> NDArray[np.float32]:
    answer: NDArray[np.float32] = torch.log_softmax(values, -1).numpy()
    return answer
