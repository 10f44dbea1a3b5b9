"""Numbers by value."""

from __future__ import annotations

import pytest

from quotetrack.text.numbers import numbers
from quotetrack.text.words import words_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("twenty-five of 1,500", ["25", "1500"]),
        ("two hundred and 3", ["200", "3"]),
        ("two thousand three hundred forty one", ["2341"]),
        ("a dozen, 3 million", ["12", "3000000"]),
        ("the 21st and the twenty-first", ["21.", "21."]),
        ("one two three", ["1", "2", "3"]),
        ("the G7 met in 2031", ["g7", "2031"]),
        ("no numbers at all", []),
    ],
)
def test_numbers_have_one_form(text: str, found: list[str]) -> None:
    """A number has one form, whether it is written in digits or words, with or without separators; ordinals differ."""
    assert numbers(words_of(text)) == found
