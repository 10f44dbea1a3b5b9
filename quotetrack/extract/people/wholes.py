"""Names taken in whole: what the entity model left off a person's name, what belongs to a body's, and where two are one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotetrack.extract.find.source_phrases import MONTHS_AND_DAYS
from quotetrack.extract.people.kinds import called_by_name
from quotetrack.extract.people.mentions import kind_of
from quotetrack.extract.reading import Reading, overlapping
from quotetrack.extract.roles.offices import is_bare, office_before
from quotetrack.model import Entity
from quotetrack.text.names import HONORIFICS, TITLE_PHRASE, TITLES, first_names
from quotetrack.text.role_nouns import is_role_noun

_NAME_TAGS = {"PROPN", "NOUN", "ADJ", "INTJ", "X"}
SUFFIX = re.compile(r",?\s(?:Junior|Senior|Jr\.?|Sr\.?|II|III|IV)(?=[\s,.;:’']|$)")
# What the name of a place begins with, and a person's does not.
OF_PLACES = {
    "port", "new", "san", "santa", "saint", "st", "north", "south", "east", "west", "mount", "lake", "fort", "cape", "great", "upper",
    "lower", "old", "el", "los", "las", "la", "le", "rio", "puerto", "hotel", "camp", "point", "isle", "island", "university", "the",
}  # fmt: skip
_ALSO_PREPOSITIONS = {"Per"}  # first names that are prepositions as well


def _of(reading: Reading, entity: Entity, start: int, end: int) -> Entity:
    return replace(entity, start=start, end=end, text=reading.text[start:end])


def whole_person(reading: Reading, entity: Entity, entities: Sequence[Entity]) -> Entity:
    """``Aksel`` + ``Bye``, ``Ho`` + ``Jun-bae``, ``Anton Vale`` + ``Junior``: what the entity model left off a person's name."""
    start, end = entity.start, entity.end
    cut = re.search(r"\S+\s$", reading.text[max(0, start - 12) : start])
    if cut and (title := TITLE_PHRASE.match(reading.text, start - len(cut[0]))) and start < title.end() < end:
        start -= len(cut[0])  # "Tan" + "Sri Lim Wei"
    elif _broken_off(reading, entity):
        end = entity.text.rindex(" ") + start
    elif " " in entity.text.strip():
        words = reading.words_between(start, end)
        before = words.start - 1
        if words and before >= 0 and _hangs_before(reading, words, before) and _is_free(reading, before, entities):
            start = reading.words[before].start
    elif not reading.in_title_case(start):
        words = reading.words_between(start, end)
        after, before = words.stop, words.start - 1
        if _goes_on(reading, words, after, entities) and reading.text[end : end + 1] == " ":
            end = reading.words[after].end
        elif _began(reading, words, before, entities):
            start = reading.words[before].start
    if suffix := SUFFIX.match(reading.text, end):
        end = suffix.end()
    return entity if (start, end) == (entity.start, entity.end) else _of(reading, entity, start, end)


def _hangs_before(reading: Reading, name: range, index: int) -> bool:
    """``Amir`` + ``Khan Saffari``: whether the word before a name is the first of it to the parser."""
    word, sentence = reading.words[index], reading.sentence_of[index]
    joined = any(reading.head[i] == index and reading.words[i].deprel == "flat" for i in name)
    beside = word.end + 1 == reading.words[name.start].start and sentence == reading.sentence_of[name.start]
    return joined and beside and word.upos == "PROPN" and not reading.in_title_case(word.start)


def _broken_off(reading: Reading, entity: Entity) -> bool:
    """``Ruth Vale OK`` before ``Zambia``: whether the last word, all in capitals, begins the name that comes after."""
    *name, last = entity.text.split()
    capitals = re.fullmatch(r"[A-Z]{2,4}", last) is not None and not re.fullmatch(r"[IVX]+|JR|SR", last)
    goes_on = re.match(r"\s[A-Z][a-z]", reading.text[entity.end : entity.end + 3]) is not None
    return len(name) > 1 and capitals and goes_on and not any(word.isupper() and len(word) > 1 for word in name)


def _is_free(reading: Reading, index: int, entities: Sequence[Entity], *, verb: bool = False) -> bool:
    """Whether the word may be part of a name: a capital, no other name's, no title, no day; with ``verb`` also what the tagger took for one."""
    word = reading.words[index]
    return (
        re.fullmatch(r"[A-Z][a-z’'-]*[a-z]", word.text) is not None
        and (word.upos in _NAME_TAGS or verb or (word.upos == "VERB" and reading.text[word.end : word.end + 1] == ","))
        and word.text.lower() not in HONORIFICS | TITLES | MONTHS_AND_DAYS
        and not is_role_noun(word.text)
        and not overlapping(entities, word.start, word.end)
    )


def _goes_on(reading: Reading, name: range, index: int, entities: Sequence[Entity]) -> bool:
    """Whether the word after a first name is its surname."""
    if index >= len(reading.words) or reading.sentence_of[index] != reading.sentence_of[name.start]:
        return False
    word = reading.words[index]
    # A capital in mid-sentence on what is no name to the tagger ("Aksel Bye,") can only be one.
    first = reading.lower[name.start] in first_names() or word.deprel == "flat" or word.upos in ("INTJ", "X", "VERB")
    return first and _is_free(reading, index, entities) and reading.quoted_at(word.start) is None


def _began(reading: Reading, name: range, index: int, entities: Sequence[Entity]) -> bool:
    """Whether the word before a surname is its first name."""
    if index < 0 or not name or reading.words[index].end + 1 != reading.words[name.start].start:
        return False
    if reading.sentence_of[index] != reading.sentence_of[name.start]:
        return False
    word = reading.words[index]
    short = re.fullmatch(r"[A-Z][a-z]+", word.text) is not None and word.text.lower() not in MONTHS_AND_DAYS
    if short and word.upos == "PROPN" and (reading.head[index] in name or reading.head[name.start] == index):
        return _is_free(reading, index, entities) and reading.words[index].deprel != "compound"
    if short and word.upos == "VERB" and not reading.in_title_case(word.start):
        # "Army chief Said Boual suggested": a capital in mid-sentence, right behind a noun for a person and before a verb's subject
        role = index - 1 in reading.sentence_range(index) and is_role_noun(reading.words[index - 1].text)
        return role and reading.words[index - 1].end + 1 == word.start and _is_free(reading, index, entities, verb=True)
    if word.text in _ALSO_PREPOSITIONS and word.upos == "ADP" and reading.head[index] in name:
        # "“…,” Per Lund, of the bank, told": by the capital in mid-sentence, or by what comes between name and verb.
        aside = reading.text[reading.words[name.stop - 1].end :][:1] == ","
        return index > reading.sentence_range(index).start and aside
    return False


def whole_body(reading: Reading, entity: Entity, entities: Sequence[Entity]) -> Entity:
    """``Rail Workers`` + ``Ireland``, ``China`` + ``Quarry``: a body's name that holds the name of a place is all of it."""
    words = reading.words_between(entity.start, entity.end)
    if not words or reading.in_title_case(entity.start) or "\n" in entity.text:
        return entity
    first = words.start
    sentence = reading.sentence_range(first)
    while first - 1 in sentence and _belongs(reading, first - 1, first, words.stop, entities):
        first -= 1
    start = reading.words[first].start
    start = min([start, *(e.start for e in overlapping(entities, start, start + 1))])
    if start == entity.start:
        return entity
    return replace(_of(reading, entity, start, entity.end), type="ORG")


def _belongs(reading: Reading, index: int, first: int, stop: int, entities: Sequence[Entity]) -> bool:
    word = reading.words[index]
    if word.end + 1 != reading.words[first].start or word.upos not in ("PROPN", "NOUN"):
        return False
    if not re.fullmatch(r"[A-Z][a-z]+", word.text) or (is_role_noun(word.text) and "Number=Plur" not in word.feats):
        return False
    if word.text.lower() in MONTHS_AND_DAYS | TITLES | HONORIFICS:
        return False
    at = next(iter(overlapping(entities, word.start, word.start + 1)), None)
    if at is not None and kind_of(at) not in ("place", "organisation"):
        return False
    inside = range(first, stop)
    last = reading.words[stop - 1].text.lower()
    hangs = reading.head[index] in inside and word.deprel in ("compound", "flat")
    linked = ("flat", "appos") if "Number=Plur" in word.feats or word.upos == "PROPN" else ("flat",)
    heads = any(reading.head[i] == index and reading.words[i].deprel in linked for i in inside)
    if at is not None:  # two names side by side: one only where the second is no place
        branch = kind_of(at) == "organisation"  # "Save the Coast Portugal"
        told = branch or called_by_name(last) or _kind_of_word(reading, stop - 1, entities) != "place"
        return (hangs or heads or (branch and _hang_together(reading, at, inside))) and bool(told)
    return hangs or heads


def _hang_together(reading: Reading, entity: Entity, name: range) -> bool:
    """Whether the name right behind ``entity`` hangs on it in the parse, without a preposition."""
    before = reading.words_between(entity.start, entity.end)
    near = ("flat", "appos", "compound", "nmod", "nmod:desc", "list", "dep")
    return any(
        reading.head[i] in before and reading.words[i].deprel in near and reading.child(i, "case") is None for i in name
    )


def _kind_of_word(reading: Reading, index: int, entities: Sequence[Entity]) -> str:
    """What the entity model takes the word for; empty for no name."""
    place = reading.words[index].start
    return next((kind_of(e) or "" for e in overlapping(entities, place, place + 1)), "")


def split_after_title(reading: Reading, entity: Entity) -> list[Entity]:
    """``Director of Works for the town of Mere Alan Poole said``: a place and a person that the model took for one name."""
    parts = entity.text.split()
    if kind_of(entity) not in ("place", "organisation", "person") or not 3 <= len(parts) <= 4:
        return [entity]
    words = reading.words_between(entity.start, entity.end)
    # A title without "a" cannot go without a name: of three names the first is then the place.
    office = office_before(reading, words.start + 1)
    forced = (
        (kind_of(entity) == "person" or (kind_of(entity) == "place" and parts[0].lower() not in OF_PLACES))
        and len(parts) == 3
        and office is not None
        and is_bare(reading, office)
    )
    first = parts[1].lower() in first_names() and not called_by_name(entity.text)
    if parts[0].lower() in first_names() or not (forced or first):
        return [entity]
    sentence = reading.sentence_range(words.start)
    before = words.start - 1
    if before in sentence and reading.words[before].text.istitle():
        before -= 1  # "of Nordic Salt Henrik Vogt", of which the model took "Nordic" for a people
    if before not in sentence or reading.lower[before] not in ("of", "for", "at", "in"):
        return [entity]
    verb = words.stop
    while verb in sentence and reading.words[verb].upos == "ADV":
        verb += 1
    if verb not in sentence or reading.words[verb].upos not in ("VERB", "AUX"):
        return [entity]
    start = entity.start + len(parts[0]) + 1
    return [
        replace(_of(reading, entity, entity.start, start - 1), type="GPE"),
        Entity(start, entity.end, "PERSON", reading.text[start : entity.end]),
    ]
