"""Find the attribution frame before or after quotation marks: ``"…," said X`` or ``X told Z on Sunday, "…"``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.find.subjects import source_of
from quotetrack.extract.find.work_titles import whole_names
from quotetrack.extract.reading import Reading
from quotetrack.model import Span, Word
from quotetrack.text.quoted import Quoted

SPEECH_CLASSES = set("sqrob")


_LONGEST_FRAME = 45  # words


@dataclass(slots=True)
class Frame:
    """An attribution frame. ``cue`` is the number of the cue word, or -1 if the frame has only a name (``And from X:``)."""

    cue: int
    source: Source | None


def is_utterance(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch reads like an utterance rather than a name, a title or a single marked word."""
    inner = reading.text[quoted.inner_start : quoted.inner_end].strip()
    words = inner.split()
    if (len(words) >= 2 and inner[-1:] in ",.!?…;—–-") or not quoted.closed:
        return True
    after = reading.text[quoted.end : quoted.end + 1]
    if len(words) >= 3 and after in (",", ".") and inner[:1].isupper():
        return any(w.upos in ("VERB", "AUX") for w in _words(reading, quoted))
    if len(words) == 1 and inner[-1:] in ",.!?" and inner[:1].isupper():
        return True
    return len(words) >= 6 and inner[:1].isupper()


def _words(reading: Reading, quoted: Quoted) -> list[Word]:
    return [reading.words[i] for i in reading.words_between(quoted.start, quoted.end)]


def frame_after(reading: Reading, stretches: list[Quoted], number: int) -> Frame | None:
    """Return the frame that follows the stretch ``number``: ``"…," said X``, ``"…," X, the Y, told Z``."""
    quoted = stretches[number]
    limit = reading.parsed.paragraphs[quoted.paragraph][1]
    following = stretches[number + 1] if number + 1 < len(stretches) else None
    if following is not None and following.paragraph == quoted.paragraph:
        limit = min(limit, following.start)
    inner = reading.text[quoted.inner_start : quoted.inner_end].rstrip()
    gap_start = reading.text[quoted.end : quoted.end + 3].lstrip()
    if gap_start[:1] in (".", ";"):
        return None
    piece = _piece_after(reading, quoted, limit)
    if not piece:
        return None
    ends_with_stop = inner[-1:] == "." and gap_start[:1] != ","
    soft = inner[-1:] in (",", "?", "!", "—", "–", "-", "…") or gap_start[:1] in (",", "—", "–", "-")
    if ends_with_stop and reading.words[piece[0]].text[:1].isupper():
        return None  # the quotation ends its sentence, and a new sentence begins
    cue = _cue_in(reading, piece, strict=not soft)
    if cue is None:
        return None
    if following is not None and following.start == limit and _cue_introduces_next(reading, cue, piece, following):
        # `One banner read "Go!" and another asked "Where?"`: the second verb belongs to the second quotation.
        if not soft or reading.words[piece[0]].upos == "CCONJ":
            return None
    if inner[-1:] in "?!" and _has_own_content(reading, cue, piece):
        return None
    source = source_of(reading, cue)
    if source is None or not _is_near(reading, source, piece):
        source = _source_beside_cue(reading, piece, cue) or source
    if source is not None and not quoted.end <= source.span.start <= limit:
        source = _source_beside_cue(reading, piece, cue)
    elif source is not None and source.span.start > reading.words[cue].start and piece[0] < cue:
        source = _source_beside_cue(reading, piece, cue) or source
    return Frame(cue, _with_whole_name(reading, source))


def _piece_after(reading: Reading, quoted: Quoted, limit: int) -> list[int]:
    """Return the words after a quoted stretch up to the end of their sentence or clause, without leading punctuation."""
    piece: list[int] = []
    for index in reading.words_between(quoted.end, limit):
        if (piece and reading.words[index].text in (".", ";", ":")) or len(piece) > _LONGEST_FRAME:
            break
        if (
            piece
            and reading.sentence_of[index] != reading.sentence_of[piece[0]]
            and reading.words[piece[-1]].text in (".", "!", "?")
        ):
            break
        piece.append(index)
    while piece and reading.words[piece[0]].upos == "PUNCT":
        piece.pop(0)
    return piece


def _has_own_content(reading: Reading, cue: int, piece: list[int]) -> bool:
    """Whether the verb has its own content, so that its sentence is no frame:
    ``"Really?" Vale insisted he had seen it``.
    """
    content = reading.child(cue, "ccomp")
    return content is not None and piece[0] < cue < content and content in piece and not reading.is_quoted(content)


def _with_whole_name(reading: Reading, source: Source | None) -> Source | None:
    """Return the source extended to the end of a name that a quoted nickname interrupts: ``Olaf “Shorty” Brandvold``."""
    if source is None or reading.text[source.span.end : source.span.end + 2].strip()[:1] not in tuple("\"“'‘«"):
        return source
    for name in whole_names(reading):
        if source.span.start <= name.start < source.span.end < name.end:
            return replace(source, span=Span(source.span.start, name.end, reading.text[source.span.start : name.end]))
    return source


def _cue_introduces_next(reading: Reading, cue: int, piece: list[int], following: Quoted) -> bool:
    tail = reading.text[reading.words[cue].end : following.start].strip()
    return tail in (":", ",", "") or tail.endswith(":")


def _is_near(reading: Reading, source: Source, piece: list[int]) -> bool:
    return reading.words[piece[0]].start - 2 <= source.span.start <= reading.words[piece[-1]].end


def _cue_in(reading: Reading, piece: list[int], strict: bool) -> int | None:
    """Return the cue of a frame that follows its quotation: the first reporting verb outside asides and infinitives.

    Verbs of relative clauses are skipped: ``Vale, who replaced Ortiz, said``. ``strict`` is true if the quotation did
    not end in a comma; then only a plain reporting verb is accepted.
    """
    words = reading.words
    for position, index in enumerate(piece):
        letters = classes_of(reading, index)
        word = words[index]
        if not letters & SPEECH_CLASSES or (word.upos == "NOUN" and not word.text.lower().endswith("ed")):
            continue
        if reading.is_quoted(index) or _in_aside(reading, index, piece):
            continue
        if index == piece[0] and word.text.endswith("ing"):
            continue  # `a time of "peace", putting the treaty at risk`
        if position > 0 and words[piece[position - 1]].text.lower() == "to" and position > 1:
            continue
        if strict and not letters & set("sq"):
            continue
        if strict and position > 3 and not _subject_starts_piece(reading, index, piece):
            continue
        return index
    if strict:
        return None
    for index in piece[:8]:  # `"…," she laughed`: any past-tense verb whose subject opens the piece
        if (
            words[index].upos == "VERB"
            and "Tense=Past" in words[index].feats
            and _subject_starts_piece(reading, index, piece)
            and len(piece) <= 8
        ):
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
            # `X, who said` at the end of the piece is no aside: it is the only verb.
            return (
                any(
                    words[i].upos == "VERB"
                    and classes_of(reading, i) & SPEECH_CLASSES
                    and i > node
                    and i not in reading.subtree(node)
                    for i in piece
                )
                or words[index].start > words[node].start
            )
        node = reading.head[node]
    return False


def _subject_starts_piece(reading: Reading, index: int, piece: list[int]) -> bool:
    subject = reading.child(index, "nsubj")
    if subject is None:
        return index == piece[0]
    return reading.subtree(subject)[0] <= piece[0] + 1 or piece[0] in reading.subtree(subject) or index == piece[0]


def _source_beside_cue(reading: Reading, piece: list[int], cue: int) -> Source | None:
    """Return the phrase of a frame before its cue, or else right after it."""
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
    while (
        end + 1 in sentence
        and words[end + 1].upos in ("PROPN", "DET", "NOUN", "ADJ", "PRON", "NUM")
        and not reading.is_quoted(end + 1)
    ):
        end += 1
    if end > cue:
        heads = [i for i in range(cue + 1, end + 1) if words[i].upos in ("PROPN", "NOUN", "PRON")]
        span = reading.span(words[cue + 1].start, words[end].end)
        if (
            heads
            and span
            and words[heads[-1]].text.lower() not in ("him", "her", "them", "us", "me", "reporters", "it")
        ):
            return Source(span, heads[-1], certain=False)
    return None


def frame_before(reading: Reading, stretches: list[Quoted], number: int, previous: Quoted | None) -> Frame | None:
    """Return the frame that leads up to the stretch ``number``.

    Examples: ``X said: "…"``, ``X told Z on Sunday, "…"``, ``And from Chairwoman X:``.
    """
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
    if (mark in ".!?" and not lead.endswith("...")) or not stretch:
        return None
    first = reading.text[quoted.inner_start : quoted.inner_start + 1]
    for index in reversed(stretch):
        letters = classes_of(reading, index)
        word = words[index]
        if not letters or not (letters & SPEECH_CLASSES) or (word.upos == "NOUN" and "n" in letters):
            continue
        gap = [i for i in stretch if i > index and words[i].upos != "PUNCT"]
        if mark in (":", ","):
            if mark == "," and (len(gap) > 14 or not _gap_is_adjunct(reading, gap, index)):
                continue
            if mark == "," and not first.isupper():
                continue
        elif (
            (gap and not (len(gap) == 1 and words[gap[0]].text.lower() == "that" and letters & set("sr")))
            or (not gap and not (first.isupper() and letters & set("sqr")))
            or (not first.isupper() and not is_utterance(reading, quoted))
        ):
            continue
        return Frame(index, _with_whole_name(reading, source_of(reading, index)))
    if mark == ":":
        return _frame_of_colon(reading, stretch)
    return None


def _gap_is_adjunct(reading: Reading, gap: list[int], cue: int) -> bool:
    """Whether the words between the verb and the comma are only an addressee, a time or a place, not a clause."""
    return not any(reading.words[i].upos in ("VERB", "AUX") and "VerbForm=Fin" in reading.words[i].feats for i in gap)


def _frame_of_colon(reading: Reading, stretch: list[int]) -> Frame | None:
    """Return the last name before a colon as a frame without a cue: ``And from Chairwoman Ruth Vale:``."""
    start, end = reading.words[stretch[0]].start, reading.words[stretch[-1]].end
    inside = [e for e in reading.entities_in(start, end, "PERSON", "PER") if start <= e.start and e.end <= end]
    if not inside or len(stretch) > 14:
        return None
    entity = max(inside, key=lambda e: e.start)
    heads = list(reading.words_between(entity.start, entity.end))
    span = reading.span(entity.start, entity.end)
    if not heads or span is None:
        return None
    return Frame(-1, Source(span, heads[-1], certain=False))


def _frame_of_paragraph_before(reading: Reading, quoted: Quoted) -> Frame | None:
    """Return the frame that ends the paragraph before: ``He added:``."""
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
        if letters & SPEECH_CLASSES and reading.words[index].upos in ("VERB", "AUX", "X"):
            return Frame(index, source_of(reading, index))
    return _frame_of_colon(reading, stretch)
