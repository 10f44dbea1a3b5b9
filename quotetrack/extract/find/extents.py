"""Correct the extent of model drafts: cut contents where their marks end, drop reactions, titles and impossible sources."""

from __future__ import annotations

import re

from quotetrack.extract.find.context_sources import subject_before
from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.labels import is_section_heading
from quotetrack.extract.find.source_phrases import MONTHS_AND_DAYS
from quotetrack.extract.find.writers import written_by
from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.text.quoted import Quoted

_IMPOSSIBLE_SOURCE = re.compile(
    rf"(?:{'|'.join(MONTHS_AND_DAYS)})(?:\s\d.*)?$|(?:Dear\s)?(?:Sir|Madam)s?$",
    re.IGNORECASE,
)
_FUNCTION_WORD_TAGS = {"PRON", "DET", "ADP", "AUX", "SCONJ", "CCONJ", "PART"}
_ONE_WORD_ANSWERS = {"no", "none", "nothing", "nobody", "everything", "everyone"}  # `51 per cent said no`
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»“)\]]*$")


def fit_to_marks(reading: Reading, drafts: list[Draft], titles: list[Quoted]) -> list[Draft]:
    """Return the drafts with contents cut where their marks end, without reactions and without ``titles`` of works.

    A source that is a document becomes its writer if the text names one.
    """
    kept = [draft for draft in drafts if not is_reaction(reading, draft) and not _is_title(reading, draft, titles)]
    for draft in kept:
        anchor = _first_word_of_cue(reading, draft)
        draft.source = (written_by(reading, anchor) if anchor is not None else None) or draft.source
        draft.content = [_without_next_sentence(reading, span) for span in draft.content]
        if draft.cue is not None and draft.cue.start >= draft.end:
            draft.content[0] = _without_sentence_before(reading, draft.content[0])
    return [draft for draft in kept if not all(_is_empty(reading, span) for span in draft.content)]


def without_empty_pieces(reading: Reading, content: list[Span]) -> list[Span]:
    """Return the spans of ``content`` that contain more than one function word, or all of them if none does."""
    return [span for span in content if not _is_empty(reading, span)] or content


def _is_empty(reading: Reading, span: Span) -> bool:
    """Whether the span is a single function word, such as ``which`` in ``which, she said, would close``."""
    words = reading.words_between(span.start, span.end)
    return (
        len(words) == 1
        and reading.words[words.start].upos in _FUNCTION_WORD_TAGS
        and reading.lower[words.start] not in _ONE_WORD_ANSWERS
        and not reading.is_quoted(words.start)
    )


def _first_word_of_cue(reading: Reading, draft: Draft) -> int | None:
    """Return the number of the first word of the cue, or ``None``."""
    return next(iter(reading.words_between(draft.cue.start, draft.cue.end)), None) if draft.cue else None


def _without_next_sentence(reading: Reading, span: Span) -> Span:
    """Return the span without a new sentence after its closing mark: ``“We go.” Attendance: 4,210.``"""
    opening = reading.quoted_at(span.start)
    if opening is None or opening.start != span.start or opening.end >= span.end or not opening.closed:
        return span
    behind = reading.text[opening.end : span.end]
    following = behind.lstrip()
    sentence_ends = _ENDS_SENTENCE.search(reading.text[opening.start : opening.end])
    if (
        sentence_ends
        and following != behind
        and following[:1].isupper()
        and reading.quoted_at(opening.end + len(behind) - len(following)) is None
    ):
        return Span.of(reading.text, opening.start, opening.end)
    return span


def _without_sentence_before(reading: Reading, span: Span) -> Span:
    """Return the span without the end of a sentence before its quoted sentence: ``people who can. “We go.”``"""
    quoted = next(iter(reading.quoted_in(span.start, span.end)), None)
    if quoted is None or quoted.start <= span.start or quoted.end > span.end or not quoted.closed:
        return span
    before = reading.text[span.start : quoted.start].rstrip()
    opening = reading.text[quoted.inner_start : quoted.inner_start + 1]
    if opening.isupper() and before[-1:] in tuple(".!?") and before[:1].islower():
        return Span.of(reading.text, quoted.start, span.end)
    return span


def is_reaction(reading: Reading, draft: Draft) -> bool:
    """Whether the cue is in a new sentence whose verb reports nothing: ``“The nets were cut.” Oster nodded.``"""
    cue = draft.cue
    if cue is None or not draft.quoted or cue.start < draft.end:
        return False
    last = draft.quoted[-1]
    if last.end != draft.end or not last.closed:
        return False
    between = reading.text[last.end : cue.start]
    if not _ENDS_SENTENCE.search(reading.text[last.start : last.end]) or not between.lstrip()[:1].isupper():
        return False
    if any(classes_of(reading, i) & set("sr") for i in reading.words_between(cue.start, cue.end)):
        return False
    if reading.text[last.inner_end - 1] not in "?!":
        return True
    # `“Who?” Vale laughed.` may be Vale's words, unless the sentence before is about somebody else.
    before = subject_before(reading, last)
    return before is not None and (draft.source is None or before.span.text not in draft.source.span.text)


def _is_title(reading: Reading, draft: Draft, titles: list[Quoted]) -> bool:
    """Whether the content is the title of a work without a clause around it."""
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


def without_impossible_source(reading: Reading, draft: Draft) -> Draft:
    """Return the draft without a source that cannot speak: a day, a date, a salutation, a section heading."""
    if draft.source is None:
        return draft
    span = draft.source.span
    heads_section = reading.text[span.end : span.end + 1] == ":" and is_section_heading(span.text)
    if heads_section or _IMPOSSIBLE_SOURCE.match(span.text):
        draft.source = None
    return draft


def content_before_source(reading: Reading, draft: Draft) -> Draft:
    """Return the draft with a content that ends before the source if the network proposed no source:
    ``"We go," [Vale] was quoted as saying``.
    """
    last = draft.content[-1]
    if draft.source is None or draft.proposal is None or draft.proposal.source is not None:
        return draft
    if last.start < draft.source.span.start < last.end <= draft.source.span.end:
        shorter = reading.span(last.start, draft.source.span.start)
        draft.content[-1] = shorter if shorter is not None else last
    return draft
