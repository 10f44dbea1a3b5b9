"""When an article was published, as a moment that compares, and how exactly that is known."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Literal

Precision = Literal["year", "month", "day", "minute"]
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-\d{2}")


def moment(published: str | None) -> tuple[datetime | None, Precision | None]:
    """The first moment that ``published`` (ISO 8601) may mean, in UTC, and its precision; nothing where it is no date.

    A time without a time zone is taken as UTC.

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
    except (ValueError, OverflowError):  # the 30th of February, or an hour before the year 1
        return None, None
