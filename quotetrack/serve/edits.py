"""The list of edits: which articles changed since they were first read, and what became of their statements."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from quotetrack.read.edit_list import list_edits
from quotetrack.report.lists import MOST_CHANGES_LISTED
from quotetrack.report.paths import article_page
from quotetrack.serve.desk import desk_of
from quotetrack.serve.rendering import page

router = APIRouter(include_in_schema=False)
_EDITS = 50


@router.get("/edits")
def edits(request: Request, start: int = 0) -> Response:
    """Show the edits found last, from the one numbered ``start`` on."""
    start = max(0, start)
    with desk_of(request).databases.reading() as store:
        found = list_edits(store, limit=_EDITS + 1, start=start)
    return page(
        request,
        "serve/edits.html",
        edits=found[:_EDITS],
        start=start,
        following=start + _EDITS if len(found) > _EDITS else 0,
        previous=max(0, start - _EDITS),
        most_changes=MOST_CHANGES_LISTED,
        article_page=article_page,
    )
