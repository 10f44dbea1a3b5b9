"""What the pages call things: the words of the data in the words of a newsroom."""

from __future__ import annotations

UNCERTAIN = 0.6  # below this an attribution is flagged
_SURE = 0.8

KINDS = {
    "direct": "Direct speech",
    "mixed": "Partly verbatim",
    "indirect": "Reported speech — the article’s words",
}
TYPES = {
    "person": "Person",
    "organisation": "Organisation",
    "place": "Place",
    "group": "Group",
    "document": "Document",
    "unnamed": "Unnamed",
    "joint": "Joint",
}
_METHODS = {
    "name": "named",
    "nominal": "described, not named",
    "neighbour": "taken from the neighbouring quotation",
    "none": "not established",
}
_PRONOUNS = {"he", "she", "they", "it", "i", "we", "who", "him", "her", "them"}


def found(method: str, source: str) -> str:
    """How the speaker was found; a pronoun is given by itself: ``“he” resolved`` without the marks."""
    if method == "pronoun":
        word = source.strip().lower()
        return f"pronoun {word}, resolved" if word in _PRONOUNS else "pronoun, resolved"
    return _METHODS.get(method, _METHODS["none"])


def confidence(value: float) -> str:
    """Confidence in a word; ``uncertain`` is the one that is flagged."""
    return "uncertain" if value < UNCERTAIN else "moderate" if value < _SURE else "high"
