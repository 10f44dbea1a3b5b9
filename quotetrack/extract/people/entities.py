"""The entities of an article as its own words correct them: names taken in whole, and classed by their use.

The entity model reads a name by itself. What stands beside it tells more: a title, the rest of the name, an abbreviation in
brackets that spells it out. Everything downstream sees the corrected entities.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from quotetrack.extract.people.fronted_trades import without_trade
from quotetrack.extract.people.kinds import called_by_name, nouns
from quotetrack.extract.people.mentions import kind_of
from quotetrack.extract.people.of_names import of_places
from quotetrack.extract.people.spelling import spelt_out
from quotetrack.extract.people.wholes import OF_PLACES, SUFFIX, split_after_title, whole_body, whole_person
from quotetrack.extract.reading import Reading, overlapping
from quotetrack.extract.roles.abbreviations import short_offices
from quotetrack.model import Entity
from quotetrack.text.names import first_names, fold, is_address, strip_title
from quotetrack.text.role_nouns import is_role_noun

# Nouns for persons that bodies are called by as well: "the owner, Calder Line".
_EITHER = {
    "owner", "co-owner", "maker", "supplier", "sponsor", "developer", "contractor", "publisher", "partner", "rival", "competitor",
    "client", "customer", "lender", "employer", "winner", "leader", "buyer", "seller", "ally", "champion", "member", "opponent",
    "provider", "successor", "predecessor", "founder", "backer", "holder", "exporter", "importer", "promoter", "organiser",
    "organizer", "distributor", "creditor", "shareholder", "parent", "subsidiary", "neighbour", "neighbor", "giant", "newcomer",
}  # fmt: skip
_HOUSE = re.compile(r"\s(?:&|and)\s(?:Sons?|Daughters?|Brothers|Partners|Associates|Co|Company)\b")
# Initials in brackets behind a name.
_INITIALS = re.compile(r"\s\(([A-Z]{2,10})\)")


def mended(reading: Reading) -> tuple[Entity, ...]:
    """The entities of the parse, corrected, in text order and apart from each other."""
    entities = _without_offices(reading)
    entities = [_as_house(reading, _as_son(reading, e)) for e in entities]
    entities = [whole_person(reading, e, entities) if kind_of(e) == "person" else e for e in entities]
    entities = [without_trade(reading, e) if kind_of(e) == "person" else e for e in _apart(entities)]
    entities = [whole_body(reading, e, entities) if kind_of(e) in ("place", "organisation") else e for e in entities]
    spelt = list(spelt_out(reading, entities))
    # "the Calder Trade Forum (CTF) Awards": an event whose name begins with that of a body
    entities = [e for e in entities if kind_of(e) is not None or not overlapping(spelt, e.start, e.end)]
    entities = _apart([*entities, *spelt])
    entities = [part for e in entities for part in split_after_title(reading, e)]
    named = (strip_title(e.text)[0].split() for e in entities if kind_of(e) == "person")
    surnames = Counter(name[-1] for name in named if name)
    persons = [e.text for e in entities if kind_of(e) == "person"]
    entities = [_without_rank(e, persons) for e in entities]
    short_names = _short_names(reading, entities)
    entities = [_classed(reading, e, surnames, short_names) for e in entities]
    entities = [_as_its_neighbour(reading, e, before) for before, e in zip([None, *entities], entities, strict=False)]
    entities = _apart([*entities, *_passed_over(reading, entities, surnames)])
    entities = _apart([*entities, *of_places(reading, entities)])
    entities = _apart([*entities, *_named_again(reading, entities)])
    return tuple(_apart([*entities, *_short_again(reading, entities)]))


def _without_offices(reading: Reading) -> list[Entity]:
    """The entities of the parse without those that are offices: ``the UNO`` is no body, and ``Upazila Nirbahi`` is nobody where it is the
    beginning of ``Upazila Nirbahi Officer (UNO)``."""
    offices = list(short_offices(reading))
    return [
        entity
        for entity in reading.parsed.entities
        if not any(
            entity.text == office.short or (office.start <= entity.start and entity.end <= office.end)
            for office in offices
        )
    ]


def _as_house(reading: Reading, entity: Entity) -> Entity:
    """``Marrow & Sons``, a house by the name of its owner, where the entity model takes the owner alone."""
    found = _HOUSE.match(reading.text, entity.end) if kind_of(entity) is not None and " " not in entity.text else None
    if found is None:
        return entity
    return replace(entity, end=found.end(), type="ORG", text=reading.text[entity.start : found.end()])


def _as_son(reading: Reading, entity: Entity) -> Entity:
    """``Anton Vale`` before ``Jr`` as a person, whatever the entity model takes it for."""
    son = kind_of(entity) in ("place", "organisation") and " " in entity.text and SUFFIX.match(reading.text, entity.end)
    return replace(entity, type="PERSON") if son else entity


def _without_rank(entity: Entity, names: Sequence[str]) -> Entity:
    """``Vale`` of ``DS Vale`` or ``Adv Vale``, where the article names ``Imran Vale``: capitals that are nobody's initials are a rank."""
    found = re.fullmatch(r"(\w{2,5})\.?\s(\S+)", entity.text)
    if found is None or kind_of(entity) != "person" or not (found[1].isupper() or is_address(found[1])):
        return entity
    full = [name.split() for name in names if name != entity.text and fold(name)[-1:] == fold(found[2])[-1:]]
    full = [parts for parts in full if len(parts) > 1 and parts[0] != found[1]]
    if not full or any(parts[0].startswith(found[1][0]) for parts in full):
        return entity
    return replace(entity, start=entity.start + found.start(2), text=found[2])


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


def _classed(reading: Reading, entity: Entity, surnames: Counter[str], short_names: set[str]) -> Entity:
    """The entity with the class that its surroundings tell, where they contradict the model."""
    kind = kind_of(entity)
    text = entity.text.strip()
    if kind == "person" and text in short_names:
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
        or (len(words) == 2 and words[0].lower() not in OF_PLACES and _is_subject(reading, entity))
    )  # "Will Price … Price said"
    if (known and not called_by_name(text)) or _told_by_role(reading, entity):
        return replace(entity, type="PERSON")
    return entity


def _short_names(reading: Reading, entities: Sequence[Entity]) -> set[str]:
    """Single names that first come in brackets right behind a body's (``Selby Centre for Rights (Selcen)``), or that a body's of those initials
    explains (``Cafo - the Coastal Artisans Fishing Organisation``). None of them is a person."""
    first: dict[str, str] = {}
    for before, entity in pairwise(entities):
        beside = kind_of(before) == "organisation" and reading.text[before.end : entity.start] == " ("
        closed = reading.text[entity.end : entity.end + 1] == ")" and " " not in entity.text
        first.setdefault(entity.text, "short" if beside and closed else "")
        initials = "".join(word[0] for word in entity.text.split() if word[:1].isupper())
        if len(initials) > 2 and before.text.upper() == initials and kind_of(entity) == "organisation":
            explained = re.fullmatch(r"\s?[-–—,(]\s?(?:the\s)?", reading.text[before.end : entity.start])
            first[before.text] = "short" if explained else first.get(before.text, "")
    return {name for name, how in first.items() if how}


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


def _named_again(reading: Reading, entities: Sequence[Entity]) -> Iterator[Entity]:
    """The places where a body's name stands that the entity model saw elsewhere: several words, or one with a capital inside (``eVelga``)."""
    named = {
        e.text: e.type
        for e in entities
        if kind_of(e) == "organisation"
        and re.fullmatch(r"[A-Z][\w’'&.-]*(?:\s[\w’'&.-]+)*\s[A-Z][\w’'&-]+|[\w-]*[a-z][A-Z]\w+", e.text)
    }
    for name, kind in named.items():
        for match in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w-])", reading.text):
            if not overlapping(entities, match.start(), match.end()):
                yield Entity(match.start(), match.end(), kind, name)


def _short_again(reading: Reading, entities: Sequence[Entity]) -> Iterator[Entity]:
    """The places where the initials stand that the article puts in brackets behind a body's name: ``ED`` at the head of a sentence."""
    for entity in entities:
        found = _INITIALS.match(reading.text, entity.end) if kind_of(entity) == "organisation" else None
        if found is None:
            continue
        for match in re.finditer(rf"(?<![\w’'&-]){re.escape(found[1])}(?![\w&-])", reading.text[found.end() :]):
            start = found.end() + match.start()
            if not overlapping(entities, start, start + len(found[1])):
                yield Entity(start, start + len(found[1]), entity.type, found[1])


def _is_subject(reading: Reading, entity: Entity) -> bool:
    words = reading.words_between(entity.start, entity.end)
    heads = [reading.head[i] if reading.words[i].deprel == "appos" else i for i in words]
    return any(reading.words[i].deprel == "nsubj" and reading.words[reading.head[i]].upos == "VERB" for i in heads)


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
