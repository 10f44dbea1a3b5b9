"""Resolve phrases for two or more persons: ``both men``, ``the two``, ``they`` after ``Vale and Lund``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.joint import displayed
from quotetrack.extract.roles.facts import Facts
from quotetrack.model import Span, Speaker
from quotetrack.text.inflection import singular
from quotetrack.text.role_nouns import holds, is_role_noun

_REACH = 1200  # characters from a pair to "the two"
_REACH_THEY = 300  # characters from a pair to "they"
_REACH_JOINT_THEY = 500  # characters from a joint statement to "they"
_REACH_PLURAL_ROLE = 1500  # characters from a joint statement to "the senators"
_TWO = re.compile(r"(?:the|these|those) (?:two\b|(?=couple$))|both(?: of them)?\b", re.I)
_PEOPLE = {"", "couple", "men", "women", "sides", "camps", "leaders", "rivals", "candidates", "of them"}
_OR = re.compile(r",? n?or\s")


@dataclass(slots=True)
class Pairs:
    """Finds the persons that an article names together.

    ``spoke`` has the offset and the members of the last joint statement.
    """

    reading: Reading
    register: Register
    facts: Facts
    spoke: tuple[int, Speaker] | None = field(default=None)

    def referent(self, span: Span) -> Speaker | None:
        """Return the two persons that ``the two``, ``both candidates`` and the like stand for, or ``None``.

        They are the last two who made a joint statement, the last two joined by ``and``, or the only two persons named
        in this and the previous paragraph.
        """
        match = _TWO.match(span.text)
        if match is None or span.text[match.end() :].count(" ") > 3:
            return None
        noun = span.text[match.end() :].strip().lower()
        head = singular(noun.split()[-1]) if noun else ""
        if noun not in _PEOPLE and not is_role_noun(head):
            return None
        if self.spoke is not None and span.start - self.spoke[0] < _REACH and _are_two(self.spoke[1]):
            return self.spoke[1]
        return self._together(span.start, _REACH) or self._only_two(span.start)

    def latter_or_former(self, span: Span) -> Someone | None:
        """Return the referent of ``the latter`` or ``the former``; ``None`` if it is unclear.

        The last two of one type named in this or the previous sentence are considered, or in the two sentences before a
        sentence about the other of them.
        """
        phrase = span.text.lower()
        if phrase not in ("the latter", "the former"):
            return None
        sentence = self.reading.sentence_at(span.start)
        before = max(0, sentence - 1)
        other_one = "the former" if phrase == "the latter" else "the latter"
        if before and self._starts_with(before, other_one):
            before -= 1
        start = self.reading.parsed.sentences[before].start
        named = [one for m, one in self.register.at(start, span.start) if m.end <= span.start and one.type != "group"]
        last = next((one for one in reversed(named)), None)
        other = next(
            (one for one in reversed(named) if one is not last and last is not None and one.type == last.type), None
        )
        if last is None or other is None:
            return None
        return last if phrase == "the latter" else other

    def _starts_with(self, sentence: int, words: str) -> bool:
        """Whether the sentence starts with ``words``, in any case."""
        start = self.reading.parsed.sentences[sentence].start
        return self.reading.text[start : start + len(words) + 1].lower() == f"{words} "

    def latter_mentions(self) -> Iterator[tuple[int, int, Someone]]:
        """Yield each ``the latter`` and ``the former`` for a person.

        Yields the index of ``the``, that of the noun, and the person.
        """
        reading = self.reading
        for index, lower in enumerate(reading.lower):
            if (
                lower in ("latter", "former")
                and index
                and reading.lower[index - 1] == "the"
                and not reading.is_quoted(index)
            ):
                span = Span.of(reading.text, reading.words[index - 1].start, reading.words[index].end)
                one = None if reading.words[index].deprel == "amod" else self.latter_or_former(span)
                if one is not None and one.type == "person":
                    yield index - 1, index, one

    def for_they(self, span: Span, alone_since: int) -> Speaker | None:
        """Return the persons that ``they`` stands for; ``None`` if there are none.

        They are the last to make a joint statement, unless somebody has spoken alone since (``alone_since`` is the
        offset), or else a pair that was a subject shortly before, with no other plural subject since.
        """
        if (
            self.spoke is not None
            and alone_since <= self.spoke[0]
            and 0 <= span.start - self.spoke[0] < _REACH_JOINT_THEY
        ):
            if all(member.type != "group" for member in self.spoke[1].members):
                return self.spoke[1]
        found = self._together(span.start, _REACH_THEY, subject=True)
        return found if found is not None and not self._others_since(span) else None

    def for_plural_role(self, span: Span, lemma: str, alone_since: int) -> Speaker | None:
        """Return the members of the last joint statement if the noun fits them: ``the senators``.

        ``lemma`` is the noun in the singular; ``alone_since`` is the offset of the last statement by a single speaker.
        """
        if (
            self.spoke is None
            or alone_since > self.spoke[0]
            or not 0 <= span.start - self.spoke[0] < _REACH_PLURAL_ROLE
        ):
            return None
        found = self.spoke[1]
        if not is_role_noun(lemma) or any(m.type != "person" for m in found.members):
            return None
        named = {m.name for m in found.members}
        persons = [s for name in named for s in self.register.called(name) if s.type == "person" and s.name == name]
        roles = [role.text for s in persons for role in self.facts.roles.get(id(s), [])]
        return found if not roles or any(holds(lemma, role) for role in roles) else None

    def _together(self, start: int, reach: int, subject: bool = False) -> Speaker | None:
        """The last two persons joined by ``and`` in the ``reach`` characters before ``start``.

        With ``subject``, the pair must be the subject of a clause.
        """
        reading = self.reading
        named = self._named(max(0, start - reach), start)
        for (first, one), (second, other) in reversed(list(pairwise(named))):
            inside = reading.words_between(first.start, first.end)
            joined = any(
                reading.words[i].deprel == "conj" and reading.head[i] in inside
                for i in reading.words_between(second.start, second.end)
            )
            if not joined or one is other or "," in reading.text[max(0, first.start - 2) : first.start]:
                continue
            if _OR.match(reading.text, first.end):
                continue
            relations = {reading.words[i].deprel.split(":")[0] for i in inside}
            if subject and "nsubj" not in relations:
                continue
            return _joint(one, other)
        return None

    def _only_two(self, start: int) -> Speaker | None:
        """The only two persons named in this paragraph and the one before."""
        opens = [s for s, _ in self.reading.parsed.paragraphs]
        here = self.reading.paragraph_at(start)
        persons = list({id(someone): someone for _, someone in self._named(opens[max(0, here - 1)], start)}.values())
        return _joint(*persons) if len(persons) == 2 else None

    def _named(self, start: int, stop: int) -> list[tuple[Mention, Someone]]:
        """The mentions of persons between the offsets, outside quotations."""
        inside = self.register.at(start, stop, ("person",))
        return [(m, s) for m, s in inside if m.end <= stop and self.reading.quoted_at(m.start) is None]

    def _others_since(self, span: Span) -> bool:
        """Whether a plural noun is a subject in this sentence or the one before, ahead of ``span``."""
        reading = self.reading
        first = reading.words_between(span.start, span.end).start
        number = max(0, reading.sentence_of[first] - 1) if first < len(reading.words) else 0
        return any(
            reading.words[i].deprel.startswith("nsubj")
            and "Number=Plur" in reading.words[i].feats
            and reading.words[i].upos == "NOUN"
            for i in range(reading.first_word[number], first)
        )


def _are_two(speaker: Speaker) -> bool:
    """Whether a joint speaker has exactly two members, both persons."""
    return len(speaker.members) == 2 and all(member.type == "person" for member in speaker.members)


def _joint(one: Someone, other: Someone) -> Speaker:
    """The joint speaker of two persons."""
    members = tuple(Speaker(displayed(s), "person") for s in (one, other))
    return Speaker(f"{members[0].name} and {members[1].name}", "joint", members)
