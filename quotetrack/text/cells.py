"""A set of text ranges that may overlap each other and is searched by position.

The text is divided into cells of equal length, and each range is noted in the cells it covers, so that a search looks
only at ranges nearby.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
_LENGTH = 256  # characters of a cell


class Cells(Generic[T]):
    """Items with ranges of characters.

    >>> cells = Cells([(0, 4, "name"), (2, 9, "phrase")])
    >>> list(cells.over(3, 5)), list(cells.over(4, 5)), cells.any_over(9, 12)
    (['name', 'phrase'], ['phrase'], False)
    """

    def __init__(self, items: Iterable[tuple[int, int, T]] = ()) -> None:
        self._cells: dict[int, dict[int, tuple[int, int, T]]] = {}
        self._added = 0
        for start, end, item in items:
            self.add(start, end, item)

    def add(self, start: int, end: int, item: T) -> int:
        """Add ``item`` with the range ``start:end``; returns its number, for ``remove``."""
        self._added += 1
        for cell in _covered(start, end):
            self._cells.setdefault(cell, {})[self._added] = (start, end, item)
        return self._added

    def remove(self, number: int, start: int, end: int) -> None:
        """Remove the item that was added with this number and range."""
        for cell in _covered(start, end):
            del self._cells[cell][number]

    def all(self) -> list[T]:
        """All items, in the order in which they were added."""
        found = {number: item for cell in self._cells.values() for number, (_, _, item) in cell.items()}
        return [found[number] for number in sorted(found)]

    def over(self, start: int, end: int) -> Iterator[T]:
        """Yield the items whose range shares a character with ``start:end``, in the order in which they were added."""
        found: dict[int, T] = {}
        for cell in _covered(start, end):
            for number, (first, last, item) in self._cells.get(cell, {}).items():
                if first < end and start < last:
                    found[number] = item
        return (found[number] for number in sorted(found))

    def any_over(self, start: int, end: int) -> bool:
        """Whether the range of an item shares a character with ``start:end``."""
        return any(
            first < end and start < last
            for cell in _covered(start, end)
            for first, last, _ in self._cells.get(cell, {}).values()
        )


def _covered(start: int, end: int) -> range:
    return range(start // _LENGTH, max(start, end - 1) // _LENGTH + 1)
