"""The columns of the formats that are tables: CSV and XLSX."""

from __future__ import annotations

from typing import Any

from quotetrack.read.printing import Printing

COLUMNS = (
    "speaker", "stance", "kind", "quotation", "role", "role_then", "on_behalf_of", "source", "cue", "outlet", "published", "title",
    "url", "confidence", "speaker_confidence", "method", "joint", "quotation_id", "speaker_ids", "claim_ids", "article_id",
    "sha256", "start", "end",
)  # fmt: skip


def cells(one: Printing) -> list[Any]:
    """Return the values of one quotation in the order of ``COLUMNS``; several speakers or claims are joined by ``; ``."""
    whole = one.to_dict()
    own = {
        "speaker": "; ".join(one.speakers),
        "quotation": one.text,
        "speaker_ids": "; ".join(one.speaker_ids),
        "claim_ids": "; ".join(claim.claim_id for claim in one.claims),
        "start": one.start,
        "end": one.end,
    }
    return [own[name] if name in own else whole[name] for name in COLUMNS]
