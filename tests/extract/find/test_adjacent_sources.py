"""Quotations without a frame and the extent of quotations, with the included models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation
from tests.extract.find.test_layout import voices

Extract = Callable[[str], list[Quotation]]


@pytest.mark.parametrize(
    "report",
    [
        "Council leader Tom Ashby told reporters that the pool would close.",
        "According to Tom Ashby, the road was promised twice.",
        "Tom Ashby put down his cup and turned to the window.",
        "Anna Petrov said the pool would close. Tom Ashby, the trainer, shook his head.",
    ],
)
def test_a_bare_paragraph_after_a_report(quotations: Extract, report: str) -> None:
    """A bare quotation belongs to the subject of the sentence before, not to a person who reacts to it."""
    found = quotations(f"{report}\n\n“It leaks more water than it holds.”\n\nEmil Rask laughed. “Does it?” he asked.\n")
    assert ("“It leaks more water than it holds.”", "Tom Ashby") in voices(found)


@pytest.mark.parametrize("reaction", ["Rask shrugged.", "Rask laughed out loud.", "Rask nodded at the clerk."])
@pytest.mark.parametrize("words", ["Sell the boat.", "Is he there?"])
def test_who_reacts_does_not_speak(quotations: Extract, words: str, reaction: str) -> None:
    """A sentence after the marks whose verb reports nothing does not name the speaker."""
    found = quotations(f"Mara Voss turned to Emil Rask. “{words}” {reaction}\n")
    assert (f"“{words}”", "Mara Voss") in voices(found)


def test_a_frame_in_the_next_paragraph(quotations: Extract) -> None:
    """A paragraph without a closing mark has the source of the next paragraph, which re-opens it."""
    found = quotations("“The rain came at three.\n\n“By four the street was a river,” Hanne Voss said.\n")
    assert voices(found) == [("“The rain came at three. / “By four the street was a river,”", "Hanne Voss")]


def test_marks_that_are_not_opened_again(quotations: Extract) -> None:
    """A quotation may close several paragraphs after it opened."""
    found = quotations(
        "Judge Otto Maris said: “You had a choice.\n\nYou chose to run.\n\nSix years.”\n\nHe rose at four.\n"
    )
    assert voices(found) == [("“You had a choice. / You chose to run. / Six years.”", "Otto Maris")]


def test_subheadings_are_not_the_neighbours(quotations: Extract) -> None:
    """A quoted subheading has the speaker of the quotation it repeats, and is dropped if it repeats none."""
    found = quotations(
        "Tom Ashby said the pool would close.\n\n‘Nobody will swim here again’\n\n"
        "“Nobody will swim here again, not in my lifetime,” the trainer, Lia Sund, said.\n\n‘A hole in the ground’\n\nThe pool is old.\n"
    )
    assert ("“Nobody will swim here again, not in my lifetime,”", "Lia Sund") in voices(found)
    assert ("‘Nobody will swim here again’", "Lia Sund") in voices(found)
    assert not any(text.startswith("‘A hole") for text, _ in voices(found))


def test_what_follows_the_closing_mark(quotations: Extract) -> None:
    """A new sentence after the closing mark is not part of the content."""
    found = quotations("Vale said, “Now is the time to make it real. This is the hour.” Attendance: 14,893.\n")
    assert not any("Attendance" in text for text, _ in voices(found))


def test_a_message_is_its_writers(quotations: Extract) -> None:
    """A message belongs to its writer, not to its addressee, who is closer to the verb."""
    found = quotations("A text message from Lia Sund to her brother read: “Come home.”\n")
    assert voices(found) == [("“Come home.”", "Lia Sund")]


@pytest.mark.parametrize("text", ["51%: “Leave it as it is, please.”", "Tuesday: “Sunny spells in the east.”"])
def test_sources_that_nobody_can_be(quotations: Extract, text: str) -> None:
    """Percentages and days are not sources."""
    assert all(q.source is None for q in quotations(text))


def test_spaces_inside_guillemets(quotations: Extract) -> None:
    """French spacing inside guillemets makes no difference."""
    found = quotations("« The boats are late », said Léa Morin. « They are always late. »\n")
    assert [q.kind for q in found] == ["direct"] and voices(found)[0][1] == "Léa Morin"
