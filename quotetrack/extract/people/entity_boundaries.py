"""Correct the boundaries of entities: extend names that were cut and split names that were joined."""

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
# First words of place names that do not start a person's name.
PLACE_NAME_STARTS = {
    "port", "new", "san", "santa", "saint", "st", "north", "south", "east", "west", "mount", "lake", "fort", "cape", "great", "upper",
    "lower", "old", "el", "los", "las", "la", "le", "rio", "puerto", "hotel", "camp", "point", "isle", "island", "university", "the",
}  # fmt: skip
_ALSO_PREPOSITIONS = {"Per"}  # first names that are also prepositions


def _with_boundaries(reading: Reading, entity: Entity, start: int, end: int) -> Entity:
    """The entity with other boundaries."""
    return replace(entity, start=start, end=end, text=reading.text[start:end])


def extend_person(reading: Reading, entity: Entity, entities: Sequence[Entity]) -> Entity:
    """Extend a person's name that the entity model cut, and cut a last word that starts the next name.

    Examples: ``Aksel`` + ``Bye``, ``Ho`` + ``Jun-bae``, ``Anton Vale`` + ``Junior``.
    """
    start, end = entity.start, entity.end
    cut = re.search(r"\S+\s$", reading.text[max(0, start - 12) : start])
    if cut and (title := TITLE_PHRASE.match(reading.text, start - len(cut[0]))) and start < title.end() < end:
        start -= len(cut[0])  # "Tan" + "Sri Lim Wei"
    elif _ends_in_next_name(reading, entity):
        end = entity.text.rindex(" ") + start
    elif " " in entity.text.strip():
        words = reading.words_between(start, end)
        before = words.start - 1
        if (
            words
            and before >= 0
            and _is_parsed_first_word(reading, words, before)
            and _may_be_name_word(reading, before, entities)
        ):
            start = reading.words[before].start
    elif not reading.in_title_case(start):
        words = reading.words_between(start, end)
        after, before = words.stop, words.start - 1
        if _is_surname_after(reading, words, after, entities) and reading.text[end : end + 1] == " ":
            end = reading.words[after].end
        elif _is_first_name_before(reading, words, before, entities):
            start = reading.words[before].start
    if suffix := SUFFIX.match(reading.text, end):
        end = suffix.end()
    return entity if (start, end) == (entity.start, entity.end) else _with_boundaries(reading, entity, start, end)


def _is_parsed_first_word(reading: Reading, name: range, index: int) -> bool:
    """Whether the parser joins the word before the name to it as its first word: ``Amir`` + ``Khan Saffari``."""
    word, sentence = reading.words[index], reading.sentence_of[index]
    joined = any(reading.head[i] == index and reading.words[i].deprel == "flat" for i in name)
    beside = word.end + 1 == reading.words[name.start].start and sentence == reading.sentence_of[name.start]
    return joined and beside and word.upos == "PROPN" and not reading.in_title_case(word.start)


def _ends_in_next_name(reading: Reading, entity: Entity) -> bool:
    """Whether the last word, in capitals, starts the next name: ``Ruth Vale OK`` before ``Zambia``."""
    *name, last = entity.text.split()
    capitals = re.fullmatch(r"[A-Z]{2,4}", last) is not None and not re.fullmatch(r"[IVX]+|JR|SR", last)
    name_follows = re.match(r"\s[A-Z][a-z]", reading.text[entity.end : entity.end + 3]) is not None
    return len(name) > 1 and capitals and name_follows and not any(word.isupper() and len(word) > 1 for word in name)


def _may_be_name_word(reading: Reading, index: int, entities: Sequence[Entity], *, verb: bool = False) -> bool:
    """Whether the word can be part of a name: capitalised, in no other entity, no title, month or day.

    With ``verb``, words tagged as verbs are accepted too.
    """
    word = reading.words[index]
    return (
        re.fullmatch(r"[A-Z][a-z’'-]*[a-z]", word.text) is not None
        and (word.upos in _NAME_TAGS or verb or (word.upos == "VERB" and reading.text[word.end : word.end + 1] == ","))
        and word.text.lower() not in HONORIFICS | TITLES | MONTHS_AND_DAYS
        and not is_role_noun(word.text)
        and not overlapping(entities, word.start, word.end)
    )


def _is_surname_after(reading: Reading, name: range, index: int, entities: Sequence[Entity]) -> bool:
    """Whether the word at ``index``, after a first name, is the surname."""
    if index >= len(reading.words) or reading.sentence_of[index] != reading.sentence_of[name.start]:
        return False
    word = reading.words[index]
    # A capitalised interjection, foreign word or verb within a sentence ("Aksel Bye,") must be a name.
    may_precede_surname = (
        reading.lower[name.start] in first_names() or word.deprel == "flat" or word.upos in ("INTJ", "X", "VERB")
    )
    return may_precede_surname and _may_be_name_word(reading, index, entities) and reading.quoted_at(word.start) is None


def _is_first_name_before(reading: Reading, name: range, index: int, entities: Sequence[Entity]) -> bool:
    """Whether the word at ``index``, before a surname, is the first name."""
    if index < 0 or not name or reading.words[index].end + 1 != reading.words[name.start].start:
        return False
    if reading.sentence_of[index] != reading.sentence_of[name.start]:
        return False
    word = reading.words[index]
    is_plain_word = re.fullmatch(r"[A-Z][a-z]+", word.text) is not None and word.text.lower() not in MONTHS_AND_DAYS
    if is_plain_word and word.upos == "PROPN" and (reading.head[index] in name or reading.head[name.start] == index):
        return _may_be_name_word(reading, index, entities) and reading.words[index].deprel != "compound"
    if is_plain_word and word.upos == "VERB" and not reading.in_title_case(word.start):
        # "Army chief Said Boual suggested": a capital within a sentence, right after a noun for a person
        after_role_noun = index - 1 in reading.sentence_range(index) and is_role_noun(reading.words[index - 1].text)
        return (
            after_role_noun
            and reading.words[index - 1].end + 1 == word.start
            and _may_be_name_word(reading, index, entities, verb=True)
        )
    if word.text in _ALSO_PREPOSITIONS and word.upos == "ADP" and reading.head[index] in name:
        # "“…,” Per Lund, of the bank, told": capitalised within a sentence, with a comma after the name.
        aside = reading.text[reading.words[name.stop - 1].end :][:1] == ","
        return index > reading.sentence_range(index).start and aside
    return False


def with_place_after_preposition(reading: Reading, entity: Entity, entities: Sequence[Entity]) -> Entity:
    """Extend a name that ends in a preposition by the place after it: ``Nordic Support Mission in`` + ``Merland``."""
    words = reading.words_between(entity.start, entity.end)
    if len(words) < 2 or reading.words[words.stop - 1].upos != "ADP":
        return entity
    following = next(iter(overlapping(entities, entity.end, entity.end + 2)), None)
    if (
        following is not None
        and kind_of(following) == "place"
        and reading.text[entity.end : following.start] == " "
        and reading.text[following.end : following.end + 2] not in ("'s", "’s")
    ):
        return _with_boundaries(reading, entity, entity.start, following.end)
    return entity


def extend_body(reading: Reading, entity: Entity, entities: Sequence[Entity]) -> Entity:
    """Extend a body's name to the left: ``Rail Workers`` + ``Ireland``, ``China`` + ``Quarry``.

    The type of an extended name becomes ``ORG``.
    """
    words = reading.words_between(entity.start, entity.end)
    if not words or reading.in_title_case(entity.start) or "\n" in entity.text:
        return entity
    first = words.start
    sentence = reading.sentence_range(first)
    while first - 1 in sentence and _belongs_to_body(reading, first - 1, first, words.stop, entities):
        first -= 1
    start = reading.words[first].start
    start = min([start, *(e.start for e in overlapping(entities, start, start + 1))])
    if start == entity.start:
        return entity
    return replace(_with_boundaries(reading, entity, start, entity.end), type="ORG")


def _belongs_to_body(reading: Reading, index: int, first: int, stop: int, entities: Sequence[Entity]) -> bool:
    """Whether the word at ``index`` belongs to the body's name in the words from ``first`` to ``stop``."""
    word = reading.words[index]
    if word.end + 1 != reading.words[first].start or word.upos not in ("PROPN", "NOUN"):
        return False
    if not re.fullmatch(r"[A-Z][a-z]+", word.text) or (is_role_noun(word.text) and "Number=Plur" not in word.feats):
        return False
    if word.text.lower() in MONTHS_AND_DAYS | TITLES | HONORIFICS:
        return False
    entity = next(iter(overlapping(entities, word.start, word.start + 1)), None)
    if entity is not None and kind_of(entity) not in ("place", "organisation"):
        return False
    inside = range(first, stop)
    last = reading.words[stop - 1].text.lower()
    depends = reading.head[index] in inside and word.deprel in ("compound", "flat")
    linked = ("flat", "appos") if "Number=Plur" in word.feats or word.upos == "PROPN" else ("flat",)
    is_head = any(reading.head[i] == index and reading.words[i].deprel in linked for i in inside)
    if entity is not None:  # two adjacent entities are one name only if the second is no place
        is_organisation = kind_of(entity) == "organisation"  # "Save the Coast Portugal"
        is_body = is_organisation or called_by_name(last) or _kind_of_word(reading, stop - 1, entities) != "place"
        return (depends or is_head or (is_organisation and _depends_on_entity(reading, entity, inside))) and bool(
            is_body
        )
    return depends or is_head


def _depends_on_entity(reading: Reading, entity: Entity, name: range) -> bool:
    """Whether the name after ``entity`` depends on it in the parse, without a preposition."""
    head_words = reading.words_between(entity.start, entity.end)
    relations = ("flat", "appos", "compound", "nmod", "nmod:desc", "list", "dep")
    return any(
        reading.head[i] in head_words and reading.words[i].deprel in relations and reading.child(i, "case") is None
        for i in name
    )


def _kind_of_word(reading: Reading, index: int, entities: Sequence[Entity]) -> str:
    """The type of the entity at the word; empty if there is none."""
    place = reading.words[index].start
    return next((kind_of(e) or "" for e in overlapping(entities, place, place + 1)), "")


def split_after_title(reading: Reading, entity: Entity) -> list[Entity]:
    """Split a place and a person that were tagged as one name.

    ``Director of Works for the town of Mere Alan Poole said`` has the place ``Mere`` and the person ``Alan Poole``.
    """
    parts = entity.text.split()
    if kind_of(entity) not in ("place", "organisation", "person") or not 3 <= len(parts) <= 4:
        return [entity]
    words = reading.words_between(entity.start, entity.end)
    # A title without an article needs a name, so the first of three words is the place.
    office = office_before(reading, words.start + 1)
    needs_name = (
        (kind_of(entity) == "person" or (kind_of(entity) == "place" and parts[0].lower() not in PLACE_NAME_STARTS))
        and len(parts) == 3
        and office is not None
        and is_bare(reading, office)
    )
    has_first_name = parts[1].lower() in first_names() and not called_by_name(entity.text)
    if parts[0].lower() in first_names() or not (needs_name or has_first_name):
        return [entity]
    sentence = reading.sentence_range(words.start)
    before = words.start - 1
    if before in sentence and reading.words[before].text.istitle():
        before -= 1  # "of Nordic Salt Henrik Vogt", where "Nordic" was tagged as a separate entity
    if before not in sentence or reading.lower[before] not in ("of", "for", "at", "in"):
        return [entity]
    verb = words.stop
    while verb in sentence and reading.words[verb].upos == "ADV":
        verb += 1
    if verb not in sentence or reading.words[verb].upos not in ("VERB", "AUX"):
        return [entity]
    start = entity.start + len(parts[0]) + 1
    return [
        replace(_with_boundaries(reading, entity, entity.start, start - 1), type="GPE"),
        Entity(start, entity.end, "PERSON", reading.text[start : entity.end]),
    ]
