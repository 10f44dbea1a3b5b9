"""Compare noun phrases for one person with the roles, names, ages and nouns that the article gives each candidate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from quotetrack.extract.people.gender import gender_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.person_phrases import AGED, Phrase
from quotetrack.extract.resolve.tracks import Track
from quotetrack.extract.resolve.trades import is_in_office, is_of_another
from quotetrack.extract.roles.facts import HELD, OFFICES, RUNNING, Facts, plain
from quotetrack.model import Span
from quotetrack.text.role_nouns import holds

PHRASE = (
    "came without a name", "of somebody new", "tail", "bare", "modifiers", "capital", "demonstrative", "owned", "some hold the role",
    "one holds the role", "epithet", "stranger's noun", "aged", "nationality", "single office", "stranger of that noun", "long",
    "no article", "owner named",
)  # fmt: skip
FIT = (
    "role", "role of one alone", "role of another", "role and modifiers", "modifiers fit", "capitals fit", "names of others", "said to be",
    "called so before", "other roles", "no roles", "age fits", "age differs", "gender fits", "other office", "vice", "nationality fits", "has role, modifiers missing",
)  # fmt: skip
_SUPPORT = (
    "role", "role and modifiers", "modifiers fit", "capitals fit", "said to be", "called so before", "age fits", "gender fits", "nationality fits",
)  # fmt: skip
# Nouns that news uses for a person just mentioned, whether or not the article gives that role.
_EPITHETS = {
    "businessman", "businesswoman", "nominee", "candidate", "senator", "lawmaker", "governor", "mayor", "billionaire", "tycoon", "actor",
    "actress", "singer", "author", "professor", "coach", "politician", "contender", "mogul", "executive", "star", "host", "magnate",
    "diplomat", "graduate", "filmmaker", "comedian", "rapper", "surgeon", "philanthropist", "playwright", "novelist", "physicist",
    "footballer", "striker", "midfielder", "goalkeeper", "boxer", "golfer", "swimmer", "runner", "veteran", "journalist", "developer",
    "lawyer", "winner", "skipper", "captain", "defender", "batsman", "bowler", "artist", "musician", "player", "activist", "academic",
    "economist", "scientist", "researcher", "scholar", "legend", "champion", "pensioner", "teenager", "native", "entrepreneur",
}  # fmt: skip
# Nouns for people who are often not named.
_STRANGERS = {
    "man", "woman", "official", "spokesman", "spokeswoman", "spokesperson", "aide", "adviser", "advisor", "narrator", "moderator",
    "reporter", "questioner", "interviewer", "judge", "source", "insider", "operative", "employee", "worker", "witness", "driver",
    "officer", "supporter", "member", "staffer", "strategist", "consultant", "person", "voter", "teacher", "nurse", "pilot", "student",
    "prosecutor", "designer", "partner", "delegate", "resident", "victim", "suspect", "representative", "neighbour", "neighbor",
}  # fmt: skip
# Offices with a single holder: a person to whom the article does not give the office does not hold it.
SINGLE = {
    "president", "minister", "premier", "chancellor", "king", "queen", "pope", "emperor", "prince", "princess", "judge", "justice", "mayor",
    "governor", "secretary", "ambassador", "chairman", "chairwoman", "chairperson", "commissioner", "director", "prosecutor", "coroner",
    "sheriff", "principal", "headmaster", "editor", "bishop", "archbishop",
}  # fmt: skip
# A holder of such a post is not a candidate for another one, unless the article says so.
_SETTLED = ("president", "chairman", "chairwoman", "speaker", "judge", "justice")
_OWNER = re.compile(r"[^,]{2,60}?['’]s?\s")
_NO_NATIONS = {"former", "vice", "deputy", "christian", "jewish", "muslim", "catholic"}
_NEW_TAIL = re.compile(r"\s(?:of|for|in|at|to|who \w+)\s(?:an?|another|some|several)\s")
_AGE_BESIDE = re.compile(r"[^.]{0,3},?\s\(?(?:aged\s)?(\d{1,3})\b(?!,\d)|[^.;]{0,40}?\b(\d{1,3})[- ]years?[- ]old")


@dataclass(slots=True)
class PersonFits:
    """Features of the persons of one article as antecedents of its noun phrases."""

    reading: Reading
    register: Register
    facts: Facts
    # The modifiers of what was taken for a person so far, by the person and the noun.
    _said: dict[tuple[int, str], set[frozenset[str]]] = field(default_factory=dict)
    _holders: dict[tuple[str, bool], list[Someone]] = field(default_factory=dict)
    _holders_by_word: dict[tuple[str, bool], dict[str, list[Someone]]] = field(default_factory=dict)
    _first_described: dict[tuple[str, bool, frozenset[str]], int] = field(default_factory=dict)
    _ages: dict[int, str] = field(default_factory=dict)

    def gender(self, phrase: Phrase) -> str:
        """Return the gender that the noun implies, or an empty string."""
        return gender_of(phrase.lemma)

    def settle(self, track: Track, phrase: Phrase) -> None:
        """Record the antecedent chosen for the phrase."""
        if track.someone is not None:
            self._said.setdefault((id(track.someone), phrase.lemma), set()).add(frozenset(phrase.wanted))

    def support(self, row: Sequence[float]) -> list[float]:
        """Return the features in a row of ``FIT`` that speak for a candidate."""
        return [row[FIT.index(name)] for name in _SUPPORT]

    def possible(self, track: Track, phrase: Phrase) -> bool:
        """Whether nothing in the article excludes the person, such as another office."""
        someone = track.someone
        if someone is None:
            return True
        role = self.holds(someone, phrase)
        if self.facts.other_office(someone, phrase.lemma) or self._contradicts(someone, phrase):
            return False
        if not role and is_of_another(self.reading, self.facts, someone, phrase):
            return self._called(someone, phrase)
        if is_in_office(self.facts, someone, phrase.lemma, phrase.modifiers):
            return False
        if phrase.lemma in RUNNING and not role and self._runs_for_nothing(someone):
            return False
        if role and phrase.wanted and not phrase.wanted <= self.facts.words(someone):
            return not self._is_held_as_described(phrase)  # "the Oregon senator" of two
        return role or phrase.lemma not in SINGLE or "former" in phrase.modifiers or self._called(someone, phrase)

    def _contradicts(self, someone: Someone, phrase: Phrase) -> bool:
        """Whether the person is of another party, or holds the office of another country or place (``the Oregon governor``, after one of Florida)."""
        own, parties = self.facts.words(someone), self.register.parties
        told = {parties[word] for word in phrase.wanted | {phrase.lemma} if word in parties}
        if told and (known := self.facts.parties_of(someone)) and not told & known:
            return True
        held = [r for r in self.facts.roles.get(id(someone), []) if holds(phrase.lemma, r.text)]
        for kind in ("NORP", "Location"):
            named, others = self._entities([phrase.span], kind), self._entities(held, kind)
            if named and others and not named & (others | own):
                return True
        return False

    def _entities(self, spans: Sequence[Span], kind: str) -> set[str]:
        """The words of the entities of ``kind`` inside the spans."""
        found = (e for span in spans for e in self.reading.entities_in(span.start, span.end) if e.type == kind)
        return {plain(word) for entity in found for word in entity.text.split()}

    def _runs_for_nothing(self, someone: Someone) -> bool:
        """Whether the person holds a post such as judge and no elected one, so that ``the nominee`` is somebody else."""
        roles = [role.text for role in self.facts.roles.get(id(someone), [])]
        settled = any(holds(office, role) for role in roles for office in _SETTLED)
        return settled and not any(holds(office, role) for role in roles for office in OFFICES)

    def holds(self, someone: Someone, phrase: Phrase) -> bool:
        """Whether the article gives the person the role of the phrase."""
        return (
            self.facts.is_of_party(someone, phrase.lemma)
            or self.facts.has_role(someone, phrase.lemma, "vice" in phrase.wanted)
            or self.facts.said_to_be(someone, phrase.lemma)
        )

    def holders(self, phrase: Phrase) -> list[Someone]:
        """Return the first two persons named before the phrase to whom the article gives the role."""
        return [s for s in self._all_holders(phrase)[:2] if s.first < phrase.span.start]

    def _all_holders(self, phrase: Phrase) -> list[Someone]:
        """The persons to whom the article gives the role, in order of first mention."""
        key = (phrase.lemma, "vice" in phrase.wanted)
        found = self._holders.get(key)
        if found is None:
            found = self._holders[key] = [s for s in self.register.persons() if self.holds(s, phrase)]
        return found

    def _is_held_as_described(self, phrase: Phrase) -> bool:
        """Whether a person named before the phrase has the role with all of its modifiers."""
        wanted = frozenset(phrase.wanted)
        key = (phrase.lemma, "vice" in wanted, wanted)
        first = self._first_described.get(key)
        if first is None:
            described = (s.first for s in self._holders_with(phrase, wanted) if wanted <= self.facts.words(s))
            first = self._first_described[key] = next(described, len(self.reading.text))
        return first < phrase.span.start

    def _holders_with(self, phrase: Phrase, wanted: frozenset[str]) -> Sequence[Someone]:
        """The holders of the role that have the rarest of the ``wanted`` words, in order of first mention."""
        key = (phrase.lemma, "vice" in wanted)
        found = self._holders_by_word.get(key)
        if found is None:
            found = self._holders_by_word[key] = {}
            for someone in self._all_holders(phrase):
                for word in self.facts.words(someone):
                    found.setdefault(word, []).append(someone)
        return min((found.get(word, []) for word in wanted), key=len, default=self._all_holders(phrase))

    def features(self, tracks: Sequence[Track], phrase: Phrase) -> tuple[list[float], list[list[float]]]:
        """Return the features of the phrase in the order of ``PHRASE``, and of each candidate in the order of ``FIT``."""
        holders = self.holders(phrase)
        return self._of_phrase(phrase, tracks, holders), [self._of_track(track, phrase, holders) for track in tracks]

    def _of_phrase(self, phrase: Phrase, tracks: Sequence[Track], holders: Sequence[Someone]) -> list[float]:
        """Return the features of the phrase in the order of ``PHRASE``."""
        text, span = self.reading.text, phrase.span
        new = re.compile(
            rf"\b(?:an?|another|one|two|three|several|some)\s(?:[\w'’.-]+\s){{0,3}}{re.escape(phrase.lemma)}s?\b", re.I
        )
        strangers = any(t.someone is None and self.reading.words[t.noun].lemma.lower() == phrase.lemma for t in tracks)
        return [
            float(bool(new.search(text, max(0, span.start - 3000), span.start))), float(bool(_NEW_TAIL.search(span.text))), float(phrase.tail),
            float(not phrase.modifiers), float(len(phrase.modifiers) > 1), float(any(w[:1].isupper() for w in phrase.modifiers)),
            float(phrase.determiner in ("this", "that")), float(phrase.determiner in ("his", "her", "their", "its") or "’s " in span.text or "'s " in span.text),
            float(bool(holders)), float(len(holders) == 1), float(phrase.lemma in _EPITHETS), float(phrase.lemma in _STRANGERS), float(bool(phrase.age)),
            float(bool(self._nationalities(span))), float(phrase.lemma in SINGLE), float(strangers), float(len(span.text.split()) > 5),
            float(not phrase.determiner), float(not phrase.determiner and _OWNER.match(span.text) is not None),
        ]  # fmt: skip

    def _of_track(self, track: Track, phrase: Phrase, holders: Sequence[Someone]) -> list[float]:
        """Return the features of a candidate in the order of ``FIT``; all but the first are 0 for an unnamed one."""
        someone = track.someone
        if someone is None:
            same = self.reading.words[track.noun].lemma.lower() == phrase.lemma
            return [float(same), *([0.0] * (len(FIT) - 1))]
        own, wanted = self.facts.words(someone), phrase.wanted
        said = self.facts.said_to_be(someone, phrase.lemma)
        role = self.holds(someone, phrase)
        capitals = {plain(w) for w in phrase.modifiers if w[:1].isupper()}
        nations = {plain(w) for w in self._nationalities(phrase.span)}
        roles = bool(self.facts.roles.get(id(someone)))
        age = self._age(someone) if phrase.age else ""
        told = gender_of(phrase.lemma)
        return [
            float(role), float(role and len(holders) == 1), float(not role and bool(holders)), float(role and bool(wanted) and wanted <= own),
            min(2, len(wanted & own)) / 2, float(bool(capitals & own)), float(bool(self._names(phrase) - own)), float(said), float(self._called(someone, phrase)),
            float(roles and not role), float(not roles), float(bool(age) and age == phrase.age), float(bool(age) and age != phrase.age),
            float(bool(told) and told == someone.gender), float(phrase.lemma in HELD and self.facts.other_office(someone, phrase.lemma)),
            float("vice" in own and "vice" not in wanted), float(bool(nations & own)), float(role and bool(wanted - own)),
        ]  # fmt: skip

    def _called(self, someone: Someone, phrase: Phrase) -> bool:
        said = self._said.get((id(someone), phrase.lemma), ())
        return any(phrase.wanted <= other or other <= phrase.wanted for other in said)

    def _names(self, phrase: Phrase) -> set[str]:
        """The words of names inside the phrase (``the Vale supporter``), without its relative clause."""
        before_clause = re.split(r",\s|\swho\s", phrase.span.text)[0]
        inside = self.register.at(phrase.span.start, phrase.span.start + len(before_clause), ("person", "organisation"))
        return {plain(word) for mention, _ in inside for word in mention.name.split()}

    def _age(self, someone: Someone) -> str:
        """Return the age printed next to a name of the person, in digits, or an empty string."""
        if id(someone) not in self._ages:
            self._ages[id(someone)] = ""
            for mention in someone.mentions:
                match = _AGE_BESIDE.match(self.reading.text, mention.end, mention.end + 60)
                before = AGED.search(self.reading.text, max(0, mention.start - 30), mention.start)
                found = (match[1] or match[2]) if match else (before[1] or before[2]) if before else None
                if found:
                    self._ages[id(someone)] = found
                    break
        return self._ages[id(someone)]

    def _nationalities(self, span: Span) -> list[str]:
        """Return adjectives of nationality: ``French`` in ``the French president``."""
        inside = self.reading.words_between(span.start, span.end)
        words = [self.reading.words[i] for i in inside][1:]
        names = [
            word.text
            for word, following in zip_longest(words, words[1:])
            if word.upos == "ADJ" and word.text[:1].isupper() and not (following and following.text[:1].isupper())
        ]
        return [name for name in names if plain(name) not in _NO_NATIONS]
