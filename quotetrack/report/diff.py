"""A word diff between the wording a claim is shown by and another printing of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

# The marks go: a diff is over words, and words that were only reported must not seem to stand between marks.
_MARKS = re.compile(r"``|''|[“”„‟«»〝〞❝❞\"″＂]|\s\[…\]\s|(?<!\w)['‘’‚]|['’](?!\w)")
_EDGES = ".,;:!?…–—-()"
_APOSTROPHES = str.maketrans("’ʼ‘", "'''")


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of words: in both wordings, only in the other one (``insert``) or only in the one shown (``delete``)."""

    kind: Literal["equal", "insert", "delete"]
    text: str


def differences(shown: str, other: str) -> tuple[Difference, ...]:
    """How to get from ``shown`` to ``other``; empty where only case, quotation marks or punctuation differ.

    The runs that are not ``delete`` are all the words of ``other`` in order, those that are not ``insert`` all of
    ``shown`` (equal ones as ``other`` prints them).
    """
    a, b = _words(shown), _words(other)
    codes = list(Indel.opcodes([key for _, key in a], [key for _, key in b]))
    if all(code.tag == "equal" for code in codes):
        return ()
    found: list[Difference] = []
    for code in codes:
        if code.tag == "delete":
            found.append(Difference("delete", _join(a[code.src_start : code.src_end])))
        else:
            kind: Literal["equal", "insert"] = "equal" if code.tag == "equal" else "insert"
            found.append(Difference(kind, _join(b[code.dest_start : code.dest_end])))
    return tuple(found)


def _words(text: str) -> list[tuple[str, str]]:
    """Each word as printed and as compared. A lone dash or ellipsis goes with the word before it: it is no word."""
    found: list[tuple[str, str]] = []
    for piece in _MARKS.sub(" ", text).split():
        key = unicodedata.normalize("NFKC", piece).translate(_APOSTROPHES).casefold().strip(_EDGES)
        if key:
            found.append((piece, key))
        elif found:
            found[-1] = (f"{found[-1][0]} {piece}", found[-1][1])
    return found


def _join(words: list[tuple[str, str]]) -> str:
    return " ".join(printed for printed, _ in words)
