"""Runs of words telling enough that sharing one is worth a look: the keys under which wordings are compared.

A shingle of a fixed number of words is too short where words are common (``at the end of the day``) and too long where
they are rare. So from each word on a window reaches as far as needed to hold ``BITS`` of information. It depends on
nothing but its own words: two wordings that share a long enough run share its windows, whatever stands around it
(containment survives truncation, which MinHash does not: Broder 1997 has both measures).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.wordings import bits

BITS = 30.0
SHORTEST = 3  # words
WIDTH = 36  # bits of a window's hash, which leaves 28 of 64 for the number of a wording
_AT_ONCE = 100_000  # wordings; bounds memory
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2 to the 64


@cache
def _bits() -> NDArray[np.float32]:
    return bits()


@cache
def _hashes() -> NDArray[np.uint64]:
    """A well mixed number for each code point (splitmix64: Steele, Lea and Flood 2014)."""
    return mixed(np.arange(1, 0x110001, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))


def mixed(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Another number for each, one to one, all bits of which depend on all bits of the first."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def points(wordings: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """All code points in a row, and where each wording begins, with the end of the last."""
    flat = np.frombuffer("".join(wordings).encode("utf-32-le"), dtype=np.uint32)
    bounds = np.zeros(len(wordings) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, wordings), dtype=np.int64, count=len(wordings)), out=bounds[1:])
    return flat, bounds


def information(wordings: Sequence[str]) -> NDArray[np.float64]:
    """How much each wording tells, in bits."""
    flat, bounds = points(wordings)
    total = np.concatenate([[0.0], np.cumsum(_bits()[flat], dtype=np.float64)])
    return total[bounds[1:]] - total[bounds[:-1]]  # type: ignore[no-any-return]


def windows(wordings: Sequence[str]) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
    """The hashes (of ``WIDTH`` bits) of all windows of all wordings, and the index of the wording of each; in portions."""
    for start in range(0, len(wordings), _AT_ONCE):
        yield _windows(wordings[start : start + _AT_ONCE], start)


def _windows(wordings: Sequence[str], first: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    flat, bounds = points(wordings)
    size = len(flat)
    owner = np.repeat(np.arange(len(wordings)), np.diff(bounds))
    told = np.zeros(size + 1)
    # The values are halves, so their sums are exact and a window is the same wherever it stands.
    np.cumsum(_bits()[flat], dtype=np.float64, out=told[1:])
    ends = np.maximum(np.searchsorted(told, told[:-1] + BITS), np.arange(size) + SHORTEST)
    starts = np.flatnonzero(ends <= bounds[1:][owner])
    ends = ends[starts]
    summed, inverses = _summed(flat)
    hashed = mixed((summed[ends] - summed[starts]) * inverses[starts]) >> np.uint64(64 - WIDTH)
    return hashed, owner[starts] + first


def telling_runs(wordings: Sequence[str], length: int, least: float) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The hashes of all runs of ``length`` words that tell ``least`` bits or more, and the index of the wording of each."""
    flat, bounds = points(wordings)
    told = np.zeros(len(flat) + 1)
    np.cumsum(_bits()[flat], dtype=np.float64, out=told[1:])
    owner = np.repeat(np.arange(len(wordings)), np.diff(bounds))
    starts = np.arange(len(flat) - length + 1)
    starts = starts[(starts + length <= bounds[1:][owner[starts]]) & (told[starts + length] - told[starts] >= least)]
    summed, inverses = _summed(flat)
    return (summed[starts + length] - summed[starts]) * inverses[starts], owner[starts].astype(np.uint64)


def signatures(wordings: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """For each wording 128 bits in two numbers, one bit set for each of its words (signature files: Faloutsos and
    Christodoulakis 1984). Whoever holds some words has all their bits."""
    flat, bounds = points(wordings)
    bit = _hashes()[flat] >> np.uint64(57)
    told = np.uint64(1) << (bit & np.uint64(63))
    none, starts, empty = np.uint64(0), bounds[:-1], np.diff(bounds) == 0
    halves = []
    for half in (bit < np.uint64(64), bit >= np.uint64(64)):
        # The number put at the end is for wordings without words there, which have no place of their own to begin at.
        found = np.bitwise_or.reduceat(np.append(np.where(half, told, none), none), starts) if len(starts) else told[:0]
        halves.append(np.where(empty, none, found))
    return halves[0], halves[1]


def keys(wordings: Sequence[str]) -> NDArray[np.uint64]:
    """A number for each wording that depends on its words alone and orders wordings as if by chance."""
    found = [_keys(wordings[i : i + _AT_ONCE]) for i in range(0, len(wordings), _AT_ONCE)]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.uint64)


def _keys(wordings: Sequence[str]) -> NDArray[np.uint64]:
    flat, bounds = points(wordings)
    summed, inverses = _summed(flat)
    return mixed((summed[bounds[1:]] - summed[bounds[:-1]]) * inverses[bounds[:-1]])


def _summed(flat: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Running sums of the hashes, each times a power of its place, and the inverses of those powers: the hash of any run
    is the difference of two sums times the inverse at its start (Rabin and Karp's rolling hash, modulo 2 to the 64)."""
    powers = np.full(len(flat) + 1, _FACTOR, dtype=np.uint64)
    inverses = np.full(len(flat) + 1, pow(_FACTOR, -1, 1 << 64), dtype=np.uint64)
    powers[0] = inverses[0] = 1
    powers = np.multiply.accumulate(powers)
    inverses = np.multiply.accumulate(inverses)
    summed = np.zeros(len(flat) + 1, dtype=np.uint64)
    np.cumsum(_hashes()[flat] * powers[:-1], out=summed[1:])
    return summed, inverses
