"""Find the source of a cue from the words next to it, for sentences where the parse tree names none."""

from __future__ import annotations

from quotetrack.extract.find.source_phrases import NOMINAL, Source, can_be_source, extend_left
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

_NAME_TYPES = {"PERSON", "PER", "ORG", "ORGANIZATION"}


def adjacent_source(reading: Reading, cue: int) -> Source | None:
    """Return the noun phrase right after the verb (``said Ruth Vale``) or right before it, or ``None``.

    Only parts of speech are used, not the parse tree, so the source is marked as not certain.
    """
    words = reading.words
    sentence = reading.sentence_range(cue)
    start = cue + 1
    if start in sentence and _starts_phrase(reading, start):
        end = start
        while (end + 1 in sentence and words[end + 1].upos in ("PROPN", "NOUN", "ADJ", "NUM", "DET")) or (
            end + 1 in sentence and words[end + 1].deprel in ("flat", "compound")
        ):
            end += 1
        heads = [i for i in range(start, end + 1) if words[i].upos in NOMINAL]
        named = (
            words[start].upos == "PRON"
            or any(words[i].upos == "PROPN" for i in heads)
            or (words[start].upos == "DET" and heads)
        )
        after = words[end + 1].text if end + 1 in sentence else "."
        if (
            heads
            and named
            and after in {".", ",", ";", ":", "—", "-", "(", '"', "”", "?", "!"}
            and can_be_source(reading, heads[-1])
        ):
            span = reading.span(words[start].start, words[end].end)
            if span and words[heads[-1]].text.lower() not in ("him", "her", "them", "us", "me", "reporters"):
                return Source(span, heads[-1], certain=False)
    return _source_before(reading, cue)


def _source_before(reading: Reading, cue: int) -> Source | None:
    """Return the noun phrase right before the cue, or ``None``."""
    words = reading.words
    sentence = reading.sentence_range(cue)
    end = cue - 1
    while end in sentence and words[end].upos in ("AUX", "ADV", "PART"):
        end -= 1
    if end in sentence and words[end].text == ",":
        return _before_aside(reading, sentence, end)
    if end not in sentence or not can_be_source(reading, end) or words[end].upos not in ("PROPN", "PRON", "NOUN"):
        return None
    if words[end].upos == "PRON" and words[end].text.lower() not in ("he", "she", "they", "we", "i", "you"):
        return None
    if words[end].upos == "PRON":
        return Source(Span(words[end].start, words[end].end, words[end].text), end, certain=False)
    start = end
    while (
        start - 1 in sentence
        and words[start - 1].upos in ("PROPN", "NOUN", "ADJ", "DET", "NUM")
        and not reading.is_quoted(start - 1)
    ):
        start -= 1
    if start - 2 in sentence and words[start - 1].text.lower() in ("with", "in", "of", "for", "from", "at", "on"):
        return _postmodified(reading, sentence, start - 2, end)
    if (
        words[end].upos == "NOUN"
        and words[start].upos not in ("DET",)
        and words[end].text.lower() not in ("officials", "police", "sources", "authorities")
    ):
        return None
    start = extend_left(reading, start)
    span = reading.span(words[start].start, words[end].end)
    return Source(span, end, certain=False) if span else None


def _postmodified(reading: Reading, sentence: range, before: int, end: int) -> Source | None:
    """Return a phrase with a prepositional phrase inside, such as ``People familiar with the matter``.

    Its head is the noun before the preposition.
    """
    words = reading.words
    start = before
    while (
        start in sentence
        and words[start].upos in ("PROPN", "NOUN", "ADJ", "DET", "NUM")
        and not reading.is_quoted(start)
    ):
        start -= 1
    start += 1
    head = next((i for i in range(before, start - 1, -1) if words[i].upos in ("NOUN", "PROPN")), None)
    if head is None or start > before or (start - 1 in sentence and words[start - 1].upos in ("VERB", "AUX", "ADP")):
        return None
    span = reading.span(words[start].start, words[end].end)
    return Source(span, head, certain=False) if span else None


def _before_aside(reading: Reading, sentence: range, comma: int) -> Source | None:
    """Return the name before an aside between commas, with the aside: ``Greta Holm, a nurse`` in
    ``Greta Holm, a nurse, said``.
    """
    words = reading.words
    opening = next((i for i in range(comma - 1, max(sentence.start, comma - 16), -1) if words[i].text == ","), None)
    if opening is None:
        return None
    inserted = reading.entity_ending_at(words[comma].start)
    whole = inserted is not None and inserted.start == words[opening + 1].start
    if inserted is not None and whole and inserted.type.upper() in ("PERSON", "PER") and opening - 1 in sentence:
        # "Its leader, Samira Doust, said": the name itself is between the commas
        start = opening - 1
        while start - 1 in sentence and words[start].upos in ("PROPN", "NOUN", "ADJ") and words[start - 1].text != ",":
            start -= 1
        span = reading.span(words[start].start, words[comma - 1].end)
        return Source(span, reading.words_between(inserted.start, inserted.end).start, certain=False) if span else None
    entity = reading.entity_ending_at(words[opening].start)
    if entity is None or entity.type.upper() not in _NAME_TYPES or entity.start < words[sentence.start].start:
        return None
    name = reading.words_between(entity.start, entity.end)
    start = name.start
    while (
        start - 1 in sentence and words[start - 1].upos in ("PROPN", "NOUN", "ADJ") and not reading.is_quoted(start - 1)
    ):
        start -= 1
    span = reading.span(words[start].start, words[comma - 1].end)
    return Source(span, name.start, certain=False) if span else None


def _starts_phrase(reading: Reading, index: int) -> bool:
    word = reading.words[index]
    return word.upos in ("PROPN", "DET", "NOUN", "ADJ") or (
        word.upos == "PRON" and word.text.lower() in ("he", "she", "they", "we", "i")
    )
