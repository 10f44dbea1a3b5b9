"""Links to the words of an article: unique, and encoded so that a browser reads them as they are."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from quotetrack.text.fragments import fragment_of, with_fragment

TEXT = (
    "No deal. The talks, she said, go on.\n\n“No deal at all,” said the well-known envoy & his aide.\n\n"
    "“We will sail at dawn with every boat we have.\n\nAnd we will sail at dawn again, with every boat that we have left, tomorrow.”"
)


def fragment(words: str, occurrence: int = 0) -> str:
    """The fragment of an occurrence of words in the text."""
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return fragment_of(TEXT, start, start + len(words))


@pytest.mark.parametrize(
    ("words", "occurrence", "found"),
    [
        ("The talks, she said", 0, "text=The%20talks%2C%20she%20said"),
        ("“No deal at all,”", 0, "text=No%20deal%20at%20all"),
        ("No deal", 1, "text=she%20said%2C%20go%20on-,No%20deal"),
        ("the well-known envoy & his aide", 0, "text=the%20well%2Dknown%20envoy%20%26%20his%20aide"),
        ("—", 0, ""),
    ],
)
def test_fragments(words: str, occurrence: int, found: str) -> None:
    """Marks at the edges are left out, special characters are encoded, and words that stand earlier get a prefix."""
    if found:
        assert fragment(words, occurrence) == found
    else:
        assert fragment_of(words, 0, 1) == ""


def test_a_prefix_does_not_cross_a_paragraph_if_it_can_stay() -> None:
    """A prefix is cut at the line where it can be, because browsers join no words across blocks."""
    text = "Fine words. Then she said: no deal.\nLater she said: no deal."
    start = text.rindex("no deal")
    assert fragment_of(text, start, start + 7) == "text=Later%20she%20said-,no%20deal"


def test_ends_of_a_passage_across_paragraphs_stay_in_one_paragraph_and_are_unique() -> None:
    """Each end is made longer until its first occurrence is the right one, and contains no line break."""
    start = TEXT.index("“We will")
    start_words, end_words = (unquote(one) for one in fragment_of(TEXT, start, len(TEXT))[5:].split(","))
    assert TEXT.index(start_words) == start + 1 and "\n" not in start_words
    after = TEXT.index(end_words, start + len(start_words))
    assert TEXT[after + len(end_words) :] == ".”" and "\n" not in end_words


def test_case_is_ignored_and_letters_that_grow_do_not_shift_offsets() -> None:
    """Browsers ignore case, so a heading in capitals counts as earlier; a letter that is longer in lower case moves nothing."""
    assert fragment_of("NO DEAL İ. No deal.", 11, 18).startswith("text=NO%20DEAL%20%C4%B0-,No")


def test_an_address_keeps_its_own_fragment() -> None:
    """An address without words stays as it is, and one with a fragment keeps it."""
    assert with_fragment("https://a.example/x#top", "") == "https://a.example/x#top"
    assert with_fragment("https://a.example/x", "text=a") == "https://a.example/x#:~:text=a"
