"""Correct drafts of the attribution model by the frame next to their quotation marks.

Three errors are corrected:

- ``"The dam holds," Vale said, according to the Echo``: the speaker is Vale, not the Echo.
- ``"Vale has driven us out," said the union``: a name between the marks is not the source.
- ``announced the ministry on Monday``: the day is not part of the source.
"""

from __future__ import annotations

import re
from dataclasses import replace

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.frames import frame_after
from quotetrack.extract.find.source_phrases import MONTHS_AND_DAYS, Source, phrase
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

_LONGEST_FRAME = 15  # words
_TRAILING_DAY = re.compile(
    rf"(?:,?\s+(?:on|last|this|late|early|next)){{1,2}}\s+(?:{'|'.join(MONTHS_AND_DAYS)})$", re.IGNORECASE
)
_TODAY = re.compile(r",?\s(?:today|yesterday|tonight)$")
_AS_SAYING = re.compile(r"\bas (?:saying|telling|writing|stating|having said)\b")


def with_adjacent_frame(reading: Reading, draft: Draft) -> Draft:
    """Return the draft with the cue and source of the frame next to its marks, if the source from the model is
    impossible.

    That is the case if the source is inside the marks, or if the content includes a frame after them.
    """
    if draft.source is None or not draft.quoted:
        return draft
    first = draft.quoted[0]
    span = next((s for s in draft.content if s.start <= first.start and first.end <= s.end), None)
    inside = any(q.start <= draft.source.span.start and draft.source.span.end <= q.end for q in draft.quoted)
    behind = span is not None and len(draft.quoted) == 1 and len(draft.content) == 1 and first.end < span.end
    if not inside and not (behind and span is not None and span.start == first.start):
        return draft
    frame = frame_after(reading, reading.quoted, reading.number_of(first))
    if frame is None or frame.source is None or frame.cue < 0:
        return draft
    cue = reading.words[frame.cue]
    if inside:
        draft.source = frame.source
    elif span is not None and _is_whole_tail(reading, first.end, span.end, cue.start, frame.source):
        draft.cue = Span(cue.start, cue.end, cue.text)
        draft.source = frame.source
        draft.content = [Span.of(reading.text, first.start, first.end)]
    return draft


def _is_whole_tail(reading: Reading, start: int, end: int, cue: int, source: Source) -> bool:
    """Whether the frame, with its cue and source, accounts for the words of the content after the marks."""
    if "s" not in classes_of(reading, reading.words_between(cue, cue + 1).start):
        return False
    short = len(reading.words_between(start, end)) <= _LONGEST_FRAME
    return short and start <= cue < end and start <= source.span.start and source.span.end <= end


def without_day(source: Source | None) -> Source | None:
    """Return the source without a day or month at its end, such as ``on Monday`` or ``today``."""
    if source is None:
        return None
    span = source.span
    day = _TRAILING_DAY.search(span.text) or _TODAY.search(span.text)
    if day is None or not day.start():
        return source
    return replace(source, span=Span(span.start, span.start + day.start(), span.text[: day.start()]))


def quoted_speaker(reading: Reading, draft: Draft) -> Source | None:
    """Return the speaker whom the source quotes: Dahl in ``Vale quoted Dahl as saying``. Otherwise return the draft's
    source.
    """
    source, cue = draft.source, draft.cue
    if source is None or cue is None or not re.match(r"(?:quot|cit)(?:es|e|ed|ing)\b", cue.text):
        return source
    verb = reading.words_between(cue.start, cue.end).start
    for said in reading.children[verb]:
        named = reading.words[said].upos in ("PROPN", "NOUN") and reading.words[said].deprel in ("obj", "nsubj")
        if verb < said != source.head and named and not reading.is_quoted(said):
            behind = reading.text[reading.words[said].end : reading.sentence(said).end]
            return phrase(reading, said, verb) if _AS_SAYING.search(behind) else source
    return source
