"""Find attributions in headlines: ``Minister: Port to reopen``, ``Port to reopen: minister``."""

from __future__ import annotations

import re

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.layout.common import PERSON, make_draft, persons_in
from quotetrack.extract.find.layout.labels import label_at
from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.text.role_nouns import role_nouns

_BEFORE = re.compile(r"(?P<who>[^:\n]{2,60}):\s+(?=\S)")
_AFTER = re.compile(r"(?::|\s[–—-])\s(?P<who>[^:\n–—]{2,40})$")
_STOPS = (".", ":", ";", ",")
_COLLECTIVE_SOURCES = {
    "police",
    "officials",
    "experts",
    "scientists",
    "researchers",
    "prosecutors",
    "ministry",
    "government",
    "council",
}
_LONGEST_LABEL = 5  # words
_FEWEST_WORDS = 3


def headline_attributions(reading: Reading) -> list[Draft]:
    """Return the draft that the first line gives, if it is a headline: it has no full stop, and more paragraphs follow."""
    paragraphs = reading.parsed.paragraphs
    if len(paragraphs) < 2 or reading.text[paragraphs[0][1] - 1] in _STOPS:
        return []
    start, end = paragraphs[0]
    before, after = _BEFORE.match(reading.text, start, end), _AFTER.search(reading.text, start, end)
    if before and _is_headline_speaker(reading, before.start("who"), before.end("who")):
        name, content = (before.start("who"), before.end("who")), (before.end(), end)
    elif after and _is_headline_speaker(reading, after.start("who"), after.end("who")):
        name, content = (after.start("who"), after.end("who")), (start, after.start())
    else:
        return []
    person = bool(persons_in(reading, *name))
    if len(reading.text[slice(*content)].split()) < _FEWEST_WORDS or not _is_clause(reading, *content, finite=person):
        return []
    draft = make_draft(reading, [content], Span.of(reading.text, *name), "headline")
    draft.nameless = not person
    return [draft]


def _is_headline_speaker(reading: Reading, start: int, end: int) -> bool:
    """Whether the words are only a person, an office or a body such as ``police``."""
    words = reading.text[start:end].split()
    if not 1 <= len(words) <= _LONGEST_LABEL:
        return False
    entities = [e for e in reading.parsed.entities if start <= e.start and e.end <= end]
    last = re.sub(r"\W", "", words[-1].lower())
    if any(e.type.upper() in PERSON and e.end == end for e in entities):
        label = label_at(reading.text[start:end] + ": ", 0, end - start + 2)
        return label is not None
    return last in _COLLECTIVE_SOURCES or (last in role_nouns() and not any(e.end == end for e in entities))


def _is_clause(reading: Reading, start: int, end: int, finite: bool) -> bool:
    """Whether the words contain a verb, which must be finite or a ``to`` infinitive if ``finite``."""
    for index in reading.words_between(start, end):
        word = reading.words[index]
        to = index and reading.lower[index - 1] == "to"
        if word.upos in ("VERB", "AUX") and (not finite or "VerbForm=Fin" in word.feats or to):
            return True
    return False
