"""Quotations to claims: the printings of one utterance, found however their wording drifted.

Sentences (``wordings``) that share a telling run of words (``windows``, ``candidates``) are compared word by word
(``likeness``); alike ones are gathered around what they have in common (``cores``); a core that no other swallows is a
claim (``claims``). Each step depends on its input alone and on nothing that came before, so what changed can be done by
itself, and the outcome is that of doing everything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from operator import itemgetter

import numpy as np

from quotetrack.cluster import candidates, sql, update
from quotetrack.cluster.claims import claims_of
from quotetrack.cluster.components import components
from quotetrack.cluster.copies import group_copies
from quotetrack.cluster.grouping import Portion, found_cores, portions
from quotetrack.cluster.likeness import likenesses
from quotetrack.cluster.packed import Packed
from quotetrack.cluster.windows import keys, windows
from quotetrack.cluster.wordings import wordings
from quotetrack.jobs.workers import Spread, portioned
from quotetrack.store import Store

VERSION = "6"  # raise it when the same quotations would be clustered otherwise: everything is then clustered again
_AT_ONCE = 100_000  # wordings
_HANDED_OVER = 10_000  # quotations in a portion of work
_WRITTEN = 20  # such portions in one transaction
_ANEW = 0.2  # of all quotations; where more have changed, doing everything is quicker


def cluster(store: Store) -> int:
    """Bring claims and their printings up to date; returns how many claims there are.

    Where little has changed, all is written together or not at all. Doing everything takes several transactions, since
    what one has changed lies in memory until its end; nothing is remembered before the last of them, so a run that was
    stopped is done again.
    """
    with Spread() as spread:
        _cluster(store, spread)
    return sql.number(store.connection, "SELECT count(*) FROM claims")


def _cluster(store: Store, spread: Spread) -> None:
    connection = store.connection
    with store.transaction():
        group_copies(connection, spread)  # first: what is said in copies of one article needs less evidence
    with store.transaction():
        changed, total = sql.find_changes(connection, VERSION)
        everything = changed > _ANEW * total
        if changed and not everything:
            sql.restore_indexes(connection)  # a stopped run may have left none
            update.changes(connection, spread, changed)
            for _ in _publish(connection, spread, changed):
                pass  # all in one transaction
            sql.remember(connection)
    if everything:
        with store.transaction():
            sql.drop_indexes(connection)
        with store.transaction():
            sql.forget_all(connection)
        with store.transaction():
            _word(connection, spread, total)
        with store.transaction():
            _compare(connection, spread, total)
        with store.transaction():
            sql.forget_all_claims(connection)
        with store.transaction():
            sql.restore_indexes(connection)
            for portion, _ in enumerate(_publish(connection, spread, total)):
                if portion % _WRITTEN == 0:
                    sql.write_out(connection)
            sql.remember_all(connection, VERSION)


def _word(connection: sql.Connection, spread: Spread, total: int) -> None:
    """The wordings of all quotations."""
    sql.begin_wordings(connection)
    texts = (part for rows in sql.all_texts(connection) for part in portioned(rows, _HANDED_OVER))
    for quotations, held in spread.over(_worded, texts, total):
        sql.add(connection, "held", quotation_id=quotations, code=held)
    sql.write_out(connection)
    sql.number_wordings(connection)


def _worded(rows: Sequence[tuple[str, str, int, list[str]]]) -> tuple[list[str], list[str]]:
    """Each different wording of each of some quotations, and the quotation's identifier with it."""
    quotations: list[str] = []
    held: list[str] = []
    for quotation, text, pieces, verbatim in rows:
        for code in dict.fromkeys(wordings(text, pieces, verbatim)):
            if code:
                quotations.append(quotation)
                held.append(code)
    return quotations, held


def _compare(connection: sql.Connection, spread: Spread, total: int) -> None:
    """The signatures, windows, pairs and echoes of all wordings; all that these or a second printing concern is ``touched``."""
    listed = Packed(sql.all_codes(connection))
    for start in range(0, len(listed), _AT_ONCE):
        update.sign(connection, np.arange(start, min(start + _AT_ONCE, len(listed))), listed[start : start + _AT_ONCE])
    key = keys(listed)
    found = []
    for packed in candidates.postings(windows(listed)):
        hashed, owners = candidates.unpacked(packed)
        sql.add(connection, "wording_windows", window=hashed, wording_id=owners.astype(np.int32))
        found.append(candidates.pairs(packed, key))
    alike = likenesses(listed, candidates.in_order(found), os.cpu_count() or 1)
    del found
    sql.add(
        connection,
        "wording_pairs",
        shorter=alike.shorter.astype(np.int32),
        longer=alike.longer.astype(np.int32),
        contained=alike.contained,
    )
    component = components(len(listed), *sql.joining_pairs(connection))
    echoed = update.hear(connection, spread, total, changed=False)
    touched = np.unique(np.concatenate([alike.shorter, alike.longer, sql.repeated(connection), echoed])).astype(
        np.int64
    )
    sql.touch(connection, touched, component[touched])


def _publish(connection: sql.Connection, spread: Spread, quotations: int) -> Iterator[None]:
    """Cores of the touched wordings, and the claims of all quotations these affect; stops after each portion written.

    ``quotations``: about how many are touched.
    """
    components = (part for rows in sql.touched_components(connection) for part in portions(Portion(*rows)))
    for cores in spread.over(found_cores, components, quotations):
        sql.add_cores(connection, *cores)
        yield
    sql.absorb(connection)
    sql.forget_claims(connection)
    sql.add_single_claims(connection)
    yield
    printings = (
        part for rows in sql.standing_printings(connection) for part in portioned(rows, _HANDED_OVER, itemgetter(0))
    )
    for made, members in spread.over(claims_of, printings, quotations):
        sql.add_claims(connection, made, members)
        yield
