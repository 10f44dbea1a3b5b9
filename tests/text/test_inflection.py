"""Singulars and lemmas without a parse."""

from __future__ import annotations

import pytest

from quotetrack.parse.engine.lemmas import Lemmas
from quotetrack.text.inflection import dictionary_lemma, finite_forms, singular


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("coaches", "coach"), ("deputies", "deputy"), ("firemen", "fireman"), ("judges", "judge"),
        ("witnesses", "witness"), ("children", "child"), ("movies", "movie"), ("nurses", "nurse"),
    ],
)  # fmt: skip
def test_plurals_become_singulars(noun: str, expected: str) -> None:
    """Regular and irregular plurals are turned into the singular that a dictionary lists."""
    assert singular(noun) == expected


@pytest.mark.parametrize(
    "noun", ["crisis", "analysis", "campus", "status", "series", "press", "news", "minister", "meeting", "cut"]
)
def test_singulars_are_left_alone(noun: str) -> None:
    """A singular keeps its final s, and a noun that is also a verb form is not reduced to the verb."""
    assert singular(noun) == noun


def test_words_outside_the_dictionary_lose_a_regular_ending() -> None:
    """A plural that the dictionary lacks loses its regular ending, also as the last part of a compound."""
    assert dictionary_lemma("flurbers") is None
    assert [singular(noun) for noun in ("flurbers", "flurbies", "flurbmen", "ex-ministers")] == [
        "flurber", "flurby", "flurbman", "ex-minister",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "upos", "feats", "lemma"),
    [
        ("underwent", "VERB", "Mood=Ind|Tense=Past|VerbForm=Fin", "undergo"),
        ("misused", "VERB", "Tense=Past|VerbForm=Part", "misuse"),
        ("co-financed", "VERB", "Tense=Past|VerbForm=Part", "co-finance"),
        ("Geese", "NOUN", "Number=Plur", "goose"),
        ("flurbed", "VERB", "Tense=Past|VerbForm=Fin", "flurb"),
        ("flurbing", "VERB", "VerbForm=Ger", "flurb"),
        ("flurbs", "VERB", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "flurb"),
        ("meeting", "NOUN", "Number=Sing", "meeting"),
    ],
)
def test_lemmas_of_words_missing_from_the_table(word: str, upos: str, feats: str, lemma: str) -> None:
    """Inflected words missing from the parser's table get the dictionary's lemma, unknown ones lose a regular ending."""
    assert Lemmas(lambda word, upos: None)(word, upos, feats) == lemma


def test_finite_forms_of_verbs() -> None:
    """Regular and irregular past tenses and the third person are formed, with a doubled consonant where there may be one."""
    assert {"admits", "admitted"} <= finite_forms("admit")
    assert finite_forms("tell") == {"tell", "tells", "told"}
    assert finite_forms("deny") == {"deny", "denies", "denied"}
    assert "teached" not in finite_forms("teach") and "teaches" in finite_forms("teach")
