"""What the entity model says of the names of one article, made to agree with itself.

The model reads a sentence at a time and takes the same name for a person here and for a firm there. Within one article a name
means one thing ("one sense per discourse", Gale, Church and Yarowsky 1992), so what most of its mentions were taken for holds for all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from quotetrack.model import Entity

_PERSONS = {"PERSON", "PER"}
# What a surname alone is mistaken for; a place or a people may well bear somebody's name.
_MISTAKEN = {"ORG", "ORGANIZATION", "FAC", "FACILITY", "PRODUCT", "MISC", "WORK_OF_ART", "EVENT"}
_PLACES = ("LOC", "LOCATION", "GPE")
# What only a country has: "Talvonia's President Idris Halvane". The class that a model which calls persons so has for it.
_OF_A_COUNTRY = re.compile(r"\b(\w+)['’]s? (?:[Pp]resident|[Pp]rime [Mm]inister|[Pp]arliament)\b")
_COUNTRY = {"Person": "Location", "PERSON": "GPE", "PER": "LOC"}


def settled(text: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities of one article in order, each name of one class and each person's name whole."""
    return _agreed(text, _joined(text, entities))


def _joined(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Two persons that only a space parts are one: the tagger cuts some names in two."""
    found: list[Entity] = []
    for entity in entities:
        last = found[-1] if found else None
        person = entity.type.upper() in _PERSONS
        if last is not None and person and last.type == entity.type and text[last.end : entity.start] == " ":
            found[-1] = Entity(last.start, entity.end, entity.type, text[last.start : entity.end])
        else:
            found.append(entity)
    return found


def _agreed(text: str, entities: list[Entity]) -> tuple[Entity, ...]:
    """Each entity with the class that more than half of the mentions of its name have; a part of a person's name that was
    taken for a body or a work is that person; and one word that is no part of a person's name, though taken for one, is the place
    it was taken for half as often, or the country whose president is spoken of: news introduces people in full.
    """
    classes: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in entities:
        classes[_plain(entity.text)][entity.type] += 1
    named = {name: _most(counts) for name, counts in classes.items()}
    persons: dict[str, str] = {}
    for name, kind in named.items():
        words = name.split(" ")
        if kind.upper() in _PERSONS and len(words) > 1:
            for cut in range(1, len(words)):
                persons[" ".join(words[:cut])] = persons[" ".join(words[cut:])] = kind
    countries = set(_OF_A_COUNTRY.findall(text))
    for name, counts in classes.items():
        taken = next((kind for kind in counts if kind.upper() in _PERSONS), None)
        if taken is None or " " in name or name in persons or (named[name] or taken) != taken:
            continue
        places = [kind for kind in counts if kind.upper() in _PLACES and 2 * counts[kind] >= counts[taken]]
        if places or name in countries:
            named[name] = places[0] if places else _COUNTRY.get(taken, taken)
    found = []
    for entity in entities:
        name = _plain(entity.text)
        kind = named[name] or entity.type
        if kind.upper() in _MISTAKEN and name in persons:
            kind = persons[name]
        found.append(entity if kind == entity.type else replace(entity, type=kind))
    return tuple(found)


def _most(counts: Counter[str]) -> str:
    kind, number = counts.most_common(1)[0]
    return kind if 2 * number > counts.total() else ""


def _plain(name: str) -> str:
    return " ".join(name.split())
