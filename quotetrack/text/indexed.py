"""Words and lemmas as the full-text index has them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quotetrack.text.inflection import dictionary_lemma, without_s
from quotetrack.text.passages import joined, keys_of

BREAK = " […] "  # between the pieces of an interrupted quotation
_APART = "|"  # no word, so that a phrase does not go on after a break


class Indexed(NamedTuple):
    """The words of a text and their lemmas, each between spaces."""

    words: str
    lemmas: str


def indexed(text: str) -> Indexed:
    """Return the words of ``text`` in lower case without accents and punctuation, and their lemmas.

    >>> indexed("The taxes rose. […] Nobody’s happy.")
    Indexed(words=" the taxes rose | nobody's happy ", lemmas=' the tax rise | nobody happy ')
    """
    words: list[str] = []
    for piece in text.split(BREAK):
        words += [_APART] * bool(words) + keys_of(piece)
    return Indexed(joined(words), joined(lemmas_of(words)))


def lemmas_of(words: Sequence[str]) -> list[str]:
    """Return the lemma of each word; a word that the dictionary lacks loses a regular ``s``."""
    return [_lemma(word) for word in words]


@lru_cache(maxsize=200_000)
def _lemma(word: str) -> str:
    base = word.removesuffix("'s") or word
    return dictionary_lemma(base) or without_s(base)
