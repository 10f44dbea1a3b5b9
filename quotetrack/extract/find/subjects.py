"""Find the phrase that names the source of a cue in the parse tree.

The source is the subject of the reporting verb, also across coordinations, participles and relative clauses; the
agent of a passive; or the noun that a participle modifies (``a statement saying``). If the tree gives none, the words
beside the verb are tried. If those give none, there is no source: a missing attribution is better than a wrong one.
"""

from __future__ import annotations

from quotetrack.extract.find.adjacent_sources import adjacent_source
from quotetrack.extract.find.source_phrases import NOMINAL, Source, can_be_source, phrase
from quotetrack.extract.reading import Reading

RELATIVE = {"who", "which", "that", "whom", "whose"}
_INSIDE_NAME = {
    "det",
    "amod",
    "compound",
    "flat",
    "nummod",
    "appos",
    "nmod",
    "case",
    "conj",
    "cc",
    "punct",
    "fixed",
    "goeswith",
    "advmod",
}


def source_of(reading: Reading, cue: int) -> Source | None:
    """Return the source of the verb ``cue`` from the parse tree or else from the adjacent words, or ``None``."""
    head = _subject(reading, cue, 0)
    if head is not None and not can_be_source(reading, head):
        return None if _is_expletive(reading, head) else adjacent_source(reading, cue)
    if head is not None:
        return phrase(reading, head, cue)
    if is_passive(reading, cue):
        return None
    governor = reading.head[cue]
    if (
        governor >= 0
        and reading.words[cue].deprel in ("advcl", "conj", "xcomp")
        and "VerbForm=Fin" not in reading.words[cue].feats
        and reading.words[governor].upos == "VERB"
        and governor < cue
    ):
        return source_of(reading, governor)  # "called for calm, adding that …" has the source of the governing verb
    return adjacent_source(reading, cue)


def is_passive(reading: Reading, verb: int) -> bool:
    """Whether ``verb`` is passive. The subject of a passive is not the speaker."""
    return any(reading.words[c].deprel in ("aux:pass", "nsubj:pass", "csubj:pass") for c in reading.children[verb])


def _subject(reading: Reading, verb: int, depth: int) -> int | None:
    """Return the head of the subject of ``verb``, following governing verbs up to a limited depth."""
    words = reading.words
    if depth > 4:
        return None
    if is_passive(reading, verb) and depth == 0:
        return _agent(reading, verb)
    subjects = [c for c in reading.children[verb] if words[c].deprel.split(":")[0] == "nsubj"]
    head = reading.head[verb]
    relation = words[verb].deprel
    if subjects:
        subject = min(subjects, key=lambda c: abs(c - verb)) if len(subjects) > 1 else subjects[0]
        if words[subject].text.lower() in RELATIVE and words[subject].upos in ("PRON", "DET", "SCONJ"):
            antecedent = _antecedent(reading, verb, subject)
            return antecedent if antecedent is not None else None
        return subject
    if head < 0:
        return None
    if relation.startswith("acl") and words[head].upos in NOMINAL:
        return head
    if relation.split(":")[0] in ("conj", "xcomp", "advcl", "parataxis", "acl", "ccomp") and (
        words[head].upos in ("VERB", "AUX", "ADJ", "NOUN")
    ):
        finite = "VerbForm=Fin" in words[verb].feats
        if relation.split(":")[0] in ("advcl", "ccomp", "parataxis") and finite and depth == 0:
            return None
        return _subject(reading, head, depth + 1)
    return None


def _antecedent(reading: Reading, verb: int, pronoun: int) -> int | None:
    """Return the antecedent of a relative pronoun: the noun its clause modifies, or else the noun right before it."""
    node = verb
    for _ in range(4):
        if node >= 0 and reading.words[node].deprel == "acl:relcl":
            return reading.head[node]
        node = reading.head[node] if node >= 0 else -1
        if node < 0:
            break
    for index in range(pronoun - 1, reading.sentence_range(pronoun).start - 1, -1):
        if reading.words[index].upos in ("NOUN", "PROPN"):
            for head in reading.above(index):
                if reading.words[index].deprel not in ("flat", "compound", "appos"):
                    break
                index = head
            return index
        if reading.words[index].upos != "PUNCT":
            return None
    return None


def _agent(reading: Reading, verb: int) -> int | None:
    """Return the head of the ``by`` phrase of a passive verb."""
    for child in reading.children[verb]:
        if reading.words[child].deprel.startswith("obl") and any(
            reading.words[c].deprel == "case" and reading.words[c].text.lower() == "by" for c in reading.children[child]
        ):
            return child
    return None


def _is_expletive(reading: Reading, head: int) -> bool:
    """Whether the subject is ``it``, ``there`` or another pronoun that names no source."""
    return reading.words[head].text.lower() in ("it", "there", "this", "that", "what", "which")
