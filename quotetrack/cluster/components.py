"""Which wordings hang together by pairs, however far: what must be clustered together."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def components(count: int, a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.int64]:
    """For each of ``count`` nodes the least node it is connected to, given edges from ``a`` to ``b``.

    Each node takes the least label of its neighbours and then that of its label, until nothing changes (Shiloach and
    Vishkin 1982, without the randomness).
    """
    label = np.arange(count, dtype=np.int64)
    while True:
        before = label.copy()
        np.minimum.at(label, a, before[b])
        np.minimum.at(label, b, before[a])
        np.minimum.at(label, before[a], before[b])
        np.minimum.at(label, before[b], before[a])
        while not np.array_equal(label, label[label]):
            label = label[label]
        if np.array_equal(label, before):
            return label


def reached(start: NDArray[Any], a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.int64]:
    """``start`` and all nodes connected to one of them, sorted."""
    size = int(max((int(x.max()) for x in (start, a, b) if len(x)), default=-1)) + 1
    seen = np.zeros(size, dtype=bool)
    seen[start] = True
    while len(crossing := np.flatnonzero(seen[a] != seen[b])):
        seen[a[crossing]] = seen[b[crossing]] = True
    return np.flatnonzero(seen)
