"""Atom feeds of a speaker and of a search, newest arrival first. The same database gives the same bytes.

Times are those at which articles were stored, because a feed announces what is new here, not what was published last.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from feedgen.feed import FeedGenerator

from quotetrack.errors import UsageError
from quotetrack.read.filters import Filters
from quotetrack.read.inbox import stored_at
from quotetrack.read.printing import EPOCH, Printing
from quotetrack.read.quotations import find_quotations
from quotetrack.read.speakers import find_speaker
from quotetrack.report.labels import STANCES
from quotetrack.report.paths import article_page, speaker_page
from quotetrack.serve.desk import desk_of
from quotetrack.serve.search import Asked, filters_of, without
from quotetrack.store import Store

router = APIRouter(include_in_schema=False)
_CONSIDERED, _ENTRIES = 500, 50
_TITLE = 120  # characters of a quotation in a title
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://schema.org/Quotation")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@router.get("/feeds/speakers/{speaker_id}.atom")
def of_speaker(request: Request, speaker_id: str) -> Response:
    """Send what a speaker said."""
    with desk_of(request).databases.reading() as store:
        try:
            speaker = find_speaker(store, speaker_id, in_part=False)
        except UsageError:
            raise HTTPException(404, "This speaker is not in the database.") from None
        found = _latest(store, find_quotations(store, Filters(speaker=speaker.speaker_id, limit=_CONSIDERED)))
    page = f"/{speaker_page(speaker.speaker_id, speaker.name)}"
    return _feed(request, f"Quotations of {speaker.name}", f"speaker {speaker.speaker_id}", page, found)


@router.get("/feeds/search.atom")
def of_search(request: Request, asked: Asked) -> Response:
    """Send what a search finds."""
    given = without(asked, "sort")
    with desk_of(request).databases.reading() as store:
        found = _latest(store, find_quotations(store, filters_of(given, _CONSIDERED)))
        if "speaker" in given:
            named = {**given, "speaker": find_speaker(store, given["speaker"]).name}
        else:
            named = given
    shown = [one for value in named.values() for one in ([value] if isinstance(value, str) else value)]
    title = f"Search for {', '.join(shown)}" if shown else "All quotations"
    address = urlencode(given, doseq=True)
    return _feed(request, title, f"search {address}", f"/search?{address}", found)


def _latest(store: Store, found: Sequence[Printing]) -> list[tuple[Printing, datetime]]:
    """Return the quotations whose articles were stored last, with that time."""
    times = stored_at(store, sorted({one.article_id for one in found}))
    dated = [(one, times[one.article_id].replace(tzinfo=UTC)) for one in found]
    dated.sort(key=lambda pair: (-pair[1].timestamp(), pair[0].article_id, pair[0].position))
    return dated[:_ENTRIES]


def _feed(request: Request, title: str, key: str, page: str, found: Sequence[tuple[Printing, datetime]]) -> Response:
    base = f"http://{request.headers['host']}"
    feed = FeedGenerator()
    feed.id(_identifier(key))
    feed.title(_clean(title))
    feed.author(name="quotetrack")
    feed.generator("quotetrack")
    feed.link(href=f"{base}{page}", rel="alternate", type="text/html")
    feed.link(href=str(request.url), rel="self", type="application/atom+xml")
    feed.updated(max((when for _, when in found), default=EPOCH))
    for printing, when in found:
        entry = feed.add_entry(order="append")
        who = ", ".join(printing.speakers) or "Speaker unknown"
        stance = STANCES[printing.stance]
        text = " ".join(printing.text.split())
        short = text if len(text) <= _TITLE else f"{text[:_TITLE].rpartition(' ')[0]} …"
        entry.id(_identifier(f"quotation {printing.quotation_id}"))
        entry.title(_clean(f"{who}{f' ({stance})' if stance else ''}: {short}"))
        entry.updated(when)
        if printing.published_at and printing.published_precision not in ("year", "month"):
            entry.published(printing.published_at)
        entry.author(name=_clean(printing.outlet_name))
        where = f"{base}/{article_page(printing.article_id, printing.title)}#q-{printing.quotation_id}"
        entry.link(href=where)  # only one: feedgen writes no "rel" in entries
        lines = [
            f"{stance}: {printing.text}" if stance else printing.text,
            f"{who}, {printing.role}" if printing.role else who,
        ]
        lines.append(" · ".join(part for part in (printing.outlet_name, printing.published, printing.title) if part))
        lines += [printing.link] if printing.link else []
        entry.content(_clean("\n".join(lines)), type="text")
    return Response(feed.atom_str(pretty=True), media_type="application/atom+xml")


def _identifier(key: str) -> str:
    """Return an identifier that stays the same for the same thing in the same database, wherever the desk runs."""
    return f"urn:uuid:{uuid.uuid5(_SPACE, key)}"


def _clean(text: str) -> str:
    """Leave out the characters that XML 1.0 does not allow."""
    return _NOT_XML.sub("", text)
