"""The words in which pages and terminal tell what a quotation is, how its speaker was found, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack.model import LOW_CONFIDENCE

if TYPE_CHECKING:
    from quotetrack.read.printing import Decision, Printing

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


def doubt(printing: Printing) -> str:
    """What makes a printing ``uncertain``: the confidence that is low."""
    if printing.confidence < LOW_CONFIDENCE:
        return sureness(printing.confidence)
    return speaker_sureness(printing.speaker_confidence)


def decision(one: Decision) -> str:
    """What a person decided, as a sentence for reports."""
    what = "Confirmed" if one.kind == "confirm" else f"{one.summary}: decided"
    return f"{what} by {one.made_by} on {one.day}: {one.why}"
