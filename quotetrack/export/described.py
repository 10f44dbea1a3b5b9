"""Describe in words which quotations an export holds."""

from __future__ import annotations

from quotetrack.read.filters import Filters, stances_of

_LABELS = {
    "speaker": "Speaker",
    "role": "Role contains",
    "outlet": "Outlet",
    "since": "Published since",
    "until": "Published until",
    "kind": "Kind",
    "about": "About",
    "text": "Text contains",
    "confidence": "Confidence at least",
    "limit": "At most",
}
CHECK_NOTE = "Attributions are automatic: check each quotation in its article before you publish it."


def described(filters: Filters) -> list[tuple[str, str]]:
    """Return a label and a value for each filter in use, and the stances.

    >>> described(Filters(speaker="Ruth Vale", kind="direct"))
    [('Speaker', 'Ruth Vale'), ('Kind', 'direct'), ('Stance', 'stated, denied, requested')]
    """
    found = [
        (label, _text(value)) for name, label in _LABELS.items() if (value := getattr(filters, name)) not in (None, ())
    ]
    found.append(("Stance", ", ".join(stances_of(filters.stance))))
    if filters.bare:
        found.append(("Also", "noun phrases of up to three words and quotations of low confidence"))
    return found


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
