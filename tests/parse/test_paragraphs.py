"""Where paragraphs begin and end, however lines are folded."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from quotetrack.text.paragraphs import paragraphs


def split(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in paragraphs(text)]


def test_a_paragraph_a_line() -> None:
    """Single line ends separate paragraphs where lines are sentences."""
    assert split("The auction is on Friday.\nIt starts at noon.\n\nDoors open early.") == [
        "The auction is on Friday.",
        "It starts at noon.",
        "Doors open early.",
    ]


def test_folded_lines() -> None:
    """Lines of a narrow column belong together, hyphens at their ends or not."""
    text = "The street in Mere has been sink-\ning since 1998. They told us to\nwait, and we waited for twenty-\neight years.\n\nNext."
    assert len(split(text)) == 2


def test_a_quotation_crosses_lines() -> None:
    """A line that is left open within a sentence goes on to the mark that closes it."""
    text = "He left.\n“The bridge,” said Ole Grue, “is a matter\nfor the county,\nnot the town.”\nThe county disagreed."
    assert split(text) == [
        "He left.",
        "“The bridge,” said Ole Grue, “is a matter for the county, not the town.”",
        "The county disagreed.",
    ]


def test_labels_and_indents_in_folded_text() -> None:
    """In folded text a speaker's label begins a paragraph, and so does an indent after a full stop."""
    text = (
        "VALE: The toll will be gone by spring, I am told, though the\npaint may not be dry.\nBRANDT: By which spring, and at\n"
        "whose cost?\nVALE: The next one, and not a day\nlater than that.\n"
    )
    assert [line.split(":")[0] for line in split(text)] == ["VALE", "BRANDT", "VALE"]


@given(st.text(st.sampled_from('ab .,"“”:\n\r-A'), max_size=200))
def test_ranges_are_in_order_and_without_edge_space(text: str) -> None:
    """Whatever the text, every character that is no space stands in exactly one paragraph."""
    ranges = paragraphs(text)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in ranges)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(ranges))
    assert "".join("".join(text[s:e].split()) for s, e in ranges) == "".join(text.split())
