"""The pages of one speaker's dossier, and the data by which its statements are filtered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotetrack.read.dossiers import Dossier
from quotetrack.report import labels
from quotetrack.report.cards import Card, Statement, card, most_printed, statements
from quotetrack.report.charts import activity_chart, roles_chart
from quotetrack.report.citations import DEFAULT_CITATION
from quotetrack.report.dossier_data import dossier_rows
from quotetrack.report.linked_data import dossier_data
from quotetrack.report.pages import Page, SiteContext
from quotetrack.report.paths import speaker_page
from quotetrack.report.topics import strips, with_topics
from quotetrack.store import Store

PER_PAGE = 50
_FEWEST_FEATURED = 12  # statements; below that, all of them are read at once
_MOST_FEATURED = 6
_FEWEST_FILTERED = 20  # statements and other passages
_MOST_UNSAID = 10  # on the first page


@dataclass(frozen=True, slots=True)
class _Contents:
    """The statements of a dossier by section. ``places`` are the positions in ``others`` by identifier of the quotation."""

    featured: list[Statement]
    others: list[Statement]
    unsaid: list[Statement]
    per_page: int
    most_unsaid: int
    places: dict[str, int]

    @property
    def pages(self) -> int:
        """Number of pages with statements, at least one."""
        return max(1, -(-len(self.others) // self.per_page))

    @property
    def unsaid_pages(self) -> int:
        """Number of pages with passages that are not counted as statements, if the first page does not hold all."""
        return 0 if len(self.unsaid) <= self.most_unsaid else -(-len(self.unsaid) // self.per_page)

    def page_of(self, statement: Statement) -> int:
        """Return the number of the page with a statement."""
        return self.places.get(statement.shown.quotation_id, 0) // self.per_page + 1


def dossier_pages(store: Store, speaker_id: str, site: SiteContext) -> Iterator[Page]:
    """Yield the pages of a dossier. ``site.batch`` holds the speaker's dossier and the facts about its claims.

    The first page describes the speaker and holds the statements to read first and the fifty newest others; more pages
    hold fifty each. Passages that nobody stated come last, on pages of their own if there are many. With twenty or more, a
    file of data lets the first page filter all of them.
    """
    dossier = site.batch.dossiers[speaker_id]
    topics = site.topics.get(speaker_id, ())
    found = with_topics(statements(dossier.printings, site.batch.facts), topics)
    unsaid = statements(dossier.unsaid, site.batch.facts)
    featured = most_printed(found, _MOST_FEATURED) if len(found) >= _FEWEST_FEATURED else []
    shown_first = {one.shown.quotation_id for one in featured}
    others = [one for one in found if one.shown.quotation_id not in shown_first]
    per_page = max(len(others), len(unsaid), 1) if site.single_file else PER_PAGE
    places = {one.shown.quotation_id: place for place, one in enumerate(others)}
    most_unsaid = len(unsaid) if site.single_file else _MOST_UNSAID
    contents = _Contents(featured, others, unsaid, per_page, most_unsaid, places)
    yield from _statement_pages(dossier, contents, found, topics, site)
    for number in range(contents.unsaid_pages):
        part = unsaid[number * per_page : (number + 1) * per_page]
        place = contents.pages + number + 1
        older = _path(dossier, place + 1) if number + 1 < contents.unsaid_pages else None
        yield _page(dossier, contents, place, "dossier_unsaid.html", [card(one, site) for one in part], older=older)
    if _is_filtered(contents, site):
        path = _path(dossier, 1).removesuffix(".html") + ".js"
        yield Page(path, "dossier_data.js", {"data": dossier_rows(dossier, found, unsaid, topics, site)})


def _statement_pages(
    dossier: Dossier, contents: _Contents, found: list[Statement], topics: Sequence[str], site: SiteContext
) -> Iterator[Page]:
    featured = [card(one, site, number) for number, one in enumerate(contents.featured, 1)]
    for number in range(1, contents.pages + 1):
        part = contents.others[(number - 1) * contents.per_page : number * contents.per_page]
        first = len(featured) + 1 if number == 1 else 1
        cards = [card(one, site, place) for place, one in enumerate(part, first)]
        if number > 1:
            yield _page(dossier, contents, number, "dossier_more.html", cards)
            continue
        yield _page(
            dossier,
            contents,
            1,
            "dossier.html",
            cards,
            featured=featured,
            widely=any(len(one.outlets) > 1 for one in contents.featured),
            strips=[
                (strip, [(entry, _anchor(dossier, contents, entry.statement)) for entry in strip.entries])
                for strip in strips(found, topics)
            ],
            topics=topics,
            counts=_counts(dossier, found),
            roles=roles_chart(dossier.roles),
            activity=activity_chart([one.day for one in found if one.day]),
            unsaid=[card(one, site) for one in contents.unsaid[: contents.most_unsaid]],
            unsaid_path=_path(dossier, contents.pages + 1) if contents.unsaid_pages else None,
            unsaid_count=len(contents.unsaid),
            data_path=_path(dossier, 1).removesuffix(".html") + ".js" if _is_filtered(contents, site) else None,
        )


def _page(
    dossier: Dossier, contents: _Contents, number: int, template: str, cards: list[Card], **values: object
) -> Page:
    """Return one page with what all pages of a dossier need."""
    featured = values.get("featured")
    listed = [*featured, *cards] if isinstance(featured, list) else cards
    return Page(
        _path(dossier, number),
        template,
        {
            "dossier": dossier,
            "cards": cards,
            "listed": listed,
            "number": number,
            "paths": [_path(dossier, one) for one in range(1, contents.pages + 1)],
            "total": len(contents.featured) + len(contents.others),
            "linked_data": dossier_data(dossier, listed if template != "dossier_unsaid.html" else []),
            "labels": labels,
            "default_citation": DEFAULT_CITATION,
            **values,
        },
    )


def _path(dossier: Dossier, number: int) -> str:
    return speaker_page(dossier.speaker_id, dossier.name, number)


def _anchor(dossier: Dossier, contents: _Contents, statement: Statement) -> str:
    number = contents.page_of(statement)
    page = f"{_path(dossier, number).rpartition('/')[2]}" if number > 1 else ""
    return f"{page}#q-{statement.shown.quotation_id}"


def _is_filtered(contents: _Contents, site: SiteContext) -> bool:
    passages = len(contents.featured) + len(contents.others) + len(contents.unsaid)
    return passages >= _FEWEST_FILTERED and not site.single_file


def _counts(dossier: Dossier, found: Sequence[Statement]) -> list[tuple[str, int]]:
    """Return the numbers shown at the top; those of rare kinds and stances only if there are any."""
    always = [("Statements", len(found)), ("Printings", len(dossier.printings)), ("Outlets", len(dossier.outlets))]
    kinds = [("Verbatim", "direct"), ("Partly", "mixed"), ("Reported", "indirect")]
    some = [(name, sum(one.shown.kind == kind for one in found)) for name, kind in kinds]
    stances = [("Denied", "denied"), ("Requested", "requested")]
    some += [(name, sum(one.shown.stance == stance for one in found)) for name, stance in stances]
    return always + [one for one in some if one[1]]
