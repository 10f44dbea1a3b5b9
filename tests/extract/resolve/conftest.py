"""What the tests of the resolver share: articles read by the real parser, and resolvers whose choice is watched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from quotetrack.extract.find.combine import attributions
from quotetrack.extract.find.layout import layout_drafts
from quotetrack.extract.people.entities import corrected_entities
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.features import Candidates
from quotetrack.extract.resolve.ranker import Choice, Chooser
from quotetrack.extract.resolve.resolver import Resolver
from quotetrack.parse.pipeline import Parser

Read = Callable[[str], Reading]


@pytest.fixture(scope="session")
def read(parser: Parser) -> Read:
    """Text to its reading, with the entities that extraction works on."""

    def of(text: str) -> Reading:
        parsed = parser.parse(text)
        reading = Reading.of(parsed)
        reading.parsed = replace(parsed, entities=corrected_entities(reading))
        return reading

    return of


def resolver_of(reading: Reading, chooser: Chooser) -> Resolver:
    """The resolver of the sources that extraction finds."""
    return Resolver(reading, attributions(reading, layout_drafts(reading)), chooser)


@dataclass(slots=True)
class Watch:
    """A choice that takes the candidate of a name wherever there is one, and notes the word asked about and its candidates (a noun for a stranger)."""

    reading: Reading
    chosen: str = ""
    asked: list[tuple[str, set[str]]] = field(default_factory=list)

    def __call__(self, kind: str, query: Sequence[float], rows: Sequence[Sequence[float]], about: Candidates) -> Choice:
        names = [t.someone.name if t.someone else self.reading.lower[t.noun] for t in about.tracks]
        self.asked.append((self.reading.lower[about.query.word], set(names)))
        return Choice(names.index(self.chosen), 1.0) if self.chosen in names else Choice(None, 1.0)

    def candidates(self, word: str) -> list[set[str]]:
        """The candidates of each query at ``word``."""
        return [names for asked, names in self.asked if asked == word]
