"""Group printings by claim: one displayed in full, the others as variants with a word diff."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from quotetrack.cluster.variants import Wording, variant
from quotetrack.read.claims import ClaimFacts
from quotetrack.read.printing import Printing
from quotetrack.text.diff import Piece, diff

_ORDER = {"direct": 0, "mixed": 1, "indirect": 2}


@dataclass(frozen=True, slots=True)
class Variant:
    """Another printing of a claim.

    ``differences`` is empty if only punctuation or case differs. ``turned``: a negation or a number differs. ``copy``: its
    article is a copy of one earlier in the list.
    """

    printing: Printing
    type: str
    turned: bool
    copy: bool
    differences: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim as shown on a page: one printing in full, the others as variants, and facts about the whole claim."""

    claim_id: str
    shown: Printing
    variants: tuple[Variant, ...]
    facts: ClaimFacts

    @property
    def outlets(self) -> list[str]:
        """Names of the outlets, sorted."""
        return sorted({self.shown.outlet_name, *(v.printing.outlet_name for v in self.variants)})

    @property
    def turned(self) -> bool:
        """Whether a negation or a number differs in any variant."""
        return any(v.turned for v in self.variants)


def shown_claims(printings: list[Printing], facts: dict[str, ClaimFacts]) -> list[ShownClaim]:
    """Group ``printings`` (newest first) by claim. A quotation with several utterances appears in several claims."""
    groups: dict[str, list[Printing]] = defaultdict(list)
    for printing in printings:
        for one in printing.claims:
            groups[one.claim_id].append(printing)
    found = []
    for claim_id, group in groups.items():
        about = facts[claim_id]
        shown = min(group, key=lambda p: (p.quotation_id != about.shown, _ORDER[p.kind], -len(p.text), p.quotation_id))
        seen = {shown.report_id}
        others = []
        for printing in group:
            if printing is not shown:
                how, turned = _variant_of(shown, printing, about, claim_id)
                copy = printing.report_id in seen
                seen.add(printing.report_id)
                others.append(Variant(printing, how, turned, copy, differences(shown.text, printing.text)))
        found.append(ShownClaim(claim_id, shown, tuple(others), about))
    return found


def _variant_of(shown: Printing, other: Printing, about: ClaimFacts, claim_id: str) -> tuple[str, bool]:
    """Return the variant type of ``other`` relative to ``shown``, and whether a negation or a number differs.

    Clustering has computed both relative to the claim's displayed wording. If that is not on this page because it has
    another speaker, they are computed here.
    """
    if shown.quotation_id == about.shown:
        found = other.in_claim(claim_id)
        return found.variant, found.turned
    one, two = (Wording.of(p.text, p.kind, [span.text for span in p.verbatim]) for p in (shown, other))
    return variant(one, two)


def differences(shown: str, other: str) -> tuple[Piece, ...]:
    """Return the word diff from ``shown`` to ``other``; empty if only case, accents or punctuation differ."""
    pieces = diff(shown, other)
    return () if all(piece.kind == "equal" for piece in pieces) else pieces
