"""A pasted text as the wordings to check one by one: what stands between marks, and the sentences that hold none."""

from __future__ import annotations

from quotetrack.cluster.wordings import sentences
from quotetrack.cluster.words import words_of
from quotetrack.parse.paragraphs import paragraphs
from quotetrack.parse.quoted import BLANK, blanked, quoted_stretches

FEWEST_WORDS = 3  # fewer stand in too many articles to tell who said them
_FEWEST_OUTSIDE = 5  # of a sentence without marks: less is a heading or a scrap


def passages(text: str) -> list[str]:
    """The passages of ``text`` in order, each to be looked up by itself; one or none where it is not a longer text.

    Quotations are taken out of the sentences that report them: ``“We sail,” she said`` is looked up as ``We sail``.
    """
    where = paragraphs(text)
    quoted = quoted_stretches(text, where)
    found: list[tuple[int, str]] = []
    for stretch in quoted:
        inner = text[stretch.inner_start : stretch.inner_end]
        for start, end in sentences(inner):
            if len(words_of(inner[start:end])) >= FEWEST_WORDS:
                found.append((stretch.inner_start + start, inner[start:end].strip()))
    plain = blanked(text, quoted)
    for first, last in where:
        for start, end in sentences(plain[first:last]):
            sentence = plain[first + start : first + end]
            if BLANK not in sentence and len(words_of(sentence)) >= _FEWEST_OUTSIDE:
                found.append((first + start, sentence.strip()))
    return [passage for _, passage in sorted(found)]
