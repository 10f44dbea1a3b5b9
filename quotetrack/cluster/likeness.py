"""Compare wordings word by word, independent of speakers and dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from quotetrack.cluster.packed import Packed
from quotetrack.cluster.windows import informative_runs, mixed

ALIKE = 80.0  # minimum percentage of the shorter wording contained in the longer, in order and close together
RUN = 7  # minimum number of consecutive common words if the rest differs
RUN_BITS = 50.0  # minimum information of such a run
_RUN_WITHIN = 45.0  # minimum percentage if the two share such a run
_BESIDE = 8  # words
_UNLIKE = 45.0  # percent
_AT_ONCE = 500_000
_PREFIX_BITS = 24


@dataclass(frozen=True, slots=True)
class Likenesses:
    """Pairs of similar wordings, by number, as arrays.

    ``contained`` is the share in 0..1 of the shorter wording contained in the longer; below ``ALIKE`` they share a run.
    """

    shorter: NDArray[np.int64]
    longer: NDArray[np.int64]
    contained: NDArray[np.float32]


def likenesses(wordings: Packed, pairs: Iterable[NDArray[np.uint64]], workers: int = 1) -> Likenesses:
    """Compare ``pairs`` of ``wordings``, from ``candidates.in_order``, and return the similar ones."""
    portions = (part[i : i + _AT_ONCE] for part in pairs for i in range(0, len(part), _AT_ONCE))
    parts = [_likenesses(wordings, portion, workers) for portion in chain([np.zeros(0, dtype=np.uint64)], portions)]
    return Likenesses(
        np.concatenate([p.shorter for p in parts]),
        np.concatenate([p.longer for p in parts]),
        np.concatenate([p.contained for p in parts]),
    )


def _likenesses(wordings: Packed, pairs: NDArray[np.uint64], workers: int) -> Likenesses:
    first = (pairs >> np.uint64(32)).astype(np.int64)
    second = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    a, b = _strings(wordings, first), _strings(wordings, second)
    worth = _worth_comparing(a, b, np.minimum(wordings.lengths(first), wordings.lengths(second)), workers)
    first, second, a, b = first[worth], second[worth], [a[i] for i in worth.tolist()], [b[i] for i in worth.tolist()]
    scores = process.cpdist(
        a,
        b,
        scorer=fuzz.partial_ratio,
        score_cutoff=_RUN_WITHIN,
        dtype=np.float32,
        workers=workers,
    )
    keep = scores >= ALIKE
    unlike = np.flatnonzero((scores >= _RUN_WITHIN) & ~keep)
    keep[unlike] = share_runs([a[i] for i in unlike.tolist()], [b[i] for i in unlike.tolist()])
    first, second, scores = first[keep], second[keep], scores[keep]
    sizes, others = wordings.lengths(first), wordings.lengths(second)
    swapped = others < sizes
    kept = np.flatnonzero(keep)
    for place in np.flatnonzero(others == sizes).tolist():
        swapped[place] = b[kept[place]] < a[kept[place]]
    return Likenesses(
        np.where(swapped, second, first), np.where(swapped, first, second), (scores / 100).astype(np.float32)
    )


def _strings(wordings: Packed, places: NDArray[np.int64]) -> list[str]:
    """Return the wordings at ``places``; repeated ones are decoded only once."""
    wanted = np.zeros(len(wordings), dtype=bool)
    wanted[places] = True
    made = np.array(wordings.take(np.flatnonzero(wanted)), dtype=object)
    found: list[str] = made[(np.cumsum(wanted) - 1)[places]].tolist()
    return found


def _worth_comparing(a: Sequence[str], b: Sequence[str], shorter: NDArray[np.int64], workers: int) -> NDArray[np.int64]:
    """Return the indices of the pairs that may be similar, given the lengths of their shorter wordings.

    The longest common subsequence gives an upper bound of the similarity and is seven times as fast.
    """
    common = process.cpdist(a, b, scorer=LCSseq.similarity, dtype=np.int32, workers=workers)
    most = 200 * common / np.maximum(shorter + common, 1) + 0.001  # percent, with a margin for rounding
    return np.flatnonzero((most >= ALIKE) | ((most >= _RUN_WITHIN) & (common >= RUN)))


def share_runs(a: Sequence[str], b: Sequence[str]) -> NDArray[np.bool_]:
    """For each pair of the two lists, whether both contain the same ``RUN`` consecutive words with at least ``RUN_BITS``."""
    runs, owners = informative_runs(a, RUN, RUN_BITS)
    others, other_owners = informative_runs(b, RUN, RUN_BITS)
    # Combine the hash of the run with the number of the pair, so that one sort finds the common runs of all pairs.
    sought, held = mixed(runs ^ mixed(owners)), mixed(others ^ mixed(other_owners))
    likely = _may_contain(held, sought)
    sought, owners, held = sought[likely], owners[likely], held[_may_contain(sought, held)]
    held = np.append(np.sort(held), np.uint64(0))
    found = np.zeros(len(a), dtype=bool)
    found[owners[held[np.searchsorted(held[:-1], sought)] == sought]] = True
    return found


def _may_contain(others: NDArray[np.uint64], numbers: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Flag the ``numbers`` that may be in ``others``, by their first bits; ten times as fast as an exact lookup."""
    table = np.zeros(1 << _PREFIX_BITS, dtype=bool)
    table[others >> np.uint64(64 - _PREFIX_BITS)] = True
    return table[numbers >> np.uint64(64 - _PREFIX_BITS)]  # type: ignore[no-any-return]


def diverge(a: str, b: str) -> bool:
    """Whether the words before or after the longest common run differ.

    Two excerpts of one verbatim utterance may have different ends, but their common part is the same.
    """
    start_a, start_b, size = longest_run(a, b)
    before = a[max(0, start_a - _BESIDE) : start_a], b[max(0, start_b - _BESIDE) : start_b]
    after = (x[end : end + _BESIDE] for x, end in ((a, start_a + size), (b, start_b + size)))
    return any(min(len(x), len(y)) >= 3 and fuzz.ratio(x, y) < _UNLIKE for x, y in (before, tuple(after)))


def longest_run(a: str, b: str) -> tuple[int, int, int]:
    """Return the start in ``a``, the start in ``b`` and the length of the longest common run; the first one if several.

    Two wordings with a common run of some length have one of every smaller length, so the length is found by bisection.
    For the short strings compared here this is three times as fast as ``difflib``.
    """
    least, most = 0, min(len(a), len(b))
    while least < most:
        length = (least + most + 1) // 2
        runs = {a[start : start + length] for start in range(len(a) - length + 1)}
        if runs.isdisjoint([b[start : start + length] for start in range(len(b) - length + 1)]):
            most = length - 1
        else:
            least = length
    first = next(start for start in range(len(a) - least + 1) if a[start : start + least] in b)
    return first, b.find(a[first : first + least]), least


def common_share(a: str, b: str) -> float:
    """Return the share in 0..1 of the words of both that are in both, in order."""
    return fuzz.ratio(a, b) / 100


def position(short: str, long: str) -> tuple[int, int]:
    """Return the position of ``short`` in ``long``: the index of the first word, and after the last."""
    found = fuzz.partial_ratio_alignment(short, long)
    return (found.dest_start, found.dest_end) if found else (0, len(long))
