"""Find the writer of a letter or message: ``A message from Vale to her brother read`` quotes Vale."""

from __future__ import annotations

from quotetrack.extract.find.source_phrases import Source, phrase
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import DOCUMENTS


def written_by(reading: Reading, cue: int) -> Source | None:
    """Return the source if the subject of the verb ``cue`` is a document written by a named person, else ``None``.

    The source is the whole phrase (``A message from Vale to her brother``), with the writer as its head.
    """
    subject = reading.child(cue, "nsubj")
    if subject is None or reading.singular(subject) not in DOCUMENTS | {"message", "note"}:
        return None
    for child in reading.children[subject]:
        case = reading.child(child, "case")
        if reading.words[child].deprel == "nmod" and case is not None and reading.lower[case] in ("from", "by"):
            start = reading.words[child].start
            named = bool(reading.entities_in(start, start + 1, "PERSON", "PER"))
            document = phrase(reading, subject, cue)
            return Source(document.span, child) if named and document is not None else None
    return None
