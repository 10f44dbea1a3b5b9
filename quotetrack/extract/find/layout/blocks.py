"""``X said:`` and the words without marks: the rest of the paragraph, or the paragraphs that follow, as the layout shows."""

from __future__ import annotations

import re

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.common import draft, persons_in, reports, surname
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
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
_NO_SENTENCE = re.compile(r"(?:[•*▪◦–—-]|\d{1,2}[.)])\s")
_LONGEST_GAP = 14  # words between the verb and the colon
_FEWEST_WORDS = 4
_THIRD = {"he", "she", "they"}
_FIRST = {"i", "we", "you"}
_READS = {"read", "reads"}  # of a letter or statement: `Her letter read:`
_SALUTATION = re.compile(r"(?:Dear|To|Hello|Hi)\b[^.!?\n]{0,60}[,:!]?$")
_LONGEST_LETTER = 20  # paragraphs
_SIGNATURE = 5  # words


def blocks(reading: Reading, taken: set[int]) -> list[Draft]:
    """What follows ``X said:`` without marks, outside the paragraphs in ``taken``."""
    found: list[Draft] = []
    done = set(taken)
    for number, (start, end) in enumerate(reading.parsed.paragraphs):
        if number in done or ":" not in reading.text[start:end]:
            continue
        if reading.text[end - 1] == ":":
            made = _below(reading, number, done)
        else:
            made = _behind(reading, number)
        if made is not None:
            found.append(made)
    return found


def _below(reading: Reading, number: int, done: set[int]) -> Draft | None:
    """The block under a paragraph that ends in a colon."""
    start, end = reading.parsed.paragraphs[number]
    frame = _frame(reading, start, end - 1) or _heading(reading, start, end)
    if frame is None or number + 1 >= len(reading.parsed.paragraphs) or number + 1 in done:
        return None
    cue, source = frame
    block = _block(reading, number + 1, done, source)
    if not block:
        return None
    done.update(block)
    made = draft(reading, [reading.parsed.paragraphs[n] for n in block], None, "block")
    made.source, made.cue = source, cue
    return made


def _block(reading: Reading, first: int, done: set[int], source: Source) -> list[int]:
    """The paragraphs of a block: those indented alike, else the first and what goes on in the first person."""
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
    if _SALUTATION.match(text) and (letter := _letter(reading, first, done)):
        return letter
    if not _ENDS.search(text) or len(text.split()) < _FEWEST_WORDS:
        return []
    voices = {surname(source.span.text)}
    if reports(reading, begin, end, voices):
        return []
    found = [first]
    for number in range(first + 1, len(paragraphs)):
        start, end = paragraphs[number]
        if number in done or reading.text[start] in DOUBLE or not _in_first_person(reading, start, end):
            break
        if reports(reading, start, end, voices):
            break
        found.append(number)
    return found


def _letter(reading: Reading, first: int, done: set[int]) -> list[int]:
    """The paragraphs from a salutation up to the signature; none where no short line signs it."""
    for number in range(first + 1, min(first + _LONGEST_LETTER, len(reading.parsed.paragraphs))):
        text = reading.text[slice(*reading.parsed.paragraphs[number])]
        if number in done:
            return []
        if number > first + 1 and len(text.split()) <= _SIGNATURE and not _ENDS.search(text):
            return list(range(first, number))
    return []


def _in_first_person(reading: Reading, start: int, end: int) -> bool:
    return any(
        reading.lower[i] in ("i", "we", "my", "our") and not reading.is_quoted(i)
        for i in reading.words_between(start, end)
    )


def _behind(reading: Reading, number: int) -> Draft | None:
    """``Vale wrote in an email: We are not asking for the moon.``: the sentences behind the colon that are Vale's."""
    start, end = reading.parsed.paragraphs[number]
    if label_at(reading.text, start, end) is not None:
        return None
    colons = [m for m in _COLON.finditer(reading.text, start, end) if reading.quoted_at(m.start()) is None]
    framed = ((m, frame) for m in colons if (frame := _frame(reading, start, m.start())) is not None)
    colon, (cue, source) = next(framed, (None, (None, None)))
    if colon is None or cue is None or source is None:
        return None
    if any(p.cue.overlaps(cue) for p in reading.parsed.proposals):
        return None  # the model has read the whole sentence
    stop = _last_of(reading, colon.end(), end)
    if len(reading.text[colon.end() : stop].split()) < 3:
        return None
    found_by = "block" if _in_first_person(reading, colon.end(), stop) else "colon"
    made = draft(reading, [(colon.end(), stop)], None, found_by)
    made.source, made.cue = source, cue
    return made


def _last_of(reading: Reading, start: int, end: int) -> int:
    """Where what is said ends: the first sentence, and each that goes on in the present or in the first person."""
    words = reading.words_between(start, end)
    stop = start
    for number in sorted({reading.sentence_of[i] for i in words}):
        inside = [i for i in words if reading.sentence_of[i] == number]
        own = any(reading.lower[i] in _FIRST and not reading.is_quoted(i) for i in inside)
        subjects = [i for i in inside if reading.words[i].deprel.startswith("nsubj")]
        told = any(reading.lower[i] in _THIRD for i in subjects[:1]) or any(reading.is_quoted(i) for i in inside)
        past = any("Tense=Past" in reading.words[i].feats and "VerbForm=Fin" in reading.words[i].feats for i in inside)
        if stop > start and not own and (told or past):
            break
        stop = reading.words[inside[-1]].end
    return stop


def _frame(reading: Reading, start: int, colon: int) -> tuple[Span | None, Source] | None:
    """The reporting verb whose frame ends at the colon, and its source."""
    words = reading.words
    inside = [i for i in reading.words_between(start, colon) if not reading.is_quoted(i)]
    if not inside:
        return None
    inside = [i for i in inside if reading.sentence_of[i] == reading.sentence_of[inside[-1]]]
    for place, index in enumerate(reversed(inside)):
        if place > _LONGEST_GAP:
            return None
        word = words[index]
        finite = word.upos in ("VERB", "AUX") and "VerbForm=Fin" in word.feats
        letters = classes_of(reading, index)
        reads = word.text.lower() in _READS
        main = word.deprel.split(":")[0] in ("root", "conj", "parataxis")  # not `how the fans respond:`
        if main and (finite or reads) and (letters & set("sr") or reads) and not _names_what(reading, index, colon):
            source = written_by(reading, index) or source_of(reading, index)
            return (Span(word.start, word.end, word.text), source) if source is not None else None
        if finite:
            return None
    return None


def _names_what(reading: Reading, cue: int, colon: int) -> bool:
    """Whether the verb has an object already, so that the colon leads to a list: ``announced these measures:``."""
    what = reading.child(cue, "obj", "ccomp", "xcomp")
    if what is None or not reading.words[cue].end <= reading.words[what].start < colon:
        return False
    hearer = classes_of(reading, cue) & set("r")
    return not hearer and reading.singular(what) not in DOCUMENTS | {"following", "this"}


def _heading(reading: Reading, start: int, end: int) -> tuple[Span | None, Source] | None:
    """``Ruth Vale's statement in full:``, ``A letter from Ruth Vale:``: whose words are announced, without a verb."""
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
