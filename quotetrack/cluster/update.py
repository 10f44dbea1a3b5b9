"""Incremental update: added and removed wordings, their pairs and echoes, and the affected cores."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster import candidates, sql
from quotetrack.cluster.components import components, reached
from quotetrack.cluster.echoes import Statement, echoes
from quotetrack.cluster.likeness import likenesses
from quotetrack.cluster.packed import Packed
from quotetrack.cluster.windows import keys, signatures, windows
from quotetrack.cluster.wordings import wordings
from quotetrack.jobs.workers import ParallelMap, split_rows

_PORTION = 10_000  # pairs of quotations per portion of work
_MANY = 20_000  # wordings; for fewer, filtering pairs by speakers takes longer than clustering them

Postings = tuple[NDArray[Any], NDArray[Any]]


def changes(connection: sql.Connection, pool: ParallelMap, quotations: int) -> None:
    """Update wordings, windows, pairs and echoes for the table ``changes``, and fill ``touched``.

    ``quotations`` is the number of changed quotations.
    """
    before = sql.changed_wordings(connection)
    linked = sql.neighbours(connection, before)
    formerly_echoed = sql.delete_echoes(connection)
    sql.delete_wordings_of_changes(connection)
    current, added = _store_wordings(connection)
    removed = sql.unused_wordings(connection, before)
    codes = sql.codes_of(connection, [*removed, *added])
    postings = _postings_of(connection, list(codes.values()))
    dirty = set(added) | _with_changed_candidates(connection, postings, codes, set(added), set(removed))
    sql.drop_pairs(connection, [*removed, *dirty.difference(added)])
    sql.drop_wordings(connection, removed)
    if dirty != set(codes):
        postings = _postings_of(connection, list(sql.codes_of(connection, sorted(dirty)).values()))
    _store_pairs(connection, sorted(dirty), *postings)
    echoed = find_echoes(connection, pool, quotations, changed=True).tolist()
    seeds = (set(before) | set(linked) | current | dirty | set(formerly_echoed) | set(echoed)) - set(removed)
    shorter, longer = sql.all_pairs(connection)
    start = np.array(sorted(seeds), dtype=np.int64)
    touched = reached(start, shorter, longer)
    if len(touched) > _MANY:
        shorter, longer = sql.joining_pairs(connection, touched.astype(np.int32))
        touched = reached(start, shorter, longer)
    inside = np.isin(shorter, touched)
    component = components(
        len(touched), np.searchsorted(touched, shorter[inside]), np.searchsorted(touched, longer[inside])
    )
    sql.touch(connection, np.append(touched, removed).astype(np.int64), np.append(component, [-1] * len(removed)))
    sql.delete_cores(connection)


def find_echoes(connection: sql.Connection, pool: ParallelMap, quotations: int, changed: bool) -> NDArray[np.int32]:
    """Find and store the echoes of all quotations, or only of changed ones; returns the repeated wordings.

    ``quotations`` is the approximate number of quotations to process.
    """
    found: list[int] = []
    pairs = (part for rows in sql.echo_pairs(connection, changed) for part in split_rows(rows, _PORTION))
    for rows_found in pool.map(_echo_rows, pairs, quotations):
        found += sql.add_echoes(connection, rows_found)
    return np.array(found, dtype=np.int32)


def _echo_rows(rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, str, str, float]]:
    """Return the rows of echoes among pairs of quotations from ``cluster.sql.echo_pairs``."""
    found = echoes([(Statement(*row[:5]), Statement(*row[5:10]), row[10]) for row in rows])
    return [(e.quotation_id, e.other_id, e.code, e.likeness) for e in found]


def store_signatures(connection: sql.Connection, numbers: NDArray[np.int64], codes: Sequence[str]) -> None:
    """Store the signatures of wordings."""
    low, high = signatures(codes)
    sql.add(connection, "wording_signatures", wording_id=numbers.astype(np.int32), low=low, high=high)


def _store_wordings(connection: sql.Connection) -> tuple[set[int], list[int]]:
    """Store the current wordings of the changed quotations; returns all of them, and the new ones."""
    rows = [
        (quotation, code)
        for quotation, text, pieces, verbatim in sql.changed_texts(connection)
        for code in dict.fromkeys(wordings(text, pieces, verbatim))
        if code
    ]
    distinct = list({code for _, code in rows})
    known = sql.known_codes(connection, distinct, *signatures(distinct))
    next_number = sql.number(connection, "SELECT coalesce(max(wording_id), -1) + 1 FROM wordings")
    added: dict[str, int] = {}
    for _, code in rows:
        if code not in known and code not in added:
            added[code] = next_number + len(added)
    numbers = known | added
    sql.add(connection, "wordings", wording_id=np.array(list(added.values()), dtype=np.int32), code=list(added))
    sql.add(
        connection,
        "quotation_wordings",
        quotation_id=[quotation for quotation, _ in rows],
        wording_id=np.array([numbers[code] for _, code in rows], dtype=np.int32),
    )
    store_signatures(connection, np.array(list(added.values()), dtype=np.int64), list(added))
    none = np.zeros(0, dtype=np.uint64)
    hashed, owners = candidates.unpacked(np.concatenate([none, *candidates.postings(windows(list(added)))]))
    owned = np.array(list(added.values()), dtype=np.int32)[owners]
    sql.add(connection, "wording_windows", window=hashed, wording_id=owned)
    return set(numbers.values()), list(added.values())


def _postings_of(connection: sql.Connection, codes: list[str]) -> Postings:
    """Return window and wording for all wordings that share a window with ``codes``."""
    hashed = np.unique(np.concatenate([np.zeros(0, dtype=np.uint64), *(hashed for hashed, _ in windows(codes))]))
    return sql.under_windows(connection, hashed)


def _with_changed_candidates(
    connection: sql.Connection, postings: Postings, codes: dict[int, str], added: set[int], removed: set[int]
) -> set[int]:
    """Return the wordings whose candidate pairs may have changed, because the heads of one of their windows have changed.

    ``postings`` are those of ``codes``, the ``added`` and ``removed`` wordings.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for window, wording in zip(*(x.tolist() for x in postings), strict=True):
        members[window].append(wording)
    many = {w: set(found) for w, found in members.items() if len(found) > candidates.ALL}
    named = codes | sql.codes_of(connection, sorted({wording for found in many.values() for wording in found}))
    key = dict(zip(named, keys(list(named.values())).tolist(), strict=True))
    affected: set[int] = set()
    for found in many.values():
        before, after = found - added, found - removed
        if candidates.heads(before, key) != candidates.heads(after, key):
            affected |= after
    return affected


def _store_pairs(connection: sql.Connection, dirty: list[int], window: NDArray[Any], wording: NDArray[Any]) -> None:
    """Find and store the pairs of the wordings ``dirty`` with all others, given the postings of their windows."""
    if not dirty:
        return
    present, local = np.unique(wording, return_inverse=True)
    codes = sql.codes_of(connection, present.tolist())
    listed = [codes[number] for number in present.tolist()]
    flagged: NDArray[np.bool_] = np.isin(present, dirty)
    key = keys(listed)
    packed = candidates.postings([(window.astype(np.uint64), local.astype(np.int64))])
    found = [candidates.pairs(part, key, flagged) for part in packed]
    similar = likenesses(Packed([listed]), candidates.in_order(found), os.cpu_count() or 1)
    sql.add(
        connection,
        "wording_pairs",
        shorter=present[similar.shorter].astype(np.int32),
        longer=present[similar.longer].astype(np.int32),
        contained=similar.contained,
    )
