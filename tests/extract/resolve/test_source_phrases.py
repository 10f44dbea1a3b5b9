"""Boundaries of source phrases: whole names, no workplaces, no addressees."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from quotetrack.extract.find.source_names import whole_source, with_cue_after_name, with_inserted_frame
from quotetrack.extract.people.register import Register
from quotetrack.extract.reading import Reading
from quotetrack.model import Proposal, Quotation, Span

Read = Callable[[str], Reading]
Extract = Callable[[str], list[Quotation]]


def whole(reading: Reading, part: str, cue: str) -> str | None:
    """Return the corrected source phrase for ``part`` with ``cue``."""
    spans = [Span.of(reading.text, at, at + len(one)) for one in (part, cue) for at in (reading.text.rindex(one),)]
    anchor = reading.words_between(spans[1].start, spans[1].end).start
    found = whole_source(reading, spans[0], spans[1], anchor)
    return found.text if found is not None else None


def speaker(found: list[Quotation], words: str) -> str | None:
    """Return the speaker's name of the quotation that contains ``words``."""
    one = next(q for q in found if words in q.text)
    return one.speaker.name if one.speaker is not None and one.speaker.type != "unnamed" else None


@pytest.mark.parametrize(
    ("text", "part", "cue", "source"),
    [
        ("Dr. Ilke Brandt Moor said the bridge was closed.", "Moor", "said", "Dr. Ilke Brandt Moor"),
        ("The harbour is silting up, Torben Kastrup warned.", "Kastrup", "warned", "Torben Kastrup"),
        ("The Calder Water Trust said the tap was off.", "Trust", "said", "Calder Water Trust"),
        # as it stands
        ("Moor said the bridge was closed.", "Moor", "said", "Moor"),
        ("The mayor, Ilke Moor, said it was closed.", "The mayor, Ilke Moor", "said", "The mayor, Ilke Moor"),
    ],
)
def test_no_source_begins_inside_a_name(read: Read, text: str, part: str, cue: str, source: str) -> None:
    """A source that begins inside a name is extended to the whole name."""
    found = whole(read(text), part, cue)
    assert found is not None
    assert source.removeprefix("Dr. ") in found


@pytest.mark.parametrize(
    "text",
    [
        "“The pier will hold,” Ilke Moor, the safety lead for the Calder Water Trust, told the Selby Echo.",
        "“We need two more boats,” Ilke Moor, a researcher at the Calder Water Trust, said.",
    ],
)
def test_a_workplace_does_not_speak(read: Read, text: str) -> None:
    """A source that is part of the organisation a named person works for becomes the person's phrase, or no source."""
    found = whole(read(text), "Water Trust", "told" if "told" in text else "said")
    assert found is None or found.startswith("Ilke Moor")


def test_who_is_told_does_not_speak(read: Read) -> None:
    """The object right after ``told`` is not the source; the name on the other side of the verb is."""
    text = "“I took the boat,” Torben Kastrup, 61, told Judge Ilke Moor on Friday."
    assert whole(read(text), "Judge Ilke Moor", "told") in ("Torben Kastrup, 61", None)
    # a question may be asked by whom the verb stands before
    assert whole(read("“Where is the boat?” asked Ilke Moor."), "Ilke Moor", "asked") == "Ilke Moor"


def test_the_one_before_whom_others_speak(read: Read) -> None:
    """The object of a fronted preposition is not one of the speakers after the comma."""
    text = "Before Mayor Anselm Brook, Ms Moor and Mr Kastrup promised to mend the pier."
    assert whole(read(text), "Mayor Anselm Brook, Ms Moor and Mr Kastrup", "promised") == "Ms Moor and Mr Kastrup"
    text = "Anselm Brook, Ilke Moor and Torben Kastrup promised to mend the pier."
    joint = "Anselm Brook, Ilke Moor and Torben Kastrup"
    assert whole(read(text), joint, "promised") == joint


def test_an_aside_does_not_speak(read: Read) -> None:
    """A name in an aside between dashes is not the speaker."""
    text = "Ilke Moor—unlike, say, Torben Kastrup—admitted that the pier was lost."
    assert whole(read(text), "Torben Kastrup", "admitted") == "Ilke Moor"


def proposal(reading: Reading, source: str, cue: str, *content: str) -> Proposal:
    spans = [
        Span.of(reading.text, at, at + len(one)) for one in (source, cue, *content) for at in (reading.text.index(one),)
    ]
    return Proposal(spans[1], spans[0], tuple(spans[2:]), (1.0,) * len(content), 1.0, 1.0)


def test_a_first_name_is_no_cue(read: Read) -> None:
    """``Said`` before a surname and after an office is a first name, and the verb after the name is the cue."""
    reading = read("Harbour chief Said Belkacemi suggested on Monday that the pier be mended.")
    name = next(e.text for e in reading.parsed.entities if "Belkacemi" in e.text)
    assert name == "Said Belkacemi"
    found = with_cue_after_name(
        reading, proposal(reading, "Harbour chief", "Said", "Belkacemi suggested on Monday that the pier be mended")
    )
    assert found.cue.text == "suggested"
    assert found.source is not None
    assert found.source.text == "Harbour chief Said Belkacemi"


def test_a_frame_between_subject_and_verb(read: Read) -> None:
    """The source of an inserted frame is the phrase after ``said``, not the subject before it."""
    reading = read("Kastrup, said the notice, was one of the three best sailors.")
    found = with_inserted_frame(
        reading, proposal(reading, "Kastrup", "said", "the notice", "was one of the three best sailors")
    )
    assert found.source is not None
    assert found.source.text == "the notice"
    assert [span.text for span in found.content] == ["Kastrup", "was one of the three best sailors"]
    reading = read("Kastrup, said that the notice was late.")
    same = proposal(reading, "Kastrup", "said", "that the notice was late")
    assert with_inserted_frame(reading, same) == same


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dr. Ilke Ann Mari Brandtsen spoke. Later Ilke Ann Mari Brandtse left.", ["Ilke Ann Mari Brandtsen"]),
        ("Torben Kastrupsen spoke. Later Torben Kastrupsin left.", ["Torben Kastrupsen"]),
        ("Torben Moor spoke. Later Torben Mohr left.", ["Torben Moor", "Torben Mohr"]),
    ],
)
def test_a_slip_in_a_full_name(read: Read, text: str, names: list[str]) -> None:
    """Two full names that differ by one letter of a long surname are one person; short surnames are two."""
    reading = read(text)
    assert [one.name for one in Register(reading).persons()] == names


def test_form_of_address_tells_relatives_apart(quotations: Extract) -> None:
    """A surname behind the form of address of one full name is that person's, whatever relatives are named."""
    text = (
        "Advocate Ilke Brandtsen grew up in Calder.\n\nHer parents were Mona Brandtsen and Olaf Brandtsen, both bakers.\n\n"
        "“The law is patient,” Adv Brandtsen says."
    )
    assert speaker(quotations(text), "patient") == "Ilke Brandtsen"


def test_the_one_just_introduced_goes_on(quotations: Extract) -> None:
    """A shared surname is that of who has just been introduced speaking, if nobody else of that name stands near."""
    text = (
        "Anselm Brook, the chief of staff, said the council would wait.\n\nThe council met on Monday in Calder.\n\n"
        "Mayor Ilke Brook of Selby said the ferry was unsafe.\n\n“Somebody has to answer for it,” Brook wrote on her page."
    )
    assert speaker(quotations(text), "answer for it") == "Ilke Brook"
    near = (
        "Anselm Brook, the headmaster, asked who had paid. Ilke Brook, the treasurer, answered him.\n\n"
        "Brook said the matter was closed."
    )
    assert speaker(quotations(near), "closed") is None


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The vice-president of the Commission, Counselor Ilke Moor,", "Ilke Moor"),
        ("Envoy of the secretary of the Calder League, Ilke Moor,", "Ilke Moor"),
        ("A member of the council's harbour board and a former mayor, Ilke Moor,", "Ilke Moor"),
        ("A resident surnamed Moor", "Moor"),
        ("A spokesman for the minister, Ilke Moor,", None),
    ],
)
def test_a_name_behind_its_office(quotations: Extract, source: str, name: str | None) -> None:
    """The name behind a comma is the holder of the office before it, unless another office may be theirs."""
    assert speaker(quotations(f"{source} said that the pier would be mended by spring."), "pier") == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("The Calder Union (CU) opposition party", "Calder Union"),
        ("The Calder Union spokesman", None),
    ],
)
def test_a_name_before_what_it_is(quotations: Extract, source: str, name: str | None) -> None:
    """A body's name before the noun for what it is names the body."""
    text = f"{source} said on Monday that the pier would be mended by spring."
    assert speaker(quotations(text), "pier") == name


def test_whose_mother_with_an_opening_mark(quotations: Extract) -> None:
    """An opening single mark before `s` is an apostrophe: the mother speaks, not the son."""
    text = "Torben Kastrup rows for Calder. Torben Kastrup‘s mother said that the boat was old."
    assert speaker(quotations(text), "boat was old") != "Torben Kastrup"
    assert re.search("‘s mother", text)
