"""Recognise quotation marks that quote nobody: nicknames inside a name, titles of works, words that are mentioned as
names.
"""

from __future__ import annotations

import re

from quotetrack.extract.reading import Reading
from quotetrack.model import Entity
from quotetrack.text.quoted import Quoted

_WORK_NOUNS = {
    "album", "article", "ballad", "blog", "book", "bestseller", "cartoon", "column", "comedy", "documentary", "drama",
    "editorial", "episode", "essay", "exhibition", "film", "hit", "hymn", "magazine", "memoir", "movie", "musical",
    "newspaper", "novel", "opera", "painting", "paper", "play", "podcast", "poem", "program", "programme", "sculpture",
    "sequel", "series", "show", "single", "sitcom", "song", "soundtrack", "story", "thriller", "track", "trilogy",
    "tune", "video", "work", "headline", "game", "app", "course", "project", "operation", "campaign", "section", "hashtag",
}  # fmt: skip
_NAMING_WORDS = {
    "titled", "entitled", "headlined", "named", "nicknamed", "dubbed", "christened", "starring", "singing", "sang",
    "nickname", "codenamed", "subtitled", "captioned", "aka", "watching", "reprised", "hosts", "hosted", "anthem",
}  # fmt: skip
# `goes by the name “Shorty.”`, `known as “Shorty”`: a name follows, even with a full stop inside the marks.
_NAMING_PHRASE = re.compile(
    r"\b(?:(?:by|under) the (?:nick|stage |pen )?name(?: of)?|(?:nicknamed|known as|alias|a\.?k\.?a\.?)"
    r"|(?:is|are|was|were|be|been|being|they|everyone|everybody|friends|fans) call(?:ed)?|calls? (?:it|them|him|her)self"
    r"|call(?:s|ed)? (?:our|them|your)selves),?\s*$",
    re.IGNORECASE,
)
_CREATOR_NOUNS = {"author", "writer", "director", "creator", "star", "editor", "composer", "producer", "singer", "host"}
_NICKNAMED = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,3}[\"“'‘«](?P<nick>[A-Z][\w .'’-]{0,24})[\"”'’»]\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?"
)
_MINOR_WORDS = {
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "and",
    "or",
    "to",
    "for",
    "with",
    "at",
    "by",
    "from",
    "is",
    "vs",
    "as",
}


def is_name_or_title(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch is a nickname or the title of a work, judging by the words before, inside and after it."""
    inner = reading.text[quoted.inner_start : quoted.inner_end].strip()
    tokens = inner.split()
    if not tokens or len(tokens) > 12:
        return False
    before = list(reading.words_between(max(0, quoted.start - 60), quoted.start))
    after = list(reading.words_between(quoted.end, quoted.end + 30))
    if _is_nickname(reading, quoted, tokens, before, after):
        return True
    if not _title_case(tokens):
        return False
    if len(tokens) <= 4 and _NAMING_PHRASE.search(reading.text[max(0, quoted.start - 40) : quoted.start]):
        return True
    if inner[-1:] in ".!":
        return False
    return _names_a_work(reading, before, after, quoted) or _stands_beside_noun(reading, quoted)


def whole_names(reading: Reading) -> list[Entity]:
    """Return the entities, with a person's name that a quoted nickname splits (``Olaf “Shorty” Brandvold``) as one
    entity.
    """
    entities = list(reading.parsed.entities)
    for match in _NICKNAMED.finditer(reading.text):
        inside = [
            e
            for e in entities
            if e.type.upper() in ("PERSON", "PER") and e.start < match.end() and match.start() < e.end
        ]
        first = [e for e in inside if e.start < match.start("nick")]
        last = [e for e in inside if e.end > match.end("nick") + 1]
        if first and last:
            start, end = first[0].start, last[-1].end
            entities = [e for e in entities if e not in inside]
            entities.append(Entity(start, end, first[0].type, reading.text[start:end]))
    return sorted(entities, key=lambda e: e.start)


def _is_nickname(reading: Reading, quoted: Quoted, tokens: list[str], before: list[int], after: list[int]) -> bool:
    if not before or not after or len(tokens) > 4:
        return False
    left, right = reading.words[before[-1]], reading.words[after[0]]
    touching = reading.text[quoted.end : quoted.end + 1] == " " and left.end == quoted.start - 1
    named = left.text[:1].isupper() and right.text[:1].isupper() and left.upos == "PROPN" and right.upos == "PROPN"
    return (touching and named and tokens[-1][-1:] not in ".,!?") or (
        touching and named and len(tokens) == 1 and tokens[0].rstrip(".,").istitle()
    )


def _title_case(tokens: list[str]) -> bool:
    content = [t for t in tokens if re.sub(r"\W", "", t).lower() not in _MINOR_WORDS and re.search(r"[A-Za-z]", t)]
    return bool(content) and all(re.sub(r"^\W+", "", t)[:1].isupper() or t[:1].isdigit() for t in content)


def _stands_beside_noun(reading: Reading, quoted: Quoted) -> bool:
    """Whether a noun beside the stretch says what it names: ``The “Day of the Canal”, the spring fair,``,
    ``her book on banks, “A Quiet Ledger”,``.
    """
    before, after = reading.text[max(0, quoted.start - 80) : quoted.start], reading.text[quoted.end : quoted.end + 8]
    if re.search(r"\b(?:the|an?)\s$", before, re.IGNORECASE):
        return bool(re.match(r",\s(?:the|an?|its|their)\s", after)) and _apposed(reading, quoted.end + 1)
    phrase = re.search(r"([\w’' -]+),\s$", before)
    return phrase is not None and bool(_WORK_NOUNS & set(phrase[1].split()[-6:])) and after.startswith(",")


def _apposed(reading: Reading, start: int) -> bool:
    """Whether the words from ``start`` up to the next comma contain no finite verb, so that they are an apposition."""
    stop = re.match(r"[^,.;:“”\"]{3,60}(?=,)", reading.text[start : start + 62])
    if stop is None:
        return False
    inside = reading.words_between(start, start + stop.end())
    return not any("VerbForm=Fin" in reading.words[i].feats for i in inside)


def _names_a_work(reading: Reading, before: list[int], after: list[int], quoted: Quoted) -> bool:
    same_sentence = [i for i in before if reading.sentence_of[i] == reading.sentence_of[before[-1]]] if before else []
    last_words = [reading.words[i].text.lower() for i in same_sentence[-3:]]
    if last_words[-1:] == ["of"] and last_words[-2:-1] and last_words[-2] in _CREATOR_NOUNS:
        return True
    if any(w in _NAMING_WORDS for w in last_words) or any(w in _WORK_NOUNS for w in last_words[-2:]):
        return True
    return (
        bool(after)
        and reading.words[after[0]].text.lower() in _WORK_NOUNS
        and reading.text[quoted.end : quoted.end + 1] == " "
    )
