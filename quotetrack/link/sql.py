"""SQL of linking: find changes, read the input and write the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

import duckdb

from quotetrack.store.write import columns

Connection = duckdb.DuckDBPyConnection
_RESULTS = {  # the tables of results with their columns
    "linked_speakers": "speaker_id, name, type",
    "linked_sources": "source_id, speaker_id, joint, article_id, first_key",
    "linked_aliases": "speaker_id, name, mentions",
    "linked_known": "speaker_id, known_id",
}
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


def connected_keys(connection: Connection, keys: Set[str], others: Mapping[str, Sequence[str]]) -> set[tuple[str, ...]]:
    """Return the combinations of blocking keys that ``keys`` lead to, directly or through other combinations.

    ``others`` gives, by key, further keys that belong together with it: those of known speakers.
    """
    found: set[tuple[str, ...]] = set()
    seen: set[str] = set()
    new = set(keys)
    while new:
        seen |= new
        connection.execute("CREATE OR REPLACE TEMP TABLE new_keys AS SELECT unnest(?) AS key", [sorted(new)])
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE new_first AS SELECT DISTINCT first_key FROM name_keys WHERE key IN (FROM new_keys)"
        )
        found |= set(
            connection.execute("SELECT first_key, key FROM name_keys WHERE first_key IN (FROM new_first)").fetchall()
        )
        found |= {tuple(others[key]) for key in new if key in others}
        new = {key for combination in found for key in combination} - seen
    for table in ("new_keys", "new_first"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    return found


def appearances_under(connection: Connection, blocks: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the appearances whose first key is in ``blocks``, with the columns of the table except that key."""
    return connection.execute(
        "SELECT * EXCLUDE (first_key) FROM appearances WHERE first_key IN (SELECT unnest(?)) ORDER BY article_id, name, type",
        [list(blocks)],
    ).fetchall()


def evidence(connection: Connection, articles: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return one row per name in a source: source, article, source phrase, name, type, whether joint, outlet, publication
    day (days since 1970) and roles."""
    return connection.execute(
        f"SELECT n.source_id, n.article_id, n.text, n.who.name, n.who.type, n.joint, coalesce(a.outlet, ''), "
        "CASE WHEN a.published_precision IN ('day', 'minute') THEN floor(epoch(a.published_at) / 86400)::INTEGER END, "
        f"coalesce(r.roles, []) FROM ({_NAMED}) n JOIN articles a USING (article_id) LEFT JOIN "
        "(SELECT source_id, list(DISTINCT role ORDER BY role) FILTER (role IS NOT NULL) AS roles FROM quotations "
        "WHERE article_id IN (SELECT unnest(?)) GROUP BY source_id) r USING (source_id) "
        "ORDER BY n.article_id, n.source_id, n.who.name",
        [list(articles), list(articles)],
    ).fetchall()


def frequencies(connection: Connection, blocks: Sequence[str]) -> dict[str, int]:
    """Return the number of appearances by their first key, for those in ``blocks``."""
    return dict(
        connection.execute(
            "SELECT first_key, count(*) FROM appearances WHERE first_key IN (SELECT unnest(?)) GROUP BY first_key",
            [list(blocks)],
        ).fetchall()
    )


def add_articles(connection: Connection, articles: Sequence[tuple[str, str]]) -> None:
    """Store articles with their fingerprints."""
    columns(connection, "linked_articles", articles)


def add_appearances(connection: Connection, appearances: Sequence[tuple[Any, ...]]) -> None:
    """Store appearances, rows of the table, and the combinations of their keys."""
    columns(connection, "appearances", appearances)
    pairs = sorted({(key, first) for _, _, _, blocks, first, *_ in appearances for key in blocks})
    connection.execute("CREATE OR REPLACE TEMP TABLE new_pairs (key VARCHAR, first_key VARCHAR)")
    columns(connection, "temp.new_pairs", pairs)
    connection.execute(
        "INSERT INTO name_keys FROM new_pairs ANTI JOIN (FROM name_keys WHERE first_key IN (SELECT first_key FROM new_pairs)) "
        "USING (key, first_key)"
    )
    connection.execute("DROP TABLE temp.new_pairs")


def remove(connection: Connection, articles: Sequence[str]) -> None:
    """Delete articles with their appearances, and the combinations of keys that only they had."""
    if not articles:
        return
    connection.execute("CREATE OR REPLACE TEMP TABLE gone AS SELECT unnest(?) AS article_id", [list(articles)])
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE former AS SELECT DISTINCT first_key FROM appearances WHERE article_id IN (FROM gone)"
    )
    for table in ("appearances", "linked_articles"):
        connection.execute(f"DELETE FROM {table} WHERE article_id IN (FROM gone)")
    connection.execute("DELETE FROM name_keys WHERE first_key IN (FROM former)")
    connection.execute(
        "INSERT INTO name_keys SELECT DISTINCT unnest(blocks), first_key FROM appearances WHERE first_key IN (FROM former)"
    )
    for table in ("gone", "former"):
        connection.execute(f"DROP TABLE temp.{table}")


def unlink(connection: Connection, articles: Sequence[str]) -> list[str]:
    """Delete the linking results of these articles and of sources that no article has; returns their speakers."""
    speakers = connection.execute(
        "SELECT DISTINCT speaker_id FROM linked_sources WHERE article_id IN (SELECT unnest(?))", [["", *articles]]
    ).fetchall()
    if not speakers:
        return []
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE stale AS SELECT unnest(?) AS speaker_id", [[row[0] for row in speakers]]
    )
    for table in _RESULTS:
        connection.execute(f"DELETE FROM {table} WHERE speaker_id IN (FROM stale)")
    connection.execute("DROP TABLE temp.stale")
    return [row[0] for row in speakers]


def relink(connection: Connection, keys: Sequence[str], found: Mapping[str, Sequence[tuple[object, ...]]]) -> set[str]:
    """Replace the linking results under the blocking ``keys`` by ``found`` (rows by table); only rows that differ are written.

    Returns the speakers with such rows.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE stale AS "
        "SELECT DISTINCT speaker_id FROM linked_sources WHERE first_key IN (SELECT unnest(?)) UNION SELECT unnest(?)",
        [list(keys), [row[0] for row in found.get("linked_speakers", ())]],
    )
    changed = {speaker for table in _RESULTS for speaker in _replace(connection, table, found.get(table, ()))}
    connection.execute("DROP TABLE temp.stale")
    return changed


def _replace(connection: Connection, table: str, rows: Sequence[tuple[object, ...]]) -> set[str]:
    """Make ``rows`` the rows of the ``stale`` speakers; returns the speakers whose rows were not the same before."""
    names = _RESULTS[table]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE wanted AS SELECT {names}, true AS here FROM {table} LIMIT 0")
    columns(connection, "temp.wanted", [(*row, True) for row in rows])
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE different AS SELECT {names}, place FROM "
        f"(SELECT {names}, rowid AS place FROM {table} WHERE speaker_id IN (FROM stale)) "
        f"FULL JOIN wanted USING ({names}) WHERE place IS NULL OR here IS NULL"
    )
    changed = {row[0] for row in connection.execute("SELECT DISTINCT speaker_id FROM different").fetchall()}
    if changed:
        connection.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT place FROM different)")
        connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM different WHERE place IS NULL")
    for name in ("wanted", "different"):
        connection.execute(f"DROP TABLE temp.{name}")
    return changed
