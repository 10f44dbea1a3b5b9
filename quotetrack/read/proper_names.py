"""Decide whether a speaker's name is a proper name, which identifies a person or body by itself.

The tests are general: capitals, the type of the speaker, titles, digits, the calendar, and common nouns for persons and
bodies. No list of names is used.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

from quotetrack.link.bodies import nameless
from quotetrack.link.generic import generic_body, organisation_nouns
from quotetrack.text.inflection import singular
from quotetrack.text.names import HONORIFICS, TITLES, is_address, is_title, strip_title
from quotetrack.text.role_nouns import is_role_noun

NAMED_TYPES = ("person", "organisation", "place")
_LONGEST = 12  # words; longer names are phrases
# Prepositions, articles and conjunctions inside names of bodies, and particles of names of persons.
_SMALL = {
    "of", "for", "the", "and", "in", "on", "to", "at", "against", "with", "de", "del", "la", "du", "des", "der", "et", "y", "e", "n",
}  # fmt: skip
_CALENDAR = {
    name.lower()
    for names in (calendar.day_name, calendar.day_abbr, calendar.month_name, calendar.month_abbr)
    for name in names
    if name
} - {"may", "jan", "mar"}  # these are names of persons, too
# A party and a constituency in brackets or between commas: "D-Calif.".
_CONSTITUENCY = re.compile(r"[A-Z]-(?:[A-Z]\.)+|[A-Z]-[A-Z][\w.]*\.")


def words_of_name(name: str) -> tuple[str, ...]:
    """Return the words of a person's name, without titles; letters with a full stop count as words.

    >>> words_of_name("Sir Anton Vale"), words_of_name("A.Vale")
    (('Anton', 'Vale'), ('A', 'Vale'))
    """
    stripped = strip_title(name)[0]
    return tuple(word for word in re.split(r"[\s,]+|\.(?=[A-Z])", stripped) if word.strip("."))


def is_full_name(name: str) -> bool:
    """Whether the name of a person has at least two words and can identify somebody.

    >>> is_full_name("Ruth Vale"), is_full_name("Vale"), is_full_name("Sir"), is_full_name("Prime Minister")
    (True, False, False, False)
    """
    return len(words_of_name(name)) > 1 and is_person_name(name)


def is_person_name(name: str) -> bool:
    """Whether a name could be a person's: capitalised, and not only titles, nouns, days, months or numbers.

    >>> is_person_name("Vale"), is_person_name("Sunday"), is_person_name("51%"), is_person_name("Dr.")
    (True, False, False, False)
    """
    words = words_of_name(name)
    if not words or len(words) > _LONGEST or not name.strip()[0].isalpha():
        return False
    if is_title(name) or all(is_address(word) for word in words):
        return False
    telling = [word for word in words if word[0].isalpha() and not word[0].islower() and word.lower() not in _CALENDAR]
    if len(words) == 1 or not telling:
        return bool(telling) and not is_role_noun(words[0])
    # "Police Spokesman", but not "Dean Baker"
    first = all(word.lower().strip(".") in TITLES or _noun_of_body(word.lower()) for word in words[:-1])
    return not (first and is_role_noun(words[-1]))


def is_body_name(name: str, country: str = "") -> bool:
    """Whether the name of a body or place identifies it. A common noun (``Health Ministry``) does if ``country`` is known.

    >>> is_body_name("Calder Port Authority"), is_body_name("Norland government"), is_body_name("the government")
    (True, True, False)
    >>> is_body_name("Health Ministry"), is_body_name("Health Ministry", "KE")
    (False, True)
    >>> is_body_name("One company that helps people to move"), is_body_name("D-Calif."), is_body_name("Sunday")
    (False, False, False)
    """
    words = [word for word in re.split(r"[\s,()/]+", name) if word]
    if (
        not words
        or len(words) > _LONGEST
        or any(_CONSTITUENCY.fullmatch(word) for word in words)
        or _is_phrase(name, words)
    ):
        return False
    generic = generic_body(name)
    if generic is not None or nameless(name, ""):
        return bool(country or (generic and generic[1]))
    if words[0].islower():
        return False
    lower = [word for word in words if word[0].islower() and not any(letter.isupper() for letter in word)]
    return all(_allowed(word) for word in lower) and any(_names_something(word) for word in words)


def _is_phrase(name: str, words: list[str]) -> bool:
    """Whether the name of a body is cut, runs on or describes several: ``Calder unions``, ``the board, which met Friday``."""
    last = words[-1].lower().strip(".…")
    abbreviated = words[0].endswith(".") and singular(words[0].lower().strip(".")) in TITLES | HONORIFICS
    if abbreviated or is_address(words[0]) or not name[0].isalnum():
        return True
    if last in _CALENDAR | _SMALL or re.search(r",\s+(?:the|an?)\s|,\s+[a-z]", name):
        return True
    if re.search(r"\b[a-z]+ and ", name) and any(_noun_of_body(w) for w in re.findall(r"\b([a-z]+) and ", name)):
        return True
    return words[-1].islower() and singular(last) != last and generic_body(name) is None and _noun_of_body(last)


def _names_something(word: str) -> bool:
    """Whether a word of a body's name is more than a small word, a number or a day."""
    plain = re.sub(r"['’]s?$", "", word).strip("“”\"'.-").lower()
    if not plain or word.islower() or not any(letter.isalpha() for letter in plain):
        return False
    return plain not in _SMALL | _CALENDAR


def _allowed(word: str) -> bool:
    """Whether a lower-case word may be part of the name of a body."""
    plain = word.strip("“”\"'’.-")
    return plain in _SMALL or _noun_of_body(plain) or generic_body(f"{plain} ministry") is not None


def _noun_of_body(word: str) -> bool:
    return word in organisation_nouns() or singular(word) in organisation_nouns()


def has_proper_name(name: str, kind: str, country: str = "") -> bool:
    """Whether a speaker of type ``kind`` has a proper name. Single words for persons pass: see ``read.site_pages``."""
    if kind == "person":
        return is_person_name(name)
    return kind in NAMED_TYPES and is_body_name(name, country)


def repeated_words(names: Iterable[str]) -> frozenset[str]:
    """Return the words, in lower case, that occur in more than one of these names of persons."""
    seen: set[str] = set()
    several: set[str] = set()
    for name in names:
        own = {word.lower() for word in words_of_name(name)}
        several |= seen & own
        seen |= own
    return frozenset(several)
