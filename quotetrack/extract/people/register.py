"""The register of an article: its persons and bodies, and lookup of their mentions by position."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Set

from quotetrack.extract.find.work_titles import whole_names
from quotetrack.extract.people.affiliations import party_words
from quotetrack.extract.people.bodies import bodies
from quotetrack.extract.people.kinds import called_by_name
from quotetrack.extract.people.known_bodies import last_word, only_one
from quotetrack.extract.people.persons import persons
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.text.names import fold
from quotetrack.text.words import content_words


class Register:
    """All persons and bodies an article names, in order of first mention (``everyone``).

    ``open`` has the offsets of surnames that could mean two persons and are assigned to neither.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        entities = whole_names(reading)
        people = persons(reading, entities)
        self.open = people.ambiguous
        self.everyone: list[Someone] = [*people.all, *bodies(reading, entities, people.all)]
        self.everyone.sort(key=lambda s: s.first)
        self._index()
        self._mentions = sorted(((m, s) for s in self.everyone for m in s.mentions), key=lambda pair: pair[0].start)
        self._longest_mention = max((m.end - m.start for m, _ in self._mentions), default=0)
        self.parties = party_words(reading)  # each with its stem
        groups = {entity.text.lower() for entity in entities if entity.type.upper() == "NORP"}
        self.partisans = {self.parties[name] for name in groups & self.parties.keys()}  # nouns: "democrat"

    def at(
        self, start: int, end: int, types: tuple[str, ...] = ("person", "organisation", "place", "group")
    ) -> list[tuple[Mention, Someone]]:
        """Return the mentions that overlap the characters ``start:end``, in text order, each with its person or body."""
        first = bisect_left(self._mentions, start - self._longest_mention, key=lambda pair: pair[0].start)
        last = bisect_left(self._mentions, end, key=lambda pair: pair[0].start)
        return [(m, s) for m, s in self._mentions[first:last] if start < m.end and s.type in types]

    def author(self) -> Someone | None:
        """Return the author, if one of the last two paragraphs is a byline (``Ruth Vale teaches law at …``)."""
        for start, end in self.reading.parsed.paragraphs[-2:]:
            for someone in self.persons():
                mention = someone.mentions[0]
                if (
                    mention.start == start
                    and " " in mention.name
                    and re.match(
                        r",?\s(?:is|was|writes|teaches|serves|works|covers|reports|directs|runs)\s",
                        self.reading.text[mention.end : end],
                    )
                ):
                    return someone
        return None

    def persons(self) -> Iterator[Someone]:
        """Yield the persons in order of first mention."""
        return (s for s in self.everyone if s.type == "person")

    def body_in_short(self, start: int, name: str) -> Someone | None:
        """Return the organisation named before ``start`` whose last word is ``name``: ``the Tribune``."""
        same = self._bodies_by_last_word.get(last_word(self.reading, start, name), ())
        return only_one(s for s in same if s.type == "organisation" and s.first < start)

    def persons_by_part(self, part: str, last: bool = False) -> list[Someone]:
        """Return the persons with ``part`` (folded) in their name, or as its last part, in order of first mention."""
        return (self._persons_by_last if last else self._persons_by_part).get(part, [])

    def persons_by_surname(self, surname: str) -> list[Someone]:
        """Return the persons whose name ends with the word ``surname`` as printed, in order of first mention."""
        return self._persons_by_surname.get(surname, [])

    def called(self, name: str) -> list[Someone]:
        """Return those whose name or abbreviation is ``name``, in order of first mention."""
        return self._by_name.get(name, [])

    def bodies_called(self, noun: str) -> list[Someone]:
        """Return the bodies whose name contains ``noun`` as what they are, in order of first mention."""
        return self._bodies_by_noun.get(noun, [])

    def bodies_with_words(self, words: Set[str]) -> list[Someone]:
        """Return the bodies whose names have exactly these content words, in order of first mention."""
        return self._bodies_by_words.get(frozenset(words), [])

    def _index(self) -> None:
        self._bodies_by_last_word: dict[str, list[Someone]] = {}
        self._persons_by_part: dict[str, list[Someone]] = {}
        self._persons_by_last: dict[str, list[Someone]] = {}
        self._persons_by_surname: dict[str, list[Someone]] = {}
        self._by_name: dict[str, list[Someone]] = {}
        self._bodies_by_noun: dict[str, list[Someone]] = {}
        self._bodies_by_words: dict[frozenset[str], list[Someone]] = {}
        for someone in self.everyone:
            parts = fold(someone.name)
            for name in {someone.name, someone.abbreviation}:
                self._by_name.setdefault(name, []).append(someone)
            if someone.type != "person" and len(parts) > 1:
                self._bodies_by_last_word.setdefault(parts[-1], []).append(someone)
            if someone.type != "person":
                self._bodies_by_words.setdefault(frozenset(content_words(someone.name)), []).append(someone)
                for noun in called_by_name(someone.name):
                    self._bodies_by_noun.setdefault(noun, []).append(someone)
            if someone.type == "person":
                for surname in someone.name.split()[-1:]:
                    self._persons_by_surname.setdefault(surname, []).append(someone)
            if someone.type == "person" and parts:
                self._persons_by_last.setdefault(parts[-1], []).append(someone)
                for part in set(parts):
                    self._persons_by_part.setdefault(part, []).append(someone)
