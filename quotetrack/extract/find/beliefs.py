"""Separate thoughts from speech: verbs of saying that report only a thought, and verbs of thinking that report speech."""

from __future__ import annotations

from quotetrack.extract.find.acts import Act
from quotetrack.extract.find.addressees import agent_of, passive_verb
from quotetrack.extract.find.complement import Complement, words_in
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.source_phrases import Source
from quotetrack.extract.reading import Reading

_CONCLUSION_VERBS = {"determine", "recognise", "recognize", "remember"}
_NEGATIONS = {"not", "n't", "n’t", "never"}
_PERSONAL = {"he", "she", "i", "we", "they", "who"}


def is_only_thought(reading: Reading, act: Act, draft: Draft, complement: Complement) -> bool:
    """Whether a verb that can report speech reports only a thought or feeling here.

    Examples: ``sought to leave``, ``agreed to be filmed``, ``he found that``, ``finds it hard``, ``was alarmed by``.
    """
    if complement == "infinitive" and act.lemma == "seek":
        return True
    if complement == "infinitive" and act.lemma == "agree":
        # "Agreed to leave" is a promise; "agreed to be filmed" is only consent.
        return [reading.lower[i] for i in words_in(reading, draft)[:2]] == ["to", "be"]
    if act.lemma == "find":
        has_expletive_object = any(reading.lower[c] == "it" and c > act.anchor for c in reading.children[act.anchor])
        return has_expletive_object or (
            complement == "clause" and draft.source is not None and _is_person(reading, draft.source)
        )
    agent = agent_of(reading, act.anchor) if passive_verb(reading, act.anchor) is not None else None
    return agent is not None and agent in words_in(reading, draft)


def _is_person(reading: Reading, source: Source) -> bool:
    """Whether the source is a person: a personal pronoun, or a phrase whose head is part of a person's name."""
    if reading.lower[source.head] in _PERSONAL:
        return True
    return any(
        e.start <= reading.words[source.head].start < e.end
        for e in reading.entities_in(source.span.start, source.span.end, "PERSON", "PER")
    )


def is_expressed(reading: Reading, act: Act, complement: Complement) -> bool:
    """Whether a verb of thinking reports speech here.

    Examples: ``The board determined that``, ``she recognised that``, ``wished them luck``,
    ``convinced him to leave``.
    """
    objects = {reading.words[c].deprel for c in reading.children[act.word]}
    if act.lemma == "wish":
        return objects >= {"iobj", "obj"}
    if act.lemma == "convince":
        return complement == "infinitive" and passive_verb(reading, act.word) is None
    negated = any(reading.lower[c] in _NEGATIONS for c in reading.children[act.word])
    return complement == "clause" and act.lemma in _CONCLUSION_VERBS and not negated
