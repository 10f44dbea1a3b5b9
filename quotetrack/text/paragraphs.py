"""Where paragraphs begin and end.

Outlets separate paragraphs by an empty line or by a single line end; plain-text mail, old archives and text taken from
PDFs wrap lines inside a paragraph. Quotation marks are paired within paragraphs, so the difference matters.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from statistics import median

_END = re.compile(r"[\n\r\v\f\x85\u2028\u2029](?:(?<=\r)\n)?")
_STOPPED = re.compile(r"[.!?:;…][\"'”’»“)\]]*$")
_OPENING_MARK = re.compile(r"(?:^|(?<=[\s(\[—–-]))[\"“„«](?=\S)|[“„«](?=\s)")
_DOUBLE_MARK = re.compile(r"[\"“”„«»]")
# A turn of a transcript (`VANCE:`, `Q.`), a bullet or a sign-off begins a line of its own, however lines are folded.
_LINE_OF_ITS_OWN = re.compile(
    r"(?:[QA][.:]\s|(?:[A-Z][A-Z'’-]+|(?:Mr|Mrs|Ms|Dr|Sen)\.?)(?:[ ,.]+[A-Z][\w'’.-]*){0,6}(?: \([^)]*\))*:\s"
    r"|[•*▪◦]\s|(?:—|–|--)\s?[A-Z])"
)
_NARROWEST, _WIDEST = 25, 100  # characters of a folded line
_SHORT_LINE = 0.65  # of the usual width: with a stop at its end, the last line of a paragraph
_INDENT = 2
_LINES_QUOTED = 12  # how many lines a quotation may go on over
_CHARACTERS_QUOTED = 1_000


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    indent: int
    after_blank: bool


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open character ranges of the paragraphs of ``text``, in order, without white space at their edges."""
    lines = _lines(text)
    wrapped = _hard_wrapped(text, lines)
    width = median(line.end - line.start for line in lines) if wrapped else 0.0
    found: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        goes_on = number > 0 and not line.after_blank
        if goes_on and wrapped:
            goes_on = _folded(text, lines[number - 1], line, width)
        elif goes_on:
            goes_on = _cut_short(text, lines, number, found[-1][0])
        if goes_on:
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
    folds = [(a, b) for a, b in itertools.pairwise(lines) if not b.after_blank]
    if len(folds) < 3:
        return False
    lower = sum(text[b.start].islower() for _, b in folds)
    middling = sum(_NARROWEST <= a.end - a.start <= _WIDEST for a, _ in folds)
    return lower >= 0.4 * len(folds) and middling >= 0.8 * len(folds)


def _folded(text: str, before: _Line, line: _Line, width: float) -> bool:
    """Whether ``line`` goes on with the paragraph of the line before it, in a text with folded lines."""
    if _LINE_OF_ITS_OWN.match(text, line.start, line.end):
        return False
    if text[line.start].islower() or not _STOPPED.search(text[before.start : before.end]):
        return True
    short = before.end - before.start < _SHORT_LINE * width
    return not short and line.indent < before.indent + _INDENT


def _cut_short(text: str, lines: list[_Line], number: int, paragraph: int) -> bool:
    """Whether the line before, of the paragraph that begins at ``paragraph``, was cut off within a sentence, in a text whose
    lines are paragraphs.
    """
    before, line = lines[number - 1], lines[number]
    ahead = text[before.start : before.end]
    if _STOPPED.search(ahead):
        return False
    if text[line.start].islower() and ahead[-1] in "-\u00ad\u2010" and ahead[-2:-1].isalpha():
        return True
    folded = _NARROWEST <= len(ahead) <= _WIDEST and (ahead[-1].islower() or ahead[-1] == ",")
    if text[line.start].islower() and folded:
        return True
    first = max(paragraph, before.end - _CHARACTERS_QUOTED)
    return _left_open(text[first : before.end]) and _closed_below(text, lines, number)


def _left_open(line: str) -> bool:
    """Whether the last mark opens a quotation."""
    marks = list(_DOUBLE_MARK.finditer(line))
    return bool(marks) and _OPENING_MARK.match(line, marks[-1].start()) is not None


def _closed_below(text: str, lines: list[_Line], number: int) -> bool:
    """Whether the first mark from this line on, in the same block, closes a quotation."""
    for place in range(number, min(number + _LINES_QUOTED, len(lines))):
        line = lines[place]
        if place > number and line.after_blank:
            return False
        if mark := _DOUBLE_MARK.search(text, line.start, line.end):
            return mark.start() > line.start and _OPENING_MARK.match(text, mark.start()) is None
    return False
