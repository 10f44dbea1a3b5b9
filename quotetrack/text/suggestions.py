"""Suggest known values that are similar to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

_MOST = 3
_LEAST_SIMILARITY = 70.0  # percent of the characters


def suggestions(wanted: str, known: Iterable[str]) -> list[str]:
    """Return at most three of ``known`` that are most similar to ``wanted``, ignoring case and punctuation.

    >>> suggestions("ruth vael", ["Anton Lund", "Ruth Vance", "Ruth Vale"])
    ['Ruth Vale', 'Ruth Vance']
    """
    choices = sorted(set(known))
    found = process.extract(
        wanted, choices, scorer=fuzz.ratio, processor=utils.default_process, limit=_MOST, score_cutoff=_LEAST_SIMILARITY
    )
    return [name for name, _, _ in found]


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'Ruth Vale'?`` to append to an error, or an empty string if nothing is similar.

    >>> did_you_mean("direkt", ["direct", "indirect"])
    " Did you mean 'direct' or 'indirect'?"
    >>> did_you_mean("loud", ["direct", "indirect"])
    ''
    """
    found = [f"'{name}'" for name in suggestions(wanted, known)]
    if not found:
        return ""
    return f" Did you mean {' or '.join([', '.join(found[:-1]), found[-1]] if found[1:] else found)}?"
