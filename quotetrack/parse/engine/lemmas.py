"""Lemmas from Stanza's table, or by the rules of English spelling for words that are not in it.

The tagger decides whether a word is a plural or a past tense, so the rules only undo its spelling (Quirk et al. 1985, "A
Comprehensive Grammar of the English Language", 3.5-3.10 and 5.79-5.81).
"""

from __future__ import annotations

import re
from collections.abc import Callable

_VOWEL = "[aeiouy]"
# Stems that probably lost a final e, such as `dup(ed)`, and (below) stems that did not, such as `ski(ing)`.
_LOST_E = re.compile(
    r"(?:^[^aeiou]*[aeiou][bcdgkmnptvz]|[cvuz]|[^s]s|[^aeiou]l|(?:at|ut|ot|it|ir|ur|iz|ak|ik|ok|ib|ob|ub|ud|ad|id|in|ag|og|ar))$"
)
_NO_E = re.compile(
    r"(?:^[^aeiou]*[aeiouy]{2,}[^cvszu]|[aeiou]{2}[^cvszu]|ow|aw|ew|x|ss|us|[^u]er|en|on|or|it|el|al|om)$"
)
_DOUBLED = re.compile(r"([bdgmnprt])\1$")

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
        if upos == "NOUN" and "Number=Plur" in feats:
            return self._singular(lowered)
        if upos == "VERB":
            return self._verb(lowered, feats)
        return lowered

    def _name(self, word: str, feats: str) -> str:
        """Capitals become title case if that is a known name (``KENNEDY``); plural names lose their ending."""
        if word.isupper() and len(word) > 3:
            return self._known(word.capitalize(), "PROPN") or word
        if "Number=Plur" in feats and len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
            return word[:-3] + "y" if word.endswith("ies") else word[:-1]
        return word

    def _singular(self, word: str) -> str:
        if word.endswith("men") and len(word) > 4:
            return word[:-2] + "an"
        return _without_s(word)

    def _verb(self, word: str, feats: str) -> str:
        if "VerbForm=Ger" in feats or ("VerbForm=Part" in feats and word.endswith("ing")):
            return self._stem(word[:-3]) if word.endswith("ing") and len(word) > 5 else word
        if word.endswith("ed") and len(word) > 4 and ("Tense=Past" in feats or "VerbForm=Part" in feats):
            return word[:-3] + "y" if word.endswith("ied") else self._stem(word[:-2])
        if "Person=3" in feats and "Number=Sing" in feats:
            return _without_s(word)
        return word

    def _stem(self, stem: str) -> str:
        """The verb of a stem before ``ed`` or ``ing``: unchanged, with a final e, or with its doubled consonant undone."""
        doubled = _DOUBLED.search(stem)
        choices = [stem, stem + "e", *([stem[:-1]] if doubled else [])]
        for choice in choices:
            if self._known(choice, "VERB") == choice:
                return choice
        if doubled:
            return stem[:-1]
        return stem + "e" if _LOST_E.search(stem) and not _NO_E.search(stem) else stem


def _without_s(word: str) -> str:
    if not word.endswith("s") or word.endswith("ss") or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ch|sh|ss|x|zz|o)es$", word):
        return word[:-2]
    return word[:-1]
