"""Sources that describe somebody or are a body's short name, and whom the article names for them. Invented texts, real parser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation
from quotetrack.text.role_nouns import holds

Extract = Callable[[str], list[Quotation]]


def speaker_of(quotations: Extract, text: str, part: str) -> list[str]:
    """The names of whoever said ``part``: none for nobody and for somebody without a name, several for a joint speaker."""
    matching = [q for q in quotations(text) if part in q.text]
    assert len(matching) == 1, [(q.text, q.speaker) for q in matching]
    speaker = matching[0].speaker
    if speaker is None or speaker.type in ("unnamed", "document"):
        return []
    return [member.name for member in speaker.members] if speaker.type == "joint" else [speaker.name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Coastal Savings Directorate (CSD) searched the harbour office on Monday. "
            "Two clerks were questioned there.\n\nCSD said the lamps were late.",
            "Coastal Savings Directorate",
        ),
        (
            "The Merland Ferry and Pilots Council (MFPC) closed the pier on Monday, after talks with the town.\n\n"
            "MFPC said the lamps were late.",
            "Merland Ferry and Pilots Council",
        ),
        (
            "Cafo - the Coastal Artisans Fishing Organisation - was founded in Selby in 1961.\n\n"
            "Cafo said the lamps were late.",
            "Coastal Artisans Fishing Organisation",
        ),
        (
            "The letter was sent by the Merland Centre for Human Rights (Mercen) on Monday.\n\n"
            "Mercen said the lamps were late.",
            "Merland Centre for Human Rights",
        ),
    ],
)
def test_a_short_name_stands_for_the_full_one(quotations: Extract, text: str, expected: str) -> None:
    """A body that goes by initials or a short name which the article explains is shown under its full name."""
    assert speaker_of(quotations, text, "lamps were late") == [expected]


def test_other_initials_stay_as_they_are(quotations: Extract) -> None:
    """Initials that the article does not explain are no short form of a body named beside them by other words."""
    text = "The Coastal Savings Directorate met on Monday.\n\nThe BVK said the lamps were late."
    assert speaker_of(quotations, text, "lamps were late") == ["BVK"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Northern Cape MEC for Finance Thandi Morake welcomed the audit on Monday.\n\n"
            "“The lamps were late,” the MEC said.",
            ["Thandi Morake"],
        ),
        (
            "Northern Cape MEC for Finance Thandi Morake spoke on Monday. "
            "Western Cape MEC for Health Nomsa Dube spoke too.\n\n"
            "“The lamps were late,” the MEC said.",
            [],
        ),
    ],
)
def test_an_office_by_initials_before_a_name(quotations: Extract, text: str, expected: list[str]) -> None:
    """The initials of an office that stand before a name with what the office is for mean its one holder, and nobody where two hold it."""
    assert speaker_of(quotations, text, "lamps were late") == expected


def test_an_honorific_behind_an_office_is_none_of_it() -> None:
    """A role that ends in an honorific before the name is the office that comes before the honorific."""
    assert holds("chairman", "Calder Bank chairman Sheikh")
    assert holds("sheikh", "Sheikh")
    assert not holds("chairman", "Sheikh")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The President of the Republic Anselmo Prado opened a clinic in Selby on Monday.\n\n"
            "According to the Head of State, the lamps were late.",
            ["Anselmo Prado"],
        ),
        (
            "Prime Minister Ruth Vale opened a clinic in Selby on Monday.\n\n"
            "The head of government said the lamps were late.",
            ["Ruth Vale"],
        ),
        (
            "Calder Bank president Anselmo Prado opened a clinic in Selby on Monday.\n\n"
            "The head of state said the lamps were late.",
            [],
        ),
    ],
)
def test_the_head_of_state(quotations: Extract, text: str, expected: list[str]) -> None:
    """The head of state or of government is the one president or prime minister of the article, never the president of a company."""
    assert speaker_of(quotations, text, "lamps were late") == expected


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        (
            "Emma Roma Dahl stayed in the car. Roma Dahl, a baker, had never liked the beach.\n\n"
            "Her mother told her that the water was warm.",
            "water was warm",
            [],
        ),
    ],
)
def test_a_relative(quotations: Extract, text: str, part: str, expected: list[str]) -> None:
    """Nobody is taken for a relative of somebody by a form of the same name."""
    assert speaker_of(quotations, text, part) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Anton Quist left the court on Monday. He and his lawyer, Ivo Lenz, said the lamps were late.",
            ["Anton Quist", "Ivo Lenz"],
        ),
        ("Anton Quist left the court on Monday. He and a neighbour said the lamps were late.", []),
    ],
)
def test_a_pronoun_and_somebody(quotations: Extract, text: str, expected: list[str]) -> None:
    """Of a pronoun joined to somebody both are the speaker if the article names both, and neither alone is."""
    assert speaker_of(quotations, text, "lamps were late") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In a statement signed by its secretary Ola Kvist, Calder Rovers said the shirts were late.\n\n"
            "“The lamps were late,” the statement said.",
            [],
        ),
        (
            "In a statement on Monday, Calder Rovers said the shirts were late.\n\n"
            "“The lamps were late,” the statement said.",
            ["Calder Rovers"],
        ),
    ],
)
def test_a_statement_with_two_makers(quotations: Extract, text: str, expected: list[str]) -> None:
    """A statement that one has signed and another has spoken in is nobody's by name."""
    assert speaker_of(quotations, text, "lamps were late") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gary Holm was sentenced in Selby on Monday. His lawyer said the lamps were late.\n\n"
            "“The letters were found in the boat,” Chuck Perrin said.",
            ["Chuck Perrin"],
        ),
        (
            "Gary Holm was sentenced in Selby on Monday. His lawyer said the lamps were late.\n\n"
            "“The letters were found in the boat,” police officer Chuck Perrin said.",
            [],
        ),
        (
            "Gary Holm was sentenced in Selby on Monday. His lawyer said the lamps were late.\n\n"
            "The boat was bought from Chuck Perrin in May.",
            [],
        ),
    ],
)
def test_somebody_brought_in_by_description(quotations: Extract, text: str, expected: list[str]) -> None:
    """A description stands for whoever is quoted next under a first, full name without a role, and for nobody who has one or is not quoted."""
    assert speaker_of(quotations, text, "lamps were late") == expected


def test_it_for_the_army_of_a_country(quotations: Extract) -> None:
    """A pronoun for a body that has no name but its country's is shown as that body."""
    text = "The Turkish army entered the town on Monday. It said the lamps were late."
    assert speaker_of(quotations, text, "lamps were late") == ["Turkish army"]


def test_a_studio_is_a_company(quotations: Extract) -> None:
    """A studio that the article names is what it calls the company afterwards."""
    text = (
        "Thirty artists met at the animation studio Velga Light on Monday. The studio Velga Light makes films for children.\n\n"
        "The company said the lamps were late."
    )
    assert speaker_of(quotations, text, "lamps were late") == ["Velga Light"]
