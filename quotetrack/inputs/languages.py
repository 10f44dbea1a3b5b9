"""Detect the language of a text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

ENGLISH = "en"
_SAMPLE = 4_000  # characters
_FEWEST_LETTERS = 80  # a shorter text counts as English unless something else is declared
_ENOUGH_LETTERS = 200  # for overruling a declared language
_CERTAIN = 0.9
_OVERRULING = 0.99
_ADDRESS = re.compile(r"\S+(?:://|@|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]+")
# Function words that are frequent in English and not words of its neighbours. Real English articles have 15% or more.
_FUNCTION_WORDS = frozenset(
    (
        "the",
        "of",
        "and",
        "to",
        "that",
        "with",
        "was",
        "for",
        "it",
        "is",
        "on",
        "said",
        "from",
        "have",
        "has",
        "by",
        "their",
        "which",
    )
)
_ENGLISH_SHARE = 0.12


def language_of(text: str, declared: str | None = None) -> str:
    """Return the language of ``text`` (ISO 639-1): the detected one, or ``declared`` unless that is plainly wrong.

    Short texts and texts whose language is not certain count as ``declared``, or as English.

    >>> language_of("The port is shut.")
    'en'
    >>> language_of("Der Hafen bleibt nach dem Sturm geschlossen, sagte die Ministerin am Montag im Landtag, und niemand weiß, wie lange.")
    'de'
    """
    assumed = declared or ENGLISH
    sample = _ADDRESS.sub(" ", text[:_SAMPLE])
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters < (_ENOUGH_LETTERS if declared else _FEWEST_LETTERS):
        return assumed
    if _is_plain_english(words):  # saves loading the model, which takes a second
        return ENGLISH
    language, probability = _identifier().classify(sample.lower() if sample.isupper() else sample)
    return str(language) if probability >= (_OVERRULING if declared else _CERTAIN) else assumed


def _is_plain_english(words: list[str]) -> bool:
    return sum(word.lower() in _FUNCTION_WORDS for word in words) >= _ENGLISH_SHARE * len(words)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
