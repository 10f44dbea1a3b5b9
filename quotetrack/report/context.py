"""A quotation in its surroundings: the paragraphs it touches, with what is what in them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from quotetrack.extract.marks import quoted_stretches
from quotetrack.parse.paragraphs import paragraphs

PARTS = ("content", "cue", "source", "role")
MOST = 1200  # characters of a paragraph shown before and after the parts of the quotation

Place = tuple[str, int, int]  # a part, and where in the article it starts and ends


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text and every part of the quotation that it belongs to, in the order of ``PARTS``."""

    parts: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the stretch of a long one that is shown: ``text[start:end]`` of the article, cut into segments.

    ``gap`` says that other paragraphs stand between this block and the one before.
    """

    start: int
    end: int
    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation's content: ``verbatim`` where it stands between the article's own quotation marks."""

    verbatim: bool
    text: str


def segments(text: str, start: int, end: int, places: Sequence[Place]) -> tuple[Segment, ...]:
    """``text[start:end]`` cut where a part begins or ends, however they overlap; joined again it is exactly that text."""
    edges = {start, end, *(edge for _, a, b in places for edge in (a, b) if start < edge < end)}
    found = []
    for left, right in itertools.pairwise(sorted(edges)):
        here = {part for part, a, b in places if a <= left and right <= b}
        found.append(Segment(tuple(part for part in PARTS if part in here), text[left:right]))
    return tuple(found)


def blocks(text: str, places: Sequence[Place]) -> tuple[Block, ...]:
    """The paragraphs in which the parts of a quotation stand, in order."""
    found: list[Block] = []
    before: int | None = None
    for number, (first, last) in enumerate(_paragraphs(text)):
        inside = [(max(a, first), min(b, last)) for _, a, b in places if a < last and first < b]
        if not inside:
            continue
        start = max(first, min(a for a, _ in inside) - MOST)
        end = min(last, max(b for _, b in inside) + MOST)
        gap = before is not None and number > before + 1
        found.append(Block(start, end, segments(text, start, end, places), start > first, end < last, gap))
        before = number
    return tuple(found)


def pieces(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """``text[start:end]`` with what stands between quotation marks told from the article's own words."""
    inside = [(a, b) for a, b in _quoted(text) if a < end and start < b]
    edges = {start, end, *(edge for a, b in inside for edge in (a, b) if start < edge < end)}
    return tuple(
        Piece(any(a <= left and right <= b for a, b in inside), text[left:right])
        for left, right in itertools.pairwise(sorted(edges))
    )


@lru_cache(maxsize=64)
def _paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    return paragraphs(text)


@lru_cache(maxsize=64)
def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((q.start, q.end) for q in quoted_stretches(text, _paragraphs(text)))
