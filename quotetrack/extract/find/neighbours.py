"""Marks without a frame: a quotation that goes on, a bare one after a sentence about its speaker, or nobody's.

The speaker is taken over only from what stands next to the marks: the quotation before in the same paragraph, the
quotation that filled the paragraph before, or the person whom the sentence before is about.
"""

from __future__ import annotations

from quotetrack.extract.find.around import goes_on_below, stands_alone, subject_before, teller, told_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.common import persons_in, speaks_in
from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import DOCUMENTS, singular
from quotetrack.model import Span
from quotetrack.text.quoted import Quoted

_PERSON = {"PERSON", "PER"}
_LONGEST_TAIL = 15  # words between a quotation and the end of its paragraph


def inherit(reading: Reading, drafts: list[Draft], bare: list[Quoted]) -> list[Draft]:
    """Drafts for the stretches in ``bare``, each with the neighbour whose speaker it takes over, if there is one."""
    found: list[Draft] = []
    known = sorted(drafts, key=lambda d: d.start)
    for quoted in bare:
        whole = found[-1] if found and _adjoins(reading, found[-1], quoted) else _left_open(reading, drafts, quoted)
        if whole is not None:
            whole.content = sorted(
                [*whole.content, Span.of(reading.text, quoted.start, quoted.end)], key=lambda s: s.start
            )
            whole.quoted = sorted([*whole.quoted, quoted], key=lambda q: q.start)
            continue
        neighbour = _neighbour(reading, [*known, *found], quoted)
        source = None if neighbour else _told_around(reading, known, quoted)
        draft = Draft(
            content=[Span.of(reading.text, quoted.start, quoted.end)],
            cue=None,
            source=neighbour.source if neighbour else source,
            found_by="neighbour" if neighbour else "subject" if source else "bare",
            quoted=[quoted],
            inherited=neighbour,
        )
        found.append(draft)
    return found


def _told_around(reading: Reading, drafts: list[Draft], quoted: Quoted) -> Source | None:
    """Whom the sentence before or the paragraph behind gives the words to."""
    return (
        teller(reading, quoted)
        or subject_before(reading, quoted)
        or goes_on_below(reading, [d for d in drafts if d.cue is not None], quoted)
    )


def opens_sentence(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch begins a sentence of its own: marked words within somebody else's sentence are no quotation
    until a cue says so."""
    start, _ = reading.parsed.paragraphs[quoted.paragraph]
    lead = reading.text[start : quoted.start].rstrip(" \t'‘’[(")
    inner = reading.text[quoted.inner_start : quoted.inner_end].lstrip(" '‘[(")
    opens = not lead or lead[-1] in '.!?:…"”»“—–'
    fewest = 1 if _goes_on_from_open(reading, quoted) else 2 if inner[-1:] in ("?", "!") else 3
    return opens and not inner[:1].islower() and len(inner.split()) >= fewest


def _goes_on_from_open(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch opens the paragraph behind one whose marks were left open at its end."""
    place = reading.quoted.index(quoted)
    if not place or reading.parsed.paragraphs[quoted.paragraph][0] != quoted.start:
        return False
    before = reading.quoted[place - 1]
    return not before.closed and before.paragraph == quoted.paragraph - 1


def _adjoins(reading: Reading, draft: Draft, quoted: Quoted) -> bool:
    """Whether the stretch continues a bare quotation that the paragraph before left open, or stands right after it."""
    last = draft.quoted[-1]
    if not last.closed and quoted.paragraph == last.paragraph + 1:
        return not reading.text[reading.parsed.paragraphs[quoted.paragraph][0] : quoted.start].strip()
    return quoted.paragraph == last.paragraph and not reading.text[last.end : quoted.start].strip(" .,…")


def _left_open(reading: Reading, drafts: list[Draft], quoted: Quoted) -> Draft | None:
    """The draft with the paragraph before, if its marks were left open there, or with the one behind, if they are here."""
    if reading.text[reading.parsed.paragraphs[quoted.paragraph][0] : quoted.start].strip():
        return None
    place = reading.quoted.index(quoted)
    around = []
    if place and not reading.quoted[place - 1].closed:
        around.append(reading.quoted[place - 1])
    if not quoted.closed and place + 1 < len(reading.quoted):
        around.append(reading.quoted[place + 1])
    for other in around:
        start, _ = reading.parsed.paragraphs[other.paragraph]
        if abs(other.paragraph - quoted.paragraph) != 1 or (other.start > quoted.start and other.start != start):
            continue
        for draft in drafts:
            if any(span.start <= other.inner_start and other.inner_end - 1 <= span.end for span in draft.content):
                return draft
    return None


def _neighbour(reading: Reading, drafts: list[Draft], quoted: Quoted) -> Draft | None:
    """The quotation before, if it is by the same speaker as far as form can tell."""
    before = [d for d in drafts if d.end <= quoted.start and d.source is not None]
    if not before:
        return None
    last = max(before, key=lambda d: d.end)
    paragraph = reading.parsed.paragraphs[quoted.paragraph]
    if last.end > paragraph[0]:
        between = reading.text[last.end : quoted.start]
        frame_end = max(last.end, last.cue.end if last.cue else 0, last.source.span.end if last.source else 0)
        loose = reading.words_between(frame_end, quoted.start)
        names = [
            e for e in reading.parsed.entities if frame_end <= e.start < quoted.start and e.type.upper() in _PERSON
        ]
        near = not names and len(loose) <= 25 and between.count("\n") == 0
        return _who_reports(reading, before, last, quoted) if near else None
    if not stands_alone(reading, quoted) or last.end <= reading.parsed.paragraphs[quoted.paragraph - 1][0]:
        return None
    previous = reading.parsed.paragraphs[quoted.paragraph - 1]
    tail_start = max(last.end, last.cue.end if last.cue else 0, last.source.span.end if last.source else 0)
    tail = reading.text[tail_start : previous[1]]
    if len(tail.split()) > _LONGEST_TAIL or persons_in(reading, tail_start, previous[1]):
        return None
    if last.source is not None and told_of(reading, last.source, quoted):
        return None
    return last if last.quoted or _somebody(reading, last, quoted) else None


def _who_reports(reading: Reading, drafts: list[Draft], last: Draft, quoted: Quoted) -> Draft:
    """``last``, or who says in the same sentence what it says: ``Vale said the survey showed a rise. "We did that."``"""
    if not speaks_in(reading, quoted.start, quoted.end) or _somebody(reading, last, quoted):
        return last
    same = [d for d in drafts if reading.sentence_at(d.start) == reading.sentence_at(last.start) and d.cue is not None]
    return next((d for d in reversed(same) if d is not last and _somebody(reading, d, quoted)), last)


def _somebody(reading: Reading, draft: Draft, quoted: Quoted) -> bool:
    """Whether the source of reported speech can go on speaking: a person, or a body if the marks are whole; no document."""
    if draft.source is None or draft.source.head < 0:
        return False
    span = draft.source.span
    if persons_in(reading, span.start, span.end) or span.text.lower() in ("he", "she"):
        return True
    noun = reading.lower[draft.source.head]
    return quoted.closed and singular(noun) not in DOCUMENTS and reading.words[draft.source.head].upos != "PRON"
