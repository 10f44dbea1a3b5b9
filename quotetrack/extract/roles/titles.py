"""Find roles before a name: ``Syrian President Bashar al-Assad``, ``former captain Ruth Vale``, ``Sen. Ruth Vale``."""

from __future__ import annotations

import re

from quotetrack.extract.people.someone import Mention
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.noun_phrases import (
    ADJECTIVES,
    COMMAS,
    ORGANISATION_NOUNS,
    for_one_person,
    start_of_word,
    words_of,
)
from quotetrack.model import Span, Word
from quotetrack.text.names import is_address
from quotetrack.text.role_nouns import is_role_noun, one_of_several, role_nouns

_TIMES = {"year", "years", "month", "week", "day", "night", "morning", "afternoon", "evening", "today", "yesterday"}
_STYLES = {"highness", "majesty", "excellency", "holiness", "honour", "honor", "eminence"}
_NOT_BODIES = {"PERSON", "PER", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "NORP"}
_MARKS = "\"'“”‘’«»„`"


def title_before(reading: Reading, mention: Mention) -> Span | None:
    """Return the title before a name as a role.

    ``Syrian President Bashar al-Assad`` gives ``Syrian President``; ``a subdued Prime Minister Ruth Vale`` gives
    ``Prime Minister``.
    """
    first, _ = words_of(reading, mention)
    if first < 0:
        return None
    sentence = reading.sentence_range(first)
    index = first - 1
    if index - 2 in sentence and reading.words[index].text == ")" and reading.words[index - 2].text == "(":
        index -= 3  # "District Officer (DO) Ruth Vale"
    while index in sentence and _is_address(reading.words[index].text):
        index -= 1  # "British diplomat Sir Anton Quist"
    if index not in sentence or reading.words[index].text in COMMAS:
        return None
    word = reading.words[index]
    if not is_role_noun(word.text) or word.upos not in ("NOUN", "PROPN", "ADJ", "X"):
        return None
    if (
        (word.upos == "ADJ" and word.text in ADJECTIVES)
        or word.text in ("elder", "senior", "junior")
        or _is_modifier(reading, mention, word)
    ):
        return None
    start = _start_of_title(reading, index)
    if start - 1 in sentence and word.text.islower() and reading.lower[start - 1] in ("my", "our", "your"):
        return None  # "my brother Anton Quist": the role depends on who speaks
    while start < index and word.text[:1].isupper() and _is_descriptive(reading.words[start].text):
        start += 1  # "a subdued Prime Minister": the title starts with a capital
    if reading.lower[start] in _STYLES and start - 1 in sentence and reading.lower[start - 1] in ("his", "her"):
        start -= 1  # "His Highness Sheikh"
    begin = start_of_word(reading, _start_with_whole_body(reading, start, index))
    begin += len(reading.text[begin : word.end]) - len(reading.text[begin : word.end].lstrip(_MARKS))
    span = reading.span(begin, word.end) if begin < word.end else None
    if span is None or span.text.lower().rstrip(".") in ("mr", "mrs", "ms", "dr"):
        return None
    return for_one_person(reading, mention, span)


def _is_address(word: str) -> bool:
    """Whether the word is a form of address that is not also a noun for a person."""
    return is_address(word) and word.lower().rstrip(".") not in role_nouns()


def _start_of_title(reading: Reading, index: int) -> int:
    """The index of the first word of the title that ends with the word ``index``."""
    sentence = reading.sentence_range(index)
    start = index
    while start - 1 in sentence and index - start < 7:
        word = reading.words[start - 1]
        if word.text == "-" and reading.text[word.start - 1 : word.end + 1] == " - ":
            break  # "PORT SELBY, Ore. - Mayor Vale": a dash
        if (
            word.upos not in ("NOUN", "PROPN", "ADJ")
            and word.text not in ("-", "&", "'s", "’s", "'", "’")
            and word.text.lower() not in ("former", "then", "acting")
        ):
            break
        if reading.is_quoted(start - 1) != reading.is_quoted(index) or (
            word.text.lower().endswith("day") and word.upos == "PROPN"
        ):
            break
        if (word.text in _TIMES and reading.text[word.end] != "-") or (
            word.text.islower() and is_role_noun(word.text) and "Number=Plur" in word.feats
        ):
            break  # "last year state Sen. Vale", "Democratic hopefuls former Gov. Vale and …"
        start -= 1
    return start


def _start_with_whole_body(reading: Reading, start: int, index: int) -> int:
    """The offset where the title starts, including a body or field that the words would cut in two.

    The title has the words from ``start`` to ``index``: ``University of Selby historian``, ``Foreign Trade and Tourism
    Minister``.
    """
    sentence = reading.sentence_range(index)
    if start - 2 in sentence and start < index:
        joiner, before = reading.lower[start - 1], start - 2
        inside = range(start, index)
        belongs = reading.head[before] in range(start, index + 1) or any(
            reading.head[i] == before and reading.words[i].deprel == "conj" for i in inside
        )
        noun = reading.words[before].upos in ("NOUN", "PROPN", "ADJ")
        capitals = noun and reading.words[before].text.istitle() and reading.words[index].text.istitle()
        belongs = belongs or (capitals and not _is_in_entity(reading, before))
        body = reading.words[before].text.istitle() and reading.lower[before] in ORGANISATION_NOUNS
        if (joiner == "and" and belongs) or (joiner == "of" and body):
            first = _start_of_title(reading, before)
            if not any(is_role_noun(reading.words[i].text) for i in range(first, before + 1)):
                start = first
    begin = reading.words[start].start
    for entity in reading.entities_in(begin - 2, begin):
        reaches = entity.end == begin - 1 and entity.text.endswith((" of", " on", " for"))
        reaches = reaches or entity.start < begin < entity.end
        if reaches and entity.type.upper() not in _NOT_BODIES and "\n" not in entity.text:
            article = re.match(r"the\s+", entity.text, re.IGNORECASE)
            return entity.start + (article.end() if article else 0)
    return begin


def _is_in_entity(reading: Reading, index: int) -> bool:
    """Whether the word is part of an entity."""
    place = reading.words[index].start
    return bool(reading.entities_in(place, place + 1))


def _is_modifier(reading: Reading, mention: Mention, word: Word) -> bool:
    """Whether the name only modifies the noun after it: ``a major Vale donor``, ``the Justice Vale Award``."""
    inside = reading.words_between(mention.start, mention.end)
    if inside.stop >= len(reading.words) or reading.text[mention.end : reading.words[inside.stop].start] != " ":
        return False
    following = reading.words[inside.stop]
    if following.upos not in ("NOUN", "PROPN") or following.text[:1].isupper() != word.text[:1].isupper():
        return False
    return any(reading.head[i] == inside.stop for i in inside)


_CUT_OFF = re.compile(
    r"(?:\b(?:former|then|acting|interim|state|retired)\s)?(?:[A-Z][\w’'-]+\s|(?:Lt|Maj|Brig)\.\s){0,3}(?:Sens?|Govs?|Reps?|Lt|Gen|Col|Capt|Sgt|Adm|Atty|Prof|Rev|Supt|Det)\.\s$"
)


def title_cut_off(reading: Reading, mention: Mention) -> Span | None:
    """Return the title before a name when the parser ended a sentence after it: ``Oregon Sen. Ruth Vale``."""
    found = _CUT_OFF.search(reading.text, max(0, mention.start - 60), mention.start)
    if found is None:
        return None
    several = found[0].endswith("s. ")
    return reading.span(found.start(), found.end() - (3 if several else 1))


_SHARED = re.compile(
    r"\b((?:Sens|Reps|Govs)\.|Senators|Representatives|Governors|Presidents|Mayors|Justices|Professors|Prime Ministers)\s"
    r"(?:[A-Z][\w.'’-]*(?:\s|,\s)|\([^)\s]{1,10}\),?\s|and\s){2,}$"
)


def title_shared(reading: Reading, mention: Mention) -> Span | None:
    """Return the title that a list of names shares: ``Sens. Ruth Vale (Ore.) and Anton Quist`` gives ``Sen``."""
    found = _SHARED.search(reading.text, max(0, mention.start - 90), mention.start)
    if found is None:
        return None
    noun = found[1].split()[-1]
    return Span.of(reading.text, found.start(1), found.end(1) - len(noun) + len(one_of_several(noun)))


def _is_descriptive(word: str) -> bool:
    """Whether the word describes the person and is not part of the title."""
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
