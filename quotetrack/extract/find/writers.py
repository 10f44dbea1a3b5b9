"""Whose a letter or a message is: ``A message from Vale to her brother read`` quotes Vale."""

from __future__ import annotations

from quotetrack.extract.find.source_phrases import Source, phrase
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import DOCUMENTS


def written_by(reading: Reading, cue: int) -> Source | None:
    """The subject of the verb ``cue`` if it is something written by a person it names: the whole phrase, and the person as
    its head.
    """
    subject = reading.child(cue, "nsubj")
    if subject is None or reading.singular(subject) not in DOCUMENTS | {"message", "note"}:
        return None
    for child in reading.children[subject]:
        case = reading.child(child, "case")
        if reading.words[child].deprel == "nmod" and case is not None and reading.lower[case] in ("from", "by"):
            place = reading.words[child].start
            named = any(
                e.start <= place < e.end and e.type.upper() in ("PERSON", "PER") for e in reading.parsed.entities
            )
            whole = phrase(reading, subject, cue)
            return Source(whole.span, child) if named and whole is not None else None
    return None
