"""What the head of a source phrase decides: a phrase for a person is never the body or the place named in it. Invented texts, real parser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation
from quotetrack.text.role_nouns import holds, is_role_noun, spells

Extract = Callable[[str], list[Quotation]]


def speaker_of(quotations: Extract, text: str, part: str) -> list[str]:
    """The names of whoever said ``part``: none for nobody and for somebody without a name, several for a joint speaker."""
    matching = [q for q in quotations(text) if part in q.text]
    assert len(matching) == 1, [(q.text, q.speaker) for q in matching]
    speaker = matching[0].speaker
    if speaker is None or speaker.type == "unnamed":
        return []
    return [member.name for member in speaker.members] if speaker.type == "joint" else [speaker.name]


@pytest.mark.parametrize(
    "text",
    [
        "Port Selby was dark on Monday. The Port Selby alderman said the lamps were late.",
        "The Kestrel Air Command was praised on Monday. The Kestrel Air Command colonel said the lamps were late.",
        "The Merland Teachers' Council met. On Tuesday, members of the Merland Teachers' Council said the lamps were late.",
        "The University of Selby was dark. University of Selby researchers said the lamps were late.",
        "Calder Line was dark. Calder Line lawyers said the lamps were late.",
        "Jon Morales lost on Monday. Morales' supporters said the lamps were late.",
        "Jon Morales lost on Monday. Morales’ brother said the lamps were late.",
    ],
)
def test_a_noun_for_persons_behind_a_name_is_not_the_name(quotations: Extract, text: str) -> None:
    """A phrase headed by a noun for persons names neither the body, nor the place, nor the owner in it."""
    assert speaker_of(quotations, text, "lamps were late") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The University of Selby said the lamps were late.", ["University of Selby"]),
        ("The Selby Guardian said the lamps were late.", ["Selby Guardian"]),
        ("The Ministry of Health and Welfare said the lamps were late.", ["Ministry of Health and Welfare"]),
        ("The Committee to Protect Writers (CPW) met. The CPW said the lamps were late.", ["Committee to Protect Writers"]),
    ],
)  # fmt: skip
def test_bodies_stay_bodies(quotations: Extract, text: str, expected: list[str]) -> None:
    """A body at the head of the phrase is named, whatever nouns for persons its name or its initials hold."""
    assert speaker_of(quotations, text, "lamps were late") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferry Authority of Merland (FAM) governor Ilka Stroud said the quay was shut.", ["Ilka Stroud"]),
        ("Bank of Selby deputy governor Orm Haldane said the quay was shut.", ["Orm Haldane"]),
        ("Senior DIG Rafiq Mollick of Selby range said the quay was shut.", ["Rafiq Mollick"]),
        ("Security adviser Brig Gen (retd) Haroun Baptiste said the quay was shut.", ["Haroun Baptiste"]),
        ("Selby Airways Group Chief Executive H E Nasir Al Dovan said the quay was shut.", ["Nasir Al Dovan"]),
        ("Eng. Tarek Olim, the Managing Director at Quillon, said the quay was shut.", ["Tarek Olim"]),
        ("Assistant District Officer (ADO) Kofi Brandt said the quay was shut.", ["Kofi Brandt"]),
        ("Deputy Inspector General (DIG) of Police Oren Mallick said the quay was shut.", ["Oren Mallick"]),
        ("Merland Chief of Police General Jorge Alvas said the quay was shut.", ["Jorge Alvas"]),
        ("The wife of General Jon Lund said the quay was shut.", []),
        ("An adviser of Ports Minister Jon Lund said the quay was shut.", []),
        ("Ahmed Rell died, and Bina Rell was told at noon. Rell's daughter Bina Rell said the quay was shut.", ["Bina Rell"]),
    ],
)  # fmt: skip
def test_an_office_before_the_name(quotations: Extract, text: str, expected: list[str]) -> None:
    """The person named behind an office speaks, with a body, initials in brackets or a form of address before the name; a relative does
    not lend the name."""
    assert speaker_of(quotations, text, "quay was shut") == expected


INTRODUCED = "The gate was shut, said Assistant District Officer (ADO) Kofi Brandt.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (INTRODUCED + "The ADO said the crowd was warned.", ["Kofi Brandt"]),
        (INTRODUCED + "“Nobody was hurt and the crowd was warned,” the ADO said.", ["Kofi Brandt"]),
        (INTRODUCED + "An aide of the ADO said the crowd was warned.", []),
        ("Dr Lina Abras, Chief Nursing Officer (CNO), was there. The CNO said the crowd was warned.", ["Lina Abras"]),
        ("The Director General (DG) of the Fisheries Board, Dr. Ama Koto, said little. The DG said the crowd was warned.", ["Ama Koto"]),
        ("A district forest officer (DFO) was there. The DFO said the crowd was warned.", []),
        ("Prime Minister Jana Holst met the miners. “The crowd was warned,” the PM said.", ["Jana Holst"]),
        ("The Fisheries Safety Board (FSB) met on Monday. The FSB said the crowd was warned.", ["Fisheries Safety Board"]),
    ],
)  # fmt: skip
def test_an_office_by_its_initials(quotations: Extract, text: str, expected: list[str]) -> None:
    """Initials introduced behind an office stand for its holder, or for nobody by name; behind a body they stand for the body."""
    assert speaker_of(quotations, text, "crowd was warned") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orla Penn, secretary of the Fisheries Board (FB), met reporters. FB secretary said the nets were gone.", ["Orla Penn"]),
        ("Merland Workers Front (MWF) Chairman Idris Kole spoke. The MWF chairman said the nets were gone.", ["Idris Kole"]),
        ("Iraq's ambassador, Salim Rahat, came late. The Iraqi ambassador said the nets were gone.", ["Salim Rahat"]),
        ("The French president said the nets were gone. Luc Arnaud, the French foreign minister, agreed.", []),
    ],
)  # fmt: skip
def test_an_office_by_its_body(quotations: Extract, text: str, expected: list[str]) -> None:
    """An office with the name of its body or country is its only holder's, in whatever order the article has put it; another office is not."""
    assert speaker_of(quotations, text, "nets were gone") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Interior Ministry refused. Minister Dora Finn and the ministry said the visa was void.", ["Dora Finn", "Interior Ministry"]),
        ("The Selby Council president, Ida Moor, and the Ferry Board said the visa was void.", ["Ida Moor", "Ferry Board"]),
        ("The UN and Southern Union (SU) said the visa was void.", ["UN", "Southern Union"]),
        ("Both Ruth Vale and Ports Minister Jon Lund said the visa was void.", ["Ruth Vale", "Jon Lund"]),
        ("Ruth Vale, head of the Visa Board at Freedom and Roam Selby, said the visa was void.", ["Ruth Vale"]),
        ("The Ministry of Lakes and Forests secretary, Amina Wekesa, said the visa was void.", ["Amina Wekesa"]),
    ],
)  # fmt: skip
def test_a_pair_has_two_members(quotations: Extract, text: str, expected: list[str]) -> None:
    """Of two that speak together both are named, a person and a body as well; ``and`` inside a name or behind another noun makes no pair."""
    assert speaker_of(quotations, text, "visa was void") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Coastal Safety Authority of Merland grounded the boats. Merland's coastal safety authority said the hull was thin.", ["Coastal Safety Authority of Merland"]),
        ("Anti-logging advocacy group, Forest Watch Merland Inc (FWMI), said the hull was thin.", ["Forest Watch Merland Inc"]),
        ("The Merland Drug Agency (MDA) won a prize. “The hull was thin,” the MDA team said.", ["Merland Drug Agency"]),
        ("Vale's talent firm Harbour Lights on Monday said the hull was thin.", ["Harbour Lights"]),
    ],
)  # fmt: skip
def test_bodies_by_other_words(quotations: Extract, text: str, expected: list[str]) -> None:
    """A body is named by the words of its name in another order, behind a comma, by its team, and with a day behind it."""
    assert speaker_of(quotations, text, "hull was thin") == expected


def test_initials_of_offices() -> None:
    """Initials say what the office says whose words they begin, and no other."""
    assert holds("pm", "prime minister of Merland") and holds("ceo", "group chief executive officer")
    assert not holds("pm", "ports minister's aide") and not holds("man", "media and news editor")
    assert spells("igp", "inspector-general of police") and not spells("igp", "inspector of police")
    assert is_role_noun("DIG") and not is_role_noun("dig")


def test_the_role_before_initials(quotations: Extract) -> None:
    """The role is the office as printed, without its initials in brackets."""
    found = quotations("Assistant District Officer (ADO) Kofi Brandt said the gate was shut.")
    assert [q.role.text for q in found if q.role is not None] == ["Assistant District Officer"]
