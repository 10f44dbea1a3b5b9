"""SQL of repairs: the printings to compare, and the results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from quotetrack.store.write import columns

Connection = duckdb.DuckDBPyConnection

# The claims whose printings are compared: all, or those of quotations in ``outdated_cases``.
_ALL_CLAIMS = "SELECT claim_id FROM claims WHERE printings > 1"
_SOME_CLAIMS = (
    "SELECT claim_id FROM (SELECT claim_id, printings FROM claims WHERE claim_id IN (SELECT claim_id FROM claim_quotations "
    "WHERE quotation_id IN (SELECT quotation_id FROM temp.outdated_cases))) WHERE printings > 1"
)
# Printings of claims in which an inferred speaker can be compared with a named one in another article. One table at a time and
# by its key, so that DuckDB uses indexes for few rows.
_COMPARABLE = {
    "members_compared": "SELECT claim_id, quotation_id FROM claim_quotations WHERE claim_id IN (SELECT claim_id FROM claims_compared)",
    "quotations_compared": "SELECT quotation_id, article_id, source_id, kind, stance, speaker_confidence, text AS content "
    "FROM settled_quotations WHERE quotation_id IN (SELECT quotation_id FROM members_compared)",
    "sources_compared": "SELECT source_id, method, start_char, end_char, text FROM corrected_sources "
    "WHERE source_id IN (SELECT source_id FROM quotations_compared)",
    "printings_compared": "SELECT claim_id, quotation_id, article_id, source_id, speaker_confidence, method, start_char, end_char, "
    "text, content FROM members_compared JOIN quotations_compared USING (quotation_id) JOIN sources_compared USING (source_id) "
    "WHERE kind <> 'indirect' AND stance IN ('stated', 'denied', 'requested') AND method <> 'none'",
    "claims_repaired": "SELECT claim_id FROM printings_compared GROUP BY claim_id HAVING count(DISTINCT article_id) > 1 "
    "AND count(*) FILTER (method IN ('name', 'person')) > 0 AND count(*) FILTER (method NOT IN ('name', 'person')) > 0",
    "repairable": "FROM printings_compared SEMI JOIN claims_repaired USING (claim_id)",
    "speaking": "SELECT source_id, speaker_id FROM source_speakers WHERE source_id IN (SELECT source_id FROM repairable)",
    "types": "SELECT speaker_id, type FROM speakers WHERE speaker_id IN (SELECT speaker_id FROM speaking)",
}


def is_current(connection: Connection, version: str) -> bool:
    """Whether the repairs match the current speakers and claims."""
    return was_computed(connection, version) and not _number(connection, "SELECT count(*) FROM unrepaired")


def was_computed(connection: Connection, version: str) -> bool:
    """Whether all repairs have been computed by this version, though those of ``unrepaired`` quotations may be outdated."""
    return bool(_number(connection, "SELECT count(*) FROM repaired WHERE fingerprint = hash('version', ?)", [version]))


def _number(connection: Connection, query: str, given: Sequence[object] = ()) -> int:
    return int(connection.execute(query, list(given)).fetchall()[0][0])


def remember(connection: Connection, version: str) -> None:
    """Record that all repairs match the current speakers and claims."""
    for table in ("repaired", "unrepaired"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO repaired SELECT hash('version', ?)", [version])


def find_outdated(connection: Connection) -> None:
    """Fill ``outdated_cases`` with the quotations in ``unrepaired`` and all that share a claim with them."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE outdated_cases AS SELECT quotation_id FROM unrepaired UNION "
        "SELECT quotation_id FROM claim_quotations WHERE claim_id IN (SELECT claim_id FROM claim_quotations "
        "WHERE quotation_id IN (SELECT quotation_id FROM unrepaired))"
    )


def outdated(connection: Connection) -> set[str]:
    """Return the quotations in ``outdated_cases``."""
    return {row[0] for row in connection.execute("SELECT quotation_id FROM temp.outdated_cases").fetchall()}


def delete(connection: Connection, some: bool) -> None:
    """Delete all repairs, or ``some``: those of ``outdated_cases``.

    The speakers of their sources go too, so that attributions are those of linking and corrections.
    """
    condition = "quotation_id IN (SELECT quotation_id FROM temp.outdated_cases)" if some else "true"
    connection.execute(
        "DELETE FROM source_speakers WHERE source_id IN "
        f"(SELECT source_id FROM repairs WHERE outcome = 'replaced' AND {condition})"
    )
    connection.execute(f"DELETE FROM repairs WHERE {condition}")


def comparable_printings(connection: Connection, some: bool) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yield each claim in which an inferred speaker can be compared with a named one, with its printings with a speaker.

    Printings: quotation, article, report, source, start and end of the source phrase, its text, method, speaker
    confidence, the words of the quotation, and the speakers as a list of identifier and type. With ``some``, only claims of
    ``outdated_cases``.
    """
    tables = {"claims_compared": _SOME_CLAIMS if some else _ALL_CLAIMS} | _COMPARABLE
    for table, query in tables.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    rows = connection.execute(
        "SELECT claim_id, quotation_id, article_id, coalesce(origin_id, article_id), source_id, start_char, end_char, text, "
        "method, speaker_confidence, content, list([speaker_id, type] ORDER BY speaker_id) FROM repairable "
        "LEFT JOIN article_origins USING (article_id) JOIN speaking USING (source_id) JOIN types USING (speaker_id) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for table in tables:
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
        "INSERT INTO source_speakers BY NAME SELECT source_id, speaker_id, false AS joint FROM repairs WHERE outcome = 'replaced' "
        "AND quotation_id IN (SELECT unnest(?::VARCHAR[]))",
        [[row[0] for row in rows]],
    )
