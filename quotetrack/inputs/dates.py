"""Convert dates as printed by outlets to ISO 8601."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime

from dateutil import parser as dates

_PARTIAL = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_EPOCH_SECONDS = 10  # digits; three more are milliseconds
_YEAR_FIRST = re.compile(r"\d{4}\D")
_LONGEST = 100  # characters; no date is longer
_TIME = re.compile(r"\d[:.]\d\d|\d\s*[ap]\.?m", re.IGNORECASE)
# dateutil fills missing parts from a default date; parsing with two different defaults shows which parts are missing.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2004, 2, 2))


def iso_date(value: str | None) -> str | None:
    """Convert ``value`` to ISO 8601 with the same precision: ``2026-03-02T08:15:00+01:00``, ``2026-03-02``, ``2026-03``.

    Returns ``None`` if it is not a date, has no year, or is ambiguous between day-first and month-first order
    (``03/02/2026``); dates are never guessed. Ten or thirteen digits are Unix time in seconds or milliseconds.
    """
    text = (value or "").strip()
    if not text or len(text) > _LONGEST:
        return None
    if _PARTIAL.fullmatch(text):
        return text
    if _EPOCH.fullmatch(text):
        whole = text.split(".")[0]
        return datetime.fromtimestamp(int(whole[:_EPOCH_SECONDS]), UTC).isoformat()
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(text).isoformat()
        except ValueError:  # also for a time zone of a day or more
            continue
    # A date that starts with the year is always in the order year, month, day.
    orders = (False,) if _YEAR_FIRST.match(text) else (True, False)
    readings = {_reading(text, dayfirst) for dayfirst in orders}
    return readings.pop() if len(readings) == 1 else None


def _reading(text: str, dayfirst: bool) -> str | None:
    with warnings.catch_warnings(record=True) as unknown_zone:
        warnings.simplefilter("always")
        try:
            first, second = (dates.parse(text, default=start, dayfirst=dayfirst) for start in _DEFAULTS)
            moment = first.isoformat()  # fails for time zones of a day or more
        except Exception:  # dateutil raises many kinds of errors on what is not a date
            return None
    if first.year != second.year:
        return None
    if first.month != second.month:
        return f"{first.year:04}"
    if first.day != second.day:
        return f"{first.year:04}-{first.month:02}"
    # A time in an unknown time zone is dropped.
    return moment if _TIME.search(text) and not unknown_zone else first.date().isoformat()
