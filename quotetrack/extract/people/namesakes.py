"""Distinguish persons with the same surname in one article, such as relatives, and resolve bare surnames."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from quotetrack.extract.people.placed_mentions import PlacedMentions, is_subject
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.text.names import generation

_ELDER = r"father|mother|dad|mum|mom|uncle|aunt|(?:great-)*grand(?:father|mother)|stepfather|stepmother"
_YOUNGER = r"son|daughter|nephew|niece|(?:great-)*grand(?:son|daughter|child)|stepson|stepdaughter|heir"
_EQUAL = (
    r"wife|husband|widow|widower|ex-wife|ex-husband|brother|sister|twin|cousin|namesake|spouse|"
    r"(?:brother|sister|father|mother|son|daughter)-in-law"
)
_WHOSE = r"(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|\w+['’]s?)\s(?:[\w-]+\s){0,2}"
_KIN_BEFORE = re.compile(
    rf"\b{_WHOSE}(?:(?P<elder>{_ELDER})|(?P<younger>{_YOUNGER})|(?P<equal>{_EQUAL})),?\s(?:\w+\.?\s)?$"
)
_KIN_AFTER = re.compile(
    rf",?\s(?:\d\d,\s)?{_WHOSE}(?:(?P<elder>{_ELDER})|(?P<younger>{_YOUNGER})|(?P<equal>{_EQUAL}))\b"
)
_AGE_WORD = re.compile(
    r"\b(?:(?P<elder>elder|older|senior)|(?P<younger>younger|junior))\s(?:M(?:r|rs|s)\.?\s)?$", re.IGNORECASE
)
_AGE = re.compile(r",\s(?:aged?\s)?(\d{1,2})\b")
_MIN_HONORIFICS = 2  # mentions as "Mr. Vale" from which the bare surname can mean that person
_MIN_PARAGRAPHS_APART = 2  # paragraphs from which a namesake is too far away to interfere
_MAIN_RATIO = 3  # how many times more mentions the main person needs than any namesake


def kinship(reading: Reading, mention: Mention) -> str:
    """Return how a person introduced as a relative relates to the other: ``elder``, ``younger``, ``equal`` or empty.

    ``His father, Anton Vale`` and ``Anton Vale, Ruth's father`` give ``elder``; ``wife`` and ``brother`` give
    ``equal``.
    """
    before = _KIN_BEFORE.search(reading.text, max(0, mention.start - 50), mention.start)
    found = before or _KIN_AFTER.match(reading.text, mention.end)
    return (found.lastgroup or "") if found else ""


def is_another(reading: Reading, mention: Mention, someone: Someone) -> bool:
    """Whether the mention is not ``someone`` but a relative with the same name, apart from ``Jr.`` or ``Sr.``."""
    generations = generation(mention.name), generation(someone.name)
    surname = re.escape(someone.name.split()[-2 if generations[1] else -1])
    age_word = re.search(rf"\b(?:elder|older|senior|younger|junior)\s{surname}\b", reading.text, re.IGNORECASE)
    return (
        all(generations)
        or age_word is not None
        or any(kinship(reading, each) in ("elder", "younger") for each in (mention, *someone.mentions))
    )


def one_of(
    placed: PlacedMentions, mention: Mention, namesakes: Sequence[Someone], honorific_counts: Counter[int]
) -> Someone | None:
    """Return which of ``namesakes`` the surname at ``mention`` means; ``None`` if it is ambiguous.

    ``honorific_counts`` counts, by ``id``, how often each was mentioned with ``Mr.`` or ``Ms.`` and the surname.
    """
    reading, suffix = placed.reading, generation(mention.name)
    if suffix and len(same := [s for s in namesakes if generation(s.name) == suffix]) == 1:
        return same[0]
    known = [s for s in namesakes if s.mentions and s.first < mention.start]
    if age_word := _AGE_WORD.search(reading.text, max(0, mention.start - 20), mention.start):
        pair = known if len(known) == 2 else namesakes
        return _by_age(reading, pair, age_word.lastgroup or "")
    if len(known) < 2:
        return min(namesakes, key=lambda s: s.first) if not known else known[0]
    with_honorific = [s for s in known if honorific_counts[id(s)] >= _MIN_HONORIFICS]
    if len(with_honorific) == 1 and not any(honorific_counts[id(s)] for s in known if s is not with_honorific[0]):
        return with_honorific[0]  # the others are mentioned with their first names
    by_surname = [s for s in known if not placed.of(s).by_first_name]
    if len(by_surname) == 1:  # someone mentioned by first name is not also mentioned by surname
        return by_surname[0]
    if (introduced := _speaker_just_introduced(placed, mention, known)) is not None:
        return introduced
    if (
        not _main_person(placed, known, mention.start)
        and (speaking := _continuing_speaker(placed, mention, known)) is not None
    ):
        return speaking
    return _main_person(placed, known, len(reading.text)) or _head_of_family(placed, known)


def _main_person(placed: PlacedMentions, known: Sequence[Someone], stop: int) -> Someone | None:
    """The person mentioned far more often than the others before ``stop``, if there is one."""
    (main, count), (_, next_count), *_ = Counter(
        {index: bisect_left(placed.of(someone).all, stop) for index, someone in enumerate(known)}
    ).most_common()
    return known[main] if count >= _MAIN_RATIO * next_count else None


def _continuing_speaker(placed: PlacedMentions, mention: Mention, known: Sequence[Someone]) -> Someone | None:
    """The only namesake who has spoken, if the mention is again the subject of a reporting verb.

    ``None`` if another namesake has been a subject since, or was ever mentioned by surname alone.
    """
    if not is_subject(placed.reading, mention, speaking=True):
        return None
    spoke = [s for s in known if placed.of(s).first_speaking < mention.start]
    if len(spoke) != 1 or placed.has_unassigned_subject_before(mention, known):
        return None
    last = placed.of(spoke[0]).last_unquoted_before(mention.start)
    for other in (placed.of(s) for s in known if s is not spoke[0]):
        if other.is_subject_between(last, mention.start) or other.first_single_subject < mention.start:
            return None
    return spoke[0]


def _speaker_just_introduced(placed: PlacedMentions, mention: Mention, known: Sequence[Someone]) -> Someone | None:
    """The namesake mentioned last, if that mention and this one are both subjects of reporting verbs.

    The last mention must be in the same paragraph or the one before, with no other namesake near it.
    """
    reading = placed.reading
    if not is_subject(reading, mention, speaking=True):
        return None
    lasts = [(placed.of(s).last_before(mention.start), s) for s in known]
    start, speaker = max(lasts, key=lambda pair: pair[0])
    paragraph = reading.paragraph_at(start)
    near = reading.paragraph_at(mention.start) - paragraph <= 1
    others = any(
        paragraph - reading.paragraph_at(other) < _MIN_PARAGRAPHS_APART
        for other, s in lasts
        if s is not speaker and other >= 0
    )
    return speaker if near and not others and start in placed.of(speaker).speaking else None


def _head_of_family(placed: PlacedMentions, known: Sequence[Someone]) -> Someone | None:
    """The first person, if mentioned by surname before the others were introduced as relatives."""
    main, *others = sorted(known, key=lambda s: s.first)
    relatives = all(kinship(placed.reading, other.mentions[0]) for other in others)
    return main if relatives and placed.of(main).first_single < others[0].first else None


def _by_age(reading: Reading, namesakes: Sequence[Someone], which: str) -> Someone | None:
    """Resolve ``the younger Vale`` among two namesakes by kinship, ``Jr.`` or ``Sr.``, or age."""
    if len(namesakes) != 2:
        return None
    by_name = {"junior": "younger", "senior": "elder"}
    for someone, other in (namesakes, namesakes[::-1]):
        for mention in someone.mentions:
            relation = by_name.get(generation(mention.name), "") or kinship(reading, mention)
            if relation in ("elder", "younger"):
                return someone if relation == which else other
    ages = [next((int(a[1]) for m in s.mentions if (a := _AGE.match(reading.text, m.end))), 0) for s in namesakes]
    if all(ages) and ages[0] != ages[1]:
        elder, younger = sorted(namesakes, key=lambda s: ages[namesakes.index(s)], reverse=True)
        return elder if which == "elder" else younger
    return None
