"""Distinguish cues of speech from cues of belief, intention and judgement.

PolNeAR annotates all attributions, including thoughts, wishes and support. The lemmas below introduce content that was
expressed in words. Verbs of belief and attitude (``think``, ``hope``), evidence (``show``), and judgement about a target
(``criticise``, ``endorse``) are excluded.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LEMMAS = """
accuse acknowledge add admit advise affirm allege announce answer apologise apologize argue ask assert assure beg bellow
bemoan bluster boast brag call caution chant characterise characterize chime cite claim clarify comment complain concede
conclude confess confide confirm contend continue counter deadpan declare demand deny describe disclose divulge elaborate
email emphasise emphasize exclaim explain gripe groan grouse grumble gush highlight hint implore imply indicate inform
insinuate insist instruct interject intone jeer joke lament maintain mention murmur muse mutter note notify observe opine
plead pledge post predict proclaim profess promise pronounce propose quip quote rant reaffirm rebut recall recommend
recount reiterate remark remind repeat rephrase reply report respond restate retort retweet reveal say scoff scream shout
snark sneer spout state stress suggest summarise summarize swear tell testify thunder tout tweet urge utter vow warn
whisper wonder write yell
"""
_PASTS = {
    "plead": ("pleaded", "pled"), "say": ("said",), "swear": ("swore", "sworn"), "tell": ("told",),
    "write": ("wrote", "written"),
}  # fmt: skip
_DOUBLED = {"admit", "beg", "brag", "deadpan", "quip", "rebut"}
_VOWELS = "aeiou"


@lru_cache(maxsize=1)
def speech_forms() -> frozenset[str]:
    """Return all inflected forms of the lemmas, and ``according``."""
    forms = {"according"}
    for lemma in _LEMMAS.split():
        forms |= {lemma, *_inflected(lemma)}
    return frozenset(forms)


def _inflected(lemma: str) -> set[str]:
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma.removesuffix("e")
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    else:
        third, past = lemma + ("es" if lemma.endswith(("ss", "sh", "ch")) else "s"), stem + "ed"
    return {third, stem + "ing", *_PASTS.get(lemma, (past,))}


def is_speech(cue: str) -> bool:
    """Whether a cue introduces speech; a colon alone does (as in transcripts), an empty cue does not."""
    words = re.findall(r"\w+", cue.lower())
    if not words:
        return bool(cue.strip())
    return not speech_forms().isdisjoint(words) or {"in", "words"} <= set(words)
