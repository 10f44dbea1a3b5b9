"""Split text into normalised words for comparisons."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# An insertion in brackets, an ellipsis or a word.
TOKEN = re.compile(rf"\[[^\]]*\]|…|\.\.\.|{WORD.pattern}")
_FUNCTION_WORDS = {"the", "of", "for", "at", "in", "and", "to", "on", "a", "an", "s"}
_NEGATIONS = {"not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot"}


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` in lower case without accents and punctuation, omitting bracketed insertions."""
    return [plain(token) for token in TOKEN.findall(text) if token[0] not in "[…."]


@lru_cache(maxsize=200_000)
def plain(word: str) -> str:
    """Return a word in lower case, with straight apostrophes and without accents."""
    decomposed = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    return decomposed if decomposed.isascii() else "".join(c for c in decomposed if not unicodedata.combining(c))


def changes_sense(word: str) -> bool:
    """Whether the word is a negation or a number, so that adding, removing or changing it changes the meaning."""
    return word in _NEGATIONS or word.endswith("n't") or any(c.isdigit() for c in word)


def content_words(text: str) -> set[str]:
    """Return the words of ``text`` in lower case, without articles, prepositions and possessives."""
    return set(re.findall(r"\w+", text.lower())) - _FUNCTION_WORDS
