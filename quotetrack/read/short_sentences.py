"""Find short sentences of quotations in which one word differs.

A changed word leaves hardly any informative run in a sentence of a few words, so ``read/search.py`` does not find it.
"""

from __future__ import annotations

import duckdb

from quotetrack.cluster.wordings import wordings

_FEWEST, _MOST = 4, 8  # words
_MAX_SENTENCES = 50


def one_changed(connection: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    """Return the identifiers of quotations with a sentence that has as many words as ``text`` and differs in one of them.

    Empty if ``text`` is not one sentence of four to eight words.
    """
    codes = wordings(text)
    if len(codes) != 1 or not _FEWEST <= len(codes[0]) <= _MOST:
        return []
    [code] = codes
    patterns = [f"{code[:i]}_{code[i + 1 :]}" for i in range(len(code))]
    alike = " OR ".join("code LIKE ?" for _ in patterns)
    # The patterns set the number of characters; that of bytes is faster to compare and excludes most sentences.
    found = connection.execute(
        "SELECT DISTINCT quotation_id FROM quotation_wordings WHERE wording_id IN (SELECT wording_id FROM wordings "
        f"WHERE strlen(code) BETWEEN ? AND ? AND ({alike}) ORDER BY wording_id LIMIT ?) ORDER BY quotation_id",
        [len(code), 4 * len(code), *patterns, _MAX_SENTENCES],
    ).fetchall()
    return [quotation for (quotation,) in found]
