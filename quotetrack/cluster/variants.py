"""How one wording differs from the one a claim is shown by: its type, and whether the difference turns the sense."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rapidfuzz.distance import Indel

from quotetrack.cluster.words import changes_sense, words_of

VariantType = Literal[
    "shown", "identical", "marks", "truncated", "longer", "ellipsis", "insertion", "altered", "paraphrase"
]


def variant(shown: str, shown_kind: str, other: str, kind: str) -> tuple[VariantType, bool]:
    """The type of ``other`` beside ``shown``, and whether a negation or a number was dropped, put in or changed.

    ``identical``: character for character. ``marks``: but for marks, case and accents. ``truncated``: words missing at
    an end. ``longer``: words added at an end. ``ellipsis``: words left out within, and the wording says so.
    ``insertion``: words in brackets put in or in place of others. ``altered``: other words within. ``paraphrase``: the
    one is verbatim, the other reported speech.
    """
    if other == shown:
        return "identical", False
    theirs, ours = words_of(other), words_of(shown)
    removed, added, ends = _edits(ours, theirs)
    turned = _senses(removed) != _senses(added)
    if (kind == "indirect") != (shown_kind == "indirect"):
        return "paraphrase", turned
    bracketed = ("[" in other.replace("[…]", "").replace("[...]", "")) or ("[" in shown.replace("[…]", ""))
    if removed or added:
        if bracketed and len(added) + len(removed) <= 3:
            return "insertion", turned
        if removed and not added and _elided(other):
            return "ellipsis", turned
        if added and not removed and _elided(shown):
            return "longer", turned
        return "altered", turned
    if ends:
        return ("ellipsis" if ends == "truncated" and _elided(other) and not _at_end(other) else ends), False
    return ("insertion" if bracketed else "marks"), False


def _edits(ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str], VariantType | None]:
    """The words removed from and added to ``ours`` within it, and what became of its ends."""
    codes = list(Indel.opcodes(list(ours), list(theirs)))
    equal = [i for i, code in enumerate(codes) if code.tag == "equal"]
    if not equal:
        return list(ours), list(theirs), None
    removed: list[str] = []
    added: list[str] = []
    ends: set[VariantType] = set()
    for part, inside in ((codes[: equal[0]], False), (codes[equal[0] : equal[-1]], True), (codes[equal[-1] :], False)):
        cut = [w for c in part if c.tag == "delete" for w in ours[c.src_start : c.src_end]]
        put = [w for c in part if c.tag == "insert" for w in theirs[c.dest_start : c.dest_end]]
        if inside or (cut and put):
            removed += cut
            added += put
        elif cut:
            ends.add("truncated")
        elif put:
            ends.add("longer")
    return removed, added, "truncated" if "truncated" in ends else "longer" if ends else None


def _senses(words: Sequence[str]) -> list[str]:
    return sorted("not" if w.endswith("n't") or w == "cannot" else w for w in words if changes_sense(w))


def _elided(text: str) -> bool:
    return "…" in text or "..." in text


def _at_end(text: str) -> bool:
    """Whether the only ellipses stand at the ends, where nothing is left out within."""
    return not _elided(text.strip("\"'“”‘’«»„ .…[]()"))
