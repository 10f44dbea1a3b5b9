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
    text = reading.lower_text
    return text.find(words, 0, quoted.start) >= 0 or text.find(words, quoted.end) >= 0


def repeated_headings(reading: Reading, lines: Sequence[Quoted], drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts for those of ``lines`` that nearly repeat the words of a draft, whose speaker they take over.

    Headings are often shortened, so articles and endings may differ: ``‘MASSIVE RISKS’``,
    ``it will bring massive risks``. Drafts below the heading are preferred, then the nearest one.
    """
    found = []
    by_stem: dict[str, list[int]] = {}
    stems_of_drafts = [_stems(" ".join(span.text for span in draft.content)) for draft in drafts] if lines else []
    for number, stems in enumerate(stems_of_drafts):
        for stem in stems:
            by_stem.setdefault(stem, []).append(number)
    for line in lines:
        heading_words = [word[:_STEM] for word in _content_words(reading.text[line.inner_start : line.inner_end])]
        if len(heading_words) < _FEWEST_SHARED:
            continue
        # Only so many words may be missing, so one of the rarest occurs in each draft that matches.
        rarest = sorted((by_stem.get(word, []) for word in heading_words), key=len)
        near = sorted({number for numbers in rarest[: _may_miss(heading_words) + 1] for number in numbers})
        matching = [drafts[number] for number in near if _shares_words(heading_words, stems_of_drafts[number])]
        if not matching:
            continue
        below = [draft for draft in matching if draft.start > line.start]
        nearest = min(below or matching, key=lambda draft: abs(draft.start - line.start))
        span = Span.of(reading.text, line.start, line.end)
        found.append(Draft([span], None, None, "heading", quoted=[line], inherited=nearest))
    return found


def _content_words(text: str) -> list[str]:
    """Return the lower-case words of the text that are no function words."""
    return [word for word in re.findall(r"[^\W_]+", text.lower()) if len(word) > 2 and word not in _FUNCTION_WORDS]


def _stems(text: str) -> set[str]:
    """Return the content words of the text, and the first letters of the longer ones."""
    words = _content_words(text)
    return {word[:_STEM] for word in words} | set(words)


def _may_miss(own: list[str]) -> int:
    return len(own) // _WORDS_PER_DIFFERENCE


def _shares_words(own: list[str], stems: set[str]) -> bool:
    """Whether ``stems`` contain all of ``own``. One in five may be missing."""
    return sum(word not in stems for word in own) <= _may_miss(own)
