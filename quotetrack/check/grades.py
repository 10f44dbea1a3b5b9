"""How serious a change of words is: what a reader would be told that is not so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from rapidfuzz.distance import OSA

from quotetrack.check.classes import word_class
from quotetrack.check.records import ChangeKind
from quotetrack.cluster.wordings import known_words
from quotetrack.text.names import first_names
from quotetrack.text.numbers import VALUES
from quotetrack.text.passages import keys_of
from quotetrack.text.words import plain

ORDER: tuple[ChangeKind, ...] = get_args(ChangeKind)

# In this order; words of none of these classes are names or other content words.
_CLASSES: tuple[tuple[ChangeKind, tuple[str, ...]], ...] = (
    ("negation", ("negation", "denial", "condition", "exception")),
    ("number", ("number",)),
    ("date", ("date",)),
    ("quantity", ("quantity",)),
    ("modal", ("modal",)),
    ("function", ("function",)),
)
_EXPANSIONS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'d": "would"}
_IRREGULAR = {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not"}
_MIN_SPELT = 4  # letters of a word that one edit leaves recognisable
_FIGURE = re.compile(r"[-−+]?(?<![\w.])[$£€¥₹]?\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k)?\s?%?|[½¼¾⅓⅔]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word to be graded: as compared, as printed, and whether it begins a sentence."""

    plain: str
    raw: str
    initial: bool


def grade(asked: Sequence[Word], printed: Sequence[Word]) -> ChangeKind:
    """Return the kind of the most serious word that differs between two short stretches.

    >>> we, they = Word("six", "six", False), Word("five", "five", False)
    >>> grade([we], [they])
    'number'
    """
    ours, theirs = _all_expanded(asked), _all_expanded(printed)
    if ours == theirs:
        return "function"
    only = [word for word in asked if not set(expanded(word.plain)) <= set(theirs)]
    only += [word for word in printed if not set(expanded(word.plain)) <= set(ours)]
    kinds = {_kind(word) for word in only or [*asked, *printed]}
    if "number" in kinds and _values(ours) == _values(theirs):
        kinds = kinds - {"number"} or {"spelling"}
    if len(asked) == len(printed) and not kinds & {"number", "name"}:
        if all(misspelt(one.plain, other.plain) for one, other in zip(asked, printed, strict=True)):
            return "spelling"
    return min(kinds, key=ORDER.index)


def turns(kind: ChangeKind) -> bool:
    """Whether leaving out words of this kind can turn the sense of a sentence."""
    return kind in ("negation", "number", "quantity", "modal")


def negates(text: str) -> bool:
    """Whether a sentence has a negation or a denial."""
    return any(set(expanded(word)) & word_class("negation", "denial") for word in keys_of(text))


def misspelt(asked: str, printed: str) -> bool:
    """Whether one of the two words is a typing or scanning error for the other, not another word."""
    if min(len(asked), len(printed)) < _MIN_SPELT or OSA.distance(asked, printed, score_cutoff=1) > 1:
        return False
    return asked not in known_words() or printed not in known_words()


def figures(text: str) -> list[str]:
    """Return the numbers in figures with their signs and units, which comparing words alone would miss.

    >>> figures("Up 5.2% from 1,000 kr"), figures("Up 52 from 1000 kr")
    (['5.2%', '1000'], ['52', '1000'])
    """
    return [re.sub(r"[,\s](?=\d{3}\b|%)", "", match[0]).replace("−", "-").strip() for match in _FIGURE.finditer(text)]


def _kind(word: Word) -> ChangeKind:
    parts = set(expanded(word.plain))
    if word.plain in ("may", "march") and word.raw[0].islower():
        return "modal" if word.plain == "may" else "content"  # no months
    for kind, classes in _CLASSES:
        if word_class(*classes) & parts:
            return kind
    if word.plain[:1].isdigit():
        return "number"
    return "name" if _is_name(word) else "content"


def _is_name(word: Word) -> bool:
    if not word.raw[:1].isupper():
        return False
    return not word.initial or word.plain in first_names() or word.plain not in known_words()


def _all_expanded(words: Sequence[Word]) -> list[str]:
    return [part for word in words for part in expanded(word.plain)]


@lru_cache(maxsize=20_000)
def expanded(word: str) -> tuple[str, ...]:
    """Split a contraction.

    >>> expanded("don't"), expanded("we'll")
    (('do', 'not'), ('we', 'will'))
    """
    if word in _IRREGULAR:
        return tuple(_IRREGULAR[word].split())
    for ending, full in _EXPANSIONS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return plain(word.removesuffix(ending)), full
    return (word,)


def _values(listed: Sequence[str]) -> list[str]:
    """The numbers among the words, those up to ninety as figures."""
    return [str(VALUES.get(word, word)) for word in listed if word in word_class("number") or word[:1].isdigit()]
