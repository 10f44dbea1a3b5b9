"""Connected components of the graph of pairs; each must be clustered as a whole."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def components(count: int, a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.int64]:
    """Return for each of ``count`` nodes the smallest node in its component, given edges from ``a`` to ``b``.

    Repeats label propagation and pointer jumping until nothing changes (Shiloach and Vishkin 1982).
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
    """Return all nodes connected to a node in ``start``, including ``start``, sorted."""
    size = int(max((int(x.max()) for x in (start, a, b) if len(x)), default=-1)) + 1
    seen = np.zeros(size, dtype=bool)
    seen[start] = True
    while len(crossing := np.flatnonzero(seen[a] != seen[b])):
        seen[a[crossing]] = seen[b[crossing]] = True
    return np.flatnonzero(seen)
