"""List the edits of all articles, latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quotetrack.read.filters import Day, OneOrMore, known_outlets, period
from quotetrack.read.printing import dated
from quotetrack.read.versions import Edit, edits_of
from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class ArticleEdit:
    """An edit with the article it belongs to; ``title`` and ``published`` are those of the current version.

    ``dated`` is the day of publication, or what stands in for it, in words.
    """

    article_id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    dated: str
    edit: Edit

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        values = {name: getattr(self, name) for name in ("article_id", "outlet", "title", "url", "published", "dated")}
        return {**values, **self.edit.counts, **self.edit.to_dict()}


# The earlier versions of articles that were not removed: each was replaced by one edit.
_EDITED = """
FROM article_versions v JOIN articles a USING (article_id) LEFT JOIN article_provenance p USING (article_id)
WHERE v.superseded_at IS NOT NULL AND ($outlets IS NULL OR list_contains($outlets::VARCHAR[], lower(a.outlet)))
  AND ($since IS NULL OR v.superseded_at >= $since) AND ($until IS NULL OR v.superseded_at < $until)
"""
_ROWS = f"""
SELECT v.sha256, a.article_id, a.outlet, a.title, a.url, a.published, strftime(a.published_at, '%Y-%m-%d'), p.day, p.day_from {_EDITED}
ORDER BY v.superseded_at DESC, a.article_id, v.sha256 DESC
LIMIT $limit OFFSET $start
"""


def list_edits(
    store: Store,
    outlet: OneOrMore = None,
    since: Day = None,
    until: Day = None,
    limit: int | None = None,
    start: int = 0,
) -> list[ArticleEdit]:
    """Return the edits of articles, those found last first.

    Args:
        store: The database.
        outlet: Names of one or more outlets, ignoring case.
        since: First day, month or year in which the edit was found (UTC).
        until: Last day, month or year in which it was found (UTC).
        limit: Maximum number of edits.
        start: Number of edits to leave out at the beginning.

    Raises ``UsageError`` for an unknown outlet or an invalid date.
    """
    values = {**_values(store, outlet, since, until), "limit": limit, "start": start}
    found = store.connection.execute(_ROWS, values).fetchall()
    edits = edits_of(store, {row[1] for row in found}, {(row[1], row[0]) for row in found})
    by_version = {(key, edit.before.sha256): edit for key, listed in edits.items() for edit in listed}
    return [
        ArticleEdit(key, outlet, title, url, published, dated(published, *days), by_version[key, sha256])
        for sha256, key, outlet, title, url, published, *days in found
    ]


def count_edits(store: Store) -> int:
    """Return the number of edits that ``list_edits`` gives without a limit."""
    row = store.connection.execute(f"SELECT count(*) {_EDITED}", _values(store, None, None, None)).fetchone()
    return int(row[0]) if row else 0


def _values(store: Store, outlet: OneOrMore, since: Day, until: Day) -> dict[str, Any]:
    outlets = known_outlets(store, outlet)
    start, end = (_stored(moment) for moment in period(since, until))
    return {"outlets": [one.lower() for one in outlets] if outlets else None, "since": start, "until": end}


def _stored(moment: datetime | None) -> datetime | None:
    """The moment as ``superseded_at`` is stored: in UTC, without a time zone."""
    return moment.replace(tzinfo=None) if moment else None
