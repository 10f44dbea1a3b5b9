"""Correct sources that the attribution network takes from another clause than that of the cue.

- ``Brandt cancelled the visit when the unions, angry about the cuts, told her that …``: the source is the unions. Where
  an aside separates the subject from its verb, the parser, too, tends to take the subject of the main clause.
- ``Authorities in the province where Vale lives said …``: the source is the authorities.
- ``Vale was dismissed by Minister Lund after admitting that …``: the source is Vale.
"""

from __future__ import annotations

import re

from quotetrack.extract.find.source_phrases import Source, can_be_source, phrase
from quotetrack.extract.find.subjects import is_passive, source_of
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

# A conjunction, a noun phrase of a few words, and an aside between commas, right before the cue.
_SUBJECT_WITH_ASIDE = re.compile(
    r"\s(?:after|before|when|while|as|because|since|until|although|though|whereas)\s"
    r"(?P<subject>(?:[^\s,;:.]+\s){0,6}[^\s,;:.]+,\s[^,;:.]+),\s?$"
)
# Before a participle, these make the subject of the main clause, and not the agent of a passive, the one who speaks.
_BEFORE_PARTICIPLE = {"after", "before", "despite", "without"}
_MAX_LENGTH = 300  # characters between the beginning of the source and the cue


def subordinate_subject(reading: Reading, source: Span, cue: Span) -> Span | None:
    """Return the subject of the subordinate clause that the cue is in, or ``None`` if ``source`` belongs to the cue."""
    if not 0 < cue.start - source.start <= _MAX_LENGTH or cue.text.split()[0].endswith("ing"):
        return None
    found = _SUBJECT_WITH_ASIDE.search(reading.text[source.start : cue.start])
    if found is None or not _has_main_clause(reading, source.start, source.start + found.start()):
        return None
    start, end = (source.start + place for place in found.span("subject"))
    first = reading.words_between(start, end).start
    if reading.quoted_in(source.start, cue.start) or reading.words[first].upos in ("VERB", "AUX", "ADV", "ADP"):
        return None
    nominal = any(reading.words[i].upos in ("NOUN", "PROPN") for i in reading.words_between(start, end))
    return reading.span(start, end) if nominal else None


def subject_beside(reading: Reading, source: Span, cue: int) -> Source | None:
    """Return the subject of the clause of the word ``cue`` if ``source`` is only in a relative clause beside it or the
    agent of a passive; else ``None``.
    """
    inside = reading.words_between(source.start, source.end)
    if any(
        reading.words[i].deprel == "acl:relcl"
        and reading.head[i] not in inside
        and reading.child(i, "nsubj") in inside
        and cue not in reading.subtree(i)
        for i in inside
    ):
        found = source_of(reading, cue)
        return found if found is not None and found.span.end <= source.end < reading.words[cue].end else None
    governor, mark = reading.head[cue], reading.child(cue, "mark", "case")
    participle = reading.words[cue].deprel == "advcl" and reading.lower[cue].endswith("ing")
    if (
        not participle
        or mark is None
        or reading.lower[mark] not in _BEFORE_PARTICIPLE
        or not is_passive(reading, governor)
    ):
        return None
    subject = reading.child(governor, "nsubj:pass")
    before = inside.start - 1
    if subject is None or reading.lower[max(before, 0)] != "by" or not can_be_source(reading, subject):
        return None
    return phrase(reading, subject, cue)


def _has_main_clause(reading: Reading, start: int, end: int) -> bool:
    """Whether a finite verb with its subject is in ``start:end``, not counting relative clauses."""
    inside = reading.words_between(start, end)
    for index in inside:
        word = reading.words[index]
        if word.upos != "VERB" or "VerbForm=Fin" not in word.feats or word.deprel.startswith("acl"):
            continue
        subject = reading.child(index, "nsubj")
        if subject is not None and subject in inside and reading.words[subject].upos in ("NOUN", "PROPN", "PRON"):
            return reading.lower[subject] not in ("who", "which", "that")
    return False
