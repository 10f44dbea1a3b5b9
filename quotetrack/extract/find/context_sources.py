"""Find the source of a quotation without a frame from the sentences around it.

The source may be the subject of the sentence before (``Hill was unmoved.``), the person asked in it
(``I asked Vale what she meant.``), the person the next paragraph attributes the words to
(``Those were the words of Ruth Vale.``), or a speaker who continues in the next paragraph.
"""

from __future__ import annotations

import re

from quotetrack.extract.find.cues import classes_of
from quotetrack.extract.find.layout.common import has_speech_pronoun, persons_in, surname
from quotetrack.extract.find.placed_drafts import SourcesInOrder
from quotetrack.extract.find.source_phrases import Source, phrase
from quotetrack.extract.find.subjects import source_of
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity
from quotetrack.text.quoted import Quoted
from quotetrack.text.role_nouns import is_role_noun

_STOPS = (".", "!", "?", ":")
_ATTRIBUTED_BELOW = re.compile(
    r"(?:That|Those|These|This) (?:is|was|were|are) (?:the|what|how)\b|(?:So|Thus) (?:said|says)\b|(?:said|says|wrote|according)\b"
)
_ASKING_VERBS = {"ask", "asks", "asked", "quiz", "quizzed", "press", "pressed"}
_UTTERANCE_NOUNS = {
    "word",
    "words",
    "message",
    "verdict",
    "view",
    "opinion",
    "assessment",
    "conclusion",
    "warning",
    "advice",
}
_SHORT_QUOTATION = 15  # words; up to this length the quotation needs no first-person pronoun
_LONGEST_LEAD = 8  # words before the first source of a paragraph


def fills_paragraph(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch is a whole paragraph, other than the first, that the next paragraph does not attribute."""
    start, end = reading.parsed.paragraphs[quoted.paragraph]
    outside = reading.text[start : quoted.start] + reading.text[quoted.end : end]
    return quoted.paragraph > 0 and not outside.strip(" .,;:") and not _is_attributed_below(reading, quoted)


def _is_attributed_below(reading: Reading, quoted: Quoted) -> bool:
    """Whether the next paragraph says whose words these are: ``Those were the words of …``, ``So said …``."""
    below = _paragraph_below(reading, quoted)
    return below is not None and _ATTRIBUTED_BELOW.match(reading.text, *below) is not None


def _paragraph_below(reading: Reading, quoted: Quoted) -> tuple[int, int] | None:
    paragraphs = reading.parsed.paragraphs
    return paragraphs[quoted.paragraph + 1] if quoted.paragraph + 1 < len(paragraphs) else None


def speaker_named_below(reading: Reading, quoted: Quoted) -> Source | None:
    """Return the source that the next paragraph names, or ``None``.

    Examples: ``That was the question that Vale asked``, ``Those were the words of Ruth Vale``, ``So said Vale``. The
    stretch must be a whole paragraph.
    """
    start, end = reading.parsed.paragraphs[quoted.paragraph]
    if (reading.text[start : quoted.start] + reading.text[quoted.end : end]).strip(" .,;:"):
        return None
    below = _paragraph_below(reading, quoted)
    if below is None or not _is_attributed_below(reading, quoted):
        return None
    inside = reading.words_between(*below)
    first = [i for i in inside if reading.sentence_of[i] == reading.sentence_of[inside.start]]
    for index in first:
        word = reading.words[index]
        if (
            reading.lower[index] in _UTTERANCE_NOUNS
            and (owner := reading.child(index, "nmod")) is not None
            and owner in first
        ):
            return _personal_source(reading, phrase(reading, owner))
        if word.upos == "VERB" and classes_of(reading, index) & set("sqrob") and not reading.is_quoted(index):
            return _personal_source(reading, source_of(reading, index))
    return None


def _personal_source(reading: Reading, source: Source | None) -> Source | None:
    """Return the source if it is ``he``, ``she`` or a phrase headed by one person's name, else ``None``."""
    if source is None or source.head < 0:
        return None
    if reading.lower[source.head] in ("he", "she"):
        return source
    named = persons_in(reading, source.span.start, source.span.end)
    return source if len(named) == 1 and reading.words[source.head].upos == "PROPN" else None


def subject_before(reading: Reading, quoted: Quoted) -> Source | None:
    """Return the subject of the sentence before the stretch if it may be the speaker: ``Hill was unmoved. "We go on."``

    If the subject is ``I`` or ``we``, returns the person who was asked: ``I asked Vale what she meant. "No more."``
    """
    lead, alone = _lead_sentence(reading, quoted)
    if not lead:
        return None
    first_person = has_speech_pronoun(reading, quoted.inner_start, quoted.inner_end)
    short = len(reading.words_between(quoted.inner_start, quoted.inner_end)) <= _SHORT_QUOTATION
    words = reading.words
    for index in lead:
        if (
            words[index].deprel.startswith("nsubj")
            and not reading.is_quoted(index)
            and words[reading.head[index]].deprel in ("root", "parataxis", "conj")
        ):
            verb = reading.head[index]
            if words[index].upos == "PRON" and reading.lower[index] not in ("he", "she"):
                return _asked_person(reading, verb) if reading.lower[index] in ("i", "we") else None
            if words[index].upos == "NOUN" and not (alone and first_person and is_role_noun(reading.lower[index])):
                return None
            if words[index].upos not in ("PRON", "PROPN", "NOUN") or not (
                first_person or short or not alone or _is_cue(reading, verb)
            ):
                return None
            return _single_person(reading, phrase(reading, index, verb), index, alone, quoted)
    return None


def _lead_sentence(reading: Reading, quoted: Quoted) -> tuple[list[int], bool]:
    """Return the words of the sentence before the stretch, and whether that sentence ends the paragraph above.

    Returns no words if the sentence cannot introduce a quotation.
    """
    start, _ = reading.parsed.paragraphs[quoted.paragraph]
    lead = list(reading.words_between(start, quoted.start))
    alone = not lead and fills_paragraph(reading, quoted)
    if alone:
        lead = list(reading.words_between(*reading.parsed.paragraphs[quoted.paragraph - 1]))
        if lead and (reading.words[lead[-1]].text not in _STOPS or reading.is_quoted(lead[-1])):
            return [], alone
    if not lead or reading.words[lead[-1]].text not in (*_STOPS, ","):
        return [], alone
    return [i for i in lead if reading.sentence_of[i] == reading.sentence_of[lead[-1]]], alone


def _single_person(reading: Reading, source: Source | None, index: int, alone: bool, quoted: Quoted) -> Source | None:
    """Return the source, or ``None`` if the quotation mentions it.

    If the quotation is a whole paragraph and the source is headed by a name, the source must name exactly one person.
    """
    if source is None or is_mentioned_in(reading, source, quoted):
        return None
    named = persons_in(reading, source.span.start, source.span.end)
    return source if len(named) == 1 or not alone or reading.words[index].upos != "PROPN" else None


def is_mentioned_in(reading: Reading, source: Source, quoted: Quoted) -> bool:
    """Whether the quotation mentions the person named by the source. Speakers rarely name themselves."""
    named = persons_in(reading, source.span.start, source.span.end)
    return any(_names_person(reading, person, quoted) for person in named)


def _names_person(reading: Reading, person: Entity, quoted: Quoted) -> bool:
    inside = persons_in(reading, quoted.start, quoted.end)
    return surname(person.text) in {surname(other.text) for other in inside}


def _is_cue(reading: Reading, verb: int) -> bool:
    return bool(classes_of(reading, verb) & set("sqrob"))


def _asked_person(reading: Reading, verb: int) -> Source | None:
    """Return the person whom the reporter asked: Vale in ``I asked Vale what she meant.``"""
    if reading.lower[verb] not in _ASKING_VERBS:
        return None
    for child in reading.children[verb]:
        if reading.words[child].deprel in ("obj", "iobj"):
            source = phrase(reading, child, verb)
            if source is not None and len(persons_in(reading, source.span.start, source.span.end)) == 1:
                return source
    return None


def speaker_continuing_below(reading: Reading, sources: SourcesInOrder, quoted: Quoted) -> Source | None:
    """Return the source of the first quotation in the next paragraph if the same person was also the last speaker
    before.

    Returns ``None`` unless the stretch is a whole paragraph and the paragraph above names nobody else.
    """
    below = _paragraph_below(reading, quoted)
    if below is None or not fills_paragraph(reading, quoted) or reading.quoted_at(below[0]) is not None:
        return None
    above = reading.parsed.paragraphs[quoted.paragraph - 1]
    first = sources.first_between(*below)
    if first is None or first.source is None:
        return None
    span = first.source.span
    named = persons_in(reading, span.start, span.end)
    lead = reading.words_between(below[0], span.start)
    if len(named) != 1 or len(lead) > _LONGEST_LEAD or persons_in(reading, below[0], span.start):
        return None
    continuing_surname = surname(named[0].text)
    known = sources.is_named_before(continuing_surname, quoted.start)
    others = [e for e in persons_in(reading, *above) if surname(e.text) != continuing_surname]
    if not known or others or _names_person(reading, named[0], quoted):
        return None
    return first.source if _was_last_speaker(reading, sources, quoted, continuing_surname) else None


def _was_last_speaker(reading: Reading, sources: SourcesInOrder, quoted: Quoted, name: str) -> bool:
    """Whether the last person quoted before the stretch can be the one with the surname ``name``; a pronoun can."""
    for draft in sources.backwards_from(quoted.start):
        if draft.source is None:
            continue
        span = draft.source.span
        named = persons_in(reading, span.start, span.end)
        if named or span.text.lower() in ("he", "she"):
            return not named or name in {surname(e.text) for e in named}
    return False
