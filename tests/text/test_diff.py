"""The word diff of two wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.text.diff import diff
from quotetrack.text.words import words_of

WORDINGS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(["Six", "five", "times,", "“we", "won.”", "…", "[the mayor]", "[", "]", "—", "Zoë", "don’t", "\n"])).map(
        " ".join
    ),
)  # fmt: skip


@given(asked=WORDINGS, printed=WORDINGS)
def test_both_sides_are_complete(asked: str, printed: str) -> None:
    """The pieces of each side, joined in order, are exactly the text of that side."""
    pieces = diff(asked, printed)
    for text, spans in ((asked, [p.asked for p in pieces]), (printed, [p.printed for p in pieces])):
        assert "".join(span.text for span in spans) == text
        assert all(text[span.start : span.end] == span.text for span in spans)
    assert [w for p in pieces for w in words_of(p.printed.text)] == words_of(printed)


@given(asked=WORDINGS, printed=WORDINGS)
def test_kinds(asked: str, printed: str) -> None:
    """Equal pieces have the same words on both sides; the other kinds say which side has text."""
    for piece in diff(asked, printed):
        if piece.kind == "equal":
            assert words_of(piece.asked.text) == words_of(piece.printed.text)
        else:
            sides = {"changed": (True, True), "inserted": (False, True), "deleted": (True, False)}
            assert (bool(piece.asked.text), bool(piece.printed.text)) == sides[piece.kind]


@pytest.mark.parametrize(
    ("asked", "printed", "pieces"),
    [
        ("Five times, he won", "Six times he won.", [("changed", "Five ", "Six "), ("equal", "times, he won", "times he won.")]),
        (
            "five times we won",
            "I know: “six times we won", [("inserted", "", "I know: "), ("changed", "five ", "“six "), ("equal", "times we won", "times we won")],
        ),
        ("we won six", "We won five, he said", [("equal", "we won ", "We won "), ("changed", "six", "five, "), ("inserted", "", "he said")]),
        ("we open", "we do not open", [("equal", "we ", "we "), ("inserted", "", "do not "), ("equal", "open", "open")]),
        ("all of us won", "all won", [("equal", "all ", "all "), ("deleted", "of us ", ""), ("equal", "won", "won")]),
        ("she won", "[the mayor] won", [("changed", "she ", "[the mayor] "), ("equal", "won", "won")]),
    ],
)  # fmt: skip
def test_changed_words_are_shown_on_both_sides(asked: str, printed: str, pieces: list[tuple[str, str, str]]) -> None:
    """A word that was changed appears with the word printed for it, also at the beginning and the end."""
    assert [(p.kind, p.asked.text, p.printed.text) for p in diff(asked, printed)] == pieces


def test_words_in_a_row_are_aligned_in_a_row() -> None:
    """If all words of one side occur in a row in the other, they are aligned there and not with earlier occurrences."""
    pieces = diff("we won the cup", "we know we won the cup")
    assert [(p.kind, p.printed.text) for p in pieces] == [("inserted", "we know "), ("equal", "we won the cup")]


def test_marks_and_case_are_no_difference() -> None:
    """Case, accents, quotation marks and ellipses make no difference, and the pieces keep them."""
    [piece] = diff("“Zoe won … twice.”", "zoë won, twice")
    assert (piece.kind, piece.asked.text, piece.printed.text) == ("equal", "“Zoe won … twice.”", "zoë won, twice")


def test_words_are_left_out_at_the_ellipsis() -> None:
    """Words are left out where the ellipsis is, also if those before or behind it are repeated."""
    pieces = diff("He saw it. … He told me", "He saw it. He left. He told me")
    assert [(p.kind, p.printed.text) for p in pieces] == [
        ("equal", "He saw it. "),
        ("inserted", "He left. "),
        ("equal", "He told me"),
    ]
    assert "".join(p.asked.text for p in pieces) == "He saw it. … He told me"
