"""Names of people and bodies that the entity model cut or widened, as their articles correct them. Invented texts, real parser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation
from tests.extract.judging import name_of

Extract = Callable[[str], list[Quotation]]


def speakers(quotations: Extract, text: str, part: str) -> list[str | None]:
    """The names of those who said ``part``."""
    return [name_of(q) for q in quotations(text) if part in q.text]


@pytest.mark.parametrize("trade", ["Potter", "Baker", "Diver"])
def test_a_trade_that_opens_a_sentence(quotations: Extract, trade: str) -> None:
    """A trade before a full name at the head of a sentence is a role, and no part of the name."""
    text = f"{trade} Renzo Lupini said the oven had been cold for a year. “It smokes,” Lupini said."
    assert speakers(quotations, text, "cold for a year") == speakers(quotations, text, "smokes") == ["Renzo Lupini"]


def test_a_first_name_that_is_a_trade(quotations: Extract) -> None:
    """A first name that is a trade as well stays in the name."""
    assert speakers(quotations, "Mason Reed Lupini said the oven had been cold.", "been cold") == ["Mason Reed Lupini"]


def test_a_person_in_apposition_taken_for_a_body(quotations: Extract) -> None:
    """A full name in apposition to a subject, whose surname is a person's further on, is that person's."""
    text = "The buyer, Luka Mrakov, found out on the road home.\n\n“He coughed in every village,” Mrakov said."
    assert speakers(quotations, text, "coughed") == ["Luka Mrakov"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fares will rise, Transport for Greater Aldbury said on Monday.", "Transport for Greater Aldbury"),
        ("Beekeepers of Uruguay says that fares will rise.", "Beekeepers of Uruguay"),
        ("Beekeepers of Uruguay say that fares will rise.", None),
    ],
)
def test_a_common_noun_and_a_place(quotations: Extract, text: str, name: str | None) -> None:
    """A common noun with a capital in mid-sentence, or a plural with a verb in the singular, begins the name of a body."""
    assert speakers(quotations, text, "ares will rise") == [name]


def test_a_son_by_name(quotations: Extract) -> None:
    """Father and son are two people where only ``Sr`` and ``Jr`` without a full stop tell them apart, and ``the younger`` is the son."""
    text = (
        "Ferenc Balla Sr built the wheel in the park at Balvanyos, and Ferenc Balla Jr will take it down. "
        "The younger Balla said the axle had cracked. “It was oiled with soup,” Balla Sr said."
    )
    assert speakers(quotations, text, "axle had cracked") == ["Ferenc Balla Jr"]
    assert speakers(quotations, text, "oiled with soup") == ["Ferenc Balla Sr"]


def test_a_house_by_the_name_of_its_owner(quotations: Extract) -> None:
    """``Marrow & Sons`` is a body and all of its name, and ``the firm`` may stand for it."""
    text = (
        "Marrow & Sons, a funeral parlour in Bexcombe, buried the wrong man. The firm said that a label had come off."
    )
    assert speakers(quotations, text, "label had come off") == ["Marrow & Sons"]


def test_a_noun_for_bodies_and_for_persons(quotations: Extract) -> None:
    """``the carrier`` stands for the airline that the article names, if it calls no person so."""
    text = (
        "The budget airline Skyhopper has cancelled 40 flights after two of its jets were struck by hail. "
        "The carrier said passengers would be rebooked."
    )
    assert speakers(quotations, text, "would be rebooked") == ["Skyhopper"]
