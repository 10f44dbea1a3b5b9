"""Classify what a cue does: states, denies, asks, requests, thinks.

The classes of lemmas are in ``data/acts.tsv``. If a lemma has several classes, its complement decides
(``stance.py``). If a cue has several words, as in ``issued a denial``, the word that carries the meaning is
classified.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quotetrack.extract.find.cues import base_form
from quotetrack.extract.find.model_proposals import anchor_of
from quotetrack.extract.reading import Reading
from quotetrack.model import Span

NONE: frozenset[str] = frozenset()
# Classes that describe the object of a verb, not the speech act.
TRAITS = {"heard", "named", "given", "topic"}


@dataclass(frozen=True, slots=True)
class Act:
    """The analysis of a cue.

    ``words`` are all words of the cue and ``anchor`` is its syntactic head. ``word`` is the word that carries the
    meaning, and ``lemma`` and ``kinds`` are the lemma and the classes of ``word``. In ``issued a denial``, the anchor
    is ``issued`` and the word is ``denial``.
    """

    anchor: int
    word: int
    lemma: str
    kinds: frozenset[str]
    words: range


@lru_cache(maxsize=1)
def lexicon() -> dict[str, dict[str, frozenset[str]]]:
    """Return the classes of each lemma by part of speech, read from ``data/acts.tsv``."""
    found: dict[str, dict[str, set[str]]] = {"verb": {}, "noun": {}, "adjective": {}}
    source = files("quotetrack.extract").joinpath("data/acts.tsv").read_text(encoding="utf-8")
    for line in source.splitlines():
        if line.strip() and not line.startswith("#"):
            part, kind, lemmas = line.split("\t")
            for lemma in lemmas.split():
                found[part].setdefault(lemma, set()).add(kind)
    return {part: {lemma: frozenset(kinds) for lemma, kinds in words.items()} for part, words in found.items()}


def lemma_of(reading: Reading, index: int) -> str:
    """Return the lemma of the word ``index`` in the spelling of the lexicon."""
    word = reading.words[index]
    if word.upos == "NOUN":
        return base_form(word.text, word.lemma, lexicon()["noun"])
    return base_form(word.text, word.lemma, lexicon()["verb"])


def kinds_of(reading: Reading, index: int) -> frozenset[str]:
    """Return the classes of the word ``index``; empty if it is not in the lexicon."""
    word = reading.words[index]
    known = lexicon()
    if word.upos == "NOUN":
        kinds = known["noun"].get(lemma_of(reading, index), NONE)
        # The tagger labels some past tenses and gerunds as nouns.
        return kinds or (_verb_kinds(reading, index) if word.text.lower().endswith(("ed", "ing")) else NONE)
    if word.upos == "ADJ":
        return known["adjective"].get(word.text.lower(), NONE) or _verb_kinds(reading, index)
    return _verb_kinds(reading, index) if word.upos in ("VERB", "AUX", "X", "PROPN") else NONE


def _verb_kinds(reading: Reading, index: int) -> frozenset[str]:
    word = reading.words[index]
    known = lexicon()["verb"]
    return known.get(base_form(word.text, word.lemma, known), NONE)


def act_of(reading: Reading, cue: Span) -> Act | None:
    """Return the analysis of ``cue``, or ``None`` if the cue contains no word (a colon)."""
    anchor = anchor_of(reading, cue)
    if anchor < 0:
        return None
    words = reading.words_between(cue.start, cue.end)
    word = anchor
    if _is_light_verb(reading, anchor, words):
        # `issued a denial`, `took to the radio to say`: the last verb of speech carries the meaning, or else the object.
        others = [i for i in words if i != anchor and reading.words[i].upos in ("VERB", "NOUN", "ADJ")]
        objects = [i for i in others if reading.head[i] == anchor and reading.words[i].deprel == "obj"]
        verbs = [i for i in others if reading.words[i].upos == "VERB"]
        ranked = [*reversed(verbs), *objects, *(() if objects else reversed(others))]
        word = next((i for i in ranked if kinds_of(reading, i) - TRAITS), anchor)
    return Act(anchor, word, lemma_of(reading, word), kinds_of(reading, word), words)


def _is_light_verb(reading: Reading, anchor: int, words: range) -> bool:
    """Whether the anchor is a light or raising verb, so that another word of the cue carries the meaning."""
    if len(words) < 2:
        return False
    if not kinds_of(reading, anchor) - TRAITS:
        return True
    # `is expected to say`, `went on to call`, `was quoted as saying`
    return any(
        reading.words[i].upos == "VERB"
        and reading.words[i].deprel.split(":")[0] in ("xcomp", "advcl", "ccomp")
        and kinds_of(reading, i) - TRAITS
        for i in words
        if i > anchor
    ) or (lemma_of(reading, anchor) in LIGHT_VERBS and any(reading.words[i].upos == "NOUN" for i in words))


LIGHT_VERBS = {
    "have",
    "make",
    "give",
    "take",
    "put",
    "issue",
    "send",
    "file",
    "get",
    "hold",
    "release",
    "submit",
    "lodge",
    "present",
}
