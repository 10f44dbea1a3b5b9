"""Resolve lists of bodies and places: ``France and Germany``, ``the Vale and Quist campaigns``."""

from __future__ import annotations

import re

from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.model import Span, Speaker, SpeakerType
from quotetrack.text.inflection import singular

# "the Vale and Quist campaigns": the speakers are the campaigns, not the two persons.
_NAMED_AFTER_TWO = re.compile(r"[Tt]he ([A-Z][\w’'-]+) and ([A-Z][\w’'-]+) (campaigns|camps|teams|administrations)")


def named_together(reading: Reading, register: Register, span: Span) -> tuple[Speaker, ...]:
    """Return the members of a list such as ``the United States, France and Germany``; empty unless all are named."""
    if " and " not in span.text:
        return ()
    parts = [p.strip() for p in re.split(r",\s*(?:and\s+)?|\s+and\s+", span.text) if p.strip(" ,")]
    if not 2 <= len(parts) <= 8:
        return ()
    if named_after_two := _NAMED_AFTER_TWO.fullmatch(span.text):
        return tuple(Speaker(f"{named_after_two[i]} {singular(named_after_two[3])}", "organisation") for i in (1, 2))
    members: list[Speaker] = []
    types: list[SpeakerType] = []
    position = span.start
    for part in parts:
        start = reading.text.index(part, position)
        position = start + len(part)
        inside = _without_abbreviation(register.at(start, position))
        if len(inside) > 1:
            return ()
        if not inside:
            bare = re.sub(r"^[Tt]he\s+", "", part)
            named = [reading.words[i].upos == "PROPN" for i in reading.words_between(start, position)]
            if not all(w[:1].isupper() for w in bare.split()) or len(bare.split()) > 3 or not any(named):
                return ()
            members.append(Speaker(bare, "place"))
            continue
        mention, someone = inside[0]
        before = [reading.words[i].upos for i in reading.words_between(start, mention.start)]
        if "VERB" in before:
            return ()  # "a report cited by the Echo and written by the ministry"
        if someone.type == "person" and before[-1:] == ["ADP"]:
            return ()  # "the bishop of Holm" is not Holm
        rest = re.sub(r"\b(?:the|mr|mrs|ms)\b|\([^)]*\)|[^\w]", "", part.lower())
        if len(re.sub(r"\W", "", mention.name)) < 0.5 * len(rest) and someone.type != "person":
            return ()
        types.append(someone.type)
        members.append(Speaker(displayed(someone), someone.type))
    if not types:
        return ()
    # A name that the entity model missed has the type of the others.
    members = [m if m.type != "place" or types.count("place") else Speaker(m.name, types[0]) for m in members]
    if len({m.name for m in members}) < 2 or len({m.type == "person" for m in members}) > 1:
        return ()
    return tuple(members)


def _without_abbreviation(inside: list[tuple[Mention, Someone]]) -> list[tuple[Mention, Someone]]:
    """The mentions without abbreviations in brackets after a name: ``Ferry Authority (FA)``."""
    return inside[:1] if len({id(someone) for _, someone in inside}) == 1 else inside


def displayed(someone: Someone) -> str:
    """Return the name as shown to readers, on one line."""
    return re.sub(r"\s+", " ", someone.name).strip()
