"""Extend contents that end before the clause they report does: ``said [it would close in May] after its owner left``."""

from __future__ import annotations

from bisect import bisect_left

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.model_proposals import anchor_of
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

_CLAUSES = {"ccomp", "parataxis", "xcomp"}
_CLAUSE_OPENERS = {"CCONJ", "SCONJ", "ADP", "PUNCT"}


def with_whole_clauses(reading: Reading, drafts: list[Draft]) -> None:
    """Extend the contents of model drafts to the end of the clause that their cue governs, in place.

    A content never extends into the cue, source or content of another draft.
    """
    starts = sorted((start, number) for number, draft in enumerate(drafts) for start in _starts(draft))
    for number, draft in enumerate(drafts):
        last = draft.content[-1]
        if draft.proposal is None or draft.cue is None or draft.start < draft.cue.end:
            continue
        if reading.quoted_at(last.end - 1) is not None:
            continue
        behind = range(bisect_left(starts, (last.end, -1)), len(starts))
        limit = next((starts[i][0] for i in behind if starts[i][1] != number), len(reading.text))
        end = _end_of_clause(reading, draft.cue, last, limit)
        span = reading.span(last.start, end)
        if span is not None and span.end > last.end:
            draft.content[-1] = span
            draft.quoted = reading.quoted_within(draft.content)


def _starts(draft: Draft) -> list[int]:
    """Return the offsets where the cue, the source and the content spans of a draft begin."""
    marked = [draft.cue, draft.source.span if draft.source else None, *draft.content]
    return [span.start for span in marked if span is not None]


def _end_of_clause(reading: Reading, cue: Span, last: Span, limit: int) -> int:
    """Return the end of the clause that ``cue`` governs and that contains the end of ``last``, at most ``limit``."""
    words = reading.words
    anchor = anchor_of(reading, cue)
    first = end = reading.words_between(last.start, last.end).stop - 1
    for child in reading.children[anchor] if anchor >= 0 else ():
        clause_words = set(reading.subtree(child))
        if child < anchor or words[child].deprel not in _CLAUSES or end not in clause_words:
            continue
        while (
            end + 1 in clause_words
            and words[end + 1].start < limit
            and not _starts_comment(reading, end + 1, first, clause_words)
        ):
            end += 1
        while end > first and (words[end].upos in _CLAUSE_OPENERS or words[end].deprel in ("cc", "mark")):
            end -= 1
    return max(last.end, words[end].end) if end > first else last.end


def _starts_comment(reading: Reading, comma: int, last: int, clause_words: set[int]) -> bool:
    """Whether the article's own comment on the words up to ``last`` follows the comma.

    Examples: ``, paving the way for a fourth term``, ``, the only plant of its kind``.
    """
    words = reading.words
    if words[comma].text not in (",", "—", "–", "-"):
        return False
    part = next((i for i in range(comma + 1, comma + 10) if i in clause_words and reading.head[i] <= last), comma)
    if words[part].deprel in ("appos", "parataxis"):
        return True
    return part == comma + 1 and words[part].deprel == "advcl" and reading.lower[part].endswith("ing")
