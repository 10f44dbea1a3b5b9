"""Printed wordings: a range of an article, or the joined content of a quotation, with offsets into the article."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from quotetrack.model import Span
from quotetrack.text.passages import joined
from quotetrack.text.sentences import sentences
from quotetrack.text.words import WORD, plain

ELLIPSIS = re.compile(r"\[(?:…|\.{3,})\]|\((?:…|\.{3,})\)|…|\.{3,}|\. \. \.")
# A sentence that ends outside the marks: `,” said Kvist. “`.
_STOP = re.compile(r"[.!?][\s“”\"'‘’«»]*\Z")
_QUOTES = '"“”„‟«»″〝〞＂❝❞‘’‚‛′ʼ`´＇‹›'
_DASHES = "‐‑‒–—―−"
_MARKS = str.maketrans(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DASHES, "-"))
_ENDS = " \t\n\r\u00a0'-.,;:!?…()[]"


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in a text; ``key`` is what is compared, with brackets if it stands between them."""

    start: int
    end: int
    key: str


@dataclass(frozen=True)
class Wording:
    """A text with its words.

    ``starts`` maps offsets to the article: pairs of an offset in ``text`` and one in the article. ``breaks`` are offsets
    at which a sentence begins although no full stop in ``text`` ends the one before.
    """

    text: str
    starts: tuple[tuple[int, int], ...] = ((0, 0),)
    breaks: tuple[int, ...] = ()

    @classmethod
    def of_spans(cls, spans: Sequence[Span], article: str) -> Wording:
        """Join the pieces of a quotation with a space; ``article`` tells whether a sentence ends between two pieces."""
        starts, breaks, length = [], [], 0
        for number, span in enumerate(spans):
            starts.append((length, span.start))
            if number and _STOP.search(article, spans[number - 1].end, span.start):
                breaks.append(length)
            length += len(span.text) + 1
        return cls(" ".join(span.text for span in spans), tuple(starts), tuple(breaks))

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The ranges of the sentences; one may end with a comma where the words that attribute it end with a full stop."""
        bounds = [0, *self.breaks, len(self.text)]
        return [
            (first + start, first + end)
            for first, last in itertools.pairwise(bounds)
            for start, end in sentences(self.text[first:last])
        ]

    @cached_property
    def tokens(self) -> list[Token]:
        """The words in order."""
        if "[" not in self.text:
            return [Token(match.start(), match.end(), plain(match[0])) for match in WORD.finditer(self.text)]
        found, depth, last = [], 0, 0
        for match in WORD.finditer(self.text):
            between = self.text[last : match.start()]
            depth = max(0, depth + between.count("[") - between.count("]"))
            word = plain(match[0])
            found.append(Token(match.start(), match.end(), f"[{word}]" if depth else word))
            last = match.end()
        return found

    @cached_property
    def keys(self) -> list[str]:
        """What is compared of each word."""
        return [token.key for token in self.tokens]

    def occurrences(self, keys: Sequence[str]) -> list[tuple[int, int]]:
        """Return the ranges of tokens where ``keys`` stand in a row; brackets do not count."""
        sought = joined([key.strip("[]") for key in keys])
        held = joined([key.strip("[]") for key in self.keys])
        found, at = [], held.find(sought)
        while at >= 0:
            first = held.count(" ", 0, at + 1) - 1
            found.append((first, first + len(keys)))
            at = held.find(sought, at + 1)
        return found

    def place(self, offset: int) -> int:
        """Return the offset in the article for one in ``text``."""
        own, other = next(pair for pair in reversed(self.starts) if pair[0] <= offset)
        return other + offset - own

    def ranges(self, first: int, end: int) -> list[tuple[int, int]]:
        """Return the ranges of the article that tokens ``first`` to ``end`` cover, one for each piece."""
        found: list[tuple[int, int]] = []
        piece = None
        for token in self.tokens[first:end]:
            own = next(pair for pair in reversed(self.starts) if pair[0] <= token.start)
            stop = self.place(token.end - 1) + 1
            if own == piece:
                found[-1] = (found[-1][0], stop)
            else:
                found.append((self.place(token.start), stop))
            piece = own
        return found

    def cut(self, first: int, end: int) -> str:
        """Return the text from token ``first`` to the one before ``end``."""
        return self.text[self.tokens[first].start : self.tokens[end - 1].end]

    def without_interruption(self, first: int, end: int) -> str:
        """Return the same text without the marks and commas that end and open the pieces of an interrupted quotation."""
        edges = [own for own, _ in self.starts if self.tokens[first].start < own < self.tokens[end - 1].end]
        bounds = [self.tokens[first].start, *edges, self.tokens[end - 1].end]
        return " ".join(self.text[start:stop].strip(_ENDS + _QUOTES) for start, stop in itertools.pairwise(bounds))


def same_marks(asked: str, printed: str) -> bool:
    """Whether two texts with the same words have the same punctuation and case.

    The two ends do not count, nor does the shape of quotation marks, dashes and white space.

    >>> same_marks("“We  don’t sail,”", "we don't sail")
    True
    >>> same_marks("We sail, now", "We sail now")
    False
    """
    one, other = _levelled(asked), _levelled(printed)
    return one[:1].lower() + one[1:] == other[:1].lower() + other[1:]


def _levelled(text: str) -> str:
    plain_marks = re.sub(r"\s*-+\s*|\s+", lambda found: "-" if "-" in found[0] else " ", text.translate(_MARKS))
    return re.sub(r"'+", "'", plain_marks).strip(_ENDS)
