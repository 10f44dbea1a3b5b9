"""How well a noun phrase for a body fits each candidate: by the body's name and by what the article calls it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
# Bodies that are spoken of without a name: one named nearby is another.
_GENERAL = {
    "government", "army", "police", "military", "cabinet", "parliament", "regime", "navy", "prosecution", "tribunal", "presidency",
    "coastguard", "legislature", "church", "force", "office", "board", "court", "council", "opposition",
}  # fmt: skip
# Bodies whose names say what they are: what has another name is none of these.
_SAYS_SO = {
    "ministry", "court", "tribunal", "university", "committee", "subcommittee", "commission", "council", "senate",
    "parliament", "embassy", "hospital", "police",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyPhrase:
    """A noun phrase for a body. ``lemma`` is its head in the singular, ``modifiers`` the words between article and head."""

    span: Span
    lemma: str
    determiner: str
    modifiers: tuple[str, ...]
    tail: bool
    plural: bool = False

    @classmethod
    def of(cls, span: Span, lemma: str, plural: bool = False) -> BodyPhrase:
        """``the small watchdog group that …``"""
        text = re.sub(r"['’]s$", "", span.text)
        whole = re.split(r"\s(?:which|that|who|of|for|in|from|at|with|today)\b|,", text)
        words = whole[0].split()
        return cls(span, lemma, words[0].lower() if words else "", tuple(words[1:-1]), len(whole) > 1, plural)


@dataclass(slots=True)
class BodyFits:
    """The bodies of one article held against its noun phrases."""

    reading: Reading

    def gender(self, phrase: BodyPhrase) -> str:
        """The number of the phrase, as pronouns have it."""
        return "p" if phrase.plural else "n"

    def possible(self, track: Track, phrase: BodyPhrase) -> bool:
        """Whether the noun does not speak against it: a country is no company, ``Calder Savings`` no ministry."""
        if track.body is None or not phrase.lemma:
            return True
        if phrase.plural and not track.body.is_plural:
            return False  # "the agencies" are several
        if phrase.lemma in _SAYS_SO and not (self._called(track, phrase) or self._in_name(track, phrase)):
            return any(one.name.isupper() for one in track.body.names)  # initials do not tell
        place = track.body.is_place
        return not (place and phrase.lemma not in PLACES and phrase.lemma not in track.body.called)

    def settle(self, track: Track, phrase: BodyPhrase) -> None:
        """Nothing is kept."""

    def features(self, tracks: Sequence[Track], phrase: BodyPhrase) -> tuple[list[float], list[list[float]]]:
        """In the order of ``PHRASE``, and for each candidate in the order of ``FIT``."""
        fitting = [track for track in tracks if self._called(track, phrase) or self._in_name(track, phrase)]
        nearest = max((t.latest.word for t in fitting if t.latest is not None), default=-1)
        return self._of_phrase(phrase, fitting), [self._of_track(t, phrase, fitting, nearest) for t in tracks]

    def _of_phrase(self, phrase: BodyPhrase, fitting: Sequence[Track]) -> list[float]:
        text, span, lemma = self.reading.text, phrase.span, phrase.lemma
        new = re.compile(rf"\b(?:an?|another|one|some)\s(?:[\w'’.-]+\s){{0,4}}{re.escape(lemma)}\b", re.I)
        named = sum(track.body is not None for track in fitting)
        return [
            float(bool(new.search(text, max(0, span.start - 1500), span.start))), float(bool(phrase.modifiers)),
            float(any(w[:1].isupper() for w in phrase.modifiers)), float(phrase.tail), float(phrase.determiner in ("this", "that", "these", "those")),
            float(phrase.determiner in ("his", "her", "their", "its") or bool(re.search(r"['’]s\s", span.text))), float(lemma in PLACES),
            float(lemma in _GENERAL), float(lemma in DOCUMENTS), float(named > 0), float(named == 1), float(phrase.plural), float(lemma in BODIES),
            float(len(span.text.split()) > 5),
        ]  # fmt: skip

    def _of_track(self, track: Track, phrase: BodyPhrase, fitting: Sequence[Track], nearest: int) -> list[float]:
        body, lemma = track.body, phrase.lemma
        if body is None:
            noun = self.reading.words[track.noun].lemma.lower()
            return [*([0.0] * (len(FIT) - 2)), float(noun == lemma), 0.0]
        called, held = self._called(track, phrase), self._in_name(track, phrase)
        fits = called or held
        name = self._name(track)
        told = {plain(word) for word in phrase.modifiers}
        capitals = {plain(word) for word in phrase.modifiers if word[:1].isupper()}
        latest = track.latest.word if track.latest is not None else -1
        kind = body.someone.type
        return [
            float(called), float(held), float(fits and sum(t.body is not None for t in fitting) == 1), float(fits and latest == nearest),
            float(bool(body.called) and not fits), float(not body.called and not held), len(told & name) / max(1, len(told)), float(bool(capitals & name)),
            float(bool(capitals - name)), float(body.is_place), float(body.is_place and lemma in PLACES), float(body.is_place and lemma not in PLACES),
            float(kind == "group"), float(kind == "organisation"), 0.0, float(body.someone.name.isupper()),
        ]  # fmt: skip

    def _called(self, track: Track, phrase: BodyPhrase) -> bool:
        return track.body is not None and phrase.lemma in track.body.called

    def _in_name(self, track: Track, phrase: BodyPhrase) -> bool:
        return track.body is not None and phrase.lemma in self._name(track)

    def _name(self, track: Track) -> set[str]:
        return (
            {plain(word) for one in track.body.names for word in one.name.split()} if track.body is not None else set()
        )
