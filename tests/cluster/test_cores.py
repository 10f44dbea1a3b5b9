"""Which wordings of one component are printings of one utterance."""

from __future__ import annotations

import pytest
from rapidfuzz import fuzz

from quotetrack.cluster.cores import cores
from quotetrack.cluster.grouping import Portion, found_cores
from quotetrack.cluster.utterances import Node
from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encode

FIRST = "No, I meant it when I called the harbour master the founder of this mess."
SECOND = "No, I meant that when I called the harbour master the founder of the mess."
FULLER = "He would not listen, and no, I meant it when I called the harbour master the founder of this mess."
PRAISED = "I am glad that I was right about reckless mainland trawling."
ASKED = "When will the minister finally mention the words reckless mainland trawling, or resign?"
STOCK = "reckless mainland trawling"


def grouped(*printed: tuple[str, str], direct: bool = True) -> list[set[str]]:
    """Return the texts of each core of printings (text, article) by one speaker on one day."""
    nodes = {}
    for number, (text, article) in enumerate(printed):
        code = encode(text)
        bits = float(information([code])[0])
        nodes[text] = Node(
            code, bits, frozenset({"vale"}), True, (7, 7), (f"q{number}",), frozenset({article}), direct=direct
        )
    ordered = sorted(nodes.values(), key=lambda node: (len(node.wording), node.wording))
    edges = [
        (a.wording, b.wording, fuzz.partial_ratio(a.wording, b.wording) / 100)
        for place, a in enumerate(ordered)
        for b in ordered[place + 1 :]
    ]
    texts = {node.first: text for text, node in nodes.items()}
    similar = [edge for edge in edges if edge[2] >= 0.8]
    return [{texts[node.first] for node, _ in core.members} for core in cores(list(nodes.values()), similar)]


def test_one_article_prints_two_utterances_differently() -> None:
    """Two direct quotations of one article with similar but different words are two utterances; in two articles they are one."""
    assert sorted(map(len, grouped((FIRST, "a"), (SECOND, "a")))) == [1, 1]
    assert grouped((FIRST, "a"), (SECOND, "b")) == [{FIRST, SECOND}]
    assert grouped((FIRST, "a"), (SECOND, "a"), direct=False) == [{FIRST, SECOND}]


def test_one_article_repeats_an_utterance_in_its_words() -> None:
    """A direct quotation that one article prints twice, once in full, is one utterance."""
    assert grouped((FIRST, "a"), (FULLER, "a")) == [{FIRST, FULLER}]


def test_a_third_article_does_not_join_what_is_apart() -> None:
    """A printing in another article joins one of two utterances that an article prints, not both in one claim."""
    found = grouped((FIRST, "a"), (SECOND, "a"), (FULLER, "b"))
    assert {FIRST, FULLER} in found and not any({FIRST, SECOND} <= core for core in found)


def test_other_sentences_of_two_utterances_are_apart() -> None:
    """If two quotations of one article differ in a sentence, their other sentences are not joined through a third article."""
    codes = [encode(text) for text in (FIRST, SECOND)]
    sentence, short = (
        "He gets the prize for the most valuable player",
        "She gets the prize for the most valuable player of all",
    )
    nodes = [
        Node(code, 90, frozenset({"vale"}), True, (7, 7), quotations, frozenset({article}), direct=True)
        for code, quotations, article in (
            (codes[0], ("q1",), "a"),
            (codes[1], ("q2",), "a"),
            (encode(sentence), ("q1",), "a"),
            (encode(short), ("q2",), "a"),
            (encode("gets the prize for the most valuable player"), ("q3",), "b"),
        )
    ]
    ordered = sorted({node.wording for node in nodes}, key=lambda code: (len(code), code))
    edges = [
        (a, b, fuzz.partial_ratio(a, b) / 100)
        for place, a in enumerate(ordered)
        for b in ordered[place + 1 :]
        if fuzz.partial_ratio(a, b) >= 80
    ]
    for core in cores(nodes, edges):
        assert not {"q1", "q2"} <= {quotation for node, _ in core.members for quotation in node.quotations}


def test_a_stock_expression_joins_no_statements() -> None:
    """Two statements with a common expression that is also printed alone are two utterances."""
    found = grouped((PRAISED, "a"), (ASKED, "b"), (STOCK, "c"))
    assert not any({PRAISED, ASKED} <= core for core in found)


@pytest.mark.parametrize(
    ("words", "who", "expected"),
    [
        ("former harbour master Anton Lund", [], 0),
        ("that the former harbour master had left the gates open", [], 1),
        ("former harbour master Anton Lund", ["vale"], 1),
    ],
)
def test_a_noun_phrase_of_nobody_is_not_printed_again(words: str, who: list[str], expected: int) -> None:
    """Reported speech of few words is one claim of two articles only with a known speaker; longer speech always is."""
    rows = [(0, 1, encode(words), f"q{n}", f"a{n}", None, "indirect", "stated", 7, who) for n in range(2)]
    assert len(found_cores(Portion(rows, [], [])).cores) == expected
