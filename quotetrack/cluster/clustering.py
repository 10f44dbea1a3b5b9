"""Run all steps of clustering, incrementally or from scratch."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from operator import itemgetter

import numpy as np

from quotetrack.cluster import candidates, sql, update
from quotetrack.cluster.claims import claims_of
from quotetrack.cluster.components import components
from quotetrack.cluster.copies import copies_outdated, group_copies
from quotetrack.cluster.grouping import Portion, found_cores, portions
from quotetrack.cluster.likeness import likenesses
from quotetrack.cluster.packed import Packed
from quotetrack.cluster.windows import keys, windows
from quotetrack.cluster.wordings import wordings
from quotetrack.jobs.workers import ParallelMap, split_rows
from quotetrack.store import Store

VERSION = "8"  # increase it when the result for the same quotations changes, to force a full rebuild
_AT_ONCE = 100_000  # wordings
_PORTION = 10_000  # quotations per portion of work
_PORTIONS_PER_TRANSACTION = 20
_REBUILD_SHARE = 0.2  # if a larger share of all quotations has changed, a full rebuild is faster


def cluster(store: Store) -> int:
    """Update claims and their printings; returns the number of claims.

    An incremental update is one transaction. A full rebuild uses several, because DuckDB keeps the changes of a transaction
    in memory; it is marked as done in the last one, so an interrupted rebuild is repeated. Inside a transaction the update
    is always incremental, which gives the same result.
    """
    with ParallelMap() as pool:
        _cluster(store, pool)
    return sql.number(store.connection, "SELECT count(*) FROM claims")


def is_clustered(store: Store) -> bool:
    """Whether nothing that clustering uses has changed since the last call of ``cluster``."""
    with store.transaction():
        return not copies_outdated(store.connection) and sql.find_changes(store.connection, VERSION)[0] == 0


def _cluster(store: Store, pool: ParallelMap) -> None:
    connection = store.connection
    # A rebuild creates indexes, which DuckDB does not do in a transaction that has changed their tables.
    may_rebuild = not store.in_transaction
    with store.transaction():
        group_copies(connection, pool)  # first, because quotations in copies of one article need less evidence
    with store.transaction():
        changed, total = sql.find_changes(connection, VERSION)
        rebuild = changed > _REBUILD_SHARE * total and may_rebuild
        if changed and not rebuild:
            sql.restore_indexes(connection)  # an interrupted rebuild may have dropped them
            update.changes(connection, pool, changed)
            for _ in _publish(connection, pool, changed):
                pass  # all in one transaction
            sql.mark_changes_clustered(connection)
    if rebuild:
        with store.transaction():
            sql.drop_indexes(connection)
        with store.transaction():
            sql.delete_all(connection)
        with store.transaction():
            _store_wordings(connection, pool, total)
        with store.transaction():
            _compare(connection, pool, total)
        with store.transaction():
            sql.delete_all_claims(connection)
        with store.transaction():
            sql.restore_indexes(connection)
            for portion, _ in enumerate(_publish(connection, pool, total)):
                if portion % _PORTIONS_PER_TRANSACTION == 0:
                    sql.write_out(connection)
            sql.mark_all_clustered(connection, VERSION)


def _store_wordings(connection: sql.Connection, pool: ParallelMap, total: int) -> None:
    """Compute and store the wordings of all quotations."""
    sql.begin_wordings(connection)
    texts = (part for rows in sql.all_texts(connection) for part in split_rows(rows, _PORTION))
    for quotations, codes in pool.map(_wordings_of, texts, total):
        sql.add(connection, "held", quotation_id=quotations, code=codes)
    sql.write_out(connection)
    sql.number_wordings(connection)


def _wordings_of(rows: Sequence[tuple[str, str, int, list[str]]]) -> tuple[list[str], list[str]]:
    """Return quotation identifiers and wordings, one pair for each distinct wording of each quotation."""
    quotations: list[str] = []
    codes: list[str] = []
    for quotation, text, pieces, verbatim in rows:
        for code in dict.fromkeys(wordings(text, pieces, verbatim)):
            if code:
                quotations.append(quotation)
                codes.append(code)
    return quotations, codes


def _compare(connection: sql.Connection, pool: ParallelMap, total: int) -> None:
    """Compute signatures, windows, pairs and echoes of all wordings; fill ``touched`` with all wordings in a pair or echo,
    or in several quotations."""
    listed = Packed(sql.all_codes(connection))
    for start in range(0, len(listed), _AT_ONCE):
        update.store_signatures(
            connection, np.arange(start, min(start + _AT_ONCE, len(listed))), listed[start : start + _AT_ONCE]
        )
    key = keys(listed)
    found = []
    for packed in candidates.postings(windows(listed)):
        hashed, owners = candidates.unpacked(packed)
        sql.add(connection, "wording_windows", window=hashed, wording_id=owners.astype(np.int32))
        found.append(candidates.pairs(packed, key))
    similar = likenesses(listed, candidates.in_order(found), os.cpu_count() or 1)
    del found
    sql.add(
        connection,
        "wording_pairs",
        shorter=similar.shorter.astype(np.int32),
        longer=similar.longer.astype(np.int32),
        contained=similar.contained,
    )
    component = components(len(listed), *sql.joining_pairs(connection))
    echoed = update.find_echoes(connection, pool, total, changed=False)
    touched = np.unique(np.concatenate([similar.shorter, similar.longer, sql.repeated(connection), echoed])).astype(
        np.int64
    )
    sql.touch(connection, touched, component[touched])


def _publish(connection: sql.Connection, pool: ParallelMap, quotations: int) -> Iterator[None]:
    """Write the cores of the touched wordings and the claims of all affected quotations; yields after each portion.

    ``quotations`` is the approximate number of quotations concerned.
    """
    components = (part for rows in sql.touched_components(connection) for part in portions(Portion(*rows)))
    for cores in pool.map(found_cores, components, quotations):
        sql.add_cores(connection, *cores)
        yield
    sql.select_claims(connection)
    sql.delete_claims(connection)
    sql.add_single_claims(connection)
    yield
    printings = (part for rows in sql.claim_printings(connection) for part in split_rows(rows, _PORTION, itemgetter(0)))
    for made, members in pool.map(claims_of, printings, quotations):
        sql.add_claims(connection, made, members)
        yield
