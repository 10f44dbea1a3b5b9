"""Search quotations by words, speaker and date."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from quotetrack.errors import UsageError
from quotetrack.read.filters import Filters
from quotetrack.read.printing import Printing
from quotetrack.read.quotations import find_quotations
from quotetrack.report.paths import article_page, speaker_page
from quotetrack.serve.desk import desk_of
from quotetrack.serve.rendering import page
from quotetrack.store import Store

router = APIRouter(include_in_schema=False)
_LISTED = 50


@router.get("/search")
def search(request: Request, q: str = "", speaker: str = "", since: str = "", until: str = "") -> Response:
    """Show the form, and the quotations that match if anything is asked for."""
    found: list[Printing] = []
    error = ""
    asked = any(one.strip() for one in (q, speaker, since, until))
    with desk_of(request).databases.reading() as store:
        try:
            found = matching(store, q, speaker, since, until, _LISTED + 1) if asked else []
        except UsageError as wrong:
            error = str(wrong)
    return page(
        request,
        "serve/search.html",
        found=found[:_LISTED],
        more=len(found) > _LISTED,
        asked=asked,
        error=error,
        values={"q": q, "speaker": speaker, "since": since, "until": until},
        speaker_page=speaker_page,
        article_page=article_page,
    )


def matching(store: Store, q: str, speaker: str, since: str, until: str, limit: int) -> list[Printing]:
    """Return the quotations that have the words ``q``, newest first; empty filters do not count.

    Raises ``UsageError`` for an unknown speaker or an invalid date.
    """
    wanted = Filters(
        speaker=speaker.strip() or None,
        text=q.strip() or None,
        since=since.strip() or None,
        until=until.strip() or None,
        limit=limit,
    )
    return find_quotations(store, wanted)
