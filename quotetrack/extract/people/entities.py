"""Correct the entities of the parse: their boundaries and their types.

The entity model reads a name by itself. Its context adds evidence: a title, the rest of the name, an abbreviation in
brackets. All later steps use the corrected entities.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from quotetrack.extract.people.entity_boundaries import (
    PLACE_NAME_STARTS,
    SUFFIX,
    extend_body,
    extend_person,
    split_after_title,
    with_place_after_preposition,
)
from quotetrack.extract.people.fronted_trades import without_trade
from quotetrack.extract.people.kinds import called_by_name, nouns
from quotetrack.extract.people.long_forms import long_forms
from quotetrack.extract.people.mentions import kind_of
from quotetrack.extract.people.of_names import EDGES_OF_NAME, of_places
from quotetrack.extract.reading import Reading, overlapping
from quotetrack.extract.roles.abbreviations import short_offices
from quotetrack.model import Entity
from quotetrack.text.cells import Cells
from quotetrack.text.names import first_names, fold, is_address, strip_title
from quotetrack.text.occurrences import occurrences
from quotetrack.text.role_nouns import is_role_noun

# Nouns for persons that also describe bodies: "the owner, Calder Line".
_PERSON_OR_BODY_NOUNS = {
    "owner", "co-owner", "maker", "supplier", "sponsor", "developer", "contractor", "publisher", "partner", "rival", "competitor",
    "client", "customer", "lender", "employer", "winner", "leader", "buyer", "seller", "ally", "champion", "member", "opponent",
    "provider", "successor", "predecessor", "founder", "backer", "holder", "exporter", "importer", "promoter", "organiser",
    "organizer", "distributor", "creditor", "shareholder", "parent", "subsidiary", "neighbour", "neighbor", "giant", "newcomer",
}  # fmt: skip
_FAMILY_FIRM = re.compile(r"\s(?:&|and)\s(?:Sons?|Daughters?|Brothers|Partners|Associates|Co|Company)\b")
# As ``EDGES_OF_NAME``, for initials, which can be joined by ``&``.
_EDGES_OF_INITIALS = (re.compile(r"[\w’'&-]"), re.compile(r"[\w&-]"))
# Initials in brackets after a name.
_INITIALS = re.compile(r"\s\(([A-Z]{2,10})\)")


def corrected_entities(reading: Reading) -> tuple[Entity, ...]:
    """Return the corrected entities in text order, without overlaps."""
    entities = _without_offices(reading)
    entities = [_as_family_firm(reading, _as_person_with_suffix(reading, e)) for e in entities]
    entities = [extend_person(reading, e, entities) if kind_of(e) == "person" else e for e in entities]
    entities = _without_overlaps(entities)
    entities = [without_trade(reading, e) if kind_of(e) == "person" else e for e in entities]
    entities = _without_overlaps(
        [with_place_after_preposition(reading, e, entities) if kind_of(e) == "organisation" else e for e in entities]
    )
    entities = [extend_body(reading, e, entities) if kind_of(e) in ("place", "organisation") else e for e in entities]
    spelled = list(long_forms(reading, entities))
    # "the Calder Trade Forum (CTF) Awards": an event whose name starts with the name of a body
    entities = [e for e in entities if kind_of(e) is not None or not overlapping(spelled, e.start, e.end)]
    entities = _without_overlaps([*entities, *spelled])
    entities = [part for e in entities for part in split_after_title(reading, e)]
    named = (strip_title(e.text)[0].split() for e in entities if kind_of(e) == "person")
    surnames = Counter(name[-1] for name in named if name)
    persons = [e.text for e in entities if kind_of(e) == "person"]
    entities = _without_ranks(entities, persons)
    short_body_names = _short_body_names(reading, entities)
    entities = [_with_corrected_type(reading, e, surnames, short_body_names) for e in entities]
    entities = [
        _typed_like_conjunct(reading, e, before) for before, e in zip([None, *entities], entities, strict=False)
    ]
    entities = _without_overlaps([*entities, *_missed_full_names(reading, entities, surnames)])
    entities = _without_overlaps([*entities, *of_places(reading, entities)])
    entities = _without_overlaps([*entities, *_repeated_body_names(reading, entities)])
    return tuple(_without_overlaps([*entities, *_repeated_initials(reading, entities)]))


def _without_offices(reading: Reading) -> list[Entity]:
    """Drop entities that are offices.

    In ``Upazila Nirbahi Officer (UNO)``, ``Upazila Nirbahi`` is not a person; ``the UNO`` is not a body anywhere in the
    article.
    """
    offices = Cells((office.start, office.end, office) for office in short_offices(reading))
    short = {office.short for office in offices.all()}
    return [
        entity
        for entity in reading.parsed.entities
        if entity.text not in short
        and not any(
            office.start <= entity.start and entity.end <= office.end
            for office in offices.over(entity.start, entity.end)
        )
    ]


def _as_family_firm(reading: Reading, entity: Entity) -> Entity:
    """Extend a surname to the firm that bears it: ``Marrow & Sons``, where the entity model finds only ``Marrow``."""
    found = (
        _FAMILY_FIRM.match(reading.text, entity.end) if kind_of(entity) is not None and " " not in entity.text else None
    )
    if found is None:
        return entity
    return replace(entity, end=found.end(), type="ORG", text=reading.text[entity.start : found.end()])


def _as_person_with_suffix(reading: Reading, entity: Entity) -> Entity:
    """Make a full name before ``Jr`` or ``Sr`` a person, whatever its entity type."""
    has_suffix = (
        kind_of(entity) in ("place", "organisation") and " " in entity.text and SUFFIX.match(reading.text, entity.end)
    )
    return replace(entity, type="PERSON") if has_suffix else entity


def _without_ranks(entities: Sequence[Entity], names: Sequence[str]) -> list[Entity]:
    by_surname: dict[tuple[str, ...], dict[str, None]] = {}
    for name in names:
        by_surname.setdefault(fold(name)[-1:], {})[name] = None
    return [_without_rank(entity, by_surname) for entity in entities]


def _without_rank(entity: Entity, by_surname: Mapping[tuple[str, ...], Iterable[str]]) -> Entity:
    """Remove a rank from a surname: ``Vale`` for ``DS Vale`` or ``Adv Vale``, if the article names ``Imran Vale``.

    Capitals that could be the initials of that person are kept.
    """
    found = re.fullmatch(r"(\w{2,5})\.?\s(\S+)", entity.text)
    if found is None or kind_of(entity) != "person" or not (found[1].isupper() or is_address(found[1])):
        return entity
    full = [name.split() for name in by_surname.get(fold(found[2])[-1:], ()) if name != entity.text]
    full = [parts for parts in full if len(parts) > 1 and parts[0] != found[1]]
    if not full or any(parts[0].startswith(found[1][0]) for parts in full):
        return entity
    return replace(entity, start=entity.start + found.start(2), text=found[2])


def _without_overlaps(entities: Sequence[Entity]) -> list[Entity]:
    """Resolve overlaps: keep the longer entity."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (e.start, -e.end)):
        if kept and entity.start < kept[-1].end:
            if entity.end - entity.start > kept[-1].end - kept[-1].start:
                kept[-1] = entity
            continue
        kept.append(entity)
    return kept


def _with_corrected_type(
    reading: Reading, entity: Entity, surnames: Counter[str], short_body_names: set[str]
) -> Entity:
    """Correct the entity type where the context contradicts the model."""
    kind = kind_of(entity)
    text = entity.text.strip()
    if kind == "person" and text in short_body_names:
        return replace(entity, type="ORG")
    if kind == "person" and re.match(r",?\swhich\s", reading.text[entity.end : entity.end + 8]):
        return replace(entity, type="ORG") if surnames[text.split()[-1]] == 1 else entity
    doubtful = kind in ("organisation", "place") or entity.type.upper() == "MISC"
    if not doubtful or not re.fullmatch(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'.-]+){0,2}", text):
        return entity
    before = reading.text[max(0, entity.start - 60) : entity.start]
    if re.search(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady)\.?\s$", before):
        return replace(entity, type="PERSON")
    words = text.split()
    if len(words) < 2 or before.endswith(("the ", "The ")):
        return entity
    known = surnames[words[-1]] > 0 and (
        words[0].lower() in first_names()
        or (len(words) == 2 and words[0].lower() not in PLACE_NAME_STARTS and _is_subject(reading, entity))
    )  # "Will Price … Price said"
    if (known and not called_by_name(text)) or _follows_person_noun(reading, entity):
        return replace(entity, type="PERSON")
    return entity


def _short_body_names(reading: Reading, entities: Sequence[Entity]) -> set[str]:
    """Return single-word names that abbreviate the name of a body, so that they are not persons.

    Either the name first occurs in brackets after a body (``Selby Centre for Rights (Selcen)``), or the full name
    follows it (``Cafo - the Coastal Artisans Fishing Organisation``).
    """
    first: dict[str, str] = {}
    for before, entity in pairwise(entities):
        beside = kind_of(before) == "organisation" and reading.text[before.end : entity.start] == " ("
        closed = reading.text[entity.end : entity.end + 1] == ")" and " " not in entity.text
        first.setdefault(entity.text, "short" if beside and closed else "")
        initials = "".join(word[0] for word in entity.text.split() if word[:1].isupper())
        if len(initials) > 2 and before.text.upper() == initials and kind_of(entity) == "organisation":
            explained = re.fullmatch(r"\s?[-–—,(]\s?(?:the\s)?", reading.text[before.end : entity.start])
            first[before.text] = "short" if explained else first.get(before.text, "")
    return {name for name, is_short in first.items() if is_short}


def _typed_like_conjunct(reading: Reading, entity: Entity, before: Entity | None) -> Entity:
    """Tag a two-word name as a person if it is coordinated with one: ``Ilka Stroud and Per Ohm``.

    Names that contain a noun for a body are left alone.
    """
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


def _missed_full_names(reading: Reading, entities: Sequence[Entity], surnames: Counter[str]) -> Iterator[Entity]:
    """Yield full names that the entity model missed.

    A missed name is two or three capitalised words that are the subject of a clause, with a known first name or
    surname.
    """
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


def _repeated_body_names(reading: Reading, entities: Sequence[Entity]) -> Iterator[Entity]:
    """Yield further occurrences of the names of bodies.

    Only names of several words, or with a capital inside (``eVelga``), are looked for.
    """
    named = {
        e.text: e.type
        for e in entities
        if kind_of(e) == "organisation"
        and re.fullmatch(r"[A-Z][\w’'&.-]*(?:\s[\w’'&.-]+)*\s[A-Z][\w’'&-]+|[\w-]*[a-z][A-Z]\w+", e.text)
    }
    for name, start in occurrences(reading.text, named, EDGES_OF_NAME):
        if not overlapping(entities, start, start + len(name)):
            yield Entity(start, start + len(name), named[name], name)


def _repeated_initials(reading: Reading, entities: Sequence[Entity]) -> Iterator[Entity]:
    """Yield later occurrences of initials introduced in brackets after a body: ``ED`` at the start of a sentence."""
    introduced: dict[str, tuple[int, str]] = {}
    for entity in entities:
        found = _INITIALS.match(reading.text, entity.end) if kind_of(entity) == "organisation" else None
        if found is not None:
            introduced.setdefault(found[1], (found.end(), entity.type))
    for name, start in occurrences(reading.text, introduced, _EDGES_OF_INITIALS):
        behind, kind = introduced[name]
        if start >= behind and not overlapping(entities, start, start + len(name)):
            yield Entity(start, start + len(name), kind, name)


def _is_subject(reading: Reading, entity: Entity) -> bool:
    """Whether the entity is the active subject of a verb."""
    words = reading.words_between(entity.start, entity.end)
    heads = [reading.head[i] if reading.words[i].deprel == "appos" else i for i in words]
    return any(reading.words[i].deprel == "nsubj" and reading.words[reading.head[i]].upos == "VERB" for i in heads)


def _follows_person_noun(reading: Reading, entity: Entity) -> bool:
    """Whether a noun used only for persons stands before the name: ``The pilot, Arne Folk,``, ``engineer Tor Bank``."""
    words = reading.words_between(entity.start, entity.end)
    sentence = reading.sentence_range(words.start)
    index = words.start - 1
    comma = index in sentence and reading.words[index].text == ","
    index -= comma
    if index not in sentence:
        return False
    noun = reading.words[index]
    role = noun.upos in ("NOUN", "PROPN") and is_role_noun(noun.text) and "Number=Plur" not in noun.feats
    if not role or noun.text.lower() in _PERSON_OR_BODY_NOUNS | nouns():
        return re.match(r",\s(?:\d\d,|who\s)", reading.text[entity.end : entity.end + 7]) is not None
    if comma:
        determiner = next(
            (i for i in range(index, sentence.start - 1, -1) if reading.words[i].upos in ("DET", "PRON")), None
        )
        after = reading.words[words.stop].text if words.stop in sentence else "."
        return determiner is not None and index - determiner < 5 and after in (",", ".")
    return not called_by_name(entity.text)
