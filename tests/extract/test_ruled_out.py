"""Whom a pronoun or a noun phrase cannot stand for, by what the article has said of them. Invented texts, real parser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation
from tests.extract.judging import name_of

Extract = Callable[[str], list[Quotation]]


def speaker_of(quotations: Extract, text: str, part: str) -> str | None:
    """The name of whoever said ``part``, nothing for nobody by name."""
    matching = [q for q in quotations(text) if part in q.text]
    assert len(matching) == 1, [(q.text, q.speaker) for q in matching]
    return name_of(matching[0])


def test_a_pronoun_of_speech_settles_gender(quotations: Extract) -> None:
    """After ``he said`` a person whose first name tells nothing is not meant by ``she``, however near."""
    text = (
        "The watchman, Tor Egil Moen, wept in court. “I had only gone to fetch coffee,” he said.\n\n"
        "Ilka Stroud followed the hearing with her two sons. She told reporters that the mill would not be built again."
    )
    assert speaker_of(quotations, text, "fetch coffee") == "Tor Egil Moen"
    assert speaker_of(quotations, text, "not be built again") == "Ilka Stroud"


@pytest.mark.parametrize(
    "noun", ["bailiff", "doctor", "abbess", "helicopter pilot", "transport chief", "chief executive"]
)
def test_another_trade_is_another_person(quotations: Extract, noun: str) -> None:
    """A trade or post that the article gives to nobody is not given to somebody of another trade."""
    text = (
        "Violinist Ilka Brandt came to the hall on Thursday to find its doors chained. She played on the steps for an hour.\n\n"
        f"The {noun} said the rent had not been paid since Easter."
    )
    assert speaker_of(quotations, text, "not been paid") is None


@pytest.mark.parametrize("noun", ["veteran", "doctor", "former striker"])
def test_nouns_that_may_repeat_somebody(quotations: Extract, noun: str) -> None:
    """A noun for people of any trade, or a trade that the article gives to the person, may still stand for them."""
    trade = {"veteran": "Striker", "doctor": "Village doctor", "former striker": "Coach"}[noun]
    text = (
        f"{trade} Ilka Brandt came to the hall on Thursday to find its doors chained.\n\n"
        f"The {noun} said the rent had been paid at Easter."
    )
    assert speaker_of(quotations, text, "rent had been paid") == "Ilka Brandt"


def test_a_former_holder_is_not_the_present_one(quotations: Extract) -> None:
    """``the former head`` is not whom the article calls the present head."""
    text = (
        "A former head of the savings bank, the economist Lorenz Gfeller, and the bank’s present head, Ursina Caflisch, met on Monday. "
        "The tunnel would never pay, the former head said."
    )
    assert speaker_of(quotations, text, "never pay") is None


def test_the_latter_behind_the_former(quotations: Extract) -> None:
    """``the former`` and ``the latter`` are of the same two, in whichever order they speak."""
    text = (
        "Archaeologist Dina Haddad and diver Wassim Ferzli found the anchor on Monday. "
        "{} says that it is old. {} says that it is from a ferry."
    )
    for first, second in (("The former", "The latter"), ("The latter", "The former")):
        names = [speaker_of(quotations, text.format(first, second), part) for part in ("it is old", "from a ferry")]
        assert names == (
            ["Dina Haddad", "Wassim Ferzli"] if first == "The former" else ["Wassim Ferzli", "Dina Haddad"]
        )
