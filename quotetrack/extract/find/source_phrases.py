"""Determine the extent of a source phrase around its head."""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.text.role_nouns import is_role_noun

NOMINAL = {"NOUN", "PROPN", "PRON", "NUM"}


LONGEST_SOURCE = 30


_NOT_SOURCES = {
    "it",
    "there",
    "this",
    "that",
    "what",
    "which",
    "these",
    "those",
    "something",
    "nothing",
    "everything",
    "whatever",
    "here",
}


MONTHS_AND_DAYS = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow",
    "tonight", "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase and the number of the word that heads it. ``certain`` is false if the parse tree did not give the
    phrase.
    """

    span: Span
    head: int
    certain: bool = True


def can_be_source(reading: Reading, head: int) -> bool:
    """Whether the word ``head`` can head a source phrase. Quoted words, days, months and pronouns such as ``it`` cannot."""
    word = reading.words[head]
    lowered = word.text.lower()
    if lowered in _NOT_SOURCES or lowered in MONTHS_AND_DAYS:
        return False
    return not reading.is_quoted(head) and (
        word.upos in NOMINAL or word.text[:1].isupper() or word.upos in ("ADJ", "DET")
    )


def phrase(reading: Reading, head: int, cue: int | None = None) -> Source | None:
    """Return the phrase headed by the word ``head``, or ``None``: the contiguous part of its subtree around the head.

    The phrase contains neither ``cue`` nor quoted speech. A phrase of more than ``LONGEST_SOURCE`` words is cut down
    to the head with its determiner, adjectives and name parts.
    """
    words = reading.words
    excluded = set() if cue is None else {cue}
    subtree = set(reading.subtree(head)) - excluded
    if cue is not None and cue in reading.subtree(head):
        subtree -= set(reading.subtree(cue))  # "the man who said": the phrase ends before the clause of its cue
        subtree.add(head)
    case = [c for c in reading.children[head] if words[c].deprel in ("case", "cc", "mark", "discourse") and c < head]
    subtree -= set(case)
    first = last = head
    sentence = reading.sentence_range(head)

    def allowed(index: int) -> bool:
        return index in sentence and index != cue and (index in subtree) and not _is_speech(reading, index)

    while allowed(first - 1):
        first -= 1
    while allowed(last + 1):
        last += 1
    if last - first >= LONGEST_SOURCE:
        first, last = _core_noun_phrase(reading, head)
    first = extend_left(reading, first)
    last = _closing_bracket(reading, first, last)
    span = reading.span(words[first].start, words[last].end)
    return Source(span, head) if span else None


def extend_left(reading: Reading, first: int) -> int:
    """Return the first word of a phrase extended to an honorific before it and to earlier names of a list
    (``A, B and C``).
    """
    words = reading.words
    start = reading.sentence_range(first).start
    if first - 1 >= start and words[first - 1].text.rstrip(".").lower() in ("mr", "mrs", "ms", "dr", "miss", "sir"):
        first -= 1
    reached = first
    while True:
        index = reached - 1
        joined = False
        if (
            index > start
            and words[index].text != "and"
            and (office := _conjunction_before_office(reading, reached, start)) is not None
        ):
            index = office
        while index >= start and (words[index].text in (",", "and") or words[index].text.lower() == "the"):
            joined = joined or words[index].text in (",", "and")
            index -= 1
        if (
            not joined
            or index < start
            or (entity := reading.entity_ending_at(words[index].end)) is None
            or entity.type.upper() in ("DATE", "TIME", "MONEY", "CARDINAL", "PERCENT")
            or (reached == first and words[first - 1].text != "and" and words[index + 1].text != "and")
        ):
            return reached
        if reading.is_quoted(index) or entity.start < words[start].start:
            return reached
        reached = reading.words_between(entity.start, entity.end).start
        if reached - 1 >= start and words[reached - 1].text.lower() == "the":
            reached -= 1


def _conjunction_before_office(reading: Reading, name: int, start: int) -> int | None:
    """Return the ``and`` before the office of a coordinated name, or ``None``.

    In ``Vale and Ports Minister Jon Lund``, ``name`` is the number of the word ``Jon``.
    """
    joined = reading.words[name].deprel == "conj"
    index = name - 1
    if not joined or not is_role_noun(reading.words[index].text):
        return None
    while index > start and name - index < 6 and reading.words[index].upos in ("NOUN", "PROPN", "ADJ"):
        index -= 1
    return index if reading.lower[index] == "and" else None


def _is_speech(reading: Reading, index: int) -> bool:
    """Whether the word is in a quoted stretch longer than a nickname or title."""
    quoted = reading.quoted_at(reading.words[index].start)
    return quoted is not None and len(reading.text[quoted.start : quoted.end].split()) > 3


def _core_noun_phrase(reading: Reading, head: int) -> tuple[int, int]:
    """Return the first and last word of the head with its determiner, adjectives and name parts."""
    first = last = head
    while first - 1 in reading.sentence_range(head) and reading.words[first - 1].deprel in (
        "det",
        "amod",
        "compound",
        "flat",
        "nummod",
    ):
        first -= 1
    while last + 1 in reading.sentence_range(head) and reading.words[last + 1].deprel in ("flat", "compound"):
        last += 1
    return first, last


def _closing_bracket(reading: Reading, first: int, last: int) -> int:
    """Return ``last``, or the closing bracket after it if the phrase opens one."""
    text = reading.text[reading.words[first].start : reading.words[last].end]
    following = last + 1
    if text.count("(") > text.count(")") and following < len(reading.words) and reading.words[following].text == ")":
        return following
    return last
