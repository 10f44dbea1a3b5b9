"""Resolve lists of persons: ``Vale and Lund``, ``the two coaches, Rall Denton and Ivo Lenz``, ``Mayors A, B and C``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from quotetrack.extract.people.known_bodies import only_one
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.conjuncts import conjuncts
from quotetrack.extract.resolve.described import BODIES
from quotetrack.extract.resolve.joint import displayed, named_together
from quotetrack.model import Span, Speaker
from quotetrack.text.names import HONORIFICS, TITLES, first_names, fold
from quotetrack.text.role_nouns import is_role_noun

_BEHIND = r"(?:\s\([^)]{1,40}\)|,?\s(?:of|from)\s(?:the\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)?"
_OFFICE = re.compile(r",?\s(?:and|nor)\s(?:the|his|her|their|its|an?|[\w’']+['’]s)\s(?:[\w’'-]+\s){0,6}?([\w-]+),\s")
_JOINED = re.compile(r",\s(?:and|nor)\s")
_LIST = re.compile(rf"{_BEHIND}(?P<join>,?\s(?:and|&|nor)\s|,\s)(?P<title>(?:[\w.’'-]+\s){{0,4}})")
_DEFINITE = re.compile(r"(?:[Bb]oth\s)?[Tt]he\s(?P<noun>\w.*)")
_COLLECTIVE = {"couple", "pair", "duo", "trio", "team"}
_NUMBERS = {
    "two": 2,
    "both": 2,
    "couple": 2,
    "pair": 2,
    "duo": 2,
    "trio": 3,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}
Part = Callable[[Span, int], Speaker | None]
NameList = list[tuple[Mention, Someone]]


def several(reading: Reading, register: Register, span: Span, head: int, part: Part) -> Speaker | None:
    """Return the joint speaker that ``span`` names; ``None`` if it names only one.

    Tried in order: a list of persons, a list of bodies and places, a person and a body, a list with bodies that are not named. ``head`` is the head of the
    phrase. ``part`` resolves a part of the phrase, given its span and its head.
    """
    names = _list_of_persons(reading, register, span)
    # The list can start with places tagged as persons: "the mayors of Selby and Mere, …".
    for start in range(len(names) - 1):
        if _covers_list(reading, span, names[start:]):
            return joint(names[start:])
    members = (
        named_together(reading, register, span)
        or _with_body(reading, register, span, head, part)
        or _with_bodies(reading, register, span, head, part)
    )
    return Speaker(_listed([m.name for m in members]), "joint", members) if members else None


def _with_body(reading: Reading, register: Register, span: Span, head: int, part: Part) -> tuple[Speaker, ...]:
    """The members of a person and a body: ``Vale and the ministry``, ``the Ferry Authority and Mayor Vale``."""
    inside = reading.words_between(span.start, span.end)
    conjunction = next((i for i in inside if reading.lower[i] == "and" and reading.head[i] in inside), None)
    if (
        conjunction is None
        or conjunction == inside.start
        or register.at(reading.words[conjunction].start, reading.words[conjunction].end)
    ):
        return ()  # "the Ministry of Ports and Trade" is one body
    second = reading.head[conjunction]
    first = reading.head[second]
    third = any(reading.words[i].deprel == "conj" and i != second for i in reading.children[first])
    if third or first not in range(inside.start, conjunction) or not _heads(reading, first, head):
        return ()
    one = reading.span(span.start, reading.words[conjunction - 1].end)
    other = reading.span(reading.words[conjunction + 1].start, span.end)
    if one is None or other is None:
        return ()
    found = [
        part(phrase, at) or _body_by_noun(register, phrase, span.start)
        for phrase, at in ((one, head if head < conjunction else first), (other, second))
    ]
    members = tuple(one for one in found if one is not None)
    return members if {one.type for one in members} == {"person", "organisation"} else ()


def _with_bodies(reading: Reading, register: Register, span: Span, head: int, part: Part) -> tuple[Speaker, ...]:
    """The members of a list that names some of its bodies by a noun: ``the council, the Ferry Authority and the union``."""
    phrases = conjuncts(reading, span, head)
    if any(register.at(one.end, other.start) for (one, _), (other, _) in pairwise(phrases)):
        return ()  # "the Ministry of Ports and Trade" is one body
    found = [part(phrase, at) or _body_by_noun(register, phrase, span.start) for phrase, at in phrases]
    members = tuple(one for one in found if one is not None and one.type != "joint")
    return members if len({one.name for one in members}) == len(phrases) else ()


def _heads(reading: Reading, index: int, head: int) -> bool:
    """Whether the word is the head of the phrase or in apposition to it."""
    return index == head or any(
        reading.head[one] == other and reading.words[one].deprel in ("appos", "flat", "nmod:desc")
        for one, other in ((index, head), (head, index))
    )


def _body_by_noun(register: Register, span: Span, before: int) -> Speaker | None:
    """The only body named before that ``the ministry`` can refer to, or else the noun itself."""
    found = _DEFINITE.fullmatch(span.text)
    if found is None or found["noun"].split()[-1].lower() not in BODIES:
        return None
    called = only_one(
        one
        for one in register.bodies_called(found["noun"].lower())
        if one.type == "organisation" and one.first < before
    )
    return Speaker(displayed(called) if called is not None else found["noun"], "organisation")


def joint(run: NameList) -> Speaker:
    """Return the joint speaker of a list of mentions; a shared surname is added to first names."""
    names = [displayed(someone) for _, someone in run]
    family = fold(names[-1])[-1] if " " in names[-1] else ""
    for at, name in enumerate(names[:-1]):
        if family and " " not in name and name.lower() in first_names():
            names[at] = f"{name} {names[-1].split()[-1]}"  # "Jon and Anton Quist"
    return Speaker(_listed(names), "joint", tuple(Speaker(name, "person") for name in names))


def _listed(names: list[str]) -> str:
    """The names joined by commas and ``and``."""
    return ", ".join(names[:-1]) + " and " + names[-1]


def _list_of_persons(reading: Reading, register: Register, span: Span) -> NameList:
    """The persons in a list whose last member is joined by ``and``; empty if there is no such list."""
    named = [pair for pair in register.at(span.start, span.end, ("person",)) if not _is_owner(reading, pair[0], span)]
    run: NameList = named[:1]
    joined = False
    for (before, one), (mention, other) in pairwise(named):
        between = reading.text[before.end : mention.start]
        found = _LIST.fullmatch(between)
        titled = found is not None and all(_is_title(word) for word in found["title"].split())
        if not titled and not _conjoined(reading, before, mention):
            if len(run) > 1 and joined:
                break
            run = []
        joined = any(word in between for word in (" and ", " & ", " nor "))
        if not run:
            run = [(mention, other)]
        elif other is not one:
            run.append((mention, other))
    return run if joined and len({id(s) for _, s in run}) == len(run) else []


def _is_owner(reading: Reading, mention: Mention, span: Span) -> bool:
    """Whether the name has a possessive ending and more words follow."""
    return reading.text[mention.end : mention.end + 2] in ("'s", "’s", "‘s") and mention.end < span.end - 2


def _is_title(word: str) -> bool:
    """Whether the word can stand before a name in a list."""
    return (
        word.lower().rstrip(".") in HONORIFICS | TITLES | {"the", "his", "her"} or is_role_noun(word) or word.istitle()
    )


def _conjoined(reading: Reading, first: Mention, second: Mention) -> bool:
    """Whether the parse joins two names: ``Mary Finch, the owner, and Anna Lisk, a baker``."""
    between = reading.text[first.end : second.start]
    if not re.search(r"\s(?:and|nor)\s", between):
        return False
    office = _OFFICE.fullmatch(between)
    if office is not None and is_role_noun(office[1]):
        return True
    one, other = (
        [i, *_apposed_to(reading, i)] for i in (reading.words_between(m.start, m.end).start for m in (first, second))
    )
    return any(reading.words[i].deprel == "conj" and reading.head[i] in one for i in other)


def _apposed_to(reading: Reading, index: int) -> Iterator[int]:
    """Yield the nouns that the name at ``index`` is in apposition to: ``the union's lawyer, Inge Holt``."""
    for above in reading.above(index):
        if reading.words[index].deprel.split(":")[0] not in ("appos", "flat", "nmod", "compound"):
            return
        if reading.child(index, "case") is not None:
            return  # "the bishop of Holm" is not Holm
        yield above
        index = above


def _covers_list(reading: Reading, span: Span, run: NameList) -> bool:
    """Whether the phrase refers to the whole list: it starts with the names, or with a plural noun before them."""
    before = reading.text[span.start : run[0][0].start]
    after = reading.text[run[-1][0].end : span.end]
    if after.strip(" .") and not re.match(r",|\s?\(|\s(?:of|from|at)\s|\s?[—–]", after):
        return False
    words = [reading.words[i] for i in reading.words_between(span.start, run[0][0].start)]
    number = next((_NUMBERS[w.text.lower()] for w in words if w.text.lower() in _NUMBERS), len(run))
    if number != len(run):
        return False
    other_words = [w for w in words if w.text.lower().rstrip(".") not in HONORIFICS | {"both", "neither", "the"}]
    if not other_words:
        return True
    if before.rstrip().endswith(","):
        core = next((i for i, w in enumerate(words) if i and w.upos == "ADP"), len(words))
        nouns = [w for w in words[:core] if w.upos in ("NOUN", "PROPN")]
        return bool(nouns) and (
            "Number=Plur" in nouns[-1].feats
            or nouns[-1].text.lower() in _COLLECTIVE
            or _JOINED.search(reading.text, run[0][0].end, run[1][0].start) is not None
        )
    return not any(w.upos in ("ADP", "VERB", "PART") for w in words) and is_role_noun(words[-1].text)
