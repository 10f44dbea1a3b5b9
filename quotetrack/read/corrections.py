"""Read the recorded corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quotetrack.store import Store


@dataclass(frozen=True, slots=True)
class Correction:
    """A recorded correction. ``effect`` is whether it currently applies to anything; ``undone_at`` is set if undone."""

    number: int
    kind: str
    summary: str
    why: str
    made_by: str
    made_at: datetime
    undone_by: str | None
    undone_at: datetime | None
    effect: bool


def corrections(store: Store) -> list[Correction]:
    """Return all corrections in order, including undone ones."""
    rows = store.connection.execute(
        "SELECT c.correction_id, kind, summary, why, made_by, made_at, undone_by, undone_at, "
        "c.correction_id IN (SELECT correction_id FROM correction_effects) FROM corrections c ORDER BY c.correction_id"
    ).fetchall()
    return [Correction(*row) for row in rows]
