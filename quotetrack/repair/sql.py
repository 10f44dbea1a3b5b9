"""SQL of repairs: the printings to compare, and the results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from quotetrack.store.write import columns

Connection = duckdb.DuckDBPyConnection

# Claims are a function of the same tables, so they need not be read.
_FINGERPRINT = """
SELECT bit_xor(hash(part)) FROM (
    SELECT hash('version', ?) AS part UNION ALL
    SELECT hash('settled', fingerprint) FROM settled UNION ALL
    SELECT hash('article', article_id, fingerprint) FROM clustered_articles UNION ALL
    SELECT hash('source', source_id, who) FROM clustered_sources
)
"""
# Printings of claims in which an inferred speaker can be compared with a named one in another article.
_COMPARABLE = {
    "claims_compared": "SELECT claim_id FROM claims WHERE printings > 1",
    "members_compared": "SELECT claim_id, quotation_id FROM claim_quotations SEMI JOIN claims_compared USING (claim_id)",
    "printings_compared": "SELECT claim_id, quotation_id, article_id, source_id, speaker_confidence, s.method, s.start_char, "
    "s.end_char, s.text, q.text AS content FROM members_compared JOIN settled_quotations q USING (quotation_id) JOIN corrected_sources s "
    "USING (source_id, article_id) WHERE q.kind <> 'indirect' AND q.stance IN ('stated', 'denied', 'requested') "
    "AND s.method <> 'none'",
    "claims_repaired": "SELECT claim_id FROM printings_compared GROUP BY claim_id HAVING count(DISTINCT article_id) > 1 "
    "AND count(*) FILTER (method IN ('name', 'person')) > 0 AND count(*) FILTER (method NOT IN ('name', 'person')) > 0",
}


def is_current(connection: Connection, version: str) -> bool:
    """Whether the repairs match the current speakers and claims."""
    query = f"SELECT count(*) > 0 FROM repaired WHERE fingerprint IS NOT DISTINCT FROM ({_FINGERPRINT})"
    return bool(connection.execute(query, [version]).fetchall()[0][0])


def remember(connection: Connection, version: str) -> None:
    """Store the fingerprint of the speakers and claims that the repairs were computed from."""
    connection.execute("DELETE FROM repaired")
    connection.execute(f"INSERT INTO repaired {_FINGERPRINT}", [version])


def delete_all(connection: Connection) -> None:
    """Delete all repairs and the speakers of their sources, so that attributions are those of linking and corrections."""
    connection.execute(
        "DELETE FROM source_speakers WHERE source_id IN (SELECT source_id FROM repairs WHERE outcome = 'replaced')"
    )
    for table in ("repairs", "repaired"):
        connection.execute(f"DELETE FROM {table}")


def comparable_printings(connection: Connection) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yield each claim in which an inferred speaker can be compared with a named one, with its printings with a speaker.

    Printings: quotation, article, report, source, start and end of the source phrase, its text, method, speaker
    confidence, the words of the quotation, and the speakers as a list of identifier and type.
    """
    for table, query in _COMPARABLE.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    rows = connection.execute(
        "SELECT claim_id, quotation_id, article_id, coalesce(origin_id, article_id), source_id, start_char, end_char, p.text, "
        "method, speaker_confidence, content, list([speaker_id, w.type] ORDER BY speaker_id) "
        "FROM (FROM printings_compared SEMI JOIN claims_repaired USING (claim_id)) p "
        "LEFT JOIN article_origins USING (article_id) JOIN source_speakers USING (source_id) JOIN speakers w USING (speaker_id) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for table in _COMPARABLE:
        connection.execute(f"DROP TABLE temp.{table}")
    for claim, group in groupby(rows, itemgetter(0)):
        yield claim, [row[1:] for row in group]


def names_of(connection: Connection, speakers: Sequence[str]) -> dict[str, list[str]]:
    """Return the name and the aliases of each speaker."""
    return dict(
        connection.execute(
            "SELECT speaker_id, list(DISTINCT name ORDER BY name) FROM (SELECT speaker_id, name FROM speakers UNION ALL "
            "SELECT speaker_id, name FROM aliases) WHERE speaker_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY speaker_id",
            [list(speakers)],
        ).fetchall()
    )


def texts_of(connection: Connection, articles: Sequence[str]) -> dict[str, str]:
    """Return the texts of articles by identifier."""
    return dict(
        connection.execute(
            "SELECT article_id, text FROM articles WHERE article_id IN (SELECT unnest(?::VARCHAR[]))", [list(articles)]
        ).fetchall()
    )


def store(connection: Connection, rows: Sequence[Sequence[Any]]) -> None:
    """Store repairs, in the order of the table ``repairs``, and the speakers of the replaced ones."""
    columns(connection, "repairs", rows)
    connection.execute(
        "INSERT INTO source_speakers BY NAME SELECT source_id, speaker_id, false AS joint FROM repairs WHERE outcome = 'replaced'"
    )
