"""Recognise names of state bodies that many countries share: ``Interior Ministry``, ``Supreme Court``.

A name is generic if it consists of a noun for a state body and common nouns and adjectives, without a proper name
(``data/generic_bodies.txt``, learned by ``training/bodies.py``). The country is part of the identity of such a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from quotetrack.link.countries import countries, mentions
from quotetrack.link.roles import data_lines
from quotetrack.text.names import fold

_SMALL = {"the", "a", "an", "of", "for", "and", "in", "on", "to"}


@lru_cache(maxsize=50_000)
def generic_body(name: str) -> tuple[str, str] | None:
    """Return the key of a generic body and the country in its name, which may be empty; ``None`` for other names.

    The order of the words does not matter.

    >>> generic_body("Estonian Ministry of Finance"), generic_body("Finance Ministry")
    (('ministry finance', 'EE'), ('ministry finance', ''))
    >>> generic_body("World Health Organization")
    """
    named = {mention.country for mention in mentions(_capitalised(name), persons=False)}
    if len(named) > 1:
        return None
    words = _without_countries(name)
    heads, modifiers = _words()
    cut = next((i for i, w in enumerate(words) if w in ("of", "for")), len(words))
    if not words[:cut] or words[cut - 1] not in heads:
        return None
    rest = [w for w in (*words[: cut - 1], *words[cut:]) if w not in _SMALL]
    if any(w not in heads | modifiers for w in rest):
        return None
    return " ".join([words[cut - 1], *sorted(rest)]), next(iter(named), "")


def _capitalised(name: str) -> str:
    """Return the name with capitals, because keys of bodies are in lower case and countries are found by their capitals."""
    return name.title() if name.islower() else name


def _without_countries(name: str) -> list[str]:
    """Return the words in lower case, without a country and the prepositions and articles around it."""
    shown = _capitalised(name)
    for mention in reversed(mentions(shown, persons=False)):
        shown = shown[: mention.start] + shown[mention.end :]
    words = [re.sub(r"['’]s?$", "", w) for w in fold(re.sub(r"['’]s\b", "", shown).replace(",", " "))]
    while words and words[0] in _SMALL:
        words = words[1:]
    while words and words[-1] in _SMALL:
        words = words[:-1]
    return words if any(w not in countries() for w in words) else []


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    lists = _lists()
    return lists["heads"], lists["modifiers"] - lists["districts"]


def is_common(words: Iterable[str]) -> bool:
    """Whether one of the words is a common word in names of bodies: ``governor of the Central Bank``."""
    heads, modifiers = _words()
    return any(word in heads or word in modifiers for word in words)


def organisation_nouns() -> frozenset[str]:
    """Return the nouns for companies and other organisations."""
    return _lists()["organisations"]


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    rows = (line.partition(":") for line in data_lines("generic_bodies.txt"))
    return {name: frozenset(words.split()) for name, _, words in rows}
