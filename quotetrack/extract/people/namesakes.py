"""Persons of one surname in one article: fathers and sons, couples, strangers; and whose a bare surname is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.text.names import fold, generation

_ELDER = r"father|mother|dad|mum|mom|uncle|aunt|(?:great-)*grand(?:father|mother)|stepfather|stepmother"
_YOUNGER = r"son|daughter|nephew|niece|(?:great-)*grand(?:son|daughter|child)|stepson|stepdaughter|heir"
_EQUAL = (
    r"wife|husband|widow|widower|ex-wife|ex-husband|brother|sister|twin|cousin|namesake|spouse|"
    r"(?:brother|sister|father|mother|son|daughter)-in-law"
)
_WHOSE = r"(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|\w+['’]s?)\s(?:[\w-]+\s){0,2}"
_BEFORE = re.compile(
    rf"\b{_WHOSE}(?:(?P<elder>{_ELDER})|(?P<younger>{_YOUNGER})|(?P<equal>{_EQUAL})),?\s(?:\w+\.?\s)?$"
)
_AFTER = re.compile(rf",?\s(?:\d\d,\s)?{_WHOSE}(?:(?P<elder>{_ELDER})|(?P<younger>{_YOUNGER})|(?P<equal>{_EQUAL}))\b")
_WHICH = re.compile(
    r"\b(?:(?P<elder>elder|older|senior)|(?P<younger>younger|junior))\s(?:M(?:r|rs|s)\.?\s)?$", re.IGNORECASE
)
_AGE = re.compile(r",\s(?:aged?\s)?(\d{1,2})\b")
_HONOURED = 2  # how often "Mr." goes before the surname of one whom it then stands for by itself
_APART = 2  # paragraphs between two of one surname who do not answer each other
_OFTEN = 3  # times as often named as the other, and at least so often: the one whom the article is about


def kinship(reading: Reading, mention: Mention) -> str:
    """``elder``, ``younger`` or ``equal`` where a name is brought in as somebody's relative: ``His father, Anton Vale``."""
    before = _BEFORE.search(reading.text, max(0, mention.start - 50), mention.start)
    found = before or _AFTER.match(reading.text, mention.end)
    return (found.lastgroup or "") if found else ""


def is_another(reading: Reading, mention: Mention, someone: Someone) -> bool:
    """Whether a mention of the name of ``someone``, but for ``Jr.``, is a relative of theirs."""
    told = generation(mention.name), generation(someone.name)
    surname = re.escape(someone.name.split()[-2 if told[1] else -1])
    which = re.search(rf"\b(?:elder|older|senior|younger|junior)\s{surname}\b", reading.text, re.IGNORECASE)
    return (
        all(told)
        or which is not None
        or any(kinship(reading, one) in ("elder", "younger") for one in (mention, *someone.mentions))
    )


def one_of(reading: Reading, mention: Mention, namesakes: Sequence[Someone], called: Counter[int]) -> Someone | None:
    """The one of ``namesakes`` whom the surname at ``mention`` stands for; nobody where it may be another.

    ``called`` counts by ``id`` how often ``Mr.`` or ``Ms.`` and the surname stood for each.
    """
    told = generation(mention.name)
    if told and len(same := [s for s in namesakes if generation(s.name) == told]) == 1:
        return same[0]
    known = [s for s in namesakes if s.mentions and s.first < mention.start]
    if which := _WHICH.search(reading.text, max(0, mention.start - 20), mention.start):
        two = known if len(known) == 2 else namesakes
        return _by_age(reading, two, which.lastgroup or "")
    if len(known) < 2:
        return min(namesakes, key=lambda s: s.first) if not known else known[0]
    honoured = [s for s in known if called[id(s)] >= _HONOURED]
    if len(honoured) == 1 and not any(called[id(s)] for s in known if s is not honoured[0]):
        return honoured[0]  # the others keep their first names
    by_surname = [s for s in known if not _by_first_name(s)]
    if len(by_surname) == 1:  # whom an article calls by the first name it does not call by the surname
        return by_surname[0]
    if (introduced := _just_introduced(reading, mention, known)) is not None:
        return introduced
    if not _main(known, mention.start) and (speaking := _who_spoke(reading, mention, known)) is not None:
        return speaking
    return _main(known, len(reading.text)) or _head_of_family(reading, mention, known)


def _by_first_name(someone: Someone) -> bool:
    """Whether the article calls the person by the first name alone."""
    first = fold(someone.name)[:1]
    return len(fold(someone.name)) > 1 and any(fold(mention.name) == first for mention in someone.mentions)


def _main(known: Sequence[Someone], stop: int) -> Someone | None:
    """Whom the article names, before ``stop``, far oftener than the others."""
    (main, often), (_, next_often), *_ = Counter(
        {index: sum(m.start < stop for m in someone.mentions) for index, someone in enumerate(known)}
    ).most_common()
    return known[main] if often >= _OFTEN * next_often else None


def _who_spoke(reading: Reading, mention: Mention, known: Sequence[Someone]) -> Someone | None:
    """Who goes on speaking: the only one of ``known`` who has spoken, if none of the others was a subject since, or ever by the surname."""
    if not _is_subject(reading, mention, speaking=True):
        return None
    before = {
        id(s): [m for m in s.mentions if m.start < mention.start and reading.quoted_at(m.start) is None] for s in known
    }
    spoke = [s for s in known if any(_is_subject(reading, m, speaking=True) for m in before[id(s)])]
    if len(spoke) != 1 or _is_nobodys_before(reading, mention, before):
        return None
    last = max(m.start for m in before[id(spoke[0])])
    others = [m for s in known if s is not spoke[0] for m in before[id(s)] if m.start > last]
    others += [m for s in known if s is not spoke[0] for m in before[id(s)] if len(fold(m.name)) == 1]
    return None if any(_is_subject(reading, m) for m in others) else spoke[0]


def _just_introduced(reading: Reading, mention: Mention, known: Sequence[Someone]) -> Someone | None:
    """Who goes on speaking: the last of ``known`` to be named, if that was as the speaker, in this paragraph or the one before, and none of
    the others stands near."""
    if not _is_subject(reading, mention, speaking=True):
        return None
    named = [(m, s) for s in known for m in s.mentions if m.start < mention.start]
    last, speaker = max(named, key=lambda pair: pair[0].start)
    paragraph = reading.paragraph_at(last.start)
    near = reading.paragraph_at(mention.start) - paragraph <= 1
    others = any(paragraph - reading.paragraph_at(m.start) < _APART for m, s in named if s is not speaker)
    return speaker if near and not others and _is_subject(reading, last, speaking=True) else None


def _is_nobodys_before(reading: Reading, mention: Mention, before: Mapping[int, Sequence[Mention]]) -> bool:
    """Whether the surname by itself is a subject earlier, and of nobody's mentions."""
    placed = [(m.start, m.end) for mentions in before.values() for m in mentions]
    return any(
        word.text == mention.name
        and word.deprel == "nsubj"
        and not any(start <= word.start < end for start, end in placed)
        for word in reading.words[: reading.words_between(mention.start, mention.end).start]
    )


def _is_subject(reading: Reading, mention: Mention, *, speaking: bool = False) -> bool:
    """Whether the name, or what it stands in apposition to, is the subject of a verb, ``speaking`` of one that reports speech."""
    for index in reading.words_between(mention.start, mention.end):
        for word in (index, *reading.above(index)):
            relation = reading.words[word].deprel
            if relation == "nsubj" and (not speaking or classes_of(reading, reading.head[word])):
                return True
            if relation not in ("flat", "appos", "compound", "nmod:desc"):
                break
    return False


def _head_of_family(reading: Reading, mention: Mention, known: Sequence[Someone]) -> Someone | None:
    """Whom the article went on calling by the surname before it brought in the others as their relatives."""
    main, *others = sorted(known, key=lambda s: s.first)
    relatives = all(kinship(reading, other.mentions[0]) for other in others)
    so_called = any(len(fold(m.name)) == 1 and m.start < others[0].first for m in main.mentions)
    return main if relatives and so_called else None


def _by_age(reading: Reading, namesakes: Sequence[Someone], which: str) -> Someone | None:
    """``the younger Vale`` of two: by what the one is of the other, by ``Jr.``, by their ages."""
    if len(namesakes) != 2:
        return None
    by_name = {"junior": "younger", "senior": "elder"}
    for someone, other in (namesakes, namesakes[::-1]):
        for mention in someone.mentions:
            told = by_name.get(generation(mention.name), "") or kinship(reading, mention)
            if told in ("elder", "younger"):
                return someone if told == which else other
    ages = [next((int(a[1]) for m in s.mentions if (a := _AGE.match(reading.text, m.end))), 0) for s in namesakes]
    if all(ages) and ages[0] != ages[1]:
        elder, younger = sorted(namesakes, key=lambda s: ages[namesakes.index(s)], reverse=True)
        return elder if which == "elder" else younger
    return None
