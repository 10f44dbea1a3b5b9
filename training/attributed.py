"""PolNeAR's annotation as examples for the attribution network, and batches of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from benchmarks.news import gold_of, text_of
from quotetrack.evaluate import Attribution, GoldArticle, read_corpus
from quotetrack.parse.attribution import parts_of
from quotetrack.parse.attribution.inputs import Names, Words, numbers, tree_positions
from quotetrack.parse.attribution.network import CONTENT, CUE, SOURCE
from quotetrack.parse.pipeline import Parser

NUMBERS = ("upos", "deprel", "mark", "shape", "sentence")
PLACES = ("place", "down", "up")
# Examples are sorted by length within this many, so that batches are full and still mixed.
POOL = 2000


@dataclass(slots=True)
class Example:
    """A part of a paragraph with its attributions.

    Holds the numbers of its words for the network's embeddings, the words given to the encoder (one tuple per
    sentence), the encoder's ``states`` of them (words, layers, features) if they are fixed, and for each attribution
    its anchor, the label of each word, and the position of each word relative to the anchor.
    """

    numbers: dict[str, list[int]]
    sentences: list[tuple[str, ...]]
    states: Tensor | None
    anchors: list[tuple[int, list[int], tuple[list[int], list[int], list[int]]]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.numbers["upos"])


def read_examples(
    folder: Path, parser: Parser, config: dict[str, Any], keep_states: bool, most: int | None = None
) -> list[Example]:
    """The examples of the annotated articles below ``folder``, or of the first ``most``.

    Raises ``ValueError`` if one cannot be read.
    """
    articles, failures = read_corpus(folder)
    articles = random.Random(0).sample(articles, min(most, len(articles))) if most else articles
    if failures:
        raise ValueError(f"{failures[0].location}: {failures[0].reason}")
    found: list[Example] = []
    for number, article in enumerate(articles, 1):
        found += _examples(article, parser, Names(config), keep_states)
        if number % 100 == 0:
            print(f"{number} of {len(articles)} articles parsed", flush=True)
    return found


def news_examples(texts: Path, parts: Sequence[str], parser: Parser, config: dict[str, Any]) -> list[Example]:
    """The examples of the parts of ``tests/gold/news``, with the encoder's states, without quotations that have no cue."""
    found: list[Example] = []
    for article in (article for part in parts for article in gold_of(part)):
        attributions = tuple(
            Attribution(
                tuple((start, end) for start, end in one["content"]),
                (tuple(one["cue"]),),
                (tuple(one["source"]),) if one["source"] else (),
            )
            for one in article["quotations"]
            if one["cue"]
        )
        text = text_of(texts, article)
        found += _examples(GoldArticle(article["id"], text, attributions), parser, Names(config), keep_states=True)
    return found


def _examples(article: GoldArticle, parser: Parser, names: Names, keep_states: bool) -> Iterator[Example]:
    for whole, states, quoted, plain in parser.paragraph_readings(article.text):
        for begin, end in parts_of(whole.sentences):
            words = whole.part(begin, end)
            word_numbers = numbers(words, quoted, names)
            first = words.sentences[0]
            seen = [
                tuple(w for w, s in zip(plain[begin:end], words.sentences, strict=True) if s == number)
                for number in range(first, words.sentences[-1] + 1)
            ]
            # Kept for the whole run, so copied from their batch as 16-bit floats.
            kept = states[begin:end].to(torch.bfloat16).clone() if keep_states else None
            example = Example(word_numbers, seen, kept)
            for one in article.attributions:
                if one.cue and words.starts[0] <= one.cue[0][0] < words.ends[-1]:
                    _mark(example, words, one)
            yield example


def _mark(example: Example, words: Words, one: Attribution) -> None:
    """Add an attribution to its example, unless its cue or its content is outside of it."""
    cue, source, content = (_inside(words, ranges) for ranges in (one.cue, one.source, one.content))
    if not cue or not content:
        return
    anchor = next((word for word in cue if words.heads[word] not in cue), cue[-1])
    labels = [0] * len(words)
    for label, marked in ((CONTENT, content), (SOURCE, source), (CUE, cue)):
        for word in marked:
            labels[word] = label
    example.anchors.append((anchor, labels, tree_positions(words, example.numbers["deprel"], anchor)))


def _inside(words: Words, ranges: Sequence[tuple[int, int]]) -> list[int]:
    return [
        number
        for number, (start, end) in enumerate(zip(words.starts, words.ends, strict=True))
        if any(start < stop and begin < end for begin, stop in ranges)
    ]


@dataclass(slots=True)
class Batch:
    """Examples as padded tensors.

    ``words`` holds the inputs of both parts of the network, ``is_anchor`` is (examples, words), and for each anchor
    there are its example (``rows``), its word number (``places``) and its ``labels`` (anchors, words).
    """

    examples: list[Example]
    words: dict[str, Tensor]
    is_anchor: Tensor
    rows: Tensor
    places: Tensor
    labels: Tensor

    def states(self) -> Tensor:
        """The encoder's states (examples, words, layers, features). Raises ``ValueError`` if they were not kept."""
        kept = [example.states for example in self.examples if example.states is not None]
        if len(kept) < len(self.examples):
            raise ValueError("these examples were read without states")
        return pad_sequence(kept, batch_first=True)


def as_batch(examples: list[Example]) -> Batch:
    """The examples, padded to the longest one."""
    width = max(map(len, examples))

    def rows(values: Sequence[Sequence[int]]) -> Tensor:
        flat = [list(row) + [0] * (width - len(row)) for row in values]
        return torch.tensor(flat, dtype=torch.int64).reshape(len(flat), width)

    words = {name: rows([example.numbers[name] for example in examples]) for name in NUMBERS}
    words["real"] = torch.arange(width)[None] < torch.tensor([len(e) for e in examples])[:, None]
    marked = [(number, *anchor) for number, example in enumerate(examples) for anchor in example.anchors]
    for column, name in enumerate(PLACES):
        words[name] = rows([seen[column] for *_, seen in marked])
    at = torch.tensor([number for number, *_ in marked], dtype=torch.int64)
    places = torch.tensor([place for _, place, *_ in marked], dtype=torch.int64)
    is_anchor = torch.zeros(len(examples), width)
    is_anchor[at, places] = 1
    return Batch(examples, words, is_anchor, at, places, rows([labels for *_, labels, _ in marked]))


def batches(examples: Sequence[Example], size: Callable[[Example], int], slots: int, seed: str) -> list[list[Example]]:
    """One epoch of ``examples`` in random order, in batches of similar length with a total ``size`` of at most ``slots``."""
    chance = random.Random(seed)
    order = list(examples)
    chance.shuffle(order)
    found: list[list[Example]] = []
    for start in range(0, len(order), POOL):
        batch: list[Example] = []
        filled = 0
        for example in sorted(order[start : start + POOL], key=len):
            if batch and filled + size(example) > slots:
                found.append(batch)
                batch, filled = [], 0
            batch.append(example)
            filled += size(example)
        found.append(batch)
    chance.shuffle(found)
    return found
