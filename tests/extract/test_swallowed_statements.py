"""Words of one speaker are not given to another who stands in the same sentence, with the included models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def name(quotation: Quotation) -> str | None:
    return quotation.speaker.name if quotation.speaker else None


def found_with(found: list[Quotation], part: str) -> list[Quotation]:
    return [q for q in found if part in q.text]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "“I know that the donors have rules,” Mr Danso said, but he also pointed to the fact that hospitals are running out of drugs"
            " and that thousands may soon face hunger, according to international reports.",
            "donors have rules",
            "Danso",
        ),
        (
            "“The harbour will open on time,” Ona Berg said on Monday, although the cranes have not arrived and no test has been made,"
            " according to two people with knowledge of the work.",
            "open on time",
            "Ona Berg",
        ),
        ("Mayor Ida Krall said: “We are ready,” according to the Harbour Gazette.", "We are ready", "Ida Krall"),
        (
            "Paul Venn said the bridge was safe, but cracks had been found in March, according to a report by the council.",
            "bridge was safe",
            "Paul Venn",
        ),
    ],
)
def test_a_statement_before_according_to(quotations: Extract, text: str, words: str, speaker: str) -> None:
    """``According to`` at the end of the sentence does not take over a statement that has a speaker of its own."""
    found = found_with(quotations(text), words)
    assert [name(q) for q in found] == [speaker], [(q.text, name(q)) for q in found]
    assert "according to" not in (found[0].cue.text if found[0].cue else "")


def test_the_last_clause_stays_with_according_to(quotations: Extract) -> None:
    """The clause that ``according to`` belongs to is kept, without the statement before it."""
    [quotation] = found_with(
        quotations("Paul Venn said the bridge was safe, but cracks had been found in March, according to a report."),
        "cracks",
    )
    assert quotation.text == "cracks had been found in March"
    assert quotation.source is not None and quotation.source.text == "a report"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Olga Brandt cancelled the visit when the unions, angry about the cuts, told her that nobody would meet her.",
            "the unions, angry about the cuts",
        ),
        (
            "Police arrested Ivan Rast hours after two neighbours, who did not want to be named, said they had seen him near the house.",
            "two neighbours, who did not want to be named",
        ),
        (
            "Prime Minister Omar Al-Rashid handed in his resignation after 26 members, two more than required, said they would vote.",
            "26 members, two more than required",
        ),
        ("Olga Brandt arrived after the vote, a long one, and said it was void.", "Olga Brandt"),
        (
            "Olga Brandt won the seat after a recount, the second of the year, telling reporters that she was tired.",
            "Olga Brandt",
        ),
        (
            "Olga Brandt, who lost her seat when the party, once the largest, collapsed, said she would return.",
            "Olga Brandt, who lost her seat when the party, once the largest, collapsed",
        ),
    ],
)
def test_the_subject_of_a_subordinate_clause(quotations: Extract, text: str, source: str) -> None:
    """A cue in a subordinate clause has the subject of that clause, also with an aside between them."""
    [quotation] = quotations(text)
    assert quotation.source is not None and quotation.source.text == source


def test_it_is_not_what_is_spoken_of(quotations: Extract) -> None:
    """``It`` is not a thing in the statement that cannot speak."""
    [*_, quotation] = quotations(
        "The department asked for a longer sentence. The clerk's behaviour was a disgrace to the profession, it said."
    )
    assert "behaviour" in quotation.text
    assert "behaviour" not in (name(quotation) or "")


def test_a_title_in_the_next_sentence(quotations: Extract) -> None:
    """A quoted title in the middle of the next sentence is not part of the statement."""
    text = (
        "“We can explain the energy policy of our country … Let’s see if you can find my countryman, Tito Brand,” Anna Lund said."
        " Brand’s song “¡Uy, que miedo!” (“Ooh, how scary!”) was played for journalists and viewers."
    )
    [quotation] = found_with(quotations(text), "energy policy")
    assert "scary" not in quotation.text and "miedo" not in quotation.text


@pytest.mark.parametrize(
    ("phrase", "principal"),
    [
        ("GRT legal spokesman, Tarik Nasr", "GRT"),
        ("Unity Party national spokeswoman Jane Holt", "Unity Party"),
        ("Northgate Bank chief spokesman Carl Bohm", "Northgate Bank"),
        ("Red Harbour media spokesperson Ann Vole", "Red Harbour"),
        ("police spokesman Jon Berg", "police"),
    ],
)
def test_kinds_of_spokespersons(quotations: Extract, phrase: str, principal: str) -> None:
    """The kind of spokesperson is not part of the name of the body."""
    [quotation] = quotations(f"“We are ready for the winter,” said {phrase}.")
    assert quotation.on_behalf_of == principal


def test_a_body_named_after_its_place(quotations: Extract) -> None:
    """The place after a preposition that ends the name of a body is part of the name."""
    text = (
        "The United Nations Support Mission in Libya (UNSMIL) has called for an investigation into what prompted the clashes"
        " in Tripoli and insisted there be justice for victims and their families."
    )
    assert {name(q) for q in quotations(text)} == {"United Nations Support Mission in Libya"}


def test_a_possessor_belongs_to_the_source(quotations: Extract) -> None:
    """A source that begins with ``'s`` includes the noun before it."""
    text = (
        '"With the popular belief that the corrupt practices involves top politicians in her cabinet and political party, the Peoples'
        " Party (PP), she has to wade carefully since some of those politicians being mentioned are people with a lot of political"
        ' experience and any move on them can either break or make her political aspirations as well as those of her party,"'
        " Malawi's chief journalist comments."
    )
    [quotation] = quotations(text)
    assert quotation.source is not None and quotation.source.text == "Malawi's chief journalist"
