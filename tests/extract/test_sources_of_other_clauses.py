"""A source belongs to the clause of its cue, with the included models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def name(quotation: Quotation) -> str | None:
    return quotation.speaker.name if quotation.speaker else None


def source(quotation: Quotation) -> str | None:
    return quotation.source.text if quotation.source else None


@pytest.mark.parametrize(
    "text",
    [
        "The meeting was attended by Ruth Vale, ambassador of Merland to Kelland, Said Salim Haddad, consul general of Merland in Port Orrin,"
        " and some officials of the government.",
        "Among the guests were Ruth Vale, Said Haddad, the consul, and Per Moe.",
    ],
)
def test_a_first_name_in_a_list_is_no_cue(quotations: Extract, text: str) -> None:
    """``Said`` in a list of guests is a first name."""
    assert quotations(text) == []


def test_a_first_name_after_an_office(quotations: Extract) -> None:
    """``Said`` after an office is a first name, and the verb after it is the cue."""
    [quotation] = quotations("The chief of the army, Said Boual, said the road was open.")
    assert quotation.text == "the road was open"


def test_the_whole_sentence_before_its_frame(quotations: Extract) -> None:
    """A frame at the end of a sentence takes precedence over one inside it, and its pronoun is not the name inside."""
    text = (
        "Tejas Suri spoke at the clock tower on Monday. “This is a new dawn,” he said.\n\n"
        "After the independence, Shyam Mukherjee called for the complete integration of the province, and it was Modan who fulfilled"
        " that job, he said.\n\n"
        "Now, it is our responsibility to take forward this work.\n\n"
        "This is an important task that the young of the province must take, he said."
    )
    found = quotations(text)
    assert [name(q) for q in found] == ["Tejas Suri"] * 3, [(q.text, name(q)) for q in found]


def test_a_participle_is_no_frame(quotations: Extract) -> None:
    """A participle after a quoted word does not make its object the source."""
    text = (
        "Some 316 former fighters and 1,287 human rights defenders have been murdered during this period of “peace”,"
        " putting the agreement under increasing threat."
    )
    assert quotations(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Rania Basha was fired from the service by Minister Omer Barlev after admitting that she moved the guards.",
            "Rania Basha",
        ),
        ("Rania Basha was dismissed by the board before admitting that she moved the guards.", "Rania Basha"),
        ("Rania Basha was fired by Minister Omer Barlev, who admitted that the guards had been moved.", "Omer Barlev"),
    ],
)
def test_who_admits_after_being_dismissed(quotations: Extract, text: str, speaker: str) -> None:
    """``After admitting`` refers to the subject, also of a passive."""
    [quotation] = [q for q in quotations(text) if "moved" in q.text]
    assert name(quotation) == speaker


def test_the_source_is_not_part_of_the_content(quotations: Extract) -> None:
    """A content ends before its source and its cue."""
    text = (
        "He said pressure on the labour market remained significant. “The government must continue to put employment front and centre,"
        " and do everything possible to stabilise [the situation] and increase jobs,” Lin was quoted as saying by the official agency."
    )
    [quotation] = [q for q in quotations(text) if "employment" in q.text]
    assert quotation.text.endswith("jobs,”")


@pytest.mark.parametrize(
    ("text", "content", "who"),
    [
        (
            "The PMC (Project Management Consulting) expert from each programme will explain the methodology to develop the materials for"
            " theory and practical courses, concluded the statement.",
            "The PMC (Project",
            "the statement",
        ),
        (
            "Minister Ida Krall has signed the treaty, announced her office on Monday.",
            "Minister Ida Krall has signed the treaty",
            "her office",
        ),
    ],
)
def test_a_source_after_its_cue(quotations: Extract, text: str, content: str, who: str) -> None:
    """The subject of the content is not the source if the source follows the cue."""
    [quotation] = quotations(text)
    assert quotation.text.startswith(content)
    assert source(quotation) == who


def test_a_day_is_not_part_of_the_source(quotations: Extract) -> None:
    """``Today`` after a name does not hide the name."""
    [quotation] = quotations("The WHO today confirmed that this is the first outbreak in the region.")
    assert (source(quotation), name(quotation)) == ("The WHO", "WHO")


def test_a_clause_about_somebody_else(quotations: Extract) -> None:
    """A person in a relative clause before the cue is not the source."""
    text = (
        "Wang Xuan has come under intense criticism. Her account was banned.\n\n"
        "Authorities in Shenyang in Liaoning province, northeastern China, where Wang lives, said the helicopter is privately owned and"
        " only leased to local police. They said that Wang had only used it for filming videos."
    )
    first = quotations(text)[0]
    assert (name(first) or "").startswith("Authorities in Shenyang")
    assert "Wang" not in (name(first) or "")


def test_a_source_of_somebody_who_reports_it(quotations: Extract) -> None:
    """``He added that according to …`` is his statement."""
    text = (
        "Abbas Amini spoke on Tuesday. He added that according to the briefing given to members, the armed forces have complete control"
        " over the border."
    )
    [quotation] = [q for q in quotations(text) if "border" in q.text]
    assert (name(quotation), source(quotation)) == ("Abbas Amini", "He")
    assert quotation.text.startswith("that according to the briefing")


def test_an_office_with_its_field_before_the_name(quotations: Extract) -> None:
    """The name after ``Deputy Minister of Mines and Energy,`` is the speaker."""
    text = (
        "Speaking at the launch, Deputy Minister of Mines and Energy, Kornelia Shilo said having read through the report, it indicated"
        " that the 2021 production performance was the best ever."
    )
    [quotation] = quotations(text)
    assert name(quotation) == "Kornelia Shilo"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The premier, Sheikh Sabir Al-Khalid Al-Hamid Al-Sabir, submitted his resignation. A decision is expected from the Amir, Sheikh"
            " Nawar Al-Ahmar Al-Jabir Al-Sabir. Sheikh Sabir said the allegations were false.",
            "Sabir Al-Khalid Al-Hamid Al-Sabir",
        ),
        (
            "Sheikh Hamad Al-Nasir Al-Hamad met the ambassador, and Sheikh Fahad Al-Khalid Al-Hamad was there too. Sheikh Hamad said the"
            " port would open.",
            "Hamad Al-Nasir Al-Hamad",
        ),
    ],
)
def test_a_title_before_a_first_name(quotations: Extract, text: str, speaker: str) -> None:
    """``Sheikh`` stands before the first name, also if it is the family name of another person."""
    [quotation] = [q for q in quotations(text) if "allegations were" in q.text or "port would" in q.text]
    assert name(quotation) == speaker


def test_an_unnamed_speaker_keeps_the_whole_phrase(quotations: Extract) -> None:
    """The phrase for somebody without a name does not begin with ``and``."""
    text = (
        "The Champlain and Aishi First Nations citizen says addiction is rooted in trauma.\n\n"
        "“I’ve felt the effects of that throughout my family,” he says."
    )
    *_, quotation = quotations(text)
    assert (name(quotation) or "").split()[0] in ("The", "Champlain")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The residents were told on Monday. The new rules are strict. They say nobody asked them.", None),
        ("The factories are closed. The unions met on Monday. They said the strike would go on.", "The unions"),
    ],
)
def test_they_are_not_things(quotations: Extract, text: str, speaker: str | None) -> None:
    """``They`` stands for nobody rather than for things that cannot speak."""
    *_, quotation = quotations(text)
    assert name(quotation) == speaker


def test_an_abbreviation_belongs_to_the_whole_name(quotations: Extract) -> None:
    """An abbreviation that leaves out what follows a preposition is not that of the place at the end of the name."""
    text = (
        "The harbour was closed by the Merland Transport and Coastal Board for Ports of the Upper Lake (MTCB). The MTCB said it would open"
        " in May."
    )
    *_, quotation = quotations(text)
    assert name(quotation) == "Merland Transport and Coastal Board for Ports of the Upper Lake"


def test_an_apposition_is_not_part_of_the_name(quotations: Extract) -> None:
    """A name ends before the apposition that describes it."""
    text = "Harbour Hunters, the groundbreaking series that connects entrepreneurs with investors, announced it is now airing on TV3."
    [quotation] = quotations(text)
    assert name(quotation) == "Harbour Hunters"


def test_a_surname_before_a_hyphenated_given_name(quotations: Extract) -> None:
    """``Li`` is the surname of ``Donald Li Kwok-tung``."""
    text = "Dr Donald Li Kwok-tung, who will chair the commission, said the rate was a priority. “We should continue explaining,” said Li."
    assert [name(q) for q in quotations(text)] == ["Donald Li Kwok-tung"] * 2
