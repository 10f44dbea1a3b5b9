"""The entities of an article as its own words correct them: names taken in whole, and classed by their use.

The entity model reads a name by itself. What stands beside it tells more: a title, the rest of the name, an abbreviation in
brackets that spells it out. Everything downstream sees the corrected entities.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotetrack.extract.kinds import called_by_name, nouns
from quotetrack.extract.mentions import kind_of
from quotetrack.extract.names import HONORIFICS, TITLES, first_names, strip_title
from quotetrack.extract.people.spelling import spelt_out
from quotetrack.extract.phrases import MONTHS_AND_DAYS
from quotetrack.extract.reading import Reading
from quotetrack.extract.role_nouns import is_role_noun
from quotetrack.extract.role_offices import is_bare, office_before
from quotetrack.model import Entity

_NAME_TAGS = {"PROPN", "NOUN", "ADJ", "INTJ", "X"}
_PARTICLE = {"da", "de", "van", "von", "der", "den", "bin", "al", "el", "di", "du", "dos", "del", "la"}
_SUFFIX = re.compile(r",?\s(?:Junior|Senior|Jr\.?|Sr\.?|II|III|IV)(?=[\s,.;:’']|$)")
# Nouns for persons that bodies are called by as well: "the owner, Calder Line".
_OF_PLACES = {
    "port", "new", "san", "santa", "saint", "st", "north", "south", "east", "west", "mount", "lake", "fort", "cape", "great", "upper",
    "lower", "old", "el", "los", "las", "la", "le", "rio", "puerto", "hotel", "camp", "point", "isle", "island", "university", "the",
}  # fmt: skip
_EITHER = {
    "owner", "co-owner", "maker", "supplier", "sponsor", "developer", "contractor", "publisher", "partner", "rival", "competitor",
    "client", "customer", "lender", "employer", "winner", "leader", "buyer", "seller", "ally", "champion", "member", "opponent",
    "provider", "successor", "predecessor", "founder", "backer", "holder", "exporter", "importer", "promoter", "organiser",
    "organizer", "distributor", "creditor", "shareholder", "parent", "subsidiary", "neighbour", "neighbor", "giant", "newcomer",
}  # fmt: skip


def mended(reading: Reading) -> tuple[Entity, ...]:
    """The entities of the parse, corrected, in text order and apart from each other."""
    entities = list(reading.parsed.entities)
    entities = [_whole_person(reading, e, entities) if kind_of(e) == "person" else e for e in entities]
    entities = _apart(entities)
    entities = [_whole_body(reading, e, entities) if kind_of(e) in ("place", "organisation") else e for e in entities]
    entities = _apart([*entities, *spelt_out(reading, entities)])
    entities = [part for e in entities for part in _split_after_title(reading, e)]
    named = (strip_title(e.text)[0].split() for e in entities if kind_of(e) == "person")
    surnames = Counter(name[-1] for name in named if name)
    entities = [_classed(reading, e, surnames) for e in entities]
    entities = [_as_its_neighbour(reading, e, before) for before, e in zip([None, *entities], entities, strict=False)]
    return tuple(_apart([*entities, *_passed_over(reading, entities, surnames)]))


def _apart(entities: Sequence[Entity]) -> list[Entity]:
    """The entities without those that another, longer one takes in."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (e.start, -e.end)):
        if kept and entity.start < kept[-1].end:
            if entity.end - entity.start > kept[-1].end - kept[-1].start:
                kept[-1] = entity
            continue
        kept.append(entity)
    return kept


def _of(reading: Reading, entity: Entity, start: int, end: int) -> Entity:
    return replace(entity, start=start, end=end, text=reading.text[start:end])


def _whole_person(reading: Reading, entity: Entity, entities: Sequence[Entity]) -> Entity:
    """``Aksel`` + ``Bye``, ``Ho`` + ``Jun-bae``, ``Anton Vale`` + ``Junior``: what the entity model left off a person's name."""
    start, end = entity.start, entity.end
    if " " not in entity.text.strip() and not reading.in_title_case(start):
        taken = [e for e in entities if e is not entity]
        words = reading.words_between(start, end)
        after, before = words.stop, words.start - 1
        if _goes_on(reading, words, after, taken) and reading.text[end : end + 1] == " ":
            end = reading.words[after].end
        elif _began(reading, words, before, taken):
            start = reading.words[before].start
    if suffix := _SUFFIX.match(reading.text, end):
        end = suffix.end()
    return entity if (start, end) == (entity.start, entity.end) else _of(reading, entity, start, end)


def _is_free(reading: Reading, index: int, taken: Sequence[Entity]) -> bool:
    """Whether the word may be part of a name: a capital, no other name's, no title, no day."""
    word = reading.words[index]
    return (
        re.fullmatch(r"[A-Z][a-z’'-]*[a-z]", word.text) is not None
        and (word.upos in _NAME_TAGS or (word.upos == "VERB" and reading.text[word.end : word.end + 1] == ","))
        and word.text.lower() not in HONORIFICS | TITLES | MONTHS_AND_DAYS
        and not is_role_noun(word.text)
        and not any(e.start < word.end and word.start < e.end for e in taken)
    )


def _goes_on(reading: Reading, name: range, index: int, taken: Sequence[Entity]) -> bool:
    """Whether the word after a first name is its surname."""
    if index >= len(reading.words) or reading.sentence_of[index] != reading.sentence_of[name.start]:
        return False
    word = reading.words[index]
    # A capital in mid-sentence on what is no name to the tagger ("Aksel Bye,") can only be one.
    first = reading.lower[name.start] in first_names() or word.deprel == "flat" or word.upos in ("INTJ", "X", "VERB")
    return first and _is_free(reading, index, taken) and reading.quoted_at(word.start) is None


def _began(reading: Reading, name: range, index: int, taken: Sequence[Entity]) -> bool:
    """Whether the word before a surname is its first name."""
    if index < 0 or not name or reading.words[index].end + 1 != reading.words[name.start].start:
        return False
    if reading.sentence_of[index] != reading.sentence_of[name.start]:
        return False
    word = reading.words[index]
    short = re.fullmatch(r"[A-Z][a-z]+", word.text) is not None and word.text.lower() not in MONTHS_AND_DAYS
    if short and word.upos == "PROPN" and (reading.head[index] in name or reading.head[name.start] == index):
        return _is_free(reading, index, taken) and reading.words[index].deprel != "compound"
    # "Per Lund told": no preposition heads the subject of a verb.
    if word.upos == "ADP" and short and word.deprel == "case" and reading.head[index] in name:
        aside = reading.text[reading.words[name.stop - 1].end :][:1] == ","
        mark = reading.text[max(0, word.start - 2) : word.start].strip()
        return mark in ("”", '"', "’") and aside and word.text.lower() == "per"
    return False


def _whole_body(reading: Reading, entity: Entity, entities: Sequence[Entity]) -> Entity:
    """``Rail Workers`` + ``Ireland``, ``China`` + ``Quarry``: a body's name that holds the name of a place is all of it."""
    words = reading.words_between(entity.start, entity.end)
    if not words or reading.in_title_case(entity.start) or "\n" in entity.text:
        return entity
    first = words.start
    sentence = reading.sentence_range(first)
    while first - 1 in sentence and _belongs(reading, first - 1, first, words.stop, entities):
        first -= 1
    start = reading.words[first].start
    start = min([start, *(e.start for e in entities if e.start < start < e.end)])
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
    at = next((e for e in entities if e.start <= word.start < e.end), None)
    if at is not None and kind_of(at) not in ("place", "organisation"):
        return False
    inside = range(first, stop)
    last = reading.words[stop - 1].text.lower()
    hangs = reading.head[index] in inside and word.deprel in ("compound", "flat")
    linked = ("flat", "appos") if "Number=Plur" in word.feats or word.upos == "PROPN" else ("flat",)
    heads = any(reading.head[i] == index and reading.words[i].deprel in linked for i in inside)
    if at is not None:  # two names side by side: one only where the second is no place
        branch = kind_of(at) == "organisation"  # "Save the Coast Portugal"
        told = branch or called_by_name(last) or kind_of_word(reading, stop - 1, entities) != "place"
        return (hangs or heads or (branch and _hang_together(reading, at, inside))) and bool(told)
    return hangs or heads


def _hang_together(reading: Reading, entity: Entity, name: range) -> bool:
    """Whether the name right behind ``entity`` hangs on it in the parse, without a preposition."""
    before = reading.words_between(entity.start, entity.end)
    near = ("flat", "appos", "compound", "nmod", "nmod:desc", "list", "dep")
    return any(
        reading.head[i] in before and reading.words[i].deprel in near and reading.child(i, "case") is None for i in name
    )


def kind_of_word(reading: Reading, index: int, entities: Sequence[Entity]) -> str:
    """What the entity model takes the word for; empty for no name."""
    place = reading.words[index].start
    return next((kind_of(e) or "" for e in entities if e.start <= place < e.end), "")


def _split_after_title(reading: Reading, entity: Entity) -> list[Entity]:
    """``Director of Works for the town of Mere Alan Poole said``: a place and a person that the model took for one name."""
    parts = entity.text.split()
    if kind_of(entity) not in ("place", "organisation", "person") or not 3 <= len(parts) <= 4:
        return [entity]
    words = reading.words_between(entity.start, entity.end)
    # A title without "a" cannot go without a name: of three names the first is then the place.
    office = office_before(reading, words.start + 1)
    forced = kind_of(entity) == "person" and len(parts) == 3 and office is not None and is_bare(reading, office)
    first = parts[1].lower() in first_names() and not called_by_name(entity.text)
    if parts[0].lower() in first_names() or not (forced or first):
        return [entity]
    sentence = reading.sentence_range(words.start)
    before = words.start - 1
    if before in sentence and reading.words[before].text.istitle():
        before -= 1  # "of Nordic Salt Henrik Vogt", of which the model took "Nordic" for a people
    if before not in sentence or reading.lower[before] not in ("of", "for", "at", "in"):
        return [entity]
    if words.stop not in sentence or reading.words[words.stop].upos not in ("VERB", "AUX"):
        return [entity]
    start = entity.start + len(parts[0]) + 1
    return [
        replace(_of(reading, entity, entity.start, start - 1), type="GPE"),
        Entity(start, entity.end, "PERSON", reading.text[start : entity.end]),
    ]


def _classed(reading: Reading, entity: Entity, surnames: Counter[str]) -> Entity:
    """The entity with the class that its surroundings tell, where they contradict the model."""
    kind = kind_of(entity)
    text = entity.text.strip()
    if kind == "person" and re.match(r",?\swhich\s", reading.text[entity.end : entity.end + 8]):
        return replace(entity, type="ORG") if surnames[text.split()[-1]] == 1 else entity
    if kind not in ("organisation", "place") or not re.fullmatch(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'.-]+){0,2}", text):
        return entity
    before = reading.text[max(0, entity.start - 60) : entity.start]
    if re.search(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady)\.?\s$", before):
        return replace(entity, type="PERSON")
    words = text.split()
    if len(words) < 2 or before.endswith(("the ", "The ")):
        return entity
    known = surnames[words[-1]] > 0 and (
        words[0].lower() in first_names()
        or (len(words) == 2 and words[0].lower() not in _OF_PLACES and _is_subject(reading, entity))
    )  # "Will Price … Price said"
    if (known and not called_by_name(text)) or _told_by_role(reading, entity):
        return replace(entity, type="PERSON")
    return entity


def _as_its_neighbour(reading: Reading, entity: Entity, before: Entity | None) -> Entity:
    """``Ilka Stroud and Per Ohm``: what is named in one breath with a person and by no word for a body is one."""
    if before is None or kind_of(before) != "person" or kind_of(entity) not in ("organisation", "place"):
        return entity
    if (
        " " not in before.text
        or not re.fullmatch(r"[A-Z][\w’'-]+\s[A-Z][\w’'-]+", entity.text)
        or called_by_name(entity.text)
    ):
        return entity
    if reading.text[before.end : entity.start] != " and ":
        return entity
    names = [reading.words_between(e.start, e.end) for e in (before, entity)]
    joined = any(reading.words[i].deprel == "conj" and reading.head[i] in names[0] for i in names[1])
    return replace(entity, type="PERSON") if joined else entity


def _passed_over(reading: Reading, entities: Sequence[Entity], surnames: Counter[str]) -> Iterator[Entity]:
    """Full names that the entity model did not see: two names or three in a row, subject of a verb, and one of them known."""
    taken = {i for e in entities for i in reading.words_between(e.start, e.end)}
    for index, word in enumerate(reading.words):
        if word.deprel.split(":")[0] != "nsubj" or word.upos != "PROPN" or index in taken:
            continue
        last = index
        while (
            last + 1 < len(reading.words)
            and reading.words[last + 1].deprel == "flat"
            and reading.head[last + 1] == index
        ):
            last += 1
        name = reading.text[word.start : reading.words[last].end]
        if not re.fullmatch(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,2}", name) or taken & set(range(index, last + 1)):
            continue
        known = word.text.lower() in first_names() or surnames[reading.words[last].text]
        if known and not called_by_name(name) and not is_role_noun(word.text) and not reading.in_title_case(word.start):
            yield Entity(word.start, reading.words[last].end, "PERSON", name)


def _is_subject(reading: Reading, entity: Entity) -> bool:
    words = reading.words_between(entity.start, entity.end)
    return any(reading.words[i].deprel == "nsubj" and reading.words[reading.head[i]].upos == "VERB" for i in words)


def _told_by_role(reading: Reading, entity: Entity) -> bool:
    """Whether a noun that only persons are called by stands before the name: ``The pilot, Arne Folk,``, ``engineer Tor Bank``."""
    words = reading.words_between(entity.start, entity.end)
    sentence = reading.sentence_range(words.start)
    index = words.start - 1
    comma = index in sentence and reading.words[index].text == ","
    index -= comma
    if index not in sentence:
        return False
    noun = reading.words[index]
    role = noun.upos in ("NOUN", "PROPN") and is_role_noun(noun.text) and "Number=Plur" not in noun.feats
    if not role or noun.text.lower() in _EITHER | nouns():
        return re.match(r",\s(?:\d\d,|who\s)", reading.text[entity.end : entity.end + 7]) is not None
    if comma:
        opens = next(
            (i for i in range(index, sentence.start - 1, -1) if reading.words[i].upos in ("DET", "PRON")), None
        )
        after = reading.words[words.stop].text if words.stop in sentence else "."
        return opens is not None and index - opens < 5 and after in (",", ".")
    return not called_by_name(entity.text)
