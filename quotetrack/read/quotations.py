"""Find quotations by speaker, role, outlet, date, kind, stance and text."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, get_args

from quotetrack.errors import UsageError
from quotetrack.link.timeline import role_then
from quotetrack.model import LEAST_SHOWN, SHOWN, Kind, Stance
from quotetrack.read.printing import Printing, newest_first
from quotetrack.read.printings import printings
from quotetrack.read.speakers import find_speaker, known_roles, roles_of
from quotetrack.store import Store
from quotetrack.store.moments import moment

Day = str | date | datetime | None


def stances_of(wanted: Sequence[str] | None) -> tuple[Stance, ...]:
    """Validate stances; returns the default stances if ``wanted`` is empty. Raises ``UsageError`` for an unknown stance."""
    known: dict[str, Stance] = {stance: stance for stance in get_args(Stance)}
    for word in wanted or ():
        if word not in known:
            raise UsageError(f"Unknown stance '{word}'; use {', '.join(known)}.")
    return tuple(known[word] for word in wanted) if wanted else SHOWN


def find_quotations(
    store: Store,
    speaker_id: str | None = None,
    role: str | None = None,
    outlet: str | None = None,
    since: Day = None,
    until: Day = None,
    kind: str | None = None,
    stances: Sequence[Stance] = SHOWN,
    text: str | None = None,
    bare: bool = False,
    limit: int | None = None,
) -> list[Printing]:
    """Return the quotations that match all filters, newest first.

    ``role`` and ``text`` must occur in the role as printed and in the content, ignoring case. ``since`` and ``until`` are
    days, months or years, inclusive. ``bare`` includes short noun phrases and quotations of low confidence.
    Raises ``UsageError`` for an unknown kind or an invalid date.
    """
    if kind is not None and kind not in get_args(Kind):
        raise UsageError(f"Unknown kind '{kind}'; use {', '.join(get_args(Kind))}.")
    conditions: dict[str, Any] = {
        "stance IN (SELECT unnest($stances::VARCHAR[]))": ("stances", list(stances)),
        "((NOT bare AND (kind = 'direct' OR confidence >= $least)) OR $bare)": ("bare", bare),
        "source_id IN (SELECT source_id FROM source_speakers WHERE speaker_id = $speaker)": ("speaker", speaker_id),
        "contains(lower(role), lower($role))": ("role", role),
        "lower(a.outlet) = lower($outlet)": ("outlet", outlet),
        "a.published_at >= $since": ("since", _first_moment(since)),
        "a.published_at < $until": ("until", _moment_after(until)),
        "kind = $kind": ("kind", kind),
        "contains(lower(q.text), lower($text))": ("text", text),
    }
    active = {condition: given for condition, given in conditions.items() if given[1] is not None}
    rows = store.connection.execute(
        f"SELECT quotation_id FROM corrected_quotations q JOIN articles a USING (article_id) WHERE {' AND '.join(active)} "
        "ORDER BY a.published_at DESC NULLS LAST, a.article_id, q.position LIMIT $most",
        dict(active.values()) | {"least": LEAST_SHOWN, "most": limit},
    ).fetchall()
    return newest_first(printings(store, [row[0] for row in rows]).values())


def quotations_of(
    store: Store, speaker_id: str, stances: Sequence[Stance] = SHOWN, bare: bool = False
) -> list[Printing]:
    """Return the quotations of a speaker with these ``stances``, newest first, with ``role_then`` filled in.

    ``bare`` includes short noun phrases and quotations of low confidence.
    """
    held, known = roles_of(store, speaker_id), known_roles(store, speaker_id)
    return [
        replace(one, role_then=None if one.role else role_then(held, known, one.published))
        for one in find_quotations(store, speaker_id, stances=stances, bare=bare)
    ]


def quotations_by_name(store: Store, speaker: str | None, **filters: Any) -> list[Printing]:
    """Call ``find_quotations`` with a speaker given by id, name or alias. Raises ``UsageError`` if not exactly one matches."""
    one = find_speaker(store, speaker).speaker_id if speaker is not None else None
    return find_quotations(store, one, **filters)


def _first_moment(day: Day) -> datetime | None:
    if day is None:
        return None
    text = day if isinstance(day, str) else day.isoformat()
    found = moment(text)[0]
    if found is None:
        raise UsageError(f"Invalid date '{text}'; use YYYY-MM-DD.")
    return found


def _moment_after(day: Day) -> datetime | None:
    """Return the end (exclusive) of a day, month or year."""
    start = _first_moment(day)
    if start is None:
        return None
    precision = moment(day if isinstance(day, str) else (day.isoformat() if day else None))[1]
    if precision == "year":
        return start.replace(year=start.year + 1)
    if precision == "month":
        return start + timedelta(days=calendar.monthrange(start.year, start.month)[1])
    return start + (timedelta(days=1) if precision == "day" else timedelta(microseconds=1))
