"""The measures: what counts as found, as begun right, as the same source, and as which kind."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.evaluate import Attribution, GoldArticle, compare, result_of
from quotetrack.evaluate.items import Range
from quotetrack.evaluate.measure import Measured
from quotetrack.evaluate.speech import is_speech

TEXT = "“The dam will hold,” Ruth Vale said on Monday. She hoped that the rain would stop. Ortiz denied the report."


def at(text: str, part: str) -> Range:
    start = text.index(part)
    return start, start + len(part)


def one(content: str, cue: str = "", source: str = "", text: str = TEXT) -> Attribution:
    return Attribution(*(((at(text, part),) if part else ()) for part in (content, cue, source)))


GOLD = (
    one("“The dam will hold,”", "said", "Ruth Vale"),
    one("that the rain would stop", "hoped", "She"),
    one("the report", "denied", "Ortiz"),
)


def rows(found: list[Attribution], gold: tuple[Attribution, ...] = GOLD, text: str = TEXT) -> dict[str, object]:
    result = result_of([compare(GoldArticle("a", text, gold), found)])
    return {row.name: row for row in result.rows}


def test_marks_and_stops_at_the_edge_do_not_count() -> None:
    """Whether a mark or a comma lies inside the content is a matter of style."""
    row = rows([one("The dam will hold", "said", "Ruth Vale")])["all"]
    assert (row.exact.precision, row.begin.precision, row.both.precision) == (100, 100, 100)  # type: ignore[attr-defined]


def test_overlap_begin_and_exact_differ() -> None:
    """A content that stops early begins right and overlaps, but is not exact; half a content is still the same."""
    row = rows([one("that the rain would", "hoped", "She")])["all"]
    assert (row.exact.f1, row.begin.precision, row.overlap.precision) == (0, 100, 100)  # type: ignore[attr-defined]
    assert rows([one("would stop", "hoped", "She")])["all"].overlap.f1 == 0  # type: ignore[attr-defined]


def test_pairing_is_one_to_one() -> None:
    """The same content found twice is right once."""
    row = rows([GOLD[0], GOLD[0]])["all"]
    assert (row.exact.precision, row.overlap.precision, row.overlap.recall) == (50, 50, 33.3)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("source", "right"), [("Ruth Vale", 100), ("Vale", 100), ("Ortiz", 0), ("", 0)], ids=["whole", "part", "other", "none"]
)  # fmt: skip
def test_source(source: str, right: int) -> None:
    """A part of the name is the same source; another name and none are not."""
    assert rows([one("“The dam will hold,”", "said", source)])["all"].both.precision == right  # type: ignore[attr-defined]


def test_gold_without_source_wants_none() -> None:
    """Where the article names nobody, naming somebody is wrong."""
    gold = (one("“The dam will hold,”"),)
    assert rows([one("“The dam will hold,”")], gold)["all"].both.f1 == 100  # type: ignore[attr-defined]
    assert rows([GOLD[0]], gold)["all"].both.f1 == 0  # type: ignore[attr-defined]


def test_what_is_no_speech_is_left_out_of_the_speech_rows() -> None:
    """A hope that is found is neither right nor wrong among speech; a find that meets nothing is wrong."""
    stray = one("on Monday")
    found = rows([*GOLD, stray])
    assert (found["all"].found, found["speech"].gold, found["speech"].found) == (4, 2, 3)  # type: ignore[attr-defined]


def test_discarded_stretches_do_not_count() -> None:
    """What stands in a caption that the annotators left out is no false find."""
    article = GoldArticle("a", TEXT, GOLD[:1], discard=(at(TEXT, "Ortiz denied the report"),))
    assert result_of([compare(article, [GOLD[0], GOLD[2]])]).row("all").both.precision == 100


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ('She said "we sail" today.', '"we sail"', "direct"),
        ('She said that "we sail".', "that \"we sail\"", "mixed"),
        ("She said they sail.", "they sail", "indirect"),
        ("''We sail,'' she said.", "''We sail,''", "direct"),
        ("“We sail», she said.", "“We sail»", "direct"),
        ("„We sail“, she said, “at dawn“.", "“at dawn“", "direct"),
        ("‘We sail,’ she said. ‘I can’t wait.’", "‘I can’t wait.’", "direct"),
        ("'We sail,' she said of the boys' boat.", "the boys' boat", "indirect"),
        ("“We call it ‘home’,” she said.", "“We call it ‘home’,”", "direct"),
        ("“We sail.\n\n“We sail at dawn,” she said.", "“We sail.", "direct"),
    ],
)  # fmt: skip
def test_kind(text: str, content: str, kind: str) -> None:
    """The kind follows from the marks around the content, whoever made them and however badly."""
    assert Measured(text).kind([at(text, content)]) == kind


@pytest.mark.parametrize(
    ("cue", "speech"),
    [("said", True), ("has repeatedly admitted", True), ("hopes", False), ("according to", True), ("in the words of", True),
     (":", True), ("", False), ("endorsed", False), ("begged", True), ("writing", True), ("replied", True)],
)  # fmt: skip
def test_speech_cues(cue: str, speech: bool) -> None:
    """Words put into a message are speech; a colon is; belief and support are not."""
    assert is_speech(cue) is speech


WORDS = "“We sail,” said Ruth Vale. She hoped it held. «No» was the answer, ‘never’. “Up”\n\n“Down” he cried: 12 men."
ranges = st.tuples(st.integers(0, len(WORDS) - 1), st.integers(1, 30)).map(lambda p: (p[0], min(len(WORDS), sum(p))))
pieces = st.lists(ranges, min_size=1, max_size=3).map(lambda found: tuple(sorted(found)))
attributions = st.lists(
    st.builds(Attribution, pieces, st.one_of(st.just(()), pieces), st.one_of(st.just(()), pieces)), max_size=8
)


@given(attributions)
def test_gold_against_itself_is_perfect(gold: list[Attribution]) -> None:
    """Whatever the annotation, finding exactly that is right in every figure that counts anything."""
    row = result_of([compare(GoldArticle("a", WORDS, tuple(gold)), gold)]).row("all")
    assert row.gold == row.found
    for share in (row.exact, row.overlap, row.both):
        assert share.precision == share.recall == share.f1 == (100 if row.gold else 0)
    # Contents that begin at one word and are found as well may pair crosswise, but all of them pair.
    assert row.begin.f1 == (100 if row.gold else 0)


@given(attributions, attributions, st.randoms(use_true_random=False))
def test_order_changes_nothing(gold: list[Attribution], found: list[Attribution], chance: random.Random) -> None:
    """Predictions and gold may come in any order."""
    first = result_of([compare(GoldArticle("a", WORDS, tuple(gold)), found)])
    chance.shuffle(gold)
    chance.shuffle(found)
    assert result_of([compare(GoldArticle("a", WORDS, tuple(gold)), found)]) == first


@given(attributions, attributions)
def test_figures_are_shares(gold: list[Attribution], found: list[Attribution]) -> None:
    """Every figure is a share of one hundred; swapping gold and found swaps precision and recall of contents."""
    there = result_of([compare(GoldArticle("a", WORDS, tuple(gold)), found)]).row("all")
    back = result_of([compare(GoldArticle("a", WORDS, tuple(found)), gold)]).row("all")
    for name in ("exact", "begin", "overlap", "source", "both"):
        share = getattr(there, name)
        assert 0 <= min(share.precision, share.recall) <= share.f1 <= max(share.precision, share.recall) <= 100
    assert (there.exact.precision, there.exact.recall) == (back.exact.recall, back.exact.precision)
