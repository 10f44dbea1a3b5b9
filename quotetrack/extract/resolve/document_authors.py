"""Find the author of a document in its own phrase or clause.

Examples: ``Orvel's report``, ``an Orvel report``, ``a report by the consultancy Orvel``, ``the report, which Orvel
published``, ``her research``.
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
# Verbs whose subject is the author of the document.
_AUTHORING = {
    "issue", "release", "publish", "conduct", "write", "prepare", "compile", "produce", "author", "draft", "undertake", "pen", "unveil",
}  # fmt: skip
# Verbs whose subject is the author of a new document ("filed a letter"), but maybe not of a known one ("filed the letter").
_SUBMITTING = {"send", "file", "submit", "sign", "post", "make", "do", "tweet", "run", "deliver"}
_WITH_OUT = {"carry", "put", "send", "give"}  # "carried out a survey"
# Documents whose author follows "of"; after other documents "of" introduces the subject.
_AUTHOR_AFTER_OF = {
    "finding", "statement", "letter", "figure", "statistic", "circular", "report", "message", "announcement", "remark", "data",
}  # fmt: skip
# Documents that are named after a website: "a Chirper post".
_OF_SITES = {"post", "tweet", "message", "video", "blog"}
_BETWEEN = re.compile(r"(?:['’]s?)?(?:\s\([^)]*\))?\s(?:[\w’'-]+\s){0,3}")
_NAME = re.compile(
    r"(?:[Tt]he\s)?([A-Z][\w’'&.-]*(?:\s(?:(?:of|for|and|on)\s(?:the\s)?)?[A-Z][\w’'&.-]*)*)(?=$|[\s,.(])"
)


@dataclass(slots=True)
class DocumentAuthors:
    """The authors of the documents in one article.

    ``who`` resolves the pronoun or noun phrase at a word.
    """

    reading: Reading
    register: Register
    structure: Structure
    who: Callable[[int], Someone | None]

    def of(self, span: Span, head: int, lemma: str) -> Someone | None:
        """Return the author that the phrase ``span`` for a document states itself."""
        return self._before(span, head, lemma) or self._after(span, head, lemma)

    def at(self, word: int) -> Someone | None:
        """Return the person or body that the phrase at ``word`` names or stands for, if it can be an author."""
        found = phrase(self.reading, word)
        if found is None:
            return None
        if self.reading.child(word, "conj") is not None:  # "Vale and Quist" are two authors
            return self._missed_body(found.span, word)
        named = self.structure.named(found.span, word)
        if named is not None:
            someone = named.someone
        else:
            someone = self._beside(word) or self.who(word) or self._missed_body(found.span, word)
        if someone is None or someone.type not in _TYPES:
            return None
        here = self.reading.words[word]
        in_name = any(one is someone for _, one in self.register.at(here.start, here.end))  # "Calder Rovers"
        if someone.type == "organisation" and not in_name and is_role_noun(self.reading.singular(word)):
            return None  # "leaders of the council" are not the council
        return someone

    def _before(self, span: Span, head: int, lemma: str) -> Someone | None:
        """The author before the noun: ``Orvel's latest report``, ``an Orvel report``, ``her report``."""
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
        """A known name before the noun that the entity model missed here: ``a TNO report``."""
        reading, first = self.reading, head
        while first - 1 in reading.sentence_range(head) and reading.words[first - 1].upos == "PROPN":
            first -= 1
        name = reading.text[reading.words[first].start : reading.words[head].start].strip()
        known = (s for s in self.register.called(name) if s.type in _TYPES)
        return next(known, None) if name else None

    def _after(self, span: Span, head: int, lemma: str) -> Someone | None:
        """The author after the noun: ``a report by the consultancy Orvel``, ``the report, which Orvel published``."""
        found = (self.at(word) for word in self._author_words(span, head, lemma))
        return next((someone for someone in found if someone is not None), None)

    def _author_words(self, span: Span, head: int, lemma: str) -> Iterator[int]:
        """Yield the words after the noun for a document that can name its author."""
        reading = self.reading
        for index in reading.words_between(reading.words[head].end, span.end):
            above = reading.head[index]
            over = reading.head[above] if above >= 0 else -1
            if over < 0:
                continue
            if reading.words[index].deprel == "case":
                preposition = reading.lower[index]
                depends_on_document = over == head and (
                    preposition in ("by", "from") or (preposition == "of" and lemma in _AUTHOR_AFTER_OF)
                )
                if depends_on_document or (
                    preposition == "by" and over > head and self._is_agent_of_document(over, head)
                ):
                    yield above
            elif reading.words[index].deprel == "nsubj" and over == head and reading.words[index].upos != "PRON":
                if is_making(reading, above):
                    yield index

    def _is_agent_of_document(self, word: int, head: int) -> bool:
        """Whether the document, whose head is ``head``, is what ``by`` after ``word`` refers to.

        True for ``a survey published by …``, ``a survey of voters conducted by …`` and ``a poll of voters by …``.
        """
        reading = self.reading
        is_authored = is_making(reading, word) and reading.words[word].deprel.startswith("acl")
        over = reading.head[word] if is_authored else word
        # People such as voters have no author, so the agent after them belongs to the document.
        of_people = reading.head[over] == head and is_role_noun(reading.singular(over))
        return of_people or (is_authored and over == head)

    def _beside(self, word: int) -> Someone | None:
        """A name right after the noun that describes it, where the parser does not join them: ``media outlet Jorun``."""
        end = self.reading.words[word].end
        found = ((m, s) for m, s in self.register.at(end, end + 2, _TYPES) if m.start == end + 1)
        return next((s for _, s in found if self.reading.words[word].upos == "NOUN"), None)

    def _missed_body(self, span: Span, word: int) -> Someone | None:
        """A body whose name the entity model missed."""
        reading = self.reading
        found = _NAME.match(reading.text[span.start : span.start + 100])
        if found is None or reading.words[word].upos != "PROPN" or not reading.words[word].text[:1].isupper():
            return None
        name = found[1]
        if self.register.at(span.start, span.start + found.end(), _TYPES) or len(name.split()) < 2:
            return None
        if " and " in name and not re.match(
            r"\s\([A-Z]\w+\)", reading.text[span.start + found.end() : span.start + found.end() + 20]
        ):
            return None  # two bodies, unless an abbreviation in brackets follows
        return next(iter(self.register.called(name)), Someone(name, "organisation"))


def is_making(reading: Reading, word: int, definite: bool = False) -> bool:
    """Whether the word is a verb whose subject is the author of its object.

    With ``definite``, verbs are excluded that can also be used of a document by somebody else (``filed the letter``).
    """
    if reading.words[word].upos not in ("VERB", "AUX"):
        return False
    known = _AUTHORING if definite else _AUTHORING | _SUBMITTING
    if reading.child(word, "compound") is not None:
        known = known | _WITH_OUT
    return base_form(reading.lower[word], reading.words[word].lemma, known) in known


def may_be_called(someone: Someone, noun: str) -> bool:
    """Whether ``noun`` can refer to ``someone``, as ``ministry`` does to the Ministry of Ports."""
    return noun in BODIES and noun in called_by_name(someone.name)
