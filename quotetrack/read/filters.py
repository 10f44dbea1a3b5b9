"""The filters that the API, the terminal, exports and the desk share, and the SQL that applies them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

from quotetrack.errors import UsageError
from quotetrack.model import LEAST_SHOWN, SHOWN, Kind, Stance
from quotetrack.read.fulltext import Query, matching, parsed
from quotetrack.read.speakers import find_speaker
from quotetrack.store import Store
from quotetrack.store.moments import Precision, moment
from quotetrack.text.suggestions import did_you_mean

Day = str | date | datetime | None
OneOrMore = str | Sequence[str] | None

_WORD = re.compile(r"\w+(?:['’]\w+)*")
# The text that ``about`` is looked up in, and the beginning of a word in it.
_SEARCHED = "replace(strip_accents(lower(concat_ws(' ', q.text, a.title))), '’', '''')"
_HAS_SPEAKER = "coalesce(q.source_id IN (SELECT source_id FROM source_speakers), false)"
_WORD_START = r"(^|[^\pL\pN])"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which quotations are wanted: those that match all of these. Without any, those shown by default.

    Attributes:
        speaker: Name, alias or id of a speaker.
        role: Text contained in the role as printed, ignoring case.
        outlet: Names of one or more outlets, ignoring case.
        since: First day, month or year of publication (inclusive). Undated articles do not match.
        until: Last day, month or year of publication (inclusive). Undated articles do not match.
        kind: One or more of ``direct``, ``indirect`` and ``mixed``.
        stance: One or more stances. By default ``stated``, ``denied`` and ``requested``.
        about: Words that must all begin a word of the quotation or of the article's title, ignoring case and accents.
        text: Text contained in the quotation, ignoring case.
        confidence: Minimum confidence (0..1) of the quotation and, if it has a speaker, of the speaker.
        bare: Include noun phrases of up to three words and quotations of low confidence.
        limit: Maximum number of quotations, newest first.
        words: Full-text query (see ``read.fulltext``): words that must all occur, in any inflected form, in the quotation, in the title of
            the article, or in a name or role of the speaker.

    >>> Filters(speaker="Ruth Vale", kind="direct", since="2026-03", about="bridge")  # doctest: +ELLIPSIS
    Filters(speaker='Ruth Vale', ...)
    """

    speaker: str | None = None
    role: str | None = None
    outlet: OneOrMore = None
    since: Day = None
    until: Day = None
    kind: OneOrMore = None
    stance: OneOrMore = None
    about: str | None = None
    text: str | None = None
    confidence: float | None = None
    bare: bool = False
    limit: int | None = None
    words: str | None = None


def where(store: Store, filters: Filters, query: Query | None = None) -> tuple[str, dict[str, Any]]:
    """Return a condition on ``corrected_quotations q`` and ``articles a``, and its parameters.

    ``query`` is the parsed ``filters.words``; if it is ``None``, they are parsed here. Raises ``UsageError`` if the speaker or an outlet
    is not in the database, for an unknown kind or stance, an invalid date or a confidence outside 0..1; the message suggests
    similar values.
    """
    speaker = None if filters.speaker is None else find_speaker(store, filters.speaker).speaker_id
    since, until = period(filters.since, filters.until)
    conditions: dict[str, tuple[str, Any]] = {
        "q.stance IN (SELECT unnest($stances::VARCHAR[]))": ("stances", list(stances_of(filters.stance))),
        "((NOT q.bare AND (q.kind = 'direct' OR q.confidence >= $least)) OR $bare)": ("bare", filters.bare),
        "q.source_id IN (SELECT source_id FROM source_speakers WHERE speaker_id = $speaker)": ("speaker", speaker),
        "contains(lower(q.role), lower($role))": ("role", filters.role),
        "lower(a.outlet) IN (SELECT lower(unnest($outlets::VARCHAR[])))": ("outlets", known_outlets(store, filters.outlet)),
        "a.published_at >= $since": ("since", since),
        "a.published_at < $until": ("until", until),
        "q.kind IN (SELECT unnest($kinds::VARCHAR[]))": ("kinds", kinds_of(filters.kind)),
        "contains(lower(q.text), lower($text))": ("text", filters.text),
        f"q.confidence >= $sure AND (q.speaker_confidence >= $sure OR NOT {_HAS_SPEAKER})": ("sure", _probability(filters.confidence)),
    }  # fmt: skip
    for number, word in enumerate(_words(filters.about)):
        conditions[f"regexp_matches({_SEARCHED}, '{_WORD_START}' || regexp_escape(strip_accents($word_{number})))"] = (
            f"word_{number}",
            word,
        )
    found = None if filters.words is None else matching(store, query or parsed(filters.words))
    active = {condition: given for condition, given in conditions.items() if given[1] is not None}
    every = [*active, *([found.condition] if found else [])]
    values = {**dict(active.values()), **(found.values if found else {})}
    return " AND ".join(f"({condition})" for condition in every), {**values, "least": LEAST_SHOWN}


def stances_of(wanted: OneOrMore) -> tuple[Stance, ...]:
    """Validate stances; returns the default stances if ``wanted`` is empty. Raises ``UsageError`` for an unknown stance.

    >>> stances_of(None)
    ('stated', 'denied', 'requested')
    """
    known: dict[str, Stance] = {stance: stance for stance in get_args(Stance)}
    return tuple(known[word] for word in _known("stance", wanted, tuple(known))) or SHOWN


def kinds_of(wanted: OneOrMore) -> list[str] | None:
    """Validate kinds; returns ``None`` if ``wanted`` is empty. Raises ``UsageError`` for an unknown kind."""
    return _known("kind", wanted, get_args(Kind)) or None


def _known(what: str, wanted: OneOrMore, known: Sequence[str]) -> list[str]:
    given = _several(wanted)
    for word in given:
        if word not in known:
            raise UsageError(f"Unknown {what} '{word}'; use {', '.join(known)}.{did_you_mean(word, known)}")
    return given


def _several(wanted: OneOrMore) -> list[str]:
    return [wanted] if isinstance(wanted, str) else list(wanted or ())


def known_outlets(store: Store, wanted: OneOrMore) -> list[str] | None:
    """Validate names of outlets; returns ``None`` if ``wanted`` is empty. Raises ``UsageError`` for one that no article has."""
    given = _several(wanted)
    if not given:
        return None
    found = store.connection.execute("SELECT DISTINCT outlet FROM articles WHERE outlet IS NOT NULL").fetchall()
    known = [row[0] for row in found]
    lowered = {outlet.lower() for outlet in known}
    for outlet in given:
        if outlet.lower() not in lowered:
            raise UsageError(f"No article of the outlet '{outlet}' is in the database.{did_you_mean(outlet, known)}")
    return given


def _probability(wanted: float | None) -> float | None:
    if wanted is not None and not 0 <= wanted <= 1:
        raise UsageError(f"Invalid confidence {wanted:g}; use a number from 0 to 1.")
    return wanted


def _words(about: str | None) -> list[str]:
    found = [word.lower().replace("’", "'") for word in _WORD.findall(about or "")]
    if about is not None and not found:
        raise UsageError(f"'{about}' contains no words to search for.")
    return found


def period(since: Day, until: Day) -> tuple[datetime | None, datetime | None]:
    """Return the start and the end (exclusive) of a period in UTC. Raises ``UsageError`` for an invalid date or order."""
    start, end = _moment(since)[0], moment_after(until)
    if start and end and start >= end:
        raise UsageError(f"The first day, {since}, is after the last, {until}.")
    return start, end


def moment_after(day: Day) -> datetime | None:
    """Return the end (exclusive) of a day, month, year or moment in UTC. Raises ``UsageError`` for an invalid date.

    >>> moment_after("2026-02")
    datetime.datetime(2026, 3, 1, 0, 0, tzinfo=datetime.timezone.utc)
    """
    start, precision = _moment(day)
    if start is None:
        return None
    try:
        if precision == "year":
            return start.replace(year=start.year + 1)
        if precision == "month":
            return start + timedelta(days=calendar.monthrange(start.year, start.month)[1])
        return start + (timedelta(days=1) if precision == "day" else timedelta(microseconds=1))
    except (OverflowError, ValueError):  # the end of the year 9999
        return datetime.max.replace(tzinfo=UTC)


def _moment(day: Day) -> tuple[datetime | None, Precision | None]:
    if day is None:
        return None, None
    text = day if isinstance(day, str) else day.isoformat()
    found = moment(text)
    if found[0] is None:
        raise UsageError(f"Invalid date '{text}'; use YYYY, YYYY-MM or YYYY-MM-DD.")
    return found
