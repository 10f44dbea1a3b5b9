"""Find the printings that are most similar to a given wording.

Uses the index of clustering: hashes of the informative runs of words of every sentence (``cluster/windows.py``). The
sentences that share the most runs are compared word by word, and the printings of the most similar ones are returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import duckdb
import numpy as np
from rapidfuzz import fuzz

from quotetrack.cluster.windows import information, signatures, windows
from quotetrack.cluster.wordings import wordings
from quotetrack.read.printing import Printing
from quotetrack.read.printings import printings
from quotetrack.read.rows import Row, by_key, rows
from quotetrack.store import Store

_MAX_SENTENCES = 150  # compared word by word
_MAX_PRINTINGS = 80
MIN_BITS = 30.0  # minimum information of the unchanged words of an altered quotation
SHORT = 8  # words; shorter texts may contain no informative run and are also searched by their words
_MIN_SIMILARITY = 55.0  # percent of the words
_MANY = 10_000  # sentences; above this, a scan is faster than reading them by number
_MAX_COUNTED = 2000  # quotations; above this, claims are not counted exactly


def required_bits(connection: duckdb.DuckDBPyConnection) -> float:
    """Minimum information, in bits, of the unchanged words of a short altered quotation.

    It grows by one bit each time the number of sentences doubles, because accidental matches become more likely.
    """
    [(sentences,)] = connection.execute("SELECT count(*) FROM wordings").fetchall()
    return MIN_BITS + log2(max(1, sentences))


def candidates(connection: duckdb.DuckDBPyConnection, text: str) -> tuple[list[str], list[int]]:
    """Return the identifiers of the quotations with the most similar sentences, best first.

    The second value lists the sentences that contain ``text`` exactly, if it is one sentence of less than ``SHORT`` words.
    """
    scores: dict[int, float] = {}
    asked = [code for code in wordings(text) if code]
    exact: list[int] = []
    for code in asked:
        for wording, other in _sharing(connection, code):
            within = code in other
            if within and len(asked) == 1 and len(code) < SHORT:
                exact.append(wording)
            score = 100.0 if within else _similarity(code, other)
            if score >= _MIN_SIMILARITY:
                scores[wording] = max(score, scores.get(wording, 0.0))
    if not scores:
        return [], exact
    best = sorted(scores, key=lambda wording: (-scores[wording], wording))[:_MAX_SENTENCES]
    held: dict[int, list[str]] = {}
    for wording, quotations in connection.execute(
        "SELECT wording_id, list(quotation_id ORDER BY quotation_id)[:20] FROM quotation_wordings "
        "WHERE wording_id IN (SELECT unnest(?)) GROUP BY wording_id",
        [best],
    ).fetchall():
        held[wording] = quotations
    return list(dict.fromkeys(q for wording in best for q in held.get(wording, ())))[:_MAX_PRINTINGS], exact


def claims_with(connection: duckdb.DuckDBPyConnection, sentences: Sequence[int]) -> int:
    """Count the claims that contain one of these sentences; above ``_MAX_COUNTED`` quotations, count those instead."""
    found = connection.execute(
        "SELECT DISTINCT quotation_id FROM quotation_wordings WHERE wording_id IN (SELECT unnest(?::INTEGER[]))",
        [list(sentences)],
    ).fetchall()
    if len(found) > _MAX_COUNTED:
        return len(found)
    return len(
        {row[0] for row in rows(connection, "claim_id", "claim_quotations", "quotation_id", [row[0] for row in found])}
    )


def _similarity(asked: str, other: str) -> float:
    """Similarity in percent; of the longer text, only the best-matching part counts, unless the other is very short."""
    return fuzz.partial_ratio(asked, other) if len(other) >= len(asked) / 2 else fuzz.ratio(asked, other)


def _sharing(connection: duckdb.DuckDBPyConnection, code: str) -> list[tuple[int, str]]:
    hashed = np.concatenate([np.zeros(0, dtype=np.uint64), *(found for found, _ in windows([code]))])
    found: list[tuple[int, str]] = []
    if len(hashed):
        close = connection.execute(
            'SELECT wording_id FROM wording_windows WHERE "window" IN (SELECT unnest(?::UBIGINT[])) '
            "GROUP BY wording_id ORDER BY count(*) DESC, wording_id LIMIT ?",
            [hashed.tolist(), _MAX_SENTENCES],
        ).fetchall()
        found = connection.execute(
            "SELECT wording_id, code FROM wordings WHERE wording_id IN (SELECT unnest(?))", [[row[0] for row in close]]
        ).fetchall()
    if len(code) < SHORT and not any(_similarity(code, other) >= 80 for _, other in found):
        found += _containing(connection, code)
    return found


def _containing(connection: duckdb.DuckDBPyConnection, code: str) -> list[tuple[int, str]]:
    """Return the sentences that contain a short text exactly.

    If there are none and the text is informative enough, return those that contain all of its words but one, in any
    order.
    """
    found = sorted((len(other), wording, other) for wording, other in _with_words(connection, code) if code in other)
    if not found and len(code) > 3 and information([code])[0] >= MIN_BITS:
        words = set(code)
        # With two words missing there would be too many sentences and too little to recognise.
        held = [
            (sum(word in other for word in words), len(other), wording, other)
            for wording, other in _with_words(connection, code, spare=1)
        ]
        held.sort(key=lambda one: (-one[0], *one[1:]))
        return [(wording, other) for count, _, wording, other in held if count >= len(words) - 1][:_MAX_SENTENCES]
    return [(wording, other) for _, wording, other in found]


def _with_words(connection: duckdb.DuckDBPyConnection, code: str, spare: int = 0) -> list[tuple[int, str]]:
    """Return the sentences that, according to their signatures, may contain all words of ``code`` but ``spare``.

    The caller must verify them, because DuckDB would check all sentences before applying the signatures. If there are very
    many, DuckDB's scan is faster and exact; with ``spare``, only sentences with hardly any other words are then returned,
    since a match within a longer sentence would not be recognised anyway.
    """
    # Words with the same bit are counted once.
    low, high = (int(np.bitwise_or.reduce(half)) for half in signatures(sorted(set(code))))
    bits = low.bit_count() + high.bit_count()
    if spare:
        condition, given = "bit_count(low & ?::UBIGINT) + bit_count(high & ?::UBIGINT) >= ?", [low, high, bits - spare]
    else:
        condition, given = (
            "(low & ?::UBIGINT) = ?::UBIGINT AND (high & ?::UBIGINT) = ?::UBIGINT",
            [low, low, high, high],
        )
    [(count,)] = connection.execute(f"SELECT count(*) FROM wording_signatures WHERE {condition}", given).fetchall()
    if count > _MANY and not spare:
        return connection.execute("SELECT wording_id, code FROM wordings WHERE contains(code, ?)", [code]).fetchall()
    if count > _MANY:
        condition += " AND bit_count(low) + bit_count(high) <= ?"
        given.append(bits + 1)
    return connection.execute(
        "SELECT wording_id, code FROM wordings WHERE wording_id IN "
        f"(SELECT wording_id FROM wording_signatures WHERE {condition})",
        given,
    ).fetchall()


def wordings_of(connection: duckdb.DuckDBPyConnection, quotations: list[str]) -> list[Row]:
    """Return quotation, text, kind and claim, one row for each claim of each quotation."""
    held = by_key(connection, "quotation_id, text, kind", "corrected_quotations", "quotation_id", quotations)
    return [
        (*held[quotation], claim)
        for quotation, claim in rows(
            connection, "quotation_id, claim_id", "claim_quotations", "quotation_id", quotations
        )
        if quotation in held
    ]


def printings_of(store: Store, claims: list[str]) -> dict[str, list[Printing]]:
    """Return all printings of each claim, oldest first."""
    pairs = rows(store.connection, "claim_id, quotation_id", "claim_quotations", "claim_id", claims)
    found = printings(store, sorted({quotation for _, quotation in pairs}))
    grouped: dict[str, list[Printing]] = {}
    for claim, quotation in pairs:
        if quotation not in found:
            continue  # rejected, but the command was killed before clustering
        grouped.setdefault(claim, []).append(found[quotation])
    for group in grouped.values():
        group.sort(key=lambda p: (p.published_at is None, p.published_at, p.quotation_id))
    return grouped
