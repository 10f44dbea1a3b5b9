"""Who appears in an article: persons and bodies, the names they go by there, and how to look them up by a phrase."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from quotetrack.extract.find.work_titles import whole_names
from quotetrack.extract.people.affiliations import party_words
from quotetrack.extract.people.bodies import bodies, in_short
from quotetrack.extract.people.persons import persons
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading


class Register:
    """Everyone and every body an article names, in the order they are first named in."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        entities = whole_names(reading)
        people = persons(reading, entities)
        self.open = people.open
        self.everyone: list[Someone] = [*people.all, *bodies(reading, entities, people.all)]
        self.everyone.sort(key=lambda s: s.first)
        self.parties = party_words(reading)  # each with its stem
        groups = {entity.text.lower() for entity in entities if entity.type.upper() == "NORP"}
        self.partisans = {self.parties[name] for name in groups & self.parties.keys()}  # nouns: "democrat"
        self._placed = sorted(((m, s) for s in self.everyone for m in s.mentions), key=lambda pair: pair[0].start)
        self._longest = max((m.end - m.start for m, _ in self._placed), default=0)

    def at(
        self, start: int, end: int, types: tuple[str, ...] = ("person", "organisation", "place", "group")
    ) -> list[tuple[Mention, Someone]]:
        """The mentions inside ``start:end``, in text order."""
        first = bisect_left(self._placed, start - self._longest, key=lambda pair: pair[0].start)
        last = bisect_left(self._placed, end, key=lambda pair: pair[0].start)
        return [(m, s) for m, s in self._placed[first:last] if start < m.end and s.type in types]

    def author(self) -> Someone | None:
        """Who wrote the article, where one of its last paragraphs tells only that (``Ruth Vale teaches law at …``)."""
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
        return (s for s in self.everyone if s.type == "person")

    def body_in_short(self, start: int, name: str) -> Someone | None:
        """The body that the words after an article are the last of: ``the Tribune`` after ``the Calder Tribune``."""
        known = [s for s in self.everyone if s.type == "organisation" and s.first < start]
        return in_short(self.reading, start, name, known)
