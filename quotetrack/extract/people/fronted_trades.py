"""Trades that open a sentence before a name, where the entity model takes their capital for a part of it: ``Potter Ilka Brandt works``."""

from __future__ import annotations

import re
from dataclasses import replace

from quotetrack.extract.reading import Reading
from quotetrack.model import Entity
from quotetrack.text.names import HONORIFICS, TITLES, first_names
from quotetrack.text.role_nouns import role_nouns


def without_trade(reading: Reading, entity: Entity) -> Entity:
    """The person's name without a trade before it.

    Only at the head of a sentence, where a capital tells nothing, and only if two names are left. First names that are trades
    (``Mason``, ``Hunter``) stay.
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
