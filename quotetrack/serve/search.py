"""Search quotations by words and filters; facets narrow the result, and any result can be exported as CSV or JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from quotetrack.errors import UsageError
from quotetrack.export import export_quotations
from quotetrack.read.filters import Filters
from quotetrack.read.found import Found
from quotetrack.read.found import search as search_quotations
from quotetrack.read.fulltext import highlighted
from quotetrack.read.quotations import find_quotations
from quotetrack.read.speakers import find_speaker
from quotetrack.report.paths import article_page, speaker_page
from quotetrack.serve.desk import desk_of
from quotetrack.serve.rendering import page

router = APIRouter(include_in_schema=False)
_LISTED = 50
_PARAMETERS = ("q", "speaker", "since", "until", "month", "outlet", "stance", "kind", "sort")
_FACETS = {"speaker": "Speaker", "outlet": "Outlet", "month": "Month", "stance": "Stance", "kind": "Kind"}


def asked(
    q: str = "",
    speaker: str = "",
    since: str = "",
    until: str = "",
    month: str = "",
    outlet: Annotated[Sequence[str], Query()] = (),
    stance: Annotated[Sequence[str], Query()] = (),
    kind: Annotated[Sequence[str], Query()] = (),
    sort: str = "",
) -> dict[str, str | list[str]]:
    """Return the parameters of a search in an address that are not empty."""
    single = {"q": q, "speaker": speaker, "since": since, "until": until, "month": month}
    several = {"outlet": outlet, "stance": stance, "kind": kind}
    given: dict[str, str | list[str]] = {name: value.strip() for name, value in single.items() if value.strip()}
    given |= {name: kept for name, values in several.items() if (kept := [one for one in values if one.strip()])}
    return {**given, "sort": "newest"} if sort == "newest" else given


Asked = Annotated[dict[str, Any], Depends(asked)]


def filters_of(given: Mapping[str, Any], limit: int | None = None) -> Filters:
    """Return the filters for the parameters of a search."""
    month = given.get("month")
    return Filters(
        speaker=given.get("speaker"),
        outlet=given.get("outlet"),
        since=given.get("since") or month,
        until=given.get("until") or month,
        stance=given.get("stance"),
        kind=given.get("kind"),
        words=given.get("q"),
        limit=limit,
    )


def without(given: Mapping[str, Any], left_out: str) -> dict[str, Any]:
    """Return the parameters of a search but one."""
    return {name: value for name, value in given.items() if name != left_out}


@router.get("/search")
def search(request: Request, given: Asked, start: int = 0) -> Response:
    """Show the form, and the quotations that match if anything is asked for, from the one numbered ``start`` on."""
    start = min(max(0, start), 1_000_000)
    found, error, name = None, "", ""
    if given:
        with desk_of(request).databases.reading() as store:
            try:
                newest = given.get("sort") == "newest"
                found = search_quotations(store, filters_of(given, _LISTED), start, newest)
                name = find_speaker(store, given["speaker"]).name if "speaker" in given else ""
            except UsageError as wrong:
                error = str(wrong)
    return page(request, "serve/search.html", **_values(given, found, start), error=error, speaker_name=name)


def _values(given: Mapping[str, Any], found: Found | None, start: int) -> dict[str, Any]:
    more = found is not None and found.total > start + _LISTED
    return {
        "found": found,
        "values": {**dict.fromkeys(_PARAMETERS, ""), **given},
        "facets": _facets(given, found) if found else [],
        "address": urlencode(_exact(given, found), doseq=True),
        "newest": _address({**given, "sort": "newest"}),
        "relevant": _address(without(given, "sort")),
        "start": start,
        "previous": _address(given, max(0, start - _LISTED)) if start else "",
        "following": _address(given, start + _LISTED) if more else "",
        "pieces": lambda text: highlighted(text, found.query) if found and found.query else [(text, False)],
        "speaker_page": speaker_page,
        "article_page": article_page,
    }


def _exact(given: Mapping[str, Any], found: Found | None) -> dict[str, Any]:
    """Return the parameters that give the same result in an export or a feed: without order, and with a completed last word."""
    kept = without(given, "sort")
    return {**kept, "q": found.words} if found and found.words else kept


def _address(given: Mapping[str, Any], start: int = 0) -> str:
    asked_for = {**given, **({"start": start} if start else {})}
    return f"/search?{urlencode(asked_for, doseq=True)}"


def _facets(given: Mapping[str, Any], found: Found) -> list[dict[str, Any]]:
    """Return each facet with its values, and the addresses that filter by a value or no longer do so."""
    facets = []
    for name, label in _FACETS.items():
        others = without(given, name)
        values = [(one, _address({**others, name: one.value})) for one in found.facets[name]]
        facets.append(
            {"name": name, "label": label, "values": values, "without": _address(others) if name in given else ""}
        )
    return facets


@router.get("/search.csv")
def as_csv(request: Request, given: Asked) -> Response:
    """Send all quotations that match as a table, newest first."""
    text = io.StringIO()
    with desk_of(request).databases.reading() as store:
        export_quotations(store, text, filters_of(given), "csv")
    return _attached("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", "csv")


@router.get("/search.json")
def as_json(request: Request, given: Asked) -> Response:
    """Send all quotations that match as a JSON array, newest first."""
    with desk_of(request).databases.reading() as store:
        found = find_quotations(store, filters_of(given))
    return _attached(json.dumps([one.to_dict() for one in found], ensure_ascii=False), "application/json", "json")


def _attached(text: str, media_type: str, suffix: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="quotations.{suffix}"'}
    return Response(text.encode(), media_type=media_type, headers=headers)
