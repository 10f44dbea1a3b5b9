"""Convert publication dates to comparable timestamps with a precision."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Literal

from quotetrack.text.urls import split_url

# A date in the path of an address: `/2026/03/02/`, `/2026-03-02-`, `/20260302/` or, of the month only, `/2026/03/`.
_IN_ADDRESS = re.compile(
    r"(?<=[/_.-])(?P<year>(?:19|20)\d\d)(?P<separator>[/-]?)(?P<month>0[1-9]|1[0-2])(?:(?P=separator)(?P<day>0[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)"
)
Precision = Literal["year", "month", "day", "minute"]
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-\d{2}")


def moment(published: str | None) -> tuple[datetime | None, Precision | None]:
    """Return the earliest UTC time that ``published`` (ISO 8601) can mean, and its precision.

    A time without a time zone is assumed to be UTC. An invalid date gives ``(None, None)``.

    >>> moment("2026-03-02T08:15:00+01:00")
    (datetime.datetime(2026, 3, 2, 7, 15, tzinfo=datetime.timezone.utc), 'minute')
    >>> moment("2026-03-02")
    (datetime.datetime(2026, 3, 2, 0, 0, tzinfo=datetime.timezone.utc), 'day')
    >>> moment("last spring")
    (None, None)
    """
    text = published or ""
    try:
        if _YEAR.fullmatch(text):
            return datetime(int(text), 1, 1, tzinfo=UTC), "year"
        if _MONTH.fullmatch(text):
            return datetime(int(text[:4]), int(text[5:]), 1, tzinfo=UTC), "month"
        if len(text) == len("2026-03-02"):
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, tzinfo=UTC), "day"
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC), "minute"
    except (ValueError, OverflowError):  # such as 30 February, or a time before the year 1
        return None, None


def date_in_address(url: str | None) -> str | None:
    """Return the publication date that many outlets put in the path of an address (ISO 8601), or ``None``.

    Two different dates give ``None``; four or six digits in a row are not taken for a date.

    >>> date_in_address("https://post.example/news/2026/03/02/ferry-sinks")
    '2026-03-02'
    >>> date_in_address("https://post.example/news/2026/03/ferry-sinks")
    '2026-03'
    >>> date_in_address("https://post.example/news/202603")
    """
    path = split_url(url).path
    found = {
        "-".join(part for part in match.group("year", "month", "day") if part)
        for match in _IN_ADDRESS.finditer(path)
        if match["day"] or match["separator"]
    }
    return found.pop() if len(found) == 1 else None
