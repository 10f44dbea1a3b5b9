"""Lemmas from Stanza's table; for words that it lacks, from the dictionary of simplemma or the regular endings of English.

The tagger determines whether a word is a plural or a past tense, so the dictionary is asked about inflected words only: it
has one lemma for ``meeting``, verb or noun.
"""

from __future__ import annotations

from collections.abc import Callable

from quotetrack.text.inflection import dictionary_lemma, without_s

Known = Callable[[str, str], str | None]


class Lemmas:
    """Lemmatizes words. ``known`` looks up a word and its tag in the table and returns ``None`` for unknown ones."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def __call__(self, word: str, upos: str, feats: str) -> str:
        """The lemma of ``word`` with the universal tag ``upos`` and features ``feats`` in CoNLL-U notation."""
        found = self._known(word, upos)
        if found is not None:
            return found
        if upos == "PROPN":
            return self._name(word, feats)
        if upos == "NUM":
            return word.replace(",", "") if word[:1].isdigit() else word
        if upos not in ("NOUN", "VERB", "ADJ", "ADV"):
            return word
        if word.isupper() and upos == "NOUN":
            return word  # most of these are abbreviations
        lowered = word.lower()
        if lowered != word and (found := self._known(lowered, upos)) is not None:
            return found
        if (upos == "NOUN" and "Number=Plur" in feats) or (upos == "VERB" and "VerbForm=Inf" not in feats):
            return dictionary_lemma(lowered) or _without_ending(lowered, upos, feats)
        return lowered

    def _name(self, word: str, feats: str) -> str:
        """Capitals become title case if that is a known name (``KENNEDY``); plural names lose their ending."""
        if word.isupper() and len(word) > 3:
            return self._known(word.capitalize(), "PROPN") or word
        if "Number=Plur" in feats and len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
            return word[:-3] + "y" if word.endswith("ies") else word[:-1]
        return word


def _without_ending(word: str, upos: str, feats: str) -> str:
    if upos == "NOUN" or "Person=3" in feats:
        return without_s(word)
    if word.endswith("ing") and len(word) > 5:
        return word[:-3]
    if word.endswith("ed") and len(word) > 4:
        return word[:-3] + "y" if word.endswith("ied") else word[:-2]
    return word
