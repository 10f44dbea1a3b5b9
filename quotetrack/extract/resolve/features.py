"""What the ranker is told of a query and of each candidate: distances, parts of the sentence, who spoke, who is new.

After Lappin and Leass (1994) and Denis and Baldridge (2008). All features are numbers in 0..1 or small logarithms; their order is that of
``QUERY`` and ``CANDIDATE``, and the weights are stored with these names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.tracks import NAME, NOUN, OBJECT, OTHER, OWNER, PRONOUN, SUBJECT, Place, Track
from quotetrack.model import Span

QUERY = (
    "subject", "owner", "object", "source", "content first", "content behind", "opens sentence", "opens paragraph", "sentence in paragraph",
    "female", "goes on", "quotation in paragraph", "candidates", "candidates here", "strangers here", "leading verb", "after conjunction",
)  # fmt: skip
CANDIDATE = (
    "same sentence", "sentence before", "two sentences before", "farther", "same paragraph", "paragraph before", "far paragraph",
    "distance", "distance of name", "name in paragraph", "name in paragraph before",
    "latest subject", "latest leads", "latest object", "latest owner", "latest other",
    "latest is name", "latest is pronoun", "latest is noun", "latest is full name", "latest is first",
    "subject in sentence", "subject in sentence before", "subject two before", "no subject near", "subject in paragraph", "subject in paragraph before",
    "leads sentence", "leads sentence before", "leads paragraph",
    "newest", "newest name", "newest subject", "newest leading", "newest in sentence before",
    "new in paragraph", "new in paragraph before", "new full name here", "often", "most often", "headline",
    "spoke last", "spoke last here", "spoke last, paragraph before", "spoke", "since speech", "goes on and spoke last",
    "gender known", "gender unknown", "gender guessed", "gender differs", "stranger", "indefinite", "owned", "stranger spoke",
    "governs", "asked", "only one here", "only one in two paragraphs", "alone", "closest below subject",
)  # fmt: skip
_GOING_ON = {"continue", "add", "conclude", "go"}


@dataclass(frozen=True, slots=True)
class Query:
    """A word whose person is asked for. ``content`` and ``cue`` are those of the quotation it is the source of, if it is."""

    word: int
    place: Place
    gender: str
    content: Sequence[Span] = ()
    cue: Span | None = None
    source: bool = False


def allowed(query: Query, track: Track) -> bool:
    """Whether ``track`` can be meant: of the right gender, and not the object of the verb whose subject is asked for."""
    if track.latest is None or not agree(query.gender, track):
        return False
    verb, part = query.place.verb, query.place.part
    if verb >= 0 and track.latest.sentence == query.place.sentence:
        return not any(own == verb and its != part for own, its in track.verbs)
    return True


def agree(gender: str, track: Track) -> bool:
    """Whether a pronoun of ``gender`` can stand for ``track``; ``they`` can stand for a body with a name, but not for one thing without."""
    if track.taken_up and gender in ("m", "f"):
        return track.taken_up == gender
    if not gender or not track.gender or track.gender == gender or track.guessed:
        return True
    return gender == "p" and track.gender == "n" and track.someone is not None


class Described:
    """The candidates of one query with their features."""

    def __init__(self, reading: Reading, query: Query, tracks: Sequence[Track], last: Track | None) -> None:
        self.reading, self.query, self.last = reading, query, last
        place = query.place
        near = [t for t in tracks if allowed(query, t) and (t is last or _is_near(t, place))]
        # Nobody is named in words of their own: "He said Vale would go" is of somebody else than Vale.
        near = [t for t in near if not self._is_in_content(t)]
        if objects := self._objects():
            near = [t for t in near if not _is_named_at(t, objects)]
        near.sort(key=lambda t: -_word(t.latest))
        self.tracks = near[:12]
        self._above = set(reading.above(query.word)) if self.tracks else set()
        self._goes_on = _lemma(reading, query.cue) in _GOING_ON
        self._newest = {
            name: max((_word(getattr(t, name)) for t in self.tracks), default=-1)
            for name in ("latest", "name", "subject", "leading")
        }
        self._before = max(
            (_word(t.leading) for t in self.tracks if t.leading and t.leading.sentence == place.sentence - 1),
            default=-1,
        )
        self._most = max((t.count for t in self.tracks), default=0)
        self._here = sum(t.latest.paragraph == place.paragraph for t in self.tracks if t.latest)
        self._two = sum(t.latest.paragraph >= place.paragraph - 1 for t in self.tracks if t.latest)

    def query_features(self) -> list[float]:
        """In the order of ``QUERY``."""
        reading, query, place = self.reading, self.query, self.query.place
        sentence = reading.parsed.sentences[place.sentence]
        paragraph = reading.parsed.paragraphs[place.paragraph]
        start = reading.words[query.word].start
        first, last = (query.content[0].start, query.content[-1].start) if query.content else (-1, -1)
        opening = reading.first_word[place.sentence]
        number = place.sentence
        while number > 0 and reading.parsed.sentences[number - 1].paragraph == place.paragraph:
            number -= 1
        before = reading.lower[query.word - 1] if query.word > opening else ""
        strangers = sum(
            t.someone is None and t.latest is not None and t.latest.paragraph == place.paragraph for t in self.tracks
        )
        return [
            float(place.part == SUBJECT), float(place.part == OWNER), float(place.part == OBJECT), float(query.source),
            float(0 <= first < start), float(last > start), float(query.word - opening <= 1), float(sentence.start - paragraph[0] <= 1 and query.word - opening <= 1),
            min(1.0, (place.sentence - number) / 4), float(query.gender == "f"), float(self._goes_on),
            float(any(paragraph[0] <= q.start < start for q in reading.quoted_in(paragraph[0], max(start, paragraph[0] + 1)))),
            min(1.0, len(self.tracks) / 6), min(1.0, self._here / 3), min(1.0, strangers / 2), float(place.leading), float(before in ("and", "but", "as", "while", "that")),
        ]  # fmt: skip

    def features(self, track: Track) -> list[float]:
        """In the order of ``CANDIDATE``."""
        query, place, reading = self.query, self.query.place, self.reading
        latest, name, subject, leading, first = track.latest, track.name, track.subject, track.leading, track.first
        assert latest is not None and first is not None
        far, away = place.sentence - latest.sentence, place.paragraph - latest.paragraph
        behind = place.sentence - subject.sentence if subject else 9
        ahead = place.sentence - leading.sentence if leading else 9
        named = place.paragraph - name.paragraph if name else 9
        by_subject = place.paragraph - subject.paragraph if subject else 9
        opens = leading is not None and by_subject == 0 and self._opens_paragraph(leading)
        fresh = place.paragraph - first.paragraph
        is_last = track is self.last
        spoke = reading.sentence_of[track.spoke] if track.spoke >= 0 else -1
        spoken = place.paragraph - reading.parsed.sentences[spoke].paragraph if spoke >= 0 else 9
        here = away == 0
        return [
            float(far == 0), float(far == 1), float(far == 2), float(far > 2), float(here), float(away == 1), float(away > 1),
            _log(query.word - latest.word), _log(query.word - name.word) if name else 1.0, float(named == 0), float(named == 1),
            float(latest.part == SUBJECT), float(latest.leading), float(latest.part == OBJECT), float(latest.part == OWNER), float(latest.part == OTHER),
            float(latest.kind == NAME), float(latest.kind == PRONOUN), float(latest.kind == NOUN), float(latest.full), float(latest is first),
            float(behind == 0), float(behind == 1), float(behind == 2), float(behind > 2), float(by_subject == 0), float(by_subject == 1),
            float(ahead == 0), float(ahead == 1), float(opens),
            float(latest.word == self._newest["latest"]), float(name is not None and name.word == self._newest["name"]),
            float(subject is not None and subject.word == self._newest["subject"]), float(leading is not None and leading.word == self._newest["leading"]),
            float(leading is not None and leading.word == self._before),
            float(fresh == 0), float(fresh == 1), float(fresh == 0 and first.full), _log(track.count), float(track.count == self._most),
            float(first.paragraph == 0),
            float(is_last), float(is_last and spoken == 0), float(is_last and spoken == 1), float(track.speeches > 0),
            _log(query.word - track.spoke) if track.spoke >= 0 else 1.0, float(is_last and self._goes_on),
            float(track.gender != "" and track.gender == query.gender), float(track.gender == ""), float(track.guessed),
            float(bool(track.gender) and bool(query.gender) and track.gender != query.gender), float(track.someone is None), float(track.indefinite),
            float(track.owned), float(track.someone is None and track.speeches > 0),
            float(far == 0 and any(verb in self._above for verb, part in track.verbs if part == SUBJECT)),
            float(track.asked >= 0 and query.word - track.asked < 60), float(here and self._here == 1), float(away <= 1 and self._two == 1),
            float(len(self.tracks) == 1), float(far == 0 and latest.part != SUBJECT and behind > 0),
        ]  # fmt: skip

    def _opens_paragraph(self, leading: Place) -> bool:
        number = leading.sentence
        sentences = self.reading.parsed.sentences
        return number == 0 or sentences[number - 1].paragraph != leading.paragraph

    def _objects(self) -> list[int]:
        """Where those stand to whom the verb of the word asked for does something, behind the word: ``he told Vale``."""
        place, reading = self.query.place, self.reading
        if place.part != SUBJECT or place.verb < 0:
            return []
        behind = (i for i in reading.children[place.verb] if i > self.query.word)
        return [
            reading.words[i].start for i in behind if reading.words[i].deprel.split(":")[0] in ("obj", "iobj", "obl")
        ]

    def _is_in_content(self, track: Track) -> bool:
        """Whether the person is named in the words that are attributed."""
        mentions = track.someone.mentions if track.someone is not None and self.query.content else ()
        return any(span.start <= mention.start < span.end for mention in mentions for span in self.query.content)


def _is_named_at(track: Track, places: Sequence[int]) -> bool:
    mentions = track.someone.mentions if track.someone is not None else ()
    return any(mention.start <= place < mention.end for mention in mentions for place in places)


def _is_near(track: Track, place: Place) -> bool:
    latest = track.latest
    assert latest is not None
    limit = 2 if track.someone is None else 5
    return place.paragraph - latest.paragraph <= limit and place.sentence - latest.sentence <= 25


def _word(place: Place | None) -> int:
    return place.word if place is not None else -1


def _log(count: int) -> float:
    return min(1.0, math.log1p(max(0, count)) / 6)


def _lemma(reading: Reading, cue: Span | None) -> str:
    words = reading.words_between(cue.start, cue.end) if cue is not None else range(0)
    return reading.words[words.start].lemma.lower() if words else ""
