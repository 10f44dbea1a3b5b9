"""The stance of quotations: stated, denied, asked, declined, requested, believed or hypothetical."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quotetrack.extract import extract
from quotetrack.model import Quotation
from quotetrack.parse.pipeline import Parser

Extract = Callable[[str], list[Quotation]]
LINES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "stances.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def found(parser: Parser) -> dict[str, list[Quotation]]:
    """Return the quotations of every sentence of the table, parsed in one batch."""
    texts = list(dict.fromkeys(line[3] for line in LINES))
    return {text: extract(parsed) for text, parsed in zip(texts, parser.parse_all(texts), strict=True)}


@pytest.mark.parametrize(("stance", "part", "who", "text"), LINES)
def test_stance(found: dict[str, list[Quotation]], stance: str, part: str, who: str, text: str) -> None:
    """The cue and its context decide the stance, and an addressee is never the speaker."""
    matching = [q for q in found[text] if part in q.text]
    assert [q.stance for q in matching[:1]] == [stance], [(q.stance, q.text) for q in found[text]]
    speaker = matching[0].speaker
    name = "-" if speaker is None or speaker.type == "unnamed" else speaker.name
    assert who in (name, "*")


def test_every_stance_is_tested_about_as_often() -> None:
    """The table has about the same number of sentences for each stance."""
    counts = [sum(line[0] == stance for line in LINES) for stance in {line[0] for line in LINES}]
    assert len(counts) == 7 and min(counts) >= 20


@pytest.mark.parametrize(
    "text",
    [
        "Nora Lindqvist had been denied a visa until last week.",
        "The climbers were refused entry at the border.",
        "The referee gave Tomas Aune a yellow card.",
        "The judge granted the farmer an extra week.",
        "The choir listed its home town as Brevik on the form.",
        "The ship was named after a comet.",
        "The bull was judged best in show.",
        "The cheese was rated third in the world.",
        "Ylva Strand was named coach of the year.",
        "The pass is known for its winds.",
        "The bay is called Seal Cove.",
        "We counted how many geese had landed on the lake.",
        "The council has appointed Ylva Strand as its new clerk.",
        "Both ministers signed an agreement on fishing quotas.",
    ],
)
def test_acts_that_put_nothing_into_words(quotations: Extract, text: str) -> None:
    """Being refused a thing, named or given something is no attribution, though the verb may be a cue elsewhere."""
    assert quotations(text) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ylva Strand denied the claim that the lake is poisoned.", "poisoned"),
        ("Ylva Strand showed that the lake is poisoned.", "poisoned"),
        ("Critics called the plan a gift to poachers.", "gift"),
        ("Ylva Strand was called “a menace to the lake” by the anglers.", "menace"),
        ("According to Ylva Strand, the lake is poisoned.", "poisoned"),
        ("Ylva Strand called on the council to drain the lake.", "drain"),
    ],
)
def test_the_same_verbs_as_cues(quotations: Extract, text: str, part: str) -> None:
    """The same verbs are cues with a clause, marked words or their particle."""
    assert any(part in q.text for q in quotations(text))


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Mayor Ylva Strand called for calm.", True),
        ("Ylva Strand announced a deal.", True),
        ("Ylva Strand called for an independent inquiry into the deaths of the swans.", False),
        ("“No comment,” said Ylva Strand.", False),
        ("Ylva Strand said she won.", False),
        ("Ylva Strand promised to resign.", False),
    ],
)
def test_bare_noun_phrases(quotations: Extract, text: str, bare: bool) -> None:
    """A noun phrase of at most three words is bare; a clause or marked words are not."""
    assert [q.bare for q in quotations(text)] == [bare]


def test_questions_of_an_interview(quotations: Extract) -> None:
    """The interviewer's questions are asked; the answers are stated, even a question in return."""
    found = quotations("We met Agnes Thorne in her garden.\n\nQ: Did you hesitate?\n\nA: For about a minute.")
    assert [q.stance for q in found] == ["asked", "stated"]


def test_the_agent_of_a_passive_speaks(quotations: Extract) -> None:
    """The source of ``was asked by a juror`` is the juror, not the subject."""
    [question] = quotations("Ida Moss was asked by Karl Lund whether the crane was safe.")
    assert question.stance == "asked"
    assert question.speaker is not None and question.speaker.name == "Karl Lund"
