"""Words between marks and the attribution frame beside them.

``"A," X said.``  ``X said: "A."``  ``"A," X said, "B."``  ``"A," X said. "B."`` and the paragraph that opens with
marks because the one before it did not close.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotetrack.extract.cues import classes_of
from quotetrack.extract.draft import Draft
from quotetrack.extract.marks import Quoted
from quotetrack.extract.reading import Reading
from quotetrack.extract.sources import Source, source_of
from quotetrack.model import Span

SPEECH = set("sqrob")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’»“)\]\s]*$")
_LONGEST_FRAME = 45  # words outside the marks that one frame may have


@dataclass(slots=True)
class Frame:
    """An attribution frame: its cue (a word number, or -1 for none) and its source."""

    cue: int
    source: Source | None


def sentential(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch reads as something said rather than a name, a title or a single marked word."""
    inner = reading.text[quoted.inner_start : quoted.inner_end].strip()
    words = inner.split()
    if len(words) >= 2 and inner[-1:] in ",.!?…;—–-" or not quoted.closed:
        return True
    after = reading.text[quoted.end : quoted.end + 1]
    if len(words) >= 3 and after in (",", ".") and inner[:1].isupper():
        return any(w.upos in ("VERB", "AUX") for w in _words(reading, quoted))
    if len(words) == 1 and inner[-1:] in ",.!?" and inner[:1].isupper():
        return True
    return len(words) >= 6 and inner[:1].isupper()


def _words(reading: Reading, quoted: Quoted) -> list:
    return [reading.words[i] for i in reading.words_between(quoted.start, quoted.end)]


def direct_quotations(reading: Reading, taken: set[int]) -> list[Draft]:
    """Drafts of the quotations whose frame stands beside their marks; cues used are added to ``taken``."""
    stretches = reading.quoted
    drafts: list[Draft] = []
    owner: dict[int, Draft] = {}
    for number, quoted in enumerate(stretches):
        if number in owner:
            continue
        previous = _previous(reading, stretches, number)
        if _goes_on(reading, stretches, number, owner):
            _join(reading, owner[number - 1], quoted)
            owner[number] = owner[number - 1]
            continue
        if not sentential(reading, quoted) and not _framed_fragment(reading, stretches, number):
            continue
        frame = frame_after(reading, stretches, number)
        if frame is None and (before := frame_before(reading, stretches, number, previous)):
            frame = before
        if frame is None:
            continue
        draft = _draft(reading, quoted, frame)
        _take_lead(reading, draft, quoted, previous)
        drafts.append(draft)
        owner[number] = draft
        if frame.cue >= 0:
            taken.add(frame.cue)
    return drafts


def _take_lead(reading: Reading, draft: Draft, quoted: Quoted, previous: Quoted | None) -> None:
    """``The plan is "unworkable," Vale said``: the words before the marks in its sentence were said as well."""
    cue = draft.cue
    inner = reading.text[quoted.inner_start : quoted.inner_start + 1]
    if cue is None or cue.start < quoted.end or not inner.islower():
        return
    start = reading.parsed.paragraphs[quoted.paragraph][0]
    lead = [i for i in reading.words_between(start, quoted.start)]
    if not lead:
        return
    number = reading.sentence_of[lead[-1]]
    lead = [i for i in lead if reading.sentence_of[i] == number]
    while lead and (reading.words[lead[0]].upos in ("CCONJ", "PUNCT")) and not reading.is_quoted(lead[0]):
        lead.pop(0)
    if not lead or reading.words[lead[-1]].text in (".", "!", "?", ":"):
        return
    if any(classes_of(reading, i) & set("s") and reading.words[i].upos == "VERB" and not reading.is_quoted(i) for i in lead):
        return
    begin = reading.words[lead[0]].start
    opening = reading.quoted_at(begin)
    draft.content[0] = Span.of(reading.text, opening.start if opening else begin, quoted.end)


def _previous(reading: Reading, stretches: list[Quoted], number: int) -> Quoted | None:
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
        verbatim=True,
    )


def _join(reading: Reading, draft: Draft, quoted: Quoted) -> None:
    draft.content.append(Span.of(reading.text, quoted.start, quoted.end))
    draft.quoted.append(quoted)


def _goes_on(reading: Reading, stretches: list[Quoted], number: int, owner: dict[int, Draft]) -> bool:
    """Whether this stretch goes on with the quotation of the one before it."""
    if number - 1 not in owner:
        return False
    quoted, before, draft = stretches[number], stretches[number - 1], owner[number - 1]
    if not before.closed and quoted.paragraph == before.paragraph + 1 and _opens_paragraph(reading, quoted):
        return True
    if quoted.paragraph != before.paragraph:
        return False
    between = reading.text[before.end : quoted.start]
    if not between.strip(" ,.—–-…"):
        return len(draft.quoted) > 0 and sentential(reading, quoted)
    if not sentential(reading, quoted) and not reading.text[quoted.inner_start : quoted.inner_start + 1].islower():
        return False
    # Between the two only the frame of the first may stand: one sentence, holding its cue or source.
    marker = draft.cue or (draft.source.span if draft.source else None)
    if marker is None or not before.end <= marker.start < quoted.start:
        return False
    pieces = [p for p in re.split(r"(?<=[.!?])\s+(?=[A-Z])", between.strip()) if p.strip()]
    if len(_sentences(reading, before.end, quoted.start)) > 1 and len(pieces) > 1:
        return False
    cues = [
        i for i in reading.words_between(marker.end, quoted.start)
        if classes_of(reading, i) & set("sq") and reading.words[i].upos == "VERB" and not _relative(reading, i)
    ]
    if between.rstrip().endswith(":") or (cues and not between.rstrip().endswith(".")):
        return False
    first = reading.text[quoted.inner_start : quoted.inner_start + 1]
    return first.isupper() or not first.isalpha() or between.rstrip().endswith((",", "—", "–", "-"))


def _relative(reading: Reading, index: int) -> bool:
    return reading.words[index].deprel.startswith("acl:relcl")


def _opens_paragraph(reading: Reading, quoted: Quoted) -> bool:
    return not reading.text[reading.parsed.paragraphs[quoted.paragraph][0] : quoted.start].strip()


def _sentences(reading: Reading, start: int, end: int) -> set[int]:
    return {reading.sentence_of[i] for i in reading.words_between(start, end) if reading.words[i].upos != "PUNCT"}


def _framed_fragment(reading: Reading, stretches: list[Quoted], number: int) -> bool:
    """``"Never," he said`` and ``She wrote: "unfit"``: too short to read as speech but for the frame's punctuation."""
    quoted = stretches[number]
    lead = reading.text[reading.parsed.paragraphs[quoted.paragraph][0] : quoted.start].rstrip()
    inner = reading.text[quoted.inner_start : quoted.inner_end].rstrip()
    after = reading.text[quoted.end : quoted.end + 2]
    if lead.endswith(":") or inner.endswith((",", "?", "!")) and after.strip() and quoted.inner_end - quoted.inner_start > 2:
        return True
    return after[:1] == ","


def frame_after(reading: Reading, stretches: list[Quoted], number: int) -> Frame | None:
    """The frame that follows: ``"…," said X``, ``"…," X, the Y, told Z``."""
    quoted = stretches[number]
    limit = reading.parsed.paragraphs[quoted.paragraph][1]
    following = stretches[number + 1] if number + 1 < len(stretches) else None
    if following is not None and following.paragraph == quoted.paragraph:
        limit = min(limit, following.start)
    inner = reading.text[quoted.inner_start : quoted.inner_end].rstrip()
    gap_start = reading.text[quoted.end : quoted.end + 3].lstrip()
    if gap_start[:1] in (".", ";"):
        return None
    words = list(reading.words_between(quoted.end, limit))
    piece: list[int] = []
    for index in words:
        if piece and reading.words[index].text in (".", ";", ":") or len(piece) > _LONGEST_FRAME:
            break
        if piece and reading.sentence_of[index] != reading.sentence_of[piece[0]] and reading.words[piece[-1]].text in (".", "!", "?"):
            break
        piece.append(index)
    while piece and reading.words[piece[0]].upos == "PUNCT":
        piece.pop(0)
    if not piece:
        return None
    ends_with_stop = inner[-1:] == "." and gap_start[:1] != ","
    soft = inner[-1:] in (",", "?", "!", "—", "–", "-", "…") or gap_start[:1] in (",", "—", "–", "-")
    if ends_with_stop and reading.words[piece[0]].text[:1].isupper():
        return None  # a finished sentence, and a new one that begins of its own
    cue = _cue_in(reading, piece, strict=not soft)
    if cue is None:
        return None
    if following is not None and following.start == limit and _leads_on(reading, cue, piece, following) and not soft:
        return None
    source = source_of(reading, cue)
    if source is None or not _near(reading, source, piece):
        source = _source_in(reading, piece, cue) or source
    if source is not None and not quoted.end <= source.span.start <= limit:
        source = _source_in(reading, piece, cue)
    elif source is not None and source.span.start > reading.words[cue].start and piece[0] < cue:
        source = _source_in(reading, piece, cue) or source
    return Frame(cue, source)


def _leads_on(reading: Reading, cue: int, piece: list[int], following: Quoted) -> bool:
    tail = reading.text[reading.words[cue].end : following.start].strip()
    return tail in (":", ",", "") or tail.endswith(":")


def _near(reading: Reading, source: Source, piece: list[int]) -> bool:
    return reading.words[piece[0]].start - 2 <= source.span.start <= reading.words[piece[-1]].end


def _cue_in(reading: Reading, piece: list[int], strict: bool) -> int | None:
    """The reporting verb of a frame that follows its quotation: the first finite one outside asides.

    ``Vale, who replaced Ortiz, said``: a verb of a relative clause is passed over. ``strict``: the quotation did not
    end in a comma, so only a plain reporting verb will do.
    """
    words = reading.words
    for place, index in enumerate(piece):
        letters = classes_of(reading, index)
        word = words[index]
        if not letters & SPEECH or word.upos == "NOUN" and not word.text.lower().endswith("ed"):
            continue
        if reading.is_quoted(index) or _in_aside(reading, index, piece):
            continue
        if place > 0 and words[piece[place - 1]].text.lower() == "to" and place > 1:
            continue
        if strict and not letters & set("sq"):
            continue
        if strict and place > 3 and not _subject_opens(reading, index, piece):
            continue
        return index
    if strict:
        return None
    for index in piece[:8]:  # `"…," she laughed`: any verb with its subject at the head of the piece
        if words[index].upos == "VERB" and "Tense=Past" in words[index].feats and _subject_opens(reading, index, piece) and len(piece) <= 8:
            return index
    return None


def _in_aside(reading: Reading, index: int, piece: list[int]) -> bool:
    words = reading.words
    node = index
    for _ in range(6):
        if node < 0:
            return False
        relation = words[node].deprel
        if relation.startswith("acl:relcl"):
            # `X, who said` at the very end of the piece is the only verb there is: no aside.
            return any(
                words[i].upos == "VERB" and classes_of(reading, i) & SPEECH and i > node and i not in reading.subtree(node)
                for i in piece
            ) or words[index].start > words[node].start
        node = reading.head[node]
    return False


def _subject_opens(reading: Reading, index: int, piece: list[int]) -> bool:
    subject = reading.child(index, "nsubj")
    if subject is None:
        return index == piece[0]
    return reading.subtree(subject)[0] <= piece[0] + 1 or piece[0] in reading.subtree(subject) or index == piece[0]


def _source_in(reading: Reading, piece: list[int], cue: int) -> Source | None:
    """The phrase of a frame beside its cue: what stands before the verb, or right after it."""
    words = reading.words
    before = [i for i in piece if i < cue]
    while before and words[before[-1]].upos in ("AUX", "ADV", "PUNCT", "PART"):
        before.pop()
    if before:
        first = before[0]
        if words[first].upos in ("PROPN", "PRON", "DET", "NOUN", "ADJ", "NUM") and len(before) <= 25:
            heads = [i for i in before if words[i].upos in ("PROPN", "NOUN", "PRON")]
            span = reading.span(words[first].start, words[before[-1]].end)
            if heads and span:
                head = next((i for i in heads if words[i].deprel in ("nsubj", "root")), heads[0])
                return Source(span, head, certain=False)
        return None
    end = cue
    sentence = reading.sentence_range(cue)
    while end + 1 in sentence and words[end + 1].upos in ("PROPN", "DET", "NOUN", "ADJ", "PRON", "NUM") and not reading.is_quoted(end + 1):
        end += 1
    if end > cue:
        heads = [i for i in range(cue + 1, end + 1) if words[i].upos in ("PROPN", "NOUN", "PRON")]
        span = reading.span(words[cue + 1].start, words[end].end)
        if heads and span and words[heads[-1]].text.lower() not in ("him", "her", "them", "us", "me", "reporters", "it"):
            return Source(span, heads[-1], certain=False)
    return None


def frame_before(reading: Reading, stretches: list[Quoted], number: int, previous: Quoted | None) -> Frame | None:
    """The frame that leads up to it: ``X said: "…"``, ``X told Z on Sunday, "…"``, ``And from Chairwoman X:``."""
    quoted = stretches[number]
    words = reading.words
    start = previous.end if previous is not None else reading.parsed.paragraphs[quoted.paragraph][0]
    stretch = [i for i in reading.words_between(start, quoted.start) if not reading.is_quoted(i)]
    if not stretch:
        return _frame_of_paragraph_before(reading, quoted)
    last_sentence = reading.sentence_of[stretch[-1]]
    stretch = [i for i in stretch if reading.sentence_of[i] == last_sentence]
    lead = reading.text[start : quoted.start].rstrip()
    mark = lead[-1:]
    if mark in ".!?" and not lead.endswith("...") or not stretch:
        return None
    first = reading.text[quoted.inner_start : quoted.inner_start + 1]
    for index in reversed(stretch):
        letters = classes_of(reading, index)
        word = words[index]
        if not letters or not (letters & SPEECH) or word.upos == "NOUN" and "n" in letters:
            continue
        gap = [i for i in stretch if i > index and words[i].upos != "PUNCT"]
        if mark in (":", ","):
            if mark == "," and (len(gap) > 14 or not _gap_is_adjunct(reading, gap, index)):
                continue
            if mark == "," and not first.isupper():
                continue
        elif gap and not (len(gap) == 1 and words[gap[0]].text.lower() == "that" and letters & set("sr")):
            continue
        elif not gap and not (first.isupper() and letters & set("sqr")):
            continue
        elif not first.isupper() and not sentential(reading, quoted):
            continue
        if _in_relative_aside(reading, index, quoted) and mark != ":":
            continue
        return Frame(index, source_of(reading, index))
    if mark == ":":
        return _colon_source(reading, stretch)
    return None


def _in_relative_aside(reading: Reading, index: int, quoted: Quoted) -> bool:
    return False


def _gap_is_adjunct(reading: Reading, gap: list[int], cue: int) -> bool:
    """What may stand between the verb and the comma before the marks: a hearer, a time, a place, no clause."""
    return not any(
        reading.words[i].upos in ("VERB", "AUX") and "VerbForm=Fin" in reading.words[i].feats for i in gap
    )


def _colon_source(reading: Reading, stretch: list[int]) -> Frame | None:
    """``And from Chairwoman Ruth Vale:``: the last name before the colon, where no verb reports."""
    persons = {e for e in reading.parsed.entities if e.type.upper() in ("PERSON", "PER")}
    start, end = reading.words[stretch[0]].start, reading.words[stretch[-1]].end
    inside = [e for e in persons if start <= e.start and e.end <= end]
    if not inside or len(stretch) > 14:
        return None
    entity = max(inside, key=lambda e: e.start)
    heads = list(reading.words_between(entity.start, entity.end))
    span = reading.span(entity.start, entity.end)
    if not heads or span is None:
        return None
    return Frame(-1, Source(span, heads[-1], certain=False))


def _frame_of_paragraph_before(reading: Reading, quoted: Quoted) -> Frame | None:
    """``He added:`` as the end of the paragraph before."""
    if quoted.paragraph == 0:
        return None
    start, end = reading.parsed.paragraphs[quoted.paragraph - 1]
    if reading.text[end - 1] != ":":
        return None
    stretch = [i for i in reading.words_between(start, end) if not reading.is_quoted(i)]
    if not stretch:
        return None
    last = reading.sentence_of[stretch[-1]]
    stretch = [i for i in stretch if reading.sentence_of[i] == last]
    for index in reversed(stretch):
        letters = classes_of(reading, index)
        if letters & SPEECH and reading.words[index].upos in ("VERB", "AUX", "X"):
            return Frame(index, source_of(reading, index))
    return _colon_source(reading, stretch)
