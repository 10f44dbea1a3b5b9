"""A speaker's printings grouped by claim, each other wording with its word diff to the one shown."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from quotetrack.cluster.words import words_of
from quotetrack.report.queries import Printing

_PIECES = re.compile(r"\S+")
_ORDER = {"direct": 0, "mixed": 1, "indirect": 2}


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of words: in both wordings (``equal``), only in the variant (``insert``) or only in the shown (``delete``)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """Another printing of a claim; ``differences`` is empty where only marks or case differ."""

    printing: Printing
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim as a dossier shows it: one printing in full, the others as variants."""

    claim_id: str
    shown: Printing
    variants: tuple[Variant, ...]

    @property
    def outlets(self) -> list[str]:
        return sorted({self.shown.outlet, *(v.printing.outlet for v in self.variants)})


def shown_claims(printings: list[Printing]) -> list[ShownClaim]:
    """The claims of ``printings`` (newest first, as they are), the fullest verbatim wording of each shown."""
    groups: dict[str, list[Printing]] = defaultdict(list)
    for printing in printings:
        groups[printing.claim_id].append(printing)
    found = []
    for claim_id, group in groups.items():
        shown = min(group, key=lambda p: (_ORDER[p.kind], -len(p.text), p.quotation_id))
        others = tuple(Variant(p, differences(shown.text, p.text)) for p in group if p is not shown)
        found.append(ShownClaim(claim_id, shown, others))
    return found


def differences(shown: str, other: str) -> tuple[Difference, ...]:
    """A word diff from ``shown`` to ``other``; words are alike if they are but for marks and case."""
    a, b = _PIECES.findall(shown), _PIECES.findall(other)
    keys_a, keys_b = [_key(w) for w in a], [_key(w) for w in b]
    codes = list(Indel.opcodes(keys_a, keys_b))
    if all(c.tag == "equal" for c in codes):
        return ()
    return tuple(
        Difference(c.tag, " ".join(a[c.src_start : c.src_end] if c.tag == "delete" else b[c.dest_start : c.dest_end]))
        for c in codes
    )


def _key(word: str) -> str:
    return " ".join(words_of(word)) or "·"
