"""Find where words are printed: exactly, in any article, or similar ones, in quotations.

Exact words are looked up in the table ``passages``, which holds the words of every article. Similar wordings are found
by the index of clustering, hashes of the informative runs of words of every sentence (``cluster/windows.py``), and, if
they are short, by their words in ``passages``.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from math import ceil, log2
from typing import NamedTuple

import duckdb
import numpy as np
from rapidfuzz import fuzz

from quotetrack.cluster.windows import information, windows
from quotetrack.cluster.wordings import encode, wordings
from quotetrack.read.printing import Printing
from quotetrack.read.record import Record, kept
from quotetrack.read.rows import rows
from quotetrack.store import Store
from quotetrack.text.passages import Signature, joined, keys_of, signature

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


class _Signatures:
    """The signatures of all passages in memory, 40 bytes each with the row number."""

    def __init__(self, store: Store) -> None:
        found = store.connection.execute("SELECT rowid, bits_0, bits_1, bits_2, bits_3 FROM passages").fetchnumpy()
        self._numbers = np.asarray(found["rowid"])
        self._bits = [np.asarray(found[f"bits_{n}"], dtype=np.uint64) for n in range(4)]

    def with_all(self, sought: Signature) -> list[int]:
        """Return the row numbers of the passages that have all bits of ``sought``, in order."""
        parts = sorted(zip(sought, self._bits, strict=True), key=lambda pair: -pair[0].bit_count())
        places = np.flatnonzero((parts[0][1] & np.uint64(parts[0][0])) == np.uint64(parts[0][0]))
        for part, bits in parts[1:]:
            if part:
                places = places[(bits[places] & np.uint64(part)) == np.uint64(part)]
        return self._numbers[places].tolist()  # type: ignore[no-any-return]

    def with_most(self, sought: Signature, least: int, most: int) -> list[int]:
        """Return the row numbers of up to ``most`` passages that have at least ``least`` bits of ``sought``, best first."""
        shared = np.zeros(len(self._numbers), dtype=np.uint8)
        for part, bits in zip(sought, self._bits, strict=True):
            if part:
                shared += np.bitwise_count(bits & np.uint64(part))
        places = np.flatnonzero(shared >= least)
        best = places[np.argsort(-shared[places].astype(np.int16), kind="stable")[:most]]
        return self._numbers[best].tolist()  # type: ignore[no-any-return]


def exact(store: Store, words: Sequence[str], most: int) -> list[Hit]:
    """Return up to ``most`` passages that have ``words`` in a row, those with quotations first, else as they were stored."""
    connection = store.connection
    numbers = store.once(_Signatures).with_all(signature(words))[:_MANY]
    sought, quoted, others = joined(words), list[int](), list[int]()
    for first in range(0, len(numbers), _AT_ONCE):
        for number, held, quotations in _words_at(connection, numbers[first : first + _AT_ONCE]):
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


def similar(store: Store, text: str) -> list[str]:
    """Return the identifiers of quotations with wordings similar to ``text``, most similar first."""
    scores: dict[str, float] = {}
    by_windows = kept(
        store.once(Record).similar, set(wordings(text)), lambda missing: _by_windows(store.connection, missing)
    )
    found = [*by_windows.values()]
    if any(
        len(code) <= SHORT and max((score for score, _ in near), default=0.0) < _GOOD
        for code, near in by_windows.items()
    ):
        found.append(_by_words(store, text))
    for score, quotation in itertools.chain.from_iterable(found):
        scores[quotation] = max(score, scores.get(quotation, 0.0))
    return sorted(scores, key=lambda quotation: (-scores[quotation], quotation))[:_MAX_QUOTATIONS]


def required_bits(store: Store) -> float:
    """Minimum information, in bits, of the unchanged words of a short changed quotation.

    It grows by one bit each time the number of sentences doubles, because accidental matches become more likely.
    """
    [(sentences,)] = store.connection.execute("SELECT count(*) FROM wordings").fetchall()
    return MIN_BITS + log2(max(1, sentences))


def _by_windows(connection: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> dict[str, list[tuple[float, str]]]:
    """Similarity in percent and quotation of the sentences that share the most windows with each of ``codes``."""
    close = _sharing_windows(connection, codes)
    others = _codes(connection, {wording for group in close.values() for wording in group})
    scores = {
        code: {
            wording: score
            for wording in group
            if wording in others and (score := _similarity(code, others[wording])) >= _MIN_SIMILARITY
        }
        for code, group in close.items()
    }
    held = _quotations_with(connection, {wording for group in scores.values() for wording in group})
    return {
        code: [(score, quotation) for wording, score in group.items() for quotation in held.get(wording, ())]
        for code, group in scores.items()
    }


def _sharing_windows(connection: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> dict[str, list[int]]:
    """The sentences that share the most windows with each of ``codes``."""
    parts = list(windows(codes))
    hashed = np.concatenate([np.zeros(0, dtype=np.uint64), *(found for found, _ in parts)])
    owners = np.concatenate([np.zeros(0, dtype=np.int64), *(owned for _, owned in parts)])
    if not len(hashed):
        return {code: [] for code in codes}
    found = connection.execute(
        'SELECT "window", wording_id FROM wording_windows WHERE "window" IN (SELECT unnest(?::UBIGINT[]))',
        [np.unique(hashed).tolist()],
    ).fetchnumpy()
    shared, numbers = np.asarray(found["window"]), np.asarray(found["wording_id"])
    close = {}
    for place, code in enumerate(codes):
        own, counts = np.unique(numbers[np.isin(shared, hashed[owners == place])], return_counts=True)
        close[code] = own[np.lexsort((own, -counts))[:_MAX_SENTENCES]].tolist()
    return close


def _codes(connection: duckdb.DuckDBPyConnection, numbers: Collection[int]) -> dict[int, str]:
    if not numbers:
        return {}
    return dict(
        connection.execute(
            "SELECT wording_id, code FROM wordings WHERE wording_id IN (SELECT unnest(?))", [sorted(numbers)]
        ).fetchall()
    )


def _quotations_with(connection: duckdb.DuckDBPyConnection, numbers: Collection[int]) -> dict[int, list[str]]:
    """Up to 20 quotations with each of these sentences."""
    if not numbers:
        return {}
    return dict(
        connection.execute(
            "SELECT wording_id, list(quotation_id ORDER BY quotation_id)[:20] FROM quotation_wordings "
            "WHERE wording_id IN (SELECT unnest(?)) GROUP BY wording_id",
            [sorted(numbers)],
        ).fetchall()
    )


def _similarity(asked: str, other: str) -> float:
    """Similarity in percent; of the longer text, only the best-matching part counts, unless the other is very short."""
    return fuzz.partial_ratio(asked, other) if len(other) >= len(asked) / 2 else fuzz.ratio(asked, other)


def _by_words(store: Store, text: str) -> list[tuple[float, str]]:
    """Similarity in percent and quotation of the passages that have most telling words of ``text``."""
    telling = [word for word in dict.fromkeys(keys_of(text)) if information([encode(word)])[0] >= _MIN_TELLING]
    if len(telling) < 2:
        return []
    bits = signature(telling)
    least = ceil(_MIN_SHARED * sum(part.bit_count() for part in bits))
    numbers = store.once(_Signatures).with_most(bits, least, _MAX_PASSAGES)
    code, sought = encode(text), [joined([word]) for word in telling]
    scores = {
        number: _similarity(code, encode(words))
        for number, words, _ in _words_at(store.connection, numbers)
        if sum(word in words for word in sought) >= least  # another word may have set the bit
    }
    near = [number for number, score in scores.items() if score >= _MIN_SIMILARITY]
    return [
        (scores[number], quotation)
        for number, hit in zip(near, _passages_at(store.connection, near), strict=True)
        for quotation in hit.quotations.split()
    ]


def printings_of(store: Store, claims: Collection[str], known: Mapping[str, Printing]) -> dict[str, list[Printing]]:
    """Return all printings of each claim, earliest first. Those in ``known``, by quotation, are not read again."""
    pairs = rows(store.connection, "claim_id, quotation_id", "claim_quotations", "claim_id", sorted(claims))
    unknown = {quotation for _, quotation in pairs} - known.keys()
    found = {**known, **store.once(Record).printings(unknown)}
    grouped: dict[str, list[Printing]] = {}
    for claim, quotation in pairs:
        if quotation not in found:
            continue  # rejected, but the command was killed before clustering
        grouped.setdefault(claim, []).append(found[quotation])
    for group in grouped.values():
        group.sort(key=lambda p: (p.published_at is None, p.published_at, p.quotation_id))
    return grouped
