"""The resolver can be trained again: annotation becomes examples, and what is learnt from them is what the ranker computes."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch

from quotetrack.extract.resolve.features import CANDIDATE, QUERY
from quotetrack.extract.resolve.ranker import Ranker
from quotetrack.parse.pipeline import Parser
from training import resolver
from training.coreference import Document
from training.resolver import KINDS, MOST, Article, Examples, collect, fit, likelihoods

NAMES = [
    ("Ruth Vale", "Jon Lund"),
    ("Ida Moss", "Henrik Dahl"),
    ("Jon Berg", "Agnes Thorne"),
    ("Karl Lang", "Ida Quist"),
]


def chained(marked: str) -> Document:
    """A document from text in which mentions are written ``[chain:words]``."""
    text, mentions, at = "", [], 0
    for match in re.finditer(r"\[(\w+):([^\]]+)\]", marked):
        text += marked[at : match.start()]
        mentions.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        at = match.end()
    return Document(marked[:20], "gum", text + marked[at:], mentions)


@pytest.fixture(scope="module")
def articles(parser: Parser) -> list[Article]:
    documents = [
        chained(f"[a:{one}] met [b:{two}] in Selby. [a:{she}] left.\n\n[b:{two}] slept. “It is late,” [b:{he}] said.")
        for (one, two), she, he in zip(NAMES, ("She", "She", "He", "He"), ("he", "he", "she", "she"), strict=True)
    ]
    parsed = parser.parse_all([document.text for document in documents])
    return [Article(document, one) for document, one in zip(documents, parsed, strict=True)]


def test_annotation_becomes_examples(articles: list[Article]) -> None:
    """Each annotated pronoun is one, its right answers those of its chain, with the features in the order of their names."""
    examples = collect(articles, {})
    pronouns = examples["pronoun"]
    assert len(pronouns.query) == 2 * len(articles)
    assert {len(query) for query in pronouns.query} == {len(QUERY)}
    assert {len(row) for rows in pronouns.rows for row in rows} == {len(CANDIDATE)}
    for rows, right in zip(pronouns.rows, pronouns.right, strict=True):
        assert right != [len(rows)], "somebody among the candidates is meant"
    assert set(examples) == set(KINDS)


def test_what_is_not_annotated_is_no_example(parser: Parser) -> None:
    """A pronoun outside all chains, or of a corpus that does not annotate its kind, teaches nothing."""
    document = chained("[a:Ruth Vale] met Jon Lund. She left.")
    assert collect([Article(document, parser.parse(document.text))], {})["pronoun"].query == []
    hand_read = Document("one", "news", "Ruth Vale met Ida Moss. “It is late,” she said.")
    assert collect([Article(hand_read, parser.parse(hand_read.text))], {})["pronoun"].query == []


def test_hand_read_sources(parser: Parser) -> None:
    """The antecedents of a record are its right answers; where it has none, it is nobody with a name."""
    document = Document("one", "news", "Ruth Vale met Jon Lund. “It is late,” she said.")
    start = document.text.index("she")
    for answers, right in ((["Ruth Vale"], "Ruth Vale"), ([], None)):
        gold = {start: {"end": start + 3, "type": "pronoun", "answers": answers}}
        own = collect([Article(document, parser.parse(document.text), gold)], {})["pronoun"]
        assert len(own.right) == 1 and own.corpus == ["news"]
        assert (own.right[0] != [len(own.rows[0])]) is (right is not None)


def test_training_learns_what_the_ranker_computes(articles: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    """A short training answers its own examples, and the weights that are written say the same as the network."""
    monkeypatch.setattr(resolver, "STEPS", 150)
    own: Examples = collect(articles, {})["pronoun"]
    data = own.arrays()
    assert data["rows"].shape == (len(own.query), MOST, len(CANDIDATE))
    torch.set_num_threads(1)
    network = fit(data)
    shares = likelihoods([network], data)
    best = shares.argmax(1)
    assert data["right"][np.arange(len(best)), best].mean() > 0.8
    ranker = Ranker([network.weights()])
    for number, (query, rows) in enumerate(zip(own.query, own.rows, strict=True)):
        told = ranker.probabilities(query, rows)
        assert told[:-1] == pytest.approx(shares[number, : len(rows)], abs=1e-2)
        assert told[-1] == pytest.approx(shares[number, MOST], abs=1e-2)
