"""How serious a change of words is: what a reader would be told that is not so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from rapidfuzz.distance import OSA

from quotetrack.check.records import ChangeKind
from quotetrack.cluster.wordings import known_words
from quotetrack.text.names import first_names
from quotetrack.text.words import plain

ORDER: tuple[ChangeKind, ...] = get_args(ChangeKind)

_NEGATIONS = frozenset(
    [
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "nowhere",
        "neither",
        "nor",
        "without",
        "cannot",
        "hardly",
        "barely",
        "scarcely",
        "deny",
        "denies",
        "denied",
        "denying",
        "false",
        "untrue",
        "refuse",
        "refused",
        "refuses",
        "fail",
        "fails",
        "failed",
        "lack",
        "lacks",
        "unless",
        "if",
        "whether",
        "except",
        "against",
        "impossible",
    ]
)
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth hundredth"
_VALUES = {
    **{word: str(value) for value, word in enumerate(_ONES.split())},
    **{word: str(20 + 10 * value) for value, word in enumerate(_TENS.split())},
}
_NUMBERS = frozenset(
    f"{_ONES} {_TENS} {_ORDINALS} hundred hundreds thousand thousands million millions billion billions trillion trillions dozen "
    "dozens half halves quarter quarters double doubled doubles triple tripled twice once percent percentage cent".split()
)
_DATES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "spring",
        "summer",
        "autumn",
        "winter",
        "today",
        "tomorrow",
        "yesterday",
        "tonight",
        "morning",
        "afternoon",
        "evening",
        "night",
        "week",
        "month",
        "year",
        "weeks",
        "months",
        "years",
        "day",
        "days",
        "decade",
        "decades",
        "century",
    ]
)
_QUANTITIES = frozenset(
    [
        "all",
        "most",
        "some",
        "many",
        "few",
        "several",
        "any",
        "each",
        "every",
        "everyone",
        "everybody",
        "everything",
        "someone",
        "somebody",
        "something",
        "anyone",
        "anybody",
        "anything",
        "both",
        "more",
        "less",
        "fewer",
        "least",
        "only",
        "always",
        "often",
        "sometimes",
        "rarely",
        "seldom",
        "usually",
        "almost",
        "nearly",
        "entire",
        "whole",
        "majority",
        "minority",
        "part",
        "partly",
        "mostly",
        "completely",
        "totally",
    ]
)
_MODALS = frozenset(
    [
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "ought",
        "likely",
        "unlikely",
        "possibly",
        "perhaps",
        "maybe",
        "probably",
        "certainly",
        "definitely",
        "going",
        "need",
        "needs",
        "want",
        "wants",
        "hope",
        "hopes",
        "plan",
        "plans",
        "try",
        "tries",
    ]
)
_FUNCTION = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "so",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "that",
        "this",
        "these",
        "those",
        "there",
        "here",
        "it",
        "its",
        "he",
        "him",
        "his",
        "she",
        "her",
        "they",
        "them",
        "their",
        "we",
        "us",
        "our",
        "i",
        "me",
        "my",
        "you",
        "your",
        "who",
        "whom",
        "which",
        "what",
        "when",
        "where",
        "why",
        "how",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "than",
        "then",
        "also",
        "very",
        "just",
        "too",
        "into",
        "onto",
        "up",
        "down",
        "out",
        "off",
        "over",
        "under",
        "about",
        "after",
        "before",
        "during",
        "between",
        "through",
    ]
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
    ours, theirs = _expanded(asked), _expanded(printed)
    if ours == theirs:
        return "function"
    only = [word for word in asked if not set(_expand(word.plain)) <= set(theirs)]
    only += [word for word in printed if not set(_expand(word.plain)) <= set(ours)]
    kinds = {_kind(word) for word in only or [*asked, *printed]}
    if "number" in kinds and _values(ours) == _values(theirs):
        kinds = kinds - {"number"} or {"spelling"}
    if (
        len(asked) == len(printed) == 1
        and misspelt(asked[0].plain, printed[0].plain)
        and not kinds & {"number", "name"}
    ):
        return "spelling"
    return min(kinds, key=ORDER.index)


def turns(kind: ChangeKind) -> bool:
    """Whether leaving out words of this kind can turn the sense of a sentence."""
    return kind in ("negation", "number", "quantity", "modal")


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
    parts = _expand(word.plain)
    for kind, words in (("negation", _NEGATIONS), ("number", _NUMBERS), ("date", _DATES)):
        # `may` is a month only with a capital letter.
        if words & set(parts) and not (kind == "date" and word.plain in ("may", "march") and word.raw[0].islower()):
            return kind  # type: ignore[return-value]
    if word.plain[:1].isdigit():
        return "number"
    if _QUANTITIES & set(parts):
        return "quantity"
    if _MODALS & set(parts):
        return "modal"
    if _FUNCTION & set(parts):
        return "function"
    return "name" if _is_name(word) else "content"


def _is_name(word: Word) -> bool:
    if not word.raw[:1].isupper():
        return False
    return not word.initial or word.plain in first_names() or word.plain not in known_words()


def _expanded(words: Sequence[Word]) -> list[str]:
    return [part for word in words for part in _expand(word.plain)]


@lru_cache(maxsize=20_000)
def _expand(word: str) -> tuple[str, ...]:
    """Split a contraction: ``don't`` is ``do not``."""
    if word in _IRREGULAR:
        return tuple(_IRREGULAR[word].split())
    for ending, full in _EXPANSIONS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return plain(word.removesuffix(ending)), full
    return (word,)


def _values(words: Sequence[str]) -> list[str]:
    """The numbers among ``words``, those up to ninety as figures."""
    return [_VALUES.get(word, word) for word in words if word in _NUMBERS or word[:1].isdigit()]
