"""Hash informative runs of words (windows), which are used to find similar wordings.

Shingles with a fixed number of words are too short for common words (``at the end of the day``) and too long for rare ones.
A window therefore starts at each word and extends until it contains ``BITS`` of information. Windows depend only on their
own words, so two wordings with a long enough common run share its windows, whatever surrounds it. This measures containment,
which is robust against truncation, unlike the resemblance measured by MinHash (Broder 1997).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.wordings import bits

BITS = 30.0
SHORTEST = 3  # words
WIDTH = 36  # bits of the hash of a window; the remaining 28 of 64 are for the number of a wording
_AT_ONCE = 100_000  # wordings; bounds memory
_FEW = 100_000  # words; fewer are hashed one by one
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2 to the 64


@cache
def _bits() -> NDArray[np.float32]:
    return bits()


def _hashes(flat: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return a hash of each code point (splitmix64: Steele, Lea and Flood 2014)."""
    if len(flat) < _FEW:
        return mixed((flat.astype(np.uint64) + np.uint64(1)) * np.uint64(_FACTOR))
    return _hashed()[flat]


@cache
def _hashed() -> NDArray[np.uint64]:
    """The hashes of all code points, which take 20 ms."""
    return mixed(np.arange(1, 0x110001, dtype=np.uint64) * np.uint64(_FACTOR))


def mixed(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Mix the bits of each number with a bijective function (the finaliser of splitmix64)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def points(wordings: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return all code points in one array, and the start of each wording followed by the end of the last."""
    flat = np.frombuffer("".join(wordings).encode("utf-32-le"), dtype=np.uint32)
    bounds = np.zeros(len(wordings) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, wordings), dtype=np.int64, count=len(wordings)), out=bounds[1:])
    return flat, bounds


def information(wordings: Sequence[str]) -> NDArray[np.float64]:
    """Return the information content of each wording in bits."""
    flat, bounds = points(wordings)
    total = np.concatenate([[0.0], np.cumsum(_bits()[flat], dtype=np.float64)])
    return total[bounds[1:]] - total[bounds[:-1]]  # type: ignore[no-any-return]


def windows(wordings: Sequence[str]) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
    """Yield, in portions, the hashes (``WIDTH`` bits) of all windows and the index of the wording of each."""
    for start in range(0, len(wordings), _AT_ONCE):
        yield _windows(wordings[start : start + _AT_ONCE], start)


def _windows(wordings: Sequence[str], first: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    flat, bounds = points(wordings)
    size = len(flat)
    owner = np.repeat(np.arange(len(wordings)), np.diff(bounds))
    cumulative = np.zeros(size + 1)
    # All values are multiples of one half, so sums are exact and windows do not depend on their position.
    np.cumsum(_bits()[flat], dtype=np.float64, out=cumulative[1:])
    ends = np.maximum(np.searchsorted(cumulative, cumulative[:-1] + BITS), np.arange(size) + SHORTEST)
    starts = np.flatnonzero(ends <= bounds[1:][owner])
    ends = ends[starts]
    summed, inverses = _summed(flat)
    hashed = mixed((summed[ends] - summed[starts]) * inverses[starts]) >> np.uint64(64 - WIDTH)
    return hashed, owner[starts] + first


def informative_runs(
    wordings: Sequence[str], length: int, least: float
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the hashes of all runs of ``length`` words with at least ``least`` bits, and the index of the wording of each."""
    flat, bounds = points(wordings)
    cumulative = np.zeros(len(flat) + 1)
    np.cumsum(_bits()[flat], dtype=np.float64, out=cumulative[1:])
    owner = np.repeat(np.arange(len(wordings)), np.diff(bounds))
    starts = np.arange(len(flat) - length + 1)
    run_bits = cumulative[starts + length] - cumulative[starts]
    starts = starts[(starts + length <= bounds[1:][owner[starts]]) & (run_bits >= least)]
    summed, inverses = _summed(flat)
    return (summed[starts + length] - summed[starts]) * inverses[starts], owner[starts].astype(np.uint64)


def signatures(wordings: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return a 128-bit signature of each wording as two numbers, with one bit set for each of its words.

    A wording that contains given words has all of their bits set (signature files: Faloutsos and Christodoulakis 1984).
    """
    flat, bounds = points(wordings)
    bit = _hashes(flat) >> np.uint64(57)
    masks = np.uint64(1) << (bit & np.uint64(63))
    none, starts, empty = np.uint64(0), bounds[:-1], np.diff(bounds) == 0
    halves = []
    for half in (bit < np.uint64(64), bit >= np.uint64(64)):
        # reduceat needs a valid start for empty wordings at the end, hence the appended value.
        found = (
            np.bitwise_or.reduceat(np.append(np.where(half, masks, none), none), starts) if len(starts) else masks[:0]
        )
        halves.append(np.where(empty, none, found))
    return halves[0], halves[1]


def keys(wordings: Sequence[str]) -> NDArray[np.uint64]:
    """Return a pseudo-random number for each wording that depends only on its words."""
    found = [_keys(wordings[i : i + _AT_ONCE]) for i in range(0, len(wordings), _AT_ONCE)]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.uint64)


def _keys(wordings: Sequence[str]) -> NDArray[np.uint64]:
    flat, bounds = points(wordings)
    summed, inverses = _summed(flat)
    return mixed((summed[bounds[1:]] - summed[bounds[:-1]]) * inverses[bounds[:-1]])


def _summed(flat: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return cumulative sums of the hashes times powers of a constant, and the inverses of the powers.

    The hash of a run is the difference of two sums times the inverse at its start (a Rabin-Karp rolling hash modulo 2^64).
    """
    powers = np.full(len(flat) + 1, _FACTOR, dtype=np.uint64)
    inverses = np.full(len(flat) + 1, pow(_FACTOR, -1, 1 << 64), dtype=np.uint64)
    powers[0] = inverses[0] = 1
    powers = np.multiply.accumulate(powers)
    inverses = np.multiply.accumulate(inverses)
    summed = np.zeros(len(flat) + 1, dtype=np.uint64)
    np.cumsum(_hashes(flat) * powers[:-1], out=summed[1:])
    return summed, inverses
