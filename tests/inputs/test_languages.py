"""The language of a text is detected, and a wrong declaration corrected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotetrack.inputs import Metadata, read
from quotetrack.inputs.languages import language_of
from quotetrack.model import Article
from tests.inputs.formats import TEXT

OTHERS = {
    "de": "Der Hafen bleibt nach dem Sturm bis Freitag geschlossen, sagte die Hafenmeisterin am Montag. „Wir können keine Schiffe einlassen, solange die Stege lose sind“, sagte sie. Der Rat teilte mit, dass die Reparatur eine Woche dauern werde und die Besitzer der Boote entschädigt würden. Niemand wisse, wie lange das gehe.",
    "fr": "Le port restera fermé jusqu'à vendredi, a déclaré lundi la capitaine du port. « Nous ne pouvons pas laisser entrer de navires tant que les jetées ne sont pas fixées », a-t-elle dit. Le conseil a fait savoir que la réparation durerait une semaine et que les propriétaires des bateaux seraient indemnisés pour ce temps.",
    "es": "El puerto seguirá cerrado hasta el viernes, dijo el lunes la capitana del puerto. «No podemos dejar entrar barcos mientras los muelles estén sueltos», dijo. El consejo informó de que la reparación duraría una semana y de que los dueños de los barcos serían compensados por ese tiempo. Nadie sabe cuánto tardará.",
}  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_detected(tmp_path: Path, language: str) -> None:
    """A text without a declared language is stored with its own, so that it is never parsed as English."""
    (tmp_path / "a.txt").write_text(OTHERS[language], encoding="utf-8")
    (found,) = read(tmp_path / "a.txt")
    assert isinstance(found, Article)
    assert (found.language, found.provenance.language) == (language, "detected")


@pytest.mark.parametrize("text", ["Le port est fermé.", "12 34 56", "", "“Guten Tag,” he said."])
def test_short_texts_count_as_english(text: str) -> None:
    """A text too short to tell counts as English unless something else is declared."""
    assert language_of(text) == "en"
    assert language_of(text, "fr") == "fr"


def test_english_with_foreign_quotations_is_english() -> None:
    """An English report that quotes a foreign sentence, and one in capitals, are English."""
    assert language_of(f"{TEXT}\n\n“{OTHERS['fr'][:150]}”") == "en"
    assert language_of(TEXT.upper()) == "en"


def test_a_wrong_declaration_is_corrected_and_noted(tmp_path: Path) -> None:
    """A page template that declares English over a German text, or the reverse, is corrected and the origin kept."""
    records = [
        {"text": OTHERS["de"], "lang": "en"}, {"text": TEXT, "lang": "de"}, {"text": TEXT, "lang": "en"},
        {"text": OTHERS["de"][:100], "lang": "en"},
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    found = [one for one in read(tmp_path / "a.jsonl") if isinstance(one, Article)]
    assert [one.language for one in found] == ["de", "en", "en", "en"]
    assert [one.provenance.language for one in found] == ["corrected from 'en'", "corrected from 'de'", None, None]


def test_the_user_decides(tmp_path: Path) -> None:
    """A language given by the user is final."""
    (tmp_path / "a.txt").write_text(OTHERS["de"], encoding="utf-8")
    (found,) = read(tmp_path / "a.txt", Metadata(language="en"))
    assert isinstance(found, Article)
    assert found.language == "en"
