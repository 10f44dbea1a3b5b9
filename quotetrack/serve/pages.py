"""Speakers, dossiers, articles and claims: the pages of the report, made from the database when they are asked for.

They have the same addresses as on the static site, so that their links work.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, get_args

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.responses import RedirectResponse

from quotetrack.model import SpeakerType
from quotetrack.read.articles import marked_stretches
from quotetrack.read.claims import claim_facts
from quotetrack.read.near_names import completions
from quotetrack.read.printing import newest_first
from quotetrack.read.printings import printings
from quotetrack.read.site_lists import quotations_of_articles
from quotetrack.read.versions import edits_of
from quotetrack.report.article_page import article_record_page
from quotetrack.report.claim_page import claim_pages
from quotetrack.report.dossier_page import dossier_pages
from quotetrack.report.pages import Batch, Page, SiteContext
from quotetrack.report.paths import speaker_page
from quotetrack.serve.answers import members_of_claim, record_of_article
from quotetrack.serve.desk import desk_of
from quotetrack.serve.rendering import page
from quotetrack.serve.site import for_dossier

router = APIRouter(include_in_schema=False)
_NAME = re.compile(r"(?:^|-)([0-9a-f]{16})(?:-(\d{1,5}))?\.(html|js)$")
_TYPES = tuple(one for one in get_args(SpeakerType) if one != "joint")
_LISTED = 200


@router.get("/")
@router.get("/index.html")
def home() -> Response:
    """Lead to the first task of the desk."""
    return RedirectResponse("/check", 307)


@router.get("/speakers")
def speakers(request: Request, q: str = "", type: str = "") -> Response:
    """List the speakers, most quoted first: those with a proper name, or all that match."""
    kind = type if type in _TYPES else None
    desk = desk_of(request)
    with desk.databases.reading() as store:
        listed = desk.sites.of(store).speakers
        named = [one.speaker_id for one in completions(store, q, _LISTED)] if q.strip() else None
    wanted = listed.values() if named is None else [listed[key] for key in named if key in listed]
    found = [one for one in wanted if (kind is None or one.type == kind) and (one.paged or kind or named is not None)]
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
    """Show one page of the dossier of a speaker, or send the data that its filters need."""
    speaker_id, number, suffix = _parts(name)
    desk = desk_of(request)
    with desk.databases.reading() as store:
        try:
            site = for_dossier(store, desk.sites.of(store), speaker_id)
        except KeyError:
            raise HTTPException(404, "This speaker is not in the database.") from None
        path = speaker_page(speaker_id, site.batch.dossiers[speaker_id].name, number)
        path = f"{path.removesuffix('.html')}.{suffix}"
        found = next((one for one in dossier_pages(store, speaker_id, site) if one.path == path), None)
    if found is None:
        raise HTTPException(404, "There is no such page.")
    if suffix == "js":
        data = desk.templates.get_template(found.template).render(**found.values)
        return Response(data, media_type="text/javascript")
    return _shown(request, found, site, feed=f"/feeds/speakers/{speaker_id}.atom")


@router.get("/articles/{name}")
def article(request: Request, name: str) -> Response:
    """Show the text of an article with its quotations marked."""
    identifier, _, _ = _parts(name)
    desk = desk_of(request)
    with desk.databases.reading() as store:
        site = desk.sites.of(store).context
        record = record_of_article(store, identifier)
        members = quotations_of_articles(store, [identifier]).get(identifier, [])
        quoted = list(printings(store, members).values())
        marked = marked_stretches(store, [identifier]).get(identifier, [])
        edits = edits_of(store, [identifier]).get(identifier, [])
    return _shown(request, article_record_page(record, quoted, marked, site, edits), site)


@router.get("/claims/{name}")
def claim(request: Request, name: str) -> Response:
    """Show a claim with all its printings."""
    identifier, _, _ = _parts(name)
    desk = desk_of(request)
    with desk.databases.reading() as store:
        members = members_of_claim(store, identifier)
        found = printings(store, members, surroundings=True)
        facts = claim_facts(store, {identifier, *(claim.claim_id for one in found.values() for claim in one.claims)})
        context = desk.sites.of(store).context
        site = replace(context, batch=Batch(facts=facts, claims={identifier: newest_first(found.values())}))
        [shown] = claim_pages(store, identifier, site)
    return _shown(request, shown, site)


def _shown(request: Request, made: Page, site: SiteContext, feed: str = "") -> Response:
    """Render a page of the report with the navigation of the desk."""
    values: dict[str, Any] = {**made.values, "layout": made.template, "root": "../", "site": site, "feed": feed}
    return page(request, "serve/report_page.html", **values)


def _parts(name: str) -> tuple[str, int, str]:
    """Return identifier, number and suffix in the name of a page. Raises ``HTTPException`` 404 if it has none.

    >>> _parts("ruth-vale-08364c4d6cafcc76-2.html")
    ('08364c4d6cafcc76', 2, 'html')
    """
    found = _NAME.search(name)
    if found is None:
        raise HTTPException(404, "There is no such page.")
    return found[1], int(found[2] or 1), found[3]
