"""How much of one text stands in another."""

from __future__ import annotations

from quotetrack.text.passages import keys_of

_RUN = 3  # words; two texts on different matters share hardly any run of three


def overlap(one: str, other: str) -> float:
    """Return the share (0..1) of the runs of three words of the shorter text that stand in the other text.

    >>> overlap("We sail at dawn.", "“We sail at dawn,” she said.")
    1.0
    >>> overlap("We sail at dawn.", "Nobody asked the crew.")
    0.0
    """
    fewer, more = sorted((_runs(one), _runs(other)), key=len)
    return len(fewer & more) / len(fewer) if fewer else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = keys_of(text)
    return set(zip(*(words[start:] for start in range(_RUN)), strict=False))
