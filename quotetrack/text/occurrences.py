"""Find all occurrences of many names in one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_START = 2  # characters by which names are looked up first; no name is shorter


def occurrences(
    text: str, names: Collection[str], edges: tuple[re.Pattern[str], re.Pattern[str]]
) -> Iterator[tuple[str, int]]:
    """Yield each of ``names`` with the offset of each of its occurrences, in text order.

    ``edges`` match a character that cannot stand right before, and one that cannot stand right after, a name. The
    first character of each name must match the second, so that names begin at the start of a word.

    >>> word = re.compile(r"\\w")
    >>> list(occurrences("Selby Dock and Selby Docks", ["Selby Dock"], (word, word)))
    [('Selby Dock', 0)]
    """
    before, after = edges
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:_START], set()).add(len(name))
    if not lengths:
        return
    free_from: dict[str, int] = {}  # occurrences of one name do not overlap
    for match in re.finditer(f"(?<!{before.pattern})(?={after.pattern})", text):
        start = match.start()
        for length in sorted(lengths.get(text[start : start + _START], ())):
            name = text[start : start + length]
            if name in names and start >= free_from.get(name, 0) and not after.match(text, start + length):
                free_from[name] = start + length
                yield name, start
