"""The register of an article: its persons and bodies, and lookup of their mentions by position."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from quotetrack.extract.find.work_titles import whole_names
from quotetrack.extract.people.affiliations import party_words
from quotetrack.extract.people.bodies import bodies, by_last_word
from quotetrack.extract.people.persons import persons
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading


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
        known = [s for s in self.everyone if s.type == "organisation" and s.first < start]
        return by_last_word(self.reading, start, name, known)
