"""Decide whether the act that a cue reports happened: ``said``, or ``would say``, ``did not say``,
``is expected to say``.

The mood is read from the parse tree: the auxiliaries, negation, conjunctions and subject of the verb, then those of
the verbs and adjectives that govern it as an infinitive. Negation and modals inside the content are the speaker's own
words and are ignored.
"""

from __future__ import annotations

from typing import Literal

from quotetrack.extract.find.acts import Act, lemma_of
from quotetrack.extract.reading import Reading

Mood = Literal["fact", "unreal", "negated", "refused"]

_NEGATIONS = {"not", "n't", "n’t", "never", "nor", "neither"}
_RESTRICTING = {"only", "just", "merely", "simply", "solely", "even"}
_NEGATIVE_ADJUNCTS = {"point", "time", "stage", "moment", "circumstances", "occasion"}  # after `at no`, `under no`
_NEGATIVE_PRONOUNS = {"nobody", "none", "neither"}
_FUTURE = {"will", "'ll", "’ll", "shall", "wo", "'d", "’d", "would"}
_POSSIBLE = {"may", "might", "could", "should", "must", "can", "ca", "cannot"}
_CONDITIONAL = {"if", "unless", "lest", "until", "till"}
# `The Herald can reveal`: the sentence itself performs the act.
_PERFORMATIVE = {"reveal", "report", "confirm", "disclose", "announce", "exclude"}
# `She would later say`: seen from a later time, it happened.
_FACTUAL_ADVERBS = {
    "later", "then", "often", "always", "eventually", "frequently", "sometimes", "regularly", "usually", "subsequently", "repeatedly",
    "only", "merely", "routinely",
}  # fmt: skip
_FAILING = {"fail", "struggle", "neglect", "forget", "omit", "cease"}
_REFUSING = {
    "refuse", "decline", "avoid", "stop", "hesitate", "reluctant", "unwilling", "unable", "hesitant", "loath", "loth", "resist", "demur",
    "balk", "dodge", "evade", "refrain", "abstain",
}  # fmt: skip
# An infinitive under these words has not happened yet.
_PROSPECTIVE = {
    "expect", "schedule", "set", "due", "likely", "unlikely", "plan", "intend", "hope", "want", "wish", "need", "ask", "urge", "order",
    "tell", "call", "threaten", "promise", "pledge", "vow", "agree", "prepare", "prepared", "about", "ready", "poised", "free", "allow",
    "permit", "authorise", "authorize", "authorised", "authorized", "invite", "encourage", "require", "suppose", "bound", "willing",
    "eager", "keen", "aim", "propose", "like", "love", "prefer", "wait", "consider", "slate", "demand", "request", "advise", "able",
    "persuade", "oblige", "entitle", "tip", "possible", "impossible", "care", "dare", "desire", "offer", "seek", "design", "enable",
}  # fmt: skip
# If these are negated, nothing was said: `did not want to say`, `was not able to say`.
_UNWILLING_IF_NEGATED = {
    "want", "wish", "care", "like", "able", "ready", "prepared", "prepare", "willing", "authorise", "authorize", "authorised",
    "authorized", "allow", "permit", "free", "dare", "intend", "plan", "keen", "position",
}  # fmt: skip
_LONGEST_CHAIN = 6


def mood_of(reading: Reading, act: Act, contents: set[int]) -> Mood:
    """Return the mood of the cue's act. ``contents`` are the numbers of the words it reports, which are ignored."""
    start, visited = act.word, set[int]()
    mood = _mood_along_chain(reading, start, contents, visited)
    governor = reading.head[start]
    if mood == "fact" and start != act.anchor and act.anchor not in visited:
        mood = _mood_along_chain(reading, act.anchor, contents, visited)
    elif mood == "fact" and reading.words[start].upos == "NOUN" and reading.words[start].deprel == "obj":
        mood = _mood_along_chain(reading, governor, contents, visited)  # `will issue a call for`
    return mood


def _mood_along_chain(reading: Reading, node: int, contents: set[int], visited: set[int]) -> Mood:
    """Return the mood of a word combined with the words that govern it as an infinitive."""
    negated = False
    for _ in range(_LONGEST_CHAIN):
        visited.add(node)
        own_mood = _own_mood(reading, node, contents)
        if own_mood in ("unreal", "refused"):
            return own_mood
        negated ^= own_mood == "negated"
        governor = _governor(reading, node, contents)
        if governor is None or governor in visited:
            break
        effect = _effect_of_governor(reading, node, governor, negated, contents)
        if effect is not None:
            visited.add(governor)
        if effect == "negated":
            negated = not negated
        elif effect is not None:
            return effect
        if reading.words[node].deprel.split(":")[0] not in ("xcomp", "ccomp", "conj"):
            # In `did not call to say` only the call is denied; a modal on the governor applies to both.
            return "unreal" if _own_mood(reading, governor, contents) == "unreal" else "negated" if negated else "fact"
        node = governor
    return "negated" if negated else "fact"


def _own_mood(reading: Reading, node: int, contents: set[int]) -> Mood:
    """Return the mood that the dependents of the verb express."""
    words, lower = reading.words, reading.lower
    modifiers = [c for c in _modifiers(reading, node) if c not in contents]
    negated = _is_negated(reading, modifiers) or _has_negative_subject(reading, modifiers, contents)
    marks = {lower[c] for c in modifiers if words[c].deprel == "mark" and c < node}
    if (
        marks & _CONDITIONAL
        or _is_inverted_condition(reading, node, modifiers)
        or _is_generic(reading, node, modifiers)
    ):
        return "unreal"
    if marks & {"without"}:
        return "negated"
    if any(
        lower[c] == "instead" or lower[c] == "rather" for c in modifiers if words[c].deprel in ("mark", "case", "cc")
    ):
        return "negated"
    modals = [c for c in modifiers if words[c].upos == "AUX" and words[c].deprel != "cop" and c < node]
    modal = next((lower[c] for c in modals if lower[c] in _FUTURE | _POSSIBLE), None)
    if modal in ("'d", "’d") and "VerbForm=Inf" not in words[node].feats:
        modal = None  # `he'd said`
    beside = {lower[i] for i in range(min(modifiers, default=node), min(node + 2, len(words)))}
    if modal is not None:
        return _mood_of_modal(reading, node, modal, negated, beside)
    if any(lower[c] == "to" for c in modifiers) and any(
        words[c].lemma == "be" and words[c].upos == "AUX" and words[c].deprel == "aux" for c in modals
    ):
        return "unreal"  # `is to announce`
    if _is_own_question(reading, node, modifiers):
        return "unreal"
    return "negated" if negated else "fact"


def _mood_of_modal(reading: Reading, node: int, modal: str, negated: bool, beside: set[str]) -> Mood:
    """Return the mood of a verb with the auxiliary ``modal``. ``beside`` are the words around the verb."""
    lemma = lemma_of(reading, node)
    if beside & _FACTUAL_ADVERBS and modal in ("would", "'d", "’d", "could", "will", "can"):
        return "fact"
    if negated:
        return "refused" if modal in _FUTURE | {"could", "can", "ca", "cannot"} and "have" not in beside else "unreal"
    if modal == "cannot":
        return "refused"
    if modal == "can" and lemma in _PERFORMATIVE:
        return "fact"
    first_person = beside & {"i", "we"}
    if first_person and modal in ("would", "'d", "’d", "must", "should", "can", "will"):
        return "fact"  # `I would say`, `we must stress`
    return "unreal"


def _modifiers(reading: Reading, node: int) -> list[int]:
    """Return the dependents of the verb, and those it shares with the verb it is coordinated with
    (``did not confirm or deny``).
    """
    words = reading.words
    modifiers = list(reading.children[node])
    head = reading.head[node]
    bare = "VerbForm=Fin" not in words[node].feats and not any(words[c].upos == "AUX" for c in modifiers)
    if words[node].deprel == "conj" and head >= 0 and head < node:
        if bare:
            modifiers += [
                c
                for c in reading.children[head]
                if words[c].upos in ("AUX", "PART", "SCONJ") or reading.lower[c] in _NEGATIONS
            ]
        if not any(words[c].deprel.startswith("nsubj") for c in modifiers):
            modifiers += [
                c for c in reading.children[head] if words[c].deprel == "mark" and reading.lower[c] in _CONDITIONAL
            ]
    return sorted(set(modifiers))


def _is_negated(reading: Reading, modifiers: list[int]) -> bool:
    """Whether one of ``modifiers`` is a negation, except in ``not only`` and the like."""
    return any(
        reading.lower[c] in _NEGATIONS
        and not reading.is_quoted(c)
        and reading.lower[min(c + 1, len(reading.lower) - 1)] not in _RESTRICTING
        and reading.words[c].deprel.split(":")[0] in ("advmod", "aux", "cc", "neg", "det", "discourse", "dep")
        for c in modifiers
    )


def _has_negative_subject(reading: Reading, modifiers: list[int], contents: set[int]) -> bool:
    """Whether the subject or an adjunct denies the act.

    Examples: ``Nobody has claimed``, ``No official said``, ``Neither Vale nor Lund said``,
    ``At no point did she say``.
    """
    for subject in modifiers:
        relation = reading.words[subject].deprel.split(":")[0]
        if (
            relation == "nsubj" or (relation == "obl" and reading.lower[subject] in _NEGATIVE_ADJUNCTS)
        ) and subject not in contents:
            if reading.lower[subject] in _NEGATIVE_PRONOUNS:
                return True
            if any(
                reading.lower[c] in ("no", "neither")
                and c < subject
                and reading.words[c].deprel.split(":")[0] in ("det", "cc", "advmod")
                for c in reading.children[subject]
            ):
                return True
    return False


def _is_inverted_condition(reading: Reading, node: int, modifiers: list[int]) -> bool:
    """Whether the verb is a condition without ``if``: ``Had she said so, …``, ``Should he say``, ``Were she to claim``."""
    words = reading.words
    if words[node].deprel not in ("advcl", "root", "ccomp"):
        return False
    subject = next((c for c in modifiers if words[c].deprel.startswith("nsubj")), None)
    first = next((c for c in modifiers if words[c].upos == "AUX"), None)
    return (
        subject is not None and first is not None and first < subject < node
        and reading.lower[first] in ("had", "should", "were")
    )  # fmt: skip


def _is_generic(reading: Reading, node: int, modifiers: list[int]) -> bool:
    """Whether the subject is nobody in particular: ``anyone who says``, ``whoever claims``."""
    words = reading.words
    if any(
        reading.lower[c] in ("whoever", "whosoever", "anyone", "anybody")
        for c in modifiers
        if words[c].deprel.startswith("nsubj")
    ):
        return True
    head = reading.head[node]
    return words[node].deprel == "acl:relcl" and head >= 0 and reading.lower[head] in ("anyone", "anybody", "whoever")


def _is_own_question(reading: Reading, node: int, modifiers: list[int]) -> bool:
    """Whether the sentence is the article's own question: ``Did she say that …?``, ``Who says that …?``"""
    words = reading.words
    last = reading.sentence_range(node)[-1]
    end = last
    while end > node and words[end].upos == "PUNCT" and reading.lower[end] != "?":
        end -= 1
    if (
        reading.lower[end] != "?"
        or reading.is_quoted(end)
        or reading.is_quoted(node)
        or words[node].deprel not in ("root", "conj")
    ):
        return False
    subject = next((c for c in modifiers if words[c].deprel.startswith("nsubj")), None)
    auxiliary = next((c for c in modifiers if words[c].upos == "AUX"), None)
    if subject is None:
        return False
    asked = reading.lower[subject] in ("who", "what", "which")
    return asked or (auxiliary is not None and auxiliary < subject < node)


def _governor(reading: Reading, node: int, contents: set[int]) -> int | None:
    """Return the word that governs the verb as an infinitive or a gerund, so that both describe one event, or ``None``."""
    words = reading.words
    head = reading.head[node]
    if head < 0 or head in contents:
        return None
    relation = words[node].deprel.split(":")[0]
    before = {reading.lower[c] for c in reading.children[node] if c < node and c not in contents}
    gerund = reading.lower[node].endswith("ing") and before & {"of", "from", "about", "at", "in"}
    if relation == "xcomp" or (relation in ("ccomp", "advcl", "acl", "csubj") and ("to" in before or gerund)):
        return head
    if (
        relation == "conj"
        and head < node
        and "VerbForm=Fin" not in words[node].feats
        and words[head].deprel in ("xcomp", "advcl", "acl")
    ):
        return reading.head[head] if reading.head[head] >= 0 else None
    return None


def _effect_of_governor(reading: Reading, node: int, governor: int, negated: bool, contents: set[int]) -> Mood | None:
    """Return the mood that the governing word gives to the verb under it, or ``None`` if it does not change the mood."""
    words, lower = reading.words, reading.lower
    lemma = lower[governor] if words[governor].upos in ("ADJ", "ADV", "NOUN") else lemma_of(reading, governor)
    modifiers = reading.children[governor]
    negated_governor = _is_negated(reading, modifiers) or _has_negative_subject(reading, modifiers, contents)
    if lemma in _FAILING:
        return "fact" if negated_governor else "negated"
    if lemma in _REFUSING:
        return "fact" if negated_governor else "refused"
    if lemma in ("have", "be") and any(lower[c] == "yet" for c in (*modifiers, *reading.children[node])):
        return "refused"
    if negated_governor and lemma in _UNWILLING_IF_NEGATED:
        return "refused"
    if lemma == "able" and any(lower[c] in ("was", "were") for c in modifiers):
        return None
    if lower[governor] == "going" and any(words[c].upos == "AUX" for c in modifiers):
        return "unreal"
    if lemma == "be" and words[node].deprel == "xcomp":
        return "unreal"
    if words[governor].upos == "NOUN" and words[node].deprel.startswith("acl"):
        governor = reading.head[governor]
        seized = governor >= 0 and lemma_of(reading, governor) in ("take", "use", "seize", "miss")
        return None if seized or any(lower[c] in ("first", "last", "latest", "only") for c in modifiers) else "unreal"
    if lemma in _PROSPECTIVE and not negated:
        return "unreal"
    return None
