"""The form of speaker labels."""

from __future__ import annotations

import pytest

from quotetrack.extract.find.layout.labels import in_ordinary_capitals, label_at, label_line


def read(text: str) -> tuple[str | None, str | None] | None:
    """Return the person and the role of the label at the start of ``text``."""
    label = label_at(text, 0, len(text))
    return (label.person, label.role.text if label.role else None) if label else None


@pytest.mark.parametrize(
    ("text", "person", "role"),
    [
        ("MARTA QUILL, HOST: Welcome.", "Marta Quill", "HOST"),
        ("JONAS REED, CHIEF, FERRY LINE (via phone): No.", "Jonas Reed", "CHIEF, FERRY LINE"),
        ("[10:14:02] SVEN O'MALLEY (on camera): Here.", "Sven O'Malley", None),
        ("Nora Lind, presenter: Was it?", "Nora Lind", "presenter"),
        ("Senator LUND (Westmere) (16:05): I rise.", "Lund", "Senator"),
        ("Ms CHEN (Minister for Ports): It will open.", "Chen", "Minister for Ports"),
        ("Mr. SMITH of Ohio. Mr. Speaker, I rise.", "Smith", None),
        ("The SPEAKER (Mr Arden): Order!", "Arden", None),
        ("SEN. RUTH VALE (D-OH): Never.", "Ruth Vale", "SEN."),
        ("DE LA TOUR: Yes.", "De La Tour", None),
    ],
)
def test_names_and_offices(text: str, person: str, role: str | None) -> None:
    """A label is split into the name and its title, office, affiliation, place, time and recording note."""
    assert read(text) == (person, role)


@pytest.mark.parametrize(
    "text", ["UNIDENTIFIED MALE: How?", "The PRESIDENT: Order!", "THE WITNESS: Yes.", "SPEAKER 2: Yes.", "Q: Why?"]
)
def test_voices_without_a_name(text: str) -> None:
    """An office or a description is a label without a person."""
    assert read(text) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "LIVE: Storm hits the coast",
        "Attendance: 4,210",
        "Sunday: Rain",
        "June 4, 1962: In memory",
        "What happens next: A judge will rule",
        "51%: Leave it",
        "Explained: Why it stopped",
        "He added: It stands.",
        "Ruth Vale, who runs the port and three ferries that nobody has ever seen sail, said: It stands.",
    ],
)
def test_no_labels(text: str) -> None:
    """Dates, headings, percentages and clauses before a colon are not labels."""
    assert read(text) is None


def test_a_label_on_its_own_line() -> None:
    """A line with the name, place and party of a member is a label without a colon."""
    text = "Mr Owen Hartley (Holm North) (Lab)"
    label = label_line(text, 0, len(text))
    assert label is not None and label.person == "Owen Hartley"


def test_spans_stand_in_the_text() -> None:
    """The spans of a label match the text."""
    text = "[02:50] Dr ANNA LISK, HEAD OF PORTS (laughing): Ha."
    label = label_at(text, 0, len(text))
    assert label is not None and label.role is not None
    for span in (label.name, label.person_span, label.role):
        assert text[span.start : span.end] == span.text
    assert text[label.end :].strip() == "Ha."


def test_ordinary_capitals() -> None:
    """Names in capitals are converted to ordinary capitals; initials and numbers are kept."""
    assert in_ordinary_capitals("DAGNY MCHOLT-O'REILLY") == "Dagny McHolt-O'Reilly"
    assert in_ordinary_capitals("J.R. VALE III") == "J.R. Vale III"
    assert in_ordinary_capitals("Ruth Vale") == "Ruth Vale"
