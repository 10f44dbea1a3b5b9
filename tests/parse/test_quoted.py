"""Which stretches of a text stand between marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.quoted import quoted_stretches


def stretches(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quoted_stretches(text, paragraphs(text))]


@pytest.mark.parametrize(
    "quoted",
    [
        "“It holds”",
        '"It holds"',
        "«It holds»",
        "„It holds“",
        "»It holds«",
        "‘It holds’",
        "'It holds'",
        "``It holds''",
        "''It holds''",
    ],
)
def test_every_style_of_mark(quoted: str) -> None:
    """Each style that outlets use is a pair, inside a sentence."""
    assert stretches(f"The dam, he said, is fine. {quoted}, she wrote.") == [quoted]


@pytest.mark.parametrize("quoted", ["“It holds»", "“It holds“", "«It holds“", "”It holds”", "„It holds”"])
def test_broken_pairs(quoted: str) -> None:
    """Scraped and translated news mixes marks; where a mark stands tells whether it opens or closes."""
    assert stretches(f"He said {quoted} and left. “Next”, she said.") == [quoted, "“Next”"]


def test_apostrophes_and_measures_are_not_marks() -> None:
    """Possessives, elisions, decades, feet and inches enclose nothing."""
    text = (
        "The workers' rights of the '90s weren't Vale's. He is 6'2\" tall and the hull 40' long. \"We know,\" he said."
    )
    assert stretches(text) == ['"We know,"']


def test_a_plural_possessive_does_not_close() -> None:
    """Inside single marks the apostrophe of a plural is passed over for the real end."""
    assert stretches("‘It is the sailors’ ship that sank,’ she said.") == ["‘It is the sailors’ ship that sank,’"]


def test_nested_marks_belong_to_the_outer_pair() -> None:
    """A quotation within a quotation is part of it, whatever marks it has."""
    assert stretches("“He told me “sit down” and left,” she said.") == ["“He told me “sit down” and left,”"]
    assert stretches("“He told me ‘sit down’ and left,” she said.") == ["“He told me ‘sit down’ and left,”"]


def test_an_unclosed_mark_never_swallows_more_than_its_paragraph() -> None:
    """The next paragraph is read as if nothing had happened."""
    text = "“It must go, he said on the steps.\n\nNothing was marked here.\n\n“It stays,” she said."
    assert stretches(text) == ["“It must go, he said on the steps.", "“It stays,”"]


def test_a_stray_mark_is_given_up() -> None:
    """One mark too many costs itself and not the article."""
    assert stretches("A stray » here, and “this holds” there.") == ["“this holds”"]
    assert stretches("“A false start. He said “real words” today.") == ["“real words”"]


def test_paragraphs_that_reopen() -> None:
    """Each paragraph of a long quotation opens anew; only the last one closes."""
    assert stretches("“One.\n\n“Two.\n\n“Three,” he said.") == ["“One.", "“Two.", "“Three,”"]


@given(st.text(alphabet="ab .,\n“”\"«»„‘’'`", max_size=80))
def test_stretches_are_ordered_and_inside(text: str) -> None:
    """Whatever the marks, stretches stand in order, do not overlap, and stay in their paragraph."""
    ranges = paragraphs(text)
    position = 0
    for quoted in quoted_stretches(text, ranges):
        start, end = ranges[quoted.paragraph]
        assert position <= quoted.start <= quoted.inner_start <= quoted.inner_end <= quoted.end
        assert start <= quoted.start and quoted.end <= end
        position = quoted.end


def test_paragraphs_that_do_not_open_again() -> None:
    """A quotation goes on to the mark that closes it, in each paragraph."""
    assert stretches("Vale said, “A b c.\n\nB c d.\n\nC d.” He left.\n\nHolm play.") == ["“A b c.", "B c d.", "C d.”"]
    assert stretches("Vale said, “A b c.\n\nB c d.\n\n“Next,” she said.") == ["“A b c.", "“Next,”"]


def test_spaces_inside_marks() -> None:
    """French spacing, with punctuation after the closing mark."""
    assert stretches("« It holds », he said. « Where ? » « Here ».") == ["« It holds »", "« Where ? »", "« Here »"]


def test_no_space_behind_the_closing_mark() -> None:
    """A straight mark between a comma and a word closes what is open."""
    assert stretches('"It holds,"Vale said. "It does."') == ['"It holds,"', '"It does."']
