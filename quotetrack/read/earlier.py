"""Find words in earlier versions of articles. Removed articles are never searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quotetrack.model import is_shown
from quotetrack.store import Store
from quotetrack.text.passages import joined, signature


@dataclass(frozen=True, slots=True)
class EarlierPassage:
    """A passage of an earlier version that has the words: a paragraph, or an interrupted quotation with its ``quotation_id``.

    ``quotations`` are the identifiers of the quotations with content in it; ``words`` are those of the passage.
    """

    version_id: str
    quotation_id: str | None
    start: int
    end: int
    words: str
    quotations: tuple[str, ...]
    article_id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    sha256: str
    text: str
    first_seen: datetime
    superseded_at: datetime


@dataclass(frozen=True, slots=True)
class EarlierQuotation:
    """A quotation of an earlier version, with the speakers as they were shown then, and the ranges of its content."""

    speakers: tuple[str, ...]
    stance: str
    kind: str
    spans: tuple[tuple[int, int], ...]


def has_earlier(store: Store) -> bool:
    """Whether the database has earlier versions of articles."""
    found = store.connection.execute("SELECT count(*) > 0 FROM article_versions WHERE NOT removed").fetchall()
    return bool(found[0][0])


def earlier_passages(store: Store, words: Sequence[str], most: int) -> list[EarlierPassage]:
    """Return up to ``most`` passages of earlier versions that have ``words`` in a row, those first seen first."""
    bits = signature(words)
    rows = store.connection.execute(
        "SELECT version_id, quotation_id, start_char, end_char, words, quotations, article_id, outlet, title, url, published, sha256, "
        "text, first_seen, superseded_at FROM version_passages JOIN article_versions v USING (version_id) "
        "WHERE NOT removed AND EXISTS (SELECT 1 FROM articles a WHERE a.article_id = v.article_id) "
        "AND bits_0 & $1 = $1 AND bits_1 & $2 = $2 AND bits_2 & $3 = $3 AND bits_3 & $4 = $4 AND contains(words, $5) "
        "ORDER BY first_seen, version_id, quotation_id NULLS FIRST, start_char LIMIT $6",
        [*bits, joined(words), most],
    ).fetchall()
    return [EarlierPassage(*(*row[:5], tuple(row[5].split()), *row[6:])) for row in rows]


def earlier_quotations(store: Store, version_id: str, identifiers: Sequence[str]) -> list[EarlierQuotation]:
    """Return those of these quotations of a version that were shown by default, in order of the text."""
    rows = store.connection.execute(
        "SELECT speakers, stance, kind, confidence, bare, list((start_char, end_char) ORDER BY ordinal), position FROM version_quotations "
        "JOIN version_spans s USING (version_id, quotation_id) WHERE version_id = ? AND quotation_id IN (SELECT unnest(?::VARCHAR[])) "
        "AND part = 'content' AND NOT rejected GROUP BY ALL ORDER BY position",
        [version_id, list(identifiers)],
    ).fetchall()
    return [
        EarlierQuotation(tuple(speakers), stance, kind, tuple(spans))
        for speakers, stance, kind, confidence, bare, spans, _ in rows
        if is_shown(stance, bare, kind, confidence)
    ]
