"""One walk through an article in text order: whom each pronoun and each noun phrase stands for.

Every pronoun outside marks is answered where it stands, and what it was found to stand for is in mind from there on, as a name would be. Noun phrases
are asked about where they are sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.features import Described, Query, agree
from quotetrack.extract.resolve.fronted import fronted
from quotetrack.extract.resolve.ranker import Chooser, choose
from quotetrack.extract.resolve.tracks import PRONOUN, Event, Place, Track, Tracks

_ASKING = {"ask", "question", "press", "challenge", "grill", "quiz"}
_TOPIC = 0.9  # probability of whom the sentence itself brings up
_PLAIN = 0.9  # probability from which a pronoun tells the gender of whom it stands for
LEAST = 0.5  # probability from which somebody is in mind at a pronoun


class Fitting(Protocol):
    """What an article says of its persons or bodies, held against a noun phrase."""

    def gender(self, phrase: Any) -> str:
        """What the phrase tells of gender or number."""

    def possible(self, track: Track, phrase: Any) -> bool:
        """Whether nothing rules the candidate out."""

    def features(self, tracks: Sequence[Track], phrase: Any) -> tuple[list[float], list[list[float]]]:
        """What is told of the phrase, and of each candidate beside it."""

    def settle(self, track: Track, phrase: Any) -> None:
        """Take note of whom the phrase was taken for."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Whom a word stands for; ``track`` is ``None`` for none of the candidates. ``plural`` words speak of a body as of its people."""

    track: Track | None
    probability: float
    rival: float
    plural: bool = False


@dataclass(slots=True)
class Walk:
    """``kinds`` are the rankers for pronouns and for noun phrases. ``drafts`` are by the head word of their source, ``speakers`` whom a source names
    (``None`` for somebody else than the candidates), ``phrases`` the sources to be asked about that are no pronouns.
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
        """The answer for each pronoun and each phrase, by its word."""
        waiting = sorted({*self.drafts, *self.speakers})
        spoken = 0
        for event in self.events:
            while spoken < len(waiting) and waiting[spoken] < event.word:
                self._spoke(waiting[spoken])
                spoken += 1
            self._meet(event)
        return self.found

    def _meet(self, event: Event) -> None:
        track = event.track
        place = self.tracks.place(event.word, event.kind, event.full)
        phrase = self.phrases.get(event.word)
        if phrase is not None:
            track = self._ask(event, place, phrase) or self.tracks.stranger(event.word)
        elif event.kind == PRONOUN:
            track = self._ask(event, place, None)
        elif track is None:
            track = self.tracks.stranger(event.word)
        if track is None:
            return
        self.tracks.note(track, place)
        if place.verb >= 0 and place.part and self.reading.words[place.verb].lemma.lower() in _ASKING:
            track.asked = event.word

    def _ask(self, event: Event, place: Place, phrase: Any | None) -> Track | None:
        if phrase is None and (topic := self._topic(event)) is not None:
            self.found[event.word] = Antecedent(topic, _TOPIC, 1 - _TOPIC)
            return topic
        draft = self.drafts.get(event.word)
        content, cue = (draft.content, draft.cue) if draft else ((), None)
        gender = event.gender if phrase is None else self.fits.gender(phrase)
        query = Query(event.word, place, gender, content, cue, draft is not None)
        live: Sequence[Track] = self.tracks.live
        if phrase is not None:
            live = [track for track in live if self.fits.possible(track, phrase) and not self._owns(track, phrase)]
        described = Described(self.reading, query, live, self.last)
        if not described.tracks:
            return None
        told = described.query_features()
        rows = [described.features(track) for track in described.tracks]
        if phrase is not None:
            more, fitting = self.fits.features(described.tracks, phrase)
            told += more
            rows = [row + fit for row, fit in zip(rows, fitting, strict=True)]
        choice = self.chooser(self.kinds[phrase is not None], told, rows, described)
        track = described.tracks[choice.number] if choice.number is not None else None
        self.found[event.word] = Antecedent(track, choice.probability, choice.rival, gender == "p")
        if track is None or choice.probability < LEAST:
            return None
        if phrase is not None:
            self.fits.settle(track, phrase)
        elif query.source and choice.probability >= _PLAIN:
            _note_gender(track, event.gender)
        return track

    def _topic(self, event: Event) -> Track | None:
        """Whom the sentence brings up before the pronoun (``For Vale, he said, …``)."""
        words = fronted(self.reading, event.word)
        near = (t for t in self.tracks.live if t.name is not None and t.name.word in words)
        return next((t for t in near if agree(event.gender, t)), None)

    def _owns(self, track: Track, phrase: Any) -> bool:
        """Whether the track is whose the phrase says it is: ``her lawyer`` is not she, ``Vale's lawyer`` not Vale (binding theory's i-within-i)."""
        latest = track.latest
        return latest is not None and bool(phrase.span.start <= self.reading.words[latest.word].start < phrase.span.end)

    def _spoke(self, word: int) -> None:
        """The source at ``word`` has spoken."""
        track = self.speakers.get(word)
        if track is None and word in self.found:
            track = self.found[word].track
        self.last = track or self.tracks.stranger_at(word)
        if self.last is not None and self.last.latest is not None:
            self.last.spoke = word
            self.last.speeches += 1


def _note_gender(track: Track, gender: str) -> None:
    """Keep what a pronoun tells of a person whom nothing firmer tells of; a first name of the other gender leaves it open."""
    unknown = track.guessed or not track.gender
    if unknown and gender in ("m", "f") and track.gender in ("", gender):
        track.taken_up = track.taken_up or gender
