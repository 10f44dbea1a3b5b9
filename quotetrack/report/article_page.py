"""The page of an article: its text once, with every quotation highlighted by speaker, and a list of them beside it."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotetrack.model import LOW_CONFIDENCE
from quotetrack.read.articles import ArticleRecord
from quotetrack.read.printing import Printing, web_address
from quotetrack.read.versions import Edit
from quotetrack.report.pages import Page, SiteContext
from quotetrack.report.paths import article_page
from quotetrack.text.cells import Cells
from quotetrack.text.fragments import fragment_of, with_fragment

_LABEL = 18  # characters
_MOST_CHANGES = 30  # shown of one edit
COLOURS = 8  # speakers with colours of their own; more share them, so labels tell them apart


@dataclass(frozen=True, slots=True)
class Noted:
    """A quotation in the list beside the text.

    ``colour`` is the number of the speaker's colour, ``label`` a short name for the text, ``passage`` the address of the
    words in the original article. ``speakers`` are names with the paths of their pages, if any.
    """

    number: int
    printing: Printing
    colour: int
    label: str
    speakers: tuple[tuple[str, str | None], ...]
    claim: str | None
    passage: str | None

    @property
    def uncertain(self) -> bool:
        """Whether to show a low confidence; that of the speaker says nothing if the source is not a name anyway."""
        named = any(path for _, path in self.speakers)
        return self.printing.uncertain and (named or self.printing.confidence < LOW_CONFIDENCE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph with the same highlighting.

    ``note`` is the innermost quotation it belongs to, ``starts`` are the quotations that begin here. ``other``: it is between
    quotation marks, but no quotation was found in it; then ``mark`` is its number if it begins here.
    """

    text: str
    note: Noted | None
    starts: tuple[Noted, ...]
    other: bool = False
    mark: int | None = None


def article_record_page(
    article: ArticleRecord,
    printings: Sequence[Printing],
    marked: Sequence[tuple[int, int]],
    site: SiteContext,
    edits: Sequence[Edit] = (),
) -> Page:
    """Return the page of an article with its quotations in order of the text, shown by default or not, and its ``edits``."""
    colours = _colours(printings)
    shown = sorted(printings, key=lambda p: (p.start, -p.end, p.quotation_id))
    link = web_address(article.url)
    notes = [_note(number, one, article, link, colours, site) for number, one in enumerate(shown, 1)]
    contents = Cells((span.start, span.end, None) for one in printings for span in one.content)
    others = [(start, end) for start, end in sorted(marked) if not contents.any_over(start, end)]
    values: dict[str, object] = {
        "article": article,
        "link": link,
        "paragraphs": _paragraphs(article.text, notes, others),
        "notes": [note for note in notes if note.printing.shown],
        "unsaid": [note for note in notes if not note.printing.shown],
        "others": [
            (number, article.text[start:end], _passage(article, link, start, end))
            for number, (start, end) in enumerate(others, 1)
        ],
        "legend": _legend(notes),
        "edits": edits,
        "most_changes": _MOST_CHANGES,
    }
    return Page(article_page(article.article_id, article.title), "article.html", values)


def _colours(printings: Sequence[Printing]) -> dict[tuple[str, ...], int]:
    """Number the speakers in order of their first quotation; unknown speakers have the colour 0."""
    found: dict[tuple[str, ...], int] = {(): 0}
    for one in sorted(printings, key=lambda p: (p.start, p.quotation_id)):
        if one.speaker_ids not in found:
            found[one.speaker_ids] = (len(found) - 1) % COLOURS + 1
    return found


def _note(
    number: int,
    one: Printing,
    article: ArticleRecord,
    link: str | None,
    colours: dict[tuple[str, ...], int],
    site: SiteContext,
) -> Noted:
    claim = next((path for member in one.claims if (path := site.claim(member.claim_id))), None)
    return Noted(
        number=number,
        printing=one,
        colour=colours[one.speaker_ids],
        label=short_name(one.speakers),
        speakers=tuple(
            (name, site.speaker(key)) for name, key in zip(one.speakers, one.speaker_ids, strict=True)
        ),
        claim=claim,
        passage=_passage(article, link, one.start, one.end),
    )  # fmt: skip


def short_name(speakers: Sequence[str]) -> str:
    """Return a label of one or two words for a quotation's speakers.

    >>> short_name(("Ruth Vale",)), short_name(("Norland", "Merland", "Calder")), short_name(())
    ('Vale', 'Norland +2', 'unknown')
    >>> short_name(("Calder Harbour Pilots Association",))
    'Calder Harbour…'
    """
    if not speakers:
        return "unknown"
    words = speakers[0].split()
    name = words[-1] if len(words) == 2 else speakers[0]
    if len(name) > _LABEL:
        name = name[: _LABEL - 1].rsplit(" ", 1)[0].rstrip(",") + "…"
    return f"{name} +{len(speakers) - 1}" if len(speakers) > 1 else name


def _passage(article: ArticleRecord, link: str | None, start: int, end: int) -> str | None:
    return with_fragment(link, fragment_of(article.text, start, end)) if link else None


def _legend(notes: Sequence[Noted]) -> list[tuple[int, tuple[tuple[str, str | None], ...], int]]:
    """Return colour, names and number of quotations of each speaker, in order of colour; only quotations shown by default."""
    counts: dict[tuple[int, tuple[tuple[str, str | None], ...]], int] = {}
    for note in notes:
        if note.printing.shown:
            counts[note.colour, note.speakers] = counts.get((note.colour, note.speakers), 0) + 1
    return [(colour, speakers, count) for (colour, speakers), count in counts.items()]


class _Layer:
    """What lies over the text: the contents of quotations, and ``others``, which are marked but no quotations."""

    def __init__(self, notes: Sequence[Noted], others: Sequence[tuple[int, int]]) -> None:
        self.others = others
        spans = [(span.start, span.end, note) for note in notes for span in note.printing.content]
        self.edges = sorted(
            {edge for start, end, _ in spans for edge in (start, end)} | {edge for one in others for edge in one}
        )
        self.spans = Cells((start, end, (start, end, note)) for start, end, note in spans)
        self.marks = Cells((start, end, number) for number, (start, end) in enumerate(others))
        self.starting: dict[int, list[Noted]] = {}
        for start, _, note in spans:
            if start == note.printing.start:
                self.starting.setdefault(start, []).append(note)

    def cuts(self, start: int, end: int) -> list[int]:
        """The edges within ``start:end``, with these two."""
        return [start, *self.edges[bisect_right(self.edges, start) : bisect_left(self.edges, end)], end]


def _paragraphs(text: str, notes: Sequence[Noted], others: Sequence[tuple[int, int]]) -> list[list[Piece]]:
    """Split the text into paragraphs, and these at the edges of quotations; joined, the pieces are the text."""
    layer = _Layer(notes, others)
    found = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            found.append([_piece(text, a, b, layer) for a, b in itertools.pairwise(layer.cuts(start, end))])
        start = end + 1
    return found


def _piece(text: str, start: int, end: int, layer: _Layer) -> Piece:
    covering = [one for one in layer.spans.over(start, end) if one[0] <= start and end <= one[1]]
    innermost = min(covering, key=lambda one: (one[1] - one[0], -one[0]), default=None)
    starts = tuple(layer.starting.get(start, ()))
    marks = layer.marks.over(start, end)
    mark = next((n for n in marks if layer.others[n][0] <= start and end <= layer.others[n][1]), None)
    begins = mark is not None and layer.others[mark][0] == start
    return Piece(
        text[start:end],
        innermost[2] if innermost else None,
        starts,
        mark is not None,
        mark + 1 if mark is not None and begins else None,
    )
