"""Bodies named by a common noun and a place, of which the entity model finds only the place: ``Transport for Greater Calder``.

The noun starts a name if it is capitalised within a sentence, or if it is a plural with a singular verb (``Beekeepers of
Merland says``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotetrack.extract.reading import Reading, overlapping
from quotetrack.model import Entity
from quotetrack.text.occurrences import occurrences
from quotetrack.text.role_nouns import is_role_noun

# What cannot stand right before and right after a name that occurs again.
EDGES_OF_NAME = (re.compile(r"[\w’'-]"), re.compile(r"[\w-]"))
_NAME = re.compile(r"[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\s(?:of|for)\s(?:the\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*")


def of_places(reading: Reading, entities: Sequence[Entity]) -> Iterator[Entity]:
    """Yield such names where they are the subject of a verb, and all their other occurrences in the article."""
    names = {name for index in range(len(reading.words)) if (name := _name_at(reading, index, entities))}
    for name, start in occurrences(reading.text, names, EDGES_OF_NAME):
        yield Entity(start, start + len(name), "ORG", name)


def _name_at(reading: Reading, index: int, entities: Sequence[Entity]) -> str:
    """Return the name whose head is the word at ``index``, or an empty string."""
    word, verb = reading.words[index], reading.head[index]
    if (
        word.deprel != "nsubj"
        or word.upos not in ("NOUN", "PROPN")
        or not word.text.istitle()
        or reading.is_quoted(index)
    ):
        return ""
    match = _NAME.match(reading.text, word.start)
    if match is None or reading.child(index, "det") is not None or reading.in_title_case(word.start):
        return ""
    plural = "Number=Plur" in word.feats
    opens = reading.sentence_range(index).start == index or not reading.text.endswith((" ", "\xa0"), 0, word.start)
    if (opens and not (plural and _is_singular(reading, verb))) or (is_role_noun(word.text) and not plural):
        return ""
    if any(
        entity.end > match.end() or entity.start <= word.start
        for entity in overlapping(entities, word.start, match.end())
    ):
        return ""
    return match[0]


def _is_singular(reading: Reading, verb: int) -> bool:
    """Whether the verb or its auxiliary is singular.

    Decided by the ending, because the tagger adapts the number of the verb to that of the subject.
    """
    forms = [verb, *(i for i in reading.children[verb] if reading.words[i].upos == "AUX")] if verb >= 0 else []
    return any(reading.lower[i].endswith("s") and "VerbForm=Fin" in reading.words[i].feats for i in forms)
