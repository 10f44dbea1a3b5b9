"""What is known of an article besides its text, and how to tell it from what people write."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from urllib.parse import urlsplit

from dateutil import parser as dates

from quotetrack.model import Article


@dataclass(frozen=True, slots=True)
class Metadata:
    """Outlet, url, title, author, published and language; ``None`` where unknown."""

    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """This, with what is missing here filled from ``other``."""
        missing = {f.name: getattr(other, f.name) for f in fields(self) if getattr(self, f.name) is None}
        return replace(self, **missing)


def article(text: str, found: Metadata, given: Metadata, location: str) -> Article:
    """An article of ``text``; what the user gave wins over what the input says."""
    known = given.over(found)
    outlet = known.outlet
    if outlet is None and known.url:
        outlet = (urlsplit(known.url).hostname or "").removeprefix("www.") or None
    return Article(
        text=text,
        outlet=outlet,
        url=known.url,
        title=known.title,
        author=known.author,
        published=iso_date(known.published),
        language=(known.language or "en").lower().split("-")[0].split("_")[0],
        location=location,
    )


def iso_date(value: str | None) -> str | None:
    """``value`` as an ISO 8601 date, or date-time where it has a time; ``None`` where it is no date."""
    if not value or not any(c.isdigit() for c in value):
        return None
    try:
        moment = dates.parse(value)
    except (ValueError, OverflowError, TypeError):
        return None
    return moment.isoformat() if any((moment.hour, moment.minute, moment.second)) else moment.date().isoformat()
