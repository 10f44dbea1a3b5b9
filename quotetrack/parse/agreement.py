"""Makes the classes of entities consistent within one article.

The entity model reads one sentence at a time, so it may classify the same name as a person in one and as a company in another.
Within an article a name has one meaning ("one sense per discourse", Gale, Church and Yarowsky 1992), so the majority class of
its mentions is assigned to all of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from quotetrack.model import Entity

_PERSONS = {"PERSON", "PER"}
# Classes that surnames are mistaken for. Places and peoples are not among them, since they can be named after a person.
_SURNAME_ERRORS = {"ORG", "ORGANIZATION", "FAC", "FACILITY", "PRODUCT", "MISC", "WORK_OF_ART", "EVENT"}
_PLACES = ("LOC", "LOCATION", "GPE")
# Offices that only countries have: "Talvonia's President Idris Halvane".
_OF_A_COUNTRY = re.compile(r"\b(\w+)['’]s? (?:[Pp]resident|[Pp]rime [Mm]inister|[Pp]arliament)\b")
# The class of countries in each model's tag set, by its class of persons.
_COUNTRY = {"Person": "Location", "PERSON": "GPE", "PER": "LOC"}


def make_consistent(text: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities of one article, in order, with one class per name and with split names of persons joined."""
    return _majority_classes(text, _joined(text, entities))


def _joined(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Join persons that are separated by one space only, since the model splits some names."""
    found: list[Entity] = []
    for entity in entities:
        last = found[-1] if found else None
        person = entity.type.upper() in _PERSONS
        if last is not None and person and last.type == entity.type and text[last.end : entity.start] == " ":
            found[-1] = Entity(last.start, entity.end, entity.type, text[last.start : entity.end])
        else:
            found.append(entity)
    return found


def _majority_classes(text: str, entities: list[Entity]) -> tuple[Entity, ...]:
    """Assign each entity the class of more than half of the mentions of its name, with two exceptions.

    A part of a person's full name that was classified as an organization or a work is a person. A single word that is part of no
    full name is not a person if it was classified as a place at least half as often, or if the text mentions its president: news
    introduces people by their full names.
    """
    classes: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in entities:
        classes[_plain(entity.text)][entity.type] += 1
    class_of = {name: _majority(counts) for name, counts in classes.items()}
    persons: dict[str, str] = {}
    for name, kind in class_of.items():
        words = name.split(" ")
        if kind.upper() in _PERSONS and len(words) > 1:
            for cut in range(1, len(words)):
                persons[" ".join(words[:cut])] = persons[" ".join(words[cut:])] = kind
    countries = set(_OF_A_COUNTRY.findall(text))
    for name, counts in classes.items():
        person_class = next((kind for kind in counts if kind.upper() in _PERSONS), None)
        if person_class is None or " " in name or name in persons or (class_of[name] or person_class) != person_class:
            continue
        places = [kind for kind in counts if kind.upper() in _PLACES and 2 * counts[kind] >= counts[person_class]]
        if places or name in countries:
            class_of[name] = places[0] if places else _COUNTRY.get(person_class, person_class)
    found = []
    for entity in entities:
        name = _plain(entity.text)
        kind = class_of[name] or entity.type
        if kind.upper() in _SURNAME_ERRORS and name in persons:
            kind = persons[name]
        found.append(entity if kind == entity.type else replace(entity, type=kind))
    return tuple(found)


def _majority(counts: Counter[str]) -> str:
    kind, number = counts.most_common(1)[0]
    return kind if 2 * number > counts.total() else ""


def _plain(name: str) -> str:
    return " ".join(name.split())
