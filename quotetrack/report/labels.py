"""Labels for kinds, stances, variants, methods and confidence, used on pages and in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotetrack.model import LOW_CONFIDENCE

if TYPE_CHECKING:
    from quotetrack.read.printing import Decision, Printing, Repair

METHODS = {
    "name": "named in the text",
    "nominal": "described in the text",
    "pronoun": "resolved pronoun",
    "neighbour": "from an adjacent quotation or sentence",
    "person": "set manually",
    "report": "named by another report",
    "none": "unknown speaker",
}
KINDS = {
    "direct": "verbatim",
    "mixed": "partly verbatim",
    "indirect": "reported speech, in the article’s words",
}

# In citations.
CITED_KINDS = {"direct": "", "mixed": "partly verbatim", "indirect": "reported speech"}

# Shown with every printing whose stance is not "stated".
STANCES = {
    "stated": "",
    "denied": "denied",
    "requested": "requested",
    "asked": "asked, not said",
    "declined": "declined to say",
    "hypothetical": "hypothetical or announced, not said",
    "believed": "belief, not said",
}

# Stands before the words of a statement that was not simply made.
LEADS = {
    "stated": "",
    "denied": "Denied",
    "requested": "Requested",
    "asked": "Asked",
    "declined": "Declined to say",
    "hypothetical": "Hypothetical",
    "believed": "Belief",
}

VARIANTS = {
    "shown": "shown",
    "identical": "identical",
    "marks": "same words",
    "truncated": "shortened",
    "longer": "longer",
    "excerpt": "another part",
    "ellipsis": "words omitted, as marked",
    "insertion": "words in brackets",
    "altered": "words altered",
    "paraphrase": "partly or wholly paraphrased",
}


def sureness(confidence: float) -> str:
    """Format a confidence (0..1): ``low confidence (40 of 100)`` or ``confidence 85 of 100``."""
    value = f"{confidence * 100:.0f} of 100"
    return f"low confidence ({value})" if confidence < LOW_CONFIDENCE else f"confidence {value}"


def both_sure(printing: Printing, named: bool = True) -> str:
    """Format the confidence of the quotation and, if ``named``, that of the speaker or that a correction set it."""
    if not named:
        return sureness(printing.confidence)
    by_hand = printing.method == "person"
    speaker = "speaker set manually" if by_hand else speaker_sureness(printing.speaker_confidence)
    return f"{sureness(printing.confidence)}; {speaker}"


def speaker_sureness(confidence: float) -> str:
    """Format the confidence of the speaker: ``speaker 85 of 100`` or ``speaker uncertain (40 of 100)``."""
    value = f"{confidence * 100:.0f} of 100"
    return f"speaker uncertain ({value})" if confidence < LOW_CONFIDENCE else f"speaker {value}"


def how_found(source: str | None, method: str | None) -> str:
    """Describe the source phrase and how the speaker was found."""
    if not source:
        return "Speaker set manually" if method == "person" else "No source in the article"
    return f"Source in the text: “{source}” ({METHODS[method or 'none']})"


def repair_note(repair: Repair) -> str:
    """Describe in one sentence what another report says about the speaker."""
    if repair.outcome == "confirmed":
        return f"{repair.outlet} names {repair.named_speaker} as the speaker, too"
    first = f"{repair.outlet} names {repair.named_speaker} as the speaker"
    if repair.outcome == "replaced":
        return f"{first}; this article does not, and suggested {repair.machine_speaker}"
    return f"{first}, whom this article does not mention; it suggested {repair.machine_speaker}"


def doubt(printing: Printing) -> str:
    """Format the low confidence that makes a printing ``uncertain``."""
    if printing.confidence < LOW_CONFIDENCE:
        return sureness(printing.confidence)
    return speaker_sureness(printing.speaker_confidence)


def decision(one: Decision) -> str:
    """Describe a correction in one sentence."""
    what = "Confirmed" if one.kind == "confirm" else f"{one.summary}. Corrected"
    return f"{what} by {one.made_by} on {one.day}: {one.why}"
