"""Classify the complement of a cue: a clause, a question, an infinitive, a noun phrase, or an utterance between marks."""

from __future__ import annotations

from typing import Literal

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.reading import Reading
from quotetrack.model import Kind, Span

Complement = Literal["clause", "question", "infinitive", "phrase", "speech"]

_QUESTION_WORDS = {"whether", "if", "who", "whom", "whose", "what", "which", "when", "where", "why", "how"}
PHRASE_TAGS = {"NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ", "ADP", "ADV", "CCONJ", "PUNCT", "SYM", "X"}


def words_in(reading: Reading, draft: Draft) -> list[int]:
    """Return the numbers of all words of the content except punctuation."""
    words = reading.words
    return [
        index
        for span in draft.content
        for index in reading.words_between(span.start, span.end)
        if words[index].upos not in ("PUNCT", "SYM")
    ]


def complement_of(reading: Reading, draft: Draft, kind: Kind) -> Complement:
    """Return the type of the draft's content.

    ``speech`` is a complete utterance between marks. A single marked word or phrase has the type it would have
    without marks.
    """
    words = words_in(reading, draft)
    if not words:
        return "phrase"
    opening = [reading.lower[i] for i in words[:3]]
    finite = any(reading.words[i].upos in ("VERB", "AUX") and "VerbForm=Fin" in reading.words[i].feats for i in words)
    if kind == "direct" and (finite or reading.text[draft.start : draft.end].rstrip("\"'”’»“ ")[-1:] in (*",.!?…",)):
        return "speech"
    if opening[0] in ("not", "never") and opening[1:2] == ["to"]:
        return "infinitive"
    if (
        opening[0] == "to"
        and (len(words) == 1 or reading.words[words[1]].upos != "DET")
        and _leads_to_verb(reading, words)
    ):
        return "infinitive"
    if opening[0] == "for" and any(reading.lower[i] == "to" and reading.words[i].upos == "PART" for i in words):
        return "infinitive"
    if opening[0] in _QUESTION_WORDS or (
        opening[0] in ("on", "about", "of", "as", "to") and opening[1:2] == ["whether"]
    ):
        return "question"
    if (
        opening[0] != "that"
        and draft.cue is not None
        and (found := _complement_in_tree(reading, draft.cue, words)) is not None
    ):
        return found
    return "clause" if opening[0] == "that" or finite else "phrase"


def _complement_in_tree(reading: Reading, cue: Span, words: list[int]) -> Complement | None:
    """Return the type of a content that opens with the addressee: ``asked [the navy to help]``, ``asked [her whether]``."""
    inside = set(words)
    for index in reading.words_between(cue.start, cue.end):
        for child in reading.children[index]:
            if child not in inside or reading.words[child].deprel.split(":")[0] not in (
                "xcomp",
                "ccomp",
                "advcl",
                "acl",
            ):
                continue
            opening = next((i for i in reading.subtree(child) if reading.words[i].upos != "PUNCT"), child)
            if reading.lower[opening] in _QUESTION_WORDS:
                return "question"
            if any(reading.lower[c] == "to" and c < child for c in reading.children[child]):
                return "infinitive"
    return None


def _leads_to_verb(reading: Reading, words: list[int]) -> bool:
    """Whether the content opens with the ``to`` of an infinitive, not a preposition."""
    if reading.words[words[0]].upos == "PART":
        return True
    following = next((i for i in words[1:4] if reading.words[i].upos not in ("ADV", "PART", "PUNCT")), None)
    return following is not None and reading.words[following].upos in ("VERB", "AUX")


def is_question(reading: Reading, draft: Draft) -> bool:
    """Whether the content ends in a question mark."""
    return reading.text[draft.start : draft.end].rstrip("\"'”’»“ \n")[-1:] == "?"
