"""Finding, among all printings, the few that are worth comparing with a wording asked for.

The index is the one clustering keeps: the telling runs of words of every sentence (``cluster/windows.py``). What shares
the most runs is compared word by word; the printings of the closest sentences are handed on.
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

_SENTENCES = 150  # that share the most runs; these are compared
_PRINTINGS = 80  # of the closest sentences; these are read
TELLING = 30.0  # bits of the words that are as asked for: fewer are no sign of one utterance where others were changed
SHORT = 8  # words; what is shorter may hold no run that tells enough, and is looked for by its words
_ALIKE = 55.0  # percent of the words
_MANY = 10_000  # sentences; reading one by its number takes as long as looking into some twenty of all
_COUNTED = 2000  # quotations; beyond, it is enough to know that they are that many


def telling(connection: duckdb.DuckDBPyConnection) -> float:
    """Bits that the words left as asked for in a part of a sentence must tell where others of a few were changed.

    The more sentences are searched, the more likely one of them has a few of the words by chance: twice as many ask for
    one bit more.
    """
    [(sentences,)] = connection.execute("SELECT count(*) FROM wordings").fetchall()
    return TELLING + log2(max(1, sentences))


def candidates(connection: duckdb.DuckDBPyConnection, text: str) -> tuple[list[str], list[int]]:
    """Identifiers of the quotations that hold the sentences most like those of ``text``, closest first.

    With them the sentences in which a ``text`` of one sentence and under ``SHORT`` words stands word for word.
    """
    scores: dict[int, float] = {}
    asked = [code for code in wordings(text) if code]
    exact: list[int] = []
    for code in asked:
        for wording, other in _sharing(connection, code):
            within = code in other
            if within and len(asked) == 1 and len(code) < SHORT:
                exact.append(wording)
            score = 100.0 if within else _likeness(code, other)
            if score >= _ALIKE:
                scores[wording] = max(score, scores.get(wording, 0.0))
    if not scores:
        return [], exact
    best = sorted(scores, key=lambda wording: (-scores[wording], wording))[:_SENTENCES]
    held: dict[int, list[str]] = {}
    for wording, quotations in connection.execute(
        "SELECT wording_id, list(quotation_id ORDER BY quotation_id)[:20] FROM quotation_wordings "
        "WHERE wording_id IN (SELECT unnest(?)) GROUP BY wording_id",
        [best],
    ).fetchall():
        held[wording] = quotations
    return list(dict.fromkeys(q for wording in best for q in held.get(wording, ())))[:_PRINTINGS], exact


def claims_with(connection: duckdb.DuckDBPyConnection, sentences: Sequence[int]) -> int:
    """How many claims hold one of these sentences; where over ``_COUNTED`` quotations do, how many these are."""
    found = connection.execute(
        "SELECT DISTINCT quotation_id FROM quotation_wordings WHERE wording_id IN (SELECT unnest(?::INTEGER[]))",
        [list(sentences)],
    ).fetchall()
    if len(found) > _COUNTED:
        return len(found)
    return len(
        {row[0] for row in rows(connection, "claim_id", "claim_quotations", "quotation_id", [row[0] for row in found])}
    )


def _likeness(asked: str, other: str) -> float:
    """In percent. Of what is longer than the sentence found, only the part it covers counts."""
    return fuzz.partial_ratio(asked, other) if len(other) >= len(asked) / 2 else fuzz.ratio(asked, other)


def _sharing(connection: duckdb.DuckDBPyConnection, code: str) -> list[tuple[int, str]]:
    hashed = np.concatenate([np.zeros(0, dtype=np.uint64), *(found for found, _ in windows([code]))])
    found: list[tuple[int, str]] = []
    if len(hashed):
        close = connection.execute(
            'SELECT wording_id FROM wording_windows WHERE "window" IN (SELECT unnest(?::UBIGINT[])) '
            "GROUP BY wording_id ORDER BY count(*) DESC, wording_id LIMIT ?",
            [hashed.tolist(), _SENTENCES],
        ).fetchall()
        found = connection.execute(
            "SELECT wording_id, code FROM wordings WHERE wording_id IN (SELECT unnest(?))", [[row[0] for row in close]]
        ).fetchall()
    if len(code) < SHORT and not any(_likeness(code, other) >= 80 for _, other in found):
        found += _holding(connection, code)
    return found


def _holding(connection: duckdb.DuckDBPyConnection, code: str) -> list[tuple[int, str]]:
    """The sentences that hold all words of a short one in a row. Where there are none and the words tell enough to be
    recognised with one changed, those that hold the others, wherever they stand."""
    found = sorted((len(other), wording, other) for wording, other in _with_words(connection, code) if code in other)
    if not found and len(code) > 3 and information([code])[0] >= TELLING:
        words = set(code)
        # One word more missing would leave too many sentences to look into, and too little to recognise.
        held = [
            (sum(word in other for word in words), len(other), wording, other)
            for wording, other in _with_words(connection, code, spare=1)
        ]
        held.sort(key=lambda one: (-one[0], *one[1:]))
        return [(wording, other) for count, _, wording, other in held if count >= len(words) - 1][:_SENTENCES]
    return [(wording, other) for _, wording, other in found]


def _with_words(connection: duckdb.DuckDBPyConnection, code: str, spare: int = 0) -> list[tuple[int, str]]:
    """The sentences whose signatures say that they may hold all words of ``code`` but ``spare``.

    They are looked into by the caller: asked to, DuckDB would look into all sentences before it picks these. Where they
    are very many, it is quicker to let it; of very many with a word to spare only those that hold hardly any other words
    are given, since of a part of a longer one too little would be as asked for to be recognised.
    """
    # Words that share a bit are counted once.
    low, high = (int(np.bitwise_or.reduce(half)) for half in signatures(sorted(set(code))))
    bits = low.bit_count() + high.bit_count()
    if spare:
        told, given = "bit_count(low & ?::UBIGINT) + bit_count(high & ?::UBIGINT) >= ?", [low, high, bits - spare]
    else:
        told, given = "(low & ?::UBIGINT) = ?::UBIGINT AND (high & ?::UBIGINT) = ?::UBIGINT", [low, low, high, high]
    [(count,)] = connection.execute(f"SELECT count(*) FROM wording_signatures WHERE {told}", given).fetchall()
    if count > _MANY and not spare:
        return connection.execute("SELECT wording_id, code FROM wordings WHERE contains(code, ?)", [code]).fetchall()
    if count > _MANY:
        told += " AND bit_count(low) + bit_count(high) <= ?"
        given.append(bits + 1)
    return connection.execute(
        "SELECT wording_id, code FROM wordings WHERE wording_id IN "
        f"(SELECT wording_id FROM wording_signatures WHERE {told})",
        given,
    ).fetchall()


def wordings_of(connection: duckdb.DuckDBPyConnection, quotations: list[str]) -> list[Row]:
    """Quotation, text, kind and claim of ``quotations``, once for each claim they are in."""
    held = by_key(connection, "quotation_id, text, kind", "corrected_quotations", "quotation_id", quotations)
    return [
        (*held[quotation], claim)
        for quotation, claim in rows(
            connection, "quotation_id, claim_id", "claim_quotations", "quotation_id", quotations
        )
        if quotation in held
    ]


def printings_of(store: Store, claims: list[str]) -> dict[str, list[Printing]]:
    """All printings of each of ``claims``, in order of time."""
    pairs = rows(store.connection, "claim_id, quotation_id", "claim_quotations", "claim_id", claims)
    found = printings(store, sorted({quotation for _, quotation in pairs}))
    grouped: dict[str, list[Printing]] = {}
    for claim, quotation in pairs:
        if quotation not in found:
            continue  # rejected by a command that was killed before it clustered
        grouped.setdefault(claim, []).append(found[quotation])
    for group in grouped.values():
        group.sort(key=lambda p: (p.published_at is None, p.published_at, p.quotation_id))
    return grouped
