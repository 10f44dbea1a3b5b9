"""Noun phrases that repeat a person as clearly as a name: ``the captain's ship`` in an article with one captain.

They are definite, singular and not quoted, and name an office or trade that the article gives to exactly one of the persons
named before. They are found before the ranker is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotetrack.extract.people.gender import gender_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.facts import Facts, plain
from quotetrack.text.role_nouns import is_role_noun

_NEVER = {
    "man",
    "woman",
    "person",
    "spokesman",
    "spokeswoman",
    "reporter",
    "member",
    "supporter",
    "aide",
    "official",
    "adviser",
}


def repeats(reading: Reading, register: Register, facts: Facts) -> Iterator[tuple[int, int, Someone]]:
    """Return the indices of article and noun of each such phrase with the person it repeats, in text order."""
    persons = list(register.persons())
    named = {mention.start for someone in persons for mention in someone.mentions}
    fitting: dict[str, list[Someone]] = {}  # by noun: those who are called so and whose gender it allows
    for index, word in enumerate(reading.words):
        if word.upos != "NOUN" or "Number=Sing" not in word.feats or not is_role_noun(word.text):
            continue
        first = _article(reading, index)
        if first < 0 or reading.is_quoted(index) or reading.lower[index] in _NEVER:
            continue
        if _says_more(reading, index, named):
            continue
        noun = reading.lower[index]
        if noun not in fitting:
            gender = gender_of(noun)
            holders = (s for s in persons if facts.has_role(s, noun) or facts.said_to_be(s, noun))
            fitting[noun] = [s for s in holders if s.gender in (gender, "") or not gender]
        known = fitting[noun]
        told = {plain(reading.words[i].text) for i in range(first + 1, index)} - set(register.parties)
        if len(known) == 1 and known[0].first < word.start and told <= facts.words(known[0]):
            yield first, index, known[0]


def _article(reading: Reading, index: int) -> int:
    """Return the index of the article ``the`` of the noun at ``index``, or -1."""
    for child in reading.children[index]:
        if child < index and reading.lower[child] == "the" and index - child < 5:
            return child
    return -1


def _says_more(reading: Reading, index: int, named: set[int]) -> bool:
    """Whether a name or a description belongs to the noun: ``the captain, Ruth Vale``, ``the mayor of Calder``."""
    if re.match(
        r"\s(?:of|for|in|at|from|who|whose)\s|\s[A-Z]|,\s(?:[A-Z]|who\s)",
        reading.text[reading.words[index].end : reading.words[index].end + 8],
    ):
        return True
    return any(
        reading.words[child].start in named or reading.words[child].deprel.startswith(("appos", "flat", "conj"))
        for child in reading.children[index]
    ) or reading.words[index].deprel in ("appos", "compound", "flat", "conj")
