"""Determine the stance of a quotation: stated, denied, asked, declined, requested, believed or hypothetical.

The stance combines what the Penn Discourse Treebank (Prasad et al. 2007) annotates separately: the type, polarity and
determinacy of an attribution (see ``docs/stance.md``). What the cue does depends on its lemma and complement
(``acts.py``); whether it happened depends on the tree around it (``mood.py``).
"""

from __future__ import annotations

from quotetrack.extract.find.acts import Act, act_of, kinds_of, lemma_of
from quotetrack.extract.find.beliefs import is_expressed, is_only_thought
from quotetrack.extract.find.complement import Complement, complement_of, is_question, words_in
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.labels import QUESTION_LABEL
from quotetrack.extract.find.mood import mood_of
from quotetrack.extract.reading import Reading
from quotetrack.model import Kind, Stance

_TURN_LAYOUTS = ("transcript", "interview")
_LONGEST_QUESTION = 3  # sentences of a turn that ends in a question
_REQUEST_PREPOSITIONS = {"for", "on", "upon"}
_REPLY_VERBS = {"respond", "reply", "answer", "comment", "elaborate"}  # a negated reply is declined, not denied
_REJECTION_VERBS = {"reject", "dismiss", "rebuff"}
_REJECTABLE_NOUNS = {
    "proposal",
    "offer",
    "resolution",
    "motion",
    "agreement",
    "submission",
    "case",
    "complaint",
    "plan",
    "appeal",
    "apology",
    "advice",
}
# With a noun of feeling these verbs say that the feeling exists, not that somebody expressed it.
_POSSESSION_VERBS = {"have", "hold", "share", "be", "feel", "harbour", "harbor", "keep"}
_THINKING_VERBS = {"think", "wonder", "ponder", "contemplate", "feel", "decide"}
_SAYING_VERBS = {
    "say",
    "tell",
    "announce",
    "declare",
    "argue",
    "claim",
    "warn",
    "explain",
    "reveal",
    "confirm",
    "deny",
    "insist",
    "state",
    "call",
    "urge",
}
_INFINITIVE_REQUESTS = {
    "ask",
    "tell",
    "warn",
    "remind",
    "caution",
    "teach",
    "signal",
    "alert",
    "write",
    "email",
    "text",
    "call",
    "push",
    "notify",
    "advocate",
    "impress",
    "emphasise",
    "emphasize",
    "stress",
}


def stance_of(reading: Reading, draft: Draft, kind: Kind) -> Stance:
    """Return the stance of ``draft``. A quotation without a cue is ``asked`` if it is an interview question, else
    ``stated``.
    """
    act = act_of(reading, draft.cue) if draft.cue is not None else None
    if act is None:
        return "asked" if _is_interview_question(reading, draft) else "stated"
    complement = complement_of(reading, draft, kind)
    cue_stance = _own_stance(reading, act, draft, complement)
    mood = mood_of(reading, act, set(words_in(reading, draft)))
    if complement == "speech" and mood in ("negated", "refused") and _is_free_standing(reading, draft):
        mood = "fact"  # `He would not budge: “…”`
    if mood == "unreal":
        return "believed" if cue_stance == "believed" and _is_wish(reading, act) else "hypothetical"
    if cue_stance == "believed" or mood == "fact":
        return cue_stance
    if mood == "refused" or cue_stance in ("denied", "declined"):
        return "declined"
    if cue_stance == "asked":
        return "asked"
    return "declined" if complement == "question" or act.lemma in _REPLY_VERBS | {"mention"} else "denied"


def _is_interview_question(reading: Reading, draft: Draft) -> bool:
    """Whether a quotation without a cue is a question.

    It is if it is labelled ``Q:``, is a short turn that ends in a question mark, or continues a question.
    """
    if draft.inherited is not None and draft.inherited.cue is not None and is_question(reading, draft):
        return stance_of(reading, draft.inherited, "direct") == "asked"
    if draft.found_by not in _TURN_LAYOUTS:
        return False
    label = reading.text[max(0, draft.start - 16) : draft.start].rsplit("\n", 1)[-1].strip()
    if QUESTION_LABEL.fullmatch(label):
        return True
    words = reading.words_between(draft.start, draft.end)
    sentences = {reading.sentence_of[i] for i in words}
    return is_question(reading, draft) and len(sentences) <= _LONGEST_QUESTION


def _own_stance(reading: Reading, act: Act, draft: Draft, complement: Complement) -> Stance:
    """Return the stance that the cue has if its act happened."""
    if reading.words[act.word].upos == "NOUN" and not _is_mistagged_verb(reading, act):
        return _stance_of_noun(reading, act, draft)
    kinds, lemma = act.kinds, act.lemma
    particles = {reading.lower[i] for i in act.words} | _particles_after(reading, act)
    spoken = complement == "speech" and _is_free_standing(reading, draft)
    if "asked" in kinds:
        return _stance_of_asking(reading, act, draft, complement, particles, spoken)
    if lemma in _REPLY_VERBS and _replies_to_question(reading, act, draft):
        return "asked"
    if is_only_thought(reading, act, draft, complement):
        return "believed"
    if lemma in ("demand", "want") and complement != "clause" and _first_words(reading, draft, 2) == "to know":
        return "asked"
    if lemma == "rule" and "out" in particles:
        return "denied"
    if "denied" in kinds or "declined" in kinds:
        return _stance_of_refusal(reading, act, draft, complement, spoken)
    if _is_request(reading, act, draft, complement, particles):
        return "requested"
    if lemma == "plead" and (particles | {_first_words(reading, draft)}) & {"guilty", "not", "innocent"}:
        return "stated"
    if "requested" in kinds:
        if lemma in ("demand", "challenge", "press") and is_question(reading, draft):
            return "asked"
        return "requested" if "stated" not in kinds or complement != "phrase" or lemma == "recommend" else "stated"
    if "believed" in kinds and is_expressed(reading, act, complement):
        return "requested" if lemma == "convince" else "stated"
    if lemma == "wonder" and is_question(reading, draft):
        return "asked"
    if "believed" in kinds and "stated" not in kinds:
        return _stance_of_belief(reading, act, complement, spoken)
    return "stated"


def _stance_of_refusal(reading: Reading, act: Act, draft: Draft, complement: Complement, spoken: bool) -> Stance:
    """Return ``denied`` for ``denied that``, ``declined`` for ``declined to``, ``stated`` for
    ``dismissed it as “nonsense”``.
    """
    if spoken or _has_as_predicate(reading, act, draft):
        return "stated"
    return "denied" if "denied" in act.kinds and not _is_refusal_of_offer(reading, act, complement) else "declined"


def _stance_of_belief(reading: Reading, act: Act, complement: Complement, spoken: bool) -> Stance:
    """Return ``believed`` for ``thinks that``, but ``stated`` for an utterance between marks."""
    if complement == "infinitive" and _has_unsaid_infinitive(reading, act):
        return "hypothetical"
    return "stated" if spoken and act.lemma not in _THINKING_VERBS else "believed"


def _stance_of_asking(
    reading: Reading, act: Act, draft: Draft, complement: Complement, particles: set[str], spoken: bool
) -> Stance:
    """Return ``asked`` for ``asked whether``, ``requested`` for ``asked for`` and ``asked them to``."""
    wanted = (
        complement in ("infinitive", "clause")
        or "for" in particles
        or _first_words(reading, draft) == "for"
        or _has_prepositional_object(reading, act, draft, "for")
    ) and "about" not in particles
    return "requested" if act.lemma == "ask" and wanted and not is_question(reading, draft) and not spoken else "asked"


def _is_request(reading: Reading, act: Act, draft: Draft, complement: Complement, particles: set[str]) -> bool:
    """Whether a verb that can also state something is a request here.

    Examples: ``called for``, ``insisted on``, ``warned against``, ``told them to``.
    """
    lemma, opening = act.lemma, _first_words(reading, draft)
    if lemma in ("call", "push", "campaign", "advocate"):
        if particles & _REQUEST_PREPOSITIONS or opening in _REQUEST_PREPOSITIONS | {"to"}:
            return True
    if lemma == "insist" and ("on" in particles or opening == "on"):
        return True
    if complement == "infinitive" and lemma in _INFINITIVE_REQUESTS and not _is_passive_report(reading, act):
        return True
    return lemma in ("warn", "caution") and ("against" in particles or opening == "against")


def _replies_to_question(reading: Reading, act: Act, draft: Draft) -> bool:
    """Whether the content is the question replied to, not the reply: ``responding to a question about the dam``."""
    return any(
        "asked" in kinds_of(reading, i) and reading.words[i].upos == "NOUN" and reading.head[i] == act.anchor
        for i in (*act.words, *words_in(reading, draft))
    )


def _has_prepositional_object(reading: Reading, act: Act, draft: Draft, preposition: str) -> bool:
    """Whether the content has the addressee and then an object with ``preposition``: ``asked [the board for money]``."""
    return any(
        reading.lower[i] == preposition and act.anchor == reading.head[reading.head[i]]
        for i in words_in(reading, draft)
        if reading.head[i] >= 0
    )


def _is_refusal_of_offer(reading: Reading, act: Act, complement: Complement) -> bool:
    """Whether a verb of rejection refuses an offer (``rejected the offer``) instead of denying a claim
    (``rejected the claim``).
    """
    if act.lemma not in _REJECTION_VERBS or complement != "phrase":
        return False
    objects = [c for c in reading.children[act.word] if reading.words[c].deprel in ("obj", "nsubj:pass")]
    return bool(objects) and not any(
        kinds_of(reading, c) & {"stated", "denied", "believed"} and lemma_of(reading, c) not in _REJECTABLE_NOUNS
        for c in objects
    )


def _has_as_predicate(reading: Reading, act: Act, draft: Draft) -> bool:
    """Whether the content is what something is called: ``dismissed it as “nonsense”``."""
    if _first_words(reading, draft) == "as" or _word_before(reading, draft) == "as":
        return True
    return any(
        reading.lower[i] == "as" and act.anchor in (reading.head[i], reading.head[reading.head[i]])
        for i in words_in(reading, draft)
        if reading.head[i] >= 0
    )


def _has_unsaid_infinitive(reading: Reading, act: Act) -> bool:
    """Whether the cue governs a verb of saying that has not happened: ``is expected to announce``, ``wants to say``."""
    return any(
        reading.words[c].deprel in ("xcomp", "ccomp")
        and lemma_of(reading, c) in _SAYING_VERBS
        and not any(reading.words[d].deprel.startswith("nsubj") for d in reading.children[c])
        for i in act.words
        for c in reading.children[i]
        if c not in act.words
    )


def _is_mistagged_verb(reading: Reading, act: Act) -> bool:
    """Whether the tagger labelled a verb (``asked``, ``saying``) as a noun."""
    return reading.lower[act.word].endswith(("ed", "ing")) and "believed" not in act.kinds and act.word == act.anchor


def _stance_of_noun(reading: Reading, act: Act, draft: Draft) -> Stance:
    """Return the stance of a noun cue.

    Examples: ``her denial that``, ``rejected claims that``, ``expressed the hope that``, ``no suggestion that``.
    """
    noun = act.word
    governor = reading.head[noun]
    if any(reading.lower[c] == "no" for c in reading.children[noun]) and "believed" not in act.kinds:
        return "denied"
    noun_stance: Stance = next(
        (k for k in ("denied", "asked", "declined", "requested", "believed") if k in act.kinds), "stated"
    )
    if governor < 0 or reading.words[governor].upos not in ("VERB", "AUX"):
        return noun_stance
    relation = reading.words[noun].deprel.split(":")[0]
    if relation not in ("obj", "nsubj", "obl", "xcomp"):
        return noun_stance
    if relation == "obj" or "Voice=Pass" in reading.words[governor].feats:
        inside = draft.source is not None and draft.source.head in reading.subtree(noun)
        if "denied" in kinds_of(reading, governor) and not inside:
            return "denied"
    if (
        noun_stance == "believed"
        and relation == "obj"
        and lemma_of(reading, governor) not in _POSSESSION_VERBS
        and "stated" in kinds_of(reading, governor)
    ):
        return "stated"
    if noun_stance == "believed" and relation == "obj" and lemma_of(reading, governor) in ("give", "make", "issue"):
        return "stated"
    return noun_stance


def _is_passive_report(reading: Reading, act: Act) -> bool:
    """Whether the cue reports on its subject, like ``is said to`` or ``is reported to``, and is no request."""
    return act.lemma in ("say", "report", "call") and any(
        reading.words[c].deprel == "aux:pass" for c in reading.children[act.word]
    )


def _is_wish(reading: Reading, act: Act) -> bool:
    """Whether the cue is a wish: ``would like``, ``would rather``."""
    return act.lemma in (
        "like",
        "love",
        "prefer",
        "wish",
        "hate",
        "welcome",
        "want",
        "need",
        "support",
        "oppose",
        "favour",
        "favor",
    ) or any(reading.lower[i] in ("rather", "like") for i in act.words)


def _particles_after(reading: Reading, act: Act) -> set[str]:
    """Return the particles and prepositions right after the verb, which the cue may not include."""
    return {reading.lower[i] for i in range(act.words.stop, min(act.words.stop + 1, len(reading.lower)))} | {
        reading.lower[c] for c in reading.children[act.word] if reading.words[c].deprel == "compound:prt"
    }


def _first_words(reading: Reading, draft: Draft, count: int = 1) -> str:
    """Return the first ``count`` words of the content."""
    return " ".join(reading.lower[i] for i in words_in(reading, draft)[:count])


def _word_before(reading: Reading, draft: Draft) -> str:
    """Return the word right before the content, ignoring opening marks."""
    index = reading.words_between(draft.start, draft.end).start - 1
    while index >= 0 and reading.lower[index] in ('"', "“", "'", "‘", "«", "„"):
        index -= 1
    return reading.lower[index] if index >= 0 else ""


def _is_free_standing(reading: Reading, draft: Draft) -> bool:
    """Whether the content precedes the cue or is set off from it by punctuation: ``“No,” he denied``."""
    if draft.cue is None or draft.start < draft.cue.start:
        return True
    return reading.text[draft.cue.start : draft.start].rstrip()[-1:] in (",", ":", ".")
