"""What the entity model says of the names of one article, made to agree with itself.

The model reads a sentence at a time and takes the same name for a person here and for a firm there. Within one article a name
means one thing ("one sense per discourse", Gale, Church and Yarowsky 1992), so what most of its mentions were taken for holds for all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from quotetrack.model import Entity

_PERSONS = {"PERSON", "PER"}
# What a surname alone is mistaken for; a place or a people may well bear somebody's name.
_MISTAKEN = {"ORG", "ORGANIZATION", "FAC", "FACILITY", "PRODUCT", "MISC", "WORK_OF_ART", "EVENT"}
_PLACES = ("LOC", "LOCATION", "GPE")


def settled(text: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities of one article in order, each name of one class and each person's name whole."""
    return _agreed(_joined(text, entities))


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


def _agreed(entities: list[Entity]) -> tuple[Entity, ...]:
    """Each entity with the class that more than half of the mentions of its name have; a part of a person's name that was
    taken for a body or a work is that person; and one word that is no part of a person's name, though taken for one, is the place
    it was taken for elsewhere: news introduces people in full.
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
    for name, kind in named.items():
        if kind.upper() in _PERSONS and " " not in name and name not in persons:
            places = [place for place in classes[name] if place.upper() in _PLACES]
            named[name] = places[0] if places else kind
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
