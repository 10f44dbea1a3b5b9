"""Resolve relative pronouns: ``who`` and ``which`` stand for the name or phrase that their clause modifies."""

from __future__ import annotations

from quotetrack.extract.people.kinds import called_by_name
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.asides import is_excluded, without_exclusion
from quotetrack.model import Span

RELATIVES = {"who", "which", "that", "whom"}
_DEFINITE = {"the", "his", "her", "this"}


def relative(reading: Reading, register: Register, span: Span) -> Someone | None:
    """Return the person or body that ``who`` or ``which`` stands for; ``None`` if it is no name.

    It is the name right before the clause, or the one that the clause modifies in the parse.
    """
    named = [
        (m, s)
        for m, s in register.at(max(0, span.start - 200), span.start)
        if m.end <= span.start and not is_excluded(reading, m.start)
    ]
    if not named:
        return None
    # Prefer "the Bank of Quist" to "Quist" at its end.
    mention, someone = max(named, key=lambda pair: (pair[0].end, -pair[0].start))
    gap = reading.text[mention.end : span.start]
    personal = span.text.lower() in ("who", "whom")
    if someone.type == "place" and (body := _body_of(reading, named, span)) is not None:
        return body
    gap = without_exclusion(gap)
    if gap.strip() in ("", ",", "—", "–", "-", "(") and len(gap) <= 3 and (_can_be_who(someone) or not personal):
        return someone
    for index in reading.words_between(span.start, span.end):
        noun = _modified_noun(reading, index)
        if noun >= 0:
            for above in reading.above(noun):
                if reading.words[noun].deprel != "appos":
                    break
                noun = above  # "Vale, now the mayor, who": the noun that "mayor" is in apposition to
                if _is_one_of_several(reading, noun):
                    return None
            place = reading.words[noun].start
            at = (s for m, s in named if m.start <= place < m.end)
            return next((s for s in at if _can_be_who(s) or not personal), None)
    return None


def _body_of(reading: Reading, named: list[tuple[Mention, Someone]], span: Span) -> Someone | None:
    """The organisation that the clause modifies: ``the Dialogue Group in Turkey, which says``."""
    for index in reading.words_between(span.start, span.end):
        noun = _modified_noun(reading, index)
        if noun >= 0:
            place = reading.words[noun].start
            return next((s for m, s in named if m.start <= place < m.end and s.type == "organisation"), None)
    return None


def antecedent(reading: Reading, span: Span) -> tuple[Span, int] | None:
    """Return the definite phrase that ``who`` or ``which`` modifies, and its head: ``the Oregon senator, who …``."""
    for index in reading.words_between(span.start, span.end):
        noun = _modified_noun(reading, index)
        if noun < 0 or (reading.words[noun].upos != "NOUN" and not reading.words[noun].text[:1].isupper()):
            return None
        first = noun
        while first > 0 and reading.head[first - 1] in range(first, noun + 1):
            first -= 1
        if first < noun < index and reading.words[first].text.lower() in _DEFINITE:
            found = reading.span(reading.words[first].start, reading.words[noun].end)
            return (found, noun) if found is not None else None
    return None


def _modified_noun(reading: Reading, index: int) -> int:
    """The index of the noun modified by the relative clause of the word at ``index``, or -1."""
    above = reading.above(index)
    verb = next((verb for verb in above if reading.words[verb].deprel.startswith("acl:relcl")), None)
    return reading.head[verb] if verb is not None else -1


def _is_one_of_several(reading: Reading, index: int) -> bool:
    """Whether the noun is coordinated with others: ``Vale and Lund, two mayors``."""
    return any(reading.head[i] == index and reading.words[i].deprel == "conj" for i in reading.sentence_range(index))


def _can_be_who(someone: Someone) -> bool:
    """Whether ``who`` can stand for it: a person, or a party with a plural name."""
    return someone.type == "person" or (
        someone.type == "group" and someone.name.endswith("s") and "party" in called_by_name(someone.name)
    )
