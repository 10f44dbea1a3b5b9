"""Parties and places beside names, compared by the words of the same article."""

from __future__ import annotations

import pytest

from quotetrack.extract.people.affiliations import Beside, abbreviates, beside, party_words, written_out
from quotetrack.extract.people.institutions import bodies_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.resolve.fits import PersonFits
from quotetrack.extract.resolve.person_phrases import Phrase
from quotetrack.extract.resolve.tracks import Track
from quotetrack.extract.roles.collect import role_at
from quotetrack.extract.roles.facts import Facts
from quotetrack.model import Span

from .conftest import Read


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        (" (R-Fla.) said", Beside(("R",), ("Fla.",))),
        (", D-N.H., said", Beside(("D",), ("N.H.",))),
        (" (Lab, Selby North) said", Beside(("Lab",), ("Selby North",))),
        (" (KDU) said", Beside(("KDU",), ("KDU",))),
        (" of Oregon said", Beside((), ("Oregon",))),
        (" (aged 43) said", Beside()),
        (", Norra and Velga said", Beside()),
    ],
)
def test_what_stands_behind_a_name(behind: str, found: Beside) -> None:
    """The party and the place behind a name are read in brackets, between commas and after ``of``, for any country."""
    assert beside("Ruth Vale" + behind, 9) == found


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("Ore.", "Oregon", True),
        ("Ky.", "Kentucky", True),
        ("N.H.", "New Hampshire", True),
        ("W.Va.", "West Virginia", True),
        ("VT", "Vermont", True),
        ("Lab", "Labour", True),
        ("Fla.", "Oregon", False),
        ("N.H.", "Nevada", False),
        ("Ore.", "Core", False),
        ("N", "New Hampshire", False),
    ],
)
def test_short_forms(short: str, name: str, fits: bool) -> None:
    """A short form fits a name that has its letters in order, from the first letter, part by part."""
    assert abbreviates(short, name) is fits


def test_short_forms_are_written_out_with_the_words_of_the_article() -> None:
    """``(R-Fla.)`` gets the party words and places that the article has, and nothing where it has none."""
    short = Beside(("R",), ("Fla.",))
    assert written_out(short, {"reform": "reform", "union": "union"}, {"Florida", "Ohio"}) == {"reform", "florida"}
    assert written_out(short, {}, set()) == set()


def test_party_words(read: Read) -> None:
    """Adjective, noun and plural of a party share a stem, and the name of a nation is no word for a party."""
    words = party_words(
        read("The Democratic nominee met French farmers in Selby. Democrats cheered and the French left.")
    )
    assert words["democratic"] == words["democrats"]
    assert "french" not in words


PERSONS = [
    ("Sen. Ruth Vale (R-Fla.) left. The Republican primary is in May.", "The Florida senator", "senator", True),
    ("Sen. Ruth Vale (R-Fla.) left. Sen. Jon Lund (D-Ore.) slept in Oregon.", "The Oregon senator", "senator", False),
    ("Sen. Ruth Vale (R-Fla.) left. The Democratic nominee slept.", "The Democratic senator", "senator", False),
]


@pytest.mark.parametrize(("text", "phrase", "lemma", "possible"), PERSONS)
def test_short_forms_rule_persons_out(read: Read, text: str, phrase: str, lemma: str, possible: bool) -> None:
    """Somebody with another party or place in brackets is not the person of the phrase."""
    reading = read(f"{text}\n\n{phrase} said the sea was high in Florida.")
    register = Register(reading)
    fits = PersonFits(reading, register, Facts(reading, register))
    vale = next(one for one in register.persons() if "Vale" in one.name)
    start = reading.text.index(phrase)
    asked = Phrase.of(Span.of(reading.text, start, start + len(phrase)), lemma)
    assert fits.possible(Track(vale, vale.gender), asked) is possible


def test_noun_of_the_party(read: Read) -> None:
    """``The Democrat`` stands for somebody whom the article calls Democratic, and not for another."""
    reading = read("Sen. Ruth Vale, the Democratic candidate, met Jon Lund. The Democrats won. The Democrat left.")
    register = Register(reading)
    facts = Facts(reading, register)
    persons = {one.name: one for one in register.persons()}
    assert facts.is_of_party(persons["Ruth Vale"], "democrat")
    assert not facts.is_of_party(persons["Jon Lund"], "democrat")


def test_a_party_is_one_body(read: Read) -> None:
    """A party is one body under its name and the name of its people, and it may be called ``the party``."""
    reading = read("The Democratic Party met in Selby. Democrats left early. They said that the hall was cold.")
    found = [body for body in bodies_of(reading, Register(reading)) if "Democrat" in body.someone.name]
    assert len(found) == 1
    assert "party" in found[0].called


def test_a_relation_with_an_adjective_is_no_role(read: Read) -> None:
    """``Democratic rival`` and ``French rival`` do not say whose rival somebody is, so an office is preferred."""
    reading = read("The mayor met her Democratic rival and her French rival.")
    mayor, rival, other = (
        Span.of(reading.text, start, start + len(role))
        for role in ("mayor", "Democratic rival", "French rival")
        for start in (reading.text.index(role),)
    )
    assert role_at(reading, [mayor, rival, other], len(reading.text), None) == mayor


def test_a_state_is_called_one(read: Read) -> None:
    """A place may be called a state where the article says that it is one."""
    reading = read("The floods reached the state of Oregon on Monday. Nobody left Ohio.")
    called = {body.someone.name: body.called for body in bodies_of(reading, Register(reading))}
    assert "state" in called["Oregon"]
    assert "state" not in called["Ohio"]
