"""Read what came in last: articles, failed inputs, and claims that are new or contradicted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quotetrack.read.printing import DAY_IN_WORDS
from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article with the time at which it was stored (UTC) and the number of its quotations shown by default.

    ``day`` is the day of publication, or what stands in for it, in words.
    """

    article_id: str
    outlet: str | None
    title: str | None
    day: str | None
    ingested_at: datetime
    quotations: int


@dataclass(frozen=True, slots=True)
class FailedInput:
    """An input that could not be read, with the reason and the time of the last attempt (UTC)."""

    location: str
    reason: str
    failed_at: datetime


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim of which an article came in at ``ingested_at``.

    ``speakers`` are the names given in its printings. ``two_speakers``: independent reports name different speakers;
    ``turned``: a negation or a number differs between printings.
    """

    claim_id: str
    text: str
    stance: str
    outlets: int
    two_speakers: bool
    turned: bool
    ingested_at: datetime
    speakers: tuple[str, ...]


def arrivals(store: Store, limit: int, offset: int = 0) -> list[Arrival]:
    """Return the articles that were stored last, newest first."""
    rows = store.connection.execute(
        f"WITH latest AS (SELECT a.article_id, a.outlet, a.title, {DAY_IN_WORDS} AS day, a.ingested_at FROM articles a "
        "LEFT JOIN article_provenance p USING (article_id) ORDER BY a.ingested_at DESC, a.article_id LIMIT ? OFFSET ?) "
        "SELECT a.article_id, a.outlet, a.title, a.day, a.ingested_at, count(q.quotation_id) FROM latest a "
        "LEFT JOIN shown_quotations q USING (article_id) GROUP BY ALL ORDER BY a.ingested_at DESC, a.article_id",
        [limit, offset],
    ).fetchall()
    return [Arrival(*row) for row in rows]


def failed_inputs(store: Store, limit: int) -> list[FailedInput]:
    """Return the inputs that could not be read, the latest first."""
    rows = store.connection.execute(
        "SELECT location, reason, failed_at FROM failures ORDER BY failed_at DESC, location LIMIT ?", [limit]
    ).fetchall()
    return [FailedInput(*row) for row in rows]


def new_claims(store: Store, limit: int, contradicted: bool = False) -> list[NewClaim]:
    """Return the claims whose first article came in last, newest first.

    With ``contradicted``, those with two speakers or with a changed negation or number, by the article that came in last.
    """
    when, condition = ("max", "s.two_speakers OR s.turned") if contradicted else ("min", "true")
    rows = store.connection.execute(
        f"WITH latest AS (SELECT claim_id, {when}(a.ingested_at) AS arrived FROM shown_claims s JOIN claim_quotations USING (claim_id) "
        "JOIN corrected_quotations q USING (quotation_id) JOIN articles a USING (article_id) "
        f"WHERE {condition} GROUP BY claim_id ORDER BY arrived DESC, claim_id LIMIT ?) "
        "SELECT c.claim_id, c.text, c.stance, c.outlets, c.two_speakers, c.turned, l.arrived, "
        "list(DISTINCT p.name ORDER BY p.name) FILTER (p.name IS NOT NULL) "
        "FROM latest l JOIN claims c USING (claim_id) JOIN claim_quotations USING (claim_id) "
        "JOIN corrected_quotations q USING (quotation_id) LEFT JOIN source_speakers USING (source_id) "
        "LEFT JOIN speakers p USING (speaker_id) GROUP BY ALL ORDER BY l.arrived DESC, c.claim_id",
        [limit],
    ).fetchall()
    return [NewClaim(row[0], row[1], row[2], row[3], row[4], row[5], row[6], tuple(row[7] or ())) for row in rows]


def stored_at(store: Store, articles: list[str]) -> dict[str, datetime]:
    """Return when these articles were stored (UTC), by identifier."""
    found: dict[str, datetime] = dict(
        store.connection.execute(
            "SELECT article_id, ingested_at FROM articles WHERE article_id IN (SELECT unnest(?::VARCHAR[]))", [articles]
        ).fetchall()
    )
    return found
