"""Whom ``it`` and ``they`` stand for: a body, a party, two persons named in one breath; or nobody that has a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from quotetrack.extract.described import DOCUMENTS
from quotetrack.extract.institutions import Institutions
from quotetrack.extract.pronouns import Discourse
from quotetrack.extract.someone import Someone
from quotetrack.model import Span

_NEAR = 0.75  # how near a body must be that has spoken last
_REACH = 900  # characters back to two persons named together
_OR = re.compile(r",? n?or\s")
# Cues of papers rather than of bodies: "the letter … it read".
_PAPER_CUES = {
    "read",
    "state",
    "show",
    "note",
    "conclude",
    "find",
    "continue",
    "indicate",
    "suggest",
    "mean",
    "describe",
}


@dataclass(slots=True)
class Things:
    """``it`` and ``they`` in one article."""

    discourse: Discourse
    bodies: Institutions
    pairs: dict[tuple[int, int], Someone] = field(default_factory=dict)

    def it(self, span: Span, cue: Span | None) -> Someone | None:
        """The body that ``it`` stands for."""
        noun, paper = self._subject_noun(span, "Sing")
        if paper and self._lemma(cue) in _PAPER_CUES:
            return None
        spoke: list[Someone] = []
        subjects: list[Someone] = []
        for body in self.bodies.all:
            own = self.bodies.features(body, span.start, self._last())
            if own is None or (body.is_plural and len(body.names) == 1) or noun > body.before(span.start)[-1].end + 1:
                continue
            if own["spoke last"] and own["near"] > _NEAR:
                spoke.append(body.someone)
            if own["subject"] and (own["subject in this sentence"] or own["subject in the last sentence"]):
                subjects.append(body.someone)
        found = spoke or subjects
        return found[0] if len(found) == 1 and not (self._stranger_spoke(span) and not subjects) else None

    def they(self, span: Span) -> Someone | None:
        """The people of a party, the campaign or the two persons that ``they`` stands for: whoever of these was last the
        subject or spoke last, if no other people have come up since."""
        noun, _ = self._subject_noun(span, "Plur")
        found: list[tuple[int, Someone]] = []
        for body in self.bodies.all:
            own = self.bodies.features(body, span.start, self._last())
            if own is None or not (body.is_plural or body.owner):
                continue
            end = body.before(span.start)[-1].end
            just_now = own["subject"] and (own["subject in this sentence"] or own["subject in the last sentence"])
            if noun < end and (just_now or (own["spoke last"] and own["near"] > _NEAR)):
                found.append((end, body.several))
        stranger = self._stranger_spoke(span)
        if stranger and self.discourse.nameless > max((end for end, _ in found), default=-1):
            found = []
        found += self._two(span, noun)
        if not found and noun < 0 and not stranger and (pair := self._only_two(span)) is not None:
            return pair
        return max(found, key=lambda one: one[0])[1] if found else None

    def _only_two(self, span: Span) -> Someone | None:
        """The two persons of this paragraph, if it names nobody else: ``Vale … Quist … They argued again``."""
        salience = self.discourse.salience
        paragraph = salience.paragraph(span.start)
        opens = [start for start, _ in self.discourse.reading.parsed.paragraphs]
        inside = self.discourse.register.at(opens[max(0, paragraph - 1)], span.start, ("person",))
        named = {id(s): s for m, s in inside if self.discourse.reading.quoted_at(m.start) is None}
        if len(named) != 2 or len({id(s) for m, s in inside if salience.paragraph(m.start) == paragraph}) == 1:
            return None
        one, other = named.values()
        if any(_OR.match(self.discourse.reading.text, m.end) for m, _ in inside):
            return None  # "either Vale or Quist"
        return self.pairs.setdefault((id(one), id(other)), _joint(one, other))

    def _two(self, span: Span, noun: int) -> list[tuple[int, Someone]]:
        """The two persons whom ``and`` joins in this sentence or the last, if they are its subject or all it names."""
        reading, salience = self.discourse.reading, self.discourse.salience
        sentence = salience.sentence(span.start)
        inside = self.discourse.register.at(max(0, span.start - _REACH), span.start, ("person",))
        named = [
            (m, s)
            for m, s in inside
            if m.end <= span.start and reading.quoted_at(m.start) is None and salience.sentence(m.start) >= sentence - 1
        ]
        found = []
        for (first, one), (second, other) in pairwise(named):
            words = reading.words_between(first.start, first.end)
            joined = any(
                reading.words[i].deprel == "conj" and reading.head[i] in words
                for i in reading.words_between(second.start, second.end)
            )
            if not joined or one is other or noun > second.end or "," in reading.text[first.start - 2 : first.start]:
                continue
            if _OR.match(reading.text, first.end):
                continue
            alone = {id(s) for _, s in named} == {id(one), id(other)}
            later = any(m.start > second.start and salience.place_of(m).subject for m, _ in named)
            if alone or (salience.place_of(first).subject and not later):
                found.append((second.end, self.pairs.setdefault((id(one), id(other)), _joint(one, other))))
        return found

    def _last(self) -> Someone | None:
        return self.discourse.last[-1][1] if self.discourse.last else None

    def _stranger_spoke(self, span: Span) -> bool:
        """Whether the last to speak, in this paragraph or the one before, was nobody with a name."""
        last = self.discourse.last[-1][0] if self.discourse.last else -1
        near = self.discourse.salience.paragraph(span.start) - self.discourse.salience.paragraph(
            max(0, self.discourse.nameless)
        )
        return self.discourse.nameless > last and near <= 1

    def _subject_noun(self, span: Span, number: str) -> tuple[int, bool]:
        """Where the last noun of that number is that is a subject, in this sentence or the last, and whether it is a paper."""
        reading = self.discourse.reading
        words = reading.words_between(span.start, span.end)
        if not words:
            return -1, False
        first = reading.first_word[max(0, reading.sentence_of[words.start] - 1)]
        for index in range(words.start - 1, first - 1, -1):
            word = reading.words[index]
            if (
                word.upos == "NOUN"
                and word.deprel.split(":")[0] == "nsubj"
                and f"Number={number}" in word.feats
                and not reading.is_quoted(index)
            ):
                return word.start, word.lemma.lower() in DOCUMENTS
        return -1, False

    def _lemma(self, cue: Span | None) -> str:
        words = self.discourse.reading.words_between(cue.start, cue.end) if cue is not None else range(0)
        return self.discourse.reading.words[words.start].lemma.lower() if words else ""


def _joint(one: Someone, other: Someone) -> Someone:
    return Someone(f"{one.name} and {other.name}", "joint", members=(one, other))
