"""SQL of corrections: record, undo, and write the final tables."""

from __future__ import annotations

from collections.abc import Sequence, Set
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


_LINKED = """
SELECT bit_xor(hash(part)) FROM (
    SELECT hash('version', $version) AS part UNION ALL
    SELECT hash('article', article_id, fingerprint) FROM linked_articles
)
"""
_CORRECTED = """
SELECT bit_xor(hash(part)) FROM (
    SELECT hash('version', $version) AS part UNION ALL
    SELECT hash('correction', correction_id, undone_at IS NULL) FROM corrections
)
"""


def is_settled(connection: Connection, version: str) -> bool:
    """Whether the final tables match the current linking results and corrections."""
    query = f"SELECT count(*) > 0 FROM settled WHERE linked = ({_LINKED}) AND fingerprint = ({_CORRECTED})"
    return bool(connection.execute(query, {"version": version}).fetchall()[0][0])


def reflects_links(connection: Connection, version: str) -> bool:
    """Whether the final tables match the current linking results, though perhaps not the corrections."""
    query = f"SELECT count(*) > 0 FROM settled WHERE linked = ({_LINKED})"
    return bool(connection.execute(query, {"version": version}).fetchall()[0][0])


def remember_settled(connection: Connection, version: str) -> None:
    """Store the fingerprints of the inputs of the final tables. Requires an open transaction."""
    connection.execute("DELETE FROM settled")
    connection.execute(
        f"INSERT INTO settled (fingerprint, linked) SELECT ({_CORRECTED}), ({_LINKED})", {"version": version}
    )


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
    relinked: Sequence[str] | None = None,
) -> None:
    """Fill the final tables from the tables of linking. Requires an open transaction.

    If ``relinked`` is given, only the rows of these speakers and of those that corrections concern, or concerned before, are
    computed again. They must be all whose linking has changed since the last call.

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
        relinked: Speakers whose linking has changed.
    """
    some = relinked is not None
    _store_plan(
        connection,
        moved=moved,
        made=made,
        names=names,
        splits=splits,
        decided=decided,
        turned_down=[(q,) for q in rejected],
    )
    concerned = {one for row in moved for one in row} | {one for _, *both in splits for one in both}
    concerned |= {row[0] for rows in (made, names, aliases) for row in rows}
    concerned |= {row[0] for row in roles} | {row[2] for row in decided}
    _find_affected(connection, set(relinked) if relinked is not None else None, concerned)
    connection.execute(_SETTLED_SOURCES)
    _write_overlay(connection, rejected)
    connection.execute(_AFFECTED_QUOTATIONS + (_THERE if some else ""))
    if some:
        connection.execute(_FORMER_NAMES)
    else:
        forget_repairs(connection)
    for table in ("speakers", "source_speakers", "aliases", "roles"):
        connection.execute(f"DELETE FROM {table} {_OF_AFFECTED.get(table, _AFFECTED) if some else ''}")
    connection.execute("DELETE FROM settled_speakers")
    columns(connection, "settled_speakers", [(speaker,) for speaker in sorted(concerned)])
    _write_speakers(connection, aliases, roles, effects)
    if some:
        _outdate_repairs(connection)
    connection.execute("DROP VIEW temp.affected_quotations")
    for table in (*_PLAN, "affected", "settled_sources"):
        connection.execute(f"DROP TABLE temp.{table}")


_PLAN = {
    "moved": "(old VARCHAR, new VARCHAR)",
    "made": "(speaker_id VARCHAR, name VARCHAR)",
    "names": "(speaker_id VARCHAR, name VARCHAR)",
    "splits": "(article_id VARCHAR, old VARCHAR, new VARCHAR)",
    "decided": "(quotation_id VARCHAR, source_id VARCHAR, speaker_id VARCHAR)",
    "turned_down": "(quotation_id VARCHAR)",
}


def _store_plan(connection: Connection, **rows: Sequence[tuple[str, ...]]) -> None:
    for table, shape in _PLAN.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} {shape}")
        columns(connection, f"temp.{table}", rows[table])


def _write_speakers(
    connection: Connection,
    aliases: Sequence[tuple[str, str]],
    roles: Sequence[tuple[str, str, str | None, str | None]],
    effects: Sequence[tuple[int, str | None, str | None]],
) -> None:
    """Write the rows of the affected speakers, and the effects of all corrections."""
    for query in (_SOURCE_SPEAKERS, _SPEAKERS, _ALIASES, _ROLES):
        connection.execute(query)
    columns(connection, "aliases", [(speaker, alias, 0) for speaker, alias in dict.fromkeys(aliases)])
    columns(connection, "roles", [(speaker, role, first, last, 0) for speaker, role, first, last in roles])
    for table in ("aliases", "roles"):  # remove rows of speakers without sources
        connection.execute(f"DELETE FROM {table} WHERE speaker_id IN ({_WITHOUT_SOURCES})")
    connection.execute("DELETE FROM correction_effects")
    columns(connection, "correction_effects", list(effects))
    connection.execute(_EFFECTS_ON_NOBODY)


def forget_repairs(connection: Connection) -> None:
    """Delete all repairs, because everything they depend on may change; ``quotetrack.repair`` computes them again."""
    for table in ("repairs", "repaired", "unrepaired"):
        connection.execute(f"DELETE FROM {table}")


def _outdate_repairs(connection: Connection) -> None:
    """Note the quotations whose repairs may differ because of names and types of speakers, and delete repairs that cannot stay.

    Quotations that have got another speaker are noted by clustering.
    """
    for query in _OUTDATED_REPAIRS:
        connection.execute(query)
    for table in ("former_names", "names_now", "impossible"):
        connection.execute(f"DROP TABLE temp.{table}")


def _find_affected(connection: Connection, speakers: Set[str] | None, concerned: Set[str]) -> None:
    """Fill ``affected`` with the speakers to compute again: all, or ``speakers`` and those that decisions concern or did.

    A decision about a quotation concerns its former speaker too, who may lose the only source.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE affected (speaker_id VARCHAR)")
    columns(connection, "temp.affected", [(speaker,) for speaker in sorted({*concerned, *(speakers or ())})])
    others = [_ALL] if speakers is None else [_CONCERNED_BEFORE, _SPEAKERS_OF_DECIDED]
    for query in others:
        connection.execute(
            f"INSERT INTO affected SELECT DISTINCT speaker_id FROM ({query}) ANTI JOIN temp.affected USING (speaker_id)"
        )


def _write_overlay(connection: Connection, rejected: Sequence[str]) -> None:
    """Fill the overlay tables: rejected quotations, and sources assigned by corrections."""
    for table in ("rejections", "decided_sources"):
        connection.execute(f"DELETE FROM {table}")
    columns(connection, "rejections", [(quotation,) for quotation in rejected])
    connection.execute(_DECIDED_SOURCES)
    connection.execute(_ROLES_ELSEWHERE)
    connection.execute(_KEPT_ROLES)


_ALL = "SELECT speaker_id FROM linked_sources"
_CONCERNED_BEFORE = "SELECT speaker_id FROM settled_speakers"
_SPEAKERS_OF_DECIDED = """
SELECT speaker_id FROM linked_sources WHERE source_id IN (SELECT source_id FROM quotations WHERE quotation_id IN (
    SELECT quotation_id FROM rejections UNION SELECT quotation_id FROM temp.turned_down UNION
    SELECT quotation_id FROM decided_sources UNION SELECT quotation_id FROM temp.decided))
"""
_AFFECTED = "WHERE speaker_id IN (SELECT speaker_id FROM temp.affected)"
_REPAIRED = "SELECT source_id FROM repairs WHERE outcome = 'replaced'"
_OF_AFFECTED = {"source_speakers": f"{_AFFECTED} AND source_id NOT IN ({_REPAIRED})"}
_WITHOUT_SOURCES = "SELECT speaker_id FROM temp.affected ANTI JOIN speakers USING (speaker_id)"
_EFFECTS_ON_NOBODY = """
DELETE FROM correction_effects WHERE speaker_id IN (
    SELECT speaker_id FROM correction_effects WHERE speaker_id IS NOT NULL EXCEPT
    SELECT speaker_id FROM speakers WHERE speaker_id IN (SELECT speaker_id FROM correction_effects))
"""
# The affected speakers of extracted sources after merges and splits, but before corrections of single quotations.
_SETTLED_SOURCES = f"""
CREATE OR REPLACE TEMP TABLE settled_sources AS
SELECT source_id, l.article_id, coalesce(p.new, l.speaker_id) AS speaker_id, bool_and(joint) AS joint FROM (
    SELECT source_id, article_id, coalesce(m.new, ls.speaker_id) AS speaker_id, joint
    FROM (FROM linked_sources {_AFFECTED}) ls LEFT JOIN temp.moved m ON m.old = ls.speaker_id
) l LEFT JOIN temp.splits p ON p.article_id = l.article_id AND p.old = l.speaker_id
GROUP BY ALL
"""
_AFFECTED_QUOTATIONS = """
CREATE OR REPLACE TEMP VIEW affected_quotations AS SELECT quotation_id, article_id, source_id, role FROM settled_quotations
"""
_THERE = """
WHERE article_id IN (SELECT article_id FROM temp.settled_sources UNION SELECT article_id FROM decided_sources)
"""
_NAMES = f"""
SELECT speaker_id, type, name FROM speakers {_AFFECTED} UNION
SELECT speaker_id, NULL, name FROM aliases {_AFFECTED}
"""
_FORMER_NAMES = f"CREATE OR REPLACE TEMP TABLE former_names AS {_NAMES}"
_OUTDATED_REPAIRS = (
    f"CREATE OR REPLACE TEMP TABLE names_now AS {_NAMES}",
    # Repairs of speakers that are gone, or of quotations that were decided, which take precedence.
    f"CREATE OR REPLACE TEMP TABLE impossible AS SELECT quotation_id, source_id FROM repairs WHERE speaker_id IN ({_WITHOUT_SOURCES}) "
    "OR quotation_id IN (SELECT quotation_id FROM temp.decided UNION SELECT quotation_id FROM temp.turned_down)",
    "DELETE FROM source_speakers WHERE source_id IN (SELECT source_id FROM impossible SEMI JOIN repairs "
    f"USING (quotation_id, source_id) WHERE source_id IN ({_REPAIRED}))",
    "DELETE FROM repairs WHERE quotation_id IN (SELECT quotation_id FROM impossible)",
    "INSERT INTO unrepaired SELECT quotation_id FROM impossible",
    """
    INSERT INTO unrepaired SELECT quotation_id FROM temp.affected_quotations WHERE source_id IN (
        SELECT source_id FROM source_speakers WHERE speaker_id IN (SELECT speaker_id FROM (
            (FROM names_now EXCEPT FROM former_names) UNION (FROM former_names EXCEPT FROM names_now))))
    """,
)
# A decided source needs offsets: those of the extracted source, otherwise an empty range at the start of the content.
_DECIDED_SOURCES = """
INSERT INTO decided_sources BY NAME
SELECT quotation_id, d.source_id, q.article_id, coalesce(s.start_char, c.at) AS start_char, coalesce(s.end_char, c.at) AS end_char,
       coalesce(s.text, '') AS text
FROM temp.decided d JOIN quotations q USING (quotation_id) LEFT JOIN sources s ON s.source_id = q.source_id
LEFT JOIN (SELECT quotation_id, min(start_char) FILTER (part = 'content') AS at FROM spans
           WHERE quotation_id IN (SELECT quotation_id FROM temp.decided) GROUP BY quotation_id) c USING (quotation_id)
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
WHERE source_id IN (SELECT source_id FROM temp.affected_quotations)
UNION ALL SELECT source_id, speaker_id, false FROM temp.decided
ORDER BY ALL
"""
_SPEAKERS = f"""
INSERT INTO speakers
SELECT u.speaker_id, coalesce(any_value(n.name), any_value(l.name), any_value(d.name)), coalesce(any_value(l.type), 'person'),
       coalesce(any_value(k.wikidata), any_value(mk.wikidata))
FROM (SELECT DISTINCT speaker_id FROM source_speakers {_AFFECTED} AND source_id NOT IN ({_REPAIRED})) u
LEFT JOIN linked_speakers l USING (speaker_id) LEFT JOIN temp.names n USING (speaker_id)
LEFT JOIN temp.made d USING (speaker_id)
LEFT JOIN (SELECT speaker_id, wikidata FROM linked_known JOIN known_speakers USING (known_id)) k USING (speaker_id)
LEFT JOIN (SELECT m.new AS speaker_id, min(wikidata) AS wikidata FROM temp.moved m JOIN linked_known lk ON lk.speaker_id = m.old
           JOIN known_speakers USING (known_id) GROUP BY m.new) mk USING (speaker_id)
GROUP BY u.speaker_id ORDER BY u.speaker_id
"""
_ALIASES = f"""
INSERT INTO aliases
SELECT coalesce(m.new, a.speaker_id) AS speaker_id, a.name, sum(a.mentions)
FROM (FROM linked_aliases {_AFFECTED}) a LEFT JOIN temp.moved m ON m.old = a.speaker_id
GROUP BY ALL ORDER BY ALL
"""
# A role that was read wrongly in one article must not describe a speaker: it needs two articles, or a place directly before or
# after the name (a title or an apposition). Names of seed files and corrections are not checked.
_ROLES = f"""
INSERT INTO roles
WITH given AS (
    SELECT ss.speaker_id, q.role, a.article_id, a.published, a.published_at,
           contains(a.text[greatest(r.start_char - 39, 1):r.start_char], split_part(s.name, ' ', -1))
           OR contains(a.text[r.end_char + 1:r.end_char + 40], split_part(s.name, ' ', -1)) AS beside_name
    FROM (FROM temp.affected_quotations WHERE role IS NOT NULL) q
    JOIN (FROM source_speakers {_AFFECTED} AND NOT joint) ss USING (source_id)
    JOIN articles a USING (article_id) LEFT JOIN sources s USING (source_id)
    LEFT JOIN (SELECT quotation_id, part, start_char, end_char FROM spans
               WHERE quotation_id IN (SELECT quotation_id FROM temp.affected_quotations WHERE role IS NOT NULL)) r
    ON r.quotation_id = q.quotation_id AND r.part = 'role'
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
