"""Marks without a frame: a quotation that goes on, a bare one after a sentence about its speaker, or nobody's.

The speaker is taken over only from what stands next to the marks: the quotation before in the same paragraph, the
quotation that filled the paragraph before, or the person whom the sentence before is about.
"""

from __future__ import annotations

import re

from quotetrack.extract.described import DOCUMENTS, singular
from quotetrack.extract.draft import Draft
from quotetrack.extract.find.layout.common import persons_in
from quotetrack.extract.phrases import Source, phrase
from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.parse.quoted import Quoted

_PERSON = {"PERSON", "PER"}
_LONGEST_TAIL = 15  # words between a quotation and the end of its paragraph
_STOPS = (".", "!", "?", ":")
_TOLD_BELOW = re.compile(
    r"(?:That|Those|These|This) (?:is|was|were|are) (?:the|what|how)\b|(?:So|Thus) (?:said|says)\b|(?:said|says|wrote|according)\b"
)


def inherit(reading: Reading, drafts: list[Draft], bare: list[Quoted]) -> list[Draft]:
    """Drafts for the stretches in ``bare``, each with the neighbour whose speaker it takes over, if there is one."""
    found: list[Draft] = []
    known = sorted(drafts, key=lambda d: d.start)
    for quoted in bare:
        if found and _adjoins(reading, found[-1], quoted):
            found[-1].content.append(Span.of(reading.text, quoted.start, quoted.end))
            found[-1].quoted.append(quoted)
            continue
        neighbour = _neighbour(reading, [*known, *found], quoted)
        source = None if neighbour else subject_before(reading, quoted)
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


def opens_sentence(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch begins a sentence of its own: marked words within somebody else's sentence are no quotation
    until a cue says so."""
    start, _ = reading.parsed.paragraphs[quoted.paragraph]
    lead = reading.text[start : quoted.start].rstrip(" \t'‘’[(")
    inner = reading.text[quoted.inner_start : quoted.inner_end].lstrip(" '‘[(")
    opens = not lead or lead[-1] in '.!?:…"”»“—–'
    fewest = 2 if inner[-1:] in ("?", "!") else 3
    return opens and not inner[:1].islower() and len(inner.split()) >= fewest


def _adjoins(reading: Reading, draft: Draft, quoted: Quoted) -> bool:
    """Whether the stretch continues a bare quotation that the paragraph before left open, or stands right after it."""
    last = draft.quoted[-1]
    if not last.closed and quoted.paragraph == last.paragraph + 1:
        return not reading.text[reading.parsed.paragraphs[quoted.paragraph][0] : quoted.start].strip()
    return quoted.paragraph == last.paragraph and not reading.text[last.end : quoted.start].strip(" .,…")


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
        return last if not names and len(loose) <= 25 and between.count("\n") == 0 else None
    if not _alone(reading, quoted) or last.end <= reading.parsed.paragraphs[quoted.paragraph - 1][0]:
        return None
    previous = reading.parsed.paragraphs[quoted.paragraph - 1]
    tail_start = max(last.end, last.cue.end if last.cue else 0, last.source.span.end if last.source else 0)
    tail = reading.text[tail_start : previous[1]]
    if len(tail.split()) > _LONGEST_TAIL or persons_in(reading, tail_start, previous[1]):
        return None
    return last if last.quoted or _somebody(reading, last, quoted) else None


def _alone(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch is all of a paragraph that follows another."""
    start, end = reading.parsed.paragraphs[quoted.paragraph]
    around = reading.text[start : quoted.start] + reading.text[quoted.end : end]
    return quoted.paragraph > 0 and not around.strip(" .") and not _told_below(reading, quoted)


def _told_below(reading: Reading, quoted: Quoted) -> bool:
    """Whether the paragraph below says whose words these are: ``Those were the words of …``, ``So said …``."""
    if quoted.paragraph + 1 >= len(reading.parsed.paragraphs):
        return False
    start, end = reading.parsed.paragraphs[quoted.paragraph + 1]
    return _TOLD_BELOW.match(reading.text, start, end) is not None


def _somebody(reading: Reading, draft: Draft, quoted: Quoted) -> bool:
    """Whether the source of reported speech can go on speaking: a person, or a body if the marks are whole; no document."""
    if draft.source is None or draft.source.head < 0:
        return False
    span = draft.source.span
    if persons_in(reading, span.start, span.end) or span.text.lower() in ("he", "she"):
        return True
    noun = reading.lower[draft.source.head]
    return quoted.closed and singular(noun) not in DOCUMENTS and reading.words[draft.source.head].upos != "PRON"


def subject_before(reading: Reading, quoted: Quoted) -> Source | None:
    """The person the sentence before is about: ``Hill was unmoved. "We go on."``"""
    words = reading.words
    start, _ = reading.parsed.paragraphs[quoted.paragraph]
    lead = list(reading.words_between(start, quoted.start))
    alone = not lead and _alone(reading, quoted)
    if alone:
        above = reading.parsed.paragraphs[quoted.paragraph - 1]
        lead = list(reading.words_between(*above))
        if lead and (reading.words[lead[-1]].text not in _STOPS or reading.is_quoted(lead[-1])):
            return None
    if not lead:
        return None
    sentence = reading.sentence_of[lead[-1]]
    inside = [i for i in lead if reading.sentence_of[i] == sentence]
    if words[inside[-1]].text not in (".", ":", "!", "?", ","):
        return None
    for index in inside:
        if (
            words[index].deprel.startswith("nsubj")
            and not reading.is_quoted(index)
            and words[reading.head[index]].deprel in ("root", "parataxis", "conj")
        ):
            if words[index].upos == "PRON" and words[index].text.lower() not in ("he", "she"):
                return None
            if words[index].upos in ("PRON", "PROPN"):
                source = phrase(reading, index, reading.head[index])
                named = persons_in(reading, source.span.start, source.span.end) if source is not None else []
                return source if len(named) == 1 or not alone or words[index].upos == "PRON" else None
            return None
    return None
