"""Look up the drafts of an article by where they end, which sentence they begin in, and where their sources are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.common import persons_in, surname
from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.text.cells import Cells
from quotetrack.text.quoted import Quoted


class PlacedDrafts:
    """The drafts found before (``drafts``) and those added, kept up to date while quotations are added to them."""

    def __init__(self, reading: Reading, drafts: Sequence[Draft]) -> None:
        self._reading = reading
        self._order = {id(draft): number for number, draft in enumerate(drafts)}
        self._contents = Cells((span.start, span.end, (span, draft)) for draft in drafts for span in draft.content)
        self._all: list[Draft] = []
        self._number: dict[int, int] = {}
        self._extended: set[int] = set()
        self._ends: list[tuple[int, int]] = []
        self._in_sentence: dict[int, dict[int, Draft]] = {}
        known = sorted(drafts, key=lambda d: d.start)
        for draft in known:
            self.add(draft)
        self.sources = SourcesInOrder(reading, known)

    def add(self, draft: Draft) -> None:
        """Add a draft."""
        number = len(self._all)
        self._all.append(draft)
        self._number[id(draft)] = number
        if draft.source is not None:
            insort(self._ends, (draft.end, -number))
            self._in_sentence.setdefault(self._reading.sentence_at(draft.start), {})[number] = draft

    def add_content(self, draft: Draft, quoted: Quoted) -> None:
        """Add a quoted stretch to the content of a draft."""
        before = self._reading.sentence_at(draft.start)
        span = Span.of(self._reading.text, quoted.start, quoted.end)
        if id(draft) not in self._extended:
            # Other drafts may hold the same lists. Copying or sorting them each time takes too long for thousands of paragraphs.
            draft.content, draft.quoted = list(draft.content), list(draft.quoted)
            self._extended.add(id(draft))
        insort(draft.content, span, key=lambda s: s.start)
        insort(draft.quoted, quoted, key=lambda q: q.start)
        if id(draft) in self._order:
            self._contents.add(span.start, span.end, (span, draft))
        if draft.source is not None:
            number = self._number[id(draft)]
            insort(self._ends, (draft.end, -number))
            self._in_sentence[before].pop(number)
            self._in_sentence.setdefault(self._reading.sentence_at(draft.start), {})[number] = draft

    def containing(self, quoted: Quoted) -> Draft | None:
        """The first of the drafts found before whose content contains the inner text of the stretch."""
        near = [
            draft
            for span, draft in self._contents.over(quoted.inner_start - 1, quoted.inner_start + 1)
            if span.start <= quoted.inner_start and quoted.inner_end - 1 <= span.end
        ]
        return min(near, key=lambda draft: self._order[id(draft)], default=None)

    def last_before(self, start: int) -> Draft | None:
        """The draft with a source that ends last before ``start``."""
        for index in range(bisect_right(self._ends, (start, 1)) - 1, -1, -1):
            end, number = self._ends[index]
            if self._all[-number].end == end:  # not extended since
                return self._all[-number]
        return None

    def in_sentence_of(self, draft: Draft, start: int) -> list[Draft]:
        """The drafts with a source that begin in the same sentence as ``draft`` and end before ``start``."""
        same = self._in_sentence.get(self._reading.sentence_at(draft.start), {})
        return [same[number] for number in sorted(same) if same[number].end <= start]


class SourcesInOrder:
    """The drafts with a cue and a source, by the position of the source."""

    def __init__(self, reading: Reading, drafts: Sequence[Draft]) -> None:
        placed = [(d.source.span.start, d) for d in drafts if d.source is not None and d.cue is not None]
        self._drafts = [draft for _, draft in sorted(placed, key=lambda pair: -pair[0])]
        self._places = sorted(-start for start, _ in placed)
        self._reach = max((start - draft.end for start, draft in placed), default=0)
        self._first_named: dict[str, int] = {}
        for person in persons_in(reading, 0, len(reading.text) + 1):
            name = surname(person.text)
            self._first_named[name] = min(person.end, self._first_named.get(name, person.end))

    def first_between(self, start: int, end: int) -> Draft | None:
        """The draft with the first source that begins in ``start:end``."""
        index = bisect_right(self._places, -start)
        if not index or self._places[index - 1] <= -end:
            return None
        return self._drafts[bisect_left(self._places, self._places[index - 1])]

    def backwards_from(self, start: int) -> Iterator[Draft]:
        """Yield the drafts that end before ``start``, the one with the last source first."""
        first = bisect_left(self._places, -(start + self._reach))
        return (self._drafts[i] for i in range(first, len(self._drafts)) if self._drafts[i].end <= start)

    def is_named_before(self, name: str, start: int) -> bool:
        """Whether a person with this surname is named before ``start``."""
        return self._first_named.get(name, start + 1) <= start
