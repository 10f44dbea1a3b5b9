"""Show quotations in context: split text into segments labelled as source, cue or content."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quotetrack.model import Span
from quotetrack.text.paragraphs import paragraphs

Label = Literal["", "content", "cue", "source"]
_MAX_CONTEXT = 1200  # characters shown before and after a quotation


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text with its label; ``marked`` if it is between quotation marks."""

    label: Label
    text: str
    marked: bool = False


def segments(text: str, start: int, end: int, spans: Sequence[tuple[Label, int, int]]) -> list[Segment]:
    """Split ``text[start:end]`` at the boundaries of ``spans``; the joined segments are exactly that text.

    Where spans overlap, cue takes precedence over source, and source over content.
    """
    edges = sorted({start, end, *(p for _, a, b in spans for p in (a, b) if start < p < end)})
    found = []
    for left, right in itertools.pairwise(edges):
        labels = {label for label, a, b in spans if a <= left and right <= b}
        label: Label = next((x for x in ("cue", "source", "content") if x in labels), "")
        found.append(Segment(label, text[left:right]))
    return found


def around(text: str, spans: Sequence[tuple[Label, int, int]]) -> list[Segment]:
    """Return the paragraphs that contain a quotation as labelled segments."""
    first, last = min(a for _, a, _ in spans), max(b for _, _, b in spans)
    touched = [(a, b) for a, b in _paragraphs(text) if a < last and first < b]
    start = max(min((a for a, _ in touched), default=first), first - _MAX_CONTEXT)
    end = min(max((b for _, b in touched), default=last), last + _MAX_CONTEXT)
    return segments(text, start, end, spans)


@lru_cache(maxsize=256)
def _paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Return the paragraphs, found once for all quotations of an article."""
    return paragraphs(text)


def verbatim_parts(content: Span, verbatim: Sequence[Span]) -> list[Segment]:
    """Split ``content`` into ``verbatim`` parts (between quotation marks) and the article's own words."""
    edges = sorted(
        {
            content.start,
            content.end,
            *(p for v in verbatim for p in (v.start, v.end) if content.start < p < content.end),
        }
    )
    return [
        Segment(
            "",
            content.text[left - content.start : right - content.start],
            any(v.start <= left and right <= v.end for v in verbatim),
        )
        for left, right in itertools.pairwise(edges)
    ]
