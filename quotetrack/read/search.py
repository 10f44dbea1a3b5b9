"""Find where words are printed: exactly, in any article, or similar ones, in quotations.

Exact words are looked up in the table ``passages``, which holds the words of every article. Similar wordings are found
by the index of clustering, hashes of the informative runs of words of every sentence (``cluster/windows.py``), and, if
they are short, by their words in ``passages``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import ceil, log2
from typing import NamedTuple

import duckdb
import numpy as np
from rapidfuzz import fuzz

from quotetrack.cluster.windows import information, windows
from quotetrack.cluster.wordings import encode, wordings
from quotetrack.read.printing import Printing
from quotetrack.read.printings import printings
from quotetrack.read.rows import rows
from quotetrack.store import Store
from quotetrack.text.passages import joined, keys_of, signature

_MANY = 100_000  # passages with the signature of the words
_AT_ONCE = 2000  # passages read by number
_ENOUGH = 20_000  # passages searched for quotations after enough others are found
_MAX_SENTENCES = 150  # compared word by word
_MAX_PASSAGES = 400  # compared word by word
_MAX_QUOTATIONS = 60
MIN_BITS = 30.0  # minimum information of the unchanged words of a changed quotation
SHORT = 12  # words; in shorter wordings one changed word may leave no informative run
_MIN_SIMILARITY = 55.0  # percent of the words
_GOOD = 80.0  # percent; if the index of clustering finds this, a short wording is not searched by its words
_MIN_SHARED = 0.6  # of the telling words of a short wording
_MIN_TELLING = 7.0  # bits of a word that tells something


class Hit(NamedTuple):
    """A passage that has the words: a range of an article, or an interrupted quotation.

    ``quotations`` are the identifiers of the quotations with content in it, separated by spaces.
    """

    article_id: str
    quotation_id: str | None
    start: int
    end: int
    quotations: str


def exact(connection: duckdb.DuckDBPyConnection, words: Sequence[str], most: int) -> list[Hit]:
    """Return up to ``most`` passages that have ``words`` in a row, those with quotations first, else as they were stored."""
    bits = signature(words)
    condition = " AND ".join(f"(bits_{n} & {part}::UBIGINT) = {part}::UBIGINT" for n, part in enumerate(bits) if part)
    numbers = connection.execute(f"SELECT rowid FROM passages WHERE {condition} LIMIT ?", [_MANY]).fetchall()
    sought, quoted, others = joined(words), list[int](), list[int]()
    for first in range(0, len(numbers), _AT_ONCE):
        for number, held, quotations in _words_at(connection, [row[0] for row in numbers[first : first + _AT_ONCE]]):
            if sought in held:
                (quoted if quotations else others).append(number)
        if len(quoted) >= most or (len(quoted) + len(others) >= most and first >= _ENOUGH):
            break
    return _passages_at(connection, [*quoted, *others][:most])


def _words_at(connection: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> list[tuple[int, str, str]]:
    """Read the words of passages, and the quotations in them, by row number.

    DuckDB would apply a condition on the words to the whole table before it looks at the row numbers, and reading the other
    columns, which are compressed, takes ten times as long.
    """
    return connection.execute(
        "SELECT rowid, words, quotations FROM passages WHERE rowid IN (SELECT unnest(?::BIGINT[])) ORDER BY rowid",
        [numbers],
    ).fetchall()


def _passages_at(connection: duckdb.DuckDBPyConnection, numbers: Sequence[int]) -> list[Hit]:
    """Read passages by row number, in this order."""
    if not numbers:
        return []
    found = connection.execute(
        "SELECT article_id, quotation_id, start_char, end_char, quotations, rowid FROM passages "
        "WHERE rowid IN (SELECT unnest(?::BIGINT[]))",
        [numbers],
    ).fetchall()
    by_number = {row[5]: Hit(*row[:5]) for row in found}
    return [by_number[number] for number in numbers]


def similar(connection: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    """Return the identifiers of quotations with wordings similar to ``text``, most similar first."""
    scores: dict[str, float] = {}
    for code in wordings(text):
        best = 0.0
        for score, quotation in _by_windows(connection, code):
            scores[quotation] = max(score, scores.get(quotation, 0.0))
            best = max(best, score)
        if len(code) <= SHORT and best < _GOOD:
            for score, quotation in _by_words(connection, text):
                scores[quotation] = max(score, scores.get(quotation, 0.0))
    return sorted(scores, key=lambda quotation: (-scores[quotation], quotation))[:_MAX_QUOTATIONS]


def required_bits(connection: duckdb.DuckDBPyConnection) -> float:
    """Minimum information, in bits, of the unchanged words of a short changed quotation.

    It grows by one bit each time the number of sentences doubles, because accidental matches become more likely.
    """
    [(sentences,)] = connection.execute("SELECT count(*) FROM wordings").fetchall()
    return MIN_BITS + log2(max(1, sentences))


def _by_windows(connection: duckdb.DuckDBPyConnection, code: str) -> list[tuple[float, str]]:
    """Similarity in percent and quotation of the sentences that share the most windows with ``code``."""
    hashed = np.concatenate([np.zeros(0, dtype=np.uint64), *(found for found, _ in windows([code]))])
    if not len(hashed):
        return []
    close = connection.execute(
        'SELECT wording_id FROM wording_windows WHERE "window" IN (SELECT unnest(?::UBIGINT[])) '
        "GROUP BY wording_id ORDER BY count(*) DESC, wording_id LIMIT ?",
        [hashed.tolist(), _MAX_SENTENCES],
    ).fetchall()
    if not close:
        return []
    codes = connection.execute(
        "SELECT wording_id, code FROM wordings WHERE wording_id IN (SELECT unnest(?))", [[row[0] for row in close]]
    ).fetchall()
    scores = {wording: _similarity(code, other) for wording, other in codes}
    close_enough = [wording for wording, score in scores.items() if score >= _MIN_SIMILARITY]
    if not close_enough:
        return []
    found = connection.execute(
        "SELECT wording_id, list(quotation_id ORDER BY quotation_id)[:20] FROM quotation_wordings "
        "WHERE wording_id IN (SELECT unnest(?)) GROUP BY wording_id",
        [close_enough],
    ).fetchall()
    return [(scores[wording], quotation) for wording, quotations in found for quotation in quotations]


def _similarity(asked: str, other: str) -> float:
    """Similarity in percent; of the longer text, only the best-matching part counts, unless the other is very short."""
    return fuzz.partial_ratio(asked, other) if len(other) >= len(asked) / 2 else fuzz.ratio(asked, other)


def _by_words(connection: duckdb.DuckDBPyConnection, text: str) -> list[tuple[float, str]]:
    """Similarity in percent and quotation of the passages that have most telling words of ``text``."""
    telling = [word for word in dict.fromkeys(keys_of(text)) if information([encode(word)])[0] >= _MIN_TELLING]
    if len(telling) < 2:
        return []
    bits = signature(telling)
    shared = " + ".join(f"bit_count(bits_{n} & {part}::UBIGINT)" for n, part in enumerate(bits) if part)
    size = sum(part.bit_count() for part in bits)
    numbers = connection.execute(
        f"SELECT rowid FROM passages WHERE {shared} >= ? ORDER BY {shared} DESC, rowid LIMIT ?",
        [ceil(_MIN_SHARED * size), _MAX_PASSAGES],
    ).fetchall()
    code = encode(text)
    scores = {
        number: _similarity(code, encode(words))
        for number, words, _ in _words_at(connection, [row[0] for row in numbers])
    }
    near = [number for number, score in scores.items() if score >= _MIN_SIMILARITY]
    return [
        (scores[number], quotation)
        for number, hit in zip(near, _passages_at(connection, near), strict=True)
        for quotation in hit.quotations.split()
    ]


def printings_of(store: Store, claims: Collection[str], known: Mapping[str, Printing]) -> dict[str, list[Printing]]:
    """Return all printings of each claim, earliest first. Those in ``known``, by quotation, are not read again."""
    pairs = rows(store.connection, "claim_id, quotation_id", "claim_quotations", "claim_id", sorted(claims))
    unknown = {quotation for _, quotation in pairs} - known.keys()
    found = {**known, **(printings(store, sorted(unknown)) if unknown else {})}
    grouped: dict[str, list[Printing]] = {}
    for claim, quotation in pairs:
        if quotation not in found:
            continue  # rejected, but the command was killed before clustering
        grouped.setdefault(claim, []).append(found[quotation])
    for group in grouped.values():
        group.sort(key=lambda p: (p.published_at is None, p.published_at, p.quotation_id))
    return grouped
