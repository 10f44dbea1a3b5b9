"""Which names identify a person or body, and so get a page."""

from __future__ import annotations

import pytest

from quotetrack.read.proper_names import has_proper_name, is_body_name, is_full_name, is_person_name, repeated_words


@pytest.mark.parametrize(
    "name", ["Ruth Vale", "Sir Anton Vale", "R. Vale", "A.K.Vale", "Dean Osei", "Ahmad al-Vale", "May Osei"]
)
def test_full_names_of_persons(name: str) -> None:
    """Two capitalised words that are not all titles are a full name, also after a title or with initials and particles."""
    assert is_full_name(name) and has_proper_name(name, "person")


@pytest.mark.parametrize(
    "name", ["Sunday", "Tue", "51%", "2031", "Sir", "Dr.", "Prime Minister", "word", "spokesmen", "Weatherman", "Police Spokesman", ""]
)  # fmt: skip
def test_what_is_no_name_of_a_person(name: str) -> None:
    """Days, numbers, titles, common nouns and words in lower case are no names of persons."""
    assert not is_person_name(name) and not has_proper_name(name, "person")


def test_a_surname_is_a_name_but_not_a_full_one() -> None:
    """One word can be a person's name, but it does not identify the person; after a title neither."""
    assert is_person_name("Vale") and not is_full_name("Vale") and not is_full_name("Mrs. Vale")


@pytest.mark.parametrize(
    "name",
    ["Calder Port Authority", "Norland government", "Union of Harbour Pilots", "FNB", "eHarbour", "Calder’s health ministry",
     "Vale campaign", "House Harbour Committee", "Merland"],
)  # fmt: skip
def test_names_of_bodies(name: str) -> None:
    """A body is named by capitals, with small words and nouns for bodies in lower case."""
    assert is_body_name(name) and has_proper_name(name, "organisation")


@pytest.mark.parametrize(
    "name",
    ["the government", "agency", "Government", "companies", "Health Ministry", "One company that helps people to move",
     "D-Calif.", "R-N.Y.", "Calder unions", "Calder Authority Thursday", "the board, which met on Friday",
     "Anton Vale, a delegate from Merland", "Vale aides", "’s Foreign Ministry", "Sens. Ruth Vale and Anton Lund", "2031"],
)  # fmt: skip
def test_what_is_no_name_of_a_body(name: str) -> None:
    """Common nouns, descriptions, several bodies, constituencies and cut phrases do not identify a body."""
    assert not is_body_name(name)


def test_a_common_noun_identifies_a_body_of_a_known_country() -> None:
    """A ministry is identified if its country is known, from its name or from the articles."""
    assert is_body_name("Health Ministry", "KE") and is_body_name("Kenyan Health Ministry")
    assert not has_proper_name("Health Ministry", "organisation") and has_proper_name(
        "Health Ministry", "organisation", "KE"
    )


@pytest.mark.parametrize("kind", ["unnamed", "document", "group", "joint"])
def test_other_types_have_no_proper_name(kind: str) -> None:
    """Unnamed people, documents and groups are no persons or bodies with a name of their own."""
    assert not has_proper_name("Ruth Vale", kind)


def test_words_that_several_names_share() -> None:
    """A word of two names is shared, whatever its case; titles are no part of a name."""
    assert repeated_words(["Ruth Vale", "Anton VALE", "Mr. Lund", "Mr. Osei"]) == {"vale"}
