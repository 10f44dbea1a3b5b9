"""SQL of echoes: pairs of quotations by one speaker, in one article or of one day, of which one may repeat the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from quotetrack.cluster.sql.changes import NAMED
from quotetrack.cluster.sql.rows import Connection, add, column, number
from quotetrack.cluster.sql.verbatim import find_verbatim

_AT_ONCE = 100_000  # pairs
_MAX_HEADING = 200  # characters; a longer first line is a paragraph
_MOST_WORDS = 4  # in each verbatim part of a quotation that may be scattered words of another article's
_REPEATED = "SELECT DISTINCT wording_id FROM echoes WHERE quotation_id IN ({})"
_DAYS = 1  # between two articles that quote the same statement
_SAME_ACT = "(a.stance = b.stance OR (a.said AND b.said))"
_DAY = "CASE WHEN published_precision IN ('day', 'minute') THEN floor(epoch(published_at) / 86400)::INTEGER END AS day"


def echo_pairs(connection: Connection, changed: bool) -> Iterator[list[tuple[Any, ...]]]:
    """Yield pairs of quotations with a common speaker of which the first may repeat the second.

    In one article, the first is in the heading or partly verbatim. In two articles of about the same day, all verbatim
    parts of the first are short. Each row has identifier, text, number of spans, verbatim parts, and whether it is in the
    heading, for both quotations, and whether they are in two articles. With ``changed``, only pairs with a quotation in
    ``changes``.
    """
    if changed:
        _find_nearby(connection)
    # One table at a time, so that DuckDB uses indexes for few rows and scans for many.
    only = {
        # All quotations of the articles concerned, and those of other articles that may be in a pair.
        "quotations": "WHERE quotation_id IN (SELECT quotation_id FROM quotations_there UNION ALL SELECT quotation_id FROM nearby)",
        "articles": "WHERE article_id IN (SELECT DISTINCT article_id FROM reported)",
        # With a condition on ``part`` as well, DuckDB would not use the index.
        "spans": "WHERE quotation_id IN (SELECT quotation_id FROM reported)",
        "source_speakers": "AND source_id IN (SELECT source_id FROM reported)",
    }
    if not changed:
        only = dict.fromkeys(only, "") | {"spans": "WHERE part = 'content'"}
    for table, query in {
        "reported": f"SELECT quotation_id, article_id, source_id, kind, kind = 'mixed' AS mixed, stance, text FROM settled_quotations {only['quotations']}",
        "headings": f"SELECT article_id, strpos(left(text, {_MAX_HEADING}), chr(10)) AS ends, {_DAY} FROM articles {only['articles']}",
        "content": "SELECT quotation_id, min(start_char) FILTER (part = 'content') AS start_char, "
        f"count(*) FILTER (part = 'content') AS pieces FROM spans {only['spans']} GROUP BY quotation_id",
        "who": f"SELECT source_id, speaker_id FROM source_speakers WHERE {NAMED} {only['source_speakers']}",
        "known": "SELECT quotation_id, article_id, speaker_id, day, kind, mixed, stance IN ('stated', 'requested') AS said, stance, start_char < ends AS heading, pieces FROM reported "
        "JOIN headings USING (article_id) JOIN content USING (quotation_id) JOIN who USING (source_id)",
    }.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    find_verbatim(connection, "SELECT quotation_id FROM reported WHERE mixed")
    only_changed = "AND (a.quotation_id IN (FROM changes) OR b.quotation_id IN (FROM changes))" if changed else ""
    pair = (
        "a.quotation_id AS a, a.pieces AS a_pieces, a.heading AS a_heading, "
        "b.quotation_id AS b, b.pieces AS b_pieces, b.heading AS b_heading"
    )
    for table, query in {
        "scattered": "FROM known WHERE quotation_id IN (SELECT quotation_id FROM (SELECT quotation_id, unnest(stretches) AS part "
        f"FROM temp.verbatim) GROUP BY quotation_id HAVING max(len(string_split(trim(part), ' '))) <= {_MOST_WORDS})",
        "echoing": "SELECT row_number() OVER () - 1 AS place, * FROM ("
        f"SELECT DISTINCT {pair}, false AS apart "
        "FROM known a JOIN known b ON a.article_id = b.article_id AND a.speaker_id = b.speaker_id "
        f"WHERE a.quotation_id <> b.quotation_id AND {_SAME_ACT} AND (a.mixed OR (a.heading AND NOT b.heading)) {only_changed} "
        f"UNION ALL SELECT DISTINCT {pair}, true FROM scattered a JOIN (SELECT speaker_id, unnest(range(day - {_DAYS}, "
        f"day + {_DAYS + 1})) AS day, * EXCLUDE (speaker_id, day) FROM known WHERE kind <> 'indirect') b USING (speaker_id, day) "
        f"WHERE a.article_id <> b.article_id AND {_SAME_ACT} {only_changed})",
    }.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    for start in range(0, number(connection, "SELECT count(*) FROM echoing"), _AT_ONCE):
        yield connection.execute(
            "SELECT a, t.text, a_pieces, coalesce(v.stretches, []), a_heading, b, u.text, b_pieces, coalesce(w.stretches, []), "
            "b_heading, apart FROM echoing e JOIN reported t ON t.quotation_id = a JOIN reported u ON u.quotation_id = b "
            "LEFT JOIN temp.verbatim v ON v.quotation_id = a LEFT JOIN temp.verbatim w ON w.quotation_id = b "
            "WHERE place >= ? AND place < ?",
            [start, start + _AT_ONCE],
        ).fetchall()
    for table in ("reported", "headings", "content", "who", "known", "scattered", "echoing", "verbatim", "nearby"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _find_nearby(connection: Connection) -> None:
    """Fill ``nearby`` with quotations by the speakers in ``changes`` in articles of about the same day."""
    for table, query in {
        "days_concerned": f"SELECT DISTINCT {_DAY} FROM articles WHERE article_id IN (SELECT article_id FROM quotations_there)",
        "articles_nearby": f"SELECT article_id FROM (SELECT article_id, {_DAY} FROM articles) WHERE day IN "
        f"(SELECT unnest(range(day - {_DAYS}, day + {_DAYS + 1})) FROM days_concerned WHERE day IS NOT NULL)",
        "speakers_concerned": f"SELECT DISTINCT speaker_id FROM source_speakers WHERE {NAMED} AND source_id IN "
        "(SELECT source_id FROM quotations_there SEMI JOIN changes USING (quotation_id))",
        "nearby": "SELECT quotation_id FROM settled_quotations WHERE article_id IN (SELECT article_id FROM articles_nearby) "
        f"AND source_id IN (SELECT source_id FROM source_speakers WHERE {NAMED} AND speaker_id IN "
        "(SELECT speaker_id FROM speakers_concerned)) AND kind <> 'indirect'",
    }.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    for table in ("days_concerned", "articles_nearby", "speakers_concerned"):
        connection.execute(f"DROP TABLE temp.{table}")


def add_echoes(connection: Connection, rows: Sequence[tuple[str, str, str, float]]) -> list[int]:
    """Store echoes (quotation, other quotation, code of the sentence, similarity); returns the wordings that the quotations
    repeat, including those stored before, because only the most similar ones count."""
    if not rows:
        return []
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE found_echoes (quotation_id VARCHAR, other_id VARCHAR, code VARCHAR, likeness FLOAT)"
    )
    quotations, others, codes, likeness = (list(part) for part in zip(*rows, strict=True))
    add(
        connection,
        "found_echoes",
        quotation_id=quotations,
        other_id=others,
        code=codes,
        likeness=np.array(likeness, dtype=np.float32),
    )
    connection.execute(
        "INSERT INTO echoes SELECT quotation_id, other_id, wording_id, likeness FROM found_echoes JOIN wordings USING (code)"
    )
    found = column(connection, _REPEATED.format("SELECT quotation_id FROM found_echoes"))
    connection.execute("DROP TABLE temp.found_echoes")
    return found


def delete_echoes(connection: Connection) -> list[int]:
    """Delete the echoes of quotations in ``changes``; returns the wordings that the repeating quotations repeated."""
    condition = (
        "WHERE quotation_id IN (SELECT quotation_id FROM changes) OR other_id IN (SELECT quotation_id FROM changes)"
    )
    found = column(connection, _REPEATED.format(f"SELECT quotation_id FROM echoes {condition}"))
    connection.execute(f"DELETE FROM echoes {condition}")
    return found
