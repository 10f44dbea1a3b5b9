"""The wordings of quotations, the windows they stand under, and the pairs that are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.sql.changes import NAMED
from quotetrack.cluster.sql.rows import Connection, column, number
from quotetrack.cluster.sql.verbatim import find_verbatim

SURE = 0.9  # of the shorter in the longer; with less the same words of two people are two utterances
_AT_ONCE = 200_000  # rows held in memory
_PIECES = """
LEFT JOIN (SELECT quotation_id, count(*) AS pieces FROM spans WHERE part = 'content' AND ordinal > 0
           GROUP BY quotation_id) s USING (quotation_id)
"""


Text = tuple[str, str, int, list[str]]


def all_texts(connection: Connection) -> Iterator[list[Text]]:
    """Identifier, text, number of pieces and, of mixed ones, the stretches between marks of all quotations, some at a time."""
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


def changed_texts(connection: Connection) -> list[Text]:
    """The same of the quotations in ``changes`` that are there now."""
    # Asked for by ``part`` as well, the spans would not be found by index.
    pieces = dict(
        connection.execute(
            "SELECT quotation_id, count(*) FILTER (part = 'content') FROM spans "
            "WHERE quotation_id IN (SELECT quotation_id FROM changes) GROUP BY quotation_id"
        ).fetchall()
    )
    find_verbatim(connection, "SELECT quotation_id FROM changes")
    rows = connection.execute(
        "SELECT quotation_id, text, coalesce(stretches, []) FROM (FROM corrected_quotations SEMI JOIN changes USING (quotation_id)) "
        "LEFT JOIN temp.verbatim USING (quotation_id)"
    ).fetchall()
    connection.execute("DROP TABLE temp.verbatim")
    return [(quotation, text, pieces.get(quotation, 0), stretches) for quotation, text, stretches in rows]


def changed_wordings(connection: Connection) -> list[int]:
    """The wordings of the quotations in ``changes`` as they were."""
    return column(
        connection,
        "SELECT DISTINCT wording_id FROM quotation_wordings SEMI JOIN changes USING (quotation_id)",
    )


def forget_wordings_of_changes(connection: Connection) -> None:
    connection.execute("DELETE FROM quotation_wordings WHERE quotation_id IN (SELECT quotation_id FROM changes)")


def without_use(connection: Connection, wordings: Sequence[int]) -> list[int]:
    """Those of ``wordings`` that no quotation holds any more."""
    if not wordings:
        return []
    return column(
        connection,
        "SELECT w FROM (SELECT unnest(?) AS w) WHERE w NOT IN "
        "(SELECT wording_id FROM quotation_wordings WHERE wording_id IN (SELECT unnest(?)))",
        [list(wordings), list(wordings)],
    )


def drop_wordings(connection: Connection, wordings: Sequence[int]) -> None:
    if not wordings:
        return  # as always but where an article went or changed; else three tables would be read for nothing
    for table in ("wordings", "wording_windows", "wording_signatures"):
        connection.execute(f"DELETE FROM {table} WHERE wording_id IN (SELECT unnest(?))", [list(wordings)])


def drop_pairs(connection: Connection, wordings: Sequence[int]) -> None:
    if not wordings:
        return
    connection.execute(
        "DELETE FROM wording_pairs WHERE shorter IN (SELECT unnest(?)) OR longer IN (SELECT unnest(?))",
        [list(wordings), list(wordings)],
    )


def known_codes(
    connection: Connection, codes: Sequence[str], low: NDArray[np.uint64], high: NDArray[np.uint64]
) -> dict[str, int]:
    """The numbers of those ``codes`` that are wordings already. ``low`` and ``high``: the signatures of the codes, by which
    the few that may be are found without reading all."""
    connection.register("signatures_sought", {"low": low, "high": high})
    alike = column(
        connection, "SELECT wording_id FROM wording_signatures SEMI JOIN signatures_sought USING (low, high)"
    )
    connection.unregister("signatures_sought")
    numbers = {code: number for number, code in codes_of(connection, alike).items()}
    return {code: numbers[code] for code in codes if code in numbers}


def codes_of(connection: Connection, wordings: Sequence[int]) -> dict[int, str]:
    """The codes of ``wordings``."""
    if not wordings:
        return {}
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


def joining_pairs(connection: Connection, within: NDArray[Any] | None = None) -> tuple[NDArray[Any], NDArray[Any]]:
    """The shorter and the longer wording of the pairs that may be of one utterance by who said them, of all pairs or of
    those among the wordings ``within``.

    The others are of few words in common (under ``SURE``) and of people known to be different, in articles that are no
    copies of each other: ``cluster.cores.same_utterance`` is 0 for all their printings. There are the more of them the
    more is held, by chance, and over them nearly everything would hang together.
    """
    connection.register("wordings_within", {"wording_id": np.zeros(0, dtype=np.int32) if within is None else within})
    only = "" if within is None else "AND shorter IN (FROM wordings_within) AND longer IN (FROM wordings_within)"
    for table, query in {
        "unsure": f"SELECT shorter, longer FROM wording_pairs WHERE contained < {SURE} {only}",
        "held_unsure": "SELECT wording_id, article_id, source_id FROM (FROM quotation_wordings WHERE wording_id IN "
        "(SELECT shorter FROM unsure UNION SELECT longer FROM unsure)) JOIN corrected_quotations USING (quotation_id)",
        "known": f"SELECT source_id, speaker_id FROM source_speakers WHERE {NAMED} "
        "AND source_id IN (SELECT source_id FROM held_unsure)",
        "shared": "SELECT DISTINCT wording_id, hash(speaker_id) AS who FROM held_unsure JOIN known USING (source_id) "
        "UNION SELECT DISTINCT wording_id, hash(report_id) FROM held_unsure JOIN article_copies USING (article_id)",
        "nameless": "SELECT DISTINCT wording_id FROM held_unsure ANTI JOIN known USING (source_id)",
        # A table by itself: else DuckDB may join everything one speaker said with itself first.
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
    """All that some pair joins to one of ``wordings``."""
    if not wordings:
        return []
    return column(
        connection,
        "SELECT longer FROM wording_pairs WHERE shorter IN (SELECT unnest(?)) "
        "UNION SELECT shorter FROM wording_pairs WHERE longer IN (SELECT unnest(?))",
        [list(wordings), list(wordings)],
    )


def repeated(connection: Connection) -> NDArray[Any]:
    """The wordings that two quotations or more hold."""
    found = connection.execute(
        "SELECT wording_id FROM quotation_wordings GROUP BY wording_id HAVING count(*) > 1"
    ).fetchnumpy()
    return np.asarray(found["wording_id"])
