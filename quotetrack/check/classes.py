"""Classes of words in ``data/words.txt``: negations, numbers, modal verbs and others that carry the sense of a sentence."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def in_order(name: str) -> tuple[str, ...]:
    """Return the words of a class in the order of the file. Raises ``KeyError`` for an unknown class.

    >>> in_order("ten")[:2]
    ('twenty', 'thirty')
    """
    return _classes()[name]


@cache
def word_class(*names: str) -> frozenset[str]:
    """Return the words of these classes."""
    return frozenset(word for name in names for word in in_order(name))


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in files("quotetrack.check").joinpath("data", "words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, listed = line.partition(":")
            found[name] = (*found.get(name, ()), *listed.split())
    return found
