"""Speech acts of which an article gives only what they were about: ``called for calm``, ``discussed the budget``, ``thanked the crew``."""

from __future__ import annotations

from quotetrack.extract.draft import Draft, kind_of
from quotetrack.extract.find.acts import act_of
from quotetrack.extract.find.complement import NOT_CLAUSES, complement_of, words_in
from quotetrack.extract.find.topics import is_addressed, is_topic
from quotetrack.extract.reading import Reading
from quotetrack.model import Kind

_LONGEST = 3


def is_bare(reading: Reading, draft: Draft, kind: Kind) -> bool:
    """Whether nobody's own words are given, only a noun phrase of three words or fewer, a topic or a hearer."""
    return _is_short_noun_phrase(reading, draft, kind) or _only_names_topic(reading, draft)


def _only_names_topic(reading: Reading, draft: Draft) -> bool:
    if draft.proposal is None or draft.cue is None or reading.quoted_in(draft.start, draft.end):
        return False
    act = act_of(reading, draft.cue)
    if act is None or reading.words[act.word].upos not in ("VERB", "AUX", "NOUN", "ADJ"):
        return False
    complement = complement_of(reading, draft, kind_of(reading, draft.content))
    return is_topic(reading, draft, act, complement) or is_addressed(reading, draft, act, complement)


def _is_short_noun_phrase(reading: Reading, draft: Draft, kind: Kind) -> bool:
    """Whether the content is a noun phrase of three words or fewer and nobody's own words: ``for calm``, ``a deal``."""
    if kind != "indirect" or draft.cue is None:
        return False
    words = words_in(reading, draft)
    while words and reading.words[words[0]].upos == "ADP":
        words = words[1:]
    tags = [reading.words[i].upos for i in words]
    possessive = [i for i in words if reading.lower[i] in ("'s", "’s")]
    return (
        0 < len(words) - len(possessive) <= _LONGEST
        and all(tag in NOT_CLAUSES or words[place] in possessive for place, tag in enumerate(tags))
        and any(tag in ("NOUN", "PROPN", "PRON") for tag in tags)
    )
