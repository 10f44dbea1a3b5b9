"""HTML representation of quotations for notebooks. All text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_LABELS = {"direct": "verbatim", "mixed": "partly verbatim", "indirect": "reported speech"}


def card(kind: str, stance: str, text: str, who: str, role: str | None, where: Sequence[str] = ()) -> str:
    """Return HTML with the quotation, its speaker, role, kind and stance, and ``where`` it was printed.

    >>> card("direct", "stated", "“2 < 3”", "Ruth Vale", "minister")
    '<blockquote><p>“2 &lt; 3”</p><footer>Ruth Vale, minister · verbatim</footer></blockquote>'
    """
    label = _LABELS[kind] if stance == "stated" else f"{_LABELS[kind]}, {stance}"
    line = " · ".join([f"{who}, {role}" if role else who, label, *(part for part in where if part)])
    return f"<blockquote><p>{escape(text)}</p><footer>{escape(line)}</footer></blockquote>"
