"""The words in which pages and terminal tell what a quotation is, how its speaker was found, and how sure that is."""

from __future__ import annotations

# Below this, right answers are no more than even; reports and terminal say so.
LOW_CONFIDENCE = 0.5

METHODS = {
    "name": "named in the text",
    "nominal": "described in the text",
    "pronoun": "a pronoun, resolved",
    "neighbour": "taken over from the quotation or sentence beside it",
    "person": "decided by a person",
    "none": "speaker not known",
}
KINDS = {
    "direct": "verbatim",
    "mixed": "partly verbatim",
    "indirect": "reported speech: the article’s words, not the speaker’s",
}

# What is not plainly stated says so beside every printing.
STANCES = {
    "stated": "",
    "denied": "denied",
    "requested": "requested",
    "asked": "asked, not said",
    "declined": "would not say",
    "hypothetical": "imagined or announced, not said",
    "believed": "thought, not said",
}

VARIANTS = {
    "shown": "shown",
    "identical": "identical",
    "marks": "the same words",
    "truncated": "shortened",
    "longer": "longer",
    "ellipsis": "words left out, and marked so",
    "insertion": "words in brackets",
    "altered": "words altered",
    "paraphrase": "partly or wholly paraphrased",
}


def sureness(confidence: float) -> str:
    """``confidence`` (0..1) in words: ``low confidence (40 of 100)``, ``confidence 85 of 100``."""
    value = f"{confidence * 100:.0f} of 100"
    return f"low confidence ({value})" if confidence < LOW_CONFIDENCE else f"confidence {value}"


def both_sure(confidence: float, speaker_confidence: float, named: bool = True) -> str:
    """How sure the quotation is and, where its speaker is named, how sure the name is."""
    return f"{sureness(confidence)}; {speaker_sureness(speaker_confidence)}" if named else sureness(confidence)


def speaker_sureness(confidence: float) -> str:
    """The same of the speaker's name: ``speaker 85 of 100``, ``speaker unsure (40 of 100)``."""
    value = f"{confidence * 100:.0f} of 100"
    return f"speaker unsure ({value})" if confidence < LOW_CONFIDENCE else f"speaker {value}"


def how_found(source: str | None, method: str | None) -> str:
    """The phrase of the text that names the speaker and how the speaker was found from it."""
    if not source:
        return "Decided by a person" if method == "person" else "The article names no source"
    return f"Source in the text: “{source}” ({METHODS[method or 'none']})"


def decision(kind: str, summary: str, by: str, day: str, why: str) -> str:
    """What a person decided, as a sentence for reports."""
    if kind == "confirm":
        return f"Confirmed by {by} on {day}: {why}"
    return f"{summary}: decided by {by} on {day}: {why}"
