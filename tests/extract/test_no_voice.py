"""Phrases that do not name the speaker, and marks that quote nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def speakers(found: list[Quotation]) -> list[str | None]:
    """Return the speaker's name of each quotation."""
    return [quotation.speaker.name if quotation.speaker else None for quotation in found]


@pytest.mark.parametrize(
    ("text", "principal"),
    [
        ("Ruth Vale was sacked on Monday. Her lawyer said the case would go to court.", "Ruth Vale"),
        ("President Idris Halvane spoke of it ten days before. His spokesman, asked about those words, said they stood.", "Idris Halvane"),
        ("Singer Ida Moss cancelled her tour on Friday. Her agent said the singer was ill.", "Ida Moss"),
        ("Coach Ben Aro left the club. His captain said the players were sad.", None),
        ("Mayor Petra Quist resigned. Her deputy said the office would stay open.", None),
    ],
)  # fmt: skip
def test_the_owner_of_the_phrase_does_not_speak(quotations: Extract, text: str, principal: str | None) -> None:
    """``her lawyer`` is another person than she; lawyers, agents and spokespersons speak on her behalf."""
    found = quotations(text)[-1]
    assert found.speaker is not None and found.speaker.type == "unnamed"
    assert found.on_behalf_of == principal


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Calder Savings closed its doors on Friday. The ministry said the money was safe.", None),
        ("Harbour Dairies was fined on Friday. The court said the milk had been sour.", None),
        ("The Harbour Ministry closed the port. The ministry said the money was safe.", "Harbour Ministry"),
        (
            "A judge of Selby District Court read the ruling. The court said the milk had been sour.",
            "Selby District Court",
        ),
    ],
)
def test_a_body_of_another_name_is_no_ministry(quotations: Extract, text: str, name: str | None) -> None:
    """``the court`` or ``the ministry`` refers to a body only if the body's name contains that word."""
    found = quotations(text)[-1].speaker
    assert (found.name == name) if name else (found is None or found.name.islower())


@pytest.mark.parametrize(
    "lead",
    [
        "Agnes Thorne, the retired judge who leads the inquiry, met us in her garden.",
        "Agnes Thorne sat down with us in Port Calder.",
        "Agnes Thorne met our correspondent at the harbour.",
        "Agnes Thorne meets me at the door of her house.",
        "We met Agnes Thorne in her garden.",
    ],
)
def test_who_meets_us_answers(quotations: Extract, lead: str) -> None:
    """The person the outlet met is the interviewee, even as the subject of the sentence."""
    found = quotations(f"{lead}\nQ: Did you hesitate?\nA: For about a minute, no longer.")
    assert speakers(found) == [None, "Agnes Thorne"]
    assert found[0].stance == "asked"


@pytest.mark.parametrize(
    "text",
    [
        "The “Day of the Canal”, the valley's spring fair, has been put off.",
        "The “Night of Lamps”, the town's winter market, was opened by Mayor Ida Moss.",
        "Her book on the banks, “A Quiet Ledger”, has been reprinted.",
        "Wynn's film about the strike, “The Long Winter”, won a prize.",
        "The finance committee heard Petra Sandoval and Aldo Reiter on Tuesday.",
        "Judge Ida Moss heard two witnesses on Monday.",
    ],
)
def test_names_and_hearings_quote_nobody(quotations: Extract, text: str) -> None:
    """The name of a fair or a book beside its noun is no quotation, and hearing a witness is no statement."""
    assert quotations(text) == []


def test_words_in_capitals_beside_their_speaker_are_kept(quotations: Extract) -> None:
    """A quotation in title case with a speaker is kept."""
    assert speakers(quotations("“The End of the World”, the mayor said, was near.")) == ["the mayor"]
    assert speakers(quotations("The court heard that the driver had been drinking.")) == ["court"]


def test_an_acting_head_is_one(quotations: Extract) -> None:
    """``acting`` opens a role like ``former``; ``acting on advice`` does not."""
    found = quotations(
        "Jon Lund, acting director of the clinic, said beds were short. Ida Moss, acting on advice, said nothing was wrong."
    )
    assert [quotation.role.text if quotation.role else None for quotation in found] == [
        "acting director of the clinic",
        None,
    ]
