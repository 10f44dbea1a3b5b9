"""Tokenise a text for evaluation, and find the characters between quotation marks.

Independent of the parser and of extraction, so that changes there do not change the gold annotations.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from quotetrack.evaluate.items import Range
from quotetrack.model import Kind

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = frozenset("\"“”„‟‘’'`«»")
_PAIRED = re.compile(r"''|``|[\"“”„‟«»]")
_PAIRED_SINGLE = re.compile(r"(?<!\w)[‘'](?=\S)|(?P<closes>(?<=\S)[’'](?!\w))")
_OPENS_SINGLE = re.compile(r"(?<![\w'])[‘'](?=[^\s'])")
_OPENING, _CLOSING = frozenset("“„«‘"), frozenset("”»’")
# Minimum share of characters between marks for a direct content; a `that` or a bracketed name may be outside.
_DIRECT = 0.8


class Measured:
    """Tokens and quotation marks of one text. Marks are not tokens, because annotators treat them differently."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text)]
        self._tokens = [token for token in found if token[2] not in _MARKS]
        self._starts = [token[0] for token in self._tokens]
        self._marks, self._inside = _between_marks(text)

    def tokens(self, ranges: Iterable[Range]) -> frozenset[int]:
        """Return the indices of the tokens that overlap ``ranges``."""
        numbers: set[int] = set()
        for start, end in ranges:
            first = bisect_left(self._starts, start)
            if first and self._tokens[first - 1][1] > start:
                first -= 1
            numbers.update(range(first, bisect_left(self._starts, end)))
        return frozenset(numbers)

    def words(self, tokens: Iterable[int]) -> frozenset[int]:
        """Return those of ``tokens`` that are words or numbers."""
        return frozenset(n for n in tokens if self._tokens[n][2][0].isalnum() or self._tokens[n][2][0] == "_")

    def spelled(self, tokens: Iterable[int]) -> list[str]:
        """Return the words among ``tokens``, in order, in lower case."""
        return [self._tokens[n][2].lower() for n in sorted(self.words(tokens))]

    def kind(self, ranges: Sequence[Range]) -> Kind:
        """Classify as direct, indirect or mixed, by the share of characters between paired quotation marks."""
        characters = inside = marks = 0
        for start, end in ranges:
            for position in range(start, min(end, len(self.text))):
                if not self.text[position].isspace():
                    characters += 1
                    inside += self._inside[position]
                    marks += position in self._marks
        if characters and inside / characters >= _DIRECT:
            return "direct"
        return "mixed" if inside or marks else "indirect"


def _between_marks(text: str) -> tuple[frozenset[int], bytearray]:
    """Return the positions of the marks, and a flag for each character between two marks.

    Marks are paired within lines; an unclosed mark extends to the end of its line, because the next paragraph may reopen the
    quotation. Two apostrophes or two backquotes are a mark, as used by wire services.
    """
    # British newspapers use single marks for quotations and double marks only within quotations.
    single = len(_OPENS_SINGLE.findall(text)) > len(_PAIRED.findall(text)) / 2
    pattern = _PAIRED_SINGLE if single else _PAIRED
    places: set[int] = set()
    inside = bytearray(len(text))
    position = 0
    for line in text.split("\n"):
        opened: int | None = None
        found = list(pattern.finditer(text, position, position + len(line)))
        for number, match in enumerate(found):
            glyph = match.group()
            if single and _apostrophe(text, match, opened is not None, found[number + 1 :]):
                continue
            places.add(match.start())
            if opened is None:
                opened = match.start() if glyph not in _CLOSING else None
            elif glyph not in _OPENING or _leans_left(text, match.end()):
                inside[opened : match.end()] = b"\1" * (match.end() - opened)
                opened = None
        if opened is not None:
            inside[opened : position + len(line)] = b"\1" * (position + len(line) - opened)
        position += len(line) + 1
    return frozenset(places), inside


def _apostrophe(text: str, match: re.Match[str], opened: bool, following: list[re.Match[str]]) -> bool:
    """Whether a single mark after a word is an apostrophe: no quotation is open, or it looks like ``the boys' boat`` and
    another closing mark follows."""
    if match.lastgroup != "closes":
        return False
    mark = match.start()
    plural = text[mark - 1] in "sS" and text[mark + 1 : mark + 2] == " " and text[mark + 2 : mark + 3].isalpha()
    return not opened or (plural and any(one.lastgroup == "closes" for one in following))


def _leans_left(text: str, end: int) -> bool:
    """Whether an opening mark is used as a closing mark (``“at war“, he said``)."""
    return text[end : end + 1] in ("", " ", "\n", ",", ".", ";", ")")
