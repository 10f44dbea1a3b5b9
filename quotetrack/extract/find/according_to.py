"""Cut statements of others out of what is attributed with ``according to``.

- ``"The dam holds," Vale said, but 300 people have left, according to the Echo``: the quotation is Vale's.
- ``Vale said the dam holds, but 300 people have left, according to the Echo``: only the last clause is from the Echo.

The network labels words and often gives the whole sentence to the last cue.
"""

from __future__ import annotations

from itertools import pairwise

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.frames import Frame, frame_after, frame_before
from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.find.subjects import source_of
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

_CUE = "according to"
_WHILE = {"while", "although", "though", "whereas"}


def without_statements_of_others(reading: Reading, draft: Draft) -> Draft:
    """Return the draft, or what remains of it, or the quotation inside it with the frame of its own.

    Only drafts with the cue ``according to`` after their content change.
    """
    if draft.cue is None or draft.source is None or draft.cue.text.lower() != _CUE:
        return draft
    if draft.cue.start < draft.end:
        return _reported(reading, draft) or draft
    if len(draft.content) > 1:
        return _without_framed_pieces(reading, draft)
    return _framed(reading, draft) or _last_clause(reading, draft) or draft


def _reported(reading: Reading, draft: Draft) -> Draft | None:
    """Return ``according to …`` within a reported clause as part of this clause: ``He added that, according to the Echo, …``.

    ``None`` if the cue is not right after a verb of saying and ``that``.
    """
    assert draft.cue is not None
    that = reading.words_between(draft.cue.start, draft.cue.end).start - 1
    if that > 0 and reading.words[that].text == ",":
        that -= 1
    verb = that - 1
    if verb < 0 or reading.lower[that] != "that" or "s" not in classes_of(reading, verb):
        return None
    source = source_of(reading, verb)
    content = Span.of(reading.text, reading.words[that].start, draft.end)
    if source is None or source.span.end > reading.words[verb].start:
        return None
    return _said_by(reading, draft, content, verb, source)


def _without_framed_pieces(reading: Reading, draft: Draft) -> Draft:
    """Remove pieces that start with a quotation and the frame after it: ``"…," Vale said, but …, according to``."""
    for piece, following in pairwise(draft.content):
        quoted = next((q for q in draft.quoted if q.start == piece.start), None)
        frame = frame_after(reading, reading.quoted, reading.number_of(quoted)) if quoted is not None else None
        if quoted is not None and frame is not None and _is_said_inside(reading, frame, quoted.end, following.start):
            draft.content = [span for span in draft.content if span is not piece]
    draft.quoted = reading.quoted_within(draft.content)
    return draft


def _framed(reading: Reading, draft: Draft) -> Draft | None:
    """Return the quotation at the edge of the content with the frame inside the content, or ``None``."""
    if len(draft.quoted) != 1:
        return None
    [content], [quoted] = draft.content, draft.quoted
    number = reading.number_of(quoted)
    if quoted.start == content.start:
        frame, first, last = frame_after(reading, reading.quoted, number), quoted.end, content.end
    elif quoted.end == content.end:
        previous = reading.quoted[number - 1] if number and reading.quoted[number - 1].start >= content.start else None
        frame, first, last = frame_before(reading, reading.quoted, number, previous), content.start, quoted.start
    else:
        return None
    if frame is None or frame.source is None or not _is_said_inside(reading, frame, first, last):
        return None
    return _said_by(reading, draft, Span.of(reading.text, quoted.start, quoted.end), frame.cue, frame.source)


def _said_by(reading: Reading, draft: Draft, content: Span, verb: int, source: Source) -> Draft:
    """Return the draft with another content, and with the word ``verb`` and its ``source`` instead of ``according to``."""
    word = reading.words[verb]
    cue, quoted = Span(word.start, word.end, word.text), reading.quoted_within([content])
    return Draft([content], cue, source, draft.found_by, quoted=quoted, proposal=draft.proposal)


def _is_said_inside(reading: Reading, frame: Frame, first: int, last: int) -> bool:
    """Whether the frame starts at ``first``, where its range begins, and ends before ``last``."""
    if frame.cue < 0 or frame.source is None or "s" not in classes_of(reading, frame.cue):
        return False
    cue, source = reading.words[frame.cue], frame.source.span
    start = min(cue.start, source.start)
    return first <= start and max(cue.end, source.end) <= last and not any(map(str.isalnum, reading.text[first:start]))


def _last_clause(reading: Reading, draft: Draft) -> Draft | None:
    """Return the draft with the last clause only, if the source modifies it and the clause before reports somebody's words."""
    assert draft.source is not None
    [content] = draft.content
    clause = reading.head[draft.source.head] if draft.source.head >= 0 else -1
    verb = reading.head[clause] if clause >= 0 else -1
    if verb < 0 or not content.start <= reading.words[verb].start < reading.words[clause].start < content.end:
        return None
    mark = reading.child(clause, "mark")
    contrasted = reading.words[clause].deprel == "advcl" and mark is not None and reading.lower[mark] in _WHILE
    if reading.words[clause].deprel != "conj" and not contrasted:
        return None
    subjects = [reading.child(verb, "nsubj"), reading.child(clause, "nsubj")]
    if "s" not in classes_of(reading, verb) or None in subjects or reading.child(verb, "ccomp") is None:
        return None
    openers = {i for i in reading.children[clause] if reading.words[i].deprel in ("cc", "mark", "punct")}
    start = next(reading.words[i].start for i in reading.subtree(clause) if i not in openers)
    span = reading.span(max(start, content.start), content.end)
    if span is None or reading.quoted_at(span.start) is not None:
        return None
    draft.content = [span]
    draft.quoted = reading.quoted_within([span])
    return draft
