"""Facts that an article gives about its persons: roles, offices, party, place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quotetrack.extract.people.affiliations import beside, written_out
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.collect import roles_of
from quotetrack.extract.roles.lead import described_first
from quotetrack.model import Span
from quotetrack.text.role_nouns import holds

# Nouns for candidates.
RUNNING = {"nominee", "candidate", "contender", "hopeful", "front-runner", "frontrunner", "favorite", "favourite"}
_PLACES = ("GPE", "LOC", "LOCATION")
HELD = {"senator", "governor", "mayor", "representative", "president", "secretary", "judge"}
OFFICES = RUNNING | HELD - {"judge", "president", "secretary"} | {"congressman", "congresswoman"}
_SAME_WORD = {"ex": "former", "secretary-general": "secretary"}


def plain(word: str) -> str:
    """Normalise a word for comparing modifiers and roles: lower case, no full stops."""
    lowered = word.lower().strip(",;:()'’\"")
    return _SAME_WORD.get(lowered, lowered.replace(".", ""))


@dataclass(slots=True)
class Facts:
    """The facts of one article. ``roles`` maps the ``id`` of each person to their roles; ``add_role`` adds to it."""

    reading: Reading
    register: Register
    roles: dict[int, list[Span]] = field(default_factory=dict)
    added: list[tuple[Someone, Span]] = field(default_factory=list)  # the roles that were added
    # The person whom the lead describes before naming them, and the noun it uses.
    first: tuple[Someone, str] | None = None
    _places: set[str] = field(default_factory=set)
    _words: dict[int, frozenset[str]] = field(default_factory=dict)
    _texts: dict[int, dict[str, None]] = field(default_factory=dict)  # the different texts of the roles of each person
    _told: dict[int, frozenset[str]] = field(default_factory=dict)
    _said_to_be: dict[tuple[int, str], bool] = field(default_factory=dict)
    _parties: dict[int, set[str]] = field(default_factory=dict)
    _holders: dict[tuple[str, bool], list[Someone]] = field(default_factory=dict)
    _by_id: dict[tuple[str, bool], tuple[Sequence[Someone], dict[int, Someone]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.first = described_first(self.reading, self.register)
        self._places = {e.text for e in self.reading.parsed.entities if e.type.upper() in _PLACES}
        self.roles = {id(s): roles_of(self.reading, s) for s in self.register.persons()}
        self._texts = {one: dict.fromkeys(role.text for role in roles) for one, roles in self.roles.items()}

    def words(self, someone: Someone) -> frozenset[str]:
        """Return the words of the person's roles, and of the party and place printed next to the name."""
        words = self._words.get(id(someone))
        if words is None:
            words = self._words[id(someone)] = frozenset(self._gathered(someone))
        return words

    def said_to_be(self, someone: Someone, noun: str) -> bool:
        """Whether a sentence says that the person is a ``noun``: ``Vale is a surgeon``, ``Vale spoke as the nominee``."""
        key = (id(someone), noun)
        found = self._said_to_be.get(key)
        if found is None:
            found = self._said_to_be[key] = self._is_said_to_be(someone, noun)
        return found

    def _is_said_to_be(self, someone: Someone, noun: str) -> bool:
        if self.first is not None and self.first[0] is someone and holds(noun, self.first[1]):
            return True
        if noun in ("doctor", "physician") and any(
            self.reading.text[max(0, mention.start - 4) : mention.start] == "Dr. " for mention in someone.mentions
        ):
            return True
        told = self._told.get(id(someone))
        if told is None:
            told = self._told[id(someone)] = frozenset(self._told_of(someone))
        return any(holds(noun, one) for one in told)

    def _told_of(self, someone: Someone) -> Iterator[str]:
        """Yield the nouns that sentences say the person is."""
        reading = self.reading
        for mention in someone.mentions:
            for index in reading.words_between(mention.start, mention.end):
                if reading.words[index].deprel.split(":")[0] != "nsubj" or reading.is_quoted(index):
                    continue
                head = reading.head[index]
                told = [head] if reading.child(head, "cop") is not None else []
                told += [i for i in reading.children[head] if self._follows_as(i)]
                yield from (reading.words[i].text for i in told if reading.child(i, "advmod") is None)

    def _follows_as(self, index: int) -> bool:
        word = self.reading.words[index]
        case = self.reading.child(index, "case", "mark")
        return word.upos == "NOUN" and case is not None and self.reading.words[case].text.lower() == "as"

    def parties_of(self, someone: Someone) -> set[str]:
        """Return the stems of the person's party words, or the abbreviation next to the name if the article does not expand it."""
        found = self._parties.get(id(someone))
        if found is None:
            found = self._parties[id(someone)] = self._parties_beside(someone)
        return found

    def _parties_beside(self, someone: Someone) -> set[str]:
        stems = {self.register.parties[word] for word in self.words(someone) if word in self.register.parties}
        if stems:
            return stems
        behind = [beside(self.reading.text, mention.end) for mention in someone.mentions]
        return {party.lower() for short in behind if short.places != short.parties for party in short.parties}

    def is_of_party(self, someone: Someone, noun: str) -> bool:
        """Whether ``noun`` is for members of the person's party: ``the Democrat`` for a Democratic senator."""
        return noun in self.register.parties and self.parties_of(someone) == {self.register.parties[noun]}

    def _gathered(self, someone: Someone) -> set[str]:
        words = {plain(w) for role in self.roles.get(id(someone), []) for w in re.findall(r"[\w.-]+", role.text)}
        for mention in someone.mentions:
            short = beside(self.reading.text, mention.end)
            words |= {plain(word) for place in short.places for word in place.split()}
            words |= written_out(short, self.register.parties, self._places)
            before = re.search(r"(\w+)\s$", self.reading.text[max(0, mention.start - 24) : mention.start])
            if before and before[1].lower() in self.register.parties and before[1][:1].isupper():
                words.add(before[1].lower())
        stems = {self.register.parties[word] for word in words if word in self.register.parties}
        return words | {form for form, one in self.register.parties.items() if one in stems}

    def has_role(self, someone: Someone, noun: str, vice: bool = False) -> bool:
        """Whether the person has a role with the head ``noun``; a vice president does not count as a president."""
        return any(_is_role_of(noun, role, vice) for role in self._texts.get(id(someone), ()))

    def holders(self, noun: str, vice: bool = False) -> Sequence[Someone]:
        """Return the persons for whom ``has_role`` is true, in order of first mention."""
        found = self._holders.get((noun, vice))
        if found is None:
            found = [s for s in self.register.persons() if self.has_role(s, noun, vice)]
            self._holders[noun, vice] = found
        return found

    def holder_ids(self, noun: str, vice: bool = False) -> Mapping[int, Someone]:
        """Return ``holders`` by their ``id``."""
        holders = self.holders(noun, vice)
        found = self._by_id.get((noun, vice))
        if found is None or found[0] is not holders:
            found = self._by_id[noun, vice] = (holders, {id(one): one for one in holders})
        return found[1]

    def add_role(self, someone: Someone, role: Span) -> None:
        """Record a role that was found later."""
        self.roles.setdefault(id(someone), []).append(role)
        self.added.append((someone, role))
        texts = self._texts.setdefault(id(someone), {})
        if role.text in texts:
            return
        texts[role.text] = None
        # Computing all holders again after each statement takes too long in a transcript of hundreds of speakers.
        for key in [key for key in self._holders if _is_role_of(key[0], role.text, key[1])]:
            if all(holder is not someone for holder in self._holders[key]):
                del self._holders[key]

    def other_office(self, someone: Someone, noun: str) -> bool:
        """Whether the person holds an office, but not the office ``noun``."""
        roles = self._texts.get(id(someone), ())
        offices = {office for office in HELD for role in roles if holds(office, role)}
        return noun in HELD and bool(offices) and noun not in offices


def _is_role_of(noun: str, role: str, vice: bool) -> bool:
    """Whether the holder of ``role`` is a ``noun``; unless ``vice`` is true, not as somebody's vice."""
    return holds(noun, role) and (vice or "vice" not in role.lower())
