"""Two persons spoken of as one: ``both men``, ``the two``, ``they`` after ``Vale and Lund``; or nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from quotetrack.extract.described import singular
from quotetrack.extract.pronouns import Discourse
from quotetrack.extract.role_nouns import is_role_noun
from quotetrack.extract.someone import Mention, Someone
from quotetrack.model import Span, Speaker

_REACH = 1200  # characters back to a pair that is called "the two"
_THEY = 300  # and to one that is called "they"
_TWO = re.compile(r"(?:the|these|those) (?:two\b|(?=couple$))|both(?: of them)?\b", re.I)
_PEOPLE = {"", "couple", "men", "women", "sides", "camps", "leaders", "rivals", "candidates", "of them"}


@dataclass(slots=True)
class Pairs:
    """Where an article names two persons in one breath."""

    discourse: Discourse

    def referent(self, span: Span) -> Speaker | None:
        """The pair that ``the two``, ``both candidates`` and the like stand for: the last named together, or the only two
        persons named in this and the last paragraph."""
        told = _TWO.match(span.text)
        if told is None or span.text[told.end() :].count(" ") > 3:
            return None
        noun = span.text[told.end() :].strip().lower()
        head = singular(noun.split()[-1]) if noun else ""
        if noun not in _PEOPLE and not is_role_noun(head):
            return None
        spoke = self.discourse.joint
        if spoke is not None and span.start - spoke[0] < _REACH and _are_two(spoke[1]):
            return spoke[1]
        return self._together(span.start, _REACH) or self._only_two(span.start)

    def they(self, span: Span) -> Speaker | None:
        """The pair that is the subject of the sentence before or of this one, if no other people are spoken of since."""
        found = self._together(span.start, _THEY, subject=True)
        return found if found is not None and not self._others_since(span) else None

    def _together(self, start: int, reach: int, subject: bool = False) -> Speaker | None:
        reading = self.discourse.reading
        named = self._named(max(0, start - reach), start)
        for (first, one), (second, other) in reversed(list(pairwise(named))):
            inside = reading.words_between(first.start, first.end)
            joined = any(
                reading.words[i].deprel == "conj" and reading.head[i] in inside
                for i in reading.words_between(second.start, second.end)
            )
            if not joined or one is other or "," in reading.text[first.start - 2 : first.start]:
                continue
            role = {reading.words[i].deprel.split(":")[0] for i in inside}
            if subject and "nsubj" not in role:
                continue
            return _joint(one, other)
        return None

    def _only_two(self, start: int) -> Speaker | None:
        salience = self.discourse.salience
        opens = [s for s, _ in self.discourse.reading.parsed.paragraphs]
        here = salience.paragraph(start)
        named = self._named(opens[max(0, here - 1)], start)
        persons = list({id(someone): someone for _, someone in named}.values())
        return _joint(*persons) if len(persons) == 2 else None

    def _named(self, start: int, stop: int) -> list[tuple[Mention, Someone]]:
        """The persons that the article itself names between the places."""
        inside = self.discourse.register.at(start, stop, ("person",))
        return [(m, s) for m, s in inside if m.end <= stop and self.discourse.reading.quoted_at(m.start) is None]

    def _others_since(self, span: Span) -> bool:
        """Whether several people without names are the subject of anything in this or the last sentence."""
        reading = self.discourse.reading
        first = reading.words_between(span.start, span.end).start
        number = max(0, reading.sentence_of[first] - 1) if first < len(reading.words) else 0
        return any(
            reading.words[i].deprel.startswith("nsubj")
            and "Number=Plur" in reading.words[i].feats
            and reading.words[i].upos == "NOUN"
            for i in range(reading.first_word[number], first)
        )


def _are_two(speaker: Speaker) -> bool:
    return len(speaker.members) == 2 and all(member.type == "person" for member in speaker.members)


def _joint(one: Someone, other: Someone) -> Speaker:
    members = tuple(Speaker(re.sub(r"\s+", " ", s.name).strip(), "person") for s in (one, other))
    return Speaker(f"{members[0].name} and {members[1].name}", "joint", members)
