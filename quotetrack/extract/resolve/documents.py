"""Resolve documents to their author: ``a Harbour Board statement``, and afterwards ``the statement``.

A statement, study or poll speaks for the body or person that issued it, if the article says who did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.source_phrases import phrase
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import DOCUMENTS
from quotetrack.extract.resolve.document_authors import DocumentAuthors, is_making, may_be_called
from quotetrack.model import Span

# Nouns that news uses for the same document.
_SYNONYMS = (
    {"poll", "survey"}, {"study", "research", "paper", "analysis", "report", "finding", "review", "data"},
    {"statement", "release", "communique", "communiqué", "notice", "bulletin"}, {"letter", "email", "e-mail", "memo", "memorandum"},
    {"tweet", "post", "message"}, {"report", "document"}, {"story", "article", "profile", "piece", "report"}, {"speech", "address"},
)  # fmt: skip
# Court documents have no author in this sense.
_OF_COURTS = {"lawsuit", "complaint", "filing", "verdict", "ruling", "bill"}
_AUTHORED = (
    DOCUMENTS | {
        "research", "message", "remark", "announcement", "circular", "directive", "affidavit", "estimate", "forecast", "projection", "advisory",
        "guideline", "petition", "communication", "dossier", "assessment", "investigation", "story", "profile", "piece", "editorial", "column", "speech",
        "address",
    }
) - _OF_COURTS  # fmt: skip
# Nouns for a part of a document.
_PARTS = {"result", "finding", "figure", "data", "text", "summary"}
_MORE = {"further", "additional", "other", "more"}  # "further findings"
_NEW = {"a", "an", "another"}
_NEUTRAL_MODIFIERS = {"same", "press", "news", "media", "official", "written"}
_ENDS = re.compile(r"$|['’]s?$|,|\s?[—–(]")
Introduced = tuple[int, str, Someone | None]


@dataclass(slots=True)
class Documents:
    """The documents of one article and their authors."""

    reading: Reading
    authors: DocumentAuthors
    _introduced: list[Introduced] | None = field(default=None)

    def named(self, span: Span, head: int) -> Someone | None:
        """Return the author that the phrase ``span`` with the head ``head`` states itself."""
        lemma = self._noun(head)
        if lemma not in _AUTHORED:
            return None
        return self.authors.of(span, head, lemma) or (self._of_containing_document(head) if lemma in _PARTS else None)

    def _of_containing_document(self, head: int) -> Someone | None:
        """The author of the document that this one is part of: ``the results of the survey``, ``the survey's results``."""
        for inner in self.reading.children[head]:
            owns = self.reading.words[inner].deprel == "nmod:poss" and self.reading.words[inner].upos == "NOUN"
            if not owns and (inner < head or self._preposition(inner) not in ("of", "from", "in")):
                continue
            found = phrase(self.reading, inner)
            author = self.named(found.span, inner) or self.repeated(found.span, inner) if found is not None else None
            if author is not None:
                return author
        return None

    def repeated(self, span: Span, head: int) -> Someone | None:
        """Return the author of a document mentioned before: ``the report``, ``the same report``."""
        lemma = self._noun(head)
        words = self.reading.lower[self.reading.words_between(span.start, span.end).start : head]
        following = self.reading.text[self.reading.words[head].end : span.end]
        determiner = words[0] if words else ""
        known = determiner in ("the", "this", "that") or (lemma in _PARTS and determiner in _MORE)
        if lemma not in _AUTHORED or not known or not _ENDS.match(following):
            return None
        author = self._latest(span.start, lemma, demonstrative=determiner in ("this", "that"))
        if author is None or not all(word in _NEUTRAL_MODIFIERS or may_be_called(author, word) for word in words[1:]):
            return None
        return author

    def _noun(self, head: int) -> str:
        """The noun at ``head`` in the singular; empty if it is part of a name (``Selby Service Announcements``)."""
        if head < 0:
            return ""
        in_name = self.reading.words[head].text[:1].isupper() and head != self.reading.sentence_range(head).start
        return "" if in_name else self.reading.singular(head)

    def _latest(self, start: int, lemma: str, demonstrative: bool) -> Someone | None:
        """The author of the last document before ``start`` with this noun, or else with a synonym.

        ``this survey`` can also be the one whose findings the sentence before gives.
        ``None`` if its author is ambiguous, as for a letter sent by a council and signed by its secretary.
        """
        synonyms = {lemma}.union(*(group for group in _SYNONYMS if lemma in group))
        before = [(at, noun, one) for at, noun, one in self._all() if at < start]
        if demonstrative:
            here = self.reading.sentence_at(start)
            near = [
                one for at, noun, one in before if noun in synonyms | _PARTS and here - self.reading.sentence_at(at) < 2
            ]
            if near:
                return near[-1]
        found = [document for document in before if document[1] == lemma] or [
            document for document in before if document[1] in synonyms
        ]
        if not found:
            return None
        authors = [one for _, _, one in found[self._last_new(found) :]]
        return authors[-1] if all(one is authors[-1] for one in authors) else None

    def _last_new(self, documents: list[Introduced]) -> int:
        """The position in the list of the last document introduced as new."""
        return max((n for n, (at, _, _) in enumerate(documents) if self._introduces_new(at)), default=0)

    def _introduces_new(self, start: int) -> bool:
        """Whether the phrase at ``start`` introduces a new document."""
        found = phrase(self.reading, self.reading.words_between(start, start + 1).start)
        return found is not None and found.span.text.split()[0].lower() not in ("the", "this", "that")

    def _all(self) -> list[Introduced]:
        """Every document that the article introduces or gives an author: its offset, noun and author."""
        if self._introduced is None:
            self._introduced = []
            for index in range(len(self.reading.words)):
                lemma = self._noun(index)
                if lemma not in _AUTHORED or self.reading.words[index].upos not in ("NOUN", "PROPN"):
                    continue
                found = phrase(self.reading, index)
                if found is None:
                    continue
                authors = self.authors.of(found.span, index, lemma), self._in_clause(index)
                author = authors[0] or authors[1]
                if None not in authors and authors[0] is not authors[1]:
                    author = None  # "in a statement signed by its secretary, the club said"
                if author is not None or found.span.text.split()[0].lower() in _NEW:
                    self._introduced.append((self.reading.words[index].start, lemma, author))
        return self._introduced

    def _in_clause(self, index: int) -> Someone | None:
        """The author stated by the clause of the document.

        ``Vale said in a statement``, ``Vale published the study``, ``the study was published by Vale``.
        """
        reading, above = self.reading, self.reading.head[index]
        relation = reading.words[index].deprel.split(":")[0]
        if above < 0 or relation not in ("obl", "obj", "nmod", "nsubj"):
            return None
        if relation == "nsubj":
            agent = next((i for i in reading.children[above] if self._is_agent(i)), None)
            return self.authors.at(agent) if agent is not None and is_making(reading, above) else None
        if relation == "obj":
            return self._by_subject(above) if is_making(reading, above, definite=self._is_definite(index)) else None
        if not self._is_in(index):
            return None
        if relation == "obl":
            return self._by_subject(above) if classes_of(reading, above) else None
        verb = reading.head[above]  # "The board in a statement said"
        said = verb >= 0 and reading.words[above].deprel == "nsubj" and bool(classes_of(reading, verb))
        return self.authors.at(above) if said else None

    def _by_subject(self, verb: int) -> Someone | None:
        """The subject of the verb, if it is active and can be an author."""
        subject = self.reading.child(verb, "nsubj")
        if subject is None or self.reading.words[subject].deprel != "nsubj":
            return None
        return self.authors.at(subject)

    def _is_agent(self, index: int) -> bool:
        """Whether the word is an agent with ``by``."""
        return self.reading.words[index].deprel.startswith("obl") and self._preposition(index) == "by"

    def _is_in(self, index: int) -> bool:
        """Whether the word follows ``in``, ``through`` or ``via``."""
        return self._preposition(index) in ("in", "through", "via")

    def _preposition(self, index: int) -> str:
        """The preposition of the word; empty if it has none."""
        case = self.reading.child(index, "case")
        return self.reading.lower[case] if case is not None else ""

    def _is_definite(self, index: int) -> bool:
        """Whether the word has a definite determiner."""
        determiner = self.reading.child(index, "det")
        return determiner is not None and self.reading.lower[determiner] in ("the", "this", "that", "these", "those")
