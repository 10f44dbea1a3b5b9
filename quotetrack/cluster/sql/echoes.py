"""The quotations of one article and one speaker of which one may say again what the other says, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from quotetrack.cluster.sql.changes import NAMED
from quotetrack.cluster.sql.rows import Connection, add, column, number
from quotetrack.cluster.sql.verbatim import find_verbatim

_AT_ONCE = 100_000  # pairs
_LONGEST_HEADING = 200  # characters; a first line beyond is a paragraph


def echo_pairs(connection: Connection, changed: bool) -> Iterator[list[tuple[Any, ...]]]:
    """Pairs of quotations of one article that share a speaker, the first in the article's heading or partly verbatim.

    A row: identifier, text, number of pieces, stretches between marks where mixed and whether in the heading, of the one and
    of the other. With ``changed`` only pairs of which one is in ``changes``.
    """
    # One table at a time: of few rows DuckDB then reads what it needs by index, and of many the whole.
    only = {
        "quotations": "WHERE quotation_id IN (SELECT quotation_id FROM quotations_there)",  # all of the articles concerned
        "articles": "WHERE article_id IN (SELECT DISTINCT article_id FROM told)",
        # Asked for by ``part`` as well, the spans would not be found by index.
        "spans": "WHERE quotation_id IN (SELECT quotation_id FROM told)",
        "source_speakers": "AND source_id IN (SELECT source_id FROM told)",
    }
    if not changed:
        only = dict.fromkeys(only, "") | {"spans": "WHERE part = 'content'"}
    for table, query in {
        "told": f"SELECT quotation_id, article_id, source_id, kind = 'mixed' AS mixed, stance, text FROM corrected_quotations {only['quotations']}",
        "headings": f"SELECT article_id, strpos(left(text, {_LONGEST_HEADING}), chr(10)) AS ends FROM articles {only['articles']}",
        "content": "SELECT quotation_id, min(start_char) FILTER (part = 'content') AS start_char, "
        f"count(*) FILTER (part = 'content') AS pieces FROM spans {only['spans']} GROUP BY quotation_id",
        "who": f"SELECT source_id, speaker_id FROM source_speakers WHERE {NAMED} {only['source_speakers']}",
        "known": "SELECT quotation_id, article_id, speaker_id, mixed, stance IN ('stated', 'requested') AS said, stance, start_char < ends AS heading, pieces FROM told "
        "JOIN headings USING (article_id) JOIN content USING (quotation_id) JOIN who USING (source_id)",
        "echoing": "SELECT row_number() OVER () - 1 AS place, * FROM ("
        "SELECT DISTINCT a.quotation_id AS a, a.pieces AS a_pieces, a.heading AS a_heading, "
        "b.quotation_id AS b, b.pieces AS b_pieces, b.heading AS b_heading "
        "FROM known a JOIN known b ON a.article_id = b.article_id AND a.speaker_id = b.speaker_id "
        "WHERE a.quotation_id <> b.quotation_id AND (a.stance = b.stance OR (a.said AND b.said)) AND (a.mixed OR (a.heading AND NOT b.heading))"
        + (" AND (a.quotation_id IN (FROM changes) OR b.quotation_id IN (FROM changes))" if changed else "")
        + ")",
    }.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    find_verbatim(connection, "SELECT a FROM echoing UNION SELECT b FROM echoing")
    for start in range(0, number(connection, "SELECT count(*) FROM echoing"), _AT_ONCE):
        yield connection.execute(
            "SELECT a, t.text, a_pieces, coalesce(v.stretches, []), a_heading, b, u.text, b_pieces, coalesce(w.stretches, []), "
            "b_heading FROM echoing e JOIN told t ON t.quotation_id = a JOIN told u ON u.quotation_id = b "
            "LEFT JOIN temp.verbatim v ON v.quotation_id = a LEFT JOIN temp.verbatim w ON w.quotation_id = b "
            "WHERE place >= ? AND place < ?",
            [start, start + _AT_ONCE],
        ).fetchall()
    for table in ("told", "headings", "content", "who", "known", "echoing", "verbatim"):
        connection.execute(f"DROP TABLE temp.{table}")


def add_echoes(connection: Connection, rows: Sequence[tuple[str, str, str, float]]) -> list[int]:
    """Keep echoes (quotation, the other, the code of the sentence, likeness); returns the sentences as wordings."""
    if not rows:
        return []
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE heard (quotation_id VARCHAR, other_id VARCHAR, code VARCHAR, likeness FLOAT)"
    )
    quotations, others, codes, likeness = (list(part) for part in zip(*rows, strict=True))
    add(
        connection,
        "heard",
        quotation_id=quotations,
        other_id=others,
        code=codes,
        likeness=np.array(likeness, dtype=np.float32),
    )
    query = "SELECT quotation_id, other_id, wording_id, likeness FROM heard JOIN wordings USING (code)"
    connection.execute(f"INSERT INTO echoes {query}")
    found = column(connection, f"SELECT DISTINCT wording_id FROM ({query})")
    connection.execute("DROP TABLE temp.heard")
    return found


def forget_echoes(connection: Connection) -> list[int]:
    """Take out the echoes of quotations in ``changes``; returns the sentences they were of, as wordings."""
    condition = (
        "WHERE quotation_id IN (SELECT quotation_id FROM changes) OR other_id IN (SELECT quotation_id FROM changes)"
    )
    found = column(connection, f"SELECT DISTINCT wording_id FROM echoes {condition}")
    connection.execute(f"DELETE FROM echoes {condition}")
    return found
