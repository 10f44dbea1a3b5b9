"""Classify how a wording differs from the displayed wording of its claim, and whether a negation or number differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz.distance import Indel

from quotetrack.cluster.turned import FEW, turned
from quotetrack.cluster.wordings import PIECES
from quotetrack.text.words import words_of

VariantType = Literal[
    "shown", "identical", "marks", "truncated", "longer", "excerpt", "ellipsis", "insertion", "altered", "paraphrase"
]

_BRACKETS = re.compile(r"\[(?!…\]|\.\.\.\])[^\]]*\]")
_ELLIPSIS = re.compile(r"…|\.\.\.")
_CURRENCY = re.compile(r"[$£€¥₹₩₽₺₦₱฿₫]")
_EDGES = "\"'“”‘’«»„ .,…[]()"


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

    def spoken(self) -> list[str]:
        """Return the words of the speaker: those between quotation marks, which are all words of a ``direct`` quotation."""
        return self.words if self.kind == "direct" else [word for part in self.verbatim for word in words_of(part)]


@dataclass(slots=True)
class _Edits:
    """The edits between two lists of words.

    ``cut``: words are missing at an end. ``added``: words are added at an end. ``another``: an end is another passage.
    ``removed`` and ``inserted`` are the other edits.
    """

    cut: bool = False
    added: bool = False
    another: bool = False
    removed: list[list[str]] = field(default_factory=list)
    inserted: list[list[str]] = field(default_factory=list)
    meaning_changed: bool = False


def variant(shown: Wording, other: Wording) -> tuple[VariantType, bool]:
    """Return the variant type of ``other`` relative to ``shown``, and whether a negation or a number differs.

    Types:
        identical: the same characters.
        marks: only punctuation, case or accents differ, or the reporter's words around the same verbatim words.
        truncated: words are missing at an end.
        longer: words are added at an end.
        excerpt: another part of the same statement; the two overlap or stand in one longer wording.
        ellipsis: words are omitted and marked by an ellipsis.
        insertion: words in brackets are added or replace others.
        altered: other words differ.
        paraphrase: one is verbatim, the other is reported speech at least in part.
    """
    if other.text == shown.text and other.kind == shown.kind:
        return "identical", False
    if (other.kind == "indirect") != (shown.kind == "indirect"):
        return "paraphrase", _edits(shown, other).meaning_changed
    if other.words == shown.words:
        return ("insertion" if _bracketed(shown.text, other.text) else "marks"), False
    edits = _edits(shown, other)
    mixed = "mixed" in (other.kind, shown.kind)
    if mixed and shown.spoken() == other.spoken() != []:
        return ("paraphrase", True) if edits.meaning_changed else ("marks", False)
    exact = not edits.removed and not edits.inserted
    if mixed and (edits.another or not exact) and _verbatim_within(shown, other):
        return "paraphrase", False
    if exact:
        return _cut(shown, other, edits), False
    if _bracketed(shown.text, other.text) and sum(map(len, edits.removed + edits.inserted)) <= FEW:
        return "insertion", edits.meaning_changed
    if not edits.inserted and _elided(other.text):
        return "ellipsis", False
    if not edits.removed and _elided(shown.text):
        return "longer", False
    if PIECES in other.text and _in_order(other.text.split(PIECES), shown.words):
        return "excerpt", edits.meaning_changed
    return "altered", edits.meaning_changed


def _cut(shown: Wording, other: Wording, edits: _Edits) -> VariantType:
    """Return the type of a wording that differs only at its ends."""
    # Words that the reporter adds around the verbatim ones do not make the quotation longer.
    added = edits.added and not (other.kind == "mixed" and _verbatim_within(shown, other))
    if edits.another or (edits.cut and added):
        return "excerpt"
    if edits.cut:
        return "ellipsis" if _elided(other.text) and not _elided(shown.text) else "truncated"
    return "longer" if added else "paraphrase"


def _edits(shown: Wording, other: Wording) -> _Edits:
    found = _Edits()
    ours, theirs = shown.words, other.words
    codes = list(Indel.opcodes(ours, theirs))
    equal = [i for i, code in enumerate(codes) if code.tag == "equal"]
    if not equal:
        found.another = True
        return found
    found.meaning_changed = turned(codes, ours, theirs, _one_currency(shown.text, other.text))
    first, last = equal[0], equal[-1]
    for part in (codes[:first], codes[last + 1 :]):
        removed = [w for c in part if c.tag == "delete" for w in ours[c.src_start : c.src_end]]
        inserted = [w for c in part if c.tag == "insert" for w in theirs[c.dest_start : c.dest_end]]
        if removed and inserted and max(len(removed), len(inserted)) > FEW:
            found.another = True
        elif removed and inserted:
            found.removed.append(removed)
            found.inserted.append(inserted)
        found.cut |= bool(removed) and not inserted
        found.added |= bool(inserted) and not removed
    removed, inserted = [], []
    for code in codes[first + 1 : last + 1]:
        if code.tag == "equal":
            if removed:
                found.removed.append(removed)
            if inserted:
                found.inserted.append(inserted)
            removed, inserted = [], []
        elif code.tag == "delete":
            removed = list(ours[code.src_start : code.src_end])
        else:
            inserted = list(theirs[code.dest_start : code.dest_end])
    return found


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


def _in_order(pieces: Sequence[str], words: Sequence[str]) -> bool:
    """Whether ``words`` contains the words of each piece in a row, the pieces in order."""
    held = f" {' '.join(words)} "
    position = 0
    for piece in pieces:
        sought = f" {' '.join(words_of(piece))} "
        position = held.find(sought, position)
        if position < 0:
            return False
        position += len(sought) - 1
    return True


def _one_currency(a: str, b: str) -> bool:
    """Whether the amounts of two texts can be in one currency, by their signs."""
    signs = set(_CURRENCY.findall(a)), set(_CURRENCY.findall(b))
    return signs[0] == signs[1] or not all(signs)


def _elided(text: str) -> bool:
    """Whether the text contains an ellipsis that is not at an end."""
    return bool(_ELLIPSIS.search(text.replace(PIECES, " ").strip(_EDGES)))


def _bracketed(shown: str, other: str) -> bool:
    return _BRACKETS.findall(shown) != _BRACKETS.findall(other)
