"""Search quotations by words: the matches in order of relevance, and their numbers by speaker, outlet, month, stance and kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from quotetrack.read.filters import Filters, where
from quotetrack.read.fulltext import Query, matching, parsed, with_beginning
from quotetrack.read.printing import Printing
from quotetrack.read.printings import printings
from quotetrack.store import Store

_MOST = 20  # values of a facet
NEWEST = "found.published_at DESC NULLS LAST, found.article_id, found.position"


class Value(NamedTuple):
    """One value of a facet: what to filter by, how to show it, and the number of matches that have it."""

    value: str
    label: str
    quotations: int


@dataclass(frozen=True, slots=True)
class Found:
    """The matches of a search.

    Attributes:
        total: Number of matches.
        quotations: The matches of the page asked for.
        facets: For ``speaker``, ``outlet``, ``month``, ``stance`` and ``kind``, the most frequent values over all matches; months
            are the latest ones, newest first.
        words: The words searched for, which differ from those typed if ``begun``; ``None`` if there were none.
        left_out: Words not searched for because they are in almost every text.
        begun: Whether the last word was found only as the beginning of words.
        query: The terms, for highlighting.
    """

    total: int
    quotations: tuple[Printing, ...]
    facets: dict[str, tuple[Value, ...]]
    words: str | None = None
    left_out: tuple[str, ...] = ()
    begun: bool = False
    query: Query | None = None

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary; docs/commands.md lists the keys."""
        return {
            "total": self.total,
            "words": self.words,
            "left_out": list(self.left_out),
            "facets": {name: [value._asdict() for value in values] for name, values in self.facets.items()},
            "quotations": [
                {**one.to_dict(), "start": one.start, "end": one.end, "passage_link": one.passage_link}
                for one in self.quotations
            ],
        }


_FACETS = {
    "speaker": (
        "SELECT p.speaker_id, p.name, count(DISTINCT found.quotation_id) FROM temp.found JOIN source_speakers USING (source_id) "
        "JOIN speakers p USING (speaker_id) WHERE p.type NOT IN ('unnamed', 'document') GROUP BY ALL ORDER BY 3 DESC, 2, 1"
    ),
    "outlet": "SELECT outlet, outlet, count(*) FROM temp.found WHERE outlet IS NOT NULL GROUP BY ALL ORDER BY 3 DESC, 1",
    "month": (
        "SELECT strftime(published_at, '%Y-%m'), strftime(published_at, '%Y-%m'), count(*) FROM temp.found "
        "WHERE published_at IS NOT NULL AND published_precision <> 'year' GROUP BY ALL ORDER BY 1 DESC"
    ),
    "stance": "SELECT stance, stance, count(*) FROM temp.found GROUP BY ALL ORDER BY 3 DESC, 1",
    "kind": "SELECT kind, kind, count(*) FROM temp.found GROUP BY ALL ORDER BY 3 DESC, 1",
}


def search(store: Store, filters: Filters, start: int = 0, newest: bool = False) -> Found:
    """Return the quotations that match, from the one numbered ``start`` on, at most ``filters.limit``.

    They are in order of relevance if ``filters.words`` is given and ``newest`` is false, else newest first. If nothing has the last
    word, it stands for all words that begin with it.

    Raises ``UsageError`` for a filter that cannot match (see ``read.filters.where``).

    >>> found = search(store, Filters(words="sailing"))
    >>> found.total, [value.label for value in found.facets["speaker"]]
    (1, ['Ruth Vale'])
    """
    query = parsed(filters.words) if filters.words is not None else None
    total = _find(store, filters, query)
    begun = False
    if query and not total:
        longer = with_beginning(query)
        total = _find(store, filters, longer) if longer != query else 0
        begun = bool(total)
        query = longer if begun else query
    order = NEWEST if newest or query is None else f"found.score DESC, {NEWEST}"
    page = store.connection.execute(
        f"SELECT quotation_id FROM temp.found ORDER BY {order} LIMIT $most OFFSET $start",
        {"most": filters.limit, "start": start},
    ).fetchall()
    read = printings(store, [row[0] for row in page], surroundings=True)
    facets = {name: _facet(store, sql) for name, sql in _FACETS.items()}
    store.connection.execute("DROP TABLE temp.found")
    words = f"{filters.words}*" if begun else filters.words
    return Found(
        total, tuple(read[row[0]] for row in page), facets, words, query.left_out if query else (), begun, query
    )


def _find(store: Store, filters: Filters, query: Query | None) -> int:
    """Write the matches to the temporary table ``found``; returns their number."""
    ranking = matching(store, query) if query else None
    condition, values = where(store, filters, query)
    store.connection.execute(
        "CREATE OR REPLACE TEMP TABLE found AS SELECT q.quotation_id, q.article_id, q.position, q.source_id, q.stance, q.kind, a.outlet, "
        f"a.published_at, a.published_precision, q.confidence * ({ranking.score if ranking else 0}) AS score FROM corrected_quotations q JOIN articles a USING (article_id) JOIN quotation_words w USING (quotation_id) WHERE {condition}",
        {**values, **(ranking.more if ranking else {})},
    )
    [(total,)] = store.connection.execute("SELECT count(*) FROM temp.found").fetchall()
    return int(total)


def _facet(store: Store, sql: str) -> tuple[Value, ...]:
    return tuple(Value(*row) for row in store.connection.execute(f"{sql} LIMIT {_MOST}").fetchall())


class ArticleLine(NamedTuple):
    """An article with the number of its quotations that match."""

    article_id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    quotations: int


def articles_with(store: Store, filters: Filters, start: int = 0) -> list[ArticleLine]:
    """Return the articles with quotations that match, newest first, from the one numbered ``start`` on, at most ``filters.limit``.

    Raises ``UsageError`` for a filter that cannot match.
    """
    condition, values = where(store, filters)
    found = store.connection.execute(
        "SELECT a.article_id, a.outlet, a.title, a.url, a.published, count(*) FROM corrected_quotations q JOIN articles a USING (article_id) "
        f"WHERE {condition} GROUP BY a.article_id, a.outlet, a.title, a.url, a.published, a.published_at ORDER BY a.published_at DESC NULLS LAST, a.article_id LIMIT $most OFFSET $start",
        {**values, "most": filters.limit, "start": start},
    ).fetchall()
    return [ArticleLine(*row) for row in found]
