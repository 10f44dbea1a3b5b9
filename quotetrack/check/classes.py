"""Classes of words in ``data/words.txt``: negations, numbers, modal verbs and others that carry the sense of a sentence."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def word_class(*names: str) -> frozenset[str]:
    """Return the words of these classes. Raises ``KeyError`` for an unknown class.

    >>> "seven" in word_class("number", "modal")
    True
    """
    return frozenset(word for name in names for word in _classes()[name])


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in files("quotetrack.check").joinpath("data", "words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, listed = line.partition(":")
            found[name] = (*found.get(name, ()), *listed.split())
    return found
