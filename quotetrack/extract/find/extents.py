"""What the model's proposals get wrong about marks: where a quotation ends, what merely follows it, and what quotes nobody."""

from __future__ import annotations

import re

from quotetrack.extract.cues import classes_of
from quotetrack.extract.described import DOCUMENTS, singular
from quotetrack.extract.draft import Draft
from quotetrack.extract.find.layout.common import PERSON
from quotetrack.extract.phrases import Source, phrase
from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.parse.quoted import Quoted

_STOP_INSIDE = re.compile(r"[.!?…][\"'”’»“)\]]*$")


def fitted(reading: Reading, drafts: list[Draft], titles: list[Quoted]) -> list[Draft]:
    """The drafts with contents cut where their marks end, without reactions and without ``titles`` that somebody only
    sang or read.
    """
    kept = [one for one in drafts if not _is_reaction(reading, one) and not _is_title(reading, one, titles)]
    for one in kept:
        one.source = _writer(reading, one) or one.source
        one.content = [_cut(reading, span) for span in one.content]
    return kept


def _writer(reading: Reading, draft: Draft) -> Source | None:
    """``A message from Vale to her brother read``: the whole phrase, and that it is Vale's."""
    cue = next(iter(reading.words_between(draft.cue.start, draft.cue.end)), None) if draft.cue else None
    subject = reading.child(cue, "nsubj") if cue is not None else None
    if subject is None or singular(reading.lower[subject]) not in DOCUMENTS | {"message", "note"}:
        return None
    for child in reading.children[subject]:
        case = reading.child(child, "case")
        if reading.words[child].deprel == "nmod" and case is not None and reading.lower[case] in ("from", "by"):
            word = reading.words[child]
            named = any(e.start <= word.start < e.end for e in reading.parsed.entities if e.type.upper() in PERSON)
            whole = phrase(reading, subject, cue)
            return Source(whole.span, child) if named and whole is not None else None
    return None


def _cut(reading: Reading, span: Span) -> Span:
    """The span without a new sentence behind the mark that closes it: ``“We go.” Attendance: 4,210.``"""
    opening = reading.quoted_at(span.start)
    if opening is None or opening.start != span.start or opening.end >= span.end or not opening.closed:
        return span
    behind = reading.text[opening.end : span.end]
    new = behind.lstrip()
    whole = _STOP_INSIDE.search(reading.text[opening.start : opening.end])
    if whole and new != behind and new[:1].isupper() and reading.quoted_at(opening.end + len(behind) - len(new)) is None:
        return Span.of(reading.text, opening.start, opening.end)
    return span


def _is_reaction(reading: Reading, draft: Draft) -> bool:
    """``“The nets were cut.” Oster nodded.``: a sentence of its own whose verb reports nothing."""
    cue = draft.cue
    if cue is None or not draft.quoted or cue.start < draft.end:
        return False
    last = draft.quoted[-1]
    if last.end != draft.end or not last.closed:
        return False
    between = reading.text[last.end : cue.start]
    if not _STOP_INSIDE.search(reading.text[last.start : last.end]) or not between.lstrip()[:1].isupper():
        return False
    return not any(classes_of(reading, i) & set("sr") for i in reading.words_between(cue.start, cue.end))


def _is_title(reading: Reading, draft: Draft, titles: list[Quoted]) -> bool:
    """Whether the content is the title of a work and no clause besides."""
    inside = [t for t in titles if any(s.start < t.end and t.start < s.end for s in draft.content)]
    if not inside or any(draft.quoted):
        return False
    rest = [
        i
        for span in draft.content
        for i in reading.words_between(span.start, span.end)
        if not any(t.start <= reading.words[i].start < t.end for t in inside)
    ]
    return not any(reading.words[i].upos in ("VERB", "AUX") for i in rest)
