"""Whose a statement, a report, a survey or a letter is, where it is what speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]

TOLD = {
    "behind a word for what it is": (
        "The harbour will silt up soon, according to a report by Kaldian news site Vorlund Daily on Monday.",
        "silt up", "Vorlund Daily",
    ),
    "an officer": (
        "A circular issued by Director Tilda Marsh states that “every school will keep its own well”.",
        "its own well", "Tilda Marsh",
    ),
    "behind when it was issued": (
        "A directive issued in May by the Selby Water Authority says that hoses must stay dry.",
        "hoses", "Selby Water Authority",
    ),
    "a plural": (
        "According to figures by the Orvel Trust, nine ferries were lost in the storm.",
        "nine ferries", "Orvel Trust",
    ),
    "a noun that is no statement": (
        "The latest estimates by the Bank of Merland show that bread will cost twice as much.",
        "bread", "Bank of Merland",
    ),
    "from, with an apposition": (
        "A survey from Larkson, a maker of ladders, found that most roofs leak in March.",
        "most roofs", "Larkson",
    ),
    "people who were asked": (
        "A poll of 900 voters conducted by Harrow Polling found that half of them had not decided.",
        "had not decided", "Harrow Polling",
    ),
    "an abbreviation before the noun": (
        "The Ministry of Fisheries (Mifis) opened the pier on Monday. According to Mifis data, forty boats were built last year.",
        "forty boats", "Ministry of Fisheries",
    ),
    "a name before the noun": (
        "A Calder Institute report said that tin would cost double before the summer.",
        "tin would", "Calder Institute",
    ),
    "her own": (
        "Ilse Brandt studies bees at Northgate University. Her own research found that hives grow faster near lakes.",
        "hives grow", "Ilse Brandt",
    ),
    "its own": (
        "The Marine Board met in Port Selby on Monday. Its report says that nobody had oiled the pumps.",
        "oiled", "Marine Board",
    ),
    "a clause for who published it": (
        "The report, which the Marine Board released on Monday, said that the dyke would not hold.",
        "dyke", "Marine Board",
    ),
    "results of a survey": (
        "The results of the survey by the Orvel Trust showed that pumps were old.",
        "pumps were old", "Orvel Trust",
    ),
    "a part of a study": (
        "Findings from a Northgate University study show that gulls sleep on one leg.",
        "gulls", "Northgate University",
    ),
}  # fmt: skip
REPEATED = {
    "said in a statement by a phrase for the body": (
        "The Marine Board met on Monday. In a statement, the board said that the sluice was safe.\n\n"
        "The pilots had been warned twice, the statement said.",
        "warned twice", "Marine Board",
    ),
    "the body's noun before it": (
        "The Ministry of Fisheries said in a statement on Monday that boats were safe.\n\n"
        "The nets had been mended, the ministry statement said.",
        "nets", "Ministry of Fisheries",
    ),
    "published": (
        "The Lantern Institute issued a notice on Monday.\n\nThe notice said that swimmers must stay away.",
        "swimmers", "Lantern Institute",
    ),
    "its report": (
        "The Nurses Union released its report on Monday. The Health Ministry rejected the report on Tuesday.\n\n"
        "The report said that beds were missing.",
        "beds", "Nurses Union",
    ),
    "stated in an affidavit": (
        "The Harbour Council has stated in an affidavit that the pier was sold. The affidavit says that the price was too low.",
        "too low", "Harbour Council",
    ),
    "a letter to somebody": (
        "In a letter to the Harbour Trust, Ruth Vale said that the tent was torn. The letter said that the fair was off.",
        "fair was off", "Ruth Vale",
    ),
    "another paper between": (
        "The Anti Smuggling Bureau said in a statement that two men were held. A report by the Calder Post named them.\n\n"
        "The men were held on a boat, the statement said.",
        "on a boat", "Anti Smuggling Bureau",
    ),
    "the last of two": (
        "The Orvel Trust said in a statement that nobody was hurt. The Marine Board said in a statement that the boat was old.\n\n"
        "The boat was built in 1950, the statement said.",
        "built in 1950", "Marine Board",
    ),
    "results of a survey that came before": (
        "The Orvel Trust published a survey on Monday. The results of the survey showed that pumps were old.",
        "pumps were old", "Orvel Trust",
    ),
    "a clause behind it": (
        "The roof leaks, according to a report by the Calder Post.\n\n"
        "The report, which quoted two masons, said that nobody had painted it since May.",
        "painted", "Calder Post",
    ),
}  # fmt: skip
NOBODY = {
    "about a body": (
        "A report on the Calder Museum was published on Friday.\n\nThe report said that the roof leaked.", "roof",
    ),
    "for a body": ("A report for the Calder Museum said that the roof leaked.", "roof"),
    "to a body": (
        "A letter was sent to the Harbour Trust on Monday by somebody in the town.\n\nThe letter said that the pier was rotten.",
        "rotten",
    ),
    "received": (
        "The Orvel Trust received a report on Friday about the lost ferries.\n\nThe report said that the pilots were tired.",
        "tired",
    ),
    "read out": (
        "Ruth Vale read the statement to reporters on Monday.\n\nThe statement said that the dyke was safe.", "dyke",
    ),
    "what a study treats": ("A study of attacks by the Red Lantern Party found that most happened at night.", "at night"),
    "what a report treats": (
        "A report on the strike by the Dockers Union said that ships had waited for days.", "waited",
    ),
    "one who is somebody's": (
        "A statement by the office of Mayor Ruth Vale said that the fair would open on time.", "on time",
    ),
    "one who speaks for a body": (
        "A spokesman for the Marine Board said in a statement that the dyke was safe.\n\nThe pumps were new, the statement said.",
        "pumps were new",
    ),
    "members of a body": (
        "Leaders of the Harbour Council sent a letter to the minister on Monday.\n\nThe letter said that the pier was rotten.",
        "rotten",
    ),
    "a new one by nobody": (
        "The Orvel Trust had its own report in May. Another report appeared on Monday.\n\nThe report said that the sluice was unsafe.",
        "sluice",
    ),
    "two who filed it": (
        "The Harbour Council has stated in an affidavit that the pier was sold. The affidavit was filed by the council's "
        "lawyer Tom Reed on Friday. It was long.\n\nThe affidavit says that the price was too low.",
        "too low",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_a_paper_speaks_for_the_maker_that_its_phrase_names(quotations: Extract, case: str) -> None:
    """What a paper says is said by the one whom the phrase for it names as its maker, and by name."""
    text, part, name = TOLD[case]
    found = [q for q in quotations(text) if part in q.text]
    assert [(q.speaker.name.removeprefix("The "), q.method) for q in found if q.speaker] == [(name, "name")]


@pytest.mark.parametrize("case", REPEATED)
def test_a_paper_that_comes_again_speaks_for_its_maker(quotations: Extract, case: str) -> None:
    """``the statement`` and ``the report`` are whose the article has said before."""
    text, part, name = REPEATED[case]
    found = [q for q in quotations(text) if part in q.text]
    assert [q.speaker.name.removeprefix("The ") for q in found if q.speaker] == [name]


@pytest.mark.parametrize("case", NOBODY)
def test_a_paper_without_a_maker_speaks_for_nobody(quotations: Extract, case: str) -> None:
    """Whoever a paper is about, for or to, who reads it out, and whose member made it, has not made it."""
    text, part = NOBODY[case]
    found = [q for q in quotations(text) if part in q.text]
    assert found
    assert all(q.speaker is None or q.speaker.type in ("document", "unnamed") for q in found)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("A private poll", "document"),
        ("A study published in the Merland Journal", "unnamed"),
        ("The report on the Calder Museum", "unnamed"),
    ],
)
def test_a_paper_with_a_name_behind_it_goes_by_no_name(quotations: Extract, phrase: str, kind: str) -> None:
    """A phrase that names somebody behind its noun is kept as a description and not as the name of a document."""
    found = [q for q in quotations(f"{phrase} said that the roof leaked.") if q.speaker]
    assert [(q.speaker.name, q.speaker.type) for q in found if q.speaker] == [(phrase, kind)]


def test_a_note_that_somebody_had_left(quotations: Extract) -> None:
    """A document that is read out belongs to whom a relative clause says to have written it, and only its words are quoted."""
    text = (
        "The officer, Ilka Stroud, read the court a note that Captain Anton Quist had left on the bridge: “I have taken her in too close.”\n\n"
        "Quist was lost with the ship."
    )
    found = [q for q in quotations(text) if "taken her in" in q.text]
    assert [(q.text, q.speaker.name if q.speaker else None) for q in found] == [
        ("“I have taken her in too close.”", "Anton Quist")
    ]
