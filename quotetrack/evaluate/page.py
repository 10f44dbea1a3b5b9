"""Write an HTML page of extraction errors in context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotetrack.evaluate.figures import KINDS, MEASURES, Result
from quotetrack.evaluate.items import Attribution
from quotetrack.evaluate.matching import Comparison, Item
from quotetrack.read.context import Label, Segment, around
from quotetrack.report.templates import write_page

SORTS = {
    "missed": "Missed",
    "false": "False positive",
    "source": "Wrong source",
    "edges": "Wrong boundaries",
}
HEADINGS = {
    "exact": "Exact",
    "begin": "Correct start",
    "overlap": "Jaccard ≥ .5",
    "source": "Correct source",
    "both": "End to end",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One side of an error, ``Gold`` or ``Found``, with its paragraphs as labelled segments."""

    side: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One error: a key of ``SORTS``, its character range, and one or both sides."""

    sort: str
    kind: str
    start: int
    end: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The errors in one article by kind, in text order; ``anchor`` is the HTML id."""

    name: str
    outlet: str | None
    anchor: str
    kinds: tuple[tuple[str, tuple[Wrong, ...]], ...]

    @property
    def errors(self) -> list[Wrong]:
        """All errors of the article."""
        return [one for _, errors in self.kinds for one in errors]


def write_errors(path: Path, comparisons: Sequence[Comparison], result: Result) -> int:
    """Write the page to ``path``; returns the number of errors. Raises ``UsageError`` if the file is not writable."""
    pages = [_page(number, one) for number, one in enumerate(comparisons, 1)]
    shown = [page for page in pages if page.kinds]
    counts = {sort: sum(one.sort == sort for page in shown for one in page.errors) for sort in SORTS}
    write_page(
        path,
        "evaluation.html",
        pages=shown,
        counts=counts,
        result=result,
        sorts=SORTS,
        headings=HEADINGS,
        measures=MEASURES,
    )
    return sum(counts.values())


def _page(number: int, comparison: Comparison) -> Page:
    errors = sorted(_errors(comparison), key=lambda one: (one.start, one.end, one.sort))
    by_kind = tuple((kind, tuple(one for one in errors if one.kind == kind)) for kind in KINDS)
    article = comparison.article
    return Page(article.name, article.outlet, f"a{number}", tuple((k, found) for k, found in by_kind if found))


def _errors(comparison: Comparison) -> Iterator[Wrong]:
    text = comparison.article.text
    for item in comparison.gold:
        if item.partner is None:
            yield _wrong(text, "missed", item.kind, item, item.nearest)
        elif not item.source_right:
            yield _wrong(text, "source", item.kind, item, item.partner)
        elif item.exact is None:
            yield _wrong(text, "edges", item.kind, item, item.partner)
    for item in comparison.found:
        if item.partner is None:
            yield _wrong(text, "false", item.kind, item.nearest, item)


def _wrong(text: str, sort: str, kind: str, gold: Item | None, found: Item | None) -> Wrong:
    sides = [("Gold", gold), ("Found", found)]
    passages = [Passage(side, tuple(around(text, _spans(item.attribution)))) for side, item in sides if item]
    main = found if sort == "false" else gold
    assert main is not None  # the side with the error always exists
    content = main.attribution.content
    return Wrong(sort, kind, content[0][0], content[-1][1], tuple(passages))


def _spans(one: Attribution) -> list[tuple[Label, int, int]]:
    parts: list[tuple[Label, tuple[tuple[int, int], ...]]] = [
        ("content", one.content), ("cue", one.cue), ("source", one.source),
    ]  # fmt: skip
    return [(label, start, end) for label, ranges in parts for start, end in ranges]
