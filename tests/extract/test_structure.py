"""Whom a source phrase names by its structure, before anything is ranked: by the real parser, on invented texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def holding(found: list[Quotation], part: str) -> Quotation:
    """The quotation whose content holds ``part``."""
    matching = [q for q in found if part in q.text]
    assert len(matching) == 1, [(q.text, q.speaker) for q in found]
    return matching[0]


def name(quotation: Quotation) -> str | None:
    """The speaker's name; nothing for nobody and for somebody without a name."""
    speaker = quotation.speaker
    return None if speaker is None or speaker.type == "unnamed" else speaker.name


def check(quotations: Extract, text: str, expected: dict[str, str | None]) -> None:
    found = quotations(text)
    assert {part: name(holding(found, part)) for part in expected} == expected


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("The harbour authority's secretary, Lwazi Mbeki, told the inquiry that it was late.", "Lwazi Mbeki", "harbour authority's secretary"),
        ("The mayor, Edda Thorsen, said it was late.", "Edda Thorsen", "mayor"),
        ("“It was late,” treasurer for the borough of Selby Magnus Falk said.", "Magnus Falk", "treasurer for the borough of Selby"),
        ("Minister of fisheries and coastal affairs Amara Diop said it was late.", "Amara Diop", "Minister of fisheries and coastal affairs"),
        ("Managing director of Nordic Salt Anton Vogt said it was late.", "Anton Vogt", "Managing director of Nordic Salt"),
        ("Dr. Ola Haug, PhD, head of research and rescue at Dunmore Bay, said it was late.", "Ola Haug", "head of research and rescue at Dunmore Bay"),
        ("The head of the clinic, Dr. Jonas Weil, said it was late.", "Jonas Weil", "head of the clinic"),
        ("According to Elin Marsh, deputy commissioner for housing at the County of Dunmore, it was late.", "Elin Marsh", "deputy commissioner for housing at the County of Dunmore"),
        ("Ebba Lund, Governor Anton Quist’s special envoy for salt, argued that it was late.", "Ebba Lund", "Governor Anton Quist’s special envoy for salt"),
        ("Ingrid Moss spoke first. “Tidewater” author Mina Okafor said it was late.", "Mina Okafor", None),
        ("The union's secretary – Mark Tull – said it was late.", "Mark Tull", None),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_office_and_apposition(quotations: Extract, text: str, speaker: str, role: str | None) -> None:
    """An office before the name, behind it or in apposition is its holder's, and the role is as printed."""
    found = holding(quotations(text), "t was late")
    assert name(found) == speaker
    if role is not None:
        assert found.role is not None and found.role.text == role


def test_somebody_elses_name_inside_the_phrase(quotations: Extract) -> None:
    """Aides, lawyers and friends of a named person are not that person."""
    check(
        quotations,
        "A lawyer for the defendant Alan Poole said he would appeal. Aides to Mayor Ruth Vale said she was away.\n\n"
        "A friend of the singer Oda Lie said she was well. A spokesman for the finance minister, Karl Lang, said the tax would rise.",
        {"he would appeal": None, "she was away": None, "she was well": None, "the tax would rise": None},
    )


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("The two skippers, Odd Larsen and Finn Moe,", "Odd Larsen and Finn Moe"),
        ("The prime ministers of Varland and Osk, Ida Renn and Pavel Dorn,", "Ida Renn and Pavel Dorn"),
        ("Peter Strand and David Lunn, who both sit on the board,", "Peter Strand and David Lunn"),
        ("The four judges, Ann Bell, Carl Dow, Eve Fry and Guy Holm,", "Ann Bell, Carl Dow, Eve Fry and Guy Holm"),
        ("Julia Marsh, the director, and Peter Vine, her deputy,", "Julia Marsh and Peter Vine"),
        ("The agency's acting chief, Ferran Soler, and the union's lawyer, Inge Holt,", "Ferran Soler and Inge Holt"),
        ("Nordic Salt chief executive Henrik Vogt and chairman Lars Eide", "Henrik Vogt and Lars Eide"),
        ("The couple, Ned and Alice Boyle,", "Ned Boyle and Alice Boyle"),
        ("Neither Lena Ost nor Carl Byrne", "Lena Ost and Carl Byrne"),
        ("Neither the mayor, Sue Lamb, nor her deputy, Al Finch,", "Sue Lamb and Al Finch"),
        ("The mayors of Selby and Mere, Ann Poe and Raj Sen,", "Ann Poe and Raj Sen"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_joint_sources(quotations: Extract, source: str, speaker: str) -> None:
    """All who are named together are the speaker, not the first of them."""
    found = quotations(f"{source} said the road was unsafe.")
    assert [name(q) for q in found] == [speaker]
    assert found[0].speaker is not None and found[0].speaker.type == "joint"


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("The committee, the Merrow Institute and the Association of Savers", "committee, Merrow Institute and Association of Savers"),
        ("The union, Calder Rail and the Harbour Board", "union, Calder Rail and Harbour Board"),
        ("The company, the council and the police", "company, council and police"),
        ("Both the union and the company", "union and company"),
        ("The Selby Council, Ruth Vale and the fire service", "Selby Council, Ruth Vale and fire service"),
        ("The Selby council, the Mere council and the Harbour Board", "Selby council, Mere council and Harbour Board"),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_joint_bodies_without_names(quotations: Extract, source: str, speaker: str) -> None:
    """Bodies that are only called by a noun are members of a joint speaker, not part of another's name."""
    [found] = quotations(f"{source} said the road was unsafe.")
    assert found.speaker is not None and (found.speaker.name, found.speaker.type) == (speaker, "joint")


@pytest.mark.parametrize(
    "source",
    ["The council and residents", "The council and the mayor", "The company and its lawyers"],
)  # fmt: skip
def test_joint_sources_with_somebody_unnamed(quotations: Extract, source: str) -> None:
    """A list that contains people without a name is nobody by name, and no body of that name either."""
    [found] = quotations(f"{source} said the road was unsafe.")
    assert found.speaker is None or found.speaker.type == "unnamed"


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("The Ministry of Ports and Trade", "Ministry of Ports and Trade"),
        ("The ministry of ports and trade", "ministry of ports and trade"),
        ("The Standards and Safety Board", "Standards and Safety Board"),
        ("The health and safety committee", "health and safety committee"),
    ],
)
def test_bodies_with_and_in_their_names(quotations: Extract, source: str, speaker: str) -> None:
    """``and`` inside a name joins no speakers."""
    [found] = quotations(f"{source} said the road was unsafe.")
    assert found.speaker is not None and (found.speaker.name, found.speaker.type) == (speaker, "organisation")


def test_a_place_behind_of_is_no_member(quotations: Extract) -> None:
    """``the bishop of Holm`` is not Holm, whatever kind of name Holm is taken for."""
    [found] = quotations("Ida Moss, Karl Lund and the bishop of Holm warned that the church would fall.")
    assert found.speaker is not None and "Holm" not in found.speaker.name


def test_joint_sources_are_taken_up(quotations: Extract) -> None:
    """``The skippers``, ``both women`` and the like are the pair that spoke last."""
    check(
        quotations,
        "The two skippers, Odd Larsen and Finn Moe, said the harbour was closed. “We waited all night,” the skippers said.\n\n"
        "The sisters, Nora Quill and Jane Quill, said the shop was shut. Both women said they were glad.",
        {"We waited all night": "Odd Larsen and Finn Moe", "they were glad": "Nora Quill and Jane Quill"},
    )


def test_exclusion(quotations: Extract) -> None:
    """``not X``, ``rather than X``, ``along with X``: X did not speak."""
    check(
        quotations,
        "Mara Lint, not Piet Oss, told the court that the door was open. “It was dark,” said the guard, Rolf Hess, rather than his "
        "chief.\n\nEva Ring, along with her lawyer, Nils Ask, said she would go. It was Ada Born, not her brother Tim, who said the "
        "bridge would hold.",
        {
            "the door was open": "Mara Lint",
            "It was dark": "Rolf Hess",
            "she would go": "Eva Ring",
            "bridge would hold": "Ada Born",
        },
    )


def test_hearers(quotations: Extract) -> None:
    """The subject of ``was told`` hears the words; they are said by whoever stands behind ``by``, else by nobody named."""
    found = quotations(
        "Kofi Bram was told that his visa had lapsed. Bram was informed by the consul, Helga Storm, that he could appeal. “Come "
        "back on Friday,” Bram was told. “Stay inside,” the widow, Greta Holm, was told.\n\n"
        "Dan Pryce was ordered by Judge Ada Finn to pay the fine. Pryce told the court he was broke."
    )
    assert name(holding(found, "he could appeal")) == "Helga Storm"
    assert name(holding(found, "to pay the fine")) == "Ada Finn"
    assert name(holding(found, "he was broke")) == "Dan Pryce"
    assert {name(holding(found, part)) for part in ("visa had lapsed", "Come back on Friday", "Stay inside")} == {None}
    assert not any("Bram" in q.text or "Greta" in q.text for q in found)


def test_quoted_and_read_out(quotations: Extract) -> None:
    """Words that somebody quotes or reads out are those of whoever said or wrote them."""
    check(
        quotations,
        "“It was cold,” the Herald quoted the guide, Siri Berg, as saying. Radio Marl cited the colonel, Bo Trent, as saying that "
        "the town had fallen. Dana Orr was quoted by the Echo as saying that she was done.\n\n"
        "The judge, Karl Ohm, read aloud a letter from the widow, Emma Stark: “He was kind to dogs.”\n\n"
        "The priest read from a poem by Otto Lind: “Night is a boat.” In the words of the coach, Ben Aro, “the ball was wet”.\n\n"
        "“I forgive him,” Rosa Bell wrote in a letter read by her daughter, Ivy Bell.",
        {
            "It was cold": "Siri Berg",
            "the town had fallen": "Bo Trent",
            "she was done": "Dana Orr",
            "He was kind to dogs": "Emma Stark",
            "Night is a boat": "Otto Lind",
            "the ball was wet": "Ben Aro",
            "I forgive him": "Rosa Bell",
        },
    )


def test_on_behalf_of(quotations: Extract) -> None:
    """A spokesperson, a lawyer or an agent speaks for somebody, who is not the speaker; an occupation of that name is no agent."""
    found = quotations(
        "A spokesman for the prime minister, Greta Holm, said the talks had failed. The actor Sven Dahl fell ill in May. His agent, "
        "Lotta Beck, said he was better. “He sleeps,” Beck said.\n\n"
        "Police spokeswoman Ulla Rand said two people were held. A lawyer for Dahl said he would sue. Jan Kroll, a spokesman for Marl "
        "Steel, said the works would shut. Real estate agent Tom Reed said the house was sold. Dahl said through a spokesman that he "
        "would rest."
    )
    told = {part: (name(holding(found, part)), holding(found, part).on_behalf_of) for part in (
        "talks had failed", "he was better", "He sleeps", "two people were held", "he would sue", "works would shut",
        "house was sold", "would rest",
    )}  # fmt: skip
    assert told == {
        "talks had failed": (None, "Greta Holm"),
        "he was better": ("Lotta Beck", "Sven Dahl"),
        "He sleeps": ("Lotta Beck", "Sven Dahl"),
        "two people were held": ("Ulla Rand", "police"),
        "he would sue": (None, "Sven Dahl"),
        "works would shut": ("Jan Kroll", "Marl Steel"),
        "house was sold": ("Tom Reed", None),
        "would rest": ("Sven Dahl", None),
    }


def test_bodies_with_places_in_their_names(quotations: Extract) -> None:
    """A body is all of its name, and the noun for what it is no part of it; the place inside it or behind it does not speak."""
    found = quotations(
        "According to the state news agency Morvan, the train was late. Dock Workers Norway said it would strike. Farmers and Growers Australia (FGA) lost a case. FGA said it would appeal.\n\n"
        "The Water Forum in Brazil, which runs the wells, says on its page that “rain is late”. The charity, Warm Homes Wales, said "
        "demand had doubled."
    )
    expected = {
        "the train was late": "Morvan",
        "it would strike": "Dock Workers Norway",
        "it would appeal": "Farmers and Growers Australia",
        "rain is late": "Water Forum",
        "demand had doubled": "Warm Homes Wales",
    }
    assert {part: name(holding(found, part)) for part in expected} == expected
    assert {q.speaker.type for q in found if q.speaker} == {"organisation"}


def test_class_of_a_name_by_its_use(quotations: Extract) -> None:
    """A name is a person's where a title, an office or a pronoun says so, whatever it looks like; no ending makes a person."""
    found = quotations(
        "The engineer, Tor Bank, said the dam was safe. Bank said he had the keys. A spokesman, Per Holm, said it was cold. Grant "
        "Wood leads the club. “The wood is rotten,” Wood said. The restaurant said it would close."
    )
    expected = {
        "dam was safe": "Tor Bank",
        "he had the keys": "Tor Bank",
        "it was cold": "Per Holm",
        "wood is rotten": "Grant Wood",
    }
    assert {part: name(holding(found, part)) for part in expected} == expected
    assert {q.speaker.type for q in found if q.speaker and name(q)} == {"person"}
    assert name(holding(found, "it would close")) is None


def test_names(quotations: Extract) -> None:
    """Two surnames, honorifics and honours hung on the name, names told surname first: one person, by the fullest name."""
    check(
        quotations,
        "Elena Ruiz Ortega, the judge, said the case was closed. Ms. Ruiz said it would stay closed. Sir Alec Tarn KC said the law was "
        "plain. Dame Olive Marsh DBE said the choir was flat.\n\n"
        "Cho Min-ji, a nurse, said the ward was full. Cho said she was tired. Haruki Sano runs the port. Sano-san said the ships were "
        "late.",
        {
            "the case was closed": "Elena Ruiz Ortega",
            "it would stay closed": "Elena Ruiz Ortega",
            "the law was plain": "Alec Tarn",
            "the choir was flat": "Olive Marsh",
            "the ward was full": "Cho Min-ji",
            "she was tired": "Cho Min-ji",
            "the ships were late": "Haruki Sano",
        },
    )


def test_fathers_and_sons(quotations: Extract) -> None:
    """``Jr.``, ``the elder`` and kinship tell two of one name apart."""
    check(
        quotations,
        "Otto Brandt Jr. said the mill would run. His father, Otto Brandt Sr., said it would not. “It is old,” Brandt Jr. said. The "
        "elder Brandt said the roof leaked.\n\n"
        "Viktor Lorne built the pier in 1902. His grandson, Felix Lorne, sold it. The younger Lorne said he needed money.",
        {
            "the mill would run": "Otto Brandt Jr.",
            "it would not": "Otto Brandt Sr.",
            "It is old": "Otto Brandt Jr.",
            "the roof leaked": "Otto Brandt Sr.",
            "he needed money": "Felix Lorne",
        },
    )


def test_a_surname_that_two_share_stays_open(quotations: Extract) -> None:
    """A bare surname of two is nobody's, unless a title or ``Mr.`` tells; before the second came up it is the first's."""
    check(
        quotations,
        "Marta Ilves, a baker, said the street was old. “It floods,” Ilves said. Jaan Ilves, a judge, lives there too. Ilves said the "
        "street was loud. Judge Ilves said it was not.\n\n"
        "Helen Dray, the member for Oxley, asked about the tax. Simon Dray, the treasurer, replied. Mr. Dray said he had no more to "
        "say.",
        {
            "It floods": "Marta Ilves",
            "street was loud": None,
            "it was not": "Jaan Ilves",
            "no more to say": "Simon Dray",
        },
    )


def test_the_elder_by_age_and_the_other_by_honorific(quotations: Extract) -> None:
    """Ages tell the elder of two, an honorific the man from the woman; a third who comes up later changes nothing."""
    check(
        quotations,
        "Karin Holm, 64, and Jonas Holm, 31, run the bakery. The older Holm said flour was dear. “Bread is not,” the younger Holm "
        "said.\n\nThe late Edvard Holm started it in 1950. Noor Aziz loved it. Mr. Aziz said he did too. Omar Aziz is a diver.",
        {"flour was dear": "Karin Holm", "Bread is not": "Jonas Holm", "he did too": "Omar Aziz"},
    )
