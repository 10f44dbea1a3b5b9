"""Helpers for finding roles: the words of a name, the head of a phrase, whole words, singular forms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotetrack.extract.people.someone import Mention
from quotetrack.extract.reading import Reading
from quotetrack.model import Span, Word
from quotetrack.text.role_nouns import one_of_several

LONGEST = 16  # words of the longest role
COMMAS = {",", "—", "–", "--"}
ORGANISATION_NOUNS = {
    "institute", "university", "think", "tank", "centre", "center", "group", "foundation", "party", "agency", "ministry",
    "department", "council", "company", "firm", "bank", "association", "union", "committee", "school", "college", "hospital",
    "society", "network", "office", "authority", "commission", "organisation", "organization", "institution", "charity",
    "newspaper", "programme", "program", "observatory", "club", "church", "laboratory", "board", "federation", "service",
}  # fmt: skip
# Words that are nouns for persons, except when used as adjectives: "the elder Vale", "a major Vale donor".
ADJECTIVES = {"elder", "major", "chief", "principal", "fellow", "native", "general", "minor", "celebrity"}
_TITLES_OF_SEVERAL = {"Sens", "Reps", "Govs", "Gens", "Profs", "Cols"}
# The text between two names in a list: "Sens. Ruth Vale (Ore.) and …", "Senators Vale of Oregon, Quist of …".
_SEVERAL = re.compile(r"(?:\s\([^)]{1,12}\)| of [A-Z]\w+(?: [A-Z]\w+)?)?(?:,?\s(?:and|or|&)\s|,\s+[A-Z])")
_ONE_OF = re.compile(r"\bone of (?:(?:the|his|her|their|its) )?$", re.IGNORECASE)


def words_of(reading: Reading, mention: Mention) -> tuple[int, int]:
    """Return the index of the first word of the name and of the word after it; ``(-1, -1)`` if it has no words."""
    inside = reading.words_between(mention.start, mention.end)
    return (inside.start, inside.stop) if inside else (-1, -1)


def head_of(reading: Reading, start: int, end: int) -> int | None:
    """Return the index of the head of the words from ``start`` to ``end``, the one whose head is outside them."""
    return next((i for i in range(start, end) if reading.head[i] not in range(start, end)), None)


def first_preposition(words: Sequence[Word]) -> int:
    """Return the number of words before the first preposition of a phrase."""
    for index, word in enumerate(words):
        if index and word.upos in ("ADP", "SCONJ") and word.text.lower() not in ("-",):
            return index
    return len(words)


def names_person(reading: Reading, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` include a person's name."""
    first, last = reading.words[start].start, reading.words[end - 1].end
    return any(first <= e.start for e in reading.entities_in(first, last, "PERSON", "PER"))


def start_of_word(reading: Reading, begin: int) -> int:
    """Return the offset where the word at ``begin`` starts, including parts joined by hyphens (``two-time``)."""
    found = re.search(r"(?:(?:\w[\w'’]*-)+|\w+)\Z", reading.text[max(0, begin - 30) : begin])
    return begin - len(found[0]) if found else begin


def for_one_person(reading: Reading, mention: Mention, span: Span) -> Span | None:
    """Return ``span`` as the role of one person.

    A plural shared by several names loses its ending: ``brothers Jon and Anton Quist`` gives ``brother``. ``None`` for
    a plural before a single name, except after ``one of``.
    """
    last = reading.words[reading.words_between(span.start, span.end).stop - 1]
    noun = last.text.rstrip(".")
    plural = "Number=Plur" in last.feats and noun.endswith(("s", "men", "women"))
    if not plural and noun not in _TITLES_OF_SEVERAL:
        return span
    if not (singular := one_of_several(noun)):
        return None
    inside = reading.words_between(mention.start, mention.end)
    joined = any(reading.words[i].deprel == "conj" or reading.child(i, "conj") is not None for i in inside)
    one_of = _ONE_OF.search(reading.text[max(0, span.start - 30) : span.start])
    if not joined and not one_of and not _SEVERAL.match(reading.text, mention.end):
        return None
    offset = span.text.rfind(noun)
    return Span.of(reading.text, span.start, span.start + offset + len(singular)) if offset >= 0 else None
