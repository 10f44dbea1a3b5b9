"""SQL of wordings, windows and pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.sql.changes import NAMED
from quotetrack.cluster.sql.rows import Connection, column, number
from quotetrack.cluster.sql.verbatim import find_verbatim

SURE = 0.9  # minimum containment for different speakers; below it, similar words are different utterances
_AT_ONCE = 200_000  # rows held in memory
_PIECES = """
LEFT JOIN (SELECT quotation_id, count(*) AS pieces FROM spans WHERE part = 'content' AND ordinal > 0
           GROUP BY quotation_id) s USING (quotation_id)
"""


Text = tuple[str, str, int, list[str]]


def all_texts(connection: Connection) -> Iterator[list[Text]]:
    """Yield, in portions, identifier, text, number of spans and verbatim parts of all quotations."""
    last = number(connection, "SELECT coalesce(max(rowid), -1) FROM quotations")
    for start in range(0, last + 1, _AT_ONCE):
        here = f"rowid >= {start} AND rowid < {start + _AT_ONCE}"
        find_verbatim(connection, f"SELECT quotation_id FROM quotations WHERE {here}")
        yield connection.execute(
            f"SELECT quotation_id, text, coalesce(pieces, 0) + 1, coalesce(stretches, []) FROM (FROM quotations WHERE {here}) q "
            f"ANTI JOIN rejections USING (quotation_id) {_PIECES} LEFT JOIN temp.verbatim v USING (quotation_id)"
        ).fetchall()
    connection.execute("DROP TABLE IF EXISTS temp.verbatim")


def begin_wordings(connection: Connection) -> None:
    """Create the table ``held`` for the wordings of each quotation.

    It is not a temporary table, because strings in those use up to four times the memory that DuckDB accounts for.
    """
    connection.execute("CREATE OR REPLACE TABLE held (quotation_id VARCHAR, code VARCHAR)")


def number_wordings(connection: Connection) -> None:
    """Fill ``wordings`` (numbered from 0) and ``quotation_wordings`` from ``held``."""
    connection.execute(
        "INSERT INTO wordings SELECT row_number() OVER () - 1, code FROM (SELECT DISTINCT code FROM held ORDER BY code)"
    )
    connection.execute(
        "INSERT INTO quotation_wordings SELECT quotation_id, wording_id FROM held JOIN wordings USING (code)"
    )
    connection.execute("DROP TABLE held")


def all_codes(connection: Connection) -> Iterator[list[str]]:
    """Yield, in portions, the codes of all wordings in order; they must be numbered from 0 without gaps."""
    for start in range(0, number(connection, "SELECT count(*) FROM wordings"), _AT_ONCE):
        yield [
            row[0]
            for row in connection.execute(
                "SELECT code FROM wordings WHERE wording_id >= ? AND wording_id < ? ORDER BY wording_id",
                [start, start + _AT_ONCE],
            ).fetchall()
        ]


def changed_texts(connection: Connection) -> list[Text]:
    """Return identifier, text, number of spans and verbatim parts of the existing quotations in ``changes``."""
    # With a condition on ``part`` in WHERE, DuckDB would not use the index.
    pieces = dict(
        connection.execute(
            "SELECT quotation_id, count(*) FILTER (part = 'content') FROM spans "
            "WHERE quotation_id IN (SELECT quotation_id FROM changes) GROUP BY quotation_id"
        ).fetchall()
    )
    find_verbatim(connection, "SELECT quotation_id FROM changes")
    rows = connection.execute(
        "SELECT quotation_id, text, coalesce(stretches, []) FROM (FROM settled_quotations SEMI JOIN changes USING (quotation_id)) "
        "LEFT JOIN temp.verbatim USING (quotation_id)"
    ).fetchall()
    connection.execute("DROP TABLE temp.verbatim")
    return [(quotation, text, pieces.get(quotation, 0), stretches) for quotation, text, stretches in rows]


def changed_wordings(connection: Connection) -> list[int]:
    """Return the previous wordings of the quotations in ``changes``."""
    return column(
        connection,
        "SELECT DISTINCT wording_id FROM quotation_wordings SEMI JOIN changes USING (quotation_id)",
    )


def delete_wordings_of_changes(connection: Connection) -> None:
    """Delete the links from quotations in ``changes`` to their wordings."""
    connection.execute("DELETE FROM quotation_wordings WHERE quotation_id IN (SELECT quotation_id FROM changes)")


def unused_wordings(connection: Connection, wordings: Sequence[int]) -> list[int]:
    """Return those of ``wordings`` that no quotation contains any more."""
    if not wordings:
        return []
    return column(
        connection,
        "SELECT w FROM (SELECT unnest(?) AS w) WHERE w NOT IN "
        "(SELECT wording_id FROM quotation_wordings WHERE wording_id IN (SELECT unnest(?)))",
        [list(wordings), list(wordings)],
    )


def drop_wordings(connection: Connection, wordings: Sequence[int]) -> None:
    """Delete wordings with their windows and signatures."""
    if not wordings:
        return  # the usual case; avoids scanning three tables
    for table in ("wordings", "wording_windows", "wording_signatures"):
        connection.execute(f"DELETE FROM {table} WHERE wording_id IN (SELECT unnest(?))", [list(wordings)])


def drop_pairs(connection: Connection, wordings: Sequence[int]) -> None:
    """Delete all pairs that contain one of ``wordings``."""
    if not wordings:
        return
    connection.execute(
        "DELETE FROM wording_pairs WHERE shorter IN (SELECT unnest(?)) OR longer IN (SELECT unnest(?))",
        [list(wordings), list(wordings)],
    )


def known_codes(
    connection: Connection, codes: Sequence[str], low: NDArray[np.uint64], high: NDArray[np.uint64]
) -> dict[str, int]:
    """Return the numbers of those ``codes`` that are stored already.

    ``low`` and ``high`` are the signatures of the codes, used to find candidates without reading all wordings.
    """
    connection.register("signatures_sought", {"low": low, "high": high})
    similar = column(
        connection, "SELECT wording_id FROM wording_signatures SEMI JOIN signatures_sought USING (low, high)"
    )
    connection.unregister("signatures_sought")
    numbers = {code: number for number, code in codes_of(connection, similar).items()}
    return {code: numbers[code] for code in codes if code in numbers}


def codes_of(connection: Connection, wordings: Sequence[int]) -> dict[int, str]:
    """Return the codes of ``wordings`` by number."""
    if not wordings:
        return {}
    return dict(
        connection.execute(
            "SELECT wording_id, code FROM wordings WHERE wording_id IN (SELECT unnest(?))", [list(wordings)]
        ).fetchall()
    )


def under_windows(connection: Connection, windows: NDArray[np.uint64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return window and wording of all wordings with one of ``windows``."""
    connection.register("windows_sought", {"sought": windows})
    found = connection.execute(
        'SELECT "window", wording_id FROM wording_windows WHERE "window" IN (SELECT sought FROM windows_sought)'
    ).fetchnumpy()
    connection.unregister("windows_sought")
    return np.asarray(found["window"]), np.asarray(found["wording_id"])


def all_pairs(connection: Connection) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the shorter and the longer wording of all pairs."""
    found = connection.execute("SELECT shorter, longer FROM wording_pairs").fetchnumpy()
    return np.asarray(found["shorter"]), np.asarray(found["longer"])


def joining_pairs(connection: Connection, within: NDArray[Any] | None = None) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the shorter and the longer wording of the pairs that can be one utterance, optionally only ``within`` wordings.

    Pairs are excluded if their containment is below ``SURE``, all their speakers are different, and their articles are not
    copies; ``cluster.cores.same_utterance`` is 0 for them. Such accidental pairs become frequent in large databases and
    would connect nearly everything to one component.
    """
    connection.register("wordings_within", {"wording_id": np.zeros(0, dtype=np.int32) if within is None else within})
    only = "" if within is None else "AND shorter IN (FROM wordings_within) AND longer IN (FROM wordings_within)"
    for table, query in {
        "unsure": f"SELECT shorter, longer FROM wording_pairs WHERE contained < {SURE} {only}",
        "held_unsure": "SELECT wording_id, article_id, source_id FROM (FROM quotation_wordings WHERE wording_id IN "
        "(SELECT shorter FROM unsure UNION SELECT longer FROM unsure)) JOIN settled_quotations USING (quotation_id)",
        "known": f"SELECT source_id, speaker_id FROM source_speakers WHERE {NAMED} "
        "AND source_id IN (SELECT source_id FROM held_unsure)",
        "shared": "SELECT DISTINCT wording_id, hash(speaker_id) AS who FROM held_unsure JOIN known USING (source_id) "
        "UNION SELECT DISTINCT wording_id, hash(report_id) FROM held_unsure JOIN article_copies USING (article_id)",
        "nameless": "SELECT DISTINCT wording_id FROM held_unsure ANTI JOIN known USING (source_id)",
        # In a separate table, because DuckDB may otherwise start with a self-join over all wordings of a speaker.
        "one_end": "SELECT shorter, longer, who FROM unsure JOIN shared ON wording_id = shorter",
    }.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
    found = connection.execute(
        f"SELECT shorter, longer FROM wording_pairs WHERE contained >= {SURE} {only} UNION ALL "
        "SELECT shorter, longer FROM unsure WHERE shorter IN (FROM nameless) OR longer IN (FROM nameless) UNION ALL "
        "SELECT DISTINCT shorter, longer FROM one_end SEMI JOIN shared "
        "ON shared.wording_id = longer AND shared.who = one_end.who"
    ).fetchnumpy()
    for table in ("unsure", "held_unsure", "known", "shared", "nameless", "one_end"):
        connection.execute(f"DROP TABLE temp.{table}")
    connection.unregister("wordings_within")
    return np.asarray(found["shorter"]), np.asarray(found["longer"])


def neighbours(connection: Connection, wordings: Sequence[int]) -> list[int]:
    """Return all wordings that are in a pair with one of ``wordings``."""
    if not wordings:
        return []
    return column(
        connection,
        "SELECT longer FROM wording_pairs WHERE shorter IN (SELECT unnest(?)) "
        "UNION SELECT shorter FROM wording_pairs WHERE longer IN (SELECT unnest(?))",
        [list(wordings), list(wordings)],
    )


def repeated(connection: Connection) -> NDArray[Any]:
    """Return the wordings of at least two quotations."""
    found = connection.execute(
        "SELECT wording_id FROM quotation_wordings GROUP BY wording_id HAVING count(*) > 1"
    ).fetchnumpy()
    return np.asarray(found["wording_id"])
