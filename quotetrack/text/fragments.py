"""Text fragments: the part of an address that makes a browser scroll to words and highlight them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote

_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?")
_ENDS = 5  # words at each end of a long passage
_MOST = 16  # words of an end that must be longer to occur only once
_PREFIX = 4  # words before the passage, if its own words occur earlier too


def fragment_of(text: str, start: int, end: int) -> str:
    """Return the text fragment of ``text[start:end]``, without the address; empty if there is no word.

    Browsers highlight the first match in the page, so as many words as it takes are given to make the match unique in
    ``text``: first more of the passage, then words before it. A long passage is given by its ends, and so is one that spans
    paragraphs, because browsers look for each end within one paragraph. Quotation marks at the edges are left out: pages
    write them in many ways. The syntax is that of the specification *URL Fragment Text Directives* (WICG).

        >>> fragment_of("He said: “We sail at dawn.”", 9, 27)
        'text=We%20sail%20at%20dawn'
        >>> fragment_of("No deal. No deal at all.", 9, 16)
        'text=No%20deal-,No%20deal'
    """
    words = [(start + word.start(), start + word.end()) for word in _WORD.finditer(text[start:end])]
    if not words:
        return ""
    first, last = _ends(text, words)
    before = _before(text, first) if _is_earlier(text, *first) else ()
    parts = [_encoded(text[slice(*first)])]
    if before:
        parts.insert(0, _encoded(text[before[0] : before[1]]) + "-")
    if last:
        parts.append(_encoded(text[slice(*last)]))
    return f"text={','.join(parts)}"


def with_fragment(address: str, fragment: str) -> str:
    """Append a text fragment to an address, which may have a fragment of its own.

    >>> with_fragment("https://news.example/1#top", "text=dawn")
    'https://news.example/1#top:~:text=dawn'
    """
    if not fragment:
        return address
    return f"{address}{':~:' if '#' in address else '#:~:'}{fragment}"


def _ends(text: str, words: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """Return the ranges of the first words and the last words; without the latter if the passage is given whole."""
    whole = (words[0][0], words[-1][1])
    if len(words) <= 2 * _ENDS and "\n" not in text[slice(*whole)]:
        return whole, None
    half = max(1, len(words) // 2)
    sizes = range(min(_ENDS, half), min(_MOST, half) + 1)
    starts = [(words[0][0], words[size - 1][1]) for size in sizes]
    starts = [one for one in starts if "\n" not in text[slice(*one)]] or [words[0]]
    first = next((one for one in starts if not _is_earlier(text, *one)), starts[-1])
    endings = [(words[-size][0], words[-1][1]) for size in sizes]
    endings = [one for one in endings if "\n" not in text[slice(*one)]] or [words[-1]]
    last = next((one for one in endings if _place(text, *one, first[1]) == one[0]), endings[-1])
    return first, last


def _is_earlier(text: str, start: int, end: int) -> bool:
    """Whether the words stand earlier in the text, too."""
    return _place(text, start, end, 0) < start


def _place(text: str, start: int, end: int, after: int) -> int:
    """Return where the words ``text[start:end]`` first stand behind ``after``, ignoring case as browsers do."""
    lower = _lower(text)
    if len(lower) == len(text):
        return lower.find(lower[start:end], after)
    found = re.compile(re.escape(text[start:end]), re.IGNORECASE).search(text, after)
    return found.start() if found else start


@lru_cache(maxsize=1)
def _lower(text: str) -> str:
    """The text in lower case, kept for the other passages of the same article."""
    return text.lower()


def _before(text: str, first: tuple[int, int]) -> tuple[int, int] | tuple[()]:
    words = list(_WORD.finditer(text, max(0, first[0] - 120), first[0]))[-_PREFIX:]
    words = words if first[0] <= 120 or len(words) == _PREFIX else words[1:]
    if not words:
        return ()
    line = text.rfind("\n", 0, words[-1].end())
    return next(word.start() for word in words if word.start() > line), words[-1].end()


def _encoded(words: str) -> str:
    return quote(" ".join(words.split()), safe="").replace("-", "%2D")
