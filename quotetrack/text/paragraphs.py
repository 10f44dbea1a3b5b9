"""Splits text into paragraphs.

Outlets separate paragraphs by an empty line or a single line break, while plain-text mail, old archives and text from PDFs
also break lines inside a paragraph. The difference matters because quotation marks are paired within paragraphs.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_END = re.compile(r"[\n\r\v\f\x85\u2028\u2029](?:(?<=\r)\n)?")
_STOPPED = re.compile(r"[.!?:;…][\"'”’»“)\]]*$")
_OPENING_MARK = re.compile(r"(?:^|(?<=[\s(\[—–-]))[\"“„«](?=\S)|[“„«](?=\s)")
_DOUBLE_MARK = re.compile(r"[\"“”„«»]")
# Speaker labels of a transcript (`VANCE:`, `Q.`), bullets and sign-offs start a new paragraph even in wrapped text.
_LINE_OF_ITS_OWN = re.compile(
    r"(?:[QA][.:]\s|(?:[A-Z][A-Z'’-]+|(?:Mr|Mrs|Ms|Dr|Sen)\.?)(?:[ ,.]+[A-Z][\w'’.-]*){0,6}(?: \([^)]*\))*:\s"
    r"|[•*▪◦]\s|(?:—|–|--)\s?[A-Z])"
)
_NARROWEST, _WIDEST = 25, 100  # characters in a wrapped line
_SHORT_LINE = 0.65  # of the median width: a shorter line that ends a sentence ends its paragraph
_INDENT = 2
_LINES_QUOTED = 12  # the most lines that a quotation may cover
_CHARACTERS_QUOTED = 1_000  # how far back an opening mark is looked for


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    after_blank: bool


def _median(numbers: list[int]) -> float:
    """The same as ``statistics.median``, without the 20 ms that importing it takes."""
    ordered = sorted(numbers)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """The paragraphs of ``text`` as half-open character ranges, in order, without white space at their ends.

    >>> paragraphs("The ferry left.\\n\\nNobody was on board.")
    ((0, 15), (17, 37))
    """
    lines = _lines(text)
    wrapped = _hard_wrapped(text, lines)
    width = _median([line.end - line.start for line in lines]) if wrapped else 0.0
    found: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        continues = number > 0 and not line.after_blank
        if continues and wrapped:
            continues = _continues(text, lines[number - 1], line, width)
        elif continues:
            continues = _cut_short(text, lines, number, found[-1][0])
        if continues:
            found[-1] = (found[-1][0], line.end)
        else:
            found.append((line.start, line.end))
    return tuple(found)


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    position, blank = 0, False
    for match in itertools.chain(_END.finditer(text), (None,)):
        end = match.start() if match else len(text)
        piece = text[position:end]
        if stripped := piece.strip():
            indent = piece.index(stripped[0])
            found.append(_Line(position + indent, position + indent + len(stripped), indent, blank))
            blank = False
        else:
            blank = True
        position = match.end() if match else end
    return found


def _hard_wrapped(text: str, lines: list[_Line]) -> bool:
    """Whether lines are wrapped: many begin in lower case, and most lines before a line break are of medium length."""
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if not b.after_blank]
    if len(pairs) < 3:
        return False
    lower = sum(text[b.start].islower() for _, b in pairs)
    medium = sum(_NARROWEST <= a.end - a.start <= _WIDEST for a, _ in pairs)
    return lower >= 0.4 * len(pairs) and medium >= 0.8 * len(pairs)


def _continues(text: str, before: _Line, line: _Line, width: float) -> bool:
    """Whether ``line`` continues the paragraph of the previous line, in a text with wrapped lines."""
    if _LINE_OF_ITS_OWN.match(text, line.start, line.end):
        return False
    if text[line.start].islower() or not _STOPPED.search(text[before.start : before.end]):
        return True
    short = before.end - before.start < _SHORT_LINE * width
    return not short and line.indent < before.indent + _INDENT


def _cut_short(text: str, lines: list[_Line], number: int, paragraph: int) -> bool:
    """Whether line ``number`` continues a sentence of the previous line, in a text with one paragraph per line.

    ``paragraph`` is the offset at which the previous line's paragraph starts.
    """
    before, line = lines[number - 1], lines[number]
    previous = text[before.start : before.end]
    if _STOPPED.search(previous):
        return False
    if text[line.start].islower() and previous[-1] in "-\u00ad\u2010" and previous[-2:-1].isalpha():
        return True
    wrapped = _NARROWEST <= len(previous) <= _WIDEST and (previous[-1].islower() or previous[-1] == ",")
    if text[line.start].islower() and wrapped:
        return True
    first = max(paragraph, before.end - _CHARACTERS_QUOTED)
    return _left_open(text[first : before.end]) and _closed_below(text, lines, number)


def _left_open(line: str) -> bool:
    """Whether the last double mark of ``line`` opens a quotation."""
    marks = list(_DOUBLE_MARK.finditer(line))
    return bool(marks) and _OPENING_MARK.match(line, marks[-1].start()) is not None


def _closed_below(text: str, lines: list[_Line], number: int) -> bool:
    """Whether the first double mark from line ``number`` on, before an empty line, closes a quotation."""
    for place in range(number, min(number + _LINES_QUOTED, len(lines))):
        line = lines[place]
        if place > number and line.after_blank:
            return False
        if mark := _DOUBLE_MARK.search(text, line.start, line.end):
            return mark.start() > line.start and _OPENING_MARK.match(text, mark.start()) is None
    return False
