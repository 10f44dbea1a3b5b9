"""Where one quotation ends and another speaker's begins, with the included models."""

from __future__ import annotations

from collections.abc import Callable

from quotetrack.model import Quotation

Extract = Callable[[str], list[Quotation]]


def voices(found: list[Quotation]) -> list[tuple[str, str | None]]:
    return [(q.text, q.speaker.name if q.speaker else None) for q in found]


def test_no_comma_after_the_frame(quotations: Extract) -> None:
    """A quotation continues after a short frame without a second comma."""
    found = quotations('"I take no pleasure in this," Ruth Vale said "but the whole county is looking."')
    assert voices(found) == [('"I take no pleasure in this," […] "but the whole county is looking."', "Ruth Vale")]


def test_another_voice_puts_in(quotations: Extract) -> None:
    """A quotation right after another one that has its own frame has its own speaker."""
    text = "“We have a visa problem,” Ruth Vale said. “It is not cancelled.” “It is stressful, though,” added Agnes Thorne."
    assert voices(quotations(text)) == [
        ("“We have a visa problem,” […] “It is not cancelled.”", "Ruth Vale"),
        ("“It is stressful, though,”", "Agnes Thorne"),
    ]


def test_two_frames_in_one_sentence(quotations: Extract) -> None:
    """A verb after ``and`` that introduces the next quotation belongs to that quotation."""
    found = quotations("A banner on the wall read “Park it!” and Agnes Thorne asked “Whose street?”")
    assert [q.cue.text for q in found if q.cue] == ["read", "asked"]


def test_a_sentence_of_its_own_is_no_frame(quotations: Extract) -> None:
    """A sentence after a question whose verb has its own content is not the frame of the question."""
    found = quotations("Ruth Vale laughed. “Is this a theatre?” Henrik Dahl insisted he had been pushed.")
    assert ("he had been pushed", "Henrik Dahl") in voices(found)
    assert not any("theatre" in text and name == "Henrik Dahl" for text, name in voices(found))


def test_marks_within_single_marks(quotations: Extract) -> None:
    """A quotation in single marks that contains double marks is one quotation."""
    found = quotations("‘They gave me a message,’ Ruth Vale said. ‘They said, “Tell him the roof leaks.”’")
    assert [len(q.content) for q in found] == [2]
    assert found[0].content[1].text == "‘They said, “Tell him the roof leaks.”’"


def test_a_short_question_after_its_subject(quotations: Extract) -> None:
    """Two words with a question mark are a quotation if the sentence before has a subject."""
    assert voices(quotations("Henrik Dahl shook his head. “Which Christmas?”")) == [
        ("“Which Christmas?”", "Henrik Dahl")
    ]


def test_dash_after_other_sentences(quotations: Extract) -> None:
    """A dash and a name after a quotation at the end of a paragraph name its speaker."""
    found = quotations("Readers wrote about the swans. “They hold up the bus, and rightly so” — Agnes Thorne")
    assert voices(found)[-1] == ("“They hold up the bus, and rightly so”", "Agnes Thorne")
