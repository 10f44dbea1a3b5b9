"""Distinguish cues of speech from cues of belief, intention and judgement.

PolNeAR annotates all attributions, including thoughts, wishes and support. The lemmas below introduce content that was
expressed in words. Verbs of belief and attitude (``think``, ``hope``), evidence (``show``), and judgement about a target
(``criticise``, ``endorse``) are excluded.
"""

from __future__ import annotations

import re
from functools import lru_cache

from quotetrack.text.inflection import dictionary_lemma

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
# Forms that the dictionary takes for nouns, or lacks.
_OTHER_FORMS = {"according", "musing", "proclaiming", "swearing", "swore", "warning", "writing"}


@lru_cache(maxsize=1)
def _lemmas() -> frozenset[str]:
    return frozenset(_LEMMAS.split())


def is_speech(cue: str) -> bool:
    """Whether a cue introduces speech; a colon alone does (as in transcripts), an empty cue does not."""
    words = re.findall(r"\w+", cue.lower())
    if not words:
        return bool(cue.strip())
    return any(w in _OTHER_FORMS or dictionary_lemma(w) in _lemmas() for w in words) or {"in", "words"} <= set(words)
