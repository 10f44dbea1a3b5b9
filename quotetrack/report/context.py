"""A quotation in its surroundings: the paragraphs around it with source, cue and content told apart."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quotetrack.parse.paragraphs import paragraphs
from quotetrack.parse.quoted import quoted_stretches

Label = Literal["", "content", "cue", "source"]
_MOST = 1200  # characters shown on either side of a quotation


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text and what it is; ``marked`` says that it stands between quotation marks."""

    label: Label
    text: str
    marked: bool = False


def segments(text: str, start: int, end: int, spans: Sequence[tuple[Label, int, int]]) -> list[Segment]:
    """``text[start:end]`` cut where a span begins or ends; joined again, the pieces are exactly that text.

    Where spans overlap, cue and source show through the content.
    """
    edges = sorted({start, end, *(p for _, a, b in spans for p in (a, b) if start < p < end)})
    found = []
    for left, right in itertools.pairwise(edges):
        labels = {label for label, a, b in spans if a <= left and right <= b}
        label: Label = next((x for x in ("cue", "source", "content") if x in labels), "")
        found.append(Segment(label, text[left:right]))
    return found


def around(text: str, spans: Sequence[tuple[Label, int, int]]) -> list[Segment]:
    """The paragraphs that a quotation touches, as labelled segments."""
    first, last = min(a for _, a, _ in spans), max(b for _, _, b in spans)
    touched = [(a, b) for a, b in paragraphs(text) if a < last and first < b]
    start = max(min((a for a, _ in touched), default=first), first - _MOST)
    end = min(max((b for _, b in touched), default=last), last + _MOST)
    return segments(text, start, end, spans)


def verbatim_parts(text: str, start: int, end: int) -> list[Segment]:
    """``text[start:end]`` with the parts between quotation marks told from the article's own words."""
    stretches = [(q.start, q.end) for q in quoted_stretches(text, paragraphs(text)) if q.start < end and start < q.end]
    edges = sorted({start, end, *(p for a, b in stretches for p in (a, b) if start < p < end)})
    return [
        Segment("", text[left:right], any(a <= left and right <= b for a, b in stretches))
        for left, right in itertools.pairwise(edges)
    ]
