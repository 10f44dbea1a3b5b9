"""Recognise proposed cues that report no words.

Examples: ``was denied a visa``, ``gave him a yellow card``, ``listed its country as Norway``, ``was named``,
``heard two witnesses``. The attribution model proposes them because they share lemmas or frames with cues. Quotations
between marks are always kept.
"""

from __future__ import annotations

from quotetrack.extract.find.acts import TRAITS, Act, act_of
from quotetrack.extract.find.addressees import agent_of, passive_verb
from quotetrack.extract.find.complement import Complement, complement_of, words_in
from quotetrack.extract.find.draft import Draft, kind_of
from quotetrack.extract.find.topics import is_state_of_affairs, modifies_cue
from quotetrack.extract.reading import Reading
from quotetrack.model import Entity, Span

# Verbs that are cues together with these particles.
_PHRASAL_CUES = {
    ("call", "for"),
    ("call", "on"),
    ("call", "upon"),
    ("bring", "up"),
    ("put", "forward"),
    ("hit", "out"),
    ("hit", "back"),
    ("commit", "to"),
    ("impress", "on"),
    ("impress", "upon"),
}
_PREPOSITIONS = {"accord", "per"}  # the tagger labels `according` as a verb
_PERCEPTION_VERBS = {"hear", "overhear"}
# Giving verbs that are speech acts even with a thing as their object: `offered him a job`.
_SPEECH_WITH_OBJECT = {"offer", "guarantee", "promise", "forbid"}


def is_attribution(reading: Reading, draft: Draft) -> bool:
    """Whether the cue of ``draft`` reports words. Always true for drafts with quotation marks or without a model
    proposal.
    """
    if draft.proposal is None or draft.cue is None or reading.quoted_in(draft.start, draft.end):
        return True
    if any(
        e.type.upper() in ("PERSON", "PER") and e.start <= draft.cue.start and draft.cue.end <= e.end
        for e in _entities(reading, draft.cue)
    ):
        return False  # `Said Aziz`: a name
    act = act_of(reading, draft.cue)
    if act is None or reading.words[act.word].upos not in ("VERB", "AUX", "NOUN", "ADJ"):
        return True
    complement = complement_of(reading, draft, kind_of(reading, draft.content))
    speech_kinds = act.kinds - TRAITS
    is_cue = speech_kinds or act.lemma in _PREPOSITIONS or _is_phrasal_cue(reading, act)
    if (
        not is_cue
        and reading.words[act.anchor].upos in ("VERB", "AUX", "NOUN", "ADJ")
        and not _reports_clause(reading, draft, act)
    ):
        return False
    if act.lemma in _PERCEPTION_VERBS and complement == "phrase":
        return False  # `The court heard two witnesses`, but `heard that …`
    return not _reports_nothing(reading, draft, act, complement)


def _reports_nothing(reading: Reading, draft: Draft, act: Act, complement: Complement) -> bool:
    """Whether the complement of a speech verb is something other than what was said."""
    return (
        is_state_of_affairs(reading, draft, act)
        or modifies_cue(reading, draft, act)
        or _has_transfer_sense(reading, act, complement)
        or _is_passive_naming(reading, act)
    )


def _reports_clause(reading: Reading, draft: Draft, act: Act) -> bool:
    """Whether a verb outside the lexicon has a whole clause as its content, as speech verbs do."""
    words = words_in(reading, draft)
    if not words or draft.cue is None or reading.lower[words[0]] == "that" or draft.end <= draft.cue.start:
        return bool(words)
    inside = set(words)
    return complement_of(reading, draft, "indirect") == "clause" and any(
        reading.words[c].deprel in ("ccomp", "parataxis") and c in inside for c in reading.children[act.anchor]
    )


def _entities(reading: Reading, cue: Span) -> list[Entity]:
    """Return the entities around a capitalised cue; none for other cues."""
    return reading.entities_in(cue.start, cue.start + 1) if cue.text[:1].isupper() else []


def _has_transfer_sense(reading: Reading, act: Act, complement: Complement) -> bool:
    """Whether a verb of giving has a person and a thing: ``was refused entry``, ``denied them a visa``,
    ``showed him a yellow card``.
    """
    if "given" not in act.kinds or complement in ("infinitive", "question"):
        return False
    if passive_verb(reading, act.anchor) is not None:
        # In the passive one of the two is the subject, and the other remains an object.
        after = [c for c in reading.children[act.anchor] if c > act.anchor]
        return any(
            reading.words[c].deprel in ("obj", "iobj")
            or (reading.words[c].deprel == "xcomp" and reading.words[c].upos == "NOUN")
            or reading.words[c].deprel.startswith("nsubj")
            for c in after
        )
    objects = {reading.words[c].deprel for c in reading.children[act.anchor]}
    return act.lemma not in _SPEECH_WITH_OBJECT and objects >= {"iobj", "obj"}


def _is_passive_naming(reading: Reading, act: Act) -> bool:
    """Whether the cue is a passive of naming without an agent: ``is known for``, ``was called``, ``is considered``."""
    return (
        "named" in act.kinds
        and act.word == act.anchor
        and not _is_phrasal_cue(reading, act)
        and passive_verb(reading, act.anchor) is not None
        and agent_of(reading, act.anchor) is None
    )


def _is_phrasal_cue(reading: Reading, act: Act) -> bool:
    """Whether a particle makes the verb a cue: ``called for``, ``called on``, ``brought up``."""
    following = reading.lower[act.anchor + 1] if act.anchor + 1 < len(reading.lower) else ""
    return (act.lemma, following) in _PHRASAL_CUES
