"""SQL of cores of the touched wordings and claims of the affected quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.sql.changes import NAMED
from quotetrack.cluster.sql.rows import Connection, add, add_rows, number
from quotetrack.cluster.sql.verbatim import find_verbatim

_AT_ONCE = 200_000  # rows held in memory
_BEST = 0.95  # minimum share of the best likeness of an echo; the statement may be printed with slightly other words
_SPEAKERS = f"""
LEFT JOIN (SELECT source_id, list(speaker_id ORDER BY speaker_id) AS who
           FROM source_speakers SEMI JOIN sought USING (source_id) WHERE {NAMED}
           GROUP BY source_id) w USING (source_id)
"""
# The date as given by the outlet, or from the address.
_PUBLISHED = (
    "coalesce(nullif(a.published, ''), "
    "strftime(a.published_at, CASE published_precision WHEN 'month' THEN '%Y-%m' ELSE '%Y-%m-%d' END))"
)
# The names of single speakers, as their articles name them next to the quotation. A correction gives an identifier.
_NAMES = """
SELECT source_id, name, type FROM sources SEMI JOIN sought USING (source_id)
WHERE method = 'name' AND type IN ('person', 'organisation') AND members IS NULL
UNION ALL
SELECT source_id, speaker_id, NULL FROM decided_sources JOIN source_speakers USING (source_id)
"""
_SINGLE = "substr(sha256('claim' || chr(31) || quotation_id), 1, 16)"  # the same as write.identifier("claim", …)


def touch(connection: Connection, wordings: NDArray[Any], component: NDArray[Any]) -> None:
    """Fill ``touched`` (wordings with their components) and ``holders`` (the quotations that contain them)."""
    connection.execute("CREATE OR REPLACE TEMP TABLE touched (wording_id INTEGER, component INTEGER)")
    add(connection, "touched", wording_id=wordings.astype(np.int32), component=component.astype(np.int32))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE holders AS "
        "SELECT component, wording_id, quotation_id FROM quotation_wordings JOIN touched USING (wording_id)"
    )


def delete_cores(connection: Connection) -> None:
    """Delete the cores of touched wordings; fill ``dropped`` (these cores) and ``affected``."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE dropped AS SELECT core_id, cores.rowid AS place FROM cores "
        "SEMI JOIN touched USING (wording_id)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE affected AS "
        "SELECT quotation_id FROM core_quotations SEMI JOIN dropped USING (core_id) "
        "UNION SELECT quotation_id FROM holders "
        "UNION SELECT quotation_id FROM echoes SEMI JOIN touched USING (wording_id) "
        "UNION SELECT quotation_id FROM changes"
    )
    connection.execute("DELETE FROM cores WHERE rowid IN (SELECT place FROM dropped)")
    connection.execute("DELETE FROM core_quotations WHERE core_id IN (SELECT core_id FROM dropped)")


Rows = list[tuple[Any, ...]]


def touched_components(connection: Connection) -> Iterator[tuple[Rows, Rows, Rows]]:
    """Yield printings, pairs and echoes of the touched wordings, in complete components, sorted by component.

    Printings: component, wording, code, quotation, article, report or ``None``, kind, stance, day (since 1970) or ``None``,
    named speakers. Pairs: component, shorter, longer, contained. Echoes: component, wording, the quotation that contains
    it, the quotation that repeats it, likeness.
    """
    bounds = [
        row[0]
        for row in connection.execute(
            "SELECT max(component) FROM (SELECT component, sum(count(*)) OVER (ORDER BY component) AS total "
            f"FROM holders GROUP BY component) GROUP BY total // {_AT_ONCE} "
            "ORDER BY 1"
        ).fetchall()
    ]
    rows = _sorted_once(
        connection,
        "SELECT component, wording_id, code, quotation_id, article_id, source_id, kind, stance "
        "FROM holders JOIN wordings USING (wording_id) JOIN settled_quotations USING (quotation_id)",
        "component",
        len(bounds),
    )
    _find_repetitions(connection)
    after = -1
    for last in bounds:
        limits = [after, last]
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE sought AS FROM ({rows}) WHERE component > ? AND component <= ?", limits
        )
        yield (
            connection.execute(
                "SELECT component, wording_id, code, quotation_id, a.article_id, report_id, kind, stance, "
                "CASE WHEN published_precision IN ('day', 'minute') THEN floor(epoch(a.published_at) / 86400)::INTEGER END, coalesce(w.who, []) "
                "FROM sought JOIN articles a USING (article_id) LEFT JOIN article_copies r ON r.article_id = a.article_id "
                f"{_SPEAKERS} ORDER BY component, wording_id, quotation_id"
            ).fetchall(),
            _pairs(connection, limits),
            connection.execute(
                "SELECT component, wording_id, other_id, quotation_id, likeness FROM repetitions "
                "WHERE component > ? AND component <= ? ORDER BY component",
                limits,
            ).fetchall(),
        )
        after = last
    _drop_sorted(connection)


def _find_repetitions(connection: Connection) -> None:
    """Fill ``repetitions`` with the echoes of touched wordings that are in one article, or about the best of their quotation.

    In other articles a quotation can repeat a direct quotation and a partly reported one.
    """
    for table, query in {
        "repeating": "SELECT DISTINCT quotation_id FROM echoes SEMI JOIN touched USING (wording_id)",
        "repeated": "SELECT quotation_id, other_id, wording_id, likeness FROM echoes SEMI JOIN repeating USING (quotation_id)",
        "printed": "SELECT quotation_id, article_id, kind = 'direct' AS direct FROM quotations WHERE quotation_id IN "
        "(SELECT quotation_id FROM repeating UNION SELECT other_id FROM repeated)",
        "repetitions": "SELECT component, wording_id, r.other_id, r.quotation_id, likeness FROM ("
        "SELECT r.* FROM repeated r JOIN printed a ON a.quotation_id = r.quotation_id JOIN printed b ON b.quotation_id = other_id "
        f"QUALIFY a.article_id = b.article_id OR likeness >= {_BEST} * max(CASE WHEN a.article_id <> b.article_id THEN likeness END) "
        "OVER (PARTITION BY r.quotation_id, b.direct)) r "
        "JOIN touched USING (wording_id)",
    }.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    for table in ("repeating", "repeated", "printed"):
        connection.execute(f"DROP TABLE temp.{table}")


def _pairs(connection: Connection, limits: list[int]) -> Rows:
    """Return component, shorter, longer and contained of the pairs within components, for a range of components."""
    # In two steps: in one query DuckDB may join ``touched`` with itself by component, which is quadratic in its size.
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE one_end AS SELECT component, shorter, longer, contained FROM wording_pairs "
        "JOIN touched ON wording_id = shorter WHERE component > ? AND component <= ?",
        limits,
    )
    found = connection.execute(
        "SELECT component, shorter, longer, contained FROM one_end SEMI JOIN touched "
        "ON touched.wording_id = longer AND touched.component = one_end.component ORDER BY component"
    ).fetchall()
    connection.execute("DROP TABLE temp.one_end")
    return found


def add_cores(
    connection: Connection,
    cores: Sequence[tuple[str, int, int, str | None]],
    core_ids: Sequence[str],
    quotations: Sequence[str],
    likeness: NDArray[Any],
) -> None:
    """Store cores (identifier, wording, length, utterance), and their quotations with similarities."""
    add_rows(connection, "cores", cores)
    add(connection, "core_quotations", core_id=core_ids, quotation_id=quotations, likeness=likeness)


def add_claims(connection: Connection, claims: Sequence[Sequence[Any]], members: Sequence[Sequence[object]]) -> None:
    """Store claims, given as rows, and their quotations, given as columns."""
    add_rows(connection, "claims", claims)
    add(connection, "claim_quotations", **{f"column{place}": column for place, column in enumerate(members)})


def select_claims(connection: Connection) -> None:
    """Fill ``standing`` with the cores of ``affected`` quotations that are claims: no other core has all their printings."""
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


def delete_claims(connection: Connection) -> None:
    """Delete the claims that will be recomputed."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE outdated AS SELECT core_id AS claim_id FROM dropped UNION "
        f"SELECT core_id FROM concerned UNION SELECT {_SINGLE} FROM affected"
    )
    for table in ("claims", "claim_quotations"):
        connection.execute(f"DELETE FROM {table} WHERE claim_id IN (SELECT claim_id FROM outdated)")


def add_single_claims(connection: Connection) -> None:
    """Create a claim for each affected quotation without a core."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE single AS SELECT quotation_id FROM settled_quotations SEMI JOIN affected USING (quotation_id) "
        "WHERE quotation_id NOT IN (SELECT quotation_id FROM core_quotations SEMI JOIN affected USING (quotation_id))"
    )
    connection.execute(
        f"INSERT INTO claims SELECT {_SINGLE}, q.text, q.kind, {_PUBLISHED}, {_PUBLISHED}, "
        "1, 1, 1, q.quotation_id, false, false, q.stance "
        "FROM single JOIN quotations q USING (quotation_id) JOIN articles a USING (article_id)"
    )
    connection.execute(f"INSERT INTO claim_quotations SELECT {_SINGLE}, quotation_id, 1.0, 'shown', false FROM single")


def claim_printings(connection: Connection) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the printings of the ``standing`` cores, in complete cores, sorted by core."""
    count = number(connection, "SELECT count(*) FROM core_quotations SEMI JOIN standing USING (core_id)")
    parts = count // _AT_ONCE + 1
    rows = _sorted_once(
        connection,
        "SELECT core_id, quotation_id, likeness, text, kind, stance, article_id, source_id, on_behalf_of, "
        f"hash(core_id) % {parts} AS part "
        "FROM (FROM core_quotations SEMI JOIN standing USING (core_id)) JOIN settled_quotations USING (quotation_id)",
        "part",
        parts,
    )
    for part in range(parts):
        # Without a condition DuckDB can use its indexes.
        condition = f"WHERE part = {part}" if parts > 1 else ""
        connection.execute(f"CREATE OR REPLACE TEMP TABLE sought AS FROM ({rows}) {condition}")
        find_verbatim(connection, "SELECT quotation_id FROM sought WHERE kind = 'mixed'")
        yield connection.execute(
            f"SELECT core_id, quotation_id, likeness, sought.text, kind, stance, {_PUBLISHED}, epoch(a.published_at), "
            "coalesce(a.outlet, a.article_id), coalesce(w.who, []), coalesce(v.stretches, []), "
            "coalesce(r.origin_id, a.article_id), CASE WHEN on_behalf_of IS NULL THEN n.name END, n.type "
            f"FROM sought JOIN articles a USING (article_id) LEFT JOIN article_origins r ON r.article_id = a.article_id {_SPEAKERS} "
            f"LEFT JOIN ({_NAMES}) n USING (source_id) "
            "LEFT JOIN temp.verbatim v USING (quotation_id) ORDER BY core_id"
        ).fetchall()
    connection.execute("DROP TABLE IF EXISTS temp.verbatim")
    _drop_sorted(connection)


def _sorted_once(connection: Connection, query: str, key: str, portions: int) -> str:
    """Return a query for the rows of ``query`` from which portions by ``key`` can be read efficiently.

    With several portions, the rows are first written to a sorted table; otherwise each portion would scan all tables. It
    is not a temporary table for the reason given in ``begin_wordings``.
    """
    if portions < 2:
        return query
    connection.execute(f"CREATE OR REPLACE TABLE sorted_once AS {query} ORDER BY {key}")
    return "FROM sorted_once"


def _drop_sorted(connection: Connection) -> None:
    connection.execute("DROP TABLE IF EXISTS sorted_once")
