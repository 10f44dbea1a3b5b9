"""Whom a sentence brings up before its subject: ``For Vale, he said, the work begins now.``"""

from __future__ import annotations

from quotetrack.extract.reading import Reading


def fronted(reading: Reading, pronoun: int) -> range:
    """The words of the phrase that opens the sentence with ``for`` or ``as for`` and that the subject ``pronoun`` takes up; none where there is none."""
    verb = reading.head[pronoun]
    if verb < 0 or reading.words[pronoun].deprel.split(":")[0] != "nsubj":
        return range(0)
    opening = reading.sentence_range(pronoun).start
    first = opening + (reading.lower[opening] == "as")
    if reading.lower[first] != "for":
        return range(0)
    topic = reading.head[opening]  # of "as for" the first word hangs on the topic, and the second on the first
    if (
        reading.words[opening].deprel != "case"
        or not first < topic < pronoun
        or "," not in reading.lower[topic:pronoun]
    ):
        return range(0)
    inside = reading.subtree(topic)
    return range(first + 1, inside[-1] + 1) if inside[-1] < pronoun else range(0)
