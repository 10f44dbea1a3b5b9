"""The attribution network: finds the heads of cues, and for each of them its source and its content.

The architecture is semantic role labelling with a marked predicate (Shi and Lin 2019, "Simple BERT Models for Relation
Extraction and Semantic Role Labeling"). The first part reads a paragraph once and scores every word as an *anchor*, the head
of a cue. The second part reads the paragraph again for each anchor, with the position of every word relative to it, and
labels words as source, content or cue. A linear-chain CRF over the labels keeps spans contiguous.

Module attributes are named as in the published weight files and cannot be renamed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

NOTHING, SOURCE, CONTENT, CUE = range(4)
# The activation functions of a block's feed-forward layer, by their names in the settings. Hardswish (Howard et al. 2019,
# "Searching for MobileNetV3") is the cheaper one.
FUNCTIONS: dict[str, Callable[[Tensor], Tensor]] = {"gelu": functional.gelu, "hardswish": functional.hardswish}
LABELS = 4
# The most words read at once. Longer paragraphs are cut, between sentences if possible.
LONGEST = 300
# Signed distances to the anchor: exact up to 16 words, then in growing buckets.
_DISTANCES = 64
# Signed distances in sentences, clipped to three.
_SENTENCES = 7
# Positions in the tree relative to the anchor; see ``inputs.tree_positions``.
PLACES = 5
MARKS = 5
SHAPES = 7


class Block(nn.Module):  # type: ignore[misc]  # torch is untyped here
    """A pre-norm transformer layer (Xiong et al. 2020)."""

    def __init__(self, width: int, heads: int, drop: float, function: str) -> None:
        super().__init__()
        self.heads, self.function = heads, FUNCTIONS[function]
        self.before = nn.LayerNorm(width)
        self.asked = nn.Linear(width, 3 * width)
        self.mixed = nn.Linear(width, width)
        self.between = nn.LayerNorm(width)
        self.wide = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)
        self.drop = nn.Dropout(drop)

    def forward(self, state: Tensor, allowed: Tensor) -> Tensor:
        """(rows, words, width) to the same shape; ``allowed`` (rows, 1, 1, words) is true for words, false for padding."""
        query, key, value = (
            part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in self.asked(self.before(state)).chunk(3, -1)
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=allowed)
        state = state + self.drop(self.mixed(mixed.transpose(1, 2).flatten(2)))
        return state + self.drop(self.narrow(self.function(self.wide(self.between(state)))))


class Network(nn.Module):  # type: ignore[misc]
    """Both parts of the attribution network."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Create a network with random weights.

        ``config`` holds ``layers`` and ``features`` (the number and the width of the encoder's layers), ``width``, ``heads``,
        ``first`` and ``second`` (the number of blocks of either part), ``drop`` (the dropout rate), ``function`` (one of
        ``FUNCTIONS``, GELU by default), and ``upos`` and ``deprel`` (names in the order of their numbers from 1; 0 is unknown).
        """
        super().__init__()
        self.config = config
        width, drop = config["width"], config["drop"]
        self.function: str = config.get("function", "gelu")
        tags, relations = len(config["upos"]) + 1, len(config["deprel"]) + 1
        self.layers = nn.Parameter(torch.zeros(config["layers"]))
        self.norm = nn.LayerNorm(config["features"])
        self.input = nn.Linear(config["features"], width)
        self.upos, self.deprel = nn.Embedding(tags, width), nn.Embedding(relations, width)
        self.mark, self.shape = nn.Embedding(MARKS, width), nn.Embedding(SHAPES, width)
        self.position = nn.Embedding(LONGEST, width)
        self.drop = nn.Dropout(drop)
        self.first = nn.ModuleList(Block(width, config["heads"], drop, self.function) for _ in range(config["first"]))
        self.first_norm = nn.LayerNorm(width)
        self.anchor = nn.Linear(width, 1)
        self.distance, self.sentence = nn.Embedding(_DISTANCES, width), nn.Embedding(_SENTENCES, width)
        self.place = nn.Embedding(PLACES, width)
        self.down, self.up = nn.Embedding(relations, width), nn.Embedding(relations, width)
        self.marked = nn.Linear(width, width)
        self.second = nn.ModuleList(Block(width, config["heads"], drop, self.function) for _ in range(config["second"]))
        self.second_norm = nn.LayerNorm(width)
        self.label = nn.Linear(width, LABELS)
        self.steps = nn.Parameter(torch.eye(LABELS))
        self.begin, self.end = nn.Parameter(torch.zeros(LABELS)), nn.Parameter(torch.zeros(LABELS))
        for module in self.modules():
            if isinstance(module, nn.Embedding):
                nn.init.normal_(module.weight, std=0.02)

    def mixed(self, states: Tensor) -> Tensor:
        """The weighted mean of the encoder's last layers: (paragraphs, words, layers, features) without the third dimension."""
        return torch.einsum("pwlf,l->pwf", states, torch.softmax(self.layers, 0).to(states.dtype))

    def read(self, states: Tensor, words: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """The states of words (paragraphs, words, width) and their logits as anchors (paragraphs, words).

        ``states`` (paragraphs, words, features) comes from ``mixed``. ``words`` holds ``upos``, ``deprel``, ``mark``, ``shape`` and
        ``real`` (false for padding), each (paragraphs, words).
        """
        state = self.input(self.drop(self.norm(states)))
        state = state + self.upos(words["upos"]) + self.deprel(words["deprel"])
        state = state + self.mark(words["mark"]) + self.shape(words["shape"])
        state = state + self.position(torch.arange(state.shape[1]))
        allowed = words["real"][:, None, None, :]
        for block in self.first:
            state = block(state, allowed)
        state = self.first_norm(state)
        return state, self.anchor(state).squeeze(-1).float()

    def label_words(self, state: Tensor, words: dict[str, Tensor], rows: Tensor, anchors: Tensor) -> Tensor:
        """Label scores (anchors, words, labels) for the anchors at word numbers ``anchors`` of paragraphs ``rows``.

        ``words`` holds ``real`` and ``sentence`` (paragraphs, words), and ``place``, ``down`` and ``up`` (anchors, words).
        """
        given, each = state[rows], torch.arange(len(rows))
        steps = torch.arange(state.shape[1])[None] - anchors[:, None]
        sentence = words["sentence"][rows]
        apart = (sentence - sentence[each, anchors][:, None]).clamp(-3, 3) + 3
        state = given + self.distance(bucket(steps)) + self.sentence(apart) + self.marked(given[each, anchors])[:, None]
        state = state + self.place(words["place"]) + self.down(words["down"]) + self.up(words["up"])
        allowed = words["real"][rows][:, None, None, :]
        for block in self.second:
            state = block(state, allowed)
        return self.label(self.second_norm(state)).float()


def bucket(steps: Tensor) -> Tensor:
    """The number of the embedding for each signed distance in words; the shape is kept."""
    far = steps.abs()
    coarse = (16 + torch.log2((far / 16).clamp(min=1)) * 4).long().clamp(max=31)
    return torch.where(far < 16, far, coarse) + 32 * (steps < 0)
