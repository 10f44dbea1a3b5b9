"""SQL to find articles that are copies of one report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb
import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.sql.rows import add, column, number

Connection = duckdb.DuckDBPyConnection
MIN_SHARED = 4  # minimum number of common sentences of two copies
SHARE = 0.5  # minimum share of the sentences of the shorter article
SHARE_OF_DEPENDENT = 0.2  # the same for articles that are not copies, but not independent either
_COMMONEST = 200  # sentences in more articles are not used to find candidates, but still count as common sentences
_AT_ONCE = 500


def find_changed(connection: Connection) -> int:
    """Delete the data of changed and deleted articles and fill ``stale`` with them; returns their number."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE stale AS SELECT coalesce(f.article_id, a.article_id) AS article_id, place "
        "FROM fingerprinted f FULL JOIN (SELECT article_id, ingested_at, rowid AS place FROM articles) a USING (article_id) "
        "WHERE f.ingested_at IS DISTINCT FROM a.ingested_at"
    )
    count = number(connection, "SELECT count(*) FROM stale")
    if not count:
        connection.execute("DROP TABLE temp.stale")
        return 0
    for table in ("article_sentences", "fingerprinted", "article_pairs"):
        connection.execute(f"DELETE FROM {table} WHERE article_id IN (SELECT article_id FROM stale)")
    connection.execute("DELETE FROM article_pairs WHERE other_id IN (SELECT article_id FROM stale)")
    return count


def outdated(connection: Connection) -> bool:
    """Whether ``find_changed`` would find anything."""
    query = "FROM fingerprinted f FULL JOIN articles a USING (article_id) WHERE f.ingested_at IS DISTINCT FROM a.ingested_at"
    return number(connection, f"SELECT count(*) {query}") > 0


def changed_articles(connection: Connection) -> Iterator[list[tuple[str, str, list[list[int]]]]]:
    """Yield, in portions, identifier, text and quoted ranges of the existing articles found by ``find_changed``."""
    places = column(connection, "SELECT place FROM stale WHERE place IS NOT NULL ORDER BY place")
    for start in range(0, len(places), _AT_ONCE):
        here = places[start : start + _AT_ONCE]
        yield connection.execute(
            "WITH here AS MATERIALIZED (SELECT article_id, text FROM articles SEMI JOIN stale USING (article_id) "
            "WHERE articles.rowid BETWEEN ? AND ?) SELECT article_id, text, coalesce(stretches, []) FROM here LEFT JOIN "
            "(SELECT article_id, list([start_char, end_char] ORDER BY start_char) AS stretches FROM marked_stretches "
            "WHERE article_id IN (SELECT article_id FROM here) GROUP BY article_id) USING (article_id)",
            [here[0], here[-1]],
        ).fetchall()


def add_sentences(connection: Connection, articles: Sequence[str], hashes: NDArray[np.uint64]) -> None:
    """Store sentence hashes with their articles."""
    add(connection, "article_sentences", article_id=list(articles), sentence=hashes)


def pair(connection: Connection) -> list[tuple[str, str, float]]:
    """Find and store pairs of dependent articles among the changed articles and all others; returns all pairs with the share."""
    connection.execute(
        "INSERT INTO fingerprinted SELECT article_id, ingested_at FROM articles SEMI JOIN stale USING (article_id)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed_sentences AS SELECT article_id, sentence FROM article_sentences SEMI JOIN stale USING (article_id)"
    )
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE candidates AS WITH
        shared AS MATERIALIZED (SELECT article_id, sentence FROM article_sentences SEMI JOIN changed_sentences USING (sentence)),
        distinctive AS (SELECT sentence FROM shared GROUP BY sentence HAVING count(*) BETWEEN 2 AND ?)
        SELECT DISTINCT least(m.article_id, o.article_id) AS a, greatest(m.article_id, o.article_id) AS b
        FROM changed_sentences m SEMI JOIN distinctive USING (sentence) JOIN shared o USING (sentence) WHERE m.article_id <> o.article_id
        """,
        [_COMMONEST],
    )
    if number(connection, "SELECT count(*) FROM candidates"):
        _keep_pairs(connection)
    for table in ("stale", "changed_sentences", "candidates"):
        connection.execute(f"DROP TABLE temp.{table}")
    return connection.execute("SELECT article_id, other_id, share FROM article_pairs").fetchall()


def _keep_pairs(connection: Connection) -> None:
    connection.execute(
        """
        INSERT INTO article_pairs WITH
        sizes AS (SELECT article_id, count(*) AS size FROM article_sentences
                  WHERE article_id IN (SELECT a FROM candidates UNION ALL SELECT b FROM candidates) GROUP BY article_id),
        shared AS (SELECT a, b, count(*) AS common FROM candidates JOIN article_sentences x ON x.article_id = a
                   JOIN article_sentences y ON y.article_id = b AND y.sentence = x.sentence GROUP BY a, b)
        SELECT a, b, common / least(s.size, t.size) FROM shared JOIN sizes s ON s.article_id = a JOIN sizes t ON t.article_id = b
        WHERE common >= ? AND common >= ? * least(s.size, t.size)
        """,
        [MIN_SHARED, SHARE_OF_DEPENDENT],
    )


def put_groups(connection: Connection, report_of: dict[str, str], origin_of: dict[str, str]) -> None:
    """Store the report of each article that is a copy, and the origin of each that is not independent."""
    for table, group, found in (
        ("article_copies", "report_id", report_of),
        ("article_origins", "origin_id", origin_of),
    ):
        connection.execute(f"DELETE FROM {table}")
        add(connection, table, **{"article_id": list(found), group: list(found.values())})
