"""Stanza's tagger, parser and entity model on one shared encoder: created, trained and saved in Stanza's format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch
from stanza.models import ner_tagger, parser, tagger
from stanza.models.common.bert_embedding import cloned_feature, convert_to_position_list
from stanza.models.common.data import get_long_tensor, sort_all
from stanza.models.common.utils import simplify_punct
from stanza.models.common.vocab import PAD_ID
from stanza.models.depparse import data as depparse_data
from stanza.models.depparse import model as depparse_model
from stanza.models.depparse.trainer import GraphTrainer
from stanza.models.ner import model as ner_model
from stanza.models.ner.trainer import Trainer as EntityTrainer
from stanza.models.ner.utils import process_tags
from stanza.models.ner.vocab import MultiVocab as EntityVocab
from stanza.models.pos import data as pos_data
from stanza.models.pos import model as pos_model
from stanza.models.pos.trainer import Trainer as TaggerTrainer
from stanza.models.pos.vocab import CharVocab, CompositeVocab
from torch import nn

from quotetrack.parse.encoder import NAME, Encoder, Pieces
from training.conllu import Tree

ROOT_ID = depparse_data.ROOT_ID
# Settings that differ from Stanza's defaults: no word vectors (the encoder replaces them), one small recurrent layer, and small
# character models (which read upper case, unlike the encoder).
COMMON = f"--bert_model {NAME} --bert_hidden_layers 4 --cpu --no_pretrain --shorthand en_news"
TAGGER = "--hidden_dim 128 --num_layers 1 --deep_biaff_hidden_dim 128 --char_hidden_dim 64 --char_emb_dim 32"
PARSER = (
    "--hidden_dim 200 --num_layers 1 --deep_biaff_hidden_dim 128 --char_hidden_dim 64 --char_emb_dim 32 "
    "--transformed_dim 64 --tag_emb_dim 0 --no_upos --no_xpos --no_ufeats --no_linearization --no_distance"
)
ENTITIES = "--hidden_dim 200 --num_layers 1 --char_hidden_dim 64 --char_emb_dim 32 --word_emb_dim 0 --scheme bioes"


def settings(build: Any, own: str, **more: Any) -> dict[str, Any]:
    """The settings of one of Stanza's trainers: its defaults with ``COMMON``, ``own`` and ``more``. Raises ``ValueError``."""
    known, unknown = build().parse_known_args((COMMON + " " + own).split())
    if unknown:
        raise ValueError(f"Stanza's trainer does not know {unknown}")
    return {**vars(known), "charlm": False, "use_peft": False, "device": "cpu", **more}


class Batch(SimpleNamespace):
    """The tensors of one batch. ``order`` holds the original position of each sentence, which are sorted by length."""


class Heads(nn.Module):
    """The three models and their shared encoder, trained and saved together."""

    def __init__(self, encoder: Encoder, pieces: Pieces, trees: Sequence[Tree], entities: Sequence[Any]) -> None:
        super().__init__()
        self.encoder, self.pieces = encoder, pieces
        rows = [_rows(tree) for tree in trees]
        args = settings(
            tagger.build_argparse,
            TAGGER + " --share_hid --word_emb_dim 0 --transformed_dim 64",
            dropout=0.33,
            word_dropout=0.1,
        )
        vocab = pos_data.Dataset.init_vocab([_Rows(rows)], args)
        self.tagger = pos_model.Tagger(args, vocab, share_hid=True, bert_model=encoder, bert_tokenizer=pieces)
        args = settings(parser.build_argparse, PARSER + " --word_emb_dim 0", dropout=0.33, word_dropout=0.1)
        holder = SimpleNamespace(eval=False, args=args)
        vocab = depparse_data.Dataset.init_vocab(holder, rows)
        self.parser = depparse_model.GraphParser(args, vocab, bert_model=encoder, bert_tokenizer=pieces)
        args = settings(ner_tagger.build_argparse, ENTITIES, dropout=0.33, word_dropout=0.02, predict_tagset=0)
        args["scheme"] = "bioes"
        marked = bioes(entities)
        vocab = EntityVocab(
            {
                "char": CharVocab(marked, "en_news"),
                "tag": CompositeVocab([[(tag,) for _, tag in s] for s in marked], "en_news", idx=0, sep=None),
            }
        )
        self.entities = ner_model.NERTagger(args, vocab, bert_model=encoder, bert_tokenizer=pieces)
        for part in (pos_model, depparse_model, ner_model):
            part.extract_bert_embeddings = self._features
        self._states: tuple[list[list[str]], Any] | None = None
        self.learning(True)

    def learning(self, on: bool) -> None:
        """Switch between training (``on``), with gradients for the encoder, and saving, with the models alone."""
        self.tagger.args["bert_finetune"] = self.entities.args["bert_finetune"] = on
        self.parser.bert_finetuning = on
        for name, parameter in self.encoder.named_parameters():
            # WordPiece embeddings stay fixed: they are half of the weights, and the corpus is too small to train them.
            parameter.requires_grad = on and "word_embeddings" not in name

    def own_parameters(self) -> list[nn.Parameter]:
        """The parameters of the three models, without the encoder."""
        below = {id(p) for p in self.encoder.parameters()}
        return [p for p in self.parameters() if p.requires_grad and id(p) not in below]

    def _features(self, _name: str, pieces: Any, encoder: Any, data: Any, *_: Any, **given: Any) -> list[torch.Tensor]:
        """Replaces Stanza's ``extract_bert_embeddings``, so that the encoder runs once for all models."""
        words = [list(sentence) for sentence in data]
        if self._states is None or self._states[0] != words:
            batch = pieces(words)
            ids, mask = torch.tensor(batch["input_ids"]), torch.tensor(batch["attention_mask"])
            with torch.autocast("cpu", torch.bfloat16):
                states = [state.float() for state in encoder(ids, mask).hidden_states]
            places = [convert_to_position_list(s, batch.word_ids(i)) for i, s in enumerate(words)]
            self._states = (words, (states, places))
        states, places = self._states[1]
        mixed = cloned_feature(states, given["detach"], given["bert_layer_mix"])
        ends = slice(None) if given["keep_endpoints"] else slice(1, -1)
        return [row[place[ends]] for row, place in zip(mixed, places, strict=True)]

    def tree_loss(self, trees: Sequence[Tree]) -> tuple[torch.Tensor, torch.Tensor]:
        """The sum of the losses of the tagger and the parser on a batch of trees, per word."""
        self._states = None
        batch = self.tree_batch(trees)
        tag_loss, _ = self.tagger(*batch.tagger)
        parse_loss, _ = self.parser(*batch.parser)
        return tag_loss, parse_loss

    def entity_loss(self, sentences: Sequence[Any]) -> torch.Tensor:
        """The loss of the entity model on a batch of tagged sentences, per token."""
        self._states = None
        batch = self.entity_batch(sentences)
        loss, _, _ = self.entities(*batch.inputs)
        return loss * len(sentences) / sum(map(len, sentences))  # type: ignore[no-any-return]

    def tree_batch(self, trees: Sequence[Tree]) -> Batch:
        """The inputs of the tagger and of the parser for the same sentences in the same order."""
        order = sorted(range(len(trees)), key=lambda i: -len(trees[i].words))
        rows = simplify_punct([_rows(trees[i]) for i in order])
        text = [[row[0] for row in sentence] for sentence in rows]
        lengths = [len(sentence) for sentence in rows]
        vocab = self.tagger.vocab
        words = get_long_tensor([[1] * n for n in lengths], len(rows))
        chars, char_mask, char_order, char_lengths = _characters(vocab["char"], text, root=False)
        tags = [
            get_long_tensor([vocab[name].map([row[column] for row in s]) for s in rows], len(rows))
            for column, name in ((1, "upos"), (2, "xpos"), (3, "feats"))
        ]
        tag_inputs = (
            words, words == PAD_ID, chars, char_mask, tags, None, char_order, lengths, char_lengths, text,
        )  # fmt: skip
        vocab = self.parser.vocab
        rooted = [n + 1 for n in lengths]
        words = get_long_tensor([[1] * n for n in rooted], len(rows))
        chars, char_mask, char_order, char_lengths = _characters(vocab["char"], text, root=True)
        heads = get_long_tensor([[int(row[5]) for row in s] for s in rows], len(rows))
        relations = get_long_tensor([vocab["deprel"].map([row[6] for row in s]) for s in rows], len(rows))
        parse_inputs = (
            words, words == PAD_ID, chars, char_mask, None, None, None, None, None, heads, relations, char_order,
            rooted, char_lengths, text,
        )  # fmt: skip
        return Batch(order=order, tagger=tag_inputs, parser=parse_inputs, lengths=lengths)

    def entity_batch(self, sentences: Sequence[Any]) -> Batch:
        """The inputs of the entity model, with tags converted to BIOES."""
        order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
        rows = bioes([sentences[i] for i in order])
        text = [[row[0] for row in sentence] for sentence in rows]
        lengths = [len(sentence) for sentence in rows]
        vocab = self.entities.vocab
        chars, char_mask, char_order, char_lengths = _characters(vocab["char"], text, root=False)
        tags = get_long_tensor([vocab["tag"].map([row[1] for row in s]) for s in rows], len(rows))
        inputs = (text, chars, char_mask, tags, char_order, lengths, char_lengths, None, None, None, None)
        return Batch(order=order, inputs=inputs, lengths=lengths)

    def save(self, folder: Path) -> None:
        """Write the models in Stanza's format, without the encoder, which they refer to by name."""
        self.learning(False)
        for kind, model, part in (
            (TaggerTrainer, self.tagger, "pos"),
            (GraphTrainer, self.parser, "depparse"),
            (EntityTrainer, self.entities, "ner"),
        ):
            shell: Any = kind.__new__(kind)
            shell.model, shell.args, shell.vocab = model, dict(model.args), model.vocab
            shell.global_step, shell.last_best_step, shell.dev_score_history = 0, 0, []
            (folder / part).mkdir(parents=True, exist_ok=True)
            shell.save(str(folder / part / "news.pt"))
        self.learning(True)


class _Rows:
    """The parts of a Stanza document that its vocabulary builders use."""

    def __init__(self, rows: list[list[list[str]]]) -> None:
        self.rows = rows

    def get(self, _fields: Any, as_sentences: bool = True, **_: Any) -> list[list[list[str]]]:
        return [[row[:4] for row in sentence] for sentence in self.rows]


def bioes(sentences: Sequence[Any]) -> list[list[list[Any]]]:
    """Sentences of (token, BIO tag) in the format of Stanza's entity trainer: [token, (BIOES tag,)]."""
    return process_tags([[[word, (tag,)] for word, tag in sentence] for sentence in sentences], "bioes")  # type: ignore[no-any-return]


def _rows(tree: Tree) -> list[list[str]]:
    return [
        [word, upos, xpos, feats, word, str(head), deprel]
        for word, upos, xpos, feats, head, deprel in zip(
            tree.words, tree.upos, tree.xpos, tree.feats, tree.heads, tree.deprels, strict=True
        )
    ]


def _characters(vocab: Any, text: list[list[str]], root: bool) -> tuple[Any, Any, Any, list[int]]:
    words = [
        characters
        for sentence in text
        for characters in ([[ROOT_ID]] if root else []) + [vocab.map(list(word)) for word in sentence]
    ]
    (words,), order = sort_all([words], [len(word) for word in words])
    lengths = [len(word) for word in words]
    chars = get_long_tensor(words, len(words))
    return chars, chars == PAD_ID, order, lengths
