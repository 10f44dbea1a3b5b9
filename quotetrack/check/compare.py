"""Compare a wording with a printed one: which words differ, and how serious that is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import Indel

from quotetrack.check.grades import ORDER, Word, expanded, figures, grade, negates, turns
from quotetrack.check.records import Change
from quotetrack.check.wordings import ELLIPSIS, Token, Wording, same_marks
from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encode
from quotetrack.model import Span
from quotetrack.text.diff import Piece, diff

MIN_WORDS = 3  # unchanged words of a recognisable wording
_MIN_UNCHANGED = 0.65  # share of the words asked for
_MIN_DENSITY = 0.5  # share of the printed words between the first and the last unchanged one
_MIN_BITS = 30.0
_SHORT = 8  # words; a shorter wording must tell more
_ELISION = 150  # words that an ellipsis may leave out
# A sentence with one word changed tells more than other wordings: few sentences have as many words and all the others.
_SENTENCE_BITS = 16.0
_NAMED_BITS = 8.0  # few sentences are by the person named
_FEWEST_BITS = 20.0  # also in a small database
_GAP = 3  # words that may be left out for each word beyond the gap

Agreement = Literal["verbatim", "marks", "shortened", "changed"]
Block = tuple[int, int, int]  # first word asked, first word printed, number of equal words


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a wording agrees with the printed tokens ``first`` to ``end``, in words and marks.

    ``elided_sentences`` are complete sentences with a negation that an ellipsis leaves out.
    """

    agreement: Agreement
    first: int
    end: int
    changes: tuple[Change, ...]
    diff: tuple[Piece, ...]
    score: float
    elided_sentences: tuple[str, ...] = ()


def compare_at(asked: Wording, printed: Wording, first: int, end: int) -> Comparison:
    """Compare ``asked`` with the printed tokens ``first`` to ``end``."""
    cut, offset = printed.cut(first, end), printed.tokens[first].start
    pieces = [
        Piece(p.kind, _span(asked.text, p.asked.start, p.asked.end), _span(printed.text, p.printed.start + offset, p.printed.end + offset))
        for p in diff(_without_brackets(asked.text), _without_brackets(cut))
    ]  # fmt: skip
    changes = [change for piece in _joined(pieces, asked, printed) for change in _changes(piece, asked, printed)]
    whole = [change for change in changes if change.asked is None and _whole_sentences(change, printed)]
    agreement: Agreement
    if not changes:
        agreement = "verbatim" if same_marks(asked.text, printed.without_interruption(first, end)) else "marks"
    elif all(change.asked is None and (change in whole or not turns(change.kind)) for change in changes):
        agreement = "shortened"
    else:
        agreement = "changed"
    changes.sort(key=lambda change: (change in whole, ORDER.index(change.kind)))
    equal = sum(len(_within(asked.tokens, p.asked)) for p in pieces if p.kind == "equal")
    return Comparison(
        agreement,
        first,
        end,
        tuple(replace(change, printed=_in_article(change.printed, printed)) for change in changes),
        tuple(Piece(p.kind, p.asked, _in_article(p.printed, printed) or p.printed) for p in pieces),
        round(2 * equal / max(1, len(asked.tokens) + end - first), 3),
        tuple(change.printed.text for change in whole if change.printed and negates(change.printed.text)),
    )


def _joined(pieces: Sequence[Piece], asked: Wording, printed: Wording) -> Iterator[Piece]:
    """Join neighbouring pieces that differ: ``We'll`` for ``We will`` is one change."""
    for equal, group in itertools.groupby(pieces, key=lambda piece: piece.kind == "equal"):
        parts = list(group)
        if equal or len(parts) == 1:
            yield from parts
        else:
            ours = _span(asked.text, parts[0].asked.start, parts[-1].asked.end)
            yield Piece("changed", ours, _span(printed.text, parts[0].printed.start, parts[-1].printed.end))


def closest(asked: Wording, printed: Wording, required_bits: float, named: bool) -> tuple[int, int, bool] | None:
    """Find the range of printed tokens most like ``asked``, and whether it can be recognised as the same statement.

    ``named`` is whether the person named with ``asked`` is a speaker of ``printed``. Returns ``None`` if hardly any words
    agree.
    """
    ours, theirs = [k.strip("[]") for k in asked.keys], [k.strip("[]") for k in printed.keys]
    gaps = _ellipses(asked)
    blocks = _pruned(_blocks(ours, theirs), gaps)
    if not blocks:
        return None
    first, end = _window(blocks, asked, printed)
    # The words of the window may agree better among themselves than with those that were dropped.
    blocks = _blocks(ours, theirs[first:end])
    equal = [word for a, _, size in blocks for word in ours[a : a + size]]
    elided = sum(
        after[1] - before[1] - before[2]
        for before, after in itertools.pairwise(blocks)
        if after[0] in gaps and after[0] == before[0] + before[2]
    )
    width = end - first - elided
    needed = required_bits if len(ours) < _SHORT and max(width, len(ours)) > len(equal) + 1 else _MIN_BITS
    if len(ours) == width == len(equal) + 1 and _whole_sentence(printed, first, end):
        fewer = required_bits - _SENTENCE_BITS - (_NAMED_BITS if named else 0)
        needed = min(needed, max(_FEWEST_BITS, fewer))
    recognisable = (
        len(equal) >= MIN_WORDS
        and len(equal) >= _MIN_UNCHANGED * len(ours)
        and len(equal) >= _MIN_DENSITY * width
        and information([encode(" ".join(equal))])[0] >= needed
    )
    return first, end, recognisable


def _blocks(ours: Sequence[str], theirs: Sequence[str]) -> list[Block]:
    codes = Indel.opcodes(ours, theirs)
    return [(c.src_start, c.dest_start, c.src_end - c.src_start) for c in codes if c.tag == "equal"]


def _pruned(blocks: list[Block], gaps: set[int]) -> list[Block]:
    """Drop equal words at both ends that are too far from the rest: any long text has an ``of`` somewhere before."""

    def far(near: Block, other: Block, size: int) -> bool:
        before, after = sorted((near, other))
        apart = after[1] - before[1] - before[2]
        if after[0] in gaps:
            return apart > _ELISION
        return apart > after[0] - before[0] - before[2] + _GAP * size

    while len(blocks) > 1:
        left, right = far(blocks[0], blocks[1], blocks[0][2]), far(blocks[-1], blocks[-2], blocks[-1][2])
        if left and (not right or blocks[0][2] <= blocks[-1][2]):
            blocks = blocks[1:]
        elif right:
            blocks = blocks[:-1]
        else:
            break
    return blocks


def _window(blocks: Sequence[Block], asked: Wording, printed: Wording) -> tuple[int, int]:
    """Extend the range of equal words by the printed words that stand where other words were asked for."""
    first, end = blocks[0][1], blocks[-1][1] + blocks[-1][2]
    ours = [len(expanded(key)) for key in asked.keys]
    for _ in range(sum(ours[: blocks[0][0]])):
        if first == 0 or _sentence_ends(printed, first):
            break
        first -= 1
    for _ in range(sum(ours[blocks[-1][0] + blocks[-1][2] :])):
        if end == len(printed.tokens) or _sentence_ends(printed, end):
            break
        end += 1
    return first, end


def _whole_sentence(printed: Wording, first: int, end: int) -> bool:
    return (first == 0 or _sentence_ends(printed, first)) and (
        end == len(printed.tokens) or _sentence_ends(printed, end)
    )


def _sentence_ends(printed: Wording, token: int) -> bool:
    """Whether a sentence ends before this token."""
    between = printed.text[printed.tokens[token - 1].end : printed.tokens[token].start]
    return any(mark in between for mark in ".!?")


def _changes(piece: Piece, asked: Wording, printed: Wording) -> Iterator[Change]:
    ours, theirs = _within(asked.tokens, piece.asked), _within(printed.tokens, piece.printed)
    same_figures = figures(piece.asked.text) == figures(piece.printed.text)
    if "".join(t.key for t in ours) == "".join(t.key for t in theirs):
        if not same_figures:
            yield Change("number", _trimmed(asked, ours), _trimmed(printed, theirs))
        return
    kind = grade(_words(asked, ours), _words(printed, theirs))
    elided = not ours and bool(theirs) and _elided(asked, piece.asked.start)
    yield Change(kind, _trimmed(asked, ours), _trimmed(printed, theirs), elided)


def _whole_sentences(change: Change, printed: Wording) -> bool:
    """Whether an omission marked by an ellipsis consists of complete sentences."""
    span = change.printed
    if not change.elided or span is None:
        return False
    starts = {
        start + len(part) - len(part.lstrip("“\"'‘ "))
        for start, end in printed.sentences
        if (part := printed.text[start:end])
    }
    following = next((token.start for token in printed.tokens if token.start >= span.end), None)
    begins = any(start <= span.start and not printed.text[start : span.start].strip("“\"'‘ ") for start in starts)
    return begins and (
        following is None
        or any(start <= following and not printed.text[start:following].strip("“\"'‘ ") for start in starts)
    )


def _words(wording: Wording, tokens: Sequence[Token]) -> list[Word]:
    # In a text without lower case, capitals do not tell names.
    lower = any(c.islower() for c in wording.text)
    return [
        Word(t.key.strip("[]"), wording.text[t.start : t.end] if lower else t.key.strip("[]"), _initial(wording, t))
        for t in tokens
    ]


def _initial(wording: Wording, token: Token) -> bool:
    """Whether the token begins a sentence or a quotation."""
    before = wording.text[: token.start].rstrip(" \n\t“”\"'‘’[(")
    return not before or before[-1] in ".!?:" or before != wording.text[: token.start].rstrip()


def _ellipses(asked: Wording) -> set[int]:
    """The tokens that follow an ellipsis."""
    return {
        next((i for i, token in enumerate(asked.tokens) if token.start >= match.end()), len(asked.tokens))
        for match in ELLIPSIS.finditer(asked.text)
    }


def _elided(asked: Wording, offset: int) -> bool:
    before = max((t.end for t in asked.tokens if t.end <= offset), default=0)
    after = min((t.start for t in asked.tokens if t.start >= offset), default=len(asked.text))
    return ELLIPSIS.search(asked.text, before, after) is not None


def _without_brackets(text: str) -> str:
    """Free ellipses from their brackets, which otherwise look like inserted words; offsets stay."""
    return ELLIPSIS.sub(lambda found: found[0].translate(str.maketrans("[]()", "    ")), text)


def _within(tokens: Sequence[Token], span: Span) -> list[Token]:
    return [token for token in tokens if span.start <= token.start < span.end]


def _trimmed(wording: Wording, tokens: Sequence[Token]) -> Span | None:
    return _span(wording.text, tokens[0].start, tokens[-1].end) if tokens else None


def _span(text: str, start: int, end: int) -> Span:
    return Span(start, end, text[start:end])


def _in_article(span: Span | None, printed: Wording) -> Span | None:
    if span is None or span.start == span.end:
        return span
    return Span(printed.place(span.start), printed.place(span.end - 1) + 1, span.text)
