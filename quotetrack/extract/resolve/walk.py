"""Resolve pronouns and noun phrases in one walk through an article in text order.

Every pronoun outside quotations is resolved where it occurs and then counts as a mention of its antecedent. Noun
phrases are resolved only if they are sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.features import Candidates, Query, agree
from quotetrack.extract.resolve.fronted import fronted
from quotetrack.extract.resolve.ranker import Chooser, choose
from quotetrack.extract.resolve.tracks import PRONOUN, Event, Place, Track, Tracks

_ASKING = {"ask", "question", "press", "challenge", "grill", "quiz"}
_TOPIC_PROBABILITY = 0.9  # probability of the topic of the sentence
_MIN_PROBABILITY = 0.5  # minimum probability for a pronoun to count as a mention
_MIN_GENDER_PROBABILITY = 0.9  # minimum probability for a pronoun to settle the gender of its antecedent


class Fitting(Protocol):
    """Compares what an article says about its persons or bodies with a noun phrase."""

    def gender(self, phrase: Any) -> str:
        """Return the gender or number of the phrase."""

    def possible(self, track: Track, phrase: Any) -> bool:
        """Whether the candidate is not ruled out."""

    def features(self, tracks: Sequence[Track], phrase: Any) -> tuple[list[float], list[list[float]]]:
        """Return the features of the phrase, and those of each candidate."""

    def support(self, row: Sequence[float]) -> list[float]:
        """Return the features of a candidate that speak for it."""

    def settle(self, track: Track, phrase: Any) -> None:
        """Record that the phrase was resolved to the candidate."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The result for one word; ``track`` is ``None`` for none of the candidates.

    ``plural`` says that the word is plural and, for a body, refers to its members.
    """

    track: Track | None
    probability: float
    rival: float
    plural: bool = False


@dataclass(slots=True)
class Walk:
    """Resolves the pronouns and noun phrases of persons, or those of bodies.

    ``kinds`` are the rankers for pronouns and for noun phrases. ``drafts`` has the drafts by the head of their source,
    ``speakers`` the candidate that a source names (``None`` if it is none of the candidates), and ``phrases`` the noun
    phrases to resolve, by their head. ``last`` is the candidate that spoke last.
    """

    reading: Reading
    tracks: Tracks
    events: Sequence[Event]
    kinds: tuple[str, str]
    drafts: Mapping[int, Draft]
    speakers: Mapping[int, Track | None]
    phrases: Mapping[int, Any]
    fits: Fitting
    chooser: Chooser = choose
    found: dict[int, Antecedent] = field(default_factory=dict)
    last: Track | None = None

    def run(self) -> dict[int, Antecedent]:
        """Return the antecedent of each pronoun and each phrase, by word index."""
        waiting = sorted({*self.drafts, *self.speakers})
        spoken = 0
        for event in self.events:
            while spoken < len(waiting) and waiting[spoken] < event.word:
                self._record_statement(waiting[spoken])
                spoken += 1
            self._process(event)
        return self.found

    def _process(self, event: Event) -> None:
        """Process one event: find its track and add the mention."""
        track = event.track
        place = self.tracks.place(event.word, event.kind, event.full)
        phrase = self.phrases.get(event.word)
        if phrase is not None:
            track = self._resolve(event, place, phrase) or self.tracks.unnamed(event.word)
        elif event.kind == PRONOUN:
            track = self._resolve(event, place, None)
        elif track is None:
            track = self.tracks.unnamed(event.word)
        if track is None:
            return
        self.tracks.add_mention(track, place)
        if place.verb >= 0 and place.part and self.reading.words[place.verb].lemma.lower() in _ASKING:
            track.asked = event.word

    def _resolve(self, event: Event, place: Place, phrase: Any | None) -> Track | None:
        """The antecedent of a pronoun or phrase if it is probable enough; the result is recorded in ``found``."""
        if phrase is None and (topic := self._topic(event, place)) is not None:
            self.found[event.word] = Antecedent(topic, _TOPIC_PROBABILITY, 1 - _TOPIC_PROBABILITY)
            return topic
        draft = self.drafts.get(event.word)
        content, cue = (draft.content, draft.cue) if draft else ((), None)
        gender = event.gender if phrase is None else self.fits.gender(phrase)
        query = Query(event.word, place, gender, content, cue, draft is not None)
        live: Sequence[Track] = self.tracks.near(place, self.last)
        if phrase is not None:
            live = [
                track
                for track in live
                if self.fits.possible(track, phrase) and not self._is_inside_phrase(track, phrase)
            ]
        candidates = Candidates(self.reading, query, live, self.last)
        if not candidates.tracks:
            return None
        query_features = candidates.query_features()
        rows = [candidates.features(track) for track in candidates.tracks]
        if phrase is not None:
            phrase_features, fitting = self.fits.features(candidates.tracks, phrase)
            query_features += phrase_features
            rows = [row + fit for row, fit in zip(rows, fitting, strict=True)]
        choice = self.chooser(self.kinds[phrase is not None], query_features, rows, candidates)
        track = candidates.tracks[choice.number] if choice.number is not None else None
        if (
            phrase is not None
            and choice.number is not None
            and self._has_equal(choice.number, candidates.tracks, fitting)
        ):
            track = None
        self.found[event.word] = Antecedent(track, choice.probability, choice.rival, gender == "p")
        if track is None or choice.probability < _MIN_PROBABILITY:
            return None
        if phrase is not None:
            self.fits.settle(track, phrase)
        elif query.source and choice.probability >= _MIN_GENDER_PROBABILITY:
            _note_gender(track, event.gender)
        return track

    def _has_equal(self, number: int, tracks: Sequence[Track], fitting: Sequence[Sequence[float]]) -> bool:
        """Whether ``and`` joins the candidate to another that the phrase fits equally well: ``Vale and Lund`` before ``the ruler``."""
        one = tracks[number]
        return any(
            other is not one
            and self.fits.support(fitting[at]) == self.fits.support(fitting[number])
            and bool(other.speeches) == bool(one.speeches)
            and self._are_joined(one, other)
            for at, other in enumerate(tracks)
        )

    def _are_joined(self, one: Track, other: Track) -> bool:
        """Whether the latest mentions of both candidates belong to one coordination."""
        if one.name is None or other.name is None or one.latest is not one.name or other.latest is not other.name:
            return False
        reading = self.reading
        pair = (one.name.word, other.name.word)
        return any(reading.words[a].deprel == "conj" and reading.head[a] == b for a, b in (pair, pair[::-1]))

    def _topic(self, event: Event, place: Place) -> Track | None:
        """The candidate named as the topic of the sentence (``For Vale, he said, …``), if it agrees with the pronoun."""
        words = fronted(self.reading, event.word)
        if not words:
            return None
        near = (t for t in self.tracks.near(place, None) if t.name is not None and t.name.word in words)
        return next((t for t in near if agree(event.gender, t)), None)

    def _is_inside_phrase(self, track: Track, phrase: Any) -> bool:
        """Whether the latest mention is inside the phrase: ``her`` in ``her lawyer``, ``Vale`` in ``Vale's lawyer``.

        Such a candidate cannot be the antecedent of the phrase (the i-within-i filter of binding theory).
        """
        latest = track.latest
        return latest is not None and bool(phrase.span.start <= self.reading.words[latest.word].start < phrase.span.end)

    def _record_statement(self, word: int) -> None:
        """Record that the source at ``word`` has spoken."""
        track = self.speakers.get(word)
        if track is None and word in self.found:
            track = self.found[word].track
        self.last = track or self.tracks.unnamed_at(word)
        if self.last is not None and self.last.latest is not None:
            self.last.spoke = word
            self.last.speeches += 1


def _note_gender(track: Track, gender: str) -> None:
    """Record the gender of a pronoun for a person of unknown or guessed gender, unless it contradicts the first name."""
    unknown = track.guessed or not track.gender
    if unknown and gender in ("m", "f") and track.gender in ("", gender):
        track.pronoun_gender = track.pronoun_gender or gender
