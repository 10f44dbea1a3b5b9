"""What extraction finds: each rule with the sentence that motivates it, with the included models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def one(found: list[Quotation], part: str) -> Quotation:
    """Return the quotation whose content contains ``part``."""
    matching = [q for q in found if part in q.text]
    assert len(matching) == 1, [q.text for q in found]
    return matching[0]


def name(quotation: Quotation) -> str | None:
    return quotation.speaker.name if quotation.speaker else None


def test_split_around_its_attribution(quotations: Extract) -> None:
    """The halves of an interrupted quotation are one quotation."""
    found = quotations('"The bridge will stand," Ruth Vale said, "for another hundred years."')
    assert len(found) == 1
    assert [s.text for s in found[0].content] == ['"The bridge will stand,"', '"for another hundred years."']
    assert found[0].kind == "direct"
    assert name(found[0]) == "Ruth Vale"


def test_goes_on_after_its_attribution(quotations: Extract) -> None:
    """A quotation that resumes after its frame is one quotation."""
    found = quotations("“We were lucky,” said Ruth Vale. “Nobody was on deck.”")
    assert len(found) == 1 and len(found[0].content) == 2


def test_several_paragraphs(quotations: Extract) -> None:
    """A quotation whose paragraphs re-open is one quotation."""
    text = "“I wrote it in the log,” Ruth Vale said. “I wrote it in a letter.\n\n“I put the letter into his hand.”"
    found = quotations(text)
    assert len(found) == 1
    assert found[0].content[-1].text == "“I put the letter into his hand.”"


def test_frame_before(quotations: Extract) -> None:
    """A frame that ends in a colon may have its source and role in an aside."""
    found = one(quotations("Hugh Hill, a doctor, said: “The ward was full.”"), "ward")
    assert (found.kind, name(found), found.role.text if found.role else None) == ("direct", "Hugh Hill", "doctor")


def test_an_aside_does_not_steal(quotations: Extract) -> None:
    """The subject and verb of a relative clause are neither speaker nor cue."""
    found = one(quotations("Ruth Vale, who replaced Anton Ortiz last year, said the port would close."), "port")
    assert name(found) == "Ruth Vale"
    assert found.text == "the port would close"


def test_mixed(quotations: Extract) -> None:
    """Marked words inside a reported clause make the quotation mixed, and the clause is complete."""
    found = one(quotations('Ruth Vale said that the plan was "a gift to nobody" and that it would fail.'), "gift")
    assert found.kind == "mixed"
    assert found.text == 'that the plan was "a gift to nobody" and that it would fail'


def test_a_fragment_beside_its_frame(quotations: Extract) -> None:
    """The words of the sentence before a marked fragment are part of the quotation."""
    found = one(quotations("The plan is “unworkable,” Ruth Vale said on Monday."), "unworkable")
    assert found.kind == "mixed" and found.text == "The plan is “unworkable,”"


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("Ruth Vale said that the dam would hold.", "that the dam would hold", "Ruth Vale"),
        ("Ruth Vale said the dam would hold.", "the dam would hold", "Ruth Vale"),
        ("The dam would hold, officials said.", "The dam would hold", "officials"),
        ("According to Ruth Vale, the dam would hold.", "the dam would hold", "Ruth Vale"),
        ("The dam would hold for a year, according to Ruth Vale.", "The dam would hold for a year", "Ruth Vale"),
        ("The company threatened to close the plant.", "to close the plant", "The company"),
        ("Ruth Vale denied that the dam had failed.", "that the dam had failed", "Ruth Vale"),
    ],
)
def test_indirect(quotations: Extract, text: str, content: str, source: str) -> None:
    """Clauses with and without ``that``, fronted clauses, ``according to``, infinitives and denials are reported speech."""
    found = one(quotations(text), content)
    assert found.kind == "indirect"
    assert found.text == content
    assert found.source is not None and found.source.text == source


def test_negated_cue_is_kept(quotations: Extract) -> None:
    """A negated cue keeps its quotation and its negation."""
    found = quotations("Ruth Vale did not say whether the port would close.")
    assert [q.text for q in found] == ["whether the port would close"]


def test_cue_inside_marks_is_no_cue(quotations: Extract) -> None:
    """A reporting verb inside a quotation is not a cue of the article."""
    found = quotations('"He said the door was shut," Ruth Vale told reporters.')
    assert len(found) == 1 and name(found[0]) == "Ruth Vale"


@pytest.mark.parametrize(
    "text",
    [
        'Henrik "Shorty" Dahl walked home.',
        "She was reading the novel “The Old Lighthouse” on the train.",
        "The so-called “experts” had gone home by then.",
        "The door was 6'2\" tall.",
    ],
)
def test_marks_that_quote_nobody(quotations: Extract, text: str) -> None:
    """Nicknames, titles of works, scare quotes and inch marks are no quotations."""
    assert quotations(text) == []


def test_transcript(quotations: Extract) -> None:
    """Turns that open with a name and a colon belong to that speaker."""
    found = quotations(
        "VALE: Did you read the letter?\n\nBRANDT: I receive many letters.\n\nVALE: That was not my question."
    )
    assert [q.source.text for q in found if q.source] == ["VALE", "BRANDT", "VALE"]
    assert found[1].text == "I receive many letters."


def test_questions_and_answers(quotations: Extract) -> None:
    """The answers of an interview belong to the one person in the lead; the questions have no speaker."""
    found = quotations("We met Agnes Thorne in her garden.\n\nQ: Did you hesitate?\n\nA: For about a minute.")
    assert [(q.text, name(q)) for q in found] == [("Did you hesitate?", None), ("For about a minute.", "Agnes Thorne")]


def test_dash_and_name(quotations: Extract) -> None:
    """A quotation that fills its line belongs to the name after the dash."""
    found = quotations("“Numbers would help more than speeches” —Joost Abrams")
    assert [(q.text, name(q)) for q in found] == [("“Numbers would help more than speeches”", "Joost Abrams")]


def test_joint_source(quotations: Extract) -> None:
    """Several governments that speak together are each a member of the joint speaker."""
    found = one(quotations("France, Germany and Italy called for “restraint” on Sunday."), "restraint")
    assert found.speaker is not None and found.speaker.type == "joint"
    assert [m.name for m in found.speaker.members] == ["France", "Germany", "Italy"]


def test_pronoun(quotations: Extract) -> None:
    """A pronoun gets the full name of the person of that gender."""
    found = quotations("Ruth Vale met Henrik Dahl on Monday. She said the ship was lost.")
    assert name(one(found, "ship")) == "Ruth Vale"
    assert one(found, "ship").method == "pronoun"


def test_surname_and_role_from_elsewhere(quotations: Extract) -> None:
    """A surname gets the full name and the role that the article gives elsewhere."""
    found = quotations(
        "The chairwoman of the panel, Agnes Thorne, arrived early.\n\nMs. Thorne said the panel would sit."
    )
    quotation = one(found, "panel would sit")
    assert name(quotation) == "Agnes Thorne"
    assert quotation.role is not None and quotation.role.text == "chairwoman of the panel"


def test_abbreviation(quotations: Extract) -> None:
    """An abbreviation introduced in brackets gets the full name from then on."""
    text = "The United Basin Authority (UBA) measured the river.\n\nThe UBA said flows had fallen."
    assert name(one(quotations(text), "flows")) == "United Basin Authority"


def test_unnamed_stays_unnamed(quotations: Extract) -> None:
    """The spokesman of a person is not that person."""
    found = one(quotations("A spokesman for Mayor Ruth Vale said the road was closed."), "road")
    assert found.speaker is not None
    assert (found.speaker.type, found.speaker.name) == ("unnamed", "A spokesman for Mayor Ruth Vale")


def test_nobody_is_guessed(quotations: Extract) -> None:
    """A pronoun that fits two people or nobody has no speaker."""
    found = quotations("The lights went out. “Who is there and what do you want?”")
    assert [name(q) for q in found] == [None]


def test_city_for_a_government(quotations: Extract) -> None:
    """A capital city that speaks is a place, not a person."""
    found = one(quotations("Rome indicated that the college was hit."), "college")
    assert found.speaker is not None and (found.speaker.name, found.speaker.type) == ("Rome", "place")


def test_a_name_ends_where_it_ends(quotations: Callable[[str], list[Quotation]]) -> None:
    """A verb after a name is not part of it, but the lower-case last part of a hyphenated name is."""
    found = quotations(
        "President Han Sung-ho said on Monday that the harbour would stay open. “It is settled,” Han added."
    )
    assert {q.speaker.name for q in found if q.speaker} == {"Han Sung-ho"}


def test_who_is_the_name_beside_it(quotations: Callable[[str], list[Quotation]]) -> None:
    """A relative pronoun stands for the name before it; a person's aides are not that person."""
    found = quotations("Critics came from the council. Ruth Vale, who said the port was unsafe, resigned on Friday.")
    assert [
        q.speaker.name for q in found if q.speaker and q.source and q.source.text.lower() in ("who", "ruth vale")
    ] == ["Ruth Vale"]
    found = quotations("Ruth Vale resigned. Vale aides said that the letter had been written in March.")
    assert found and all(q.speaker is None or q.speaker.name != "Ruth Vale" for q in found)
