"""Attribution by layout, with the included models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def voices(found: list[Quotation]) -> list[tuple[str, str | None]]:
    """Return the content, its spans joined by ``/``, and the speaker's name of each quotation (``None`` if there is no
    name).
    """
    return [
        (
            " / ".join(" ".join(span.text.split()) for span in q.content),
            q.speaker.name if q.speaker and q.speaker.type != "unnamed" else None,
        )
        for q in found
    ]


def test_broadcast_transcript(quotations: Extract) -> None:
    """A surname label gets the full name of an earlier label, stage directions are skipped, and turns span paragraphs."""
    found = quotations(
        "MARTA QUILL, HOST: Welcome.\n\nJONAS REED, FERRY CHIEF (via phone): We lost two boats.\n\nQUILL: Two?\n\n"
        "REED: Two. We are buying a third.\n\nAnd it will sail in March, I promise you.\n\n(COMMERCIAL BREAK)\n\n"
        "UNIDENTIFIED FEMALE: Nobody told us.\n\nQUILL: We are back.\n"
    )
    assert voices(found) == [
        ("Welcome.", "Marta Quill"),
        ("We lost two boats.", "Jonas Reed"),
        ("Two?", "Marta Quill"),
        ("Two. We are buying a third. / And it will sail in March, I promise you.", "Jonas Reed"),
        ("Nobody told us.", None),
        ("We are back.", "Marta Quill"),
    ]
    assert {q.kind for q in found} == {"direct"}
    assert [q.role.text for q in found if q.role and q.speaker and q.speaker.name == "Jonas Reed"] == [
        "FERRY CHIEF"
    ] * 2


def test_parliamentary_record(quotations: Extract) -> None:
    """An office label gets the name of its holder where a label gives it, and interjections belong to nobody."""
    found = quotations(
        "Ms CHEN (Minister for Ports): The port will open in June.\n\nOpposition members interjecting—\n\n"
        "The DEPUTY SPEAKER (Mr Arden): Order!\n\nMr TULLY: Which June?\n\nThe DEPUTY SPEAKER: Order!\n"
    )
    assert voices(found) == [
        ("The port will open in June.", "Chen"),
        ("Order!", "Arden"),
        ("Which June?", "Tully"),
        ("Order!", "Arden"),
    ]


def test_labels_on_their_own_line(quotations: Extract) -> None:
    """The text below a label on its own line belongs to the label."""
    found = quotations(
        "Mr Owen Hartley (Holm North) (Lab)\n\nWill the road be mended?\n\n"
        "The Minister for Roads (Ms Una Farrow)\n\nI have asked for a report. It will come in May.\n"
    )
    assert voices(found) == [
        ("Will the road be mended?", "Owen Hartley"),
        ("I have asked for a report. It will come in May.", "Una Farrow"),
    ]


def test_the_report_goes_on_after_a_transcript(quotations: Extract) -> None:
    """Narration after the last turn is not part of the turn."""
    found = quotations(
        "ADA BRINK: The wall is cracked.\n\nOLE GRUE: It always was.\n\nBRINK: Not like this.\n\nThe meeting ended at ten.\n"
    )
    assert voices(found)[-1] == ("Not like this.", "Ada Brink")


def test_a_list_is_no_transcript(quotations: Extract) -> None:
    """List items that each occur once before a colon are not speaker labels."""
    found = quotations("Tip: Bring a coat.\n\nWarning: The pier is wet.\n\nMonday: Showers.\n\nAttendance: 4,210\n")
    assert found == []


@pytest.mark.parametrize(
    ("lead", "asks", "answers"),
    [
        ("Lena Orsk, for the Crown, questioned Piet Haan:", "Lena Orsk", "Piet Haan"),
        ("The witness, Piet Haan, was questioned by counsel for the bank, Lena Orsk.", "Lena Orsk", "Piet Haan"),
        ("The prosecutor, Lena Orsk, and the witness, Piet Haan, had this exchange:", "Lena Orsk", "Piet Haan"),
        ("Lena Orsk of the Courier sat down with the goalkeeper Piet Haan.", "Lena Orsk", "Piet Haan"),
        ("The potter Piet Haan talks about his bowls.", None, "Piet Haan"),
        ("Here is what the toll means.", None, None),
    ],
)
def test_who_asks_and_who_answers(quotations: Extract, lead: str, asks: str | None, answers: str | None) -> None:
    """The text before the first question decides who asks and who answers, or nobody is named."""
    found = quotations(f"{lead}\n\nQ: Where did you park?\n\nA: Behind the church.\n\nQ: When?\n\nA: Before nine.\n")
    assert voices(found)[-4:] == [
        ("Where did you park?", asks),
        ("Behind the church.", answers),
        ("When?", asks),
        ("Before nine.", answers),
    ]


def test_initials(quotations: Extract) -> None:
    """Labels that are initials get the name of the person with these initials."""
    found = quotations(
        "Rosa Finch met the goalkeeper Timo Aalto after the final.\n\nRF: How was the night?\n\nTA: I did not sleep.\n\n"
        "RF: Because of the penalty?\n\nTA: Because of the noise.\n"
    )
    assert [name for _, name in voices(found)] == ["Rosa Finch", "Timo Aalto", "Rosa Finch", "Timo Aalto"]


def test_questions_as_paragraphs(quotations: Extract) -> None:
    """All paragraphs between two questions are the answer; after the last question only those in the first person are."""
    found = quotations(
        "The potter Ivo Strand has made bowls for forty years.\n\nWhat made you start?\n\nI needed a wage.\n\n"
        "The old man at the kiln had no sons.\n\nDid you ever want to stop?\n\nEvery winter. I still do.\n\nThe shop opens at nine.\n"
    )
    assert voices(found) == [
        ("What made you start?", None),
        ("I needed a wage. / The old man at the kiln had no sons.", "Ivo Strand"),
        ("Did you ever want to stop?", None),
        ("Every winter. I still do.", "Ivo Strand"),
    ]


def test_an_essay_asks_itself(quotations: Extract) -> None:
    """Rhetorical questions do not make an interview."""
    found = quotations(
        "Ivo Strand was caught on Monday.\n\nWho is worse?\n\nIn fact we all knew.\n\nWas the minister wrong?\n\n"
        "We shall see. Let us look at the facts.\n"
    )
    assert all(name != "Ivo Strand" for _, name in voices(found))


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "Mayor Anna Petrov wrote to the council:\n\n    We have no money.\n    The last ferry sails in May.\n\nThe council met.\n",
            "We have no money. / The last ferry sails in May.",
            "Anna Petrov",
        ),
        (
            "In a statement, Lena Koch said:\n\nI am sorry and I was wrong.\n\nI will not do it again.\n\nThe club accepted it.\n",
            "I am sorry and I was wrong. / I will not do it again.",
            "Lena Koch",
        ),
        (
            "Coach Rall Denton wrote on the club's site:\n\n> We let the town down.\n> It ends here.\n\nHis side plays on Tuesday.\n",
            "We let the town down. / It ends here.",
            "Rall Denton",
        ),
        (
            "The inspector, Vera Moll, told the inquiry: The bolts were missing. I looked for them in the grass.\n",
            "The bolts were missing. I looked for them in the grass.",
            "Vera Moll",
        ),
        (
            "The singer, Bea Holm, wrote:\n\nDear friends,\n\nI am ill.\n\nWe will dance again.\n\nBea\n\nTickets will be refunded.\n",
            "Dear friends, / I am ill. / We will dance again.",
            "Bea Holm",
        ),
        (
            "Ruth Amsel's statement in full:\n\nMy brother did not start the fire.\n\nPolice closed the case.\n",
            "My brother did not start the fire.",
            "Ruth Amsel",
        ),
    ],
)
def test_blocks_without_marks(quotations: Extract, text: str, content: str, speaker: str) -> None:
    """An unmarked quotation after a colon ends where indentation, the first person or the signature ends."""
    assert (content, speaker) in voices(quotations(text))


def test_a_list_after_a_colon_is_nobodys(quotations: Extract) -> None:
    """A verb that already has an object introduces a list, not a quotation."""
    found = quotations(
        "The mayor, Ida Quist, announced three measures:\n\nSchools will close on Monday, all of them.\n"
    )
    assert all("Schools" not in text for text, _ in voices(found))


def test_embedded_posts(quotations: Extract) -> None:
    """A name with a handle after a post is its speaker, in the same paragraph or on the next line."""
    found = quotations(
        "The harbour was shut.\n\nThe boats were never the problem.\n\n— Lena Orsk (@lenaorsk) March 3, 2026\n\n"
        "Nine years of waiting! — Karl Brandt (@kbrandt) May 9, 2026\n"
    )
    assert voices(found) == [
        ("The boats were never the problem.", "Lena Orsk"),
        ("Nine years of waiting!", "Karl Brandt"),
    ]


def test_headlines(quotations: Extract) -> None:
    """An office or a person before or after the colon of a headline is the source; a title about a person is not."""
    body = "\n\nThe ferry will stop in May, the council heard on Monday.\n"
    found = quotations("Minister: Ferry to stop in May" + body)
    assert found[0].source is not None and found[0].source.text == "Minister" and voices(found)[0][1] is None
    assert voices(quotations("Anna Petrov: Ferry will stop in May" + body))[0] == (
        "Ferry will stop in May",
        "Anna Petrov",
    )
    assert all(name != "Ole Grue" for _, name in voices(quotations("Ole Grue: The man who sold a bridge" + body)))


def test_words_between_marks_after_a_label(quotations: Extract) -> None:
    """A date before quoted words is not their source."""
    found = quotations("June 4, 1962: “In memory of Elsa Brandt, who built this pier.” Plaque on the quay.\n")
    assert all(name is None for _, name in voices(found))


def test_a_full_label_whose_surname_stands_alone_later(quotations: Extract) -> None:
    """A label in capitals that the tagger labels as a company is a speaker if its surname recurs as a label."""
    found = quotations(
        "PRUDENCE SHAW: Who built the pier?\n\nZBIGNIEW LIS: My father did.\n\nSHAW: Alone?\n\nLIS: With a spade.\n\n"
        "TREVOR BANK (voice-over): The pier is long.\n\nBANK (on camera): It is also wet.\n"
    )
    assert [name for _, name in voices(found)] == [
        "Prudence Shaw", "Zbigniew Lis", "Prudence Shaw", "Zbigniew Lis", "Trevor Bank", "Trevor Bank",
    ]  # fmt: skip
