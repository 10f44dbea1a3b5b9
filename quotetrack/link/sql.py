"""SQL of linking: find changes, read the input and write the results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from quotetrack.store.write import columns

Connection = duckdb.DuckDBPyConnection
_NAMED = """
SELECT s.source_id, s.article_id, s.text, unnest(coalesce(s.members, [{'name': s.name, 'type': s.type}])) AS who,
       s.members IS NOT NULL AS joint
FROM sources s WHERE s.name IS NOT NULL AND s.article_id IN (SELECT unnest(?))
"""
# Empty without known speakers, so that the fingerprints of such databases do not change.
_KNOWN = """
SELECT CASE WHEN count(*) > 0 THEN ' ' || bit_xor(hash(hash(known_id, name, type, wikidata, aliases, roles)))::VARCHAR ELSE '' END
FROM known_speakers
"""


def changed(connection: Connection, linker: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the articles to remove from linking, and the articles to add with their fingerprints.

    A fingerprint is computed from ``linker`` (the version of linking), the known speakers, and the time when the article
    was stored.
    """
    linker += connection.execute(_KNOWN).fetchall()[0][0]
    rows = connection.execute(
        "SELECT l.article_id, a.article_id, a.fingerprint FROM linked_articles l FULL JOIN "
        "(SELECT article_id, ? || ' ' || ingested_at::VARCHAR AS fingerprint FROM articles) a USING (article_id) "
        "WHERE l.fingerprint IS DISTINCT FROM a.fingerprint ORDER BY ALL",
        [linker],
    ).fetchall()
    return [old for old, _, _ in rows if old], [(new, fingerprint) for _, new, fingerprint in rows if new]


def sources_of(
    connection: Connection, articles: Sequence[str]
) -> list[tuple[str, str | None, str, str, str, list[tuple[int, int]]]]:
    """Return article, url, text, name, type and the spans of the sources of all speakers in these articles."""
    return connection.execute(
        "SELECT n.article_id, any_value(a.url), any_value(a.text), n.who.name, n.who.type, "
        "list((s.start_char, s.end_char) ORDER BY s.start_char) "
        f"FROM ({_NAMED}) n JOIN sources s USING (source_id) JOIN articles a ON a.article_id = n.article_id "
        "GROUP BY n.article_id, n.who.name, n.who.type ORDER BY ALL",
        [list(articles)],
    ).fetchall()


def stored_blocks(connection: Connection, articles: Sequence[str]) -> list[list[str]]:
    """Return the blocking keys of the speakers in these articles, as stored by the last run."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT blocks FROM appearances WHERE article_id IN (SELECT unnest(?))", [list(articles)]
        ).fetchall()
    ]


def all_blocks(connection: Connection) -> list[list[str]]:
    """Return all distinct combinations of blocking keys."""
    return [row[0] for row in connection.execute("SELECT DISTINCT blocks FROM appearances").fetchall()]


def appearances_under(
    connection: Connection, blocks: Sequence[str]
) -> list[tuple[str, str, str, list[str], dict[str, Any]]]:
    """Return article, name, type, keys and facts of the appearances whose first key is in ``blocks``."""
    return connection.execute(
        "SELECT article_id, name, type, blocks, facts FROM appearances WHERE blocks[1] IN (SELECT unnest(?)) ORDER BY ALL",
        [list(blocks)],
    ).fetchall()


def evidence(connection: Connection, articles: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return one row per name in a source: source, article, source phrase, name, type, whether joint, outlet, publication
    day (days since 1970) and roles."""
    return connection.execute(
        f"SELECT n.source_id, n.article_id, n.text, n.who.name, n.who.type, n.joint, coalesce(a.outlet, ''), "
        "CASE WHEN a.published_precision IN ('day', 'minute') THEN floor(epoch(a.published_at) / 86400)::INTEGER END, "
        f"coalesce(r.roles, []) FROM ({_NAMED}) n JOIN articles a USING (article_id) LEFT JOIN "
        "(SELECT source_id, list(DISTINCT role ORDER BY role) AS roles FROM quotations WHERE role IS NOT NULL "
        "GROUP BY source_id) r USING (source_id) ORDER BY n.article_id, n.source_id, n.who.name",
        [list(articles)],
    ).fetchall()


def company(connection: Connection, articles: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return article, name and type of all named speakers in these articles."""
    return connection.execute(
        "SELECT article_id, name, type FROM appearances WHERE article_id IN (SELECT unnest(?)) ORDER BY ALL",
        [list(articles)],
    ).fetchall()


def store_changes(
    connection: Connection,
    removed: Sequence[str],
    added: Sequence[tuple[str, str]],
    appearances: Sequence[tuple[str, str, str, list[str], dict[str, Any]]],
) -> None:
    """Delete the ``removed`` articles and store the ``added`` ones with their appearances. Requires an open transaction."""
    for table in ("appearances", "linked_articles"):
        connection.execute(f"DELETE FROM {table} WHERE article_id IN (SELECT unnest(?))", [list(removed)])
    columns(connection, "appearances", appearances)
    columns(connection, "linked_articles", added)


def relink(connection: Connection, sources: Sequence[str], found: dict[str, list[tuple[object, ...]]]) -> None:
    """Replace the linking results of ``sources``, and of deleted sources, by ``found`` (rows by table)."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE stale AS SELECT DISTINCT speaker_id FROM linked_sources "
        "WHERE source_id IN (SELECT unnest(?)) OR source_id NOT IN (SELECT source_id FROM sources)",
        [list(sources)],
    )
    for table in ("linked_speakers", "linked_sources", "linked_aliases", "linked_known"):
        connection.execute(f"DELETE FROM {table} WHERE speaker_id IN (SELECT speaker_id FROM stale)")
        columns(connection, table, found.get(table, []))
    connection.execute("DROP TABLE stale")
