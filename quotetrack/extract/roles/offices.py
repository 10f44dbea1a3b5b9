"""Find offices with their field before a name: ``minister of mines and energy Paulus Amukoto``."""

from __future__ import annotations

from quotetrack.extract.people.register import Register
from quotetrack.extract.reading import Reading
from quotetrack.model import Span
from quotetrack.text.role_nouns import is_role_noun

_MAX_WORDS = 16
_FIELDS = {"of", "for", "at", "in", "to", "on", "and", "&", "the", "-", "'s", "’s"}
OFFICE_MODIFIERS = {"acting", "former", "then", "incoming", "outgoing", "retired", "assistant", "managing", "founding"}


def office_before(reading: Reading, stop: int) -> range | None:
    """Return the words of the office that ends before word ``stop``; ``None`` if there is none.

    ``Director of Works for Mere Alan Poole``: before ``Alan``, the words are ``Director of Works for Mere``.
    """
    sentence = reading.sentence_range(stop)
    start = stop
    while start - 1 in sentence and stop - start < _MAX_WORDS and _may_belong(reading, start - 1, stop):
        start -= 1
    while start < stop:
        preposition = next((i for i in range(start, stop) if reading.words[i].upos == "ADP"), stop)
        if preposition == stop:
            return None
        last = preposition - 1
        if reading.words[last].text == ")":
            last = max(start, last - 3)  # "Inspector General (IG) of Police"
        noun = reading.words[last]
        if preposition > start and is_role_noun(noun.text) and "Number=Plur" not in noun.feats:
            return _without_article(reading, start, stop)
        start = preposition + 1
    return None


def _may_belong(reading: Reading, index: int, stop: int) -> bool:
    """Whether the word can be part of an office."""
    word = reading.words[index]
    lowered = word.text.lower()
    if reading.is_quoted(index) != reading.is_quoted(stop):
        return False
    name_starts = reading.words[stop].start
    if any(entity.end < name_starts for entity in reading.entities_in(word.start, word.end, "PERSON", "PER")):
        return False  # "Minister of Ports Ruth Vale and harbour master for Selby Jon Lund": another person
    is_hyphenated = "-" in (reading.text[word.end : word.end + 1], reading.text[word.start - 1 : word.start])
    if _is_short_form(reading, index):
        return True
    if lowered in _FIELDS or lowered in OFFICE_MODIFIERS or is_hyphenated:
        return True
    return word.upos in ("NOUN", "PROPN", "ADJ") and not _is_before_verb(reading, index, stop)


def _is_short_form(reading: Reading, index: int) -> bool:
    """Whether the word is an abbreviation in brackets or one of the brackets: ``(IG)``."""
    opening = next((i for i in (index, index - 1, index - 2) if i >= 0 and reading.words[i].text == "("), -1)
    if opening < 0 or opening + 2 >= len(reading.words) or reading.words[opening + 2].text != ")":
        return False
    return reading.words[opening + 1].text.isupper()


def _is_before_verb(reading: Reading, index: int, stop: int) -> bool:
    """Whether a verb stands between the word and the name, so that the word belongs to another clause."""
    return any(
        reading.words[i].upos in ("VERB", "AUX") and reading.lower[i] not in OFFICE_MODIFIERS
        for i in range(index, stop)
    )


def _without_article(reading: Reading, start: int, stop: int) -> range:
    """The words of the office without an article, conjunction or possessive at the start."""
    while start < stop and reading.lower[start] in ("the", "and", "&", "'s", "’s"):
        start += 1
    return range(start, stop)


def is_bare(reading: Reading, office: range) -> bool:
    """Whether the office has no article or possessive, so that a name must follow."""
    before = office.start - 1
    opens = before not in reading.sentence_range(office.start)
    return opens or reading.words[before].upos not in ("DET", "PRON", "PART")


def office_of(reading: Reading, first: int) -> Span | None:
    """Return the office before the name whose first word is ``first`` as a role; ``None`` if there is none.

    A name right after a noun for a person is left to :func:`quotetrack.extract.roles.titles.title_before`.
    """
    before = reading.words[first - 1] if first else None
    if before is None or before.upos not in ("NOUN", "PROPN", "ADJ") or is_role_noun(before.text):
        return None
    office = office_before(reading, first)
    return reading.span(reading.words[office.start].start, reading.words[office.stop - 1].end) if office else None


def follows_body(reading: Reading, register: Register, opens: int, office: int) -> bool:
    """Whether only a body's name, its abbreviation and words of the office precede the noun ``office``.

    ``opens`` is the first word of the phrase: ``Ferry Authority of Selby (FAS) deputy governor``.
    """
    opens += reading.lower[opens] == "the"
    for mention, someone in register.at(reading.words[opens].start, reading.words[office].start):
        name = reading.words_between(mention.start, mention.end)
        if someone.type == "person" or name.start != opens:
            continue
        rest = range(name.stop, office)
        if rest and reading.words[rest.start].text == "(":
            closes = next((i for i in rest if reading.words[i].text == ")"), rest.stop)
            rest = range(closes + 1, office)
        return len(rest) < 5 and all(
            reading.words[i].upos in ("NOUN", "PROPN", "ADJ") or reading.words[i].text == "-" for i in rest
        )
    return False
