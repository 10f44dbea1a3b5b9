"""The JSON API under ``/api/v1``. It only reads; ``/openapi.json`` describes it. Errors are problem JSON (RFC 9457)."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from starlette.responses import JSONResponse

from quotetrack.check import check as check_quotation
from quotetrack.inputs.drafts import draft_of_text
from quotetrack.read.claims import list_claims
from quotetrack.read.counts import Counts, count
from quotetrack.read.filters import Filters
from quotetrack.read.found import articles_with
from quotetrack.read.found import search as search_quotations
from quotetrack.read.speakers import find_speaker, list_speakers
from quotetrack.serve import answers, schemas
from quotetrack.serve.desk import desk_of

PREFIX = "/api/v1"
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": schemas.Problem, "description": what, "content": {"application/problem+json": {}}}
    for status, what in ((400, "A parameter is wrong"), (404, "Not in the database"), (503, "The database is in use"))
}
_PATIENCE, _PAUSE = 600.0, 0.1  # seconds for which the result of a draft is waited for, and between two looks
router = APIRouter(prefix=PREFIX, responses=_PROBLEMS)
Start = Annotated[int, Query(ge=0, le=10_000_000, description="Number of results to leave out at the beginning")]
Limit = Annotated[int, Query(ge=1, le=500, description="Maximum number of results")]


def problem(status: int, title: str, detail: str) -> Response:
    """Return an error as problem JSON."""
    content = {"title": title, "status": status, "detail": detail}
    return JSONResponse(content, status, media_type="application/problem+json")


def filters(
    q: Annotated[str | None, Query(description='Words, "phrases", begin*; or "what Vale said about the ferry"')] = None,
    speaker: Annotated[str | None, Query(description="Name, alias or id")] = None,
    role: Annotated[str | None, Query(description="Text contained in the role")] = None,
    outlet: Annotated[list[str] | None, Query()] = None,
    since: Annotated[str | None, Query(description="First day, month or year")] = None,
    until: Annotated[str | None, Query(description="Last day, month or year")] = None,
    kind: Annotated[list[str] | None, Query()] = None,
    stance: Annotated[list[str] | None, Query(description="Default: stated, denied and requested")] = None,
    confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    limit: Limit = 50,
) -> Filters:
    """Return the filters in an address."""
    return Filters(
        speaker=speaker,
        role=role,
        outlet=outlet,
        since=since,
        until=until,
        kind=kind,
        stance=stance,
        confidence=confidence,
        limit=limit,
        words=q,
    )


Wanted = Annotated[Filters, Depends(filters)]


@router.get("/check", response_model=schemas.Answer)
def check(request: Request, text: str, speaker: str | None = None, limit: Limit = 5) -> Any:
    """Compare a quotation with the record: are these the words, and is this the speaker?"""
    with desk_of(request).databases.reading() as store:
        return check_quotation(store, text, speaker, limit).to_dict()


@router.post("/drafts", response_model=schemas.DraftResult)
def check_draft(request: Request, draft: schemas.DraftText) -> Any:
    """Check all quotations of a draft. The draft is kept in memory only."""
    if not draft.text.strip():
        raise HTTPException(400, "The draft is empty.")
    checker = desk_of(request).checker
    number = checker.submit(PREFIX, draft_of_text(draft.text), "draft")
    one, end = checker.find(PREFIX, number), time.monotonic() + _PATIENCE
    while one is not None and not one.finished and time.monotonic() < end:
        time.sleep(_PAUSE)
    if one is None or one.report is None:
        raise HTTPException(503, (one and one.error) or "The draft could not be checked in time; try again later.")
    return one.report.to_dict()


@router.get("/search", response_model=schemas.SearchResult)
def search(request: Request, wanted: Wanted, start: Start = 0, newest: bool = False) -> Any:
    """Search quotations: best first if there are words, else newest first; with facets over the whole result."""
    with desk_of(request).databases.reading() as store:
        return search_quotations(store, wanted, start, newest).to_dict()


@router.get("/speakers", response_model=list[schemas.Speaker])
def speakers(request: Request, q: str | None = None, type: str | None = None, limit: Limit = 50) -> Any:
    """List speakers whose name or an alias contains ``q``, most quoted first."""
    with desk_of(request).databases.reading() as store:
        return [one.to_dict() for one in list_speakers(store, q, type, limit)]


@router.get("/speakers/{speaker}", response_model=schemas.SpeakerWithRoles)
def speaker(request: Request, speaker: str) -> Any:
    """Return one speaker by id, name or alias, with roles over time."""
    with desk_of(request).databases.reading() as store:
        return answers.speaker(store, speaker)


@router.get("/speakers/{speaker}/dossier", response_model=schemas.Dossier)
def dossier(request: Request, speaker: str, limit: Limit = 100) -> Any:
    """Return a speaker with the newest quotations."""
    with desk_of(request).databases.reading() as store:
        return answers.dossier(store, speaker, limit)


@router.get("/claims", response_model=list[schemas.Claim])
def claims(
    request: Request, q: str | None = None, speaker: str | None = None, outlets: int = 1, limit: Limit = 50
) -> Any:
    """List claims that contain ``q``, those printed by the most outlets first."""
    with desk_of(request).databases.reading() as store:
        who = find_speaker(store, speaker).speaker_id if speaker else None
        return [one.to_dict() for one in list_claims(store, q, who, outlets, limit)]


@router.get("/claims/{claim_id}", response_model=schemas.ClaimWithPrintings)
def claim(request: Request, claim_id: str) -> Any:
    """Return a claim with all its printings."""
    with desk_of(request).databases.reading() as store:
        return answers.claim(store, claim_id)


@router.get("/articles", response_model=list[schemas.Article])
def articles(request: Request, wanted: Wanted, start: Start = 0) -> Any:
    """List the articles with quotations that match, newest first."""
    with desk_of(request).databases.reading() as store:
        return [one._asdict() for one in articles_with(store, wanted, start)]


@router.get("/articles/{article_id}", response_model=schemas.ArticleWithText)
def article(request: Request, article_id: str) -> Any:
    """Return an article with its text and quotations."""
    with desk_of(request).databases.reading() as store:
        return answers.article(store, article_id)


@router.get("/stats")
def stats(request: Request) -> Counts:
    """Return the numbers of articles, quotations, speakers and claims."""
    with desk_of(request).databases.reading() as store:
        return count(store)
