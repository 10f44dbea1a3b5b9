"""Invariants of spans that hold for any text and any parse."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotetrack.extract import extract
from quotetrack.model import Entity, Parsed, Sentence, Word
from quotetrack.parse.pipeline import Parser
from quotetrack.text.paragraphs import paragraphs

PIECES = [
    "said", "that", "according", "to", "told", "Ruth", "Vale", "he", "she", "the", "minister", ",", ".", ":", "“", "”", '"',
    "«", "»", "‘", "’", "and", "of", "“It holds,”", "claim", "her", "\n\n", "\n", "who", "(", ")", "—", "Q:", "A:", "VALE:",
    "threatened", "call", "“fair”", "Paris", "é𝔘", "not", "wants", "adding", "while", "''", "``",
]  # fmt: skip
RELATIONS = ["nsubj", "nsubj:pass", "ccomp", "xcomp", "obj", "obl", "conj", "appos", "acl", "acl:relcl", "advcl", "mark", "parataxis", "nmod:poss", "flat", "case", "punct"]  # fmt: skip
UPOS = ["NOUN", "VERB", "PROPN", "PRON", "AUX", "ADP", "PUNCT", "DET", "ADJ", "SCONJ", "CCONJ"]


@st.composite
def parses(draw: st.DrawFn) -> Parsed:
    """Return a text of reporting words and quotation marks with an arbitrary parse."""
    text = " ".join(draw(st.lists(st.sampled_from(PIECES), max_size=40)))
    ranges = paragraphs(text)
    sentences, entities = [], []
    for number, (start, end) in enumerate(ranges):
        tokens = [(start + m.start(), start + m.end()) for m in re.finditer(r"\w+|[^\w\s]", text[start:end])]
        if not tokens:
            continue
        words = []
        for index, (a, b) in enumerate(tokens):
            head = draw(st.integers(-1, len(tokens) - 1))
            words.append(
                Word(index, text[a:b].lower(), draw(st.sampled_from(UPOS)), draw(st.sampled_from(["", "VerbForm=Fin"])),
                     head, draw(st.sampled_from(RELATIONS)), a, b, text[a:b])
            )  # fmt: skip
            if text[a].isupper() and draw(st.booleans()):
                entities.append(Entity(a, b, draw(st.sampled_from(["Person", "ORG", "Location"])), text[a:b]))
        sentences.append(Sentence(tuple(words), tokens[0][0], tokens[-1][1], number))
    return Parsed(text, ranges, tuple(sentences), tuple(entities))


def check(parsed: Parsed) -> None:
    for quotation in extract(parsed):
        assert quotation.content
        spans = [*quotation.content, *[s for s in (quotation.cue, quotation.source, quotation.role) if s]]
        for span in spans:
            assert 0 <= span.start < span.end <= len(parsed.text)
            assert parsed.text[span.start : span.end] == span.text
        for before, after in zip(quotation.content, quotation.content[1:], strict=False):
            assert before.end <= after.start
        assert 0 <= quotation.confidence <= 1


@settings(max_examples=400, deadline=None)
@given(parses())
def test_spans_never_lie(parsed: Parsed) -> None:
    """Every span matches the text at its offsets, and nothing raises, whatever the parse."""
    check(parsed)
    assert extract(parsed) == extract(parsed)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("kind", ["Person", "ORG"])
def test_heads_in_cycles(relation: str, kind: str) -> None:
    """Words that depend on each other do not keep extraction from ending: models of other makers may give such parses."""
    text = "Q: Paris asked Ruth and Vale?\n\nA: “It holds,” Ruth, Paris told Vale."
    sentences, entities = [], []
    for number, (start, end) in enumerate(paragraphs(text)):
        tokens = [(start + m.start(), start + m.end()) for m in re.finditer(r"\w+|[^\w\s]", text[start:end])]
        words = [
            Word(i, text[a:b].lower(), "PROPN", "", min(i ^ 1, len(tokens) - 1), relation, a, b, text[a:b])
            for i, (a, b) in enumerate(tokens)
        ]
        entities += [Entity(a, b, kind, text[a:b]) for a, b in tokens if text[a:b] in ("Paris", "Ruth", "Vale")]
        sentences.append(Sentence(tuple(words), tokens[0][0], tokens[-1][1], number))
    check(Parsed(text, paragraphs(text), tuple(sentences), tuple(entities)))


WILD = st.lists(st.sampled_from([*PIECES, "\u00a0", "🙂", "e\u0301", "\r\n", "\u2028"]), max_size=60)


@settings(max_examples=4, deadline=None)
@given(st.lists(WILD, min_size=8, max_size=8))
def test_spans_never_lie_through_stanza(parser: Parser, texts: list[list[str]]) -> None:
    """Spans match the text after parsing text with line ends, combining characters and characters outside the BMP."""
    for parsed in parser.parse_all([" ".join(pieces) for pieces in texts]):
        check(parsed)
