"""Quotations without a source of their own, attributed by the sentences around them, with the included models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def speaker_of(found: list[Quotation], words: str) -> str | None:
    """Return the speaker's name of the quotation that contains ``words``."""
    fitting = [q for q in found if words in q.text]
    assert fitting, [q.text for q in found]
    return fitting[0].speaker.name if fitting[0].speaker else None


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "I asked the potter Lene Varga what the kiln had cost her.\n\n“More than the house did, if I am honest.”",
            "More than the house",
            "Lene Varga",
        ),
        (
            "We asked Tomas Birk why the ferry was late.\n\n“The tide was early. I have told them so for years.”",
            "tide was early",
            "Tomas Birk",
        ),
    ],
)
def test_whom_the_reporter_asked(quotations: Extract, text: str, words: str, name: str) -> None:
    """A quotation after a sentence in which the reporter asks somebody belongs to that person."""
    assert speaker_of(quotations(text), words) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "The quarry closes in May.\n\n“How deep do you want it?”\n\nThat was the question that Ingrid Solheim asked the board.",
            "How deep",
            "Ingrid Solheim",
        ),
        (
            "The quarry closes in May.\n\n“The hill will not grow back.”\n\nThose were the words of Petter Lunde on Monday.",
            "hill will not",
            "Petter Lunde",
        ),
    ],
)
def test_told_in_the_paragraph_behind(quotations: Extract, text: str, words: str, name: str) -> None:
    """A quotation belongs to the person named by the next paragraph: ``That was the question that …``."""
    assert speaker_of(quotations(text), words) == name


OPEN = (
    "Captain Marta Quill said the search had begun at dawn.\n\n“The boats went out at five,” Quill said.\n\n"
    "The harbour has been closed since Tuesday.\n\n“Divers have been sent to the north wall and will go on until dark.”\n\n"
)


def test_who_spoke_before_goes_on_behind(quotations: Extract) -> None:
    """A quotation between two quotations of one person is theirs, even after a paragraph of narration."""
    text = OPEN + "Quill said two fishermen were missing."
    assert speaker_of(quotations(text), "Divers have been sent") == "Marta Quill"


def test_another_who_goes_on_behind_is_not_taken(quotations: Extract) -> None:
    """A quotation has no speaker if the person quoted after it was not quoted before it."""
    text = OPEN + "Oskar Lindgren, the mayor, said two fishermen were missing."
    assert speaker_of(quotations(text), "Divers have been sent") is None


def test_a_noun_for_the_speaker(quotations: Extract) -> None:
    """A quotation in the first person belongs to the person whose office is the subject of the sentence before."""
    text = "Hanne Dahl, the mayor, opened the bridge.\n\nThe mayor walked across it twice.\n\n“I wanted to hear whether it creaks.”"
    assert speaker_of(quotations(text), "creaks") == "Hanne Dahl"


@pytest.mark.parametrize("stop", [",", ".", ":"])
def test_a_stray_stop_behind_the_marks(quotations: Extract, stop: str) -> None:
    """A full stop after the closing mark does not keep a paragraph from being a whole quotation."""
    text = (
        "Governor Adolf Brand stressed the importance of the new road.\n\n"
        f"“The lorries will reach the port in half the time and we will see lower prices”{stop}"
    )
    assert speaker_of(quotations(text), "lorries will reach") == "Adolf Brand"


def test_somebody_whom_the_quotation_names_does_not_say_it(quotations: Extract) -> None:
    """A long quotation without the first person that names the subject of the sentence before is not theirs."""
    text = (
        "Viktor Hale is thinking of leaving the club.\n\n"
        "“Hale has led the side since the spring and the owners have lost patience with a defence that leaks goals in every match.”"
    )
    assert speaker_of(quotations(text), "owners have lost patience") is None


def test_what_a_document_shows_goes_on_with_who_cites_it(quotations: Extract) -> None:
    """A sentence in the first person after the findings of a report belongs to the person who cites the report."""
    text = "Amina Toure said the annual report showed that exports had doubled. “We did this without a loan.”"
    assert speaker_of(quotations(text), "without a loan") == "Amina Toure"


def test_marks_left_open_at_the_end_of_a_paragraph(quotations: Extract) -> None:
    """Two paragraphs that each open with a mark, the first without a closing one, are one quotation."""
    text = "The mill has closed.\n\n“I have paid every man what he is owed.\n\n“Nobody will be left without,” Jonas Reed said."
    found = [q for q in quotations(text) if "paid every man" in q.text]
    assert [len(q.content) for q in found] == [2]
    assert speaker_of(found, "paid every man") == "Jonas Reed"


def test_marks_left_open_and_closed_without_a_new_one(quotations: Extract) -> None:
    """A paragraph that closes a quotation without opening it again belongs to the quotation before."""
    text = "Lucia Ferro agreed: “One day we must think of something bolder.\n\nAs long as it is a crime, the price will rise.”"
    found = [q for q in quotations(text) if "something bolder" in q.text]
    assert [len(q.content) for q in found] == [2]
    assert speaker_of(found, "price will rise") == "Lucia Ferro"


def test_a_name_behind_a_dash_with_where_it_was_said(quotations: Extract) -> None:
    """A line with a dash, a name and a place is the source of the quotation above, with or without a full stop."""
    text = "“Let us be glad of any lamp that is lit in the valley.”\n\n– Edda Marlow, in a letter to her sister in 1920.\n\nI thought of it today."
    assert speaker_of(quotations(text), "any lamp") == "Edda Marlow"


QUARRY = "‘{heading}’\n\nHowever, the engineer Rolf Asher doubts it.\n\n“I think it will bring massive risks for the wells,” Asher said."


def test_a_heading_that_repeats_a_quotation(quotations: Extract) -> None:
    """A quoted heading has the speaker of a quotation with nearly the same words."""
    text = "Nora Blum praised the quarry.\n\n“It will feed us,” Blum said.\n\n" + QUARRY.format(heading="MASSIVE RISKS")
    assert speaker_of(quotations(text), "MASSIVE RISKS") == "Rolf Asher"


def test_a_heading_that_repeats_nothing(quotations: Extract) -> None:
    """A quoted heading that repeats no quotation is dropped."""
    text = "Nora Blum praised the quarry.\n\n“It will feed us,” Blum said.\n\n" + QUARRY.format(
        heading="HOUSE OF HORRORS"
    )
    assert not any("HORRORS" in q.text for q in quotations(text))


INTERVIEW = (
    "Bram Oster carves masks. {told}\n\nQ1: Thank you for having us. When did you start? Did it pay? Why masks, of all things?\n\n"
    "A1: I started at nine. It never paid, and I never minded.\n\nQ2: Who buys them?\n\nA2: People I have not met."
)


@pytest.mark.parametrize(
    "told",
    [
        "The Fell Gazette met Oster in his barn.",
        "This is the interview he had with The Fell Gazette.",
        "Oster spoke to The Fell Gazette.",
    ],
)
def test_numbered_questions_are_the_outlets(quotations: Extract, told: str) -> None:
    """Numbered questions are asked by the outlet that met or heard the interviewee."""
    found = quotations(INTERVIEW.format(told=told))
    assert [(q.speaker.name.removeprefix("The ") if q.speaker else None, q.stance) for q in found] == [
        ("Fell Gazette", "asked"),
        ("Bram Oster", "stated"),
    ] * 2


def test_an_outlet_that_only_is_mentioned_asks_nothing(quotations: Extract) -> None:
    """An outlet that did not meet or talk to anybody is not the interviewer."""
    found = quotations(INTERVIEW.format(told="He once drew for The Fell Gazette."))
    assert not any(q.speaker and "Gazette" in q.speaker.name for q in found)


def test_a_relative_pronoun_is_no_content(quotations: Extract) -> None:
    """A lone ``which`` is not a piece of the content."""
    found = quotations("The town sold the old mill, which Clara Venn described as “a very, very dear ruin.”")
    assert [s.text for q in found for s in q.content] == ["“a very, very dear ruin.”"]


@pytest.mark.parametrize("outlet", ["Hill Courier", "Fjord Gazette"])
def test_an_outlet_asks_in_a_transcript(quotations: Extract, outlet: str) -> None:
    """The name of an outlet before every question of a transcript is a speaker label."""
    found = quotations(
        f"{outlet}: Governor Brand, are you tired?\n\nAdolf Brand: Only of that question.\n\n"
        f"{outlet}: Of which one, then?\n\nBrand: Of the next one as well."
    )
    assert [q.speaker.name if q.speaker else None for q in found] == [outlet, "Adolf Brand"] * 2


def test_a_list_has_no_voices(quotations: Extract) -> None:
    """Recurring list headings before statements are not speaker labels."""
    found = quotations(
        "Hill Ward: The count was closed at nine.\n\nAdolf Brand: 1,204 votes.\n\n"
        "Hill Ward: The turnout was low.\n\nNora Blum: 988 votes."
    )
    assert not any(q.speaker and q.speaker.name == "Hill Ward" for q in found)


def test_a_short_paragraph_behind_marks_left_open(quotations: Extract) -> None:
    """Behind a paragraph whose marks were left open even two words go on with the quotation."""
    text = (
        "“It looked bad from the bench,” Jonas Reed said.\n\n“But the doctor has bent the knee, and he laughed.\n\n“He’ll play.”\n\n"
        "The final is on Monday."
    )
    found = [q for q in quotations(text) if "bent the knee" in q.text]
    assert [len(q.content) for q in found] == [2]
    assert speaker_of(found, "He’ll play") == "Jonas Reed"


def test_questions_in_bold(quotations: Extract) -> None:
    """Questions between the marks of bold text are asked, without the marks, and what follows each answers, in the first person or not."""
    text = (
        "Astronomer Tomas Birk on comets and coffee\n\n**When did you first see a comet?**\n\nI was six, and I took it for a crack.\n\n"
        "**Did it frighten you?**\n\nNo, but it frightened the hens.\n\nTomas Birk directs the observatory at Calder Hill."
    )
    found = quotations(text)
    assert speaker_of(found, "frightened the hens") == speaker_of(found, "took it for a crack") == "Tomas Birk"
    assert [q.text for q in found if "frighten you" in q.text] == ["Did it frighten you?"]


def test_a_title_before_a_name_in_a_label(quotations: Extract) -> None:
    """A turn of somebody whose label has a title and who speaks once is a turn of its own."""
    text = (
        "Moderator: We have two minutes. Dr Reed, what would you plant?\n\nDr Jonas Reed: Cassava, and I would plant it on Monday.\n\n"
        "Moderator: Professor Birk?\n\nProf. Mats Birk: Trees. You can’t eat shade.\n\nReed: On that we agree."
    )
    assert speaker_of(quotations(text), "can’t eat shade") == "Mats Birk"


@pytest.mark.parametrize("asker", ["Anchor", "Presenter"])
def test_an_asker_by_role(quotations: Extract, asker: str) -> None:
    """A label that is a role without a name takes turns, and its words are not those of the turn before."""
    text = (
        f"{asker}: Minister, did the bridge fall or was it pushed?\n\nMinister Lucien Okemba: It was tired.\n\n"
        f"{asker}: Bridges don’t tire.\n\nOkemba: You have not met this one."
    )
    found = quotations(text)
    assert speaker_of(found, "It was tired") == speaker_of(found, "not met this one") == "Lucien Okemba"
    assert speaker_of(found, "Bridges don’t tire") == asker and not any(
        "tired" in q.text and "Bridges" in q.text for q in found
    )
