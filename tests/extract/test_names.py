"""Names taken apart, and nouns for persons: no parser, no article."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.nouns import nouns

from quotetrack.text.names import fold, generation, strip_title
from quotetrack.text.role_nouns import is_role_noun, one_of_several


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Ruth Vale KC", "Ruth Vale"),
        ("Sir Anton Quist, MP", "Anton Quist"),
        ("Sano-san", "Sano"),
        ("Cho Min-ji", "Cho Min-ji"),
        ("Otto Brandt Jr.", "Otto Brandt Jr."),
        ("Ms. Vale's", "Vale"),
    ],
)
def test_what_is_no_part_of_a_name(printed: str, name: str) -> None:
    """Titles before it and honours behind it go; ``Jr.`` stays, since it tells father and son apart."""
    assert strip_title(printed)[0] == name


def test_generations() -> None:
    """``Junior`` and ``Jr.`` are the same, and no part of the name as it is compared."""
    assert generation("Anton Vale Jr.") == generation("Anton Vale Junior") == "junior"
    assert generation("Anton Vale III") == "iii" and generation("Anton Vale") == generation("Junior") == ""
    assert fold("Flavio da Selva Junior") == ("flavio", "selva")


@pytest.mark.parametrize(
    "word", ["engineer", "Coaches", "deputies", "firemen", "attorney-general", "co-owner", "Camerawoman", "agent"]
)
def test_nouns_for_persons(word: str) -> None:
    """Any number, any case, compounds by the part that says what they are."""
    assert is_role_noun(word)


@pytest.mark.parametrize(
    "word", ["restaurant", "tavern", "giant", "media", "crisis", "press", "company", "river", "variant"]
)
def test_no_ending_makes_a_person(word: str) -> None:
    """What a noun ends in says nothing: a restaurant is no attendant."""
    assert not is_role_noun(word)


def test_plurals() -> None:
    """The singular is a beginning of its plural, in the case of the text, or empty."""
    assert one_of_several("Coaches") == "Coach" and one_of_several("press") == ""


def test_nouns_out_of_wordnet(tmp_path: Path) -> None:
    """Only single nouns in lower case whose first sense is a kind of person; no names, no later senses."""
    (tmp_path / "index.noun").write_text(
        "  1 This software\n"
        "skipper n 2 1 @ 2 0 00000001 00000002\n"
        "grill n 2 1 @ 2 0 00000002 00000001\n"
        "ada_lind n 1 1 @i 1 0 00000003\n"
        "lind n 1 1 @i 1 0 00000003\n",
        encoding="ascii",
    )
    (tmp_path / "data.noun").write_text(
        "  1 This software\n"
        "00000001 18 n 02 skipper 0 grill 0 001 @ 00000009 n 0000 | who steers\n"
        "00000002 06 n 02 grill 0 skipper 0 001 @ 00000009 n 0000 | where one cooks\n"
        "00000003 18 n 02 Ada_Lind 0 Lind 0 001 @i 00000001 n 0000 | a skipper\n",
        encoding="ascii",
    )
    assert nouns(tmp_path) == ["skipper"]
