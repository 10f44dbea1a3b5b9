"""Classify how a wording differs from the displayed wording of its claim, and whether a negation or number differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz.distance import Indel

from quotetrack.cluster.wordings import PIECES
from quotetrack.text.words import changes_sense, words_of

VariantType = Literal[
    "shown", "identical", "marks", "truncated", "longer", "ellipsis", "insertion", "altered", "paraphrase"
]

_BRACKETS = re.compile(r"\[(?!…\]|\.\.\.\])[^\]]*\]")
_ELLIPSIS = re.compile(r"…|\.\.\.")
_EDGES = "\"'“”‘’«»„ .,…[]()"
_FEW = 3  # words; longer replacements are a different passage, not an alteration


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with its words. ``verbatim`` are the parts of a ``mixed`` quotation between quotation marks."""

    text: str
    kind: str
    words: list[str]
    verbatim: Sequence[str] = ()

    @classmethod
    def of(cls, text: str, kind: str, verbatim: Sequence[str] = ()) -> Wording:
        """Create a wording from a text."""
        return cls(text, kind, words_of(text), verbatim)


@dataclass(slots=True)
class _Edits:
    """The edits between two lists of words."""

    cut: bool = False  # words are missing at an end
    removed: list[list[str]] = field(default_factory=list)
    inserted: list[list[str]] = field(default_factory=list)
    meaning_changed: bool = False


def variant(shown: Wording, other: Wording) -> tuple[VariantType, bool]:
    """Return the variant type of ``other`` relative to ``shown``, and whether a negation or a number differs.

    Types:
        identical: the same characters.
        marks: only punctuation, case or accents differ.
        truncated: words are missing at an end.
        longer: words are added at an end.
        ellipsis: words are omitted and marked by an ellipsis.
        insertion: words in brackets are added or replace others.
        altered: other words differ.
        paraphrase: one is verbatim, the other is reported speech at least in part.
    """
    if other.text == shown.text and other.kind == shown.kind:
        return "identical", False
    if (other.kind == "indirect") != (shown.kind == "indirect"):
        return "paraphrase", _edits(shown.words, other.words).meaning_changed
    if other.words == shown.words:
        return ("insertion" if _bracketed(shown.text, other.text) else "marks"), False
    edits = _edits(shown.words, other.words)
    if not edits.removed and not edits.inserted:
        if edits.cut and _elided(other.text) and not _elided(shown.text):
            return "ellipsis", False
        return "truncated" if edits.cut else "longer", False
    if "mixed" in (other.kind, shown.kind) and _verbatim_within(shown, other):
        return "paraphrase", False
    if _bracketed(shown.text, other.text) and sum(map(len, edits.removed + edits.inserted)) <= _FEW:
        return "insertion", edits.meaning_changed
    if not edits.inserted and _elided(other.text):
        return "ellipsis", False
    if not edits.removed and _elided(shown.text):
        return "longer", False
    return "altered", edits.meaning_changed


def _edits(ours: Sequence[str], theirs: Sequence[str]) -> _Edits:
    found = _Edits()
    codes = list(Indel.opcodes(ours, theirs))
    equal = [i for i, code in enumerate(codes) if code.tag == "equal"]
    if not equal:
        found.removed, found.inserted = [list(ours)], [list(theirs)]
        return found
    first, last = equal[0], equal[-1]
    for part in (codes[:first], codes[last + 1 :]):
        removed = [w for c in part if c.tag == "delete" for w in ours[c.src_start : c.src_end]]
        inserted = [w for c in part if c.tag == "insert" for w in theirs[c.dest_start : c.dest_end]]
        if removed and inserted:
            found.removed.append(removed)
            found.inserted.append(inserted)
            found.meaning_changed |= _changes_meaning(removed, inserted)
        found.cut |= bool(removed) and not inserted
    removed, inserted = [], []
    for code in codes[first + 1 : last + 1]:
        if code.tag == "equal":
            if removed:
                found.removed.append(removed)
            if inserted:
                found.inserted.append(inserted)
            found.meaning_changed |= _changes_meaning(removed, inserted)
            removed, inserted = [], []
        elif code.tag == "delete":
            removed = list(ours[code.src_start : code.src_end])
        else:
            inserted = list(theirs[code.dest_start : code.dest_end])
    return found


def _changes_meaning(removed: Sequence[str], inserted: Sequence[str]) -> bool:
    """Whether a short replacement changes a negation or a number."""
    return max(len(removed), len(inserted)) <= _FEW and _senses(removed) != _senses(inserted)


def _verbatim_within(shown: Wording, other: Wording) -> bool:
    """Whether one of the two contains all words that the other, a mixed one, has between quotation marks."""
    for inner, outer in ((other, shown), (shown, other)):
        if inner.kind != "mixed":
            continue
        quoted = [words_of(stretch) for stretch in inner.verbatim]
        held = f" {' '.join(outer.words)} "
        if quoted and all(f" {' '.join(words)} " in held for words in quoted if words):
            return True
    return False


def _senses(words: Sequence[str]) -> list[str]:
    """Return the numbers, and ``not`` for each negation, sorted."""
    return sorted(w if any(c.isdigit() for c in w) else "not" for w in words if changes_sense(w))


def _elided(text: str) -> bool:
    """Whether the text contains an ellipsis that is not at an end."""
    return bool(_ELLIPSIS.search(text.replace(PIECES, " ").strip(_EDGES)))


def _bracketed(shown: str, other: str) -> bool:
    return _BRACKETS.findall(shown) != _BRACKETS.findall(other)
