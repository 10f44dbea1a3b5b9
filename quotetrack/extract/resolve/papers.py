"""Whose words a paper holds: ``a Harbour Board statement``, ``the survey by Calder University``, and afterwards ``the statement``, ``the survey``.

A statement, a study or a poll speaks for the body or person whose it is, where the article says whose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.source_phrases import phrase
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import DOCUMENTS
from quotetrack.extract.resolve.makers import Makers, is_making, may_be_called
from quotetrack.model import Span

# Papers that news calls by each other's names.
_ALIKE = (
    {"poll", "survey"}, {"study", "research", "paper", "analysis", "report", "finding", "review", "data"},
    {"statement", "release", "communique", "communiqué", "notice", "bulletin"}, {"letter", "email", "e-mail", "memo", "memorandum"},
    {"tweet", "post", "message"}, {"report", "document"},
)  # fmt: skip
# What courts are given and give stands for itself.
_OF_COURTS = {"lawsuit", "complaint", "filing", "verdict", "ruling", "bill"}
_PAPERS = (
    DOCUMENTS | {
        "research", "message", "remark", "announcement", "circular", "directive", "affidavit", "estimate", "forecast", "projection", "advisory",
        "guideline", "petition", "communication", "dossier", "assessment", "investigation",
    }
) - _OF_COURTS  # fmt: skip
# What is a part of another paper.
_PARTS = {"result", "finding", "figure", "data", "text", "summary"}
_NEW = {"a", "an", "another"}
_SAME = {"same", "press", "news", "media", "official", "written"}
_ENDS = re.compile(r"$|,|\s?[—–(]")
Told = tuple[int, str, Someone | None]


@dataclass(slots=True)
class Papers:
    """The papers of one article."""

    reading: Reading
    makers: Makers
    _told: list[Told] | None = field(default=None)

    def named(self, span: Span, head: int) -> Someone | None:
        """Whose paper the phrase itself says it is."""
        lemma = self._noun(head)
        if lemma not in _PAPERS:
            return None
        return self.makers.of(span, head, lemma) or (self._of_another(head) if lemma in _PARTS else None)

    def _of_another(self, head: int) -> Someone | None:
        """``the results of the survey``, ``findings from a study by Vale``: whose the other paper is."""
        for inner in self.reading.children[head]:
            if inner < head or self._preposition(inner) not in ("of", "from", "in"):
                continue
            found = phrase(self.reading, inner)
            maker = self.named(found.span, inner) or self.repeated(found.span, inner) if found is not None else None
            if maker is not None:
                return maker
        return None

    def repeated(self, span: Span, head: int) -> Someone | None:
        """Whose paper ``the report``, ``the same report``, ``the ministry report`` or ``the report, which …`` is, as the article has said before."""
        lemma = self._noun(head)
        words = self.reading.lower[self.reading.words_between(span.start, span.end).start : head]
        following = self.reading.text[self.reading.words[head].end : span.end]
        if lemma not in _PAPERS or words[:1] not in (["the"], ["this"], ["that"]) or not _ENDS.match(following):
            return None
        maker = self._latest(span.start, lemma)
        if maker is None or not all(word in _SAME or may_be_called(maker, word) for word in words[1:]):
            return None
        return maker

    def _noun(self, head: int) -> str:
        """The noun, if it is not the last word of a name (``Selby Service Announcements``)."""
        if head < 0:
            return ""
        in_name = self.reading.words[head].text[:1].isupper() and head != self.reading.sentence_range(head).start
        return "" if in_name else self.reading.singular(head)

    def _latest(self, start: int, lemma: str) -> Someone | None:
        """The maker of the paper that the article has spoken of last, by that noun or else by one that news uses alike.

        Nobody where the article tells of two makers: a letter that a council sends and its secretary has signed.
        """
        alike = {lemma}.union(*(group for group in _ALIKE if lemma in group))
        before = [(at, noun, one) for at, noun, one in self._all() if at < start]
        found = [told for told in before if told[1] == lemma] or [told for told in before if told[1] in alike]
        if not found:
            return None
        makers = [one for _, _, one in found[self._last_new(found) :]]
        return makers[-1] if all(one is makers[-1] for one in makers) else None

    def _last_new(self, told: list[Told]) -> int:
        """The number of the last paper of a row that the article brings up as a new one."""
        return max((n for n, (at, _, _) in enumerate(told) if self._opens_new(at)), default=0)

    def _opens_new(self, start: int) -> bool:
        found = phrase(self.reading, self.reading.words_between(start, start + 1).start)
        return found is not None and found.span.text.split()[0].lower() not in ("the", "this", "that")

    def _all(self) -> list[Told]:
        """Every paper of which the article says whose it is, or brings up without a maker: its place, its noun and its maker."""
        if self._told is None:
            self._told = []
            for index in range(len(self.reading.words)):
                lemma = self._noun(index)
                if lemma not in _PAPERS or self.reading.words[index].upos not in ("NOUN", "PROPN"):
                    continue
                found = phrase(self.reading, index)
                if found is None:
                    continue
                makers = self.makers.of(found.span, index, lemma), self._in_clause(index)
                maker = makers[0] or makers[1]
                if None not in makers and makers[0] is not makers[1]:
                    maker = None  # "in a statement signed by its secretary, the club said"
                if maker is not None or found.span.text.split()[0].lower() in _NEW:
                    self._told.append((self.reading.words[index].start, lemma, maker))
        return self._told

    def _in_clause(self, index: int) -> Someone | None:
        """``Vale said in a statement``, ``Vale published the study``, ``the study was published by Vale``."""
        reading, above = self.reading, self.reading.head[index]
        relation = reading.words[index].deprel.split(":")[0]
        if above < 0 or relation not in ("obl", "obj", "nmod", "nsubj"):
            return None
        if relation == "nsubj":
            agent = next((i for i in reading.children[above] if self._is_agent(i)), None)
            return self.makers.at(agent) if agent is not None and is_making(reading, above) else None
        if relation == "obj":
            return self._by_subject(above) if is_making(reading, above, definite=self._is_definite(index)) else None
        if not self._is_in(index):
            return None
        if relation == "obl":
            return self._by_subject(above) if classes_of(reading, above) else None
        verb = reading.head[above]  # "The board in a statement said"
        said = verb >= 0 and reading.words[above].deprel == "nsubj" and bool(classes_of(reading, verb))
        return self.makers.at(above) if said else None

    def _by_subject(self, verb: int) -> Someone | None:
        subject = self.reading.child(verb, "nsubj")
        if subject is None or self.reading.words[subject].deprel != "nsubj":
            return None
        return self.makers.at(subject)

    def _is_agent(self, index: int) -> bool:
        return self.reading.words[index].deprel.startswith("obl") and self._preposition(index) == "by"

    def _is_in(self, index: int) -> bool:
        return self._preposition(index) in ("in", "through", "via")

    def _preposition(self, index: int) -> str:
        case = self.reading.child(index, "case")
        return self.reading.lower[case] if case is not None else ""

    def _is_definite(self, index: int) -> bool:
        determiner = self.reading.child(index, "det")
        return determiner is not None and self.reading.lower[determiner] in ("the", "this", "that", "these", "those")
