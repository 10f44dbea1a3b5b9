"""Whose words a paper holds: ``a Harbour Board statement``, ``the survey by Calder University``, and afterwards ``the statement``, ``the survey``.

A statement, a study or a poll speaks for the body or person whose it is, where the article says whose.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from quotetrack.extract.described import DOCUMENTS, singular
from quotetrack.extract.people import Register
from quotetrack.extract.phrases import phrase
from quotetrack.extract.reading import Reading
from quotetrack.extract.someone import Someone
from quotetrack.model import Span

# Papers that news calls by each other's names.
_ALIKE = (
    {"poll", "survey"}, {"study", "research", "paper", "analysis", "report", "finding", "review", "data"},
    {"statement", "release", "communique", "communiqué", "notice", "bulletin"}, {"letter", "email", "e-mail", "memo", "memorandum"},
    {"tweet", "post", "message"}, {"report", "document"},
)  # fmt: skip
# What courts are given and give stands for itself.
_OF_COURTS = {"lawsuit", "complaint", "filing", "verdict", "ruling", "bill"}
_PAPERS = (DOCUMENTS | {"research", "message", "remark", "announcement"}) - _OF_COURTS
_MADE = re.compile(
    r"(?:\s(?:[\w’'-]+\s){0,6}?|,?\s)(?:by|from|of|for)\s(?:the\s|its\s)?$"
    r"|,?\s(?:(?:issued|released|published|conducted|carried out|commissioned|written|signed|prepared|compiled|done|made)\s)?by\s(?:the\s)?$"
)
_NOT_MAKERS = ("place", "group")


@dataclass(slots=True)
class Papers:
    """The papers of one article. ``who`` tells whom the subject at a word stands for, where it is a pronoun."""

    reading: Reading
    register: Register
    who: Callable[[int], Someone | None]
    _owned: list[tuple[int, str, Someone]] | None = field(default=None)

    def owner(self, span: Span, head: int) -> Someone | None:
        """Whose paper the phrase speaks of, if it says so or repeats one of which the article has said so."""
        lemma = singular(self.reading.lower[head]) if head >= 0 else ""
        if lemma not in _PAPERS:
            return None
        found = self._in_phrase(span, head)
        if found is not None or span.text.split()[0].lower() not in ("the", "this", "that"):
            return found
        if len(span.text.split()) > 2:
            return None
        alike = {lemma}.union(*(group for group in _ALIKE if lemma in group))
        before = [(noun, one) for at, noun, one in self._all() if at < span.start]
        exact = next((one for noun, one in reversed(before) if noun == lemma), None)
        return exact or next((one for noun, one in reversed(before) if noun in alike), None)

    def _in_phrase(self, span: Span, head: int) -> Someone | None:
        """The body or person that the phrase itself names as the maker."""
        word, text = self.reading.words[head], self.reading.text
        for mention, someone in self.register.at(span.start, span.end):
            if someone.type in _NOT_MAKERS:
                continue
            between = text[mention.end : word.start]
            if mention.end <= word.start and re.fullmatch(r"(?:['’]s?)?(?:\s\([^)]*\))?\s(?:[\w’'-]+\s){0,3}", between):
                return someone
            if word.end <= mention.start and _MADE.search(text[word.end : mention.start]):
                return someone
        return None

    def _all(self) -> list[tuple[int, str, Someone]]:
        """Every paper of which the article says whose it is: its place, its noun and its maker."""
        if self._owned is None:
            self._owned = []
            for index, lower in enumerate(self.reading.lower):
                lemma = singular(lower)
                if lemma not in _PAPERS or self.reading.words[index].upos not in ("NOUN", "PROPN"):
                    continue
                found = phrase(self.reading, index)
                maker = self._in_phrase(found.span, index) if found is not None else None
                maker = maker or self._speaker_in(index)
                if maker is not None:
                    self._owned.append((self.reading.words[index].start, lemma, maker))
        return self._owned

    def _speaker_in(self, index: int) -> Someone | None:
        """``Vale said in a statement``: the subject of the verb that the paper belongs to."""
        reading, verb = self.reading, self.reading.head[index]
        if verb < 0 or reading.words[index].deprel.split(":")[0] not in ("obl", "obj", "nmod"):
            return None
        subject = reading.child(verb, "nsubj")
        if subject is None or reading.words[subject].deprel == "nsubj:pass":
            return None
        inside = reading.subtree(subject)
        start, end = reading.words[inside[0]].start, reading.words[inside[-1]].end
        named = [s for m, s in self.register.at(start, end) if m.start <= reading.words[subject].start < m.end]
        return named[0] if named else self.who(subject)
