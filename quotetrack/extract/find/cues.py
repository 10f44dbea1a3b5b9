"""The lexicon of cues, the words that report speech.

The classes follow the complements that cues take in attribution corpora (PARC 3, Pareti 2012; PolNeAR, Newell et al.
2018): clauses, infinitives, words between marks, prepositional phrases. The lexicon is ``data/cues.tsv``.
"""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from importlib.resources import files

from quotetrack.extract.reading import Reading
from quotetrack.text.inflection import IRREGULAR_VERBS, dictionary_lemma

_SUBJECT_PRONOUNS = {"i", "we", "you", "he", "she", "it", "they", "who"}
_POSSESSIVES = {"'s", "’s", "his", "her", "its", "their", "my", "our"}


@lru_cache(maxsize=1)
def lexicon() -> dict[str, frozenset[str]]:
    """Return the class letters of each lemma, as explained in ``data/cues.tsv``."""
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
    """Return the lemma of a verb form in the spelling of the lexicon."""
    return base_form(form, lemma, lexicon())


def base_form(form: str, lemma: str, known: Container[str]) -> str:
    """Return the lemma of a word in the spelling of ``known``, or ``lemma`` if ``known`` does not contain it.

    A word that the tagger gave another part of speech keeps its ending in ``lemma``.
    """
    form = form.lower()
    if form in IRREGULAR_VERBS:
        return IRREGULAR_VERBS[form]
    for candidate in (lemma.lower(), form, dictionary_lemma(form)):
        if candidate is not None and candidate in known:
            return candidate
    return lemma.lower()


def classes_of(reading: Reading, index: int) -> frozenset[str]:
    """Return the class letters of the word ``index`` as a cue; empty if it is not a cue."""
    word = reading.words[index]
    if (
        word.text.lower() == "think"
        and index + 1 < len(reading.words)
        and reading.words[index + 1].text.lower().startswith("tank")
    ):
        return frozenset()
    if word.text.lower() == "meaning" or is_capital_within_sentence(reading, index):
        return frozenset()  # "…, meaning there is no rest" is a conclusion of the article; "Said Haddad" is a name
    letters = lexicon().get(cue_lemma(word.text, word.lemma), frozenset())
    if word.upos in ("VERB", "AUX"):
        if "n" in letters and index and reading.words[index - 1].text.lower() in _POSSESSIVES:
            return frozenset("n")  # "her claim that": a noun whatever the tagger says
        return letters - {"n"}
    if word.upos == "NOUN":
        lowered = word.text.lower()
        # The tagger labels some past tenses and gerunds as nouns, but only verbs take a clause.
        if lowered.endswith(("ed", "said")) or lowered in IRREGULAR_VERBS:
            return letters - {"n"}
        return letters & {"n"}
    if word.upos in ("ADJ", "X") and word.text.lower().endswith("ed"):
        return letters - {"n"}
    return frozenset()


def is_capital_within_sentence(reading: Reading, index: int) -> bool:
    """Whether the word is capitalised after another word of its sentence, as names are: ``the consul, Said Haddad``.

    False in sentences in title case and after other punctuation than a comma or bracket.
    """
    word = reading.words[index]
    if not word.text.istitle() or index == reading.sentence_range(index).start:
        return False
    before = reading.words[index - 1]
    if before.text.lower() in _SUBJECT_PRONOUNS:
        return False  # "he Tweeted"
    follows = before.text in (",", "(") or before.text[-1:].isalnum() or before.text in ("'s", "’s")
    return follows and "\n" not in reading.text[before.end : word.start] and not reading.in_title_case(word.start)
