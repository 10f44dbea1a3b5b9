"""Features of queries and candidates for the ranker: distance, syntactic function, recency, speech, gender.

After Lappin and Leass (1994) and Denis and Baldridge (2008). All features are numbers from 0 to 1. Their order is that
of ``QUERY`` and ``CANDIDATE``, and the weights are stored with these names. In feature names a *stranger* is a
candidate without a name, and a mention *leads* if it is the subject of a main clause.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from quotetrack.extract.people.someone import Mention
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
_CONTINUING_VERBS = {"continue", "add", "conclude", "go"}
_SENTENCES_COUNTED = 4  # of the sentences before the query in its paragraph


@dataclass(frozen=True, slots=True)
class Query:
    """A word whose antecedent is wanted.

    ``content`` and ``cue`` are those of the quotation whose source the word is, if it is one (``source``).
    """

    word: int
    place: Place
    gender: str
    content: Sequence[Span] = ()
    cue: Span | None = None
    source: bool = False


def allowed(query: Query, track: Track) -> bool:
    """Whether ``track`` agrees with the query and does not fill another role of the same verb.

    In ``he told Vale``, for the query ``he``, ``Vale`` is not allowed.
    """
    if track.latest is None or not agree(query.gender, track):
        return False
    verb, part = query.place.verb, query.place.part
    if verb >= 0 and track.latest.sentence == query.place.sentence:
        return not any(own == verb and its != part for own, its in track.verbs)
    return True


def agree(gender: str, track: Track) -> bool:
    """Whether a pronoun of ``gender`` can stand for ``track``.

    An unknown or guessed gender agrees with all, unless earlier pronouns settled it. ``they`` (``p``) can also stand for a
    single body (``n``) with a name.
    """
    if track.pronoun_gender and gender in ("m", "f"):
        return track.pronoun_gender == gender
    if not gender or not track.gender or track.gender == gender or track.guessed:
        return True
    return gender == "p" and track.gender == "n" and track.someone is not None


class Candidates:
    """Those of ``tracks`` that can be the antecedent, with their features, most recent first, at most 12.

    ``last`` is the candidate that spoke last.
    """

    def __init__(self, reading: Reading, query: Query, tracks: Sequence[Track], last: Track | None) -> None:
        self.reading, self.query, self.last = reading, query, last
        place = query.place
        near = [t for t in tracks if allowed(query, t)]
        # Persons do not name themselves: in "He said Vale would go", "he" is not Vale.
        near = [t for t in near if not self._is_in_content(t)]
        if objects := self._objects():
            near = [t for t in near if not _is_named_at(t, objects)]
        near.sort(key=lambda t: -_word(t.latest))
        self.tracks = near[:12]
        self._above = set(reading.above(query.word)) if self.tracks else set()
        self._continues = _lemma(reading, query.cue) in _CONTINUING_VERBS
        self._most_recent = {
            name: max((_word(getattr(t, name)) for t in self.tracks), default=-1)
            for name in ("latest", "name", "subject", "leading")
        }
        self._leading_in_sentence_before = max(
            (_word(t.leading) for t in self.tracks if t.leading and t.leading.sentence == place.sentence - 1),
            default=-1,
        )
        self._max_count = max((t.count for t in self.tracks), default=0)
        self._count_in_paragraph = sum(t.latest.paragraph == place.paragraph for t in self.tracks if t.latest)
        self._count_in_two_paragraphs = sum(t.latest.paragraph >= place.paragraph - 1 for t in self.tracks if t.latest)

    def query_features(self) -> list[float]:
        """Return the features of the query in the order of ``QUERY``."""
        reading, query, place = self.reading, self.query, self.query.place
        sentence = reading.parsed.sentences[place.sentence]
        paragraph = reading.parsed.paragraphs[place.paragraph]
        start = reading.words[query.word].start
        first, last = (query.content[0].start, query.content[-1].start) if query.content else (-1, -1)
        opening = reading.first_word[place.sentence]
        number = place.sentence
        furthest = max(0, number - _SENTENCES_COUNTED)  # a paragraph may have thousands of sentences
        while number > furthest and reading.parsed.sentences[number - 1].paragraph == place.paragraph:
            number -= 1
        before = reading.lower[query.word - 1] if query.word > opening else ""
        unnamed = sum(
            t.someone is None and t.latest is not None and t.latest.paragraph == place.paragraph for t in self.tracks
        )
        return [
            float(place.part == SUBJECT), float(place.part == OWNER), float(place.part == OBJECT), float(query.source),
            float(0 <= first < start), float(last > start), float(query.word - opening <= 1), float(sentence.start - paragraph[0] <= 1 and query.word - opening <= 1),
            min(1.0, (place.sentence - number) / _SENTENCES_COUNTED), float(query.gender == "f"), float(self._continues),
            float(reading.has_quoted_start(paragraph[0], start)),
            min(1.0, len(self.tracks) / 6), min(1.0, self._count_in_paragraph / 3), min(1.0, unnamed / 2), float(place.leading), float(before in ("and", "but", "as", "while", "that")),
        ]  # fmt: skip

    def features(self, track: Track) -> list[float]:
        """Return the features of a candidate in the order of ``CANDIDATE``."""
        query, place, reading = self.query, self.query.place, self.reading
        latest, name, subject, leading, first = track.latest, track.name, track.subject, track.leading, track.first
        assert latest is not None and first is not None
        sentences_back, paragraphs_back = place.sentence - latest.sentence, place.paragraph - latest.paragraph
        subject_back = place.sentence - subject.sentence if subject else 9
        leading_back = place.sentence - leading.sentence if leading else 9
        name_back = place.paragraph - name.paragraph if name else 9
        subject_paragraphs_back = place.paragraph - subject.paragraph if subject else 9
        leads_paragraph = leading is not None and subject_paragraphs_back == 0 and self._opens_paragraph(leading)
        first_back = place.paragraph - first.paragraph
        is_last = track is self.last
        spoke = reading.sentence_of[track.spoke] if track.spoke >= 0 else -1
        spoke_back = place.paragraph - reading.parsed.sentences[spoke].paragraph if spoke >= 0 else 9
        same_paragraph = paragraphs_back == 0
        return [
            float(sentences_back == 0), float(sentences_back == 1), float(sentences_back == 2), float(sentences_back > 2), float(same_paragraph), float(paragraphs_back == 1), float(paragraphs_back > 1),
            _log(query.word - latest.word), _log(query.word - name.word) if name else 1.0, float(name_back == 0), float(name_back == 1),
            float(latest.part == SUBJECT), float(latest.leading), float(latest.part == OBJECT), float(latest.part == OWNER), float(latest.part == OTHER),
            float(latest.kind == NAME), float(latest.kind == PRONOUN), float(latest.kind == NOUN), float(latest.full), float(latest is first),
            float(subject_back == 0), float(subject_back == 1), float(subject_back == 2), float(subject_back > 2), float(subject_paragraphs_back == 0), float(subject_paragraphs_back == 1),
            float(leading_back == 0), float(leading_back == 1), float(leads_paragraph),
            float(latest.word == self._most_recent["latest"]), float(name is not None and name.word == self._most_recent["name"]),
            float(subject is not None and subject.word == self._most_recent["subject"]), float(leading is not None and leading.word == self._most_recent["leading"]),
            float(leading is not None and leading.word == self._leading_in_sentence_before),
            float(first_back == 0), float(first_back == 1), float(first_back == 0 and first.full), _log(track.count), float(track.count == self._max_count),
            float(first.paragraph == 0),
            float(is_last), float(is_last and spoke_back == 0), float(is_last and spoke_back == 1), float(track.speeches > 0),
            _log(query.word - track.spoke) if track.spoke >= 0 else 1.0, float(is_last and self._continues),
            float(track.gender != "" and track.gender == query.gender), float(track.gender == ""), float(track.guessed),
            float(bool(track.gender) and bool(query.gender) and track.gender != query.gender), float(track.someone is None), float(track.indefinite),
            float(track.owned), float(track.someone is None and track.speeches > 0),
            float(sentences_back == 0 and any(verb in self._above for verb, part in track.verbs if part == SUBJECT)),
            float(track.asked >= 0 and query.word - track.asked < 60), float(same_paragraph and self._count_in_paragraph == 1), float(paragraphs_back <= 1 and self._count_in_two_paragraphs == 1),
            float(len(self.tracks) == 1), float(sentences_back == 0 and latest.part != SUBJECT and subject_back > 0),
        ]  # fmt: skip

    def _opens_paragraph(self, leading: Place) -> bool:
        """Whether the sentence of the mention is the first of its paragraph."""
        number = leading.sentence
        sentences = self.reading.parsed.sentences
        return number == 0 or sentences[number - 1].paragraph != leading.paragraph

    def _objects(self) -> list[int]:
        """The offsets of the objects after the query, if it is a subject: ``Vale`` in ``he told Vale``."""
        place, reading = self.query.place, self.reading
        if place.part != SUBJECT or place.verb < 0:
            return []
        after = (i for i in reading.children[place.verb] if i > self.query.word)
        return [
            reading.words[i].start for i in after if reading.words[i].deprel.split(":")[0] in ("obj", "iobj", "obl")
        ]

    def _is_in_content(self, track: Track) -> bool:
        """Whether the candidate is named in the content of the quotation.

        Bodies only count outside quotation marks, since statements by a body often name it (``“Velga regrets …,” the
        airline said``).
        """
        spans = self.query.content if track.someone is not None else ()
        inside = (m for span in spans for m in _mentions_over(track, span.start, span.end) if m.start >= span.start)
        return any(track.body is None or self.reading.quoted_at(m.start) is None for m in inside)


def _is_named_at(track: Track, places: Sequence[int]) -> bool:
    """Whether one of the offsets is inside a mention of the candidate's name."""
    return any(_mentions_over(track, place, place + 1) for place in places)


def _mentions_over(track: Track, start: int, end: int) -> list[Mention]:
    """The mentions of the candidate's name that share a character with ``start:end``."""
    mentions = track.someone.mentions if track.someone is not None else []
    first = bisect_left(mentions, start, key=lambda m: m.start)
    first -= bool(first) and mentions[first - 1].end > start
    return mentions[first : bisect_left(mentions, end, key=lambda m: m.start)]


def _word(place: Place | None) -> int:
    """The word index of the mention, or -1."""
    return place.word if place is not None else -1


def _log(count: int) -> float:
    """The logarithm of a count, scaled to at most 1."""
    return min(1.0, math.log1p(max(0, count)) / 6)


def _lemma(reading: Reading, cue: Span | None) -> str:
    """The lemma of the first word of the cue; empty without a cue."""
    words = reading.words_between(cue.start, cue.end) if cue is not None else range(0)
    return reading.words[words.start].lemma.lower() if words else ""
