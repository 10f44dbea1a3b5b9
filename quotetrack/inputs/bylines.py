"""Read the names of authors from bylines."""

from __future__ import annotations

import re

_BY = re.compile(r"^\s*(?:(?:article|story|written|posted) )?by(?:\s+|$)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:;|/|\||\band\b|&)\s*")
# What content management systems write where no author is entered.
_NOBODY = frozenset({"admin", "administrator", "author", "no author", "unknown", "n/a", "none"})
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: (?:[a-z]{2,3} )?[^\W\d_a-z][\w.'’-]*){1,3}")
_BYLINE_WITHIN = 3  # lines
_ADDRESS = re.compile(r"https?://|www\.|@|^/")


def names_in(byline: str) -> list[str]:
    """Split a byline into names. Addresses are not names.

    A comma separates names only if each part has two words: ``Vale, Ruth`` is one name.

    >>> names_in("By Ruth Vale and Anton Lund"), names_in("Vale, Ruth"), names_in("Ruth Vale, Anton Lund")
    (['Ruth Vale', 'Anton Lund'], ['Vale, Ruth'], ['Ruth Vale', 'Anton Lund'])
    """
    if _ADDRESS.search(byline):
        return []
    names: list[str] = []
    for part in _BETWEEN.split(_BY.sub("", byline)):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        names += pieces if all(" " in piece for piece in pieces) else [", ".join(pieces)]
    return [name for name in names if name and name.lower() not in _NOBODY]


def printed_byline(text: str) -> list[str]:
    """Return the names of a byline in the first lines of an article: after ``By``, or two names with a separator.

    >>> printed_byline("Ruth Vale/Anton Lund\nThe dam is full.")
    ['Ruth Vale', 'Anton Lund']
    """
    for line in text.split("\n", _BYLINE_WITHIN)[:_BYLINE_WITHIN]:
        names = names_in(line)
        if (_BY.match(line) or len(names) > 1) and all(_NAME.fullmatch(name) for name in names):
            return names
    return []
