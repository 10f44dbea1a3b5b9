"""Speakers, dossiers, articles and claims, under the addresses that the pages of the report have.

An adapter: the report owns the templates; this module only reads what one page needs.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import RedirectResponse

from quotetrack.errors import UsageError
from quotetrack.model import SpeakerType, Stance
from quotetrack.read.articles import articles, quotations_in
from quotetrack.read.claims import claim_facts
from quotetrack.read.context import Label, segments
from quotetrack.read.dossiers import Dossier
from quotetrack.read.printings import decisions, printings
from quotetrack.read.quotations import quotations_of
from quotetrack.read.search import printings_of
from quotetrack.read.speakers import find_speaker, known_roles, list_speakers, names_of
from quotetrack.report.claims import shown_claims
from quotetrack.report.paths import article_page, claim_page, speaker_page
from quotetrack.serve.desk import desk_of
from quotetrack.serve.rendering import page
from quotetrack.store import Store

router = APIRouter(include_in_schema=False)
_IDENTIFIER = re.compile(r"(?:^|-)([0-9a-f]{16})\.html$")
_TYPES = tuple(one for one in get_args(SpeakerType) if one != "joint")
_LISTED = 200


@router.get("/")
@router.get("/index.html")
def home() -> Response:
    """Lead to the first task of the desk."""
    return RedirectResponse("/check", 307)


@router.get("/speakers")
def speakers(request: Request, q: str = "", type: str = "") -> Response:
    """List the speakers, most quoted first."""
    kind = type if type in _TYPES else None
    with desk_of(request).databases.reading() as store:
        found = list_speakers(store, q.strip() or None, kind, _LISTED + 1)
    return page(
        request,
        "serve/speakers.html",
        speakers=found[:_LISTED],
        more=len(found) > _LISTED,
        query=q,
        kind=kind,
        types=_TYPES,
        speaker_page=speaker_page,
    )


@router.get("/speakers/{name}")
def dossier(request: Request, name: str) -> Response:
    """Show the dossier of a speaker."""
    identifier = identifier_in(name)
    with desk_of(request).databases.reading() as store:
        try:
            found = _dossier(store, identifier)
        except UsageError:
            raise HTTPException(404, "This speaker is not in the database.") from None
        facts = claim_facts(store)
    days = Counter(found.dates)
    bars = sorted((days if len(days) <= 31 else Counter(date[:7] for date in found.dates)).items())
    most = max((count for _, count in bars), default=1)
    return page(
        request,
        "serve/dossier.html",
        dossier=found,
        claims=shown_claims(found.printings, facts),
        unsaid=shown_claims(found.unsaid, facts),
        bars=[(when, count, round(100 * count / most)) for when, count in bars],
    )


@router.get("/articles/{name}")
def article(request: Request, name: str) -> Response:
    """Show the text of an article with its quotations marked."""
    identifier = identifier_in(name)
    with desk_of(request).databases.reading() as store:
        found = articles(store, [identifier]).get(identifier)
        if found is None:
            raise HTTPException(404, "This article is not in the database.")
        quoted = sorted(
            printings(store, quotations_in(store, identifier)).values(), key=lambda one: (one.start, one.quotation_id)
        )
    spans: list[tuple[Label, int, int]] = [
        ("content", span.start, span.end) for one in quoted if one.shown for span in one.content
    ]
    return page(
        request,
        "serve/article.html",
        article=found,
        segments=segments(found.text, 0, len(found.text), spans) if found.text else [],
        quotations=quoted,
        speaker_page=speaker_page,
    )


@router.get("/claims/{name}")
def claim(request: Request, name: str) -> Response:
    """Show a claim with all its printings."""
    identifier = identifier_in(name)
    with desk_of(request).databases.reading() as store:
        members = [one.quotation_id for one in printings_of(store, [identifier], {}).get(identifier, [])]
        facts = claim_facts(store)
        found = printings(store, members, surroundings=True)
    shown = [one for one in shown_claims(list(found.values()), facts) if one.claim_id == identifier]
    if not shown:
        raise HTTPException(
            404, "This claim is not in the database. Claims get other identifiers when their articles change."
        )
    return page(request, "serve/claim.html", claim=shown[0], article_page=article_page, claim_page=claim_page)


def identifier_in(name: str) -> str:
    """Return the identifier at the end of the name of a page. Raises ``HTTPException`` 404 if there is none.

    >>> identifier_in("ruth-vale-08364c4d6cafcc76.html")
    '08364c4d6cafcc76'
    """
    found = _IDENTIFIER.search(name)
    if found is None:
        raise HTTPException(404, "There is no such page.")
    return found[1]


def _dossier(store: Store, identifier: str) -> Dossier:
    line = find_speaker(store, identifier, in_part=False)
    every = quotations_of(store, line.speaker_id, stances=get_args(Stance), bare=True)
    complete = printings(store, [one.quotation_id for one in every], surroundings=True)
    ordered = [complete[one.quotation_id] for one in every]
    return Dossier(
        line.speaker_id,
        line.name,
        line.type,
        line.wikidata,
        roles=list(line.roles),
        aliases=[name for name in names_of(store, [line.speaker_id])[line.speaker_id].names if name != line.name],
        known_roles=known_roles(store, line.speaker_id),
        decided=decisions(store, "speaker_id").get(line.speaker_id, []),
        printings=[one for one in ordered if one.shown],
        unsaid=[one for one in ordered if not one.shown],
    )
