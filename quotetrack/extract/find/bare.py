"""Recognise quotations that give only the topic of a speech act: ``called for calm``, ``discussed the budget``,
``thanked the crew``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from quotetrack.extract.find.acts import act_of
from quotetrack.extract.find.complement import PHRASE_TAGS, complement_of, words_in
from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.topics import is_addressee, is_topic
from quotetrack.extract.reading import Reading
from quotetrack.model import Kind

_LONGEST = 3
MIN_STATEMENT_SHARE = 0.6  # noun phrases of cues with a lower share of statements are bare


def is_bare(reading: Reading, draft: Draft, kind: Kind) -> bool:
    """Whether the quotation gives nobody's own words.

    True if the content is a noun phrase of at most three words, only a topic or an addressee, or the object of a cue
    whose objects are rarely statements (``defended the launch of the bureau``).
    """
    if _is_short_noun_phrase(reading, draft, kind) or _only_names_topic(reading, draft, kind):
        return True
    lemma = cue_of_noun_phrase(reading, draft, kind)
    return bool(lemma) and statement_share(lemma) < MIN_STATEMENT_SHARE


def cue_of_noun_phrase(reading: Reading, draft: Draft, kind: Kind) -> str:
    """Return the lemma of the cue if the content is an unmarked noun phrase found by the model, else an empty string."""
    if kind != "indirect" or draft.proposal is None or draft.cue is None:
        return ""
    act = act_of(reading, draft.cue)
    if act is None or "topic" in act.kinds or complement_of(reading, draft, kind) != "phrase":
        return ""  # topics.py decides for these verbs: "the study showed a rise"
    return act.lemma


def statement_share(lemma: str) -> float:
    """Return the share, in 0..1, of noun phrases with this cue that are statements.

    Uses the counts in ``data/noun_phrases.tsv`` with add-one (Laplace) smoothing.
    """
    statements, no = _counts().get(lemma, (0, 0))
    return (statements + 1) / (statements + no + 2)


@cache
def _counts() -> dict[str, tuple[int, int]]:
    """Return for each cue how many noun phrases were statements and how many were not."""
    text = files("quotetrack.extract").joinpath("data", "noun_phrases.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {lemma: (int(statements), int(no)) for lemma, statements, no in rows}


def _only_names_topic(reading: Reading, draft: Draft, kind: Kind) -> bool:
    """Whether the content is the topic or the addressee of the speech act."""
    if draft.proposal is None or draft.cue is None or reading.quoted_in(draft.start, draft.end):
        return False
    act = act_of(reading, draft.cue)
    if act is None or reading.words[act.word].upos not in ("VERB", "AUX", "NOUN", "ADJ"):
        return False
    complement = complement_of(reading, draft, kind)
    return is_topic(reading, draft, act, complement) or is_addressee(reading, draft, act, complement)


def _is_short_noun_phrase(reading: Reading, draft: Draft, kind: Kind) -> bool:
    """Whether the content is an unmarked noun phrase of at most three words, such as ``for calm`` or ``a deal``."""
    if kind != "indirect" or draft.cue is None:
        return False
    words = words_in(reading, draft)
    while words and reading.words[words[0]].upos == "ADP":
        words = words[1:]
    tags = [reading.words[i].upos for i in words]
    possessive = [i for i in words if reading.lower[i] in ("'s", "’s")]
    return (
        0 < len(words) - len(possessive) <= _LONGEST
        and all(tag in PHRASE_TAGS or words[position] in possessive for position, tag in enumerate(tags))
        and any(tag in ("NOUN", "PROPN", "PRON") for tag in tags)
    )
