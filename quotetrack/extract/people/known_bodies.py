"""Look up the bodies of an article by name, abbreviation and last word while their mentions are read."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.text.names import fold

# "the House" is not a short form of "the White House".
_NEVER_SHORT_FORMS = {"house", "states", "america", "nations", "state", "street"}


class KnownBodies:
    """The bodies found so far, in the order in which they were added."""

    def __init__(self) -> None:
        self._bodies: dict[int, Someone] = {}
        self._added = 0
        self._number: dict[int, int] = {}
        self._keys: dict[str, list[int]] = {}
        self._abbreviations: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        self._last_words: dict[str, list[int]] = {}

    def all(self) -> list[Someone]:
        """All bodies in the order in which they were added."""
        return list(self._bodies.values())

    def add(self, body: Someone) -> None:
        """Add a body."""
        number = self._added
        self._added += 1
        self._bodies[number] = body
        self._number[id(body)] = number
        self._keys.setdefault(_key(body.name), []).append(number)
        self._names.setdefault(body.name, []).append(number)
        parts = fold(body.name)
        if len(parts) > 1 and body.type == "organisation":
            self._last_words.setdefault(parts[-1], []).append(number)

    def named(self, name: str) -> Someone | None:
        """The first body with the name or the abbreviation ``name``."""
        by_name = (n for n in self._keys.get(_key(name), ()) if n in self._bodies)
        abbreviated = (n for n in self._abbreviations.get(name, ()) if self._is_abbreviated(n, name))
        numbers = [n for n in (next(by_name, None), next(abbreviated, None)) if n is not None]
        return self._bodies[min(numbers)] if numbers else None

    def by_last_word(self, reading: Reading, start: int, name: str) -> Someone | None:
        """The organisation whose last word is ``name``; see ``last_word``."""
        word = last_word(reading, start, name)
        numbers = (n for n in self._last_words.get(word, ()) if n in self._bodies)
        return only_one(self._bodies[n] for n in numbers)

    def abbreviate(self, body: Someone, abbreviation: str) -> None:
        """Set the abbreviation of ``body``, and add to it the mentions of bodies with the abbreviation as their name."""
        body.abbreviation = abbreviation
        number = self._number[id(body)]
        if number not in (known := self._abbreviations.setdefault(abbreviation, [])):
            insort(known, number)
        for other in self._names.get(abbreviation, ()):
            if other in self._bodies and other != number:
                body.mentions += self._bodies.pop(other).mentions

    def _is_abbreviated(self, number: int, abbreviation: str) -> bool:
        return number in self._bodies and self._bodies[number].abbreviation == abbreviation


def last_word(reading: Reading, start: int, name: str) -> str:
    """The word by which ``name`` at ``start`` can be short for an organisation: ``tribune`` for ``the Tribune``, or ``""``.

    The definite article is required, in ``name`` or before it.
    """
    bare = re.sub(r"^[Tt]he\s", "", name)
    parts = fold(bare)
    if (bare == name and not follows_article(reading, start)) or len(parts) != 1 or parts[0] in _NEVER_SHORT_FORMS:
        return ""
    return parts[0]


def only_one(found: Iterable[Someone]) -> Someone | None:
    """The only element of ``found``; ``None`` if there are none or several."""
    first_two = list(islice(found, 2))
    return first_two[0] if len(first_two) == 1 else None


def follows_article(reading: Reading, start: int) -> bool:
    """Whether ``the`` stands right before ``start``."""
    return reading.text.endswith(("the ", "The "), 0, start)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """The name for comparison: normalised, without a leading ``the``."""
    return re.sub(r"^the\s+", "", " ".join(fold(name)))
