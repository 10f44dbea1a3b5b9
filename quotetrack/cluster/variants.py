"""How one wording differs from the one a claim is shown by: its type, and whether the difference turns the sense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz.distance import Indel

from quotetrack.cluster.wordings import PIECES
from quotetrack.cluster.words import changes_sense, words_of

VariantType = Literal[
    "shown", "identical", "marks", "truncated", "longer", "ellipsis", "insertion", "altered", "paraphrase"
]

_BRACKETS = re.compile(r"\[(?!…\]|\.\.\.\])[^\]]*\]")
_ELLIPSIS = re.compile(r"…|\.\.\.")
_EDGES = "\"'“”‘’«»„ .,…[]()"
_FEW = 3  # words; more than these replaced at once are another passage and not an alteration of this one


@dataclass(frozen=True, slots=True)
class Wording:
    """A text to be compared, its words taken once. Of a ``mixed`` one, ``verbatim`` are its stretches between marks."""

    text: str
    kind: str
    words: list[str]
    verbatim: Sequence[str] = ()

    @classmethod
    def of(cls, text: str, kind: str, verbatim: Sequence[str] = ()) -> Wording:
        return cls(text, kind, words_of(text), verbatim)


@dataclass(slots=True)
class _Edits:
    """What turns one list of words into another: at its ends, and within."""

    cut: bool = False  # words missing at an end
    added: bool = False  # words more at an end
    removed: list[list[str]] = field(default_factory=list)
    put: list[list[str]] = field(default_factory=list)
    turned: bool = False


def variant(shown: Wording, other: Wording) -> tuple[VariantType, bool]:
    """The type of ``other`` beside ``shown``, and whether a negation or a number was dropped, put in or changed.

    ``identical``: character for character. ``marks``: but for marks, case and accents. ``truncated``: words missing at
    an end. ``longer``: words added at an end. ``ellipsis``: words left out within, and the wording says so.
    ``insertion``: words in brackets put in or in place of others. ``altered``: other words within. ``paraphrase``: the
    one is verbatim, the other reported speech, wholly or around the words between marks.
    """
    if other.text == shown.text and other.kind == shown.kind:
        return "identical", False
    if (other.kind == "indirect") != (shown.kind == "indirect"):
        return "paraphrase", _edits(shown.words, other.words).turned
    if other.words == shown.words:
        return ("insertion" if _bracketed(shown.text, other.text) else "marks"), False
    edits = _edits(shown.words, other.words)
    if not edits.removed and not edits.put:
        if edits.cut and _elided(other.text) and not _elided(shown.text):
            return "ellipsis", False
        return "truncated" if edits.cut else "longer", False
    if "mixed" in (other.kind, shown.kind) and _verbatim_within(shown, other):
        return "paraphrase", False
    if _bracketed(shown.text, other.text) and sum(map(len, edits.removed + edits.put)) <= _FEW:
        return "insertion", edits.turned
    if not edits.put and _elided(other.text):
        return "ellipsis", False
    if not edits.removed and _elided(shown.text):
        return "longer", False
    return "altered", edits.turned


def _edits(ours: Sequence[str], theirs: Sequence[str]) -> _Edits:
    found = _Edits()
    codes = list(Indel.opcodes(ours, theirs))
    equal = [i for i, code in enumerate(codes) if code.tag == "equal"]
    if not equal:
        found.removed, found.put = [list(ours)], [list(theirs)]
        return found
    first, last = equal[0], equal[-1]
    for part, within in ((codes[:first], False), (codes[last + 1 :], False)):
        cut = [w for c in part if c.tag == "delete" for w in ours[c.src_start : c.src_end]]
        put = [w for c in part if c.tag == "insert" for w in theirs[c.dest_start : c.dest_end]]
        if cut and put and not within:
            found.removed.append(cut)
            found.put.append(put)
            found.turned |= max(len(cut), len(put)) <= _FEW and _senses(cut) != _senses(put)
        found.cut |= bool(cut) and not put
        found.added |= bool(put) and not cut
    cut, put = [], []
    for code in codes[first + 1 : last + 1]:
        if code.tag == "equal":
            if cut:
                found.removed.append(cut)
            if put:
                found.put.append(put)
            if max(len(cut), len(put)) <= _FEW and _senses(cut) != _senses(put):
                found.turned = True
            cut, put = [], []
        elif code.tag == "delete":
            cut = list(ours[code.src_start : code.src_end])
        else:
            put = list(theirs[code.dest_start : code.dest_end])
    return found


def _verbatim_within(shown: Wording, other: Wording) -> bool:
    """Whether the words one of the two has between marks stand in the other, and only what is around them differs."""
    for inner, outer in ((other, shown), (shown, other)):
        if inner.kind != "mixed":
            continue
        quoted = [words_of(stretch) for stretch in inner.verbatim]
        held = f" {' '.join(outer.words)} "
        if quoted and all(f" {' '.join(words)} " in held for words in quoted if words):
            return True
    return False


def _senses(words: Sequence[str]) -> list[str]:
    """The negations, whichever words they are, and the numbers."""
    return sorted(w if any(c.isdigit() for c in w) else "not" for w in words if changes_sense(w))


def _elided(text: str) -> bool:
    """Whether the wording itself says that words are left out within it."""
    return bool(_ELLIPSIS.search(text.replace(PIECES, " ").strip(_EDGES)))


def _bracketed(shown: str, other: str) -> bool:
    return _BRACKETS.findall(shown) != _BRACKETS.findall(other)
