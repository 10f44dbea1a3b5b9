"""Noun phrases for somebody whom the article has named: ``the party``, ``the official``, ``the report's summary``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from quotetrack.extract.people.register import Register
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, Quotation
from quotetrack.parse.pipeline import Parser
from quotetrack.text.role_nouns import holds

from .conftest import Read, Watch, resolver_of

Extract = Callable[[str], list[Quotation]]

NAMED = {
    "a body that its own quotation names": (
        "The LDP holds a dinner for firms in Port Selby tonight. The LDP said the dinner was a chance to hear from members.\n\n"
        "“It is crucial for firms to talk to the LDP about wages,” said the party.",
        "It is crucial", "LDP",
    ),
    "a body that was only described": (
        "The Merland army said it had searched four villages on Friday. The military said nobody was hurt.",
        "nobody was hurt", "Merland army",
    ),
    "two names in its relative clause": (
        "The mayor of Selby, Ilo Brandt, opened the bridge on Thursday. The mayor, who met Nora Quill and Odd Larsen, said that "
        "roads came first.",
        "roads came first", "Ilo Brandt",
    ),
    "two places in its relative clause": (
        "Former Merland team captain Ilo Brandt started his campaign on Thursday. The goalkeeper, who played for Selby Rovers and "
        "Calder Town, said that roads came first.",
        "roads came first", "Ilo Brandt",
    ),
    "this survey, after its findings": (
        "Orvel published a survey of shops on Monday. The survey said that bread was cheap.\n\nThe mood has changed since May, "
        "according to the findings of the Harrow Trust. According to this survey, half of all shops lost money.",
        "half of all shops", "Harrow Trust",
    ),
    "a part of a report": (
        "The Marine Board published a report on the dyke on Monday. The report's summary said that the wall would not hold.",
        "would not hold", "Marine Board",
    ),
    "more parts of a report": (
        "The Marine Board published a report on the dyke on Monday. Nobody had oiled the pumps, it said. Further findings showed "
        "that the wall would not hold.",
        "would not hold", "Marine Board",
    ),
    "a speech": (
        "In a long speech, the mayor of Selby, Ilo Brandt, said that the bridge would open. “We have waited too long,” the speech said.",
        "waited too long", "Ilo Brandt",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "content", "speaker"), NAMED.values(), ids=NAMED)
def test_phrases_for_somebody_named_before(quotations: Extract, text: str, content: str, speaker: str) -> None:
    """A definite noun phrase is resolved to the person or body that the article has named."""
    found = [q for q in quotations(text) if any(content in span.text for span in q.content)]
    assert [q.speaker.name if q.speaker else None for q in found] == [speaker]


@pytest.mark.parametrize("source", ["All three Merland companies", "The oldest fishing union in Merland"])
def test_bodies_introduced_by_number_or_rank(quotations: Extract, source: str) -> None:
    """A quantified or superlative phrase for a body is a description without a name."""
    (found,) = quotations(f"{source} said the boats would stay in port.")
    assert found.speaker is not None
    assert found.speaker.type == "unnamed"


def test_either_of_two_joined_names(read: Read) -> None:
    """A noun phrase that fits two names joined by ``and`` equally well is resolved to neither."""
    text = "The regime of Anton Quist and Ines Vale closed the harbour on Friday. The dictator said that nobody would leave."
    reading = read(text)
    watch = Watch(reading, chosen="Ines Vale")
    found = resolver_of(reading, watch).persons[reading.lower.index("dictator")]
    assert {"Anton Quist", "Ines Vale"} <= watch.candidates("dictator")[0]
    assert found.track is None


def test_modifiers_beside_a_name(read: Read) -> None:
    """A noun phrase with a modifier that the article puts beside the name of one body excludes the others."""
    text = (
        "The governing Dune Party met the opposition Reef Party on Friday. The Reef Party left early.\n\n"
        "The governing party said that nobody would resign."
    )
    reading = read(text)
    watch = Watch(reading)
    resolver_of(reading, watch)
    named = {name for name in watch.candidates("party")[-1] if name[:1].isupper()}
    assert named == {"Dune Party"}


@pytest.mark.parametrize(
    ("opening", "mentions"), [("NASU, which is on strike,", 2), ("NASU, May 5 (Orvel) — It", 1), ("NASU — It", 1)]
)
def test_capitals_that_open_a_paragraph(read: Read, opening: str, mentions: int) -> None:
    """Capitals before a comma at the start of a paragraph are a dateline only if a dash or bracket ends it."""
    text = f"The Northern Academic Staff Union (NASU) closed its offices.\n\n{opening} met in May."
    parsed = read(text).parsed
    at = text.rindex("NASU")
    entities = (*(e for e in parsed.entities if e.start < 50), Entity(at, at + 4, "ORG", "NASU"))
    places = [
        m.start for one in Register(Reading.of(replace(parsed, entities=entities))).everyone for m in one.mentions
    ]
    assert (at in places) == (mentions == 2)


def test_names_inside_a_longer_name(parser: Parser) -> None:
    """A part of the name of an organisation is no organisation of its own."""
    text = "The Academic Staff of Merland Universities met on Monday."
    parts = (("Academic Staff of", "ORG"), ("Merland", "NORP"), ("Universities", "ORG"))
    entities = tuple(Entity(text.index(part), text.index(part) + len(part), kind, part) for part, kind in parts)
    register = Register(Reading.of(replace(parser.parse(text), entities=entities)))
    assert [s.name for s in register.everyone if s.type == "organisation"] == ["Academic Staff of Merland Universities"]


@pytest.mark.parametrize(
    ("noun", "role"),
    [
        ("official", "minister of ports"),
        ("diplomat", "ambassador of Merland"),
        ("cleric", "bishop"),
        ("expert", "professor of law"),
    ],
)
def test_more_general_nouns(noun: str, role: str) -> None:
    """The holder of a role can be called by a more general noun, but not the other way round."""
    assert holds(noun, role)
    assert not holds(role.split()[0], noun)
