"""Roles before the name: ``Syrian President Bashar al-Assad``, ``former ferry captain Ruth Vale``, ``Sen. Ruth Vale``."""

from __future__ import annotations

import re

from quotetrack.extract.names import HONORIFICS
from quotetrack.extract.reading import Reading
from quotetrack.extract.role_nouns import is_role_noun, role_nouns
from quotetrack.extract.someone import Mention
from quotetrack.model import Span

COMMAS = {",", "—", "–", "--"}


def words_of(reading: Reading, mention: Mention) -> tuple[int, int]:
    """The number of the first word of the name and of the word after it; -1 where it has none."""
    inside = reading.words_between(mention.start, mention.end)
    return (inside.start, inside.stop) if inside else (-1, -1)


def title_before(reading: Reading, mention: Mention) -> Span | None:
    """``Syrian President Bashar al-Assad``, ``former ferry captain Ruth Vale``, ``Sen. Ruth Vale``."""
    first, _ = words_of(reading, mention)
    if first < 0:
        return None
    sentence = reading.sentence_range(first)
    index = first - 1
    if index in sentence and reading.words[index].text.lower().rstrip(".") in HONORIFICS - role_nouns():
        index -= 1  # "British diplomat Sir Anton Quist"
    if index not in sentence or reading.words[index].text in COMMAS:
        return None
    if not is_role_noun(reading.words[index].text) or reading.words[index].upos not in ("NOUN", "PROPN", "ADJ", "X"):
        return None
    start = index
    while start - 1 in sentence and index - start < 7:
        word = reading.words[start - 1]
        hyphen = word.text in ("-", "&")
        possessive = word.text in ("'s", "’s", "'", "’")
        if (
            word.upos not in ("NOUN", "PROPN", "ADJ")
            and not hyphen
            and not possessive
            and word.text.lower() not in ("former", "then", "acting")
        ):
            break
        if reading.is_quoted(start - 1) != reading.is_quoted(index) or (
            word.text.lower().endswith("day") and word.upos == "PROPN"
        ):
            break
        start -= 1
    while start < index and reading.words[index].text[:1].isupper() and _is_colour(reading.words[start].text):
        start += 1  # "a subdued Prime Minister": the title begins at its capital
    span = reading.span(reading.words[start].start, reading.words[index].end)
    return span if span and span.text.lower().rstrip(".") not in ("mr", "mrs", "ms", "dr") else None


_CUT_OFF = re.compile(r"(?:[A-Z][\w’'-]+\s){0,3}(?:Sen|Gov|Rep|Lt|Gen|Col|Capt|Sgt|Adm|Atty|Prof|Rev|Supt|Det)\.\s$")


def title_cut_off(reading: Reading, mention: Mention) -> Span | None:
    """``Oregon Sen. Ruth Vale``, where the parse ends a sentence at the full stop."""
    start = max(0, mention.start - 60)
    found = _CUT_OFF.search(reading.text[start : mention.start])
    return reading.span(start + found.start(), start + found.end() - 1) if found else None


_SHARED = re.compile(
    r"\b((?:Sens|Reps|Govs)\.|Senators|Representatives|Governors|Presidents|Mayors|Justices|Professors|Prime Ministers)\s"
    r"(?:[A-Z][\w.'’-]*(?:\s|,\s)|\([^)\s]{1,10}\),?\s|and\s){2,}$"
)


def title_shared(reading: Reading, mention: Mention) -> Span | None:
    """``Sens. Ruth Vale (Ore.) and Anton Quist``: the title of the first is that of the second."""
    start = max(0, mention.start - 90)
    found = _SHARED.search(reading.text[start : mention.start])
    return reading.span(start + found.start(1), start + found.end(1)) if found else None


def _is_colour(word: str) -> bool:
    return word.islower() and word not in (
        "former",
        "then",
        "acting",
        "interim",
        "outgoing",
        "incoming",
        "deputy",
        "vice",
        "state",
    )
