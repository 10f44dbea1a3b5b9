"""Marks that quote nobody: nicknames inside a name, titles of works, words called by their name."""

from __future__ import annotations

import re

from quotetrack.extract.marks import Quoted
from quotetrack.extract.reading import Reading

_WORKS = {
    "album", "article", "ballad", "blog", "book", "bestseller", "cartoon", "column", "comedy", "documentary", "drama",
    "editorial", "episode", "essay", "exhibition", "film", "hit", "hymn", "magazine", "memoir", "movie", "musical",
    "newspaper", "novel", "opera", "painting", "paper", "play", "podcast", "poem", "program", "programme", "sculpture",
    "sequel", "series", "show", "single", "sitcom", "song", "soundtrack", "story", "thriller", "track", "trilogy",
    "tune", "video", "work", "headline", "game", "app", "course", "project", "operation", "campaign", "section", "hashtag",
}  # fmt: skip
_NAMING = {
    "titled", "entitled", "headlined", "named", "nicknamed", "dubbed", "christened", "starring", "singing", "sang",
    "nickname", "codenamed", "subtitled", "captioned", "aka", "watching", "reprised", "hosts", "hosted", "anthem",
}  # fmt: skip
_SMALL = {"a", "an", "the", "of", "in", "on", "and", "or", "to", "for", "with", "at", "by", "from", "is", "vs", "as"}


def is_name_or_title(reading: Reading, quoted: Quoted) -> bool:
    """Whether the stretch is a nickname or the title of a work, by what stands before and inside it."""
    inner = reading.text[quoted.inner_start : quoted.inner_end].strip()
    tokens = inner.split()
    if not tokens or len(tokens) > 12:
        return False
    before = list(reading.words_between(max(0, quoted.start - 60), quoted.start))
    after = list(reading.words_between(quoted.end, quoted.end + 30))
    if _is_nickname(reading, quoted, tokens, before, after):
        return True
    return _title_case(tokens) and inner[-1:] not in ".!" and _names_a_work(reading, before, after, quoted)


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
    content = [t for t in tokens if re.sub(r"\W", "", t).lower() not in _SMALL and re.search(r"[A-Za-z]", t)]
    return bool(content) and all(re.sub(r"^\W+", "", t)[:1].isupper() or t[:1].isdigit() for t in content)


def _names_a_work(reading: Reading, before: list[int], after: list[int], quoted: Quoted) -> bool:
    same = [i for i in before if reading.sentence_of[i] == reading.sentence_of[before[-1]]] if before else []
    near = [reading.words[i].text.lower() for i in same[-3:]]
    if any(w in _NAMING for w in near) or any(w in _WORKS for w in near[-2:]):
        return True
    return (
        bool(after)
        and reading.words[after[0]].text.lower() in _WORKS
        and reading.text[quoted.end : quoted.end + 1] == " "
    )
