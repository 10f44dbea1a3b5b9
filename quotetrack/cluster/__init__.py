"""Quotations to claims: the printings of one utterance, found however their wording drifted.

Sentences (``wordings``) that share a telling run of words (``windows``, ``candidates``) are compared word by word
(``likeness``); alike ones are gathered around what they have in common (``cores``); a core that no other swallows is a
claim (``claims``). Each step depends on its input alone and on nothing that came before, so what changed can be done by
itself, and the outcome is that of doing everything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import groupby

import numpy as np

from quotetrack.cluster import candidates, update
from quotetrack.cluster.claims import Printed, claim
from quotetrack.cluster.components import components
from quotetrack.cluster.copies import group_copies
from quotetrack.cluster.grouping import found_cores
from quotetrack.cluster.likeness import likenesses
from quotetrack.cluster.packed import Packed
from quotetrack.cluster.windows import keys, windows
from quotetrack.cluster.wordings import wordings
from quotetrack.store import Store
from quotetrack.store import claims as sql

VERSION = "2"  # raise it when the same quotations would be clustered otherwise: everything is then clustered again
_AT_ONCE = 100_000  # wordings
_ANEW = 0.2  # of all quotations; where more have changed, doing everything is quicker


def cluster(store: Store) -> int:
    """Bring claims and their printings up to date; returns how many claims there are.

    Where little has changed, all is written together or not at all. Doing everything takes several transactions, since
    what one has changed lies in memory until its end; nothing is remembered before the last of them, so a run that was
    stopped is done again.
    """
    connection = store.connection
    sql.prefer_indexes(connection)
    with store.transaction():
        group_copies(connection)  # first: what is said in copies of one article needs less evidence
    with store.transaction():
        changed, total = sql.find_changes(connection, VERSION)
        everything = changed > _ANEW * total
        if everything:
            sql.forget_all(connection)
        elif changed:
            update.changes(connection)
            for _ in _publish(connection):
                pass  # all in one transaction
            sql.remember(connection)
    if everything:
        with store.transaction():
            _word(connection)
        with store.transaction():
            _compare(connection)
        with store.transaction():
            sql.forget_all_claims(connection)
            for _ in _publish(connection):
                sql.write_out(connection)
            sql.remember_all(connection, VERSION)
    return sql.number(connection, "SELECT count(*) FROM claims")


def _word(connection: sql.Connection) -> None:
    """The wordings of all quotations."""
    sql.begin_wordings(connection)
    for rows in sql.all_texts(connection):
        quotations: list[str] = []
        held: list[str] = []
        for quotation, text, pieces, mixed in rows:
            for code in dict.fromkeys(wordings(text, pieces, mixed)):
                if code:
                    quotations.append(quotation)
                    held.append(code)
        sql.add(connection, "held", quotation_id=quotations, code=held)
        sql.write_out(connection)
    sql.number_wordings(connection)


def _compare(connection: sql.Connection) -> None:
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
    component = components(len(listed), alike.shorter, alike.longer)
    echoed = update.hear(connection, changed=False)
    touched = np.unique(np.concatenate([alike.shorter, alike.longer, sql.repeated(connection), echoed])).astype(
        np.int64
    )
    sql.touch(connection, touched, component[touched])


def _publish(connection: sql.Connection) -> Iterator[None]:
    """Cores of the touched wordings, and the claims of all quotations these affect; stops after each portion written."""
    for printings, pairs, echoes in sql.touched_components(connection):
        found_cores(connection, printings, pairs, echoes)
        yield
    sql.absorb(connection)
    sql.forget_claims(connection)
    sql.add_single_claims(connection)
    yield
    for rows in sql.standing_printings(connection):
        made = [claim([Printed(*row) for row in group]) for _, group in groupby(rows, key=lambda row: row[0])]
        if made:
            sql.add_rows(connection, "claims", [c for c, _ in made])
            sql.add_rows(connection, "claim_quotations", [m for _, members in made for m in members])
        yield
