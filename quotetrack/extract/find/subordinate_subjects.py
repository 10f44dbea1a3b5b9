"""Correct sources that are the subject of the main clause although the cue stands in a subordinate one.

In ``Brandt cancelled the visit when the unions, angry about the cuts, told her that …`` the source is the unions. Where
an aside separates the subject from its verb, both the attribution network and the parser tend to take the subject of
the main clause.
"""

from __future__ import annotations

import re

from quotetrack.extract.reading import Reading
from quotetrack.model import Span

# A conjunction, a noun phrase of a few words, and an aside between commas, right before the cue.
_SUBJECT_WITH_ASIDE = re.compile(
    r"\s(?:after|before|when|while|as|because|since|until|although|though|whereas)\s"
    r"(?P<subject>(?:[^\s,;:.]+\s){0,6}[^\s,;:.]+,\s[^,;:.]+),\s?$"
)
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
    nominal = any(reading.words[i].upos in ("NOUN", "PROPN") for i in reading.words_between(start, start + found.end()))
    return reading.span(start, end) if nominal else None


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
