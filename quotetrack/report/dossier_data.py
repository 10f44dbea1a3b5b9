"""The statements of a dossier as compact rows, for the filters of its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotetrack.read.dossiers import Dossier
from quotetrack.read.printing import Printing
from quotetrack.report import labels
from quotetrack.report.cards import Statement, day_of, mistake_link
from quotetrack.report.pages import SiteContext


def dossier_rows(
    dossier: Dossier, found: Sequence[Statement], unsaid: Sequence[Statement], topics: Sequence[str], site: SiteContext
) -> dict[str, Any]:
    """Return the data: statements newest first, then passages nobody stated, with their articles listed once.

    A row is the quotation's identifier, the number of its article, kind, stance, confidence (0 to 100), whether it is shown
    by default, the numbers of its topics, its words (own words of the article and words in quotation marks in turn), role,
    number of outlets, page of the claim, text fragment, first and last character, note, and address for mistakes.
    ``dossier.js`` reads them by position.
    """
    articles: dict[str, int] = {}
    listed: list[list[Any]] = []
    rows = []
    for statement in (*found, *unsaid):
        shown = statement.shown
        if shown.article_id not in articles:
            articles[shown.article_id] = len(listed)
            listed.append(
                [shown.outlet_name, day_of(shown), shown.title, site.article(shown), shown.link, shown.sha256]
            )
        rows.append(_row(statement, articles[shown.article_id], topics, dossier.role_then(shown), site))
    return {
        "topics": list(topics),
        "kinds": labels.KINDS,
        "cited_kinds": labels.CITED_KINDS,
        "stances": labels.STANCES,
        "leads": labels.LEADS,
        "articles": listed,
        "rows": rows,
    }


def _row(statement: Statement, article: int, topics: Sequence[str], role: str | None, site: SiteContext) -> list[Any]:
    shown = statement.shown
    claims = [page for page in map(site.claim, statement.claim_ids) if page]
    return [
        shown.quotation_id,
        article,
        shown.kind,
        shown.stance,
        confidence(shown),
        int(shown.shown),
        [topics.index(topic) for topic in statement.topics],
        words_in_turn(shown),
        shown.role or role,
        len(statement.outlets),
        claims[0] if claims else None,
        shown.fragment,
        shown.start,
        shown.end,
        labels.doubt(shown) if shown.uncertain else None,
        mistake_link(shown, site),
    ]


def confidence(printing: Printing) -> int:
    """Return the lower confidence, of the quotation or its speaker, in percent; 100 if a person decided."""
    if printing.decided or printing.method == "person":
        return 100
    return round(100 * min(printing.confidence, printing.speaker_confidence))


def words_in_turn(printing: Printing) -> list[str]:
    """Return the article's own words and the words in quotation marks in turn, the former first (possibly empty)."""
    found = [""]
    for number, part in enumerate(printing.parts):
        for segment in part:
            if (len(found) % 2 == 0) != segment.marked:
                found.append("")
            found[-1] += segment.text
        if number < len(printing.parts) - 1:
            if len(found) % 2 == 0:
                found.append("")
            found[-1] += " […] "
    return found
