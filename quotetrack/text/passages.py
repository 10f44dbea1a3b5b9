"""Cut a text into passages for the index of words that ``check`` searches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from quotetrack.text.paragraphs import paragraphs
from quotetrack.text.words import WORD, plain

# A run of up to OVERLAP words of one paragraph is always within one passage.
OVERLAP = 24
_LONGEST = 80  # words; a longer paragraph is cut into passages that overlap

Signature = tuple[int, int, int, int]


class Passage(NamedTuple):
    """A range of a text in characters, with its words, each between spaces, and their signature."""

    start: int
    end: int
    words: str
    signature: Signature


def passages(text: str) -> list[Passage]:
    """Return the passages of ``text``: its paragraphs, the long ones in parts of 80 words of which 24 overlap.

    >>> [(p.start, p.end, p.words) for p in passages("We sail. Nobody panicked.")]
    [(0, 24, ' we sail nobody panicked ')]
    """
    found = []
    for start, end in paragraphs(text):
        words = list(WORD.finditer(text, start, end))
        for first in range(0, max(1, len(words) - OVERLAP), _LONGEST - OVERLAP):
            part = words[first : first + _LONGEST]
            if part:
                keys = [plain(word[0]) for word in part]
                found.append(Passage(part[0].start(), part[-1].end(), joined(keys), signature(keys)))
    return found


def keys_of(text: str) -> list[str]:
    """Return the words of ``text`` as the index has them, including those in brackets."""
    return [plain(word) for word in WORD.findall(text)]


def joined(words: Sequence[str]) -> str:
    """Return the words with a space before and after each, so that a run of them is a substring."""
    return f" {' '.join(words)} "


def signature(words: Sequence[str]) -> Signature:
    """Return 256 bits as four numbers, with one bit set for each word.

    A passage that has given words has all of their bits set (signature files: Faloutsos and Christodoulakis 1984).
    """
    bits = 0
    for word in words:
        bits |= _bit(word)
    mask = (1 << 64) - 1
    return bits & mask, bits >> 64 & mask, bits >> 128 & mask, bits >> 192


@lru_cache(maxsize=200_000)
def _bit(word: str) -> int:
    return 1 << crc32(word.encode("utf-8", "replace")) % 256
