"""The cues: words that report speech, what they take, and where they stand in a text.

The classes follow what the corpora of attribution (PARC 3, Pareti 2012; PolNeAR, Newell et al. 2018) find cues to take:
clauses, infinitives, words between marks, prepositional phrases. The list is data (``data/cues.tsv``).
"""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from importlib.resources import files

from quotetrack.extract.reading import Reading
from quotetrack.text.inflection import dictionary_lemma

IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "thought": "think", "felt": "feel",
    "knew": "know", "known": "know", "held": "hold", "found": "find", "swore": "swear", "sworn": "swear",
    "saw": "see", "seen": "see", "began": "begin", "begun": "begin", "went": "go", "read": "read", "spoke": "speak",
    "spoken": "speak", "sang": "sing", "shot": "shoot", "put": "put", "understood": "understand", "meant": "mean",
    "taught": "teach", "shown": "show", "forbade": "forbid", "cried": "cry", "replied": "reply", "denied": "deny",
    "pled": "plead", "foresaw": "foresee", "says": "say", "sez": "say", "heard": "hear", "withdrew": "withdraw",
}  # fmt: skip
_POSSESSIVES = {"'s", "’s", "his", "her", "its", "their", "my", "our"}


@lru_cache(maxsize=1)
def lexicon() -> dict[str, frozenset[str]]:
    """Lemma to its class letters, as ``data/cues.tsv`` explains them."""
    classes: dict[str, set[str]] = {}
    source = files("quotetrack.extract").joinpath("data/cues.tsv").read_text(encoding="utf-8")
    for line in source.splitlines():
        if line.strip() and not line.startswith("#"):
            letters, lemmas = line.split("\t")
            for lemma in lemmas.split():
                classes.setdefault(lemma, set()).update(letters)
    return {lemma: frozenset(letters) for lemma, letters in classes.items()}


@lru_cache(maxsize=50_000)
def cue_lemma(form: str, lemma: str) -> str:
    """The lemma of a verb form as the lexicon spells it."""
    return base_form(form, lemma, lexicon())


def base_form(form: str, lemma: str, known: Container[str]) -> str:
    """The lemma of a word as ``known`` spells it, ``lemma`` where it is not among these.

    A word that the tagger took for another part of speech keeps its ending in ``lemma``.
    """
    form = form.lower()
    if form in IRREGULAR:
        return IRREGULAR[form]
    for candidate in (lemma.lower(), form, dictionary_lemma(form)):
        if candidate is not None and candidate in known:
            return candidate
    return lemma.lower()


def classes_of(reading: Reading, index: int) -> frozenset[str]:
    """What the word at ``index`` takes as a cue; empty where it is none."""
    word = reading.words[index]
    if (
        word.text.lower() == "think"
        and index + 1 < len(reading.words)
        and reading.words[index + 1].text.lower().startswith("tank")
    ):
        return frozenset()
    if word.text.lower() == "meaning":
        return frozenset()  # "…, meaning there is no rest" is the article's own conclusion
    letters = lexicon().get(cue_lemma(word.text, word.lemma), frozenset())
    if word.upos in ("VERB", "AUX"):
        if "n" in letters and index and reading.words[index - 1].text.lower() in _POSSESSIVES:
            return frozenset("n")  # "her claim that": a noun whatever the tagger says
        return letters - {"n"}
    if word.upos == "NOUN":
        lowered = word.text.lower()
        # The tagger takes some past tenses and gerunds for nouns; only the reading as a verb takes a clause.
        if lowered.endswith(("ed", "said")) or lowered in IRREGULAR:
            return letters - {"n"}
        return letters & {"n"}
    if word.upos in ("ADJ", "X") and word.text.lower().endswith("ed"):
        return letters - {"n"}
    return frozenset()
