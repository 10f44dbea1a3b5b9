"""Reads treebanks and entity files for training, and varies their quotation marks."""

from __future__ import annotations

import json
import lzma
import random
from dataclasses import dataclass, replace
from pathlib import Path

from quotetrack.text.marks import normalise

MARKS = {'"', "``", "''", "'", "`", "“", "”", "„", "«", "»", "‘", "’"}


@dataclass(frozen=True, slots=True)
class Tree:
    """One sentence of a treebank. ``heads`` are word numbers from 1, with 0 for the root."""

    words: list[str]
    upos: list[str]
    xpos: list[str]
    feats: list[str]
    heads: list[int]
    deprels: list[str]


def find(folder: Path, name: str) -> Path:
    """The path of ``folder/name`` or of the same file compressed with xz. Raises ``FileNotFoundError`` if neither exists."""
    for path in (folder / name, folder / f"{name}.xz"):
        if path.exists():
            return path
    raise FileNotFoundError(f"{folder} holds neither {name} nor {name}.xz")


def read_text(path: Path) -> str:
    """The text of a file, which may be compressed with xz."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            return stream.read()
    return path.read_text(encoding="utf-8")


def read_trees(path: Path) -> list[Tree]:
    """All sentences of a CoNLL-U file, without empty nodes and multi-word tokens."""
    trees = []
    for block in read_text(path).split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and line[0].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        if rows:
            words, upos, xpos, feats, heads, deprels = ([row[column] for row in rows] for column in (1, 3, 4, 5, 6, 7))
            trees.append(Tree(words, upos, xpos, feats, [int(head) for head in heads], deprels))
    return trees


def read_entities(path: Path) -> list[list[tuple[str, str]]]:
    """Sentences of (token, BIO tag) from a JSON list of lists of ``{"text", "ner"}``."""
    return [[(token["text"], token["ner"]) for token in sentence] for sentence in json.loads(read_text(path))]


def with_other_marks(tree: Tree, chance: random.Random) -> Tree:
    """The tree with its quotation marks varied: replaced by ASCII marks, removed, or opened without being closed.

    Marks are always leaves, so removing or inserting one leaves the rest of the tree unchanged. Some sentences also
    lose their final full stop, as headlines and truncated texts do.
    """
    if chance.random() < 0.5:
        tree = replace(tree, words=[normalise(word) for word in tree.words])
    used = set(tree.heads)
    here = [i for i, word in enumerate(tree.words) if word in MARKS and tree.upos[i] == "PUNCT" and i + 1 not in used]
    roll = chance.random()
    if here and roll < 0.12:
        tree = _without(tree, {chance.choice(here)})
    elif here and roll < 0.2:
        tree = _without(tree, set(here))
    elif not here and roll < 0.06:
        tree = _with_mark(tree, at_start=True)
    elif not here and roll < 0.09:
        tree = _with_mark(tree, at_start=False)
    elif not here and roll < 0.13:
        tree = _with_mark(_with_mark(tree, at_start=True), at_start=False)
    last = len(tree.words)
    if last > 1 and tree.upos[-1] == "PUNCT" and last not in tree.heads and chance.random() < 0.08:
        tree = _without(tree, {last - 1})
    return tree


def _without(tree: Tree, gone: set[int]) -> Tree:
    if len(gone) >= len(tree.words):
        return tree
    places: list[int] = [0]
    for i in range(len(tree.words)):
        places.append(places[-1] + (i not in gone))
    keep = [i for i in range(len(tree.words)) if i not in gone]
    return Tree(
        [tree.words[i] for i in keep],
        [tree.upos[i] for i in keep],
        [tree.xpos[i] for i in keep],
        [tree.feats[i] for i in keep],
        [places[tree.heads[i]] if tree.heads[i] else 0 for i in keep],
        [tree.deprels[i] for i in keep],
    )


def _with_mark(tree: Tree, at_start: bool) -> Tree:
    root = tree.heads.index(0) + 1
    if at_start:
        heads = [root + 1, *(head + 1 if head else 0 for head in tree.heads)]
        return Tree(
            ['"', *tree.words],
            ["PUNCT", *tree.upos],
            ["``", *tree.xpos],
            ["_", *tree.feats],
            heads,
            ["punct", *tree.deprels],
        )
    return Tree(
        [*tree.words, '"'],
        [*tree.upos, "PUNCT"],
        [*tree.xpos, "''"],
        [*tree.feats, "_"],
        [*tree.heads, root],
        [*tree.deprels, "punct"],
    )
