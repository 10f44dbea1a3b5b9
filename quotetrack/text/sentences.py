"""Where sentences end, by punctuation alone."""

from __future__ import annotations

import re

_BETWEEN = re.compile(  # the group is the text between two sentences
    r"[.!?](?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bMrs\.)(?<!\bSen\.)(?<!\bGov\.)(?<!\bRep\.)(?<!\bGen\.)"
    r"(?<!\b[A-Z]\.)([\"”’»“)\]]*\s+)(?=[\"“‘«”(]*[^\W\d_a-z])"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the sentences in ``text``, without white space between them.

    >>> sentences("We sail. Mr. Lund stays.")
    [(0, 8), (9, 24)]
    """
    return [(start, end) for start, end in stretches(text) if text[start:end].strip()]


def stretches(text: str) -> list[tuple[int, int]]:
    """Return the ranges between sentence ends, at least one, including those without any character."""
    between = [match.span(1) for match in _BETWEEN.finditer(text)]
    if not between:
        return [(0, len(text))]
    return list(zip([0, *(end for _, end in between)], [*(start for start, _ in between), len(text)], strict=True))
