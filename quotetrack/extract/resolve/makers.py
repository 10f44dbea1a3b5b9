"""Who made a paper, by the words that stand with it: ``Orvel's report``, ``an Orvel report``, ``a report by the consultancy Orvel``, ``the report, which
Orvel published``, ``her research``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quotetrack.extract.find.cues import base_form
from quotetrack.extract.find.source_phrases import phrase
from quotetrack.extract.people.kinds import called_by_name
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import BODIES
from quotetrack.extract.resolve.structure import Structure
from quotetrack.model import Span
from quotetrack.text.role_nouns import is_role_noun

_TYPES = ("person", "organisation")
# What only its maker does to a paper.
_WRITING = {
    "issue", "release", "publish", "conduct", "write", "prepare", "compile", "produce", "author", "draft", "undertake", "pen", "unveil",
}  # fmt: skip
# What others do to a paper that has come before ("filed the letter"), but only its maker to a new one ("filed a letter").
_GIVING = {"send", "file", "submit", "sign", "post", "make", "do", "tweet"}
_WITH_OUT = {"carry", "put", "send", "give"}  # "carried out a survey"
# Papers of which "of" tells the maker, where of the others it tells what they treat.
_OF_MAKERS = {
    "finding", "statement", "letter", "figure", "statistic", "circular", "report", "message", "announcement", "remark", "data",
}  # fmt: skip
# Papers that are called after where they stand: "a Chirper post".
_OF_SITES = {"post", "tweet", "message", "video", "blog"}
_BETWEEN = re.compile(r"(?:['’]s?)?(?:\s\([^)]*\))?\s(?:[\w’'-]+\s){0,3}")
_NAME = re.compile(
    r"(?:[Tt]he\s)?([A-Z][\w’'&.-]*(?:\s(?:(?:of|for|and|on)\s(?:the\s)?)?[A-Z][\w’'&.-]*)*)(?=$|[\s,.(])"
)


@dataclass(slots=True)
class Makers:
    """The makers of the papers of one article. ``who`` tells whom the pronoun or the noun phrase at a word stands for."""

    reading: Reading
    register: Register
    structure: Structure
    who: Callable[[int], Someone | None]

    def of(self, span: Span, head: int, lemma: str) -> Someone | None:
        """The maker that the phrase for a paper tells of itself."""
        return self._before(span, head, lemma) or self._behind(span, head, lemma)

    def at(self, word: int) -> Someone | None:
        """Whom the phrase at a word names or stands for, if it is one who makes papers."""
        found = phrase(self.reading, word)
        if found is None:
            return None
        if self.reading.child(word, "conj") is not None:  # "Vale and Quist" are no one maker
            return self._passed_over(found.span, word)
        named = self.structure.named(found.span, word)
        if named is not None:
            someone = named.someone
        else:
            someone = self._beside(word) or self.who(word) or self._passed_over(found.span, word)
        if someone is None or someone.type not in _TYPES:
            return None
        here = self.reading.words[word]
        in_name = any(one is someone for _, one in self.register.at(here.start, here.end))  # "Calder Rovers"
        if someone.type == "organisation" and not in_name and is_role_noun(self.reading.singular(word)):
            return None  # "leaders of the council" are not the council
        return someone

    def _before(self, span: Span, head: int, lemma: str) -> Someone | None:
        """``Orvel's latest report``, ``an Orvel report``, ``her report``."""
        reading, word = self.reading, self.reading.words[head]
        for mention, someone in self.register.at(span.start, word.start, _TYPES):
            between = reading.text[mention.end : word.start]
            if _BETWEEN.fullmatch(between) and (between[:1] in ("'", "’") or lemma not in _OF_SITES):
                return someone
        owner = next((i for i in reading.children[head] if reading.words[i].deprel == "nmod:poss" and i < head), None)
        if owner is not None and reading.words[owner].upos == "PRON":
            return self.who(owner)
        return self._known_before(head) if lemma not in _OF_SITES else None

    def _known_before(self, head: int) -> Someone | None:
        """``a TNO report``, where the entity model passed the name over here but not where the article has it elsewhere."""
        reading, first = self.reading, head
        while first - 1 in reading.sentence_range(head) and reading.words[first - 1].upos == "PROPN":
            first -= 1
        name = reading.text[reading.words[first].start : reading.words[head].start].strip()
        known = (s for s in self.register.everyone if s.type in _TYPES and name in (s.name, s.abbreviation))
        return next(known, None) if name else None

    def _behind(self, span: Span, head: int, lemma: str) -> Someone | None:
        """``a report by the consultancy Orvel``, ``the report, which Orvel published``."""
        found = (self.at(word) for word in self._told(span, head, lemma))
        return next((someone for someone in found if someone is not None), None)

    def _told(self, span: Span, head: int, lemma: str) -> Iterator[int]:
        """The words for a maker behind the noun for a paper."""
        reading = self.reading
        for index in reading.words_between(reading.words[head].end, span.end):
            above = reading.head[index]
            over = reading.head[above] if above >= 0 else -1
            if over < 0:
                continue
            if reading.words[index].deprel == "case":
                preposition = reading.lower[index]
                of_it = over == head and (
                    preposition in ("by", "from") or (preposition == "of" and lemma in _OF_MAKERS)
                )
                if of_it or (preposition == "by" and over > head and self._is_made(over, head)):
                    yield above
            elif reading.words[index].deprel == "nsubj" and over == head and reading.words[index].upos != "PRON":
                if is_making(reading, above):
                    yield index

    def _is_made(self, word: int, head: int) -> bool:
        """Whether what is by somebody is the paper: ``a survey published by …``, ``a survey of voters conducted by …``, ``a poll of voters by …``."""
        reading = self.reading
        made = is_making(reading, word) and reading.words[word].deprel.startswith("acl")
        over = reading.head[word] if made else word
        # Voters and patients are made by nobody, so what stands behind them is told of the paper.
        of_people = reading.head[over] == head and is_role_noun(reading.singular(over))
        return of_people or (made and over == head)

    def _beside(self, word: int) -> Someone | None:
        """The name right behind the noun for what it is, where the parser took them apart: ``media outlet Jorun``."""
        end = self.reading.words[word].end
        found = ((m, s) for m, s in self.register.at(end, end + 2, _TYPES) if m.start == end + 1)
        return next((s for _, s in found if self.reading.words[word].upos == "NOUN"), None)

    def _passed_over(self, span: Span, word: int) -> Someone | None:
        """A body by a name that the entity model passed over."""
        reading = self.reading
        found = _NAME.match(reading.text[span.start : span.start + 100])
        if found is None or reading.words[word].upos != "PROPN" or not reading.words[word].text[:1].isupper():
            return None
        name = found[1]
        if self.register.at(span.start, span.start + found.end(), _TYPES) or len(name.split()) < 2:
            return None
        if " and " in name and not re.match(r"\s\([A-Z]\w+\)", reading.text[span.start + found.end() :][:20]):
            return None  # two, where no abbreviation in brackets tells that it is one
        known = (s for s in self.register.everyone if name in (s.name, s.abbreviation))
        return next(known, Someone(name, "organisation"))


def is_making(reading: Reading, word: int, definite: bool = False) -> bool:
    """Whether the word is a verb for what its maker does to a paper; ``definite`` asks of a paper that others may have made."""
    if reading.words[word].upos not in ("VERB", "AUX"):
        return False
    known = _WRITING if definite else _WRITING | _GIVING
    if reading.child(word, "compound") is not None:
        known = known | _WITH_OUT
    return base_form(reading.lower[word], reading.words[word].lemma, known) in known


def may_be_called(someone: Someone, noun: str) -> bool:
    """Whether ``the ministry`` may be that body."""
    return noun in BODIES and noun in called_by_name(someone.name)
