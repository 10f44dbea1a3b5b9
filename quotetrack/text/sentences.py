"""Where sentences end, by punctuation alone."""

from __future__ import annotations

import re

from quotetrack.text.paragraphs import paragraphs

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


def sentence_before(text: str, offset: int) -> str:
    """Return the words of the same paragraph and sentence before ``offset``.

    >>> sentence_before("We sail. She said no.", 18)
    'She said '
    """
    first = max((start for start, end in paragraphs(text) if start <= offset < end), default=0)
    before = text[first:offset]
    return before[sentences(before)[-1][0] :] if before.strip() else ""


def stretches(text: str) -> list[tuple[int, int]]:
    """Return the ranges between sentence ends, at least one, including those without any character."""
    between = [match.span(1) for match in _BETWEEN.finditer(text)]
    if not between:
        return [(0, len(text))]
    return list(zip([0, *(end for _, end in between)], [*(start for start, _ in between), len(text)], strict=True))
