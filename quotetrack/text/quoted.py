"""Pairs quotation marks.

News contains mixed, unusual and unclosed marks: “…», “…“, ``…'', a stray », apostrophes that look like closing marks, feet and
inches. A mark is therefore classified by the characters around it (an opening mark touches the word after it, a closing one
the word before it), and by its shape only if these are ambiguous. Marks are paired within a paragraph, and a mark without a
partner is ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENING = set("“„‟«‹〝❝")
CLOSING = set("”»›〞❞")
STRAIGHT = set('"″＂')
SINGLE_OPENING = set("‘‚‛`")
SINGLE_EITHER = set("’'´‘")
DOUBLE = OPENING | CLOSING | STRAIGHT
_GLYPHS = "“”„‟«»‹›〝〞❝❞\"″＂‘’‚‛'`´"
# Searching is many times faster for a pattern that starts with one character class than for one with alternatives.
_MARK = re.compile(f"[{_GLYPHS}](?:(?<=`)`|(?<=')'|(?<=´)´)?")
_PARAGRAPHS_QUOTED = 4  # how many paragraphs ahead a closing mark is looked for
_ELISION = re.compile(r"(?:\d\ds?|em|tis|twas|til|cause|bout|n|round|s|re|ll|ve|d)\b", re.IGNORECASE)
_BEFORE_OPENING = set(" \t\n\r\u00a0\u2009\u202f([{—–-/:;,…") | DOUBLE | SINGLE_OPENING | SINGLE_EITHER
_NEVER_FIRST = re.compile(
    r"[,;:!?)\]}]|\.(?!\.)"
)  # cannot start a quotation; marks may be padded: `« It holds », he said`
_AFTER_CLOSING = set(" \t\n\r\u00a0\u2009\u202f)]}—–-/:;,.!?…") | DOUBLE | SINGLE_EITHER


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted stretch: ``start`` and ``end`` include the marks, ``inner_start`` and ``inner_end`` do not.

    ``closed`` is false if the stretch ends with its paragraph, because the next paragraph re-opens the quotation or because
    there is no closing mark. ``single`` is true for single marks. ``paragraph`` is the index of the paragraph.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    single: bool
    paragraph: int

    def moved(self, by: int) -> Quoted:
        """The same stretch with offsets increased by ``by``."""
        places = (self.start + by, self.end + by, self.inner_start + by, self.inner_end + by)
        return Quoted(*places, self.closed, self.single, self.paragraph)


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    glyph: str
    opens: bool
    closes: bool
    single: bool


def quoted_stretches(text: str, paragraphs: tuple[tuple[int, int], ...]) -> list[Quoted]:
    """The outermost quoted stretches of ``text``, in order, without overlaps, each within one paragraph.

    A quotation over several paragraphs gives one stretch in each of them, with or without a mark at its start.
    """
    marks = [_marks(text, start, end) for start, end in paragraphs]
    found: list[Quoted] = []
    until = -1  # the paragraph that closes a quotation opened in an earlier one, without marks between
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if number < until:
            found.append(Quoted(start, end, start, end, False, False, number))
            continue
        first = 0
        if number == until:
            first = next(i for i, mark in enumerate(marks[number]) if not mark.single)
            closing = marks[number][first]
            found.append(Quoted(start, closing.end, start, closing.start, True, False, number))
            first += 1
        until = _closed_later(marks, number, paragraphs)
        reopens = until > 0 or (following is not None and _opens_paragraph(text, following))
        found += _pair(text, marks[number][first:], (start, end), number, reopens)
    return found


def _closed_later(marks: list[list[_Mark]], number: int, paragraphs: tuple[tuple[int, int], ...]) -> int:
    """The index of the paragraph that closes the quotation opened by the last mark of paragraph ``number``, or -1.

    Paragraphs between the two must not contain double marks.
    """
    doubles = [mark for mark in marks[number] if not mark.single]
    if not doubles or not doubles[-1].opens or doubles[-1].closes:
        return -1
    for later in range(number + 1, min(number + 1 + _PARAGRAPHS_QUOTED, len(paragraphs))):
        first = next((mark for mark in marks[later] if not mark.single), None)
        if first is not None:
            inside = first.closes and not first.opens and first.start > paragraphs[later][0]
            return later if inside else -1
    return -1


BLANK = "\0"  # replaces quoted characters; never ends a sentence, so that the sentence around a quotation stays whole


def blanked(text: str, quoted: list[Quoted]) -> str:
    """``text`` with each character of ``quoted`` (in text order) replaced by ``BLANK``; offsets are unchanged."""
    found: list[str] = []
    last = 0
    for stretch in quoted:
        found += [text[last : stretch.start], BLANK * (stretch.end - stretch.start)]
        last = stretch.end
    return "".join([*found, text[last:]])


def _opens_paragraph(text: str, paragraph: tuple[int, int]) -> bool:
    if text[paragraph[0]] not in _GLYPHS:
        return False
    marks = _marks(text, paragraph[0], min(paragraph[1], paragraph[0] + 4))
    return bool(marks) and marks[0].start == paragraph[0] and marks[0].opens


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    marks: list[_Mark] = []
    counted, straight = start, 0  # straight marks before ``counted``
    for match in _MARK.finditer(text, start, end):
        glyph = match.group()
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        single = len(glyph) == 1 and glyph not in DOUBLE
        touches_next = before in _BEFORE_OPENING and not after.isspace() and not _NEVER_FIRST.match(text, match.end())
        touches_previous = not before.isspace() and after in _AFTER_CLOSING
        if single:
            mark = _single(text, match.start(), match.end(), glyph, before, after)
        else:
            if glyph in STRAIGHT and before in ",.!?" and after.isalnum():
                touches_previous = True  # `"It holds,"Vale said.`: the space after a closing mark is often missing
            mark = _double(match.start(), match.end(), glyph, touches_next, touches_previous)
            if glyph in STRAIGHT and before.isdigit():
                straight += text.count('"', counted, match.start())
                counted = match.start()
                if straight % 2 == 0 or _is_inches(text, match.start(), start):
                    continue
        if mark:
            marks.append(mark)
    return marks


def _double(start: int, end: int, glyph: str, touches_next: bool, touches_previous: bool) -> _Mark:
    if touches_next != touches_previous:
        opens, closes = touches_next, touches_previous
    elif glyph in OPENING or glyph == "``":
        opens, closes = True, glyph != "``" and touches_previous
    elif glyph in CLOSING:
        opens, closes = False, True
    else:
        opens = closes = True
    return _Mark(start, end, glyph, opens, closes, single=False)


def _single(text: str, start: int, end: int, glyph: str, before: str, after: str) -> _Mark | None:
    """The single mark at ``start``, or ``None`` for an apostrophe inside or at the start of a word."""
    if before.isalnum() and after.isalnum():
        return None
    opens = before in _BEFORE_OPENING and (after.isalnum() or after in "…$£€[(")
    if opens and glyph != "‘" and _ELISION.match(text, end):
        opens = False
    if opens and glyph == "’":
        opens = False
    closes = not opens and not before.isspace() and glyph in SINGLE_EITHER and not after.isalnum()
    return _Mark(start, end, glyph, opens, closes, single=True) if opens or closes else None


def _is_inches(text: str, position: int, start: int) -> bool:
    """Whether the straight mark stands after feet and inches: ``6'2"``.

    After another number it means inches only outside quotation marks: ``12" pipe``.
    """
    return re.search(r"\d\s?['’′]\s?\d{1,2}(?:\.\d)?$", text[max(start, position - 8) : position]) is not None


def _pair(text: str, marks: list[_Mark], place: tuple[int, int], paragraph: int, reopens: bool) -> list[Quoted]:
    found: list[Quoted] = []
    closing_marks = _closing_marks(marks)
    last_double = max((number for number, mark in enumerate(marks) if not mark.single), default=-1)
    index = 0
    while index < len(marks):
        mark = marks[index]
        if not mark.opens:
            index += 1
            continue
        close = _closing_single(text, marks, index) if mark.single else closing_marks.get(index)
        if close is not None:
            closing = marks[close]
            found.append(Quoted(mark.start, closing.end, mark.end, closing.start, True, mark.single, paragraph))
            index = close + 1
        elif mark.single:
            index += 1
        else:
            unclosed = _unclosed(text, mark, place, paragraph, reopens) if index == last_double else None
            if unclosed is not None:
                found.append(unclosed)
                index = next((i for i in range(index + 1, len(marks)) if marks[i].start >= unclosed.end), len(marks))
            else:
                index += 1
    return [q for q in found if any(c.isalnum() for c in text[q.inner_start : q.inner_end])]


def _closing_marks(marks: list[_Mark]) -> dict[int, int]:
    """The index of the double mark that closes each double mark, skipping nested quotations.

    A mark that can only open counts up, every other one down; the first mark that is lower closes. Where there are more
    opening than closing marks, the next opening mark starts a new quotation and the one before is ignored.
    """
    found: dict[int, int] = {}
    waiting: list[tuple[int, int]] = []
    depth = 0
    for index, mark in enumerate(marks):
        if mark.single:
            continue
        depth += 1 if mark.opens and not mark.closes else -1
        while waiting and waiting[-1][1] > depth:
            found[waiting.pop()[0]] = index
        waiting.append((index, depth))
    return found


def _closing_single(text: str, marks: list[_Mark], opening: int) -> int | None:
    """The index of the mark that closes a quotation in single marks, or ``None``.

    The apostrophe of a plural (``the workers' rights``) looks like a closing mark. A mark between ``s`` and a word is therefore
    used only if no other closing mark follows before the next opening one.
    """
    fallback: int | None = None
    inside = 0
    for index in range(opening + 1, len(marks)):
        mark = marks[index]
        if not mark.single:
            if mark.opens and not mark.closes:
                inside += 1
            elif mark.closes and inside:
                inside -= 1  # a nested quotation: ‘They said, “Tell him.”’
            elif fallback is None and mark.closes and not mark.opens:
                return None
            continue
        if mark.opens:
            break
        before, after = text[mark.start - 1], text[mark.end : mark.end + 2]
        plural = before in "sS" and len(after) == 2 and after[0] == " " and after[1].isalpha()
        if before in ".,!?…" or not plural:
            return index
        fallback = index if fallback is None else fallback
    return fallback


def _unclosed(text: str, mark: _Mark, place: tuple[int, int], paragraph: int, reopens: bool) -> Quoted | None:
    """The stretch from the last double mark, which nothing closes, to the end of its paragraph; ``None`` for a stray mark.

    It is accepted if the next paragraph re-opens the quotation or the mark is at the start of its paragraph or after a
    colon or comma.
    """
    start, end = place
    lead = text[start : mark.start].rstrip()
    if reopens or not lead or lead[-1] in ":,":
        return Quoted(mark.start, end, mark.end, end, False, mark.single, paragraph)
    return None
