"""Reject sources that are the addressee: the subject of ``was asked``, ``was urged`` or ``was accused of``.

The source of such a cue is the agent (``was asked by a juror``), if there is one.
"""

from __future__ import annotations

from quotetrack.extract.find.acts import act_of, kinds_of
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.source_phrases import Source, can_be_source, phrase
from quotetrack.extract.find.subjects import is_passive
from quotetrack.extract.reading import Reading

_LONGEST_CHAIN = 4


def source_unless_addressee(reading: Reading, draft: Draft) -> Source | None:
    """Return the draft's source, or the agent of the cue if the source is only the subject of a passive.

    Returns ``None`` for a passive without an agent.
    """
    source = draft.source
    if source is None or draft.cue is None or draft.inherited is not None:
        return source
    act = act_of(reading, draft.cue)
    if act is None:
        return source
    verb = passive_verb(reading, act.anchor)
    if verb is None or "heard" not in kinds_of(reading, verb) or act.word != act.anchor:
        return source
    agent = agent_of(reading, verb)
    if agent is not None and source.head in (agent, *reading.subtree(agent)):
        return source
    if source.head not in _subject_words(reading, verb):
        return source
    return phrase(reading, agent, verb) if agent is not None and can_be_source(reading, agent) else None


def passive_verb(reading: Reading, verb: int) -> int | None:
    """Return ``verb`` if it is in the passive voice, else ``None``.

    Participles without an auxiliary count too: ``Asked whether …, she left``.
    """
    if reading.words[verb].upos not in ("VERB", "AUX", "ADJ"):
        return None
    word = reading.words[verb]
    has_auxiliary = any(reading.words[c].upos == "AUX" for c in reading.children[verb])
    if is_passive(reading, verb) and (has_auxiliary or "VerbForm=Fin" not in word.feats):
        return verb
    participle = ("VerbForm=Part" in word.feats and "Tense=Past" in word.feats) or reading.lower[verb].endswith("ed")
    has_subject = any(reading.words[c].deprel.startswith("nsubj") for c in reading.children[verb])
    is_active = any(reading.words[c].deprel == "aux" for c in reading.children[verb])
    if not participle or has_subject or is_active:
        return None
    relation = word.deprel.split(":")[0]
    root = next((i for i in (verb, *reading.above(verb)) if reading.head[i] < 0), verb)
    # If the root is a noun, the clause has no verb, and the "participle" most likely is its verb.
    if (
        relation in ("advcl", "acl")
        and word.deprel != "acl:relcl"
        and reading.words[root].upos in ("VERB", "AUX", "ADJ")
    ):
        return verb
    if relation == "conj" and reading.head[verb] < verb and passive_verb(reading, reading.head[verb]) is not None:
        return verb
    return None


def agent_of(reading: Reading, verb: int) -> int | None:
    """Return the head of the ``by`` phrase of a passive verb, or ``None``."""
    for child in reading.children[verb]:
        if reading.words[child].deprel.startswith("obl") and any(
            reading.words[c].deprel == "case" and reading.lower[c] == "by" for c in reading.children[child]
        ):
            return child
    return None


def _subject_words(reading: Reading, verb: int) -> set[int]:
    """Return the words of the subject of a passive verb: its own, or that of the clause a participle depends on."""
    words = reading.words
    found: set[int] = set()
    node = verb
    for _ in range(_LONGEST_CHAIN):
        subjects = [c for c in reading.children[node] if words[c].deprel.startswith("nsubj")]
        for subject in subjects:
            found.update(reading.subtree(subject))
        head = reading.head[node]
        if subjects or head < 0:
            break
        relation = words[node].deprel.split(":")[0]
        if relation == "acl":
            found.add(head)
            found.update(c for c in reading.children[head] if words[c].deprel in ("flat", "appos", "compound"))
            break
        if relation not in ("advcl", "conj", "xcomp", "ccomp", "parataxis"):
            break
        node = head
    return found
