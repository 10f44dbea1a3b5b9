"""The inbox: what came in, what could not be read and why, and claims that are new or contradicted."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request, Response

from quotetrack.read.inbox import arrivals, failed_inputs, new_claims
from quotetrack.report.paths import article_page, claim_page
from quotetrack.serve.desk import desk_of
from quotetrack.serve.rendering import page

router = APIRouter(include_in_schema=False)
_ARTICLES, _FAILURES, _CLAIMS = 50, 100, 20


@router.get("/inbox")
def inbox(request: Request, start: int = 0) -> Response:
    """Show the latest articles, from the one numbered ``start`` on, and beside the first ones all the rest."""
    start = max(0, start)
    with desk_of(request).databases.reading() as store:
        found = arrivals(store, _ARTICLES + 1, start)
        failures = failed_inputs(store, _FAILURES + 1) if not start else []
        contradicted = new_claims(store, _CLAIMS, contradicted=True) if not start else []
        new = new_claims(store, _CLAIMS) if not start else []
    days = [(day, list(group)) for day, group in groupby(found[:_ARTICLES], lambda one: one.ingested_at.date())]
    return page(
        request,
        "serve/inbox.html",
        days=days,
        start=start,
        following=start + _ARTICLES if len(found) > _ARTICLES else 0,
        previous=max(0, start - _ARTICLES),
        failures=failures[:_FAILURES],
        more_failures=len(failures) > _FAILURES,
        contradicted=contradicted,
        new=new,
        article_page=article_page,
        claim_page=claim_page,
    )
