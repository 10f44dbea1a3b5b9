"""The page of errors: what was missed, found falsely, given a wrong source or cut at the wrong word, each in its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from quotetrack.errors import UsageError
from quotetrack.evaluate.figures import KINDS, MEASURES, Result
from quotetrack.evaluate.items import Attribution
from quotetrack.evaluate.matching import Comparison, Item
from quotetrack.read.context import Label, Segment, around
from quotetrack.report.templates import environment, templates_directory

SORTS = {
    "missed": "Missed",
    "false": "False find",
    "source": "Wrong source",
    "edges": "Other edges",
}
HEADINGS = {
    "exact": "Exact",
    "begin": "Begins right",
    "overlap": "Jaccard ≥ .5",
    "source": "Source right",
    "both": "End to end",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One side of an error, ``Gold`` or ``Found``, as labelled segments of its paragraphs."""

    side: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One error: a key of ``SORTS``, where it stands (characters), and both sides as far as there are two."""

    sort: str
    kind: str
    start: int
    end: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One article's errors by kind, in text order; ``anchor`` is the page's name for it."""

    name: str
    outlet: str | None
    anchor: str
    kinds: tuple[tuple[str, tuple[Wrong, ...]], ...]

    @property
    def errors(self) -> list[Wrong]:
        return [one for _, errors in self.kinds for one in errors]


def write_errors(path: Path, comparisons: Sequence[Comparison], result: Result) -> int:
    """Write the page of errors to ``path`` and say how many it shows. Raises ``UsageError`` where it cannot be written."""
    pages = [_page(number, one) for number, one in enumerate(comparisons, 1)]
    shown = [page for page in pages if page.kinds]
    counts = {sort: sum(one.sort == sort for page in shown for one in page.errors) for sort in SORTS}
    text = (
        environment()
        .get_template("evaluation.html")
        .render(
            pages=shown,
            counts=counts,
            result=result,
            sorts=SORTS,
            headings=HEADINGS,
            measures=MEASURES,
            # Our own style sheet, inside the page, so that the page can be sent by itself.
            style=Markup((templates_directory() / "style.css").read_text(encoding="utf-8")),
        )
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"The page cannot be written to {path}: {error.strerror or error}.") from error
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
    assert main is not None  # the side that is wrong is always there
    content = main.attribution.content
    return Wrong(sort, kind, content[0][0], content[-1][1], tuple(passages))


def _spans(one: Attribution) -> list[tuple[Label, int, int]]:
    parts: list[tuple[Label, tuple[tuple[int, int], ...]]] = [
        ("content", one.content), ("cue", one.cue), ("source", one.source),
    ]  # fmt: skip
    return [(label, start, end) for label, ranges in parts for start, end in ranges]
