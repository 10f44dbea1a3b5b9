"""Attribute quotations without a frame to the speaker of an adjacent quotation or the subject of an adjacent sentence.

The speaker is taken only from the quotation before in the same paragraph, the quotation that fills the paragraph
before, or the sentences next to the marks. Otherwise the quotation has no source.
"""

from __future__ import annotations

from quotetrack.extract.find.context_sources import (
    fills_paragraph,
    is_mentioned_in,
    speaker_continuing_below,
    speaker_named_below,
    subject_before,
)
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.common import has_speech_pronoun, persons_in
from quotetrack.extract.find.placed_drafts import PlacedDrafts, SourcesInOrder
from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import DOCUMENTS
from quotetrack.model import Span
from quotetrack.text.quoted import Quoted

_PERSON = {"PERSON", "PER"}
_LONGEST_TAIL = 15  # words between a quotation and the end of its paragraph


def inherit(reading: Reading, drafts: list[Draft], bare: list[Quoted]) -> list[Draft]:
    """Return drafts for the stretches in ``bare``, each with the adjacent draft whose speaker it takes over, if there is
    one.

    A stretch that continues an existing draft is added to that draft instead.
    """
    found: list[Draft] = []
    placed = PlacedDrafts(reading, drafts)
    for quoted in bare:
        continued = (
            found[-1]
            if found and _continues_draft(reading, found[-1], quoted)
            else _draft_left_open(reading, placed, quoted)
        )
        if continued is not None:
            placed.add_content(continued, quoted)
            continue
        neighbour = _neighbour(reading, placed, quoted)
        source = None if neighbour else _source_in_context(reading, placed.sources, quoted)
        draft = Draft(
            content=[Span.of(reading.text, quoted.start, quoted.end)],
            cue=None,
            source=neighbour.source if neighbour else source,
            found_by="neighbour" if neighbour else "subject" if source else "bare",
            quoted=[quoted],
            inherited=neighbour,
        )
        found.append(draft)
        placed.add(draft)
    return found


def _source_in_context(reading: Reading, sources: SourcesInOrder, quoted: Quoted) -> Source | None:
    """Return the source that the sentence before or the next paragraph gives, or ``None``."""
    return (
        speaker_named_below(reading, quoted)
        or subject_before(reading, quoted)
        or speaker_continuing_below(reading, sources, quoted)
    )


def opens_sentence(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch begins a sentence. Marked words inside a sentence are a quotation only if they have a cue."""
    start, _ = reading.parsed.paragraphs[quoted.paragraph]
    lead = reading.text[start : quoted.start].rstrip(" \t'‘’[(")
    inner = reading.text[quoted.inner_start : quoted.inner_end].lstrip(" '‘[(")
    opens = not lead or lead[-1] in '.!?:…"”»“—–'
    fewest = 1 if _continues_open_stretch(reading, quoted) else 2 if inner[-1:] in ("?", "!") else 3
    return opens and not inner[:1].islower() and len(inner.split()) >= fewest


def _continues_open_stretch(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch opens the paragraph after one whose quotation marks were not closed."""
    index = reading.number_of(quoted)
    if not index or reading.parsed.paragraphs[quoted.paragraph][0] != quoted.start:
        return False
    before = reading.quoted[index - 1]
    return not before.closed and before.paragraph == quoted.paragraph - 1


def _continues_draft(reading: Reading, draft: Draft, quoted: Quoted) -> bool:
    """Whether the stretch follows the draft directly, or re-opens it after a paragraph without a closing mark."""
    last = draft.quoted[-1]
    if not last.closed and quoted.paragraph == last.paragraph + 1:
        return not reading.text[reading.parsed.paragraphs[quoted.paragraph][0] : quoted.start].strip()
    return quoted.paragraph == last.paragraph and not reading.text[last.end : quoted.start].strip(" .,…")


def _draft_left_open(reading: Reading, placed: PlacedDrafts, quoted: Quoted) -> Draft | None:
    """Return the draft in the adjacent paragraph that the stretch continues because one of the two has no closing mark."""
    if reading.text[reading.parsed.paragraphs[quoted.paragraph][0] : quoted.start].strip():
        return None
    index = reading.number_of(quoted)
    neighbours = []
    if index and not reading.quoted[index - 1].closed:
        neighbours.append(reading.quoted[index - 1])
    if not quoted.closed and index + 1 < len(reading.quoted):
        neighbours.append(reading.quoted[index + 1])
    for other in neighbours:
        start, _ = reading.parsed.paragraphs[other.paragraph]
        if abs(other.paragraph - quoted.paragraph) != 1 or (other.start > quoted.start and other.start != start):
            continue
        if (draft := placed.containing(other)) is not None:
            return draft
    return None


def _neighbour(reading: Reading, placed: PlacedDrafts, quoted: Quoted) -> Draft | None:
    """Return the quotation before the stretch if both seem to have the same speaker, or ``None``."""
    last = placed.last_before(quoted.start)
    if last is None:
        return None
    paragraph = reading.parsed.paragraphs[quoted.paragraph]
    if last.end > paragraph[0]:
        between = reading.text[last.end : quoted.start]
        frame_end = max(last.end, last.cue.end if last.cue else 0, last.source.span.end if last.source else 0)
        words_between = reading.words_between(frame_end, quoted.start)
        names = [
            e
            for e in reading.entities_in(frame_end, quoted.start)
            if e.start >= frame_end and e.type.upper() in _PERSON
        ]
        is_close = not names and len(words_between) <= 25 and between.count("\n") == 0
        return _reporting_draft(reading, placed, last, quoted) if is_close else None
    if not fills_paragraph(reading, quoted) or last.end <= reading.parsed.paragraphs[quoted.paragraph - 1][0]:
        return None
    previous = reading.parsed.paragraphs[quoted.paragraph - 1]
    tail_start = max(last.end, last.cue.end if last.cue else 0, last.source.span.end if last.source else 0)
    tail = reading.text[tail_start : previous[1]]
    if len(tail.split()) > _LONGEST_TAIL or persons_in(reading, tail_start, previous[1]):
        return None
    if last.source is not None and is_mentioned_in(reading, last.source, quoted):
        return None
    return last if last.quoted or _can_continue(reading, last, quoted) else None


def _reporting_draft(reading: Reading, placed: PlacedDrafts, last: Draft, quoted: Quoted) -> Draft:
    """Return the draft whose source can go on speaking: ``last``, or one in the same sentence that reports it.

    In ``Vale said the survey showed a rise. "We did that."`` the speaker is Vale, not the survey.
    """
    if not has_speech_pronoun(reading, quoted.start, quoted.end) or _can_continue(reading, last, quoted):
        return last
    same_sentence = [d for d in placed.in_sentence_of(last, quoted.start) if d.cue is not None]
    return next((d for d in reversed(same_sentence) if d is not last and _can_continue(reading, d, quoted)), last)


def _can_continue(reading: Reading, draft: Draft, quoted: Quoted) -> bool:
    """Whether the source of reported speech can go on speaking.

    A person can; a body can if the marks are closed; a document cannot.
    """
    if draft.source is None or draft.source.head < 0:
        return False
    span = draft.source.span
    if persons_in(reading, span.start, span.end) or span.text.lower() in ("he", "she"):
        return True
    return (
        quoted.closed
        and reading.singular(draft.source.head) not in DOCUMENTS
        and reading.words[draft.source.head].upos != "PRON"
    )
