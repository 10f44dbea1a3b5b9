"""Whom a noun phrase for a person repeats: ``the senator``, ``the retired surgeon``, ``the Oregon Republican``; or nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from quotetrack.extract.facts import HELD, OFFICES, PARTIES, PARTISANS, RUNNING, Facts, plain, state_words
from quotetrack.extract.gender import gender_of
from quotetrack.extract.pronouns import GENDERS, Discourse
from quotetrack.extract.reading import Reading
from quotetrack.extract.someone import Someone
from quotetrack.model import Span

SURE = 0.55  # least probability of a name
_AHEAD = 400  # characters after a phrase that opens a paragraph in which its name may first come up
_TOP, _AHEAD_OF_TOP = 250, 700  # where a headline or lead ends, as a rule, and how far from there the name may be
# Nouns that news puts for the person it has just spoken of, known or not to hold that role.
_EPITHETS = {
    "businessman", "businesswoman", "nominee", "candidate", "senator", "congressman", "congresswoman", "lawmaker", "governor",
    "mayor", "billionaire", "tycoon", "actor", "actress", "singer", "author", "professor", "coach", "politician",
    "contender", "hopeful", "mogul", "executive", "justice", "star", "host", "magnate", "socialist", "diplomat", "graduate",
    "filmmaker", "documentarian", "comedian", "rapper", "surgeon", "neurosurgeon", "philanthropist", "playwright", "novelist",
    "physicist", "footballer", "striker", "midfielder", "goalkeeper", "boxer", "golfer", "swimmer", "front-runner",
    "frontrunner", "runner", "centrist", "conservative", "veteran", "journalist", "developer", "investor", "lawyer",
}  # fmt: skip
# Nouns for people whom news has reasons not to name.
_STRANGERS = {
    "man", "woman", "official", "spokesman", "spokeswoman", "spokesperson", "aide", "adviser", "advisor", "narrator", "moderator",
    "reporter", "questioner", "interviewer", "judge", "source", "insider", "operative", "employee", "worker", "witness",
    "driver", "officer", "supporter", "member", "staffer", "strategist", "consultant", "host", "person", "voter", "teacher",
    "nurse", "pilot", "student", "prosecutor", "designer", "partner", "delegate",
}  # fmt: skip


_NO_NATIONS = {"american", "former", "vice", "deputy", "christian", "jewish", "muslim", "catholic"}
# Offices that one alone holds: who is not said to hold it does not.
_SINGLE = {
    "president",
    "minister",
    "premier",
    "chancellor",
    "king",
    "queen",
    "pope",
    "emperor",
    "prince",
    "princess",
    "judge",
    "justice",
    "mayor",
}
# Who has such a post in a body named beside it has it there and nowhere else.
_POSTS = {
    "director",
    "chief",
    "commissioner",
    "head",
    "chairman",
    "president",
    "secretary",
    "executive",
    "founder",
    "editor",
}

_NOT_RUNNING = ("president", "chairman", "speaker")

# "the wife of a man …", "the organizer of a rally": new as what they are said to be of.
_NEW_TAIL = re.compile(r"\s(?:of|for|in|at|to|who \w+)\s(?:an?|another|some|several)\s")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase for one person taken apart. ``lemma`` is its head in the singular, ``modifiers`` the words before it."""

    span: Span
    lemma: str
    modifiers: tuple[str, ...]
    tail: bool

    @classmethod
    def of(cls, span: Span, lemma: str) -> Phrase:
        """``the Oregon senator who …``: the words after the article up to the head, and whether more follows."""
        whole = re.split(r"\s(?:which|that|who|of|for|in|from|at|with)\s|,", span.text)
        return cls(span, lemma, tuple(whole[0].split()[1:-1]), len(whole) > 1)

    def like(self, other: Phrase) -> bool:
        """Whether the two say the same of somebody, in the same words or in fewer."""
        return self.lemma == other.lemma and (self.wanted <= other.wanted or other.wanted <= self.wanted)

    @property
    def before(self) -> set[str]:
        """The words before its head."""
        return {plain(word) for word in self.modifiers}

    @property
    def wanted(self) -> set[str]:
        """The modifiers, and the place that the phrase names behind its head (``the senator from Oregon``)."""
        place = re.search(r"\s(?:from|of)\s((?:[A-Z][\w.]*\s?)+)", self.span.text)
        words = [*self.modifiers, *(place[1].split() if place else [])]
        party = {PARTISANS[self.lemma]} if self.lemma in PARTISANS else set()
        return ({plain(w) for w in words} | party) - {"former", "then", "presumptive"}


@dataclass(slots=True)
class Holders:
    """The persons of one article as holders of what noun phrases say."""

    discourse: Discourse
    facts: Facts
    before: list[tuple[Phrase, Someone]] = field(default_factory=list)  # what was taken for whom so far

    def referent(self, span: Span, lemma: str) -> Someone | None:
        """The one person that the phrase plainly means; nobody where it may be another or somebody without a name."""
        phrase = Phrase.of(span, lemma)
        if re.search(r"\sand\s(?:his|her|their|the)\s", span.text):
            return None  # "the nominee and his aides"
        if (ahead := self._named_next(phrase)) is not None:
            return ahead
        gender = gender_of(lemma) or self._taken_up(span)
        holders = self._holders(phrase)
        found = self.discourse.ask(
            "nominal", span, gender, lambda one: self._features(one, phrase, holders), self._nobody(phrase, holders)
        )
        if found.someone is None or found.probability < SURE:
            return None
        self.before.append((phrase, found.someone))
        return found.someone

    def _features(self, someone: Someone, phrase: Phrase, holders: list[Someone]) -> Mapping[str, float] | None:
        own, wanted = self.facts.words(someone), phrase.wanted
        named = {plain(w) for w in phrase.modifiers if w[:1].isupper()} - {"us", "american"}
        places = state_words()
        if "vice" not in wanted and phrase.lemma == "president" and "vice" in own and "president" in own:
            return None
        role = (phrase.lemma in PARTISANS and PARTISANS[phrase.lemma] in own) or self.facts.has_role(
            someone, phrase.lemma, "vice" in wanted
        )
        owned = re.search(r"['’]s?\s", phrase.span.text) is not None
        reputed = not role and self.facts.known_as(someone, phrase.lemma, phrase.before)
        if owned and not (role or reputed):
            return None  # "the prime minister's spokesman" is none of those who are not called so
        if phrase.lemma in PARTISANS and wanted & places - own and not self.facts.in_office(someone):
            return None  # "the Oregon Republican" sits in a parliament
        if self.facts.other_office(someone, phrase.lemma):
            return None  # the governor is not "the senator"
        if phrase.lemma in OFFICES | set(PARTISANS) and not role and self._elsewhere(someone):
            return None  # nor is a pollster
        if phrase.lemma in RUNNING and not role and any(self.facts.has_role(someone, noun) for noun in _NOT_RUNNING):
            return None  # nor who is president already
        if phrase.lemma in _STRANGERS | _POSTS and not role and self._names(phrase) - own:
            return None  # "the FBI director", "the Vale supporter"
        foreign = {plain(w) for w in self._nationalities(phrase.span)}
        said_to_be = not role and self.facts.said_to_be(someone, phrase.lemma)
        called = any(one is someone and phrase.like(other) for other, one in self.before)
        if (
            phrase.lemma in _SINGLE
            and "former" not in phrase.modifiers
            and not (role or said_to_be or called or reputed)
        ):
            return None
        if (
            foreign - own
            and phrase.lemma in _SINGLE | HELD | {"leader"}
            and not (role and self.discourse.spoke_last(someone))
        ):
            return None  # "the Vessarian leader", after a president of an article that gives him no country
        other_party = wanted & PARTIES and own & PARTIES and not wanted & own & PARTIES
        other_state = wanted & places and own & places and not wanted & own & places
        if other_party or other_state:
            return None
        return {
            "binds": float(self.discourse.binds(someone, phrase.span)),
            "role": float(role or said_to_be),
            "role, of one alone": float((role or said_to_be) and len(holders) == 1),
            "role of another": float(not role and not said_to_be and not reputed and bool(holders)),
            "reputed": float(reputed),
            "reputed, of one alone": float(reputed and len(holders) == 1),
            "role and modifiers": float(role and bool(wanted) and wanted <= own),
            "modifiers fit": min(2, len(wanted & own)) / 2,
            "capitals fit": float(bool(named & own)),
            "place missing": float(bool(named & places - own)),
            "name of another": float(bool(self._names(phrase) - own)),
            "role, foreign": float(role and bool(foreign - own)),
            "said to be": float(said_to_be),
            "called so before": float(called),
            "runs": float(phrase.lemma in RUNNING and self.facts.runs(someone)),
            "foreign": float(bool(foreign - own)),
            "office and no role": float(phrase.lemma in OFFICES and not role and not self.facts.roles.get(id(someone))),
        }

    def _elsewhere(self, someone: Someone) -> bool:
        return self.facts.runs_for_nothing(someone) and not self.facts.runs(someone)

    def _names(self, phrase: Phrase) -> set[str]:
        """The words of names inside the phrase that are no state and no party (``the Vale supporter``)."""
        inside = self.discourse.register.at(phrase.span.start, phrase.span.end, ("person", "organisation"))
        words = {plain(word) for mention, _ in inside for word in mention.name.split()}
        return words - PARTIES - state_words()

    def _holders(self, phrase: Phrase) -> list[Someone]:
        """Those named so far whom the article gives the role."""
        return [
            s
            for s in self.discourse.register.persons()
            if s.first < phrase.span.start
            and (
                self.facts.has_role(s, phrase.lemma, "vice" in phrase.wanted)
                or self.facts.said_to_be(s, phrase.lemma)
                or self.facts.known_as(s, phrase.lemma, phrase.before)
            )
        ]

    def _nobody(self, phrase: Phrase, holders: list[Someone]) -> Mapping[str, float]:
        text = self.discourse.reading.text
        new = re.compile(
            rf"\b(?:an?|another|one|two|three|several|some)\s(?:[\w'’.-]+\s){{0,3}}{re.escape(phrase.lemma)}s?\b", re.I
        )
        return {
            "nobody": 1.0,
            "nobody: came without a name": float(
                bool(new.search(text, max(0, phrase.span.start - 3000), phrase.span.start))
            ),
            "nobody: epithet": float(phrase.lemma in _EPITHETS),
            "nobody: stranger's noun": float(phrase.lemma in _STRANGERS),
            "nobody: bare noun": float(not phrase.modifiers),
            "nobody: modifiers": float(len(phrase.modifiers) > 1),
            "nobody: capital": float(any(w[:1].isupper() for w in phrase.modifiers)),
            "nobody: tail": float(phrase.tail),
            "nobody: of somebody new": float(bool(_NEW_TAIL.search(phrase.span.text))),
            "nobody: some hold the role": float(bool(holders)),
            "nobody: office": float(phrase.lemma in OFFICES or phrase.lemma in PARTISANS),
        }

    def _named_next(self, phrase: Phrase) -> Someone | None:
        """``The attorney general is confirming … But Attorney General Ruth Vale``: wires name a subject at once, if not first."""
        persons = list(self.discourse.register.persons())
        top = phrase.span.start < _TOP
        if not (top or self._opens(phrase.span)) or any(
            s.first < phrase.span.start and self.facts.has_role(s, phrase.lemma) for s in persons
        ):
            return None
        reach = _AHEAD_OF_TOP if top else _AHEAD
        ahead = [s for s in persons if 0 < s.first - phrase.span.start < reach and self._is_called(s, phrase)]
        if len(ahead) > 1:  # "the head of the rules committee": not of the party
            told = {plain(word) for word in phrase.span.text.split()} - {phrase.lemma, "the", "of", "for", "former"}
            ahead = [s for s in ahead if told & self.facts.words(s)]
        return ahead[0] if len(ahead) == 1 else None

    def _is_called(self, someone: Someone, phrase: Phrase) -> bool:
        return (
            self.facts.has_role(someone, phrase.lemma)
            or self.facts.said_to_be(someone, phrase.lemma)
            or self.facts.known_as(someone, phrase.lemma, phrase.before)
        )

    def _opens(self, span: Span) -> bool:
        """Whether the phrase begins a paragraph."""
        return any(span.start - 2 <= start <= span.start for start, _ in self.discourse.reading.parsed.paragraphs)

    def _taken_up(self, span: Span) -> str:
        """The gender of the first pronoun that goes on with the phrase in its sentence (``The nominee attacked her rival``)."""
        reading = self.discourse.reading
        words = reading.words_between(span.start, span.end)
        if not words:
            return ""
        for index in range(words.stop, reading.sentence_range(words.start).stop):
            word = reading.words[index]
            if word.deprel in ("obj", "iobj", "obl"):
                continue  # "the president told her": of somebody else
            if word.text.lower() in GENDERS and reading.is_quoted(index) == reading.is_quoted(words.start):
                gender = GENDERS[word.text.lower()]
                return gender if gender in "mf" else ""
            if self.discourse.register.at(word.start, word.end, ("person",)):
                return ""
        return ""

    def _nationalities(self, span: Span) -> list[str]:
        """``French`` in ``the French president``: who is only called president is another."""
        reading: Reading = self.discourse.reading
        words = [reading.words[i] for i in reading.words_between(span.start, span.end)][1:]
        names = [
            word.text
            for word, following in zip(words, [*words[1:], None], strict=True)
            if word.upos == "ADJ" and word.text[:1].isupper() and not (following and following.text[:1].isupper())
        ]
        return [name for name in names if plain(name) not in PARTIES | _NO_NATIONS]
