"""Marks on a line of their own that quote nobody yet: subheadings and pull quotes, which repeat what the text quotes elsewhere."""

from __future__ import annotations

from quotetrack.extract.reading import Reading
from quotetrack.parse.quoted import Quoted

_LONGEST = 14  # words


def is_heading(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch is all of its paragraph, short and without a full stop: a line set between paragraphs."""
    start, end = reading.parsed.paragraphs[quoted.paragraph]
    if reading.text[start : quoted.start].strip() or reading.text[quoted.end : end].strip() or not quoted.closed:
        return False
    inner = reading.text[quoted.inner_start : quoted.inner_end].rstrip()
    words = inner.split()
    if len(words) > _LONGEST or inner[-1:] in ".,!…":
        return False
    if quoted.paragraph and reading.text[reading.parsed.paragraphs[quoted.paragraph - 1][1] - 1] == ":":
        return False
    return inner[-1:] != "?" or _repeats(reading, quoted, inner)


def _repeats(reading: Reading, quoted: Quoted, inner: str) -> bool:
    words = inner.strip("?! ").lower()
    text = reading.text.lower()
    return words in text[: quoted.start] or words in text[quoted.end :]
