"""Quotation marks: which stretches of a text stand between them.

Marks in real news come odd, mixed and unclosed: “…», “…“, ``…'', a stray », an apostrophe that looks like a closing
mark, feet and inches. So what a mark does is read off its surroundings first (an opening mark leans on the word after
it, a closing one on the word before) and off its shape only where the surroundings leave it open. Marks are paired
within a paragraph; a mark that cannot be paired is given up, never the paragraph.
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
# Patterns that begin with one class of characters are looked for many times as fast as those that begin with alternatives.
_MARK = re.compile(f"[{_GLYPHS}](?:(?<=`)`|(?<=')'|(?<=´)´)?")
_PARAGRAPHS_QUOTED = 4  # how many paragraphs further the mark may stand that closes a quotation
_ELISION = re.compile(r"(?:\d\ds?|em|tis|twas|til|cause|bout|n|round|s|re|ll|ve|d)\b", re.IGNORECASE)
_BEFORE_OPENING = set(" \t\n\r\u00a0\u2009\u202f([{—–-/:;,…") | DOUBLE | SINGLE_OPENING | SINGLE_EITHER
_NEVER_FIRST = re.compile(r"[,;:!?)\]}]|\.(?!\.)")  # no quotation begins so: `« It holds », he said` has spaces inside
_AFTER_CLOSING = set(" \t\n\r\u00a0\u2009\u202f)]}—–-/:;,.!?…") | DOUBLE | SINGLE_EITHER


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between marks: ``start``/``end`` with the marks, ``inner_start``/``inner_end`` without.

    ``closed`` is false where the stretch runs to the end of its paragraph because the next paragraph re-opens, or
    because nothing closes it. ``single`` says that single marks enclose it. ``paragraph`` is the paragraph's index.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    single: bool
    paragraph: int

    def moved(self, by: int) -> Quoted:
        """The same stretch, its places counted from ``by`` characters further left."""
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
    """The outermost quoted stretches of ``text`` in order; none crosses a paragraph, none overlaps another.

    A quotation of several paragraphs is a stretch in each of them, whether they open again or not.
    """
    marks = [_marks(text, start, end) for start, end in paragraphs]
    found: list[Quoted] = []
    until = -1  # the paragraph that closes what an earlier one opened and none between opened again
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
    """The paragraph that closes what the last mark of this one opens, where none between has a mark; -1 if none does."""
    doubles = [mark for mark in marks[number] if not mark.single]
    if not doubles or not doubles[-1].opens or doubles[-1].closes:
        return -1
    for later in range(number + 1, min(number + 1 + _PARAGRAPHS_QUOTED, len(paragraphs))):
        first = next((mark for mark in marks[later] if not mark.single), None)
        if first is not None:
            inside = first.closes and not first.opens and first.start > paragraphs[later][0]
            return later if inside else -1
    return -1


BLANK = "\0"  # stands in for a quoted character; ends no sentence, so that the sentence around a quotation stays one


def blanked(text: str, quoted: list[Quoted]) -> str:
    """``text`` with ``BLANK`` in place of each character of ``quoted`` (in order, as found); offsets stay."""
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
    for match in _MARK.finditer(text, start, end):
        glyph = match.group()
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        single = len(glyph) == 1 and glyph not in DOUBLE
        leans_right = before in _BEFORE_OPENING and not after.isspace() and not _NEVER_FIRST.match(text, match.end())
        leans_left = not before.isspace() and after in _AFTER_CLOSING
        if single:
            mark = _single(text, match.start(), match.end(), glyph, before, after)
        else:
            if glyph in STRAIGHT and before in ",.!?" and after.isalnum():
                leans_left = True  # `"It holds,"Vale said.`: the space behind the closing mark is often lost
            mark = _double(match.start(), match.end(), glyph, leans_right, leans_left)
            if glyph in STRAIGHT and before.isdigit() and _is_measure(text, match.start(), start):
                continue
        if mark:
            marks.append(mark)
    return marks


def _double(start: int, end: int, glyph: str, leans_right: bool, leans_left: bool) -> _Mark:
    if leans_right != leans_left:
        opens, closes = leans_right, leans_left
    elif glyph in OPENING or glyph == "``":
        opens, closes = True, glyph != "``" and leans_left
    elif glyph in CLOSING:
        opens, closes = False, True
    else:
        opens = closes = True
    return _Mark(start, end, glyph, opens, closes, single=False)


def _single(text: str, start: int, end: int, glyph: str, before: str, after: str) -> _Mark | None:
    """A single mark, or ``None`` for an apostrophe inside or at the head of a word."""
    if before.isalnum() and after.isalnum():
        return None
    opens = before in _BEFORE_OPENING and (after.isalnum() or after in "…$£€[(")
    if opens and glyph != "‘" and _ELISION.match(text, end):
        opens = False
    if opens and glyph == "’":
        opens = False
    closes = not opens and not before.isspace() and glyph in SINGLE_EITHER and not after.isalnum()
    return _Mark(start, end, glyph, opens, closes, single=True) if opens or closes else None


def _is_measure(text: str, position: int, start: int) -> bool:
    """Whether the straight mark after a number means inches: ``6'2"``, or ``12" pipe`` with no mark open before it."""
    if re.search(r"\d\s?['’′]\s?\d{1,2}(?:\.\d)?$", text[max(start, position - 8) : position]):
        return True
    return text[start:position].count('"') % 2 == 0


def _pair(text: str, marks: list[_Mark], place: tuple[int, int], paragraph: int, reopens: bool) -> list[Quoted]:
    start, end = place
    found: list[Quoted] = []
    index = 0
    while index < len(marks):
        mark = marks[index]
        if not mark.opens:
            index += 1
            continue
        close = _closing(text, marks, index)
        if close is not None:
            closing = marks[close]
            found.append(Quoted(mark.start, closing.end, mark.end, closing.start, True, mark.single, paragraph))
            index = close + 1
        elif mark.single:
            index += 1
        else:
            unclosed = _unclosed(text, marks, index, start, end, paragraph, reopens)
            if unclosed is not None:
                found.append(unclosed)
                index = next((i for i in range(index + 1, len(marks)) if marks[i].start >= unclosed.end), len(marks))
            else:
                index += 1
    return [q for q in found if any(c.isalnum() for c in text[q.inner_start : q.inner_end])]


def _closing(text: str, marks: list[_Mark], opening: int) -> int | None:
    """Index of the mark that closes the one at ``opening``; marks of a quotation within it are stepped over."""
    first = marks[opening]
    depth = 0
    if first.single:
        return _closing_single(text, marks, opening)
    for index in range(opening + 1, len(marks)):
        mark = marks[index]
        if mark.single:
            continue
        if mark.opens and not mark.closes:
            depth += 1
        elif mark.closes and depth:
            depth -= 1
        elif mark.closes:
            return index
    if depth:
        # More marks open than close: one of them was never closed. Where this one is closed before another opens,
        # that is its end; else the inner one is a new start and this one is the orphan.
        for index in range(opening + 1, len(marks)):
            if not marks[index].single and marks[index].opens and not marks[index].closes:
                return None
            if not marks[index].single and marks[index].closes:
                return index
    return None


def _closing_single(text: str, marks: list[_Mark], opening: int) -> int | None:
    """The end of a stretch in single marks: the first mark after a full stop or comma, else the first that can be.

    A plural's apostrophe (``the workers' rights``) looks like a closing mark, so one after ``s`` before a word is
    taken only if no better one follows before the next opening mark.
    """
    fallback: int | None = None
    inside = 0
    for index in range(opening + 1, len(marks)):
        mark = marks[index]
        if not mark.single:
            if mark.opens and not mark.closes:
                inside += 1
            elif mark.closes and inside:
                inside -= 1  # a quotation within this one: ‘They said, “Tell him.”’
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


def _unclosed(
    text: str, marks: list[_Mark], opening: int, start: int, end: int, paragraph: int, reopens: bool
) -> Quoted | None:
    """What an opening mark encloses that nothing closes: to the paragraph's end at most, or nothing.

    It is believed where the next paragraph re-opens, or where it stands at the head of its paragraph or after a
    colon or comma, and no other mark follows; else it is a stray.
    """
    mark = marks[opening]
    others = [m for m in marks[opening + 1 :] if not m.single]
    if others:
        return None
    lead = text[start : mark.start].rstrip()
    if reopens or not lead or lead[-1] in ":,":
        return Quoted(mark.start, end, mark.end, end, False, mark.single, paragraph)
    return None
