"""Roles of a speaker over time, and the role held at a given date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from quotetrack.link.fields import fields
from quotetrack.link.roles import RoleKey, role_key
from quotetrack.text.role_nouns import is_role_noun

_RECENT_DAYS = 180
_MUCH_RARER = 10  # times
Printed = tuple[str, str | None, str | None, int]  # wording, first and last date, mentions


@dataclass(frozen=True, slots=True)
class HeldRole:
    """One role of a speaker over time.

    Attributes:
        role: The most frequent wording, preferably one that is not in capitals.
        status: ``former``, ``acting``, ``elect``, ``outgoing``, ``late`` or empty.
        first: Date of the first article with this role (ISO 8601), or ``None``.
        last: Date of the last article with this role (ISO 8601), or ``None``.
        mentions: Number of quotations with this role.
        wordings: All wordings, starting with ``role``.
    """

    role: str
    status: str
    first: str | None
    last: str | None
    mentions: int
    wordings: tuple[str, ...]

    @property
    def is_clause(self) -> bool:
        """Whether it is a clause and not an office: ``chaired the bank until it closed``."""
        verb = self.role.split()[0].lower()
        # Importing extraction takes longer than looking up a quotation.
        from quotetrack.extract.roles.appositions import LEADING

        return verb in LEADING and verb not in ("head", "lead", "chair")  # these are offices too

    @property
    def is_body(self) -> bool:
        """Whether it is only the name of a body, as in ``Petra Sandoval, of the Banking Oversight Office``."""
        words = [
            word for word in self.role.split() if word[:1].isalpha() and word.lower() not in ("of", "the", "and", "for")
        ]
        return all(word[0].isupper() for word in words) and not any(is_role_noun(word) for word in words)

    @property
    def when(self) -> str:
        """The dates in words: ``2019-03-01 to 2024-05-02``, ``from …``, ``until …`` or ``undated``."""
        if not self.first or not self.last:
            return f"from {self.first[:10]}" if self.first else f"until {self.last[:10]}" if self.last else "undated"
        return self.first[:10] if self.first[:10] == self.last[:10] else f"{self.first[:10]} to {self.last[:10]}"


def timeline(printed: Iterable[Printed]) -> list[HeldRole]:
    """Group roles as printed (wording, first date, last date, mentions), earliest first.

    A role without a domain (``the president``) is added to the role with the same head, if there is only one.
    """
    rows = sorted(printed, key=lambda row: (-row[3], row[0]))
    groups: list[tuple[RoleKey, list[Printed]]] = []
    for row in sorted(rows, key=lambda row: not role_key(row[0]).domain):
        key = role_key(row[0])
        matching = [g for g in groups if g[0].status == key.status and g[0].agrees(key) and key.head]
        exact = [g for g in matching if g[0].domain == key.domain]
        if exact or len(matching) == 1:
            (exact or matching)[0][1].append(row)
        else:
            groups.append((key, [row]))
    held = []
    for key, members in groups:
        members.sort(key=lambda row: (_in_capitals(row[0]), -row[3], row[0]))
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
    """Choose the role to show next to a name; ``None`` if there is none.

    It is the most frequent role among those printed within ``_RECENT_DAYS`` days of the latest role, so that a single
    ``the winner`` or an extraction error does not replace the office. Clauses and names of bodies are used only if there
    is no office, and a single noun that is no occupation (``rival``) only if every other role is
    former or much rarer.

    >>> role_now(timeline([("rival", "2026-01-02", "2026-03-01", 9), ("Senator", "2026-01-02", "2026-02-01", 4)]))
    'Senator'
    """
    offices = [role for role in held if not (role.is_clause or role.is_body)] or list(held)
    if not offices:
        return None
    latest = max(ordinal(role.last) for role in offices)
    recent = [role for role in offices if latest - ordinal(role.last) <= _RECENT_DAYS]
    often = max(1, max(role.mentions for role in recent) / _MUCH_RARER)
    recent = [r for r in recent if r.mentions > often and r.status != "former" and _is_specific(r)] or recent
    return max(recent, key=lambda role: (role.mentions, role.status != "former", role.last or "", role.role)).role


def _is_specific(role: HeldRole) -> bool:
    """Whether it says more than one noun that is no occupation."""
    key = role_key(role.role)
    return bool(key.domain or " " in key.head or fields(key.head))


def ordinal(iso: str | None) -> int:
    """Return the ordinal of a date, or of the first day of a month or year; 0 for a missing or invalid date."""
    try:
        return date.fromisoformat(f"{iso}-01-01"[:10]).toordinal()
    except ValueError:  # such as 30 February in a seed file
        return 0


def role_then(
    held: Sequence[HeldRole], known: Sequence[tuple[str, str | None, str | None]], published: str | None
) -> str | None:
    """Return the role held on the date ``published``, for a quotation without a role; ``None`` if not certain.

    Roles in ``known`` (from a seed file, with start and end dates) take precedence. Otherwise it is the only current role
    that articles from both before and after that date mention.
    """
    if not published:
        return None
    day = published[:10]
    fitting = [role for role, start, end in known if (start or end) and _within(day, start, end)]
    if not fitting:
        fitting = [h.role for h in held if h.first and h.last and not h.status and h.first[:10] <= day <= h.last[:10]]
    return fitting[0] if len(fitting) == 1 else None


def _in_capitals(role: str) -> bool:
    """Whether a role is printed in capitals, as in transcripts; abbreviations do not count."""
    return role.isupper() and max(map(len, role.split())) > 4


def _within(day: str, start: str | None, end: str | None) -> bool:
    """Whether ``day`` is between ``start`` and ``end``, inclusive; years and months include all their days."""
    return (not start or day[: len(start)] >= start) and (not end or day[: len(end)] <= end)
