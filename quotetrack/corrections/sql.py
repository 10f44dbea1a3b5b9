"""SQL of corrections: record, undo, and write the final tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import duckdb

from quotetrack.store.write import columns

Connection = duckdb.DuckDBPyConnection


def record(connection: Connection, kind: str, summary: str, details: str, why: str, by: str) -> int:
    """Record a correction; returns its number."""
    row = connection.execute("SELECT coalesce(max(correction_id), 0) + 1 FROM corrections").fetchone()
    number = int(row[0]) if row else 1
    connection.execute(
        "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        [number, kind, summary, details, why, by, _now()],
    )
    return number


def undo(connection: Connection, number: int, by: str) -> None:
    """Mark a correction as undone; it stays in the table."""
    connection.execute(
        "UPDATE corrections SET undone_by = ?, undone_at = ? WHERE correction_id = ?", [by, _now(), number]
    )


def details_of(connection: Connection, number: int) -> str:
    """Return the details of a correction that exists, as JSON."""
    [(details,)] = connection.execute("SELECT details FROM corrections WHERE correction_id = ?", [number]).fetchall()
    return str(details)


def in_force(connection: Connection) -> list[tuple[int, str, str]]:
    """Return number, kind and details of all corrections that are not undone, in order."""
    return connection.execute(
        "SELECT correction_id, kind, details FROM corrections WHERE undone_at IS NULL ORDER BY correction_id"
    ).fetchall()


_FINGERPRINT = """
SELECT bit_xor(hash(part)) FROM (
    SELECT hash('version', ?) AS part UNION ALL
    SELECT hash('article', article_id, fingerprint) FROM linked_articles UNION ALL
    SELECT hash('correction', correction_id, undone_at IS NULL) FROM corrections
)
"""


def is_settled(connection: Connection, version: str) -> bool:
    """Whether the final tables match the current linking results and corrections."""
    query = f"SELECT count(*) > 0 FROM settled WHERE fingerprint = ({_FINGERPRINT})"
    return bool(connection.execute(query, [version]).fetchall()[0][0])


def remember_settled(connection: Connection, version: str) -> None:
    """Store the fingerprint of the inputs of the final tables. Requires an open transaction."""
    connection.execute("DELETE FROM settled")
    connection.execute(f"INSERT INTO settled {_FINGERPRINT}", [version])


def write_final(
    connection: Connection,
    moved: Sequence[tuple[str, str]],
    made: Sequence[tuple[str, str]],
    names: Sequence[tuple[str, str]],
    aliases: Sequence[tuple[str, str]],
    splits: Sequence[tuple[str, str, str]],
    decided: Sequence[tuple[str, str, str]],
    rejected: Sequence[str],
    roles: Sequence[tuple[str, str, str | None, str | None]],
    effects: Sequence[tuple[int, str | None, str | None]],
) -> None:
    """Fill the final tables from the tables of linking. Requires an open transaction.

    Args:
        moved: Speaker and the speaker it was merged into.
        made: Identifier and name of new speakers.
        names: Speaker and new display name.
        aliases: Speaker and additional alias.
        splits: Article, speaker, and the speaker that replaces it in this article.
        decided: Quotation, identifier of a new source for it, and the assigned speaker.
        rejected: Identifiers of rejected quotations.
        roles: Speaker, role, start and end date.
        effects: Correction number with the speaker and the quotation it applies to.
    """
    for table, shape, rows in (
        ("moved", "(old VARCHAR, new VARCHAR)", moved),
        ("made", "(speaker_id VARCHAR, name VARCHAR)", made),
        ("names", "(speaker_id VARCHAR, name VARCHAR)", names),
        ("splits", "(article_id VARCHAR, old VARCHAR, new VARCHAR)", splits),
        ("decided", "(quotation_id VARCHAR, source_id VARCHAR, speaker_id VARCHAR)", decided),
    ):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} {shape}")
        columns(connection, f"temp.{table}", rows)
    connection.execute(_SETTLED_SOURCES)
    _write_overlay(connection, rejected)
    for table in ("speakers", "source_speakers", "aliases", "roles", "correction_effects"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute(_SOURCE_SPEAKERS)
    connection.execute(_SPEAKERS)
    connection.execute(_ALIASES)
    columns(connection, "aliases", [(speaker, alias, 0) for speaker, alias in dict.fromkeys(aliases)])
    connection.execute(_ROLES)
    columns(connection, "roles", [(speaker, role, first, last, 0) for speaker, role, first, last in roles])
    columns(connection, "correction_effects", list(effects))
    for table in ("aliases", "roles", "correction_effects"):  # remove rows of speakers without sources
        # A correction of an article or a quotation may have no speaker, which NOT IN an empty table would delete too.
        connection.execute(
            f"DELETE FROM {table} WHERE speaker_id IS NOT NULL AND speaker_id NOT IN (SELECT speaker_id FROM speakers)"
        )
    for table in ("moved", "made", "names", "splits", "decided", "settled_sources"):
        connection.execute(f"DROP TABLE temp.{table}")


def _write_overlay(connection: Connection, rejected: Sequence[str]) -> None:
    """Fill the overlay tables: rejected quotations, and sources assigned by corrections."""
    # Repairs depend on the speakers that are being written; quotetrack.repair computes them again.
    for table in ("rejections", "decided_sources", "repairs", "repaired"):
        connection.execute(f"DELETE FROM {table}")
    columns(connection, "rejections", [(quotation,) for quotation in rejected])
    connection.execute(_DECIDED_SOURCES)
    connection.execute(_ROLES_ELSEWHERE)
    connection.execute(_KEPT_ROLES)


# The speakers of all extracted sources after merges and splits, but before corrections of single quotations.
_SETTLED_SOURCES = """
CREATE OR REPLACE TEMP TABLE settled_sources AS
SELECT source_id, coalesce(p.new, l.speaker_id) AS speaker_id, bool_and(joint) AS joint FROM (
    SELECT source_id, coalesce(m.new, ls.speaker_id) AS speaker_id, joint
    FROM linked_sources ls LEFT JOIN temp.moved m ON m.old = ls.speaker_id
) l JOIN sources s USING (source_id) LEFT JOIN temp.splits p ON p.article_id = s.article_id AND p.old = l.speaker_id
GROUP BY ALL
"""
# A decided source needs offsets: those of the extracted source, otherwise an empty range at the start of the content.
_DECIDED_SOURCES = """
INSERT INTO decided_sources BY NAME
SELECT quotation_id, d.source_id, q.article_id, coalesce(s.start_char, c.at) AS start_char, coalesce(s.end_char, c.at) AS end_char,
       coalesce(s.text, '') AS text
FROM temp.decided d JOIN quotations q USING (quotation_id) LEFT JOIN sources s ON s.source_id = q.source_id
LEFT JOIN (SELECT quotation_id, min(start_char) AS at FROM spans WHERE part = 'content' GROUP BY quotation_id) c USING (quotation_id)
"""
# The role that the article gives to the speaker in the nearest other quotation.
_ROLES_ELSEWHERE = """
UPDATE decided_sources SET role = o.role FROM (
    SELECT d.quotation_id, arg_min(o.role, row(abs(o.position - q.position), o.position)) AS role
    FROM temp.decided d JOIN quotations q USING (quotation_id)
    JOIN quotations o ON o.article_id = q.article_id AND o.quotation_id <> q.quotation_id AND o.role IS NOT NULL
    JOIN temp.settled_sources s ON s.source_id = o.source_id AND s.speaker_id = d.speaker_id AND NOT s.joint
    LEFT JOIN temp.decided od ON od.quotation_id = o.quotation_id
    WHERE o.quotation_id NOT IN (SELECT quotation_id FROM rejections) AND coalesce(od.speaker_id = d.speaker_id, true)
    GROUP BY d.quotation_id
) o WHERE o.quotation_id = decided_sources.quotation_id
"""
# The extracted values apply only if the correction kept the extracted speaker.
_KEPT_ROLES = """
UPDATE decided_sources SET role = q.role, on_behalf_of = q.on_behalf_of
FROM temp.decided d JOIN quotations q USING (quotation_id)
JOIN temp.settled_sources s ON s.source_id = q.source_id AND s.speaker_id = d.speaker_id AND NOT s.joint
WHERE d.quotation_id = decided_sources.quotation_id
"""
_SOURCE_SPEAKERS = """
INSERT INTO source_speakers
SELECT source_id, speaker_id, joint FROM temp.settled_sources
WHERE source_id IN (SELECT source_id FROM corrected_quotations)
UNION ALL SELECT source_id, speaker_id, false FROM temp.decided
ORDER BY ALL
"""
_SPEAKERS = """
INSERT INTO speakers
SELECT u.speaker_id, coalesce(any_value(n.name), any_value(l.name), any_value(d.name)), coalesce(any_value(l.type), 'person'),
       coalesce(any_value(k.wikidata), any_value(mk.wikidata))
FROM (SELECT DISTINCT speaker_id FROM source_speakers) u
LEFT JOIN linked_speakers l USING (speaker_id) LEFT JOIN temp.names n USING (speaker_id)
LEFT JOIN temp.made d USING (speaker_id)
LEFT JOIN (SELECT speaker_id, wikidata FROM linked_known JOIN known_speakers USING (known_id)) k USING (speaker_id)
LEFT JOIN (SELECT m.new AS speaker_id, min(wikidata) AS wikidata FROM temp.moved m JOIN linked_known lk ON lk.speaker_id = m.old
           JOIN known_speakers USING (known_id) GROUP BY m.new) mk USING (speaker_id)
GROUP BY u.speaker_id ORDER BY u.speaker_id
"""
_ALIASES = """
INSERT INTO aliases
SELECT coalesce(m.new, a.speaker_id) AS speaker_id, a.name, sum(a.mentions)
FROM linked_aliases a LEFT JOIN temp.moved m ON m.old = a.speaker_id
WHERE coalesce(m.new, a.speaker_id) IN (SELECT speaker_id FROM speakers) GROUP BY ALL ORDER BY ALL
"""
# A role that was read wrongly in one article must not describe a speaker: it needs two articles, or a place directly before or
# after the name (a title or an apposition). Names of seed files and corrections are not checked.
_ROLES = """
INSERT INTO roles
WITH given AS (
    SELECT ss.speaker_id, q.role, a.article_id, a.published, a.published_at,
           contains(a.text[greatest(r.start_char - 39, 1):r.start_char], split_part(s.name, ' ', -1))
           OR contains(a.text[r.end_char + 1:r.end_char + 40], split_part(s.name, ' ', -1)) AS beside_name
    FROM corrected_quotations q JOIN articles a USING (article_id) JOIN source_speakers ss USING (source_id)
    LEFT JOIN sources s USING (source_id)
    LEFT JOIN (SELECT * FROM spans WHERE part = 'role') r USING (quotation_id)
    WHERE q.role IS NOT NULL AND NOT ss.joint
)
SELECT speaker_id, role, arg_min(published, row(published_at, published)) FILTER (published_at IS NOT NULL),
       arg_max(published, row(published_at, published)) FILTER (published_at IS NOT NULL), count(*)
FROM given SEMI JOIN (
    SELECT speaker_id, lower(role) AS lowered FROM given GROUP BY ALL
    HAVING count(DISTINCT article_id) > 1 OR bool_or(coalesce(beside_name, true))
) supported ON supported.speaker_id = given.speaker_id AND supported.lowered = lower(given.role)
GROUP BY ALL ORDER BY ALL
"""


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
