"""The roles of one speaker over time, and which of them held when something was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from quotetrack.extract.role_appositions import LEADING
from quotetrack.extract.role_nouns import is_role_noun
from quotetrack.link.roles import RoleKey, role_key

_OF_LATE = 180  # days
Printed = tuple[str, str | None, str | None, int]  # wording, first and last date, mentions


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role of a speaker over time. ``role`` is the wording printed most often, if there is one not in capitals, and
    ``wordings`` are all of them.

    ``first`` and ``last`` are the dates of the first and last article that gives it (ISO 8601, or nothing), ``mentions``
    how many quotations do. ``status`` is ``former``, ``acting``, ``elect``, ``outgoing``, ``late`` or empty.
    """

    role: str
    status: str
    first: str | None
    last: str | None
    mentions: int
    wordings: tuple[str, ...]

    @property
    def is_clause(self) -> bool:
        """Whether it says what somebody does and not what they are: ``chaired the bank until it closed``."""
        verb = self.role.split()[0].lower()
        return verb in LEADING and verb not in ("head", "lead", "chair")  # these are offices too

    @property
    def is_body(self) -> bool:
        """Whether it only names a body: ``Petra Sandoval, of the Banking Oversight Office``."""
        words = [
            word for word in self.role.split() if word[:1].isalpha() and word.lower() not in ("of", "the", "and", "for")
        ]
        return all(word[0].isupper() for word in words) and not any(is_role_noun(word) for word in words)

    @property
    def when(self) -> str:
        """The dates as a person reads them."""
        if not self.first or not self.last:
            return f"from {self.first[:10]}" if self.first else f"until {self.last[:10]}" if self.last else "undated"
        return self.first[:10] if self.first[:10] == self.last[:10] else f"{self.first[:10]} to {self.last[:10]}"


def timeline(printed: Iterable[Printed]) -> list[HeldRole]:
    """Roles as printed (wording, first and last date, mentions) grouped, the earliest first.

    A role without its domain (``the president``) counts with the one that has it, if there is only one such.
    """
    rows = sorted(printed, key=lambda row: (-row[3], row[0]))
    groups: list[tuple[RoleKey, list[Printed]]] = []
    for row in sorted(rows, key=lambda row: not role_key(row[0]).domain):
        key = role_key(row[0])
        alike = [g for g in groups if g[0].status == key.status and g[0].agrees(key) and key.head]
        exact = [g for g in alike if g[0].domain == key.domain]
        if exact or (len(alike) == 1):
            (exact or alike)[0][1].append(row)
        else:
            groups.append((key, [row]))
    held = []
    for key, members in groups:
        members.sort(key=lambda row: (_shouted(row[0]), -row[3], row[0]))
        firsts = [m[1] for m in members if m[1]]
        lasts = [m[2] for m in members if m[2]]
        held.append(
            HeldRole(
                members[0][0], key.status, min(firsts, default=None), max(lasts, default=None),
                sum(m[3] for m in members), tuple(m[0] for m in members),
            )
        )  # fmt: skip
    return sorted(held, key=lambda h: (h.first is None, h.first or "", h.last or "", h.role))


def role_now(held: Sequence[HeldRole]) -> str | None:
    """The role to put beside a name, of roles in order of time: of those that articles still gave in the last ``_OF_LATE`` days
    that any was given the one printed most often, a clause or a body only where there is no office. One article that calls
    somebody ``the winner``, or a role misread once, does not stand for what they are.
    """
    offices = [role for role in held if not (role.is_clause or role.is_body)] or list(held)
    if not offices:
        return None
    latest = max(_day(role.last) for role in offices)
    recent = [role for role in offices if latest - _day(role.last) <= _OF_LATE]
    return max(recent, key=lambda role: (role.mentions, role.status != "former", role.last or "", role.role)).role


def _day(iso: str | None) -> int:
    """The number of a day, the first of a month or year where no more is told; 0 where nothing is, or no day there is."""
    try:
        return date.fromisoformat(f"{iso}-01-01"[:10]).toordinal()
    except ValueError:  # a seed file's 30 February
        return 0


def role_then(
    held: Sequence[HeldRole], known: Sequence[tuple[str, str | None, str | None]], published: str | None
) -> str | None:
    """The role held at a date, for a quotation whose own article gives none; nothing where that is not certain.

    ``known`` are roles of a seed file with the dates they were held from and to; they come first. Else the one role
    (former and future ones aside) that articles of before and after that date give.
    """
    if not published:
        return None
    day = published[:10]
    fitting = [role for role, start, end in known if (start or end) and _within(day, start, end)]
    if not fitting:
        fitting = [h.role for h in held if h.first and h.last and not h.status and h.first[:10] <= day <= h.last[:10]]
    return fitting[0] if len(fitting) == 1 else None


def _shouted(role: str) -> bool:
    """Whether it is printed in capitals, as transcripts print it; abbreviations are not meant."""
    return role.isupper() and max(map(len, role.split())) > 4


def _within(day: str, start: str | None, end: str | None) -> bool:
    """Whether ``day`` lies from ``start`` to ``end``; a year or a month counts to its own end."""
    return (not start or day[: len(start)] >= start) and (not end or day[: len(end)] <= end)
