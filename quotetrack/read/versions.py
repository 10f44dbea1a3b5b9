"""Read the versions of edited articles, and what changed between them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quotetrack.model import is_shown
from quotetrack.read.edits import Statement, StatementChange, VersionText, compare
from quotetrack.read.printings import printings
from quotetrack.read.rows import rows
from quotetrack.read.site_lists import quotations_of_articles
from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class Version:
    """One text of an article. ``superseded_at`` is when another one took its place (UTC), ``None`` for the current version.

    ``published`` and ``modified`` are as the outlet gave them with this text, ``first_seen`` is when it was stored (UTC).
    """

    article_id: str
    sha256: str
    title: str | None
    published: str | None
    modified: str | None
    first_seen: datetime
    superseded_at: datetime | None = None

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary."""
        values = {name: getattr(self, name) for name in ("sha256", "title", "published", "modified")}
        until = self.superseded_at.isoformat() if self.superseded_at else None
        return {**values, "first_seen": self.first_seen.isoformat(), "superseded_at": until}


@dataclass(frozen=True, slots=True)
class Edit:
    """Two versions of an article, one after the other, and what happened to its statements."""

    before: Version
    after: Version
    changes: tuple[StatementChange, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Number of statements that were changed, vanished and were added."""
        kinds = [change.kind for change in self.changes]
        return {kind: kinds.count(kind) for kind in ("changed", "vanished", "added")}

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary."""
        return {"before": self.before, "after": self.after, "changes": list(self.changes)}


_COLUMNS = "article_id, sha256, title, published, modified, first_seen"


def versions_of(store: Store, articles: Collection[str]) -> dict[str, list[Version]]:
    """Return the versions of these articles, earliest first; articles without earlier versions are left out.

    The order is that in which they were replaced. A text that returned after an edit is one version, the current one.
    """
    found: dict[str, list[Version]] = defaultdict(list)
    earlier = rows(store.connection, f"{_COLUMNS}, superseded_at", "article_versions", "article_id", sorted(articles))
    for row in sorted(earlier, key=lambda row: (row[6], row[1])):
        found[row[0]].append(Version(*row))
    for row in rows(store.connection, _COLUMNS, "articles", "article_id", sorted(found)):
        found[row[0]].append(Version(*row))
    return dict(found)


def edits_of(
    store: Store, articles: Collection[str], wanted: Collection[tuple[str, str]] | None = None
) -> dict[str, list[Edit]]:
    """Return the edits of these articles, latest first; articles that were not edited are left out.

    With ``wanted``, only the edits that replaced these versions, given by article and SHA-256.
    """
    pairs = {
        article: [pair for pair in itertools.pairwise(listed) if wanted is None or (article, pair[0].sha256) in wanted]
        for article, listed in versions_of(store, articles).items()
    }
    needed = {(article, one.sha256) for article, listed in pairs.items() for pair in listed for one in pair}
    keys = sorted({article for article, _ in needed})
    texts = {**_earlier_texts(store, keys, needed), **_current_texts(store, keys)}
    return {
        article: [
            Edit(one, other, tuple(compare(texts[article, one.sha256], texts[article, other.sha256])))
            for one, other in reversed(listed)
        ]
        for article, listed in pairs.items()
        if listed
    }


def edits_since(store: Store, since: datetime) -> list[Edit]:
    """Return the edits that were found since this moment."""
    start = since.astimezone(UTC).replace(tzinfo=None)
    found = store.connection.execute(
        "SELECT DISTINCT article_id FROM article_versions WHERE superseded_at >= ? ORDER BY article_id", [start]
    ).fetchall()
    edits = edits_of(store, [article for (article,) in found])
    return [
        edit
        for of_article in edits.values()
        for edit in of_article
        if edit.before.superseded_at and edit.before.superseded_at >= start
    ]


def _current_texts(store: Store, articles: Collection[str]) -> dict[tuple[str, str], VersionText]:
    members = quotations_of_articles(store, articles)
    found = printings(store, [key for keys in members.values() for key in keys])
    texts = {}
    for article, sha256, text in rows(store.connection, "article_id, sha256, text", "articles", "article_id", articles):
        shown = [found[key] for key in members.get(article, ()) if key in found and found[key].shown]
        statements = [
            Statement(
                p.quotation_id, p.text, p.kind, p.stance, p.speakers, p.method == "name",
                tuple((span.start, span.end) for span in p.content),
            )
            for p in shown
        ]  # fmt: skip
        texts[article, sha256] = VersionText(text, statements)
    return texts


def _earlier_texts(
    store: Store, articles: Collection[str], needed: Collection[tuple[str, str]]
) -> dict[tuple[str, str], VersionText]:
    columns = "version_id, article_id, sha256, text"
    every = rows(store.connection, columns, "article_versions", "article_id", articles)
    stored = [row for row in every if (row[1], row[2]) in needed]
    versions = [row[0] for row in stored]
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    columns = "version_id, quotation_id, ordinal, start_char, end_char, part"
    for row in sorted(rows(store.connection, columns, "version_spans", "version_id", versions)):
        if row[5] == "content":
            spans[row[0], row[1]].append((row[3], row[4]))
    methods = {
        (version, source): method
        for version, source, method in rows(
            store.connection, "version_id, source_id, method", "version_sources", "version_id", versions
        )
    }
    statements: dict[str, list[Statement]] = defaultdict(list)
    columns = "version_id, position, quotation_id, text, kind, stance, speakers, source_id, bare, confidence, rejected"
    for row in sorted(
        rows(store.connection, columns, "version_quotations", "version_id", versions), key=lambda r: r[:2]
    ):
        version, _, key, text, kind, stance, speakers, source, bare, confidence, rejected = row
        if is_shown(stance, bare, kind, confidence) and not rejected:
            named = methods.get((version, source)) == "name"
            statements[version].append(
                Statement(key, text, kind, stance, tuple(speakers), named, tuple(spans[version, key]))
            )
    return {(article, sha256): VersionText(text, statements[key]) for key, article, sha256, text in stored}
