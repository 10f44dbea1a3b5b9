"""Attributions as character ranges, and gold articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quotetrack.errors import InputError
from quotetrack.model import Quotation, Span

Range = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Attribution:
    """Content, cue and source as half-open character ranges in text order; cue and source may be empty."""

    content: tuple[Range, ...]
    cue: tuple[Range, ...] = ()
    source: tuple[Range, ...] = ()

    @classmethod
    def of(cls, quotation: Quotation) -> Attribution:
        """Convert an extracted quotation, without speaker and role."""
        return cls(_ranges(quotation.content), _ranges([quotation.cue]), _ranges([quotation.source]))


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text with its gold attributions.

    ``name`` is its path in the corpus without suffix, with slashes. ``discard`` are ranges that the annotators excluded
    (advertisements, captions). ``place`` is the file, for messages.
    """

    name: str
    text: str
    attributions: tuple[Attribution, ...]
    discard: tuple[Range, ...] = ()
    outlet: str | None = None
    place: str = ""


def checked(text: str, ranges: Iterable[Range], where: str) -> tuple[Range, ...]:
    """Return ``ranges`` in text order; raises ``InputError`` if one is empty or outside ``text``."""
    ordered = tuple(sorted(ranges))
    for start, end in ordered:
        if not 0 <= start < end <= len(text):
            raise InputError(f"{where}: the span {start}–{end} is outside the text of {len(text)} characters.")
    return ordered


def _ranges(spans: Iterable[Span | None]) -> tuple[Range, ...]:
    return tuple(sorted((span.start, span.end) for span in spans if span))
