"""Align two wordings word by word and keep every character of both.

The alignment is a longest common subsequence of words (``Indel`` of rapidfuzz), compared without case, accents and
punctuation. The pieces hold the original text, so no word of either side can be missing from the diff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Indel

from quotetrack.model import Span
from quotetrack.text.words import TOKEN, plain

PieceKind = Literal["equal", "changed", "inserted", "deleted"]

_SPACE = re.compile(r"\s+")
_ELLIPSIS = re.compile(r"[\s\[(]*(?:…|\.\.\.|\. \. \.)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both wordings.

    Attributes:
        kind: ``equal`` (the same words; case, accents and punctuation may differ), ``changed``, ``inserted`` (only in
            ``printed``) or ``deleted`` (only in ``asked``).
        asked: Characters of the wording asked for, empty if ``inserted``.
        printed: Characters of the printed wording, empty if ``deleted``.
    """

    kind: PieceKind
    asked: Span
    printed: Span


def diff(asked: str, printed: str) -> tuple[Piece, ...]:
    """Compute the word diff from ``asked`` to ``printed``.

    The pieces of each side, joined, are that side's text exactly. Punctuation belongs to the word beside it, and an
    insertion in brackets counts as one word. If all words of one side occur in the other in a row, they are aligned there.
    At either end, a changed piece has as many words on both sides; the remaining words are ``inserted`` or ``deleted``.
    Words that an ellipsis of ``asked`` can stand for are ``inserted`` there.

        >>> [(p.kind, p.asked.text, p.printed.text) for p in diff("Five times, he won", "“Six times he won.”")]
        [('changed', 'Five ', '“Six '), ('equal', 'times, he won', 'times he won.”')]
    """
    ours, theirs = _tokens(asked), _tokens(printed)
    pieces = []
    a = b = 0
    gaps = [
        i
        for i, (start, end) in enumerate(pairwise([0, *(end for _, end in ours)]))
        if _ELLIPSIS.match(asked, start, end)
    ]
    for kind, a_end, b_end in _runs([key for key, _ in ours], [key for key, _ in theirs], gaps):
        spans = (
            _span(text, tokens, *at) for text, tokens, at in ((asked, ours, (a, a_end)), (printed, theirs, (b, b_end)))
        )
        pieces.append(Piece(kind, *spans))
        a, b = a_end, b_end
    return tuple(pieces)


def _tokens(text: str) -> list[tuple[str, int]]:
    """Split the whole text into tokens: the key by which each is compared, and where it ends."""
    words = [m for m in TOKEN.finditer(text) if m[0][0] not in "…."]
    if not words:
        return [("", len(text))] if text else []
    tokens = []
    for word, following in pairwise(words):
        space = _SPACE.search(text, word.end(), following.start())
        tokens.append((plain(word[0]), space.end() if space else following.start()))
    return [*tokens, (plain(words[-1][0]), len(text))]


def _span(text: str, tokens: Sequence[tuple[str, int]], first: int, end: int) -> Span:
    start = tokens[first - 1][1] if first else 0
    stop = tokens[end - 1][1] if end else 0
    return Span(start, stop, text[start:stop])


def _runs(ours: Sequence[str], theirs: Sequence[str], gaps: Sequence[int] = ()) -> Iterator[tuple[PieceKind, int, int]]:
    """Yield the kind of each piece and the token behind its end on both sides; ``gaps`` are tokens behind an ellipsis."""
    a = b = 0
    for a_start, b_start, size in _moved_to_gaps(_common(ours, theirs), ours, theirs, gaps):
        yield from _between(a, a_start, b, b_start, leading=a == b == 0)
        yield "equal", a_start + size, b_start + size
        a, b = a_start + size, b_start + size
    yield from _between(a, len(ours), b, len(theirs), trailing=a > 0)


def _common(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of equal tokens in order: where each starts on both sides, and its length."""
    # A longest common subsequence may match a word at the edge to another occurrence, further away.
    if ours and (at := _in_a_row(ours, theirs)) is not None:
        return [(0, at, len(ours))]
    if theirs and (at := _in_a_row(theirs, ours)) is not None:
        return [(at, 0, len(theirs))]
    codes = Indel.opcodes(ours, theirs)
    return [(c.src_start, c.dest_start, c.src_end - c.src_start) for c in codes if c.tag == "equal"]


def _moved_to_gaps(
    runs: list[tuple[int, int, int]], ours: Sequence[str], theirs: Sequence[str], gaps: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Move words that are only in ``theirs`` to a gap in ``ours`` where the words beside them allow it.

    Of `We sail. We wait. We win.`, `We sail. … We win` leaves out `We wait`, not `wait. We`.
    """
    moved = list(runs)
    for i in range(1, len(moved)):
        (a, b, size), (a_next, b_next, size_next) = moved[i - 1 : i + 1]
        if a + size != a_next:
            continue
        for gap in gaps:
            back, ahead = a_next - gap, gap - a_next
            if 0 < back < size and theirs[b_next - back : b_next] == ours[gap:a_next]:
                moved[i - 1 : i + 1] = [(a, b, size - back), (gap, b_next - back, size_next + back)]
            elif 0 < ahead < size_next and theirs[b + size : b + size + ahead] == ours[a_next:gap]:
                moved[i - 1 : i + 1] = [(a, b, size + ahead), (gap, b_next + ahead, size_next - ahead)]
            else:
                continue
            break
    return moved


def _in_a_row(sought: Sequence[str], words: Sequence[str]) -> int | None:
    size = len(sought)
    return next((i for i in range(len(words) - size + 1) if words[i : i + size] == sought), None)


def _between(
    a: int, a_end: int, b: int, b_end: int, leading: bool = False, trailing: bool = False
) -> Iterator[tuple[PieceKind, int, int]]:
    """Yield what stands between two runs of equal tokens, or before the first or behind the last."""
    size = min(a_end - a, b_end - b)
    if size and leading:
        yield from _between(a, a_end - size, b, b_end - size)
        a, b = a_end - size, b_end - size
    elif size and trailing:
        yield "changed", a + size, b + size
        a, b = a + size, b + size
    if a < a_end or b < b_end:
        yield "changed" if a < a_end and b < b_end else "deleted" if a < a_end else "inserted", a_end, b_end
