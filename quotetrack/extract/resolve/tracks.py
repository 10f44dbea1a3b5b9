"""The candidate antecedents of one article and where each is mentioned.

A *track* holds all mentions of one candidate: by name, by noun phrase or by pronoun. A candidate without a name (``a
resident``, ``her lawyer``, ``the hospital``) has a track too, so that a pronoun after it does not go to whoever has a
name. Persons and bodies are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quotetrack.extract.people.gender import gender_of
from quotetrack.extract.people.institutions import Body
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.text.role_nouns import is_role_noun

PERSONAL = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
THINGS = {"it": "n", "its": "n", "itself": "n", "they": "p", "them": "p", "their": "p", "themselves": "p"}
SUBJECT, OBJECT, OWNER, OTHER = range(4)
NAME, PRONOUN, NOUN = range(3)
_SENTENCES_BACK, _PARAGRAPHS_BACK, _PARAGRAPHS_BACK_WITHOUT_NAME = 25, 5, 2  # how far an antecedent may be
_SUBORDINATE = {"ccomp", "advcl", "acl", "csubj"}
_OBJECTS = {"obj", "iobj", "obl"}
_NEW = {"a", "an", "another", "one", "some", "several", "many"}
_OWN = {"his", "her", "their", "its", "my", "our"}
_INSIDE_PHRASE = ("compound", "appos", "flat", "root", "acl", "xcomp", "amod")


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of a candidate.

    ``word`` is the index of its head, ``part`` its syntactic function (``SUBJECT`` …), ``kind`` its form (``NAME`` …)
    and ``verb`` the index of the verb it depends on, or -1. ``leading`` marks subjects of main clauses, ``full`` full
    names.
    """

    word: int
    sentence: int
    paragraph: int
    part: int
    kind: int
    verb: int = -1
    leading: bool = False
    full: bool = False


@dataclass(slots=True)
class Track:
    """One candidate antecedent.

    ``someone`` is ``None`` for a candidate without a name, whose first noun is at ``noun``. ``gender`` is ``m`` or
    ``f`` for a person, ``n`` for one thing, ``p`` for several, empty if unknown. ``latest``, ``first``, ``name``,
    ``subject`` and ``leading`` are its latest mention, its first, and the latest by name, as subject and as main
    subject.
    """

    someone: Someone | None
    gender: str
    noun: int = -1
    indefinite: bool = False
    owned: bool = False
    body: Body | None = None
    guessed: bool = False  # whether the gender rests on the first name alone
    pronoun_gender: str = ""  # the gender of the pronouns that clearly stood for this person so far
    latest: Place | None = None
    first: Place | None = None
    name: Place | None = None
    subject: Place | None = None
    leading: Place | None = None
    count: int = 0
    spoke: int = -1  # the word index of the latest statement
    speeches: int = 0
    asked: int = -1
    verbs: list[tuple[int, int]] = field(default_factory=list)  # verb and syntactic function, in the latest sentence

    def add(self, place: Place) -> None:
        """Add a mention that follows all earlier ones."""
        if self.latest is None or self.latest.sentence != place.sentence:
            self.verbs = []
        self.latest = place
        self.first = self.first or place
        self.count += 1
        if place.kind == NAME:
            self.name = place
        if place.part == SUBJECT:
            self.subject = place
            if place.leading:
                self.leading = place
        if place.verb >= 0:
            self.verbs.append((place.verb, place.part))


@dataclass(frozen=True, slots=True)
class Event:
    """A word that mentions a candidate: a name, a pronoun or a noun."""

    word: int
    kind: int
    track: Track | None = None
    gender: str = ""
    full: bool = False


class Tracks:
    """The candidates of one walk, with those mentioned lately."""

    def __init__(self, reading: Reading, persons: bool) -> None:
        self.reading = reading
        self._recent: dict[int, Track] = {}  # by ``id``; the one mentioned last comes last
        self._order: dict[int, int] = {}  # by ``id``: the order in which the candidates were first mentioned
        self._unnamed_by_word: dict[int, tuple[str, Track]] = {}
        self._persons = persons
        self._unnamed: dict[str, Track] = {}
        self._paragraph_of = [s.paragraph for s in reading.parsed.sentences]

    def unnamed(self, index: int) -> Track:
        """Return the track of an unnamed candidate for the noun at ``index``.

        A definite noun continues the last candidate with the same noun; otherwise the track is new.
        """
        reading = self.reading
        word = reading.words[index]
        plural = "Number=Plur" in word.feats
        noun = (word.lemma.lower() or reading.lower[index]) + ("+" if plural else "")
        words = {reading.lower[i] for i in reading.children[index] if i < index}
        is_new = bool(words & _NEW) or not words & ({"the", "this", "that", "these", "those"} | _OWN)
        known = self._unnamed.get(noun)
        if known is None or is_new:
            gender = gender_of(word.text) if self._persons else "p" if plural else "n"
            known = Track(None, gender, index, is_new, bool(words & _OWN))
            self._unnamed[noun] = known
        self._unnamed_by_word[index] = (noun, known)
        return known

    def unnamed_at(self, index: int) -> Track | None:
        """Return the unnamed candidate whose latest mention is the word ``index``."""
        noun, track = self._unnamed_by_word.get(index, ("", None))
        is_latest = track is not None and track.latest is not None and track.latest.word == index
        return track if is_latest and self._unnamed.get(noun) is track else None

    def near(self, place: Place, last: Track | None) -> list[Track]:
        """Return ``last`` and the candidates mentioned at most 25 sentences and 5 paragraphs before ``place``.

        Those without a name must be at most 2 paragraphs away. They are in the order of their first mentions.
        """
        found = {id(last): last} if last is not None and id(last) in self._order else {}
        for key, track in reversed(self._recent.items()):
            latest = track.latest
            assert latest is not None
            paragraphs_back = place.paragraph - latest.paragraph
            if place.sentence - latest.sentence > _SENTENCES_BACK or paragraphs_back > _PARAGRAPHS_BACK:
                break
            if track.someone is not None or paragraphs_back <= _PARAGRAPHS_BACK_WITHOUT_NAME:
                found[key] = track
        return sorted(found.values(), key=lambda track: self._order[id(track)])

    def place(self, index: int, kind: int, full: bool = False) -> Place:
        """Return the mention at the word ``index`` with its syntactic function."""
        words, head = self.reading.words, self.reading.head
        sentence = self.reading.sentence_of[index]
        own, index = index, self._apposed_to(index)
        relation = words[index].deprel.split(":")[0]
        verb, part, leading = -1, OTHER, False
        if relation == "nsubj" or (relation == "obl" and self._is_agent(index)):
            verb, part = head[index], SUBJECT
            leading = verb < 0 or words[verb].deprel.split(":")[0] not in _SUBORDINATE
        elif words[index].deprel == "nmod:poss":
            part = OWNER
        elif relation in _OBJECTS:
            verb, part = head[index], OBJECT
        elif relation == "root":
            leading = True
        return Place(own, sentence, self._paragraph_of[sentence], part, kind, verb, leading, full)

    def _apposed_to(self, index: int) -> int:
        """The index of the noun that a name is in apposition to: ``His opposite number, Ivo Lenz,``.

        The name has the syntactic function of that noun.
        """
        words, head = self.reading.words, self.reading.head
        for _ in range(3):
            above = head[index]
            if words[index].deprel.split(":")[0] not in ("appos", "flat") and words[index].deprel != "nmod:desc":
                break
            if above < 0 or words[above].upos not in ("NOUN", "PROPN"):
                break
            index = above
        return index

    def _is_agent(self, index: int) -> bool:
        """Whether the word is the agent of a passive verb."""
        case = self.reading.child(index, "case")
        if case is None or self.reading.lower[case] != "by" or self.reading.head[index] < 0:
            return False
        return any(
            self.reading.words[i].deprel in ("nsubj:pass", "aux:pass")
            for i in self.reading.children[self.reading.head[index]]
        )

    def add_mention(self, track: Track, place: Place) -> None:
        """Add a mention to a track."""
        self._order.setdefault(id(track), len(self._order))
        self._recent.pop(id(track), None)
        self._recent[id(track)] = track
        track.add(place)


def person_events(
    reading: Reading,
    register: Register,
    named: Mapping[int, Track],
    repeated: Iterable[tuple[int, int, Someone]],
    source_heads: Iterable[int],
) -> list[Event]:
    """Return the mentions of persons in text order.

    ``named`` has the tracks of named persons by ``id``, ``repeated`` noun phrases already resolved to one of them, and
    ``source_heads`` the heads of noun phrases that are sources.
    """
    places = ((named[id(one)], [(m.start, m.end) for m in one.mentions]) for one in register.persons())
    events, inside = _names(reading, places)
    known = set(source_heads)
    events += [Event(word, NOUN) for word in known]
    for _, noun, someone in repeated:
        if noun not in known:
            known.add(noun)
            events.append(Event(noun, NOUN, named[id(someone)]))
    for index, lower in enumerate(reading.lower):
        if lower in PERSONAL and not reading.is_quoted(index):
            events.append(Event(index, PRONOUN, gender=PERSONAL[lower]))
        elif index not in known and _is_person(reading, index, inside):
            events.append(Event(index, NOUN))
    return sorted(events, key=lambda event: event.word)


def body_events(
    reading: Reading, bodies: Iterable[tuple[Body, Track]], persons: set[int], source_heads: Iterable[int]
) -> list[Event]:
    """Return the mentions of bodies in text order.

    ``persons`` has the words of persons' names and ``source_heads`` the heads of noun phrases that are sources.
    """
    events, inside = _names(reading, ((track, body.places) for body, track in bodies))
    inside |= persons
    known = set(source_heads)
    events += [Event(word, NOUN) for word in known]
    for index, lower in enumerate(reading.lower):
        if reading.is_quoted(index):
            continue
        if lower in THINGS:
            if reading.words[index].deprel != "expl":
                events.append(Event(index, PRONOUN, gender=THINGS[lower]))
        elif index not in known and _is_thing(reading, index, inside):
            events.append(Event(index, NOUN))
    return sorted(events, key=lambda event: event.word)


def _names(reading: Reading, named: Iterable[tuple[Track, Sequence[tuple[int, int]]]]) -> tuple[list[Event], set[int]]:
    """An event for each name outside quotations, and the words of all names."""
    events: list[Event] = []
    words: set[int] = set()
    for track, places in named:
        for start, end in places:
            inside = reading.words_between(start, end)
            if not inside:
                continue
            words.update(inside)
            word = next((i for i in inside if reading.head[i] not in inside), inside[-1])
            if not reading.is_quoted(word):
                events.append(Event(word, NAME, track, full=" " in reading.text[start:end]))
    return events, words


def _is_person(reading: Reading, index: int, names: set[int]) -> bool:
    """Whether the word is a singular noun for an unnamed person."""
    word = reading.words[index]
    if word.upos != "NOUN" or "Number=Plur" in word.feats or index in names or reading.is_quoted(index):
        return False
    if not is_role_noun(word.text) or word.deprel.split(":")[0] in _INSIDE_PHRASE:
        return False
    return not _has_name(reading, index, names)


def _is_thing(reading: Reading, index: int, names: set[int]) -> bool:
    """Whether the word is a subject and a noun for a thing, or for several persons or things."""
    word = reading.words[index]
    if word.upos != "NOUN" or index in names or word.deprel.split(":")[0] in _INSIDE_PHRASE:
        return False
    if "Number=Plur" not in word.feats and is_role_noun(word.text):
        return False
    if word.deprel.split(":")[0] != "nsubj":
        return False
    return not _has_name(reading, index, names)


def _has_name(reading: Reading, index: int, names: set[int]) -> bool:
    """Whether the noun describes a name: ``Striker Ola Firth``, ``the coach, Rall Denton``."""
    if index + 1 in names and reading.words[index + 1].start - reading.words[index].end <= 1:
        return True
    return any(
        child in names and reading.words[child].deprel.split(":")[0] in ("appos", "flat", "compound", "nsubj", "conj")
        for child in reading.children[index]
    )


def words_of(reading: Reading, someones: Iterable[Someone]) -> Iterator[int]:
    """Yield the indexes of the words in all names of ``someones``."""
    for someone in someones:
        for mention in someone.mentions:
            yield from reading.words_between(mention.start, mention.end)
