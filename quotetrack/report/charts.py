"""Geometry of the charts of a dossier: its roles, and how often the speaker was quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quotetrack.link.timeline import HeldRole, ordinal

WIDTH = 1000  # units of a chart from the first date to the last
HEIGHT = 100
_MOST_ROLES = 6
_SHORTEST = 12  # units; a role that is printed once must be seen
_MOST_DAYS = 31
_MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class RoleBar:
    """A role with the start and the width of its bar."""

    held: HeldRole
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Roles:
    """The most frequent dated roles in order of time; ``first`` and ``last`` are the ends of the axis (ISO 8601)."""

    first: str
    last: str
    bars: tuple[RoleBar, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The statements of one day, month or year, with the position and size of their bar."""

    when: str
    count: int
    start: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Activity:
    """Statements per ``unit`` (``day``, ``month`` or ``year``), without gaps. ``most`` is the greatest count."""

    unit: str
    most: int
    columns: tuple[Column, ...]


def roles_chart(roles: Sequence[HeldRole]) -> Roles | None:
    """Place roles on a common axis; ``None`` unless two have different dates."""
    dated = [(role, start, end) for role in roles if (start := ordinal(role.first)) and (end := ordinal(role.last))]
    often = sorted(dated, key=lambda one: (-one[0].mentions, one[1], one[0].role))[:_MOST_ROLES]
    shown = sorted(often, key=lambda one: (one[1], one[2], one[0].role))
    if len(shown) < 2:
        return None
    first, last = min(one[1] for one in shown), max(one[2] for one in shown)
    if last <= first:
        return None
    bars = []
    for role, start, end in shown:
        left, right = (round(WIDTH * (day - first) / (last - first)) for day in (start, end))
        width = max(right - left, _SHORTEST)
        bars.append(RoleBar(role, min(left, WIDTH - width), width))
    return Roles(date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat(), tuple(bars))


def activity_chart(dates: Sequence[str]) -> Activity | None:
    """Count dates (ISO 8601, sorted or not) by day, month or year; ``None`` if all are in one."""
    days = sorted(day for one in dates if (day := ordinal(one)))
    if not days:
        return None
    first, last = date.fromordinal(days[0]), date.fromordinal(days[-1])
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if days[-1] - days[0] < _MOST_DAYS:
        unit, length = "day", 10
        every = [date.fromordinal(day).isoformat() for day in range(days[0], days[-1] + 1)]
    elif months <= _MOST_MONTHS:
        unit, length = "month", 7
        start = first.year * 12 + first.month - 1
        every = [f"{month // 12}-{month % 12 + 1:02}" for month in range(start, start + months)]
    else:
        unit, length = "year", 4
        every = [str(year) for year in range(first.year, last.year + 1)]
    counted = Counter(date.fromordinal(day).isoformat()[:length] for day in days)
    if len(every) < 2:
        return None
    most, step = max(counted.values()), WIDTH / len(every)
    columns = [
        Column(
            when, counted[when], round(place * step, 1), round(step * 0.8, 1), round(HEIGHT * counted[when] / most, 1)
        )
        for place, when in enumerate(every)
    ]
    return Activity(unit, most, tuple(columns))
