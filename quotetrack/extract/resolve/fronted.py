"""Find topics at the start of a sentence that its subject repeats: ``For Vale, he said, the work begins now.``"""

from __future__ import annotations

from quotetrack.extract.reading import Reading


def fronted(reading: Reading, pronoun: int) -> range:
    """Return the words of the topic that the subject ``pronoun`` repeats; empty if there is none.

    The topic opens the sentence with ``for`` or ``as for`` and ends with a comma before the pronoun.
    """
    verb = reading.head[pronoun]
    if verb < 0 or reading.words[pronoun].deprel.split(":")[0] != "nsubj":
        return range(0)
    opening = reading.sentence_range(pronoun).start
    first = opening + (reading.lower[opening] == "as")
    if reading.lower[first] != "for":
        return range(0)
    topic = reading.head[opening]  # in "as for", "as" depends on the topic and "for" on "as"
    if (
        reading.words[opening].deprel != "case"
        or not first < topic < pronoun
        or "," not in reading.lower[topic:pronoun]
    ):
        return range(0)
    inside = reading.subtree(topic)
    return range(first + 1, inside[-1] + 1) if inside[-1] < pronoun else range(0)
