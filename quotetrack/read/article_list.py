"""List articles with filters, and read all that is known about one of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quotetrack.errors import UsageError
from quotetrack.read.articles import ArticleRecord, article_records
from quotetrack.read.corrections import Correction, corrections
from quotetrack.read.filters import Day, OneOrMore, known_outlets, period
from quotetrack.read.printing import Printing, dated
from quotetrack.read.printings import printings
from quotetrack.read.site_lists import quotations_of_articles
from quotetrack.read.versions import Edit, Version, edits_of, versions_of
from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list. ``quotations`` are those shown by default, ``versions`` counts the earlier ones.

    ``dated`` is the day of publication, or what stands in for it, in words.
    """

    article_id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    modified: str | None
    first_seen: datetime
    quotations: int
    versions: int
    removed: bool
    dated: str


@dataclass(frozen=True, slots=True)
class ArticleDetails:
    """All that is known about an article; ``removal`` is the correction that removed it. Quotations are in order of the text."""

    record: ArticleRecord
    locations: tuple[str, ...]
    versions: tuple[Version, ...]
    edits: tuple[Edit, ...]
    quotations: tuple[Printing, ...]
    removal: Correction | None

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        record = self.record._asdict()
        for name in ("first_seen", "ingested_at"):
            record[name] = record[name].isoformat()
        return {
            **record,
            "locations": list(self.locations),
            "versions": list(self.versions),
            "edits": list(self.edits),
            "quotations": [one.to_dict() for one in self.quotations],
            "removal": self.removal,
        }


_LINES = """
SELECT a.article_id, a.outlet, a.title, url, published, modified, first_seen,
       coalesce(q.shown, 0), coalesce(v.versions, 0), removed, strftime(published_at, '%Y-%m-%d'), p.day, p.day_from
FROM (SELECT article_id, outlet, title, url, published, modified, first_seen, published_at, false AS removed FROM articles UNION ALL
      SELECT article_id, outlet, title, url, published, modified, first_seen, published_at, true FROM article_versions WHERE removed) a
LEFT JOIN article_provenance p USING (article_id)
LEFT JOIN (SELECT article_id, count(*) AS shown FROM shown_quotations GROUP BY ALL) q USING (article_id)
LEFT JOIN (SELECT article_id, count(*) AS versions FROM article_versions WHERE NOT removed GROUP BY ALL) v USING (article_id)
WHERE removed = $removed AND (NOT $edited OR v.versions > 0)
  AND ($outlets IS NULL OR list_contains($outlets::VARCHAR[], lower(a.outlet)))
  AND ($since IS NULL OR published_at >= $since) AND ($until IS NULL OR published_at < $until)
  AND ($title IS NULL OR contains(lower(a.title), lower($title)))
ORDER BY published_at DESC NULLS LAST, p.day DESC NULLS LAST, a.title NULLS LAST, a.article_id
LIMIT $limit
"""


def list_articles(
    store: Store,
    outlet: OneOrMore = None,
    since: Day = None,
    until: Day = None,
    title: str | None = None,
    edited: bool = False,
    removed: bool = False,
    limit: int | None = None,
) -> list[ArticleLine]:
    """Return the articles that match all of these, newest first.

    Args:
        outlet: Names of one or more outlets, ignoring case.
        since: First day, month or year of publication; undated articles do not match.
        until: Last day, month or year of publication; undated articles do not match.
        title: Text contained in the title, ignoring case.
        edited: Only articles with earlier versions.
        removed: Only articles that a correction removed; without it, none of them.
        limit: Maximum number of articles.

    Raises ``UsageError`` for an unknown outlet or an invalid date.
    """
    start, end = period(since, until)
    outlets = None if removed and not outlet else known_outlets(store, outlet)
    values = {
        "removed": removed, "edited": edited, "outlets": [one.lower() for one in outlets] if outlets else None, "since": start,
        "until": end, "title": title, "limit": limit,
    }  # fmt: skip
    found = store.connection.execute(_LINES, values).fetchall()
    return [ArticleLine(*(*row[:10], dated(row[4], *row[10:]))) for row in found]


def find_article(store: Store, wanted: str) -> str:
    """Return the identifier of the article with this identifier or URL, removed or not. Raises ``UsageError`` if there is none."""
    rows = store.connection.execute(
        "SELECT article_id FROM articles WHERE article_id = $1 OR url = $1 UNION "
        "SELECT article_id FROM article_versions WHERE removed AND (article_id = $1 OR url = $1) ORDER BY article_id",
        [wanted],
    ).fetchall()
    if not rows:
        raise UsageError(f"No article with the id or URL '{wanted}'; 'quotetrack articles list' lists them.")
    return str(rows[0][0])


def article_details(store: Store, wanted: str) -> ArticleDetails:
    """Return all that is known about an article, given by identifier or URL. Raises ``UsageError`` if there is none."""
    key = find_article(store, wanted)
    record = article_records(store, [key], removed=True)[key]
    members = quotations_of_articles(store, [key]).get(key, [])
    found = printings(store, members)
    return ArticleDetails(
        record,
        _locations(store, key),
        tuple(versions_of(store, [key]).get(key, ())),
        tuple(edits_of(store, [key]).get(key, ())),
        tuple(found[one] for one in members if one in found),
        _removal(store, key),
    )


def _locations(store: Store, key: str) -> tuple[str, ...]:
    """Where the article was read from, the input of its current version first."""
    rows = store.connection.execute(
        "SELECT location FROM (SELECT location, 0 AS place FROM articles WHERE article_id = $1 UNION ALL "
        "SELECT location, 0 FROM article_versions WHERE article_id = $1 AND removed UNION ALL "
        "SELECT location, 1 FROM other_inputs WHERE article_id = $1) WHERE location <> '' ORDER BY place, location",
        [key],
    ).fetchall()
    return tuple(row[0] for row in rows)


def _removal(store: Store, key: str) -> Correction | None:
    """The correction in force that removed the article."""
    rows = store.connection.execute(
        "SELECT correction_id, details FROM corrections WHERE kind = 'remove' AND undone_at IS NULL"
    ).fetchall()
    number = next((number for number, details in rows if json.loads(details)["article"]["id"] == key), None)
    return next((one for one in corrections(store) if one.number == number), None)
