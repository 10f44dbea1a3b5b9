"""Entities of one article agree: a name means one thing in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotetrack.model import Entity
from quotetrack.parse.agreement import make_consistent


def named(*names: tuple[str, str], between: str = " met ") -> tuple[str, list[Entity]]:
    """A text of these names, and each as an entity of the class given with it."""
    text = ""
    entities = []
    for name, kind in names:
        text += between if text else ""
        entities.append(Entity(len(text), len(text) + len(name), kind, name))
        text += name
    return text, entities


def kinds(*names: tuple[str, str]) -> list[str]:
    return [entity.type for entity in make_consistent(*named(*names))]


def test_most_mentions_decide() -> None:
    assert kinds(("Northgate", "ORG"), ("Northgate", "FAC"), ("Northgate", "ORG")) == ["ORG"] * 3
    assert kinds(("Port\nSelby", "GPE"), ("Port Selby", "GPE"), ("Port Selby", "ORG")) == ["GPE"] * 3


def test_a_tie_is_left_as_it_is() -> None:
    assert kinds(("Northgate", "ORG"), ("Northgate", "FAC")) == ["ORG", "FAC"]


def test_a_surname_is_no_firm() -> None:
    assert kinds(("Ines Calloway", "Person"), ("Calloway", "Organization")) == ["Person", "Person"]
    assert kinds(("Ines Calloway", "Person"), ("Ines", "Misc")) == ["Person", "Person"]


def test_a_place_may_bear_a_surname() -> None:
    assert kinds(("Ines Calloway", "PERSON"), ("Calloway", "GPE")) == ["PERSON", "GPE"]
    assert kinds(("Ines Calloway", "PERSON"), ("Calloway Group", "ORG")) == ["PERSON", "ORG"]


def test_one_word_that_once_was_a_place_is_no_person_unless_somebody_bears_it() -> None:
    assert kinds(("Talvonia", "Person"), ("Talvonia", "Person"), ("Talvonia", "Location")) == ["Location"] * 3
    assert kinds(*[("Selby", "Person")] * 3, ("Selby", "Location")) == ["Person"] * 4
    assert kinds(("Calloway", "Person"), ("Calloway", "Location"), ("Ines Calloway", "Person"))[0] == "Person"
    assert kinds(("Talvonia", "Person"), ("Talvonia", "Location")) == ["Location"] * 2
    assert kinds(("Selby", "Person"), ("Selby", "Organization"), ("Selby", "Person")) == ["Person"] * 3


def test_what_has_a_president_is_a_country() -> None:
    said = named(("Karesh", "Person"), ("Idris Halvane", "Person"), between="'s President ")
    assert [entity.type for entity in make_consistent(*said)] == ["Location", "Person"]
    said = named(("Halvane", "PERSON"), ("Ruth Vale", "PERSON"), ("Idris Halvane", "PERSON"), between="'s president ")
    assert [entity.type for entity in make_consistent(*said)] == ["PERSON"] * 3


def test_a_name_cut_in_two_is_joined() -> None:
    found = make_consistent(*named(("Ines", "PERSON"), ("Calloway", "PERSON"), between=" "))
    assert [(entity.text, entity.start, entity.end) for entity in found] == [("Ines Calloway", 0, 13)]
    assert len(make_consistent(*named(("Ines", "PERSON"), ("Calloway", "GPE"), between=" "))) == 2


NAMES = st.sampled_from(["Vale", "Ruth Vale", "Calder Line", "Calder", "Port Selby"])
KINDS = st.sampled_from(["Person", "Organization", "Location", "NORP", "Date"])


@given(st.lists(st.tuples(NAMES, KINDS), max_size=12))
def test_places_stay_as_they_are(names: list[tuple[str, str]]) -> None:
    text, entities = named(*names)
    once = make_consistent(text, entities)
    assert [(e.start, e.end, e.text) for e in once] == [(e.start, e.end, e.text) for e in entities]
    assert all(text[e.start : e.end] == e.text for e in once)
