"""What stands where words are reported but is none: a topic, a thing done, a state of affairs.

``discussed the budget``, ``referred the plan back``, ``the footage showed a car``, ``ensured that``, ``this shows that``. Which verbs do so is data (the
class ``topic`` of ``data/acts.tsv``); the same verbs report with a clause of their own (``showed that``, ``offered to``) or with ``as`` (``referred to it as``).
"""

from __future__ import annotations

from quotetrack.extract.find.acts import Act, kinds_of, lemma_of
from quotetrack.extract.find.complement import Complement, words_in
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.reading import Reading

_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "SYM"}
_OBJECTS = {"obj", "iobj", "obl", "nmod", "nsubj"}
# With a document for their subject these report what it says, with anything else what can be seen.
_FINDING_VERBS = {"show", "reveal", "demonstrate", "indicate", "prove", "confirm", "suggest", "underline", "underscore"}
# Of these a noun of speech is an act of speech: `offered an apology`, `responded to the question`.
_SPEECH_WITH_NOUN = {"offer", "reply", "respond", "answer", "unveil", "share"}
_SKILL_VERBS = {"teach", "show"}
_CAUSATIVE_VERBS = {"ensure", "entail", "necessitate"}
_ADDRESSING_VERBS = {"congratulate", "thank", "greet", "salute", "reassure", "lobby", "push"}
_THIS = {"this", "that", "these", "those"}


def is_topic(reading: Reading, draft: Draft, act: Act, complement: Complement) -> bool:
    """Whether the content is only what was spoken of, shown or done."""
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
        return _is_participle(reading, act)  # `referred to the delay` says that there was one
    return act.lemma not in _SPEECH_WITH_NOUN or not kinds_of(reading, head)


def is_state_of_affairs(reading: Reading, draft: Draft, act: Act) -> bool:
    """``ensured that``, ``this shows that``, ``it is evident that``, ``is blind to the fact that``: the writer's own clause."""
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
    """``sent a letter of thanks to the king``, ``congratulated the team``: whom the words were for, and not what they were."""
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
    """``other claims [he made]``, ``shared a video [that showed a school]``: a relative clause says which claim it was, not what it says."""
    inside = set(words_in(reading, draft))
    tops = [i for i in inside if reading.head[i] not in inside]
    return len(tops) == 1 and reading.words[tops[0]].deprel == "acl:relcl" and reading.head[tops[0]] in act.words


def _head_noun(reading: Reading, draft: Draft, act: Act) -> int | None:
    """The noun that the content is headed by, if the tree hangs it on the cue as an object or after a preposition."""
    inside = set(words_in(reading, draft))
    for index in sorted(inside):
        relation = reading.words[index].deprel.split(":")[0]
        if reading.head[index] in act.words and index not in act.words:
            return index if relation in _OBJECTS and reading.words[index].upos in _NOMINAL else None
    return None


def _has_as_phrase(reading: Reading, draft: Draft) -> bool:
    """``referred to the plan as a gift``."""
    return any(reading.lower[i] == "as" and reading.words[i].deprel == "case" for i in words_in(reading, draft))


def _is_skill(reading: Reading, draft: Draft) -> bool:
    """``how to swim``: what is taught, not what is said."""
    return [reading.lower[i] for i in words_in(reading, draft)[:2]] == ["how", "to"]


def _has_that_clause(reading: Reading, noun: int) -> bool:
    """``spoke of fears that the dam would burst``: the noun has a clause for its content."""
    return any(
        reading.words[c].deprel in ("acl", "ccomp") and any(reading.lower[d] == "that" for d in reading.children[c])
        for c in reading.children[noun]
    )


def _is_participle(reading: Reading, act: Act) -> bool:
    """``Speaking about how …, she said``: the frame of another quotation."""
    word = reading.words[act.anchor]
    return word.deprel in ("advcl", "acl", "parataxis", "dep") and reading.lower[act.anchor].endswith("ing")


def _is_impersonal(reading: Reading, act: Act) -> bool:
    """``It is worth mentioning that``, ``it is telling that``: ``it`` stands for nobody."""
    children = [c for i in act.words for c in reading.children[i]]
    if not any(
        reading.lower[c] == "it" and reading.words[c].deprel.split(":")[0] in ("expl", "nsubj") for c in children
    ):
        return False
    if act.lemma == "tell":
        return not any(reading.words[c].deprel in ("obj", "iobj", "aux:pass") for c in children)
    return any(reading.lower[i] == "worth" for i in act.words)
