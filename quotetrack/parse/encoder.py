"""The small transformer under the embedded tagger, parser and entity model.

It is a BERT encoder (Devlin et al. 2019) of six layers, initialised from MiniLM (Wang et al. 2020) and fine-tuned together with
the three models. Stanza accepts any transformer through its ``FoundationCache``; this implementation needs only torch and a
WordPiece tokenizer, makes no network requests, and lets one pass serve all three models.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece
from torch import Tensor, nn
from torch.nn import functional

# The encoder's name in the saved models, under which Stanza looks it up in its cache.
NAME = "quotetrack-encoder"
# The most WordPieces in a sentence; Stanza reads longer ones in overlapping windows.
LONGEST = 512


class Pieces:
    """Splits words into WordPieces; the result for each distinct word is cached."""

    model_max_length = LONGEST

    def __init__(self, vocabulary: Sequence[str]) -> None:
        numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._tokenizer = Tokenizer(WordPiece(numbers, unk_token="[UNK]"))
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self.first, self.last, self.padding = numbers["[CLS]"], numbers["[SEP]"], numbers["[PAD]"]
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, words: Iterable[str]) -> list[tuple[int, ...]]:
        """The WordPiece numbers of each word, at least one: a word that the tokenizer drops is read as a hyphen."""
        if len(self._known) > 200_000:
            self._known.clear()
        words = list(words)
        if new := list({word: None for word in words if word not in self._known}):
            self._cut(new)
        return [self._known[word] for word in words]

    def _cut(self, words: Sequence[str]) -> None:
        plain = [word.replace("\xa0", " ") for word in words] + ["-"]
        encoded = self._tokenizer.encode(plain, is_pretokenized=True, add_special_tokens=False)
        found: list[list[int]] = [[] for _ in plain]
        for number, piece in zip(encoded.word_ids, encoded.ids, strict=True):
            if number is not None:
                found[number].append(piece)
        for word, pieces in zip(words, found, strict=False):
            self._known[word] = tuple(pieces or found[-1])

    def __call__(self, data: Sequence[Sequence[str]], **_: Any) -> _Batch:
        """A padded batch of sentences with start and end markers, as Stanza calls a tokenizer."""
        return _Batch(self, [self.of(words) for words in data])


class _Batch(dict[str, list[list[int]]]):
    """The parts of a tokenizer's result that Stanza uses: ``input_ids``, ``attention_mask`` and ``word_ids(i)``."""

    def __init__(self, pieces: Pieces, sentences: list[list[tuple[int, ...]]]) -> None:
        rows = [[pieces.first, *(p for word in words for p in word), pieces.last] for words in sentences]
        width = max(map(len, rows))
        super().__init__(
            input_ids=[row + [pieces.padding] * (width - len(row)) for row in rows],
            attention_mask=[[1] * len(row) + [0] * (width - len(row)) for row in rows],
        )
        self._words = sentences

    def word_ids(self, batch_index: int) -> list[int | None]:
        return [None, *(number for number, word in enumerate(self._words[batch_index]) for _ in word), None]


class Encoder(nn.Module):  # type: ignore[misc]  # torch is untyped here
    """A BERT encoder for training and inference, with the parameter names of the published MiniLM checkpoint."""

    _hf_peft_config_loaded = False  # Stanza reads this attribute of every transformer

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.settings = config
        self.config = SimpleNamespace(hidden_size=config["hidden_size"])
        width, epsilon = config["hidden_size"], config["layer_norm_eps"]
        self.embeddings = nn.ModuleDict(
            {
                "word_embeddings": nn.Embedding(config["vocab_size"], width, padding_idx=0),
                "position_embeddings": nn.Embedding(config["max_position_embeddings"], width),
                "token_type_embeddings": nn.Embedding(config["type_vocab_size"], width),
                "LayerNorm": nn.LayerNorm(width, eps=epsilon),
            }
        )
        self.encoder = nn.ModuleDict(
            {"layer": nn.ModuleList(_layer(config) for _ in range(config["num_hidden_layers"]))}
        )
        self.heads = config["num_attention_heads"]
        self.drop = nn.Dropout(config.get("hidden_dropout_prob", 0.1))

    def embed(self, ids: Tensor, positions: Tensor) -> Tensor:
        """The embeddings of ``ids`` at ``positions``, both of the same shape, with one more dimension (width)."""
        parts = self.embeddings
        total = parts["word_embeddings"](ids) + parts["position_embeddings"](positions)
        return self.drop(parts["LayerNorm"](total + parts["token_type_embeddings"].weight[0]))

    def forward(self, ids: Tensor, attention_mask: Tensor, **_: Any) -> SimpleNamespace:
        """All hidden states of a padded batch, as ``hidden_states``: one tensor (sentences, pieces, width) per layer.

        ``ids`` is (sentences, pieces); ``attention_mask`` has the same shape, 1 for a piece and 0 for padding.
        """
        state = self.embed(ids, torch.arange(ids.shape[1]).expand_as(ids))
        allowed = attention_mask.bool()[:, None, None, :]
        states = [state]
        for layer in self.encoder["layer"]:
            state = self._block(layer, state, allowed)
            states.append(state)
        return SimpleNamespace(hidden_states=states)

    def _block(self, layer: Any, state: Tensor, allowed: Tensor) -> Tensor:
        inner, output = layer["attention"]["self"], layer["attention"]["output"]
        query, key, value = (
            inner[name](state).unflatten(-1, (self.heads, -1)).transpose(1, 2) for name in ("query", "key", "value")
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=allowed)
        state = output["LayerNorm"](self.drop(output["dense"](mixed.transpose(1, 2).flatten(2))) + state)
        wide = functional.gelu(layer["intermediate"]["dense"](state))
        return layer["output"]["LayerNorm"](self.drop(layer["output"]["dense"](wide)) + state)


def _layer(config: dict[str, Any]) -> nn.ModuleDict:
    width, wide, epsilon = config["hidden_size"], config["intermediate_size"], config["layer_norm_eps"]

    def closing(size: int) -> nn.ModuleDict:
        return nn.ModuleDict({"dense": nn.Linear(size, width), "LayerNorm": nn.LayerNorm(width, eps=epsilon)})

    inner = nn.ModuleDict({name: nn.Linear(width, width) for name in ("query", "key", "value")})
    return nn.ModuleDict(
        {
            "attention": nn.ModuleDict({"self": inner, "output": closing(width)}),
            "intermediate": nn.ModuleDict({"dense": nn.Linear(width, wide)}),
            "output": closing(wide),
        }
    )


def save(encoder: Encoder, vocabulary: Sequence[str], path: Path) -> None:
    """Write the encoder and its WordPiece vocabulary to one file, with weights in half precision."""
    weights = {name: value.detach().half() for name, value in encoder.state_dict().items()}
    torch.save({"config": encoder.settings, "vocab": list(vocabulary), "model": weights}, path)


def load(path: Path) -> tuple[Encoder, Pieces]:
    """Load what ``save`` wrote, with 32-bit weights, ready for inference. Raises what ``torch.load`` raises."""
    stored = torch.load(path, map_location="cpu", weights_only=True)
    encoder = Encoder(stored["config"])
    encoder.load_state_dict({name: value.float() for name, value in stored["model"].items()})
    encoder.eval()
    return encoder, Pieces(stored["vocab"])
