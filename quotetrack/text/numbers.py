"""Numbers in a text, by value, whether written in digits or in words."""

from __future__ import annotations

from collections.abc import Sequence

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
# Number words up to ninety.
VALUES = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_ORDINAL = {word: value for value, word in enumerate(_ORDINALS)}
_ORDINAL |= {f"{word[:-1]}ieth": 10 * n for n, word in enumerate(_TENS, 2)}
SCALE = {"hundred": 100, "dozen": 12, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}
_SUFFIXES = ("st", "nd", "rd", "th")


def numbers(words: Sequence[str]) -> list[str]:
    """Return the numbers in ``words`` (from ``words_of``) by value, in order; ordinals end in a dot.

    Thousands may be separated (``1,500`` is split into two words), and words are combined (``two hundred``).

        >>> numbers(["twenty", "five", "of", "1", "500", "on", "the", "3rd"])
        ['25', '1500', '3.']
    """
    found: list[str] = []
    place = 0
    while place < len(words):
        value, ordinal, end = _number(words, place)
        if value is not None:
            found.append(f"{value}." if ordinal else str(value))
        place = end
    return found


def _number(words: Sequence[str], start: int) -> tuple[int | str | None, bool, int]:
    """Return value, whether it is an ordinal, and the index after the number at ``start``; the value ``None`` if there is none."""
    word = words[start]
    if word.isdecimal() and word.isascii():
        return _digits(words, start)
    if word[:1].isdigit() and word[-2:] in _SUFFIXES and word[:-2].isdecimal():
        return int(word[:-2]), True, start + 1
    if any(character.isdigit() for character in word):
        return word, False, start + 1
    return _in_words(words, start)


def _digits(words: Sequence[str], start: int) -> tuple[int | str | None, bool, int]:
    end = start + 1
    digits = words[start]
    while end < len(words) and len(words[end]) == 3 and words[end].isdecimal() and len(words[start]) <= 3:
        digits += words[end]
        end += 1
    value = int(digits)
    while end < len(words) and words[end] in SCALE:
        value *= SCALE[words[end]]
        end += 1
    return value, False, end


def _in_words(words: Sequence[str], start: int) -> tuple[int | str | None, bool, int]:
    total = current = 0
    end = start
    while end < len(words):
        word = words[end]
        if word in VALUES:
            if current % 100 and not (current % 10 == 0 and current % 100 >= 20 and 0 < VALUES[word] < 10):
                break  # another number follows
            current += VALUES[word]
        elif word in SCALE:
            current = max(current, 1) * SCALE[word]
            if word != "hundred":
                total, current = total + current, 0
        elif word in _ORDINAL:
            return total + current + _ORDINAL[word], True, end + 1
        else:
            break
        end += 1
    return (total + current, False, end) if end > start else (None, False, start + 1)
