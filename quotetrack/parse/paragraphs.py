"""Where paragraphs begin and end.

Outlets separate paragraphs by an empty line or by a single line end; plain-text mail and old archives wrap lines
inside a paragraph. Quotation marks are paired within paragraphs, so the difference matters.
"""

from __future__ import annotations

import itertools
import re

_END = r"[\n\r\v\f\x85\u2028\u2029](?:(?<=\r)\n)?"  # beginning with one class of characters, it is found fast
_BREAK = re.compile(_END)
_BLANK = re.compile(rf"{_END}[^\S\n]*{_END}\s*")


def hard_wrapped(text: str) -> bool:
    """Whether single line ends in ``text`` fold lines rather than end paragraphs.

    They do when there are several, most lines before them are of middling length, and much of what follows them begins
    in lower case, which the first word of a paragraph hardly ever does.
    """
    lines = [line.strip() for line in _BREAK.split(text)]
    folds = [(a, b) for a, b in itertools.pairwise(lines) if a and b]
    if len(folds) < 3:
        return False
    lower = sum(b[0].islower() for _, b in folds)
    middling = sum(40 <= len(a) <= 100 for a, _ in folds)
    return lower >= 0.4 * len(folds) and middling >= 0.8 * len(folds)


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open character ranges of the paragraphs of ``text``, in order, without white space at their edges."""
    pattern = _BLANK if hard_wrapped(text) else _BREAK
    found: list[tuple[int, int]] = []
    position = 0
    for match in [*pattern.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[position:end]
        if stripped := piece.strip():
            start = position + piece.index(stripped[0])
            found.append((start, start + len(stripped)))
        position = match.end() if match else end
    return tuple(found)
