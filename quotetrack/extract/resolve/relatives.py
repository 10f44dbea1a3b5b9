"""Whom ``who`` and ``which`` stand for: the name their clause stands beside or describes, or the phrase it goes on with."""

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
    """``who`` and ``which``: the name that the relative clause stands beside, or describes by the parse."""
    named = [
        (m, s)
        for m, s in register.at(max(0, span.start - 200), span.start)
        if m.end <= span.start and not is_excluded(reading, m.start)
    ]
    if not named:
        return None
    # The whole of "the Bank of Quist" rather than "Quist" at its end.
    mention, someone = max(named, key=lambda pair: (pair[0].end, -pair[0].start))
    gap = reading.text[mention.end : span.start]
    personal = span.text.lower() in ("who", "whom")
    if someone.type == "place" and (body := _body_of(reading, named, span)) is not None:
        return body
    gap = without_exclusion(gap)
    if gap.strip() in ("", ",", "—", "–", "-", "(") and len(gap) <= 3 and (_is_people(someone) or not personal):
        return someone
    for index in reading.words_between(span.start, span.end):
        noun = _described(reading, index)
        if noun >= 0:
            for beside in reading.above(noun):
                if reading.words[noun].deprel != "appos":
                    break
                noun = beside  # "Vale, now the mayor, who": whom the mayor stands beside
                if _is_one_of_several(reading, noun):
                    return None
            place = reading.words[noun].start
            at = (s for m, s in named if m.start <= place < m.end)
            return next((s for s in at if _is_people(s) or not personal), None)
    return None


def _body_of(reading: Reading, named: list[tuple[Mention, Someone]], span: Span) -> Someone | None:
    """``the Dialogue Group in Turkey, which says``: the body that the clause describes, not where it is."""
    for index in reading.words_between(span.start, span.end):
        noun = _described(reading, index)
        if noun >= 0:
            place = reading.words[noun].start
            return next((s for m, s in named if m.start <= place < m.end and s.type == "organisation"), None)
    return None


def antecedent(reading: Reading, span: Span) -> tuple[Span, int] | None:
    """The definite phrase that ``who`` or ``which`` goes on with (``the Oregon senator, who …``), and its head."""
    for index in reading.words_between(span.start, span.end):
        noun = _described(reading, index)
        if noun < 0 or (reading.words[noun].upos != "NOUN" and not reading.words[noun].text[:1].isupper()):
            return None
        first = noun
        while first > 0 and reading.head[first - 1] in range(first, noun + 1):
            first -= 1
        if first < noun < index and reading.words[first].text.lower() in _DEFINITE:
            found = reading.span(reading.words[first].start, reading.words[noun].end)
            return (found, noun) if found is not None else None
    return None


def _described(reading: Reading, index: int) -> int:
    """The noun that the relative clause of the word at ``index`` hangs on, or -1."""
    above = reading.above(index)
    verb = next((verb for verb in above if reading.words[verb].deprel.startswith("acl:relcl")), None)
    return reading.head[verb] if verb is not None else -1


def _is_one_of_several(reading: Reading, index: int) -> bool:
    """``Vale and Lund, two mayors``"""
    return any(reading.head[i] == index and reading.words[i].deprel == "conj" for i in reading.sentence_range(index))


def _is_people(someone: Someone) -> bool:
    return someone.type == "person" or (
        someone.type == "group" and someone.name.endswith("s") and "party" in called_by_name(someone.name)
    )
