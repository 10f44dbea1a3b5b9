"""Find quoted subheadings and pull quotes, which repeat a quotation of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.text.quoted import Quoted

_LONGEST_HEADING = 14  # words
_FEWEST_SHARED = 2  # words
_WORDS_PER_DIFFERENCE = 5  # one word in this many may differ
_STEM = 4  # letters of a word that are compared
_FUNCTION_WORDS = {
    "the", "and", "for", "with", "that", "this", "there", "then", "was", "were", "are", "has", "have", "had", "not", "but",
    "you", "your", "our", "his", "her", "its", "they", "them", "will", "would", "could", "can", "after", "from",
}  # fmt: skip


def is_heading(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch is a whole short paragraph without a full stop, such as a subheading.

    A question must also occur elsewhere in the article, and the paragraph before must not end in a colon.
    """
    start, end = reading.parsed.paragraphs[quoted.paragraph]
    if reading.text[start : quoted.start].strip() or reading.text[quoted.end : end].strip() or not quoted.closed:
        return False
    inner = reading.text[quoted.inner_start : quoted.inner_end].rstrip()
    words = inner.split()
    if len(words) > _LONGEST_HEADING or inner[-1:] in ".,!…":
        return False
    if quoted.paragraph and reading.text[reading.parsed.paragraphs[quoted.paragraph - 1][1] - 1] == ":":
        return False
    return inner[-1:] != "?" or _is_repeated(reading, quoted, inner)


def _is_repeated(reading: Reading, quoted: Quoted, inner: str) -> bool:
    """Whether the words occur before or after the stretch too."""
    words = inner.strip("?! ").lower()
    text = reading.text.lower()
    return words in text[: quoted.start] or words in text[quoted.end :]


def repeated_headings(reading: Reading, lines: Sequence[Quoted], drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts for those of ``lines`` that nearly repeat the words of a draft, whose speaker they take over.

    Headings are often shortened, so articles and endings may differ: ``‘MASSIVE RISKS’``,
    ``it will bring massive risks``. Drafts below the heading are preferred, then the nearest one.
    """
    found = []
    words_of_drafts = [(draft, _content_words(" ".join(span.text for span in draft.content))) for draft in drafts]
    for line in lines:
        heading_words = _content_words(reading.text[line.inner_start : line.inner_end])
        matching = [draft for draft, words in words_of_drafts if _shares_words(heading_words, words)]
        if len(heading_words) < _FEWEST_SHARED or not matching:
            continue
        below = [draft for draft in matching if draft.start > line.start]
        nearest = min(below or matching, key=lambda draft: abs(draft.start - line.start))
        span = Span.of(reading.text, line.start, line.end)
        found.append(Draft([span], None, None, "heading", quoted=[line], inherited=nearest))
    return found


def _content_words(text: str) -> list[str]:
    """Return the lower-case words of the text that are no function words."""
    return [word for word in re.findall(r"[^\W_]+", text.lower()) if len(word) > 2 and word not in _FUNCTION_WORDS]


def _shares_words(own: list[str], words: list[str]) -> bool:
    """Whether ``words`` contain all words of ``own``, ignoring endings. One in five words of ``own`` may be missing."""
    stems = {word[:_STEM] for word in words if len(word) >= _STEM} | set(words)
    missing = sum(word[:_STEM] not in stems for word in own)
    return missing <= len(own) // _WORDS_PER_DIFFERENCE
