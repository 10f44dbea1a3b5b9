"""Find quotations whose attribution frame stands next to their marks.

Supported forms:

    "A," X said.        X said: "A."
    "A," X said, "B."   "A," X said. "B."

A paragraph that opens with marks continues the quotation of the paragraph before if that one did not close.
"""

from __future__ import annotations

import re

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.frames import Frame, frame_after, frame_before, is_utterance
from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.text.quoted import Quoted

_SHORT_FRAME = 5  # words of a frame that needs no comma after it
_CONJUNCTIONS = {"that", "though", "although", "and", "but", "while", "as", "because", "or"}
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»“)\]\s]*$")


def direct_quotations(reading: Reading) -> list[Draft]:
    """Return a draft for each quotation with a frame before or after its marks."""
    stretches = reading.quoted
    drafts: list[Draft] = []
    owner: dict[int, Draft] = {}
    for number, quoted in enumerate(stretches):
        if number in owner:
            continue
        previous = _previous(reading, stretches, number)
        if _continues_quotation(reading, stretches, number, owner):
            _join(reading, owner[number - 1], quoted)
            owner[number] = owner[number - 1]
            continue
        if not is_utterance(reading, quoted) and not _framed_fragment(reading, stretches, number):
            continue
        frame = frame_after(reading, stretches, number)
        if frame is None and (before := frame_before(reading, stretches, number, previous)):
            frame = before
        if frame is None:
            continue
        draft = _draft(reading, quoted, frame)
        _add_lead_words(reading, draft, quoted, previous)
        drafts.append(draft)
        owner[number] = draft
        _add_earlier_paragraphs(reading, draft, stretches, number, owner)
    return drafts


def _add_earlier_paragraphs(
    reading: Reading, draft: Draft, stretches: list[Quoted], number: int, owner: dict[int, Draft]
) -> None:
    """Add the earlier paragraphs of a quotation whose last paragraph has the frame.

    Such paragraphs have no closing mark, and the next paragraph opens with a mark again.
    """
    while number and number - 1 not in owner:
        quoted, before = stretches[number], stretches[number - 1]
        if before.closed or quoted.paragraph != before.paragraph + 1 or not _opens_paragraph(reading, quoted):
            return
        lead = reading.text[reading.parsed.paragraphs[before.paragraph][0] : before.start].rstrip()
        if lead[-1:] not in ("", ".", "!", "?", ":", ","):
            return  # a stray mark within a sentence
        number -= 1
        draft.content.insert(0, Span.of(reading.text, before.start, before.end))
        draft.quoted.insert(0, before)
        owner[number] = draft


def _add_lead_words(reading: Reading, draft: Draft, quoted: Quoted, previous: Quoted | None) -> None:
    """Extend the content to the start of its sentence: ``The plan is "unworkable," Vale said``."""
    cue = draft.cue
    inner = reading.text[quoted.inner_start : quoted.inner_start + 1]
    if cue is None or cue.start < quoted.end or not inner.islower():
        return
    start = reading.parsed.paragraphs[quoted.paragraph][0]
    lead = list(reading.words_between(start, quoted.start))
    if not lead:
        return
    number = reading.sentence_of[lead[-1]]
    lead = [i for i in lead if reading.sentence_of[i] == number]
    while lead and (reading.words[lead[0]].upos in ("CCONJ", "PUNCT")) and not reading.is_quoted(lead[0]):
        lead.pop(0)
    if not lead or reading.words[lead[-1]].text in (".", "!", "?", ":"):
        return
    if any(
        classes_of(reading, i) & set("s") and reading.words[i].upos == "VERB" and not reading.is_quoted(i) for i in lead
    ):
        return
    begin = reading.words[lead[0]].start
    opening = reading.quoted_at(begin)
    draft.content[0] = Span.of(reading.text, opening.start if opening else begin, quoted.end)


def _previous(reading: Reading, stretches: list[Quoted], number: int) -> Quoted | None:
    """Return the quoted stretch before, if it is in the same paragraph."""
    if number and stretches[number - 1].paragraph == stretches[number].paragraph:
        return stretches[number - 1]
    return None


def _draft(reading: Reading, quoted: Quoted, frame: Frame) -> Draft:
    cue = reading.words[frame.cue] if frame.cue >= 0 else None
    start = quoted.start
    words = reading.words_between(0, quoted.start)
    if cue is not None and cue.end <= quoted.start and words and reading.words[words[-1]].text.lower() == "that":
        start = reading.words[words[-1]].start
    return Draft(
        content=[Span.of(reading.text, start, quoted.end)],
        cue=Span(cue.start, cue.end, cue.text) if cue else None,
        source=frame.source,
        found_by="frame" if frame.cue >= 0 else "colon",
        quoted=[quoted],
    )


def _join(reading: Reading, draft: Draft, quoted: Quoted) -> None:
    draft.content.append(Span.of(reading.text, quoted.start, quoted.end))
    draft.quoted.append(quoted)


def _continues_quotation(reading: Reading, stretches: list[Quoted], number: int, owner: dict[int, Draft]) -> bool:
    """Whether the stretch continues the quotation of the stretch before it."""
    if number - 1 not in owner:
        return False
    quoted, before, draft = stretches[number], stretches[number - 1], owner[number - 1]
    if not before.closed and quoted.paragraph == before.paragraph + 1 and _opens_paragraph(reading, quoted):
        return True
    if quoted.paragraph != before.paragraph:
        return False
    between = reading.text[before.end : quoted.start]
    if not between.strip(" ,.—–-…"):
        if not between.strip() and draft.cue is not None and frame_after(reading, stretches, number) is not None:
            return False  # `"A," he said. "B." "C," added Vale.`: another speaker in the same paragraph
        return len(draft.quoted) > 0 and is_utterance(reading, quoted)
    if not is_utterance(reading, quoted) and not reading.text[quoted.inner_start : quoted.inner_start + 1].islower():
        return False
    # Only the frame of the first may be between the two: one sentence with its cue or source.
    marker = draft.cue or (draft.source.span if draft.source else None)
    if marker is None or not before.end <= marker.start < quoted.start:
        return False
    pieces = [p for p in re.split(r"(?<=[.!?])\s+(?=[A-Z])", between.strip()) if p.strip()]
    if len(_sentences(reading, before.end, quoted.start)) > 1 and len(pieces) > 1:
        return False
    cues = [
        i
        for i in reading.words_between(marker.end, quoted.start)
        if classes_of(reading, i) & set("sq") and reading.words[i].upos == "VERB" and not _relative(reading, i)
    ]
    if between.rstrip().endswith(":") or (cues and not between.rstrip().endswith(".")):
        return False
    first = reading.text[quoted.inner_start : quoted.inner_start + 1]
    if first.isupper() or not first.isalpha() or between.rstrip().endswith((",", "—", "–", "-")):
        return True
    # `"I know," he said "but it must close."`: the comma after the frame is often left out.
    left_open = reading.text[before.inner_start : before.inner_end].rstrip().endswith(",")
    words = between.lower().split()
    return left_open and len(words) <= _SHORT_FRAME and words[0] not in _CONJUNCTIONS and words[-1] not in _CONJUNCTIONS


def _relative(reading: Reading, index: int) -> bool:
    return reading.words[index].deprel.startswith("acl:relcl")


def _opens_paragraph(reading: Reading, quoted: Quoted) -> bool:
    return not reading.text[reading.parsed.paragraphs[quoted.paragraph][0] : quoted.start].strip()


def _sentences(reading: Reading, start: int, end: int) -> set[int]:
    return {reading.sentence_of[i] for i in reading.words_between(start, end) if reading.words[i].upos != "PUNCT"}


def _framed_fragment(reading: Reading, stretches: list[Quoted], number: int) -> bool:
    """Whether punctuation marks a short stretch as a quotation: ``"Never," he said``, ``She wrote: "unfit"``."""
    quoted = stretches[number]
    lead = reading.text[reading.parsed.paragraphs[quoted.paragraph][0] : quoted.start].rstrip()
    inner = reading.text[quoted.inner_start : quoted.inner_end].rstrip()
    after = reading.text[quoted.end : quoted.end + 2]
    if lead.endswith(":") or (
        inner.endswith((",", "?", "!")) and after.strip() and quoted.inner_end - quoted.inner_start > 2
    ):
        return True
    return after[:1] == ","
