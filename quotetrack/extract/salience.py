"""How much in mind each person is at a place of an article: what the choice among them is told.

After Lappin and Leass (1994): nearness, being a subject, being named often, having just spoken. Pronouns keep somebody in
mind without a name, so each is first given, roughly, to whoever was last a subject it could mean.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotetrack.extract.gender import gender_of
from quotetrack.extract.people import Register
from quotetrack.extract.reading import Reading
from quotetrack.extract.role_nouns import is_role_noun
from quotetrack.extract.someone import Mention, Someone
from quotetrack.model import Span

PERSONAL = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
REACH = 1500  # characters back after which nobody is in mind any more
_SUBORDINATE = {"ccomp", "advcl", "acl", "csubj"}
_OBJECTS = {"obj", "iobj", "obl"}
_NEW = {"a", "an", "another", "one"}
_ASKING = {"ask", "question", "press", "challenge", "grill", "quiz"}
_ASKED = 500  # characters after which a question has been answered


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is named, or a pronoun taken for them: ``subject`` of ``verb``, object of it, or neither (-1);
    ``owner`` as in ``Vale's``; ``leading`` is the subject of a main clause.
    """

    start: int
    end: int
    subject: bool
    owner: bool
    named: bool
    verb: int = -1
    leading: bool = False


@dataclass(slots=True)
class Salience:
    """The persons of one article with all their places in its own words, in text order."""

    reading: Reading
    register: Register
    repeats: Sequence[
        tuple[int, int, Someone]
    ] = ()  # phrases that stand for somebody as plainly as a name (``repeated.py``)
    places: dict[int, list[Place]] = field(default_factory=dict)
    strangers: list[tuple[int, str]] = field(default_factory=list)
    _paragraphs: list[int] = field(default_factory=list)
    _sentences: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._paragraphs = [start for start, _ in self.reading.parsed.paragraphs]
        self._sentences = [s.start for s in self.reading.parsed.sentences]
        named = [
            (mention.start, self.place_of(mention), someone)
            for someone in self.register.persons()
            for mention in someone.mentions
            if self.reading.quoted_at(mention.start) is None
        ]
        named += [
            (self.reading.words[first].start, self._noun_place(first, noun), someone)
            for first, noun, someone in self.repeats
        ]
        self._walk(sorted(named, key=lambda one: (one[0], one[1].end)))

    def _walk(self, named: list[tuple[int, Place, Someone]]) -> None:
        """Names, pronouns and newcomers in text order; a pronoun goes to whoever of its gender was last a subject."""
        self.places = {id(someone): [] for someone in self.register.persons()}
        centre: dict[str, Someone | None] = {"m": None, "f": None}
        waiting = iter([*named, (len(self.reading.text) + 1, None, None)])
        at, place, someone = next(waiting)
        reading = self.reading
        for index, (word, lower) in enumerate(zip(reading.words, reading.lower, strict=True)):
            while at <= word.start and place is not None and someone is not None:
                self.places[id(someone)].append(place)
                for gender in ("m", "f"):
                    if someone.gender in (gender, "") and (place.leading or centre[gender] is None):
                        centre[gender] = someone
                at, place, someone = next(waiting)
            gender = PERSONAL.get(lower, "")
            if not (gender or word.upos == "NOUN") or reading.is_quoted(index):
                continue
            if gender and (kept := centre[gender]) is not None:
                subject = word.deprel.startswith("nsubj")
                verb = reading.head[index] if subject or word.deprel in _OBJECTS else -1
                self.places[id(kept)].append(
                    Place(word.start, word.end, subject, word.deprel == "nmod:poss", False, verb)
                )
            elif self._is_newcomer(index):
                told = gender_of(word.text)
                self.strangers.append((word.start, told))
                for gender in ("m", "f"):
                    if told in (gender, ""):
                        centre[gender] = None

    def place_of(self, mention: Mention) -> Place:
        """Where a mention stands in its sentence."""
        words = self.reading.words
        owner = self.reading.text[mention.end : mention.end + 2] in ("'s", "’s")
        for index in self.reading.words_between(mention.start, mention.end):
            subject = words[index].deprel.split(":")[0] == "nsubj" or self._is_agent(index)
            if subject or (words[index].deprel in _OBJECTS and not owner):
                verb = self.reading.head[index]
                leading = subject and words[verb].deprel.split(":")[0] not in _SUBORDINATE
                return Place(mention.start, mention.end, subject, owner, True, verb, leading)
        return Place(mention.start, mention.end, False, owner, True)

    def _is_agent(self, index: int) -> bool:
        """``The accord was brokered by Vale``: who does it all the same."""
        words, case = self.reading.words, self.reading.child(index, "case")
        if words[index].deprel.split(":")[0] != "obl" or case is None or self.reading.lower[case] != "by":
            return False
        return any(
            words[i].deprel in ("nsubj:pass", "aux:pass") for i in self.reading.children[self.reading.head[index]]
        )

    def _noun_place(self, first: int, index: int) -> Place:
        """Where a noun for a person stands: as the owner of a subject (``The captain's book was lost``) it leads the sentence too."""
        words, head = self.reading.words, self.reading.head
        word = words[index]
        owner = word.deprel == "nmod:poss"
        top = head[index] if owner and head[index] >= 0 else index
        leads = words[top].deprel.split(":")[0] == "nsubj"
        leading = leads and words[head[top]].deprel.split(":")[0] not in _SUBORDINATE
        subject = leads and not owner
        verb = head[index] if subject or word.deprel in _OBJECTS else -1
        return Place(words[first].start, word.end, subject, owner, True, verb, leading)

    def _is_newcomer(self, index: int) -> bool:
        """``A local woman wrote …``: a subject that brings in somebody without a name."""
        reading = self.reading
        word = reading.words[index]
        if word.upos != "NOUN" or word.deprel.split(":")[0] != "nsubj" or not is_role_noun(word.text):
            return False
        if self._asks(reading.head[index]):
            return False  # "a reporter asked whether …": who is asked goes on
        return any(
            reading.lower[i] in _NEW and reading.head[i] == index
            for i in range(max(reading.sentence_range(index).start, index - 6), index)
        )

    def _asks(self, verb: int) -> bool:
        return self.reading.words[verb].lemma.lower() in _ASKING

    def before(self, someone: Someone, start: int) -> list[Place]:
        """The person's places that end before ``start``."""
        places = self.places[id(someone)]
        return places[: bisect_right(places, start, key=lambda place: place.end)]

    def standing_at(self, start: int) -> Someone | None:
        """Whom the word at ``start`` was taken for, by name or not."""
        for someone in self.register.persons():
            if any(place.start == start for place in self.places[id(someone)]):
                return someone
        return None

    def settle(self, span: Span, someone: Someone) -> None:
        """Take note that ``span`` was found to stand for ``someone``, whoever it was taken for at first sight."""
        index = self.reading.words_between(span.start, span.end)
        old = [
            place
            for places in self.places.values()
            for place in places
            if place.start == span.start and not place.named
        ]
        for places in self.places.values():
            places[:] = [place for place in places if place not in old]
        subject = any(self.reading.words[i].deprel.startswith("nsubj") for i in index)
        place = old[0] if old else Place(span.start, span.end, subject, False, False)
        insort(self.places[id(someone)], place, key=lambda one: one.start)

    def is_object(self, someone: Someone, verb: int) -> bool:
        """Whether the person is an object of ``verb``, whose subject is therefore somebody else."""
        return any(place.verb == verb and not place.subject and place.named for place in self.places[id(someone)])

    def only_subject(self, start: int, gender: str) -> Someone | None:
        """The subject of the sentence before ``start``, if its paragraph has spoken of nobody else who could be meant so far."""
        paragraph, sentence = self.paragraph(start), self.sentence(start)
        found: list[tuple[Someone, Place]] = []
        for someone in self.register.persons():
            if someone.gender in (gender, "") and (places := self.before(someone, start)):
                if self.paragraph(places[-1].start) == paragraph:
                    found.append((someone, places[-1]))
        if len(found) != 1:
            return None
        someone, place = found[0]
        plain = (
            place.leading and place.named and self.sentence(place.start) == sentence - 1 and someone.gender == gender
        )
        return someone if plain and not self.stranger_since(place.end, start, gender) else None

    def stranger_since(self, place: int, start: int, gender: str) -> bool:
        """Whether somebody without a name, who could be meant by ``gender``, comes in between the two places."""
        found = self.strangers[bisect_left(self.strangers, (place, "")) :]
        return any(at < start and told in (gender, "") for at, told in found)

    def stranger_came(self, someone: Someone, start: int, gender: str) -> bool:
        """Whether somebody without a name came in after the person was last in mind, and could be meant at ``start``."""
        places = self.before(someone, start)
        return bool(places) and self.stranger_since(places[-1].end, start, gender)

    def paragraph(self, position: int) -> int:
        """The number of the paragraph that ``position`` stands in."""
        return bisect_right(self._paragraphs, position) - 1

    def sentence(self, position: int) -> int:
        """The number of the sentence that ``position`` stands in."""
        return bisect_right(self._sentences, position) - 1

    def features(self, someone: Someone, start: int, gender: str, reporting: set[int]) -> dict[str, float] | None:
        """What speaks for and against ``someone`` at ``start``; nothing where the article has not named them before.

        ``reporting`` are the verbs found to report another's words, whose subject that name is therefore not.
        """
        places = self.before(someone, start)
        named = [place for place in places if place.named]
        if not named:
            return None
        latest, name = places[-1], named[-1]
        paragraph, sentence = self.paragraph(start), self.sentence(start)
        far = self.sentence(latest.start)
        subjects = [place for place in places if place.subject and place.verb not in reporting]
        since = self.paragraph(subjects[-1].start) if subjects else -9
        asked = [place for place in places if place.verb >= 0 and not place.subject and self._asks(place.verb)]
        return {
            "near": max(0.0, 1 - (start - latest.end) / REACH),
            "name near": max(0.0, 1 - (start - name.end) / REACH),
            "out of reach": float(start - name.end > 2 * REACH),
            "same sentence": float(far == sentence),
            "sentence before": float(far == sentence - 1),
            "same paragraph": float(self.paragraph(latest.start) == paragraph),
            "paragraph before": float(self.paragraph(latest.start) == paragraph - 1),
            "subject": float(latest.subject and latest.verb not in reporting),
            "leading": float(any(p.leading for p in named if self.sentence(p.start) >= sentence - 1)),
            "name subject": float(name.subject and name.verb not in reporting),
            "subject in this or the last sentence": float(
                bool(subjects) and self.sentence(subjects[-1].start) >= sentence - 1
            ),
            "subject in this paragraph": float(since == paragraph),
            "subject in the last paragraph": float(since == paragraph - 1),
            "owner": float(latest.owner),
            "headline": float(self.paragraph(places[0].start) == 0),
            "often": min(1.0, len(named) / 8),
            "gender": float(bool(gender) and someone.gender == gender),
            "asked": float(bool(asked) and start - asked[-1].end < _ASKED),
            "stranger since": float(self.stranger_since(latest.end, start, gender)),
        }


def compared(candidates: list[tuple[Someone, dict[str, float]]]) -> None:
    """Add to each candidate's features how it stands among the others."""
    latest = max((one["near"] for _, one in candidates), default=0.0)
    subject = max((one["near"] * one["subject"] for _, one in candidates), default=0.0)
    most = max((one["often"] for _, one in candidates), default=0.0)
    here = sum(one["same paragraph"] for _, one in candidates)
    for _, one in candidates:
        one["latest"] = float(one["near"] == latest)
        one["latest subject"] = float(subject > 0 and one["near"] * one["subject"] == subject)
        one["most often"] = float(one["often"] == most)
        one["alone"] = float(len(candidates) == 1)
        one["only one here"] = float(here == 1 and one["same paragraph"])
