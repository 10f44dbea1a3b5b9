"""Names of bodies and places made comparable, and which source phrases are names at all."""

from __future__ import annotations

import re

from quotetrack.extract.people import fold

# The forms of a state's name that news uses side by side.
_SAME = {
    "us": "united states", "usa": "united states", "america": "united states", "united states of america": "united states",
    "uk": "united kingdom", "britain": "united kingdom", "great britain": "united kingdom", "un": "united nations",
    "eu": "european union", "uae": "united arab emirates", "drc": "democratic republic congo", "prc": "china",
}  # fmt: skip


def body_key(name: str) -> str:
    """The name without article, case, accents and points, the known short forms of states spelt out."""
    key = re.sub(r"^(?:the|a|an)\s+", "", " ".join(fold(name)))
    return _SAME.get(key, key)


def printed_name(text: str) -> str:
    """A source phrase as an alias: the phrase itself if it is short and capitalised throughout, else nothing."""
    words = text.split()
    if not 1 <= len(words) <= 5 or text.lower() in ("he", "she", "they", "it", "we", "i", "who"):
        return ""
    if all(w[:1].isupper() or w.lower() in ("the", "of", "al", "for", "and", "de", "van") for w in words):
        return re.sub(r"^[Tt]he\s+", "", text)
    return ""
