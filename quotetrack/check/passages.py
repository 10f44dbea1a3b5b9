"""Split a text into passages to check separately: quotations, and sentences without quotations."""

from __future__ import annotations

from quotetrack.cluster.wordings import sentences
from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.quoted import BLANK, blanked, quoted_stretches
from quotetrack.text.words import words_of

MIN_WORDS = 3  # shorter wordings occur in too many articles
_MIN_WORDS_OUTSIDE = 5  # for a sentence without quotation marks; shorter ones are headings or fragments


def passages(text: str) -> list[str]:
    """Return the passages of ``text`` in order; at most one for a short text.

    Quotations are separated from the sentences around them: ``“We sail,” she said`` is checked as ``We sail,``.
    """
    where = paragraphs(text)
    quoted = quoted_stretches(text, where)
    found: list[tuple[int, str]] = []
    for stretch in quoted:
        inner = text[stretch.inner_start : stretch.inner_end]
        for start, end in sentences(inner):
            if len(words_of(inner[start:end])) >= MIN_WORDS:
                found.append((stretch.inner_start + start, inner[start:end].strip()))
    plain = blanked(text, quoted)
    for first, last in where:
        for start, end in sentences(plain[first:last]):
            sentence = plain[first + start : first + end]
            if BLANK not in sentence and len(words_of(sentence)) >= _MIN_WORDS_OUTSIDE:
                found.append((first + start, sentence.strip()))
    return [passage for _, passage in sorted(found)]
