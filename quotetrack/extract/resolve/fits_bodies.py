"""Features of how well a noun phrase for a body fits each candidate: by its name and by the nouns used for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotetrack.extract.people.institutions import Body
from quotetrack.extract.people.kinds import PLACES
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import BODIES, DOCUMENTS
from quotetrack.extract.resolve.tracks import Track
from quotetrack.extract.roles.facts import plain
from quotetrack.model import Span

PHRASE = (
    "came without a name", "modifiers", "capital", "tail", "demonstrative", "owned", "place's noun", "general noun", "document", "some are called so",
    "one is called so", "plural", "known noun", "long",
)  # fmt: skip
FIT = (
    "called so", "noun in name", "only one called so", "nearest called so", "called otherwise", "called nothing", "modifiers in name", "capitals in name",
    "capitals of others", "place", "place with place's noun", "place with other noun", "group", "organisation", "same stranger", "initials",
)  # fmt: skip
# Nouns for bodies that usually have no name, so that a body named nearby is a different one.
_USUALLY_UNNAMED = {
    "government", "army", "police", "military", "cabinet", "parliament", "regime", "navy", "prosecution", "tribunal", "presidency",
    "coastguard", "legislature", "church", "force", "office", "board", "court", "council", "opposition",
}  # fmt: skip
# Nouns for bodies that have this noun in their name.
_KIND_IN_NAME = {
    "ministry", "court", "tribunal", "university", "committee", "subcommittee", "commission", "council", "senate",
    "parliament", "embassy", "hospital", "police",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyPhrase:
    """A noun phrase for a body.

    ``lemma`` is its head in the singular, ``modifiers`` the words between determiner and head, and ``tail`` says
    whether anything follows the head.
    """

    span: Span
    lemma: str
    determiner: str
    modifiers: tuple[str, ...]
    tail: bool
    plural: bool = False

    @classmethod
    def of(cls, span: Span, lemma: str, plural: bool = False) -> BodyPhrase:
        """Return the parts of a phrase such as ``the small watchdog group that …``."""
        text = re.sub(r"['’]s$", "", span.text)
        parts = re.split(r"\s(?:which|that|who|of|for|in|from|at|with|today)\b|,", text)
        words = parts[0].split()
        return cls(span, lemma, words[0].lower() if words else "", tuple(words[1:-1]), len(parts) > 1, plural)


@dataclass(slots=True)
class BodyFits:
    """Compares the ``bodies`` of one article with its noun phrases."""

    reading: Reading
    bodies: Sequence[Body] = ()
    _modified: dict[tuple[str, frozenset[str]], set[int]] = field(default_factory=dict)
    _by_adjective: dict[str, list[Body]] | None = None
    _words: dict[int, set[str]] = field(default_factory=dict)

    def gender(self, phrase: BodyPhrase) -> str:
        """Return the number of the phrase as in pronouns: ``p`` for plural, ``n`` for singular."""
        return "p" if phrase.plural else "n"

    def possible(self, track: Track, phrase: BodyPhrase) -> bool:
        """Whether the noun allows the candidate: a country is no company, and ``Calder Savings`` is no ministry."""
        if track.body is None or not phrase.lemma:
            return True
        if phrase.plural and not track.body.is_plural:
            return False  # "the agencies" are several bodies
        modified = self._with_modifier(phrase)
        if modified and id(track.body) not in modified:
            return False  # "the governing party" is the one that the article calls governing
        if phrase.lemma in _KIND_IN_NAME and not (self._is_called(track, phrase) or self._in_name(track, phrase)):
            return any(one.name.isupper() for one in track.body.names)  # initials say nothing about the kind of body
        place = track.body.is_place
        return not (place and phrase.lemma not in PLACES and phrase.lemma not in track.body.called)

    def _with_modifier(self, phrase: BodyPhrase) -> set[int]:
        """The ``id`` of each body with the noun and a modifier of the phrase beside its name: ``the governing Dune Party``."""
        modifiers = frozenset(word for word in phrase.modifiers if word.islower())
        if not modifiers:
            return set()
        key = (phrase.lemma, modifiers)
        if key not in self._modified:
            bodies = (body for word in modifiers for body in self._bodies_beside(word))
            self._modified[key] = {id(body) for body in bodies if phrase.lemma in body.called}
        return self._modified[key]

    def _bodies_beside(self, adjective: str) -> Sequence[Body]:
        """The bodies with the adjective right before a name."""
        if self._by_adjective is None:
            self._by_adjective = {}
            for body in self.bodies:
                for word in self._beside(body):
                    self._by_adjective.setdefault(word, []).append(body)
        return self._by_adjective.get(adjective, ())

    def _beside(self, body: Body) -> set[str]:
        """The adjectives and participles right before the names of the body."""
        words, found = self.reading.words, set()
        for start, end in body.places:
            before = self.reading.words_between(start, end).start - 1
            while before >= 0 and words[before].upos in ("ADJ", "NOUN", "VERB") and words[before].text.islower():
                found.add(words[before].text)
                before -= 1
        return found

    def support(self, row: Sequence[float]) -> list[float]:
        """Return the features in a row of ``FIT`` that speak for a candidate: all of them."""
        return list(row)

    def settle(self, track: Track, phrase: BodyPhrase) -> None:
        """Do nothing; bodies keep no record of earlier decisions."""

    def features(self, tracks: Sequence[Track], phrase: BodyPhrase) -> tuple[list[float], list[list[float]]]:
        """Return the features of the phrase (``PHRASE``) and those of each candidate (``FIT``)."""
        fitting = [track for track in tracks if self._is_called(track, phrase) or self._in_name(track, phrase)]
        nearest = max((t.latest.word for t in fitting if t.latest is not None), default=-1)
        return self._of_phrase(phrase, fitting), [self._of_track(t, phrase, fitting, nearest) for t in tracks]

    def _of_phrase(self, phrase: BodyPhrase, fitting: Sequence[Track]) -> list[float]:
        """The features of the phrase; ``fitting`` has the candidates that its noun can refer to."""
        text, span, lemma = self.reading.text, phrase.span, phrase.lemma
        newly_introduced = re.compile(rf"\b(?:an?|another|one|some)\s(?:[\w'’.-]+\s){{0,4}}{re.escape(lemma)}\b", re.I)
        named = sum(track.body is not None for track in fitting)
        return [
            float(bool(newly_introduced.search(text, max(0, span.start - 1500), span.start))), float(bool(phrase.modifiers)),
            float(any(w[:1].isupper() for w in phrase.modifiers)), float(phrase.tail), float(phrase.determiner in ("this", "that", "these", "those")),
            float(phrase.determiner in ("his", "her", "their", "its") or bool(re.search(r"['’]s\s", span.text))), float(lemma in PLACES),
            float(lemma in _USUALLY_UNNAMED), float(lemma in DOCUMENTS), float(named > 0), float(named == 1), float(phrase.plural), float(lemma in BODIES),
            float(len(span.text.split()) > 5),
        ]  # fmt: skip

    def _of_track(self, track: Track, phrase: BodyPhrase, fitting: Sequence[Track], nearest: int) -> list[float]:
        """The features of one candidate; ``nearest`` is the word index of the latest mention of a fitting one."""
        body, lemma = track.body, phrase.lemma
        if body is None:
            noun = self.reading.words[track.noun].lemma.lower()
            return [*([0.0] * (len(FIT) - 2)), float(noun == lemma), 0.0]
        called, in_name = self._is_called(track, phrase), self._in_name(track, phrase)
        fits = called or in_name
        name_words = self._name_words(track)
        modifiers = {plain(word) for word in phrase.modifiers}
        capitals = {plain(word) for word in phrase.modifiers if word[:1].isupper()}
        latest = track.latest.word if track.latest is not None else -1
        kind = body.someone.type
        return [
            float(called), float(in_name), float(fits and sum(t.body is not None for t in fitting) == 1), float(fits and latest == nearest),
            float(bool(body.called) and not fits), float(not body.called and not in_name), len(modifiers & name_words) / max(1, len(modifiers)), float(bool(capitals & name_words)),
            float(bool(capitals - name_words)), float(body.is_place), float(body.is_place and lemma in PLACES), float(body.is_place and lemma not in PLACES),
            float(kind == "group"), float(kind == "organisation"), 0.0, float(body.someone.name.isupper()),
        ]  # fmt: skip

    def _is_called(self, track: Track, phrase: BodyPhrase) -> bool:
        """Whether the noun of the phrase can refer to the body."""
        return track.body is not None and phrase.lemma in track.body.called

    def _in_name(self, track: Track, phrase: BodyPhrase) -> bool:
        """Whether the noun of the phrase is a word of the body's name."""
        return track.body is not None and phrase.lemma in self._name_words(track)

    def _name_words(self, track: Track) -> set[str]:
        """The words of all names of the body."""
        if track.body is None:
            return set()
        words = self._words.get(id(track.body))
        if words is None:
            words = {plain(word) for one in track.body.names for word in one.name.split()}
            self._words[id(track.body)] = words
        return words
