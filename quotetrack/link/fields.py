"""Fields of occupations, and which fields one person hardly works in both.

The nouns of a field are those below a few synsets of WordNet (``data/fields.txt``, by ``training/callings.py``) and some that
WordNet lacks (``data/roles.txt``).
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from quotetrack.link.roles import data_lines
from quotetrack.text.inflection import without_s

_AFTER_HEAD = re.compile(r"\s(?:of|for|at|in|to|with|from|on|who|that|which|under|by)\b")
_PARTS = re.compile(r",|\band\b|/")
# Professions that people often change between or have together.
_PROFESSIONS = {"politics", "business", "law", "writing", "teaching", "science", "medicine", "engineering"}
# Fields whose people are rarely called a resident, student or passenger.
_NEVER_PUBLIC = {"politics", "sport", "stage", "art", "religion"}


def head_noun(role: str) -> str:
    """Return the noun of a role that says what the person is, in lower case.

    >>> head_noun("Heart surgeon at the city clinic")
    'surgeon'
    """
    words = re.findall(r"[\w-]+", _AFTER_HEAD.split(role, maxsplit=1)[0].lower())
    return words[-1] if words else ""


@lru_cache(maxsize=50_000)
def fields(role: str) -> frozenset[str]:
    """Return the fields of a role; empty for a noun of no field or of several, such as ``director`` or ``captain``.

    >>> sorted(fields("lawyer and former striker"))
    ['law', 'sport']
    """
    known = _fields()
    nouns = {form for noun in map(head_noun, _PARTS.split(role)) for form in (noun, without_s(noun))}
    return frozenset(known[noun] for noun in nouns if noun in known)


def far_apart(a: Set[str], b: Set[str]) -> bool:
    """Whether one person hardly works in a field of ``a`` and in one of ``b``; false if either is empty.

    >>> far_apart({"medicine"}, {"sport"}), far_apart({"medicine"}, {"politics"}), far_apart(set(), {"sport"})
    (True, False, False)
    """
    return bool(a and b) and all(_far_apart(x, y) for x in a for y in b)


def _far_apart(a: str, b: str) -> bool:
    if a == b or {a, b} <= _PROFESSIONS or frozenset((a, b)) in _together():
        return False
    return "public" not in (a, b) or bool({a, b} & _NEVER_PUBLIC)


@lru_cache(maxsize=1)
def _fields() -> dict[str, str]:
    lines = [*data_lines("fields.txt"), *data_lines("roles.txt")]
    rows = (line.partition(":") for line in lines if not line.startswith("together:"))
    return {noun: field for field, _, nouns in rows for noun in nouns.split()}


@lru_cache(maxsize=1)
def _together() -> frozenset[frozenset[str]]:
    pairs = next(line for line in data_lines("fields.txt") if line.startswith("together:")).partition(":")[2]
    return frozenset(frozenset(pair.split("+")) for pair in pairs.split())
