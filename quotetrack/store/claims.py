"""The SQL of clustering: what has changed since it last ran, what it needs to know, and what it found.

Clustering holds the transaction and passes lists of identifiers by temporary tables: ``changes`` (quotations that came,
went or altered), ``touched`` (wordings whose cores are made again) and ``affected`` (quotations whose claims are).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

Connection = duckdb.DuckDBPyConnection
_AT_ONCE = 200_000  # rows held in memory

_NAMED = "speaker_id NOT IN (SELECT speaker_id FROM speakers WHERE type IN ('unnamed', 'document'))"
_ARTICLES = """
SELECT article_id, hash(?, ingested_at, published, outlet, held) AS fingerprint FROM articles JOIN
(SELECT article_id, bit_xor(hash(quotation_id, kind, source_id)) AS held FROM quotations GROUP BY article_id) USING (article_id)
"""
_SOURCES = f"""
SELECT source_id, hash(source_id, speaker_id) AS who FROM source_speakers WHERE {_NAMED}
"""
_SPEAKERS = f"""
LEFT JOIN (SELECT source_id, list(speaker_id ORDER BY speaker_id) AS who
           FROM source_speakers SEMI JOIN sought USING (source_id) WHERE {_NAMED}
           GROUP BY source_id) w USING (source_id)
"""
_PIECES = """
LEFT JOIN (SELECT quotation_id, count(*) AS pieces FROM spans WHERE part = 'content' AND ordinal > 0
           GROUP BY quotation_id) s USING (quotation_id)
"""
TABLES = (
    "wordings", "quotation_wordings", "wording_windows", "wording_pairs", "cores", "core_quotations",
    "clustered", "clustered_articles", "clustered_sources",
)  # fmt: skip
_TEMPORARY = (
    "changed_articles", "changed_sources", "changes", "touched", "dropped", "affected", "concerned", "beside", "standing",
    "gone", "single", "sought",
)  # fmt: skip


def add(connection: Connection, table: str, **columns: NDArray[Any] | Sequence[object]) -> None:
    """Append rows, given as the table's columns in order: as arrays, which DuckDB reads without a loop."""
    rows = {
        name: column if isinstance(column, np.ndarray) else np.array(column, dtype=object)
        for name, column in columns.items()
    }
    if len(next(iter(rows.values()))):
        connection.register("rows_to_add", rows)
        connection.execute(f"INSERT INTO {table} SELECT * FROM rows_to_add")
        connection.unregister("rows_to_add")


def add_rows(connection: Connection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Append rows, given one by one, none of them with a list in it."""
    if rows:
        add(connection, table, **{f"column{i}": list(column) for i, column in enumerate(zip(*rows, strict=True))})


def find_changes(connection: Connection, version: str) -> tuple[int, int]:
    """Fill ``changes``; returns how many there are, and how many quotations there are in all."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed_articles AS SELECT article_id, n.fingerprint "
        f"FROM clustered_articles c FULL JOIN ({_ARTICLES}) n USING (article_id) "
        "WHERE c.fingerprint IS DISTINCT FROM n.fingerprint",
        [version],
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed_sources AS SELECT DISTINCT coalesce(c.source_id, n.source_id) AS source_id "
        f"FROM clustered_sources c FULL JOIN ({_SOURCES}) n USING (who) WHERE c.who IS NULL OR n.who IS NULL"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changes AS "
        "SELECT quotation_id FROM clustered SEMI JOIN changed_articles USING (article_id) "
        "UNION SELECT quotation_id FROM quotations SEMI JOIN changed_articles USING (article_id) "
        "UNION SELECT quotation_id FROM quotations SEMI JOIN changed_sources USING (source_id)"
    )
    return number(connection, "SELECT count(*) FROM changes"), number(connection, "SELECT count(*) FROM quotations")


def unclustered(connection: Connection) -> int:
    """How many quotations a stopped run stored and did not come to cluster: no claim holds them and no check finds them."""
    return number(connection, "SELECT count(*) FROM quotations ANTI JOIN clustered USING (quotation_id)")


def number(connection: Connection, query: str) -> int:
    """The one number a query gives."""
    return int(connection.execute(query).fetchall()[0][0])


def write_out(connection: Connection) -> None:
    """End the transaction and begin another."""
    connection.execute("COMMIT")
    connection.execute("BEGIN TRANSACTION")


def forget_all(connection: Connection) -> None:
    """Empty all that clustering made, but for the claims."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    _drop_temporary(connection)


def forget_all_claims(connection: Connection) -> None:
    """Empty the claims; all quotations are ``affected``."""
    for table in ("claims", "claim_quotations"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("CREATE OR REPLACE TEMP TABLE dropped (core_id VARCHAR)")
    connection.execute("CREATE OR REPLACE TEMP TABLE affected AS SELECT quotation_id FROM quotations")


def remember_all(connection: Connection, version: str) -> None:
    """Take all there is as dealt with, where nothing was before, and drop the temporary tables."""
    connection.execute("INSERT INTO clustered SELECT quotation_id, article_id FROM quotations")
    connection.execute(f"INSERT INTO clustered_articles {_ARTICLES}", [version])
    connection.execute(f"INSERT INTO clustered_sources {_SOURCES}")
    _drop_temporary(connection)


def remember(connection: Connection) -> None:
    """Take what changed as dealt with, and drop the temporary tables."""
    for query in (
        "DELETE FROM clustered WHERE quotation_id IN (SELECT quotation_id FROM changes)",
        "INSERT INTO clustered SELECT quotation_id, article_id FROM quotations SEMI JOIN changes USING (quotation_id)",
        "DELETE FROM clustered_articles WHERE article_id IN (SELECT article_id FROM changed_articles)",
        "INSERT INTO clustered_articles SELECT * FROM changed_articles WHERE fingerprint IS NOT NULL",
        "DELETE FROM clustered_sources WHERE source_id IN (SELECT source_id FROM changed_sources)",
        f"INSERT INTO clustered_sources SELECT * FROM ({_SOURCES}) SEMI JOIN changed_sources USING (source_id)",
    ):
        connection.execute(query)
    _drop_temporary(connection)


def _drop_temporary(connection: Connection) -> None:
    for table in _TEMPORARY:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def all_texts(connection: Connection) -> Iterator[list[tuple[str, str, int, bool]]]:
    """Identifier, text, number of pieces and whether mixed of all quotations, some at a time."""
    last = number(connection, "SELECT coalesce(max(rowid), -1) FROM quotations")
    for start in range(0, last + 1, _AT_ONCE):
        yield connection.execute(
            f"SELECT quotation_id, text, coalesce(pieces, 0) + 1, kind = 'mixed' FROM quotations q {_PIECES} "
            "WHERE q.rowid >= ? AND q.rowid < ?",
            [start, start + _AT_ONCE],
        ).fetchall()


def begin_wordings(connection: Connection) -> None:
    """Make ``held``, to be filled with the wordings of each quotation. It is no temporary table, since strings in those
    take up to four times the memory that DuckDB accounts for."""
    connection.execute("CREATE OR REPLACE TABLE held (quotation_id VARCHAR, code VARCHAR)")


def number_wordings(connection: Connection) -> None:
    """Make of ``held`` the wordings, each once and numbered from 0, and who holds which."""
    connection.execute(
        "INSERT INTO wordings SELECT row_number() OVER () - 1, code FROM (SELECT DISTINCT code FROM held ORDER BY code)"
    )
    connection.execute(
        "INSERT INTO quotation_wordings SELECT quotation_id, wording_id FROM held JOIN wordings USING (code)"
    )
    connection.execute("DROP TABLE held")


def all_codes(connection: Connection) -> Iterator[list[str]]:
    """The codes of all wordings, which are numbered from 0 without a gap, in their order, some at a time."""
    for start in range(0, number(connection, "SELECT count(*) FROM wordings"), _AT_ONCE):
        yield [
            row[0]
            for row in connection.execute(
                "SELECT code FROM wordings WHERE wording_id >= ? AND wording_id < ? ORDER BY wording_id",
                [start, start + _AT_ONCE],
            ).fetchall()
        ]


def changed_texts(connection: Connection) -> list[tuple[str, str, int, bool]]:
    """Identifier, text, number of pieces and whether mixed of the quotations in ``changes`` that are there now."""
    return connection.execute(
        "SELECT quotation_id, text, (SELECT count(*) FROM (SELECT quotation_id FROM spans SEMI JOIN changes "
        "USING (quotation_id) WHERE part = 'content') s WHERE s.quotation_id = q.quotation_id), kind = 'mixed' "
        "FROM quotations q SEMI JOIN changes USING (quotation_id)"
    ).fetchall()


def changed_wordings(connection: Connection) -> list[int]:
    """The wordings of the quotations in ``changes`` as they were."""
    return _column(
        connection,
        "SELECT DISTINCT wording_id FROM quotation_wordings SEMI JOIN changes USING (quotation_id)",
    )


def forget_wordings_of_changes(connection: Connection) -> None:
    connection.execute("DELETE FROM quotation_wordings WHERE quotation_id IN (SELECT quotation_id FROM changes)")


def without_use(connection: Connection, wordings: Sequence[int]) -> list[int]:
    """Those of ``wordings`` that no quotation holds any more."""
    return _column(
        connection,
        "SELECT w FROM (SELECT unnest(?) AS w) WHERE w NOT IN "
        "(SELECT wording_id FROM quotation_wordings WHERE wording_id IN (SELECT unnest(?)))",
        [list(wordings), list(wordings)],
    )


def drop_wordings(connection: Connection, wordings: Sequence[int]) -> None:
    for table in ("wordings", "wording_windows"):
        connection.execute(f"DELETE FROM {table} WHERE wording_id IN (SELECT unnest(?))", [list(wordings)])


def drop_pairs(connection: Connection, wordings: Sequence[int]) -> None:
    connection.execute(
        "DELETE FROM wording_pairs WHERE shorter IN (SELECT unnest(?)) OR longer IN (SELECT unnest(?))",
        [list(wordings), list(wordings)],
    )


def known_codes(connection: Connection, codes: Sequence[str]) -> dict[str, int]:
    """The numbers of those ``codes`` that are wordings already."""
    return dict(
        connection.execute(
            "SELECT code, wording_id FROM wordings WHERE code IN (SELECT unnest(?))", [list(codes)]
        ).fetchall()
    )


def codes_of(connection: Connection, wordings: Sequence[int]) -> dict[int, str]:
    """The codes of ``wordings``."""
    return dict(
        connection.execute(
            "SELECT wording_id, code FROM wordings WHERE wording_id IN (SELECT unnest(?))", [list(wordings)]
        ).fetchall()
    )


def under_windows(connection: Connection, windows: NDArray[np.uint64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Window and wording of all that stands under ``windows``."""
    connection.register("windows_sought", {"sought": windows})
    found = connection.execute(
        'SELECT "window", wording_id FROM wording_windows WHERE "window" IN (SELECT sought FROM windows_sought)'
    ).fetchnumpy()
    connection.unregister("windows_sought")
    return np.asarray(found["window"]), np.asarray(found["wording_id"])


def all_pairs(connection: Connection) -> tuple[NDArray[Any], NDArray[Any]]:
    """The shorter and the longer wording of all pairs."""
    found = connection.execute("SELECT shorter, longer FROM wording_pairs").fetchnumpy()
    return np.asarray(found["shorter"]), np.asarray(found["longer"])


def neighbours(connection: Connection, wordings: Sequence[int]) -> list[int]:
    """All that some pair joins to one of ``wordings``."""
    return _column(
        connection,
        "SELECT longer FROM wording_pairs WHERE shorter IN (SELECT unnest(?)) "
        "UNION SELECT shorter FROM wording_pairs WHERE longer IN (SELECT unnest(?))",
        [list(wordings), list(wordings)],
    )


def touch(connection: Connection, wordings: NDArray[Any], component: NDArray[Any]) -> None:
    """Fill ``touched``: wordings with the component each belongs to."""
    connection.execute("CREATE OR REPLACE TEMP TABLE touched (wording_id INTEGER, component INTEGER)")
    add(connection, "touched", wording_id=wordings.astype(np.int32), component=component.astype(np.int32))


def repeated(connection: Connection) -> NDArray[Any]:
    """The wordings that two quotations or more hold."""
    found = connection.execute(
        "SELECT wording_id FROM quotation_wordings GROUP BY wording_id HAVING count(*) > 1"
    ).fetchnumpy()
    return np.asarray(found["wording_id"])


def forget_cores(connection: Connection) -> None:
    """Take out the cores of touched wordings; fill ``affected`` and ``dropped`` (cores that are no more)."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE dropped AS SELECT core_id FROM cores SEMI JOIN touched USING (wording_id)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE affected AS "
        "SELECT quotation_id FROM core_quotations SEMI JOIN dropped USING (core_id) "
        "UNION SELECT quotation_id FROM quotation_wordings SEMI JOIN touched USING (wording_id) "
        "UNION SELECT quotation_id FROM changes"
    )
    for table in ("cores", "core_quotations"):
        connection.execute(f"DELETE FROM {table} WHERE core_id IN (SELECT core_id FROM dropped)")


def touched_components(connection: Connection) -> Iterator[tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]]:
    """Printings and pairs of the touched wordings, whole components at a time, sorted by component.

    A printing: component, wording, code, quotation, article, whether spoken, day as an ordinal or None, speakers known by name.
    A pair: component, shorter, longer, contained.
    """
    bounds = [
        row[0]
        for row in connection.execute(
            "SELECT max(component) FROM (SELECT component, sum(count(*)) OVER (ORDER BY component) AS total "
            f"FROM touched JOIN quotation_wordings USING (wording_id) GROUP BY component) GROUP BY total // {_AT_ONCE} "
            "ORDER BY 1"
        ).fetchall()
    ]
    after = -1
    for last in bounds:
        limits = [after, last]
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE sought AS "
            "SELECT component, wording_id, code, quotation_id, article_id, source_id, kind "
            "FROM touched JOIN wordings USING (wording_id) JOIN quotation_wordings USING (wording_id) "
            "JOIN quotations USING (quotation_id) WHERE component > ? AND component <= ?",
            limits,
        )
        yield (
            connection.execute(
                "SELECT component, wording_id, code, quotation_id, a.article_id, kind <> 'indirect', "
                "try_cast(left(a.published, 10) AS DATE) - DATE '1970-01-01', coalesce(w.who, []) "
                f"FROM sought JOIN articles a USING (article_id) {_SPEAKERS} ORDER BY component, wording_id, quotation_id"
            ).fetchall(),
            connection.execute(
                "SELECT component, shorter, longer, contained FROM wording_pairs JOIN touched ON wording_id = shorter "
                "WHERE component > ? AND component <= ? ORDER BY component",
                limits,
            ).fetchall(),
        )
        after = last


def absorb(connection: Connection) -> None:
    """Fill ``standing``: the cores of ``affected`` quotations that are claims, since no other holds all their printings."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE concerned AS "
        "SELECT DISTINCT core_id FROM core_quotations SEMI JOIN affected USING (quotation_id)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE beside AS SELECT core_id, quotation_id FROM core_quotations SEMI JOIN "
        "(SELECT DISTINCT quotation_id FROM core_quotations SEMI JOIN concerned USING (core_id)) USING (quotation_id)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE standing AS WITH "
        "sizes AS (SELECT core_id, count(*) AS size, any_value(c.length) AS length FROM core_quotations q "
        "  SEMI JOIN beside USING (core_id) JOIN cores c USING (core_id) GROUP BY core_id), "
        "shared AS (SELECT x.core_id AS a, y.core_id AS b, count(*) AS common FROM beside x JOIN beside y "
        "  USING (quotation_id) WHERE x.core_id <> y.core_id GROUP BY a, b) "
        "SELECT core_id FROM concerned WHERE core_id NOT IN (SELECT a FROM shared "
        "JOIN sizes s ON s.core_id = a JOIN sizes t ON t.core_id = b "
        "WHERE common = s.size AND (t.size, t.length) > (s.size, s.length) "
        "OR (common = s.size AND t.size = s.size AND t.length = s.length AND b < a))"
    )


def forget_claims(connection: Connection) -> None:
    """Take out the claims that are to be made again."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gone AS SELECT core_id AS claim_id FROM dropped UNION "
        f"SELECT core_id FROM concerned UNION SELECT {_SINGLE} FROM affected"
    )
    for table in ("claims", "claim_quotations"):
        connection.execute(f"DELETE FROM {table} WHERE claim_id IN (SELECT claim_id FROM gone)")


_SINGLE = "substr(sha256('claim' || chr(31) || quotation_id), 1, 16)"  # what write.identifier makes of these parts


def add_single_claims(connection: Connection) -> None:
    """A claim for each affected quotation that shares no core."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE single AS SELECT quotation_id FROM affected SEMI JOIN quotations USING (quotation_id) "
        "ANTI JOIN core_quotations USING (quotation_id)"
    )
    connection.execute(
        f"INSERT INTO claims SELECT {_SINGLE}, q.text, q.kind, nullif(a.published, ''), nullif(a.published, ''), "
        "1, 1, 1, q.quotation_id, false, false "
        "FROM single JOIN quotations q USING (quotation_id) JOIN articles a USING (article_id)"
    )
    connection.execute(f"INSERT INTO claim_quotations SELECT {_SINGLE}, quotation_id, 1.0, 'shown', false FROM single")


def standing_printings(connection: Connection) -> Iterator[list[tuple[Any, ...]]]:
    """The printings of the ``standing`` cores, whole cores at a time, sorted by core."""
    rows = number(connection, "SELECT count(*) FROM core_quotations SEMI JOIN standing USING (core_id)")
    parts = rows // _AT_ONCE + 1
    for part in range(parts):
        condition = f"WHERE hash(core_id) % {parts} = {part}" if parts > 1 else ""
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE sought AS "
            "SELECT core_id, quotation_id, likeness, text, kind, article_id, source_id "
            # A condition that is always true would keep DuckDB from using its indexes.
            f"FROM (SELECT * FROM core_quotations SEMI JOIN standing USING (core_id) {condition}) "
            "JOIN quotations USING (quotation_id)"
        )
        yield connection.execute(
            "SELECT core_id, quotation_id, likeness, sought.text, kind, a.published, coalesce(a.outlet, a.article_id), "
            f"coalesce(w.who, []) FROM sought JOIN articles a USING (article_id) {_SPEAKERS} ORDER BY core_id"
        ).fetchall()


def _column(connection: Connection, query: str, given: list[object] | None = None) -> list[int]:
    return [row[0] for row in connection.execute(query, given or []).fetchall()]
