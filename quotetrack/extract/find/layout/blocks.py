"""Find unmarked quotations introduced by ``X said:``: the rest of the paragraph, or the paragraphs that follow."""

from __future__ import annotations

import re

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.common import is_narration, make_draft, persons_in, surname
from quotetrack.extract.find.layout.labels import label_at
from quotetrack.extract.find.layout.posts import indent
from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.find.subjects import source_of
from quotetrack.extract.find.writers import written_by
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import DOCUMENTS
from quotetrack.model import Span
from quotetrack.text.quoted import DOUBLE

_COLON = re.compile(r":\s+(?=[A-Z])")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_NO_SENTENCE = re.compile(r"(?:[•*▪◦–—-]|\d{1,2}[.)])\s")
_LONGEST_GAP = 14  # words between the verb and the colon
_FEWEST_WORDS = 4
_THIRD_PERSON = {"he", "she", "they"}
_FIRST_OR_SECOND_PERSON = {"i", "we", "you"}
_READ_FORMS = {"read", "reads"}  # of a letter or statement: `Her letter read:`
_SALUTATION = re.compile(r"(?:Dear|To|Hello|Hi)\b[^.!?\n]{0,60}[,:!]?$")
_LONGEST_LETTER = 20  # paragraphs
_LONGEST_SIGNATURE = 5  # words


def quoted_blocks(reading: Reading, taken: set[int]) -> list[Draft]:
    """Return drafts for the text that ``X said:`` introduces, outside the paragraphs in ``taken``."""
    found: list[Draft] = []
    done = set(taken)
    for number, (start, end) in enumerate(reading.parsed.paragraphs):
        if number in done or ":" not in reading.text[start:end]:
            continue
        if reading.text[end - 1] == ":":
            draft = _block_below(reading, number, done)
        else:
            draft = _text_after_colon(reading, number)
        if draft is not None:
            found.append(draft)
    return found


def _block_below(reading: Reading, number: int, done: set[int]) -> Draft | None:
    """Return the block below a paragraph that ends in a colon, and add its paragraphs to ``done``."""
    start, end = reading.parsed.paragraphs[number]
    frame = _frame_before_colon(reading, start, end - 1) or _heading_source(reading, start, end)
    if frame is None or number + 1 >= len(reading.parsed.paragraphs) or number + 1 in done:
        return None
    cue, source = frame
    block = _block_paragraphs(reading, number + 1, done, source)
    if not block:
        return None
    done.update(block)
    draft = make_draft(reading, [reading.parsed.paragraphs[n] for n in block], None, "block")
    draft.source, draft.cue = source, cue
    return draft


def _block_paragraphs(reading: Reading, first: int, done: set[int], source: Source) -> list[int]:
    """Return the paragraphs of a block: those with the same indentation, or a letter, or the first with those in the
    first person.
    """
    paragraphs = reading.parsed.paragraphs
    begin, end = paragraphs[first]
    text = reading.text[begin:end]
    if text[0] in DOUBLE or text[0] in "'‘" or _NO_SENTENCE.match(text) or label_at(reading.text, begin, end):
        return []
    depth = indent(reading, first)
    if depth > indent(reading, first - 1):
        last = first
        while last + 1 < len(paragraphs) and last + 1 not in done and indent(reading, last + 1) >= depth:
            last += 1
        return list(range(first, last + 1))
    if _SALUTATION.match(text) and (letter := _letter_paragraphs(reading, first, done)):
        return letter
    if not _ENDS_SENTENCE.search(text) or len(text.split()) < _FEWEST_WORDS:
        return []
    surnames = {surname(source.span.text)}
    if is_narration(reading, begin, end, surnames):
        return []
    found = [first]
    for number in range(first + 1, len(paragraphs)):
        start, end = paragraphs[number]
        if number in done or reading.text[start] in DOUBLE or not _is_first_person(reading, start, end):
            break
        if is_narration(reading, start, end, surnames):
            break
        found.append(number)
    return found


def _letter_paragraphs(reading: Reading, first: int, done: set[int]) -> list[int]:
    """Return the paragraphs from a salutation to the signature, or none if no short line signs the letter."""
    for number in range(first + 1, min(first + _LONGEST_LETTER, len(reading.parsed.paragraphs))):
        text = reading.text[slice(*reading.parsed.paragraphs[number])]
        if number in done:
            return []
        if number > first + 1 and len(text.split()) <= _LONGEST_SIGNATURE and not _ENDS_SENTENCE.search(text):
            return list(range(first, number))
    return []


def _is_first_person(reading: Reading, start: int, end: int) -> bool:
    return any(
        reading.lower[i] in ("i", "we", "my", "our") and not reading.is_quoted(i)
        for i in reading.words_between(start, end)
    )


def _text_after_colon(reading: Reading, number: int) -> Draft | None:
    """Return the draft of what follows a colon: ``Vale wrote in an email: We are not asking for the moon.``"""
    start, end = reading.parsed.paragraphs[number]
    if label_at(reading.text, start, end) is not None:
        return None
    colons = [m for m in _COLON.finditer(reading.text, start, end) if reading.quoted_at(m.start()) is None]
    framed = ((m, frame) for m in colons if (frame := _frame_before_colon(reading, start, m.start())) is not None)
    colon, (cue, source) = next(framed, (None, (None, None)))
    if colon is None or cue is None or source is None:
        return None
    if any(p.cue.overlaps(cue) for p in reading.parsed.proposals):
        return None  # the model already proposes an attribution here
    stop = _end_of_speech(reading, colon.end(), end)
    if len(reading.text[colon.end() : stop].split()) < 3:
        return None
    found_by = "block" if _is_first_person(reading, colon.end(), stop) else "colon"
    draft = make_draft(reading, [(colon.end(), stop)], None, found_by)
    draft.source, draft.cue = source, cue
    return draft


def _end_of_speech(reading: Reading, start: int, end: int) -> int:
    """Return where the speech ends: after the first sentence and those that continue in the present tense or the first
    person.
    """
    words = reading.words_between(start, end)
    stop = start
    for number in sorted({reading.sentence_of[i] for i in words}):
        inside = [i for i in words if reading.sentence_of[i] == number]
        first_person = any(reading.lower[i] in _FIRST_OR_SECOND_PERSON and not reading.is_quoted(i) for i in inside)
        subjects = [i for i in inside if reading.words[i].deprel.startswith("nsubj")]
        is_narrated = any(reading.lower[i] in _THIRD_PERSON for i in subjects[:1]) or any(
            reading.is_quoted(i) for i in inside
        )
        past = any("Tense=Past" in reading.words[i].feats and "VerbForm=Fin" in reading.words[i].feats for i in inside)
        if stop > start and not first_person and (is_narrated or past):
            break
        stop = reading.words[inside[-1]].end
    return stop


def _frame_before_colon(reading: Reading, start: int, colon: int) -> tuple[Span | None, Source] | None:
    """Return the cue and source of the frame that ends at the colon, or ``None``."""
    words = reading.words
    inside = [i for i in reading.words_between(start, colon) if not reading.is_quoted(i)]
    if not inside:
        return None
    inside = [i for i in inside if reading.sentence_of[i] == reading.sentence_of[inside[-1]]]
    for distance, index in enumerate(reversed(inside)):
        if distance > _LONGEST_GAP:
            return None
        word = words[index]
        finite = word.upos in ("VERB", "AUX") and "VerbForm=Fin" in word.feats
        letters = classes_of(reading, index)
        reads = word.text.lower() in _READ_FORMS
        main = word.deprel.split(":")[0] in ("root", "conj", "parataxis")  # not `how the fans respond:`
        if main and (finite or reads) and (letters & set("sr") or reads) and not _has_object(reading, index, colon):
            source = written_by(reading, index) or source_of(reading, index)
            return (Span(word.start, word.end, word.text), source) if source is not None else None
        if finite:
            return None
    return None


def _has_object(reading: Reading, cue: int, colon: int) -> bool:
    """Whether the verb already has an object, so that the colon introduces a list: ``announced these measures:``."""
    object_ = reading.child(cue, "obj", "ccomp", "xcomp")
    if object_ is None or not reading.words[cue].end <= reading.words[object_].start < colon:
        return False
    takes_addressee = classes_of(reading, cue) & set("r")
    return not takes_addressee and reading.singular(object_) not in DOCUMENTS | {"following", "this"}


def _heading_source(reading: Reading, start: int, end: int) -> tuple[Span | None, Source] | None:
    """Return the source of a heading without a verb: ``Ruth Vale's statement in full:``, ``A letter from Ruth Vale:``."""
    words = reading.words_between(start, end)
    if len(words) > _LONGEST_GAP or any("VerbForm=Fin" in reading.words[i].feats for i in words):
        return None
    if not any(reading.singular(i) in DOCUMENTS | {"message", "word", "speech", "reply", "remark"} for i in words):
        return None
    persons = persons_in(reading, start, end)
    owners = [
        e
        for e in persons
        if reading.text[e.end : e.end + 2] in ("'s", "’s")
        or e.text.endswith(("'s", "’s"))
        or re.search(r"\b(?:from|by)\s(?:[a-z]+\s){0,3}$", reading.text[max(start, e.start - 30) : e.start])
    ]
    if len(owners) != 1:
        return None
    span = Span(owners[0].start, owners[0].end, owners[0].text)
    heads = reading.words_between(span.start, span.end)
    return (None, Source(span, heads[-1])) if heads else None
