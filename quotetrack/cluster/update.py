"""What changed, done by itself: the wordings that came or went, the pairs this makes or ends, the cores these concern."""

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
from quotetrack.jobs.workers import Spread, portioned

_HANDED_OVER = 10_000  # pairs of quotations in a portion of work
_MANY = 20_000  # wordings; where fewer hang together, asking who said them takes longer than clustering them

Standing = tuple[NDArray[Any], NDArray[Any]]


def changes(connection: sql.Connection, spread: Spread, quotations: int) -> None:
    """Bring wordings, windows and pairs up to the ``changes`` (that many), and mark what these touch."""
    before = sql.changed_wordings(connection)
    linked = sql.neighbours(connection, before)
    fallen_silent = sql.forget_echoes(connection)
    sql.forget_wordings_of_changes(connection)
    held, added = _hold(connection)
    gone = sql.without_use(connection, before)
    codes = sql.codes_of(connection, [*gone, *added])
    standing = _under(connection, list(codes.values()))
    dirty = set(added) | _disturbed(connection, standing, codes, set(added), set(gone))
    sql.drop_pairs(connection, [*gone, *dirty.difference(added)])
    sql.drop_wordings(connection, gone)
    if dirty != set(codes):
        standing = _under(connection, list(sql.codes_of(connection, sorted(dirty)).values()))
    _pair(connection, sorted(dirty), *standing)
    echoed = hear(connection, spread, quotations, changed=True).tolist()
    here = (set(before) | set(linked) | held | dirty | set(fallen_silent) | set(echoed)) - set(gone)
    shorter, longer = sql.all_pairs(connection)
    start = np.array(sorted(here), dtype=np.int64)
    touched = reached(start, shorter, longer)
    if len(touched) > _MANY:
        shorter, longer = sql.joining_pairs(connection, touched.astype(np.int32))
        touched = reached(start, shorter, longer)
    inside = np.isin(shorter, touched)
    component = components(
        len(touched), np.searchsorted(touched, shorter[inside]), np.searchsorted(touched, longer[inside])
    )
    sql.touch(connection, np.append(touched, gone).astype(np.int64), np.append(component, [-1] * len(gone)))
    sql.forget_cores(connection)


def hear(connection: sql.Connection, spread: Spread, quotations: int, changed: bool) -> NDArray[np.int32]:
    """Find and keep the echoes of all quotations, or of those that changed; returns the wordings they are of.

    ``quotations``: about how many are looked at.
    """
    found: list[int] = []
    pairs = (part for rows in sql.echo_pairs(connection, changed) for part in portioned(rows, _HANDED_OVER))
    for heard in spread.over(_heard, pairs, quotations):
        found += sql.add_echoes(connection, heard)
    return np.array(found, dtype=np.int32)


def _heard(rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, str, str, float]]:
    """The echoes among pairs of quotations, given as ``cluster.sql.echo_pairs`` gives them."""
    heard = echoes([(Statement(*row[:5]), Statement(*row[5:])) for row in rows])
    return [(e.quotation_id, e.other_id, e.code, e.likeness) for e in heard]


def sign(connection: sql.Connection, numbers: NDArray[np.int64], codes: Sequence[str]) -> None:
    """Keep the signatures of wordings."""
    low, high = signatures(codes)
    sql.add(connection, "wording_signatures", wording_id=numbers.astype(np.int32), low=low, high=high)


def _hold(connection: sql.Connection) -> tuple[set[int], list[int]]:
    """Store which wordings the changed quotations hold now; returns them, and those of them that are new."""
    rows = [
        (quotation, code)
        for quotation, text, pieces, verbatim in sql.changed_texts(connection)
        for code in dict.fromkeys(wordings(text, pieces, verbatim))
        if code
    ]
    different = list({code for _, code in rows})
    known = sql.known_codes(connection, different, *signatures(different))
    following = sql.number(connection, "SELECT coalesce(max(wording_id), -1) + 1 FROM wordings")
    added: dict[str, int] = {}
    for _, code in rows:
        if code not in known and code not in added:
            added[code] = following + len(added)
    numbers = known | added
    sql.add(connection, "wordings", wording_id=np.array(list(added.values()), dtype=np.int32), code=list(added))
    sql.add(
        connection,
        "quotation_wordings",
        quotation_id=[quotation for quotation, _ in rows],
        wording_id=np.array([numbers[code] for _, code in rows], dtype=np.int32),
    )
    sign(connection, np.array(list(added.values()), dtype=np.int64), list(added))
    none = np.zeros(0, dtype=np.uint64)
    hashed, owners = candidates.unpacked(np.concatenate([none, *candidates.postings(windows(list(added)))]))
    owned = np.array(list(added.values()), dtype=np.int32)[owners]
    sql.add(connection, "wording_windows", window=hashed, wording_id=owned)
    return set(numbers.values()), list(added.values())


def _under(connection: sql.Connection, codes: list[str]) -> Standing:
    """Window and wording of all that stands under the windows of ``codes``."""
    hashed = np.unique(np.concatenate([np.zeros(0, dtype=np.uint64), *(hashed for hashed, _ in windows(codes))]))
    return sql.under_windows(connection, hashed)


def _disturbed(
    connection: sql.Connection, standing: Standing, codes: dict[int, str], added: set[int], gone: set[int]
) -> set[int]:
    """Wordings whose candidates may be others now, because of how many or which stand under a window of theirs: of the
    windows of ``codes``, which ``added`` and ``gone`` are."""
    members: dict[int, list[int]] = defaultdict(list)
    for window, wording in zip(*(x.tolist() for x in standing), strict=True):
        members[window].append(wording)
    many = {w: set(found) for w, found in members.items() if len(found) > candidates.ALL}
    named = codes | sql.codes_of(connection, sorted({wording for found in many.values() for wording in found}))
    key = dict(zip(named, keys(list(named.values())).tolist(), strict=True))
    disturbed: set[int] = set()
    for found in many.values():
        was, now = found - added, found - gone
        if candidates.heads(was, key) != candidates.heads(now, key):
            disturbed |= now
    return disturbed


def _pair(connection: sql.Connection, dirty: list[int], window: NDArray[Any], wording: NDArray[Any]) -> None:
    """Find and store the pairs of the wordings ``dirty`` with all others, given what stands under their windows."""
    if not dirty:
        return
    present, local = np.unique(wording, return_inverse=True)
    codes = sql.codes_of(connection, present.tolist())
    listed = [codes[number] for number in present.tolist()]
    flagged: NDArray[np.bool_] = np.isin(present, dirty)
    key = keys(listed)
    packed = candidates.postings([(window.astype(np.uint64), local.astype(np.int64))])
    found = [candidates.pairs(part, key, flagged) for part in packed]
    alike = likenesses(Packed([listed]), candidates.in_order(found), os.cpu_count() or 1)
    sql.add(
        connection,
        "wording_pairs",
        shorter=present[alike.shorter].astype(np.int32),
        longer=present[alike.longer].astype(np.int32),
        contained=alike.contained,
    )
