"""Changes of a quotation whose verdict follows from the change, for ``benchmarks.check_draw``."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Edit = tuple[int, int, str]  # start, end, replacement
Rule = Callable[[str, random.Random], Sequence[Edit] | None]

_NEGATION = re.compile(r"\b(?:not|never)\s|(?<=\w)n['’]t\b")
_NUMBER = re.compile(r"(?<![\d.,$£€])\d[\d,.]*\d\b|(?<![\d.,])\b\d\b")
_VERB = re.compile(r"\b(is|are|was|were|will|would|can|could|have|has|had|should|must)\b(?! not|n['’]t| never| no )")
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = ["January", "February", "April", "June", "July", "August", "September", "October", "November", "December"]
_NUMBERS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "hundred",
    "thousand",
    "million",
    "billion",
]
_ORDINALS = ["second", "third", "fourth", "fifth", "sixth"]
_OPPOSITES = dict(
    pair
    for one, other in (
        ("more", "less"), ("increase", "decrease"), ("win", "lose"), ("support", "oppose"), ("always", "seldom"),
        ("before", "after"), ("good", "bad"), ("up", "down"), ("high", "low"), ("rise", "fall"), ("open", "closed"),
        ("strong", "weak"), ("right", "wrong"), ("rich", "poor"), ("safe", "dangerous"), ("easy", "hard"),
        ("possible", "impossible"), ("legal", "illegal"), ("better", "worse"), ("best", "worst"), ("old", "new"),
        ("great", "terrible"), ("happy", "sad"), ("success", "failure"), ("everyone", "nobody"), ("peace", "war"),
        ("friends", "enemies"), ("love", "hate"), ("true", "false"), ("men", "women"), ("start", "stop"), ("buy", "sell"),
    )
    for pair in ((one, other), (other, one))
)  # fmt: skip
OTHER_WORDS = [
    "harbour",
    "cabinet",
    "engine",
    "border",
    "harvest",
    "lantern",
    "theatre",
    "minister",
    "crossing",
    "blanket",
    "furnace",
    "village",
]
_OTHER_NAMES = ["Kvist", "Halden", "Brennholm", "Torvald", "Marisol", "Calder"]
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_SLIPS = (("rn", "m"), ("m", "rn"), ("l", "1"), ("o", "0"), ("i", "l"), ("e", "c"), ("cl", "d"))
_LONG = re.compile(r"\b[a-z]{6,}\b")


def one_word(text: str, chance: random.Random) -> list[Edit] | None:
    """Exchange one content word for one that does not fit."""
    places = list(_LONG.finditer(text))
    if not places:
        return None
    place = chance.choice(places)
    return [(*place.span(), chance.choice(OTHER_WORDS))]


def opposite(text: str, chance: random.Random) -> list[Edit] | None:
    """Exchange a word for its opposite, in a sentence of 15 words or more."""
    places = [word for word in re.finditer(r"\b[a-z]+\b", text) if word[0] in _OPPOSITES]
    if len(text.split()) < 15 or not places:
        return None
    place = chance.choice(places)
    return [(*place.span(), _OPPOSITES[place[0]])]


def other_name(text: str, chance: random.Random) -> list[Edit] | None:
    """Exchange a name, in a sentence of 15 words or more."""
    places = [name for name in _NAME.finditer(text) if name[0] not in {*_WEEKDAYS, *_MONTHS}]
    if len(text.split()) < 15 or not places:
        return None
    return [(*chance.choice(places).span(), chance.choice(_OTHER_NAMES))]


def negation_dropped(text: str, chance: random.Random) -> list[Edit] | None:
    """Leave a negation out."""
    places = list(_NEGATION.finditer(text))
    if not places or re.search(r"\b(?:ca|wo|sha)n['’]t", text):
        return None
    return [(*chance.choice(places).span(), "")]


def negation_added(text: str, chance: random.Random) -> list[Edit] | None:
    """Add ``not`` behind an auxiliary."""
    places = list(_VERB.finditer(text))
    return [(chance.choice(places).end(),) * 2 + (" not",)] if places else None


def figure(text: str, chance: random.Random) -> list[Edit] | None:
    """Change a number in figures."""
    places = list(_NUMBER.finditer(text))
    if not places:
        return None
    place = chance.choice(places)
    digit = re.search(r"\d", place[0])
    assert digit
    at = place.start() + digit.start()
    return [(at, at + 1, str(int(digit[0]) % 9 + 1))]


def day(text: str, chance: random.Random) -> list[Edit] | None:
    """Change a weekday or a month."""
    return _of_list(text, chance, _WEEKDAYS) or _of_list(text, chance, _MONTHS)


def number_word(text: str, chance: random.Random) -> list[Edit] | None:
    """Change a number in words."""
    return _of_list(text, chance, _NUMBERS) or _of_list(text, chance, _ORDINALS)


def slips(text: str, chance: random.Random) -> list[Edit] | None:
    """Scan or type two long words wrongly."""
    places = list(_LONG.finditer(text))
    if len(places) < 2:
        return None
    return [_slip(place, chance) for place in sorted(chance.sample(places, 2), key=lambda found: found.start())]


def _slip(word: re.Match[str], chance: random.Random) -> Edit:
    fitting = [(wrong, at) for right, wrong in _SLIPS for at in [(word[0].find(right, 1), len(right))] if at[0] > 0]
    if fitting and chance.random() < 0.6:
        wrong, (at, size) = chance.choice(fitting)
        return word.start() + at, word.start() + at + size, wrong
    at = next((i for i in range(2, len(word[0]) - 1) if word[0][i] != word[0][i + 1]), 0)
    return word.start() + at, word.start() + at + 2, word[0][at + 1] + word[0][at]


def left_out(text: str, chance: random.Random) -> list[Edit] | None:
    """Leave two content words out without saying so."""
    places = list(re.finditer(r"\b[a-z]{5,} [a-z]{5,} ", text))
    return [(*chance.choice(places).span(), "")] if places else None


def negation_hidden(text: str, chance: random.Random) -> list[Edit] | None:
    """Put an ellipsis in the place of a negation."""
    edits = negation_dropped(text, chance)
    return [(*edits[0][:2], " … " if text[: edits[0][0]][-1:].isalpha() else "… ")] if edits else None


def _of_list(text: str, chance: random.Random, words: Sequence[str]) -> list[Edit] | None:
    places = [found for found in re.finditer(r"\b[A-Za-z]+\b", text) if found[0] in words]
    if not places:
        return None
    place = chance.choice(places)
    others = [word for word in words if word != place[0]]
    return [(*place.span(), chance.choice(others))]


# Kind, number of queries, rule and the verdicts on words that are right.
EDITS: dict[str, tuple[int, Rule, str]] = {
    "one word exchanged": (20, one_word, "changed"),
    "opposite word": (16, opposite, "changed"),
    "another name": (12, other_name, "changed"),
    "negation dropped": (16, negation_dropped, "changed"),
    "negation added": (16, negation_added, "changed"),
    "negation under an ellipsis": (10, negation_hidden, "changed"),
    "number in figures": (10, figure, "changed"),
    "weekday or month": (10, day, "changed"),
    "number in words": (14, number_word, "changed"),
    "words left out": (10, left_out, "shortened changed"),
    "scanning and typing errors": (18, slips, "changed"),
}
