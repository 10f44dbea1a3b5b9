"""Recognise complements that are not words reported: a topic, an action, a state of affairs.

Examples: ``discussed the budget``, ``referred the plan back``, ``the footage showed a car``, ``ensured that``,
``this shows that``. Verbs that take topics have the class ``topic`` in ``data/acts.tsv``. The same verbs report
speech with a clause of their own (``showed that``, ``offered to``) or with ``as`` (``referred to it as``).
"""

from __future__ import annotations

from quotetrack.extract.find.acts import Act, kinds_of, lemma_of
from quotetrack.extract.find.complement import Complement, words_in
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.reading import Reading

_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "SYM"}
_OBJECTS = {"obj", "iobj", "obl", "nmod", "nsubj"}
# With a document as subject these verbs report what it says, otherwise what can be seen.
_FINDING_VERBS = {"show", "reveal", "demonstrate", "indicate", "prove", "confirm", "suggest", "underline", "underscore"}
# With a noun of speech as object these verbs are speech acts: `offered an apology`, `responded to the question`.
_SPEECH_WITH_NOUN = {"offer", "reply", "respond", "answer", "unveil", "share"}
_SKILL_VERBS = {"teach", "show"}
_CAUSATIVE_VERBS = {"ensure", "entail", "necessitate"}
_ADDRESSING_VERBS = {"congratulate", "thank", "greet", "salute", "reassure", "lobby", "push"}
_THIS = {"this", "that", "these", "those"}


def is_topic(reading: Reading, draft: Draft, act: Act, complement: Complement) -> bool:
    """Whether the content is only what was discussed, shown or done."""
    if "topic" not in act.kinds or act.word != act.anchor:
        return False
    if complement == "question":
        return _is_participle(reading, act) or (act.lemma in _SKILL_VERBS and _is_skill(reading, draft))
    head = _head_noun(reading, draft, act)
    if head is None or _has_as_phrase(reading, draft) or _has_that_clause(reading, head):
        return False
    if act.lemma in _FINDING_VERBS:
        return draft.source is None or not kinds_of(reading, draft.source.head) & {"stated", "asked"}
    if act.lemma == "refer" and reading.words[head].deprel.startswith("obl"):
        return _is_participle(reading, act)  # `referred to the delay` states that there was one
    return act.lemma not in _SPEECH_WITH_NOUN or not kinds_of(reading, head)


def is_state_of_affairs(reading: Reading, draft: Draft, act: Act) -> bool:
    """Whether the content is a clause of the writer, not reported speech.

    Examples: ``ensured that``, ``this shows that``, ``it is evident that``, ``is blind to the fact that``.
    """
    words = words_in(reading, draft)
    governors = {
        lemma_of(reading, reading.head[i]) for i in words if reading.head[i] >= 0 and reading.head[i] not in words
    }
    if governors and governors <= _CAUSATIVE_VERBS:
        return True
    if reading.words[act.word].upos == "ADJ" and not act.kinds:
        return True
    if not act.kinds and [reading.lower[i] for i in words[1:2]] == ["fact"]:
        return True
    if draft.source is not None and draft.source.span.text.lower() in _THIS and act.lemma in _FINDING_VERBS:
        return True
    return (draft.source is None or reading.lower[draft.source.head] == "it") and _is_impersonal(reading, act)


def is_addressee(reading: Reading, draft: Draft, act: Act, complement: Complement) -> bool:
    """Whether the content is only the addressee: ``sent a letter of thanks to the king``, ``congratulated the team``."""
    if complement != "phrase" or draft.cue is None:
        return False
    if draft.cue.text.lower().endswith(" to") and reading.words[act.word].upos == "NOUN" and act.word != act.anchor:
        return True
    if act.lemma not in _ADDRESSING_VERBS:
        return False
    head = _head_noun(reading, draft, act)
    return head is not None and not any(
        reading.words[c].deprel in ("obl", "advcl", "xcomp", "ccomp") or reading.lower[c] in ("for", "on")
        for i in (act.anchor, head)
        for c in reading.children[i]
        if c > act.anchor and c != head
    )


def modifies_cue(reading: Reading, draft: Draft, act: Act) -> bool:
    """Whether the content is a relative clause that modifies the cue: ``other claims [he made]``,
    ``shared a video [that showed a school]``.
    """
    inside = set(words_in(reading, draft))
    tops = [i for i in inside if reading.head[i] not in inside]
    return len(tops) == 1 and reading.words[tops[0]].deprel == "acl:relcl" and reading.head[tops[0]] in act.words


def _head_noun(reading: Reading, draft: Draft, act: Act) -> int | None:
    """Return the noun that heads the content if it is an object or a prepositional complement of the cue, else ``None``."""
    inside = set(words_in(reading, draft))
    for index in sorted(inside):
        relation = reading.words[index].deprel.split(":")[0]
        if reading.head[index] in act.words and index not in act.words:
            return index if relation in _OBJECTS and reading.words[index].upos in _NOMINAL else None
    return None


def _has_as_phrase(reading: Reading, draft: Draft) -> bool:
    """Whether the content has an ``as`` phrase: ``referred to the plan as a gift``."""
    return any(reading.lower[i] == "as" and reading.words[i].deprel == "case" for i in words_in(reading, draft))


def _is_skill(reading: Reading, draft: Draft) -> bool:
    """Whether the content is something taught, as in ``how to swim``."""
    return [reading.lower[i] for i in words_in(reading, draft)[:2]] == ["how", "to"]


def _has_that_clause(reading: Reading, noun: int) -> bool:
    """Whether a clause gives the content of the noun: ``spoke of fears that the dam would burst``."""
    return any(
        reading.words[c].deprel in ("acl", "ccomp") and any(reading.lower[d] == "that" for d in reading.children[c])
        for c in reading.children[noun]
    )


def _is_participle(reading: Reading, act: Act) -> bool:
    """Whether the cue is a participle that belongs to the frame of another quotation:
    ``Speaking about how …, she said``.
    """
    word = reading.words[act.anchor]
    return word.deprel in ("advcl", "acl", "parataxis", "dep") and reading.lower[act.anchor].endswith("ing")


def _is_impersonal(reading: Reading, act: Act) -> bool:
    """Whether the subject is an expletive ``it``: ``It is worth mentioning that``, ``it is telling that``."""
    children = [c for i in act.words for c in reading.children[i]]
    if not any(
        reading.lower[c] == "it" and reading.words[c].deprel.split(":")[0] in ("expl", "nsubj") for c in children
    ):
        return False
    if act.lemma == "tell":
        return not any(reading.words[c].deprel in ("obj", "iobj", "aux:pass") for c in children)
    return any(reading.lower[i] == "worth" for i in act.words)
