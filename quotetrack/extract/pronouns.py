"""Whom a pronoun stands for: the person or body it most plainly refers to, or nobody where two could be meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from quotetrack.extract.antecedents import Answer, Chooser, Question, QuestionKind, choose
from quotetrack.extract.names import first_names
from quotetrack.extract.people import Register
from quotetrack.extract.reading import Reading
from quotetrack.extract.salience import PERSONAL, Salience, compared
from quotetrack.extract.someone import Mention, Someone
from quotetrack.model import Span, Speaker

GENDERS = {
    "he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "they": "p", "them": "p", "their": "p", "it": "n", "its": "n",
}  # fmt: skip
# Cues that go on with a speech: who is "he" in "he added" has spoken just before.
_GOING_ON = {"continue", "add", "conclude", "go"}
_ASKING = {"ask", "question", "press", "challenge", "grill", "quiz"}
_SETTLED = {"nsubj", "nsubj:pass", "nmod:poss"}
_LEAST, _SURE = 0.4, 0.75  # least probability of a name, and of one that is not doubtful


@dataclass(frozen=True, slots=True)
class Referent:
    """Whom a pronoun stands for; ``sure`` is false where another came close."""

    someone: Someone
    sure: bool


@dataclass(slots=True)
class Discourse:
    """An article as far as it has been read: who appears, who spoke last, whose each reporting cue so far was."""

    reading: Reading
    register: Register
    salience: Salience
    chooser: Chooser = choose
    last: list[tuple[int, Someone]] = field(default_factory=list)
    joint: tuple[int, Speaker] | None = None  # who spoke last together, and where
    strangers: list[tuple[int, str, Speaker]] = field(
        default_factory=list
    )  # where somebody without a name spoke, and their gender
    reporters: list[tuple[range, Someone]] = field(default_factory=list)  # the words of a cue, and who spoke
    nameless: int = -1  # where somebody spoke last whom the article does not name
    _silent: tuple[int, str, Someone, float] | None = None
    _read: int = 0  # the number of the word up to which pronouns were settled that say nothing

    def personal(
        self,
        span: Span,
        gender: str,
        content: list[Span],
        cue: Span | None,
        allowed: Callable[[Someone], bool] = lambda someone: True,
    ) -> Referent | None:
        """``he`` and ``she``: whoever is most in mind and most likely to be meant.

        ``allowed`` leaves out who cannot be meant.
        """
        self._settle_silent(span.start)
        if (asked := self._asked(span.start)) is not None and asked.gender in (gender, "") and allowed(asked):
            return Referent(asked, False)
        plain = self._same_again(span.start, gender) or self.salience.only_subject(span.start, gender)
        if plain is not None and allowed(plain):
            return Referent(plain, True)
        going_on = cue is not None and self._lemma(cue) in _GOING_ON

        def told(someone: Someone) -> Mapping[str, float] | None:
            if not allowed(someone):
                return None
            named = any(s.start <= m.start < s.end and self._own_words(m) for m in someone.mentions for s in content)
            quoted = any(
                s.start <= m.start < s.end and not self._own_words(m) for m in someone.mentions for s in content
            )
            return {
                "in what is said": float(named),
                "in the quotation": float(quoted),
                "goes on": float(going_on and self._last_person()[1] is someone),
                "first name": _hint(someone, gender),
            }

        found = self.ask("pronoun", span, gender, told, {"nobody": 1.0})
        if found.someone is None or found.probability < _LEAST:
            return None
        return Referent(found.someone, found.probability >= _SURE)

    def _settle_silent(self, start: int) -> None:
        """Decide whom the pronouns before ``start`` in its paragraph stand for that speak no words: the next goes on with them."""
        words = self.reading.words
        paragraph = self.reading.words_between(self._paragraph_start(start), start)
        for index in range(max(self._read, paragraph.start), paragraph.stop):
            word = words[index]
            gender = PERSONAL.get(self.reading.lower[index], "")
            if gender and word.deprel in _SETTLED and not self.reading.is_quoted(index):
                span = Span(word.start, word.end, word.text)
                found = self.ask("pronoun", span, gender, lambda someone: {}, {"nobody": 1.0})
                if found.someone is not None and found.probability >= _LEAST:
                    self.salience.settle(span, found.someone)
                    self._silent = (word.start, gender, found.someone, found.probability)
        self._read = max(self._read, paragraph.stop + 1)

    def _same_again(self, start: int, gender: str) -> Someone | None:
        """Whom the last pronoun of that gender stands for, if it is a subject of this paragraph and nobody else of that gender
        has been named since: ``She laughed. “…,” she said.``"""
        if self._silent is None:
            return None
        at, told, someone, probability = self._silent
        if (
            told != gender
            or at < self._paragraph_start(start)
            or probability < 0.6
            or (self.last and self.last[-1][0] > at)
        ):
            return None
        since = [
            s
            for m, s in self.register.at(at, start, ("person",))
            if s.gender in (gender, "") and s is not someone and self._own_words(m)
        ]
        return None if since else someone

    def ask(
        self,
        kind: QuestionKind,
        span: Span,
        gender: str,
        told: Callable[[Someone], Mapping[str, float] | None],
        nobody: Mapping[str, float],
    ) -> Answer:
        """Whom ``span`` stands for, by what ``told`` says of each person (nothing: they cannot be meant) and by salience."""
        candidates: list[tuple[Someone, dict[str, float]]] = []
        at, last = self._last_person()
        verb = self._verb_of(span)
        for someone in self.register.persons():
            if gender and someone.gender and someone.gender != gender:
                continue
            if verb >= 0 and self.salience.is_object(someone, verb):
                continue  # "he told Vale": somebody else
            if kind == "pronoun" and someone is not last and self.salience.stranger_came(someone, span.start, gender):
                continue
            own = self.salience.features(someone, span.start, gender, self._reported(someone))
            more = told(someone) if own is not None else None
            if own is None or more is None:
                continue
            spoke = float(someone is last)
            here = self.salience.paragraph(at) == self.salience.paragraph(span.start)
            candidates.append((someone, {**own, **more, "spoke last": spoke, "spoke last, here": spoke * here}))
        compared(candidates)
        return self.choose(kind, span, candidates, nobody)

    def choose(
        self,
        kind: QuestionKind,
        span: Span,
        candidates: Sequence[tuple[Someone, Mapping[str, float]]],
        nobody: Mapping[str, float],
    ) -> Answer:
        """The answer by the weights in use."""
        return self.chooser(Question(kind, span, tuple(candidates), nobody))

    def _verb_of(self, span: Span) -> int:
        """The verb that ``span`` is the subject of, or -1."""
        inside = self.reading.words_between(span.start, span.end)
        for index in inside:
            if self.reading.words[index].deprel.split(":")[0] == "nsubj" and self.reading.head[index] not in inside:
                return self.reading.head[index]
        return -1

    def binds(self, someone: Someone, span: Span) -> bool:
        """Whether ``span`` stands within what the person is the subject of in the same sentence: ``Vale fell after the senator
        …`` has another senator.
        """
        words = self.reading.words_between(span.start, span.end)
        if not words:
            return False
        opens = self.reading.words[self.reading.sentence_range(words.start).start].start
        verbs = {p.verb for p in self.salience.before(someone, span.start) if p.subject and p.start >= opens}
        index = next((i for i in words if self.reading.head[i] not in words), words.start)
        for above in self.reading.above(index):
            if self.reading.words[index].deprel in ("conj", "parataxis"):
                return False
            if above in verbs:
                return True
            index = above
        return False

    def spoke_last(self, someone: Someone) -> bool:
        """Whether no other person has spoken since ``someone``."""
        return self._last_person()[1] is someone

    def _last_person(self) -> tuple[int, Someone | None]:
        return next(((at, s) for at, s in reversed(self.last) if s.type == "person"), (0, None))

    def _reported(self, someone: Someone) -> set[int]:
        """The verbs that were found to report the words of others than ``someone``."""
        return {index for cue, one in self.reporters if one is not someone for index in cue}

    def _asked(self, start: int) -> Someone | None:
        """``Lund asked Vale why she …``: whom a question that the pronoun stands in is put to."""
        reading = self.reading
        words = reading.words_between(start, start + 1)
        if not words:
            return None
        index = words.start
        for verb in reading.above(index):
            if reading.words[verb].lemma.lower() in _ASKING:
                for i in range(verb + 1, index + 1):
                    word = reading.words[i]
                    if reading.head[i] == verb and word.deprel in ("obj", "iobj") and word.end < start:
                        found = self.register.at(word.start, word.end, ("person",))
                        return found[0][1] if found else None
            index = verb
        return None

    def stranger(self, start: int, gender: str) -> Speaker | None:
        """Who spoke last in this paragraph without a name, if nobody with one is the subject of anything since."""
        if not self.strangers:
            return None
        at, told, speaker = self.strangers[-1]
        since = next((at for at, s in reversed(self.last) if s.type == "person"), 0)
        if at <= since or at < self._paragraph_start(start) or told not in (gender, ""):
            return None
        named = [(m, s) for m, s in self.register.at(at, start, ("person",)) if s.gender in (gender, "")]
        return None if any(self.is_subject(m, s) for m, s in named) else speaker

    def together(self, start: int, reach: int) -> Speaker | None:
        """Who spoke together within ``reach`` characters before ``start``, if nobody has spoken alone since."""
        if self.joint is None or not 0 <= start - self.joint[0] < reach:
            return None
        return self.joint[1] if not self.last or self.last[-1][0] <= self.joint[0] else None

    def is_subject(self, mention: Mention, someone: Someone) -> bool:
        """Whether the parse has the mention for a subject, of no verb that turned out to report another's words."""
        words = self.reading.words
        for index in self.reading.words_between(mention.start, mention.end):
            if words[index].deprel.split(":")[0] == "nsubj":
                verb = self.reading.head[index]
                return all(s is someone or verb not in cue for cue, s in self.reporters)
        return False

    def _paragraph_start(self, position: int) -> int:
        return max((s for s, _ in self.reading.parsed.paragraphs if s <= position), default=0)

    def _own_words(self, mention: Mention) -> bool:
        return self.reading.quoted_at(mention.start) is None

    def _lemma(self, cue: Span) -> str:
        words = self.reading.words_between(cue.start, cue.end)
        return self.reading.words[words.start].lemma.lower() if words else ""


def _hint(someone: Someone, gender: str) -> float:
    """What a first name alone tells: it may be a surname as well (``Warren``), so it weighs and does not decide."""
    if someone.gender or " " in someone.name:
        return 0.0
    told = first_names().get(someone.name.lower(), "")
    return 0.0 if not told else 0.5 if told == gender else -1.0
