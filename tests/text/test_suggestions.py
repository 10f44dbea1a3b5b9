"""Values suggested for one that is not known."""

from __future__ import annotations

import doctest
import importlib

import pytest

from quotetrack.text.suggestions import did_you_mean, suggestions


def test_at_most_three_the_most_similar_first() -> None:
    """At most three values are suggested, the most similar first, without regard to case, order or repetition of the values."""
    known = ["Ruth Vane", "Ruth Vale", "Ruth Vale", "Ruth Vail", "Ruth Vaele", "Anton Lund"]
    assert suggestions("RUTH VALE", known) == suggestions("RUTH VALE", known[::-1])
    assert suggestions("RUTH VALE", known)[0] == "Ruth Vale" and len(suggestions("RUTH VALE", known)) == 3


def test_nothing_similar_is_no_suggestion() -> None:
    """A value that resembles none of the known ones gets no suggestion."""
    assert (
        did_you_mean("zzz", ["Ruth Vale"]) == ""
        and did_you_mean("", ["Ruth Vale"]) == ""
        and did_you_mean("a", []) == ""
    )


def test_three_are_joined_in_words() -> None:
    """Several suggestions are joined by commas and a final 'or'."""
    assert did_you_mean("vale", ["vale1", "vale2", "vale3"]) == " Did you mean 'vale1', 'vale2' or 'vale3'?"


@pytest.mark.parametrize(
    "module",
    [
        "text.suggestions",
        "read.filters",
        "export.csv",
        "export.identifiers",
        "export.described",
        "export.formats",
        "cli.common",
    ],
)
def test_examples(module: str) -> None:
    """The examples in the docstrings of filters, exports and printing give what they say."""
    done = doctest.testmod(importlib.import_module(f"quotetrack.{module}"), optionflags=doctest.ELLIPSIS)
    assert done.attempted and not done.failed
