"""Tell whether two wordings of one statement differ in a negation or in the value of a number.

Only words that are aligned are compared: most words on both sides of a difference must be the same in both wordings. A
negation or a number in a passage that only one of them has says nothing about the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Opcode

from quotetrack.text.inflection import singular
from quotetrack.text.numbers import numbers
from quotetrack.text.words import changes_sense

FEW = 3  # words; longer replacements are a different passage
_AROUND = 6  # words on each side that must be aligned
_ALIGNED = 0.6  # minimum share of these that are the same
_FEWEST = 3  # minimum number of these
_BESIDE = 4  # words; a negation this near makes up for another (`not to forget`, `to never forget`)
_HEDGES = frozenset(
    {
        "about", "almost", "approximately", "around", "fewer", "least", "less", "more", "most", "nearly", "over", "roughly",
        "some", "under", "up",
    }
)  # fmt: skip
_BEFORE = 3  # words in which a hedge is sought
_ROUNDED, _HEDGED = 0.02, 0.1  # maximum relative difference of a rounded number, and of one with a hedge
_YEARS = range(1900, 2100)
_AUXILIARIES = frozenset(
    {
        "am", "are", "be", "been", "being", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might",
        "must", "shall", "should", "was", "were", "will", "would",
    }
)  # fmt: skip
# Prefixes that negate, and the minimum length of the word that they negate: `unlike`, but not `income`.
_NEGATING = {"un": 4, "non": 4, "dis": 5, "in": 5, "im": 5, "il": 5, "ir": 5}
_NOT_NEGATED = ("unless", "until")
_ONE = ("a", "an", "single")


@dataclass(frozen=True, slots=True)
class _Edit:
    """Words ``start`` to ``end`` of the first wording stand for words ``from_`` to ``to`` of the second."""

    start: int
    end: int
    from_: int
    to: int
    at_end: bool


class _Compared:
    """Two lists of words and which of their words are the same."""

    def __init__(self, codes: Sequence[Opcode], ours: Sequence[str], theirs: Sequence[str]) -> None:
        self.ours, self.theirs = ours, theirs
        equal = [code for code in codes if code.tag == "equal"]
        # Words before the first and after the last common word are no context, because one wording may be an excerpt.
        first, last = equal[0], equal[-1]
        self._range = range(first.src_start, last.src_end), range(first.dest_start, last.dest_end)
        self._same = (
            {place for code in equal for place in range(code.src_start, code.src_end)},
            {place for code in equal for place in range(code.dest_start, code.dest_end)},
        )

    def aligned(self, edit: _Edit) -> bool:
        """Whether most words around an edit are the same."""
        for places, same, start, end in zip(
            self._range, self._same, (edit.start, edit.from_), (edit.end, edit.to), strict=True
        ):
            around = [p for p in (*range(start - _AROUND, start), *range(end, end + _AROUND)) if p in places]
            common = sum(place in same for place in around)
            if common < _FEWEST or common < _ALIGNED * len(around):
                return False
        return True

    def negated(self, edit: _Edit) -> bool:
        """Whether an edit adds or drops a negation that no other nearby makes up for."""
        removed, inserted = self.ours[edit.start : edit.end], self.theirs[edit.from_ : edit.to]
        if _negations(removed) == _negations(inserted):
            return False
        if not (removed and inserted) and (edit.at_end or not _only_negation([*removed, *inserted])):
            return False
        ours = self.ours[max(0, edit.start - _BESIDE) : edit.end + _BESIDE]
        theirs = self.theirs[max(0, edit.from_ - _BESIDE) : edit.to + _BESIDE]
        return _negations(ours) != _negations(theirs)

    def other_value(self, edit: _Edit) -> bool:
        """Whether an edit gives the same number another value."""
        return _other_value(
            *_numeric_run(self.ours, edit.start, edit.end), *_numeric_run(self.theirs, edit.from_, edit.to)
        )


def turned(codes: Sequence[Opcode], ours: Sequence[str], theirs: Sequence[str], same_units: bool = True) -> bool:
    """Whether the same statement stands in ``ours`` and ``theirs`` once with and once without a negation, or with another
    value of the same number.

    ``codes`` turn ``ours`` into ``theirs``, both from ``words_of``; at least one word is equal. Without ``same_units``,
    numbers are not compared, because the texts have them in different currencies.

    >>> from rapidfuzz.distance import Indel
    >>> ours, theirs = "we did not sell the old mill".split(), "we did sell the old mill".split()
    >>> turned(list(Indel.opcodes(ours, theirs)), ours, theirs)
    True
    """
    compared = _Compared(codes, ours, theirs)
    for edit in _edits(codes):
        removed, inserted = ours[edit.start : edit.end], theirs[edit.from_ : edit.to]
        if max(len(removed), len(inserted)) > FEW or not compared.aligned(edit):
            continue
        if compared.negated(edit) or _opposite(removed, inserted):
            return True
        if same_units and removed and inserted and compared.other_value(edit):
            return True
    return False


def _edits(codes: Sequence[Opcode]) -> list[_Edit]:
    """Join adjacent deletions and insertions."""
    groups = [list(group) for is_equal, group in groupby(codes, lambda code: code.tag == "equal") if not is_equal]
    return [
        _Edit(
            group[0].src_start, group[-1].src_end, group[0].dest_start, group[-1].dest_end,
            group[0] is codes[0] or group[-1] is codes[-1],
        )
        for group in groups
    ]  # fmt: skip


def _negations(words: Sequence[str]) -> int:
    return sum(changes_sense(word) and not any(c.isdigit() for c in word) for word in words)


def _only_negation(words: Sequence[str]) -> bool:
    """Whether the words only negate: a longer insertion with a negation is another clause."""
    return all(word in _AUXILIARIES or changes_sense(word) for word in words)


def _opposite(removed: Sequence[str], inserted: Sequence[str]) -> bool:
    """Whether a word is replaced by itself with or without a negating prefix."""
    return any(
        long == prefix + short and len(short) >= least and long not in _NOT_NEGATED
        for a in removed
        for b in inserted
        for short, long in ((a, b), (b, a))
        for prefix, least in _NEGATING.items()
    )


def _numeric_run(words: Sequence[str], start: int, end: int) -> tuple[Sequence[str], Sequence[str], str]:
    """Return the words of an edit with the numbers that they are part of, the words before, and the word after."""
    while 0 < start < end and _is_numeric(words[start]) and _is_numeric(words[start - 1]):
        start -= 1
    while start < end < len(words) and _is_numeric(words[end]) and _is_numeric(words[end - 1]):
        end += 1
    return words[start:end], words[max(0, start - _BEFORE) : start], words[end] if end < len(words) else ""


def _is_numeric(word: str) -> bool:
    return bool(numbers([word]))


def _other_value(
    ours: Sequence[str], before: Sequence[str], after: str, theirs: Sequence[str], other_before: Sequence[str], other_after: str
) -> bool:  # fmt: skip
    values, other_values = _values(ours), _values(theirs)
    if len(values) != len(other_values) or _unit(ours, after) != _unit(theirs, other_after):
        return False
    hedged = not _HEDGES.isdisjoint([*ours, *before, *theirs, *other_before])
    return any(not _same_value(a, b, hedged) for a, b in zip(values, other_values, strict=True))


def _values(words: Sequence[str]) -> list[str]:
    """Return the numbers in ``words``; an article or ``single`` is a one where there is no other number."""
    return [value.removesuffix(".") for value in numbers(words)] or ["1" for word in words if word in _ONE][:1]


def _unit(words: Sequence[str], after: str) -> str:
    """Return the word that follows the last number, in the singular."""
    last = max((place for place, word in enumerate(words) if _is_numeric(word) or word in _ONE), default=-1)
    unit = words[last + 1] if 0 <= last < len(words) - 1 else after
    return "percent" if unit == "per" else singular(unit)


def _same_value(value: str, other: str, hedged: bool) -> bool:
    """Whether two values are equal, or one is the other rounded."""
    if value == other:
        return True
    if not (value.isdecimal() and other.isdecimal()):
        return False
    a, b = int(value), int(other)
    if a in _YEARS and b in _YEARS:
        return False
    difference = abs(a - b) / max(a, b)
    return difference <= _HEDGED if hedged else difference <= _ROUNDED and _rounds(a, b)


def _rounds(a: int, b: int) -> bool:
    """Whether one number is the other with more zeros at its end."""
    zeros = [len(str(n)) - len(str(n).rstrip("0")) for n in (a, b)]
    fine, coarse = (a, b) if zeros[0] < zeros[1] else (b, a)
    return zeros[0] != zeros[1] and round(fine, -max(zeros)) == coarse
