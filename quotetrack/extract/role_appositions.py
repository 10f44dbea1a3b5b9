"""Roles beside the name, set off by a comma: an apposition after it or before it, an affiliation, a relative clause."""

from __future__ import annotations

import re

from quotetrack.extract.reading import Reading
from quotetrack.extract.role_nouns import is_role_noun
from quotetrack.extract.role_titles import COMMAS, words_of
from quotetrack.extract.someone import Mention
from quotetrack.model import Span

_MONTH_OR_AGE = re.compile(r"^\d{1,3}$")
_LONGEST = 16
_ORGANISATION_NOUNS = {
    "institute", "university", "think", "tank", "centre", "center", "group", "foundation", "party", "agency", "ministry",
    "department", "council", "company", "firm", "bank", "association", "union", "committee", "school", "college", "hospital",
    "society", "network", "office", "authority", "commission", "organisation", "organization", "institution", "charity",
    "newspaper", "programme", "program", "observatory", "club", "church", "laboratory", "board", "federation", "service",
}  # fmt: skip
_LEADING = {
    "head",
    "heads",
    "headed",
    "lead",
    "leads",
    "led",
    "run",
    "runs",
    "ran",
    "chair",
    "chairs",
    "chaired",
    "direct",
    "directs",
    "directed",
    "represent",
    "represents",
    "represented",
    "founded",
    "teaches",
    "manages",
    "oversees",
    "commands",
    "edits",
    "studies",
}


def apposition_after(reading: Reading, mention: Mention) -> Span | None:
    """``Rami Rahmane, head of the OSDH`` and ``Aron Lund, of the Century think tank,``."""
    _, stop = words_of(reading, mention)
    if stop < 0 or stop >= len(reading.words) or reading.words[stop].text not in COMMAS:
        return None
    sentence = reading.sentence_range(stop)
    start = stop + 1
    if start in sentence and _MONTH_OR_AGE.match(reading.words[start].text):
        # "Vale, 52, a ferry captain,": the age goes, what follows it stays
        if start + 1 in sentence and reading.words[start + 1].text == ",":
            start += 2
        else:
            return None
    if start not in sentence:
        return None
    end = start
    while end in sentence and end - start < _LONGEST and not _ends_apposition(reading, start, end):
        end += 1
    if end == start or end - start >= _LONGEST:
        return None
    words = [reading.words[i] for i in range(start, end)]
    first = words[0]
    if first.upos in ("VERB", "AUX"):
        return None  # "The party's leader, Ruth Vale, urged members to wait": the sentence goes on
    if first.text.lower() in ("of", "from", "with", "at"):
        if len(words) < 2:
            return None
        if any(w.text.lower() in _ORGANISATION_NOUNS for w in words[1:]) or _names_body(
            reading, words[1].start, words[-1].end
        ):
            return reading.span(
                words[1].start if words[1].upos != "DET" or len(words) < 3 else words[2].start, words[-1].end
            )
        return None
    if first.upos not in ("DET", "NOUN", "ADJ", "PROPN", "NUM", "ADV", "X", "VERB") or first.text.lower() in (
        "and",
        "but",
        "he",
        "she",
        "who",
    ):
        return None
    core = list(words[: _first_preposition(words)])
    if not core or not any(is_role_noun(w.text) for w in core):
        return None
    drop = 1 if first.upos == "DET" and first.text.lower() in ("a", "an", "the") and len(words) > 1 else 0
    return reading.span(words[drop].start, words[-1].end)


def _first_preposition(words: list) -> int:  # type: ignore[type-arg]
    for index, word in enumerate(words):
        if index and word.upos in ("ADP", "SCONJ") and word.text.lower() not in ("-",):
            return index
    return len(words)


def _ends_apposition(reading: Reading, start: int, index: int) -> bool:
    word = reading.words[index]
    if reading.is_quoted(index) and not reading.is_quoted(start):
        return True
    if word.text in (".", ";", ":", "!", "?", "(", ")", "—", "–", "--", '"', "“", "”") or word.text.lower() in (
        "who",
        "which",
        "whose",
        "that",
    ):
        return True
    if word.text == ",":
        return not _continues_list(reading, index)
    if word.upos in ("VERB", "AUX") and (
        "VerbForm=Fin" in word.feats or word.text.lower() in ("said", "told", "says", "added")
    ):
        return index > start or word.text.lower() in ("said", "told", "says", "added")
    return False


def _continues_list(reading: Reading, comma: int) -> bool:
    """``minister of trade, industry and ports``: a comma inside a role is followed by a noun and ``and``."""
    words = reading.words
    if comma + 2 >= len(words):
        return False
    return (
        words[comma + 1].upos in ("NOUN", "PROPN")
        and words[comma + 2].text.lower() == "and"
        and not is_role_noun(words[comma + 1].text)
    )


def _names_body(reading: Reading, start: int, end: int) -> bool:
    return any(e.type.upper() in ("ORG", "ORGANIZATION") and start <= e.start < end for e in reading.parsed.entities)


def apposition_before(reading: Reading, mention: Mention) -> Span | None:
    """``the head of Iran's diplomacy, Abbas Araghchi,``: the phrase that ends in the comma before the name."""
    first, stop = words_of(reading, mention)
    if first < 2 or reading.words[first - 1].text != "," or first - 2 not in reading.sentence_range(first):
        return None
    after = reading.words[stop].text if stop < len(reading.words) else "."
    if after not in (",", ".", "—", "–", ";", ")") and not reading.words[stop].upos.startswith("V"):
        return None
    sentence = reading.sentence_range(first)
    end = first - 1
    start = None
    for index in range(end - 1, max(sentence.start, end - _LONGEST) - 1, -1):
        word = reading.words[index]
        if word.text in (",", ";", ":", '"') or "VerbForm=Fin" in word.feats or word.upos == "PRON":
            break
        if (word.upos == "DET" and word.text.lower() in ("the", "a", "an")) or index == sentence.start:
            following = [reading.words[i] for i in range(index, end)]
            core = following[: _first_preposition(following)]
            if core and is_role_noun(core[-1].text):
                start = index
                break
    if start is None:
        return None
    if reading.words[start].upos == "DET":
        start += 1
    return reading.span(reading.words[start].start, reading.words[end - 1].end)


def relative_clause(reading: Reading, mention: Mention) -> Span | None:
    """``Vale, who heads the port authority,``: the clause without ``who``."""
    _, stop = words_of(reading, mention)
    if stop < 0 or stop + 2 >= len(reading.words) or reading.words[stop].text != ",":
        return None
    if reading.words[stop + 1].text.lower() != "who" or reading.words[stop + 2].text.lower() not in _LEADING:
        return None
    sentence = reading.sentence_range(stop)
    end = stop + 2
    while end in sentence and end - stop < _LONGEST and reading.words[end].text not in (",", ".", ";", "—"):
        end += 1
    return reading.span(reading.words[stop + 2].start, reading.words[end - 1].end)
