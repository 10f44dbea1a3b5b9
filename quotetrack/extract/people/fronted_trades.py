"""Remove a trade from the start of a person's name at the start of a sentence: ``Ilka Brandt`` for ``Potter Ilka Brandt``."""

from __future__ import annotations

import re
from dataclasses import replace

from quotetrack.extract.reading import Reading
from quotetrack.model import Entity
from quotetrack.text.names import HONORIFICS, TITLES, first_names
from quotetrack.text.role_nouns import role_nouns


def without_trade(reading: Reading, entity: Entity) -> Entity:
    """Return the entity without a trade before the name.

    Only at the start of a sentence, where every word is capitalised, and only if two names remain. First names that are also
    trades (``Mason``, ``Hunter``) are kept.
    """
    found = re.fullmatch(r"([A-Z][a-z]+)\s(\S+\s\S.*)", entity.text)
    if found is None:
        return entity
    trade = found[1].lower()
    if trade not in role_nouns() or trade in HONORIFICS | TITLES or trade in first_names():
        return entity
    words = reading.words_between(entity.start, entity.end)
    if not words or reading.sentence_range(words.start).start != words.start or reading.in_title_case(entity.start):
        return entity
    return replace(entity, start=entity.start + found.start(2), text=found[2])
