"""Frames that the attribution model labels as content or source, with the included models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def speakers(found: list[Quotation], words: str) -> list[str | None]:
    """The names of the quotations with ``words``."""
    return [q.speaker.name if q.speaker else None for q in found if words in q.text]


@pytest.mark.parametrize(
    "text",
    [
        "“We met the farmers twice and they agreed to sell the whole meadow,” Amir Tosk said in an interview, according to the news agency.",
        "“The grain must be grown here so that we need not import it,” Amir Tosk said, according to local media.",
    ],
)
def test_who_is_said_to_say_it(quotations: Extract, text: str) -> None:
    """A quotation with its own frame does not belong to the outlet that the sentence credits with the report."""
    assert speakers(quotations(text), text[3:20]) == ["Amir Tosk"]


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Oake, a committee spokesman, met reporters. “We should use the time we have,” Oake quoted Petra Marsh as saying.",
        "The aide Jonas Oake met reporters. “We should use the time we have,” he quoted Petra Marsh as saying.",
    ],
)
def test_whom_another_quotes(quotations: Extract, text: str) -> None:
    """Words that somebody quotes another person as saying belong to that person."""
    assert speakers(quotations(text), "use the time") == ["Petra Marsh"]


def test_who_quotes_a_document(quotations: Extract) -> None:
    """Words that somebody quotes without naming another speaker belong to the one who quotes."""
    found = quotations("“We should use the time we have,” the minister Jonas Oake quoted on Friday.")
    assert speakers(found, "use the time") == ["Jonas Oake"]


def test_a_day_is_no_part_of_a_name(quotations: Extract) -> None:
    """A day at the end of a source phrase is not part of the speaker's name."""
    found = quotations("“The wedding will be in May,” announced the skater’s agency Blue Sports Union on Monday.")
    assert not any(name and "Monday" in name for name in speakers(found, "wedding"))
