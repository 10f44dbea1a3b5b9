"""How alike two wordings are, word for word. Nothing here knows who spoke or when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from quotetrack.cluster.packed import Packed
from quotetrack.cluster.windows import mixed, telling_runs

ALIKE = 80.0  # percent of the words of the shorter that stand in the longer, in their order and close together
RUN = 7  # words in a row that two wordings share whose rest differs
RUN_BITS = 50.0
_RUN_WITHIN = 45.0  # percent; below, the run is too little of the shorter
_BESIDE = 8  # words
_UNLIKE = 45.0  # percent
_AT_ONCE = 500_000
_FIRST = 24  # bits


@dataclass(frozen=True, slots=True)
class Likenesses:
    """Pairs of wordings (their numbers) that are alike, one array a field.

    ``contained`` is the share in 0..1 of the shorter that stands in the longer; below ``ALIKE`` the two share a run.
    """

    shorter: NDArray[np.int64]
    longer: NDArray[np.int64]
    contained: NDArray[np.float32]


def likenesses(wordings: Packed, pairs: Iterable[NDArray[np.uint64]], workers: int = 1) -> Likenesses:
    """Compare the ``pairs``, given as ``candidates.in_order`` gives them, over ``wordings``; keep the alike."""
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
    turned = others < sizes
    kept = np.flatnonzero(keep)
    for place in np.flatnonzero(others == sizes).tolist():
        turned[place] = b[kept[place]] < a[kept[place]]
    return Likenesses(
        np.where(turned, second, first), np.where(turned, first, second), (scores / 100).astype(np.float32)
    )


def _strings(wordings: Packed, places: NDArray[np.int64]) -> list[str]:
    """The wordings of these numbers; one that is asked for again and again is made a string once."""
    wanted = np.zeros(len(wordings), dtype=bool)
    wanted[places] = True
    made = np.array(wordings.take(np.flatnonzero(wanted)), dtype=object)
    found: list[str] = made[(np.cumsum(wanted) - 1)[places]].tolist()
    return found


def _worth_comparing(a: Sequence[str], b: Sequence[str], shorter: NDArray[np.int64], workers: int) -> NDArray[np.int64]:
    """The pairs that may be alike, given the lengths of their shorter wordings.

    How many words stand in both in order bounds how alike any stretch of the longer is, and takes a seventh of the time.
    """
    common = process.cpdist(a, b, scorer=LCSseq.similarity, dtype=np.int32, workers=workers)
    most = 200 * common / np.maximum(shorter + common, 1) + 0.001  # percent; rounding must leave nothing out
    return np.flatnonzero((most >= ALIKE) | ((most >= _RUN_WITHIN) & (common >= RUN)))


def share_runs(a: Sequence[str], b: Sequence[str]) -> NDArray[np.bool_]:
    """Whether ``RUN`` words stand in a row in both that tell ``RUN_BITS`` or more, for each pair of the two lists."""
    runs, owners = telling_runs(a, RUN, RUN_BITS)
    others, other_owners = telling_runs(b, RUN, RUN_BITS)
    # The number of the pair is hashed into that of the run, so that one sort finds what the two of each have in common.
    sought, held = mixed(runs ^ mixed(owners)), mixed(others ^ mixed(other_owners))
    likely = _hit(sought, held)
    sought, owners, held = sought[likely], owners[likely], held[_hit(held, sought)]
    held = np.append(np.sort(held), np.uint64(0))
    found = np.zeros(len(a), dtype=bool)
    found[owners[held[np.searchsorted(held[:-1], sought)] == sought]] = True
    return found


def _hit(numbers: NDArray[np.uint64], others: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of ``numbers`` may be among ``others``, by their first bits: looking those up in order takes ten times as long."""
    table = np.zeros(1 << _FIRST, dtype=bool)
    table[others >> np.uint64(64 - _FIRST)] = True
    return table[numbers >> np.uint64(64 - _FIRST)]  # type: ignore[no-any-return]


def parted(a: str, b: str) -> bool:
    """Whether the words beside the longest run that stands in both differ where both go on: two cuts of one verbatim
    utterance may end where they like, but what both print is the same."""
    run = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    before = a[max(0, run.a - _BESIDE) : run.a], b[max(0, run.b - _BESIDE) : run.b]
    after = (x[end : end + _BESIDE] for x, end in ((a, run.a + run.size), (b, run.b + run.size)))
    return any(min(len(x), len(y)) >= 3 and fuzz.ratio(x, y) < _UNLIKE for x, y in (before, tuple(after)))


def whole(a: str, b: str) -> float:
    """The share in 0..1 of the words of both that stand in both, in their order."""
    return fuzz.ratio(a, b) / 100


def place(short: str, long: str) -> tuple[int, int]:
    """Where ``short`` lies in ``long``: the first word and the one after the last."""
    found = fuzz.partial_ratio_alignment(short, long)
    return (found.dest_start, found.dest_end) if found else (0, len(long))
