"""Dates as articles carry them (ISO 8601, often partial) and as a reader wants them."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def iso(published: str | None) -> str | None:
    """The date at the head of ``published``: ``2026``, ``2026-03`` or ``2026-03-02``; ``None`` where there is none."""
    match = _ISO.match(published or "")
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return match.group()


def spelled(published: str | None) -> str:
    """``2 March 2026``; as much of it as is known. What is no date at all is shown as it came."""
    known = iso(published)
    if known is None:
        return (published or "").strip() or "undated"
    year, *rest = known.split("-")
    if not rest:
        return year
    month = f"{_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) == 2 else month


def period(first: str | None, last: str | None) -> str:
    """``2 March 2026`` or ``2 March 2026 to 5 May 2026``."""
    a, b = spelled(first), spelled(last)
    return a if a == b else f"{a} to {b}"
