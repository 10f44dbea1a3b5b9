"""Select the pairs of wordings to compare: those that share a window, unless too many do.

Up to ``ALL`` wordings that share a window are all compared with each other. Up to ``COMMONEST``, each is compared with the
same ``HEADS`` of them, so that the work grows linearly. More common windows are ignored. The result does not depend on the
order of the wordings, so the pairs of a subset are the same as in a full run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.windows import WIDTH

ALL = 24
HEADS = 12
COMMONEST = 400
_NUMBER = 64 - WIDTH  # bits for the number of a wording
MOST = 1 << _NUMBER
_AT_ONCE = 4_000_000  # pairs
_PARTS = 64  # a power of two

Numbers = NDArray[np.uint64]


def postings(found: Iterable[tuple[Numbers, NDArray[np.int64]]]) -> Iterator[Numbers]:
    """Pack windows and wordings into one number each; yields sorted arrays without duplicates that share no window."""
    bounds = np.arange(1, _PARTS, dtype=np.uint64) << np.uint64(64 - _PARTS.bit_length() + 1)
    parts: list[list[Numbers]] = [[] for _ in range(_PARTS)]
    for hashed, wording in found:
        packed = (hashed << np.uint64(_NUMBER)) | wording.astype(np.uint64)
        packed.sort()
        for part, numbers in zip(parts, np.split(packed, np.searchsorted(packed, bounds)), strict=True):
            if len(numbers):
                part.append(numbers.copy())  # a view would keep the whole portion in memory
    parts.reverse()
    while parts:
        if part := parts.pop():
            yield _merged(part)


def unpacked(packed: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
    """Return windows and wordings from an array of ``postings``."""
    return packed >> np.uint64(_NUMBER), (packed & np.uint64(MOST - 1)).astype(np.int64)


def heads(members: Collection[int], key: Mapping[int, int]) -> frozenset[int] | None:
    """Return the wordings that all others with the window are compared with.

    ``None`` if all are compared with each other; empty if none are compared. Raises ``KeyError`` for a member without key.
    """
    if len(members) <= ALL:
        return None
    if len(members) > COMMONEST:
        return frozenset()
    return frozenset(sorted(members, key=lambda member: key[member])[:HEADS])


def pairs(packed: Numbers, keys: Numbers, changed: NDArray[np.bool_] | None = None) -> Numbers:
    """Return the pairs to compare for one array of ``postings``, as sorted ``smaller number << 32 | larger number``.

    ``keys`` has a number for each wording that depends only on its words; the heads of a window are those with the smallest
    keys. With ``changed`` (a flag for each wording), only pairs with at least one flagged wording are returned.
    """
    return _merged(list(_all_pairs(packed, keys, changed)))


def in_order(found: Sequence[Numbers]) -> Iterator[Numbers]:
    """Merge arrays of ``pairs`` into sorted arrays without duplicates.

    Works in steps, because most pairs share many windows and joining all arrays at once would need much more memory.
    """
    step = max((int(part[-1]) for part in found if len(part)), default=0) // (sum(map(len, found)) // _AT_ONCE + 1) + 1
    ends = [0] * len(found)
    last = 0
    while any(end < len(part) for part, end in zip(found, ends, strict=True)):
        last += step
        starts, ends = ends, [int(np.searchsorted(part, np.uint64(last))) for part in found]
        yield _merged([part[start:end] for part, start, end in zip(found, starts, ends, strict=True)])


def _merged(found: list[Numbers]) -> Numbers:
    joined = np.concatenate([np.zeros(0, dtype=np.uint64), *found])
    joined.sort()
    return joined[_changes(joined)]


def _changes(ordered: Numbers) -> NDArray[np.bool_]:
    """Flag the positions in a sorted array where the value changes."""
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def _all_pairs(packed: Numbers, keys: Numbers, changed: NDArray[np.bool_] | None) -> Iterator[Numbers]:
    starts = np.flatnonzero(_changes(packed >> np.uint64(_NUMBER)))
    sizes = np.diff(np.append(starts, len(packed)))
    wordings = unpacked(packed)[1]
    for size in range(2, ALL + 1):
        rows = starts[sizes == size]
        step = max(1, 4_000_000 // (size * size))
        for i in range(0, len(rows), step):
            members = wordings[rows[i : i + step, None] + np.arange(size)]
            a, b = np.triu_indices(size, 1)
            yield _packed(members[:, a].ravel(), members[:, b].ravel(), changed)
    for start, size in zip(*(x[(sizes > ALL) & (sizes <= COMMONEST)] for x in (starts, sizes)), strict=True):
        members = wordings[start : start + size]
        heads = members[np.argsort(keys[members])[:HEADS]]
        yield _packed(np.repeat(heads, size), np.tile(members, len(heads)), changed)


def _packed(a: NDArray[np.int64], b: NDArray[np.int64], changed: NDArray[np.bool_] | None) -> Numbers:
    keep = a != b if changed is None else (a != b) & (changed[a] | changed[b])
    a, b = a[keep], b[keep]
    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    found = (low << np.uint64(32)) | high
    found.sort()
    return found[_changes(found)] if len(found) else found
