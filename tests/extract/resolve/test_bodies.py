"""Which bodies an article names, under which names they are one, and what nouns they may be called by."""

from __future__ import annotations

import pytest

from quotetrack.extract.people.institutions import Body, bodies_of
from quotetrack.extract.people.kinds import called_by_name
from quotetrack.extract.people.register import Register
from quotetrack.extract.resolve.fits_bodies import BodyFits, BodyPhrase
from quotetrack.extract.resolve.tracks import Track
from quotetrack.model import Span

from .conftest import Read


def bodies(read: Read, text: str) -> dict[str, Body]:
    """The bodies of a text by name."""
    reading = read(text)
    return {body.someone.name.removeprefix("the "): body for body in bodies_of(reading, Register(reading))}


ONE = {
    "initials": (
        "The Northern Fisheries Organization met in Port Selby on Monday.\n\nThe NFO said that herring was scarce.",
        "Northern Fisheries Organization", "NFO",
    ),
    "initials of a name with small words": (
        "The Calder Institute of Marine Science opened a pier.\n\nHerring is scarce, the CIMS said on Monday.",
        "Calder Institute of Marine Science", "CIMS",
    ),
    "a name without its of": (
        "The Halvane University of the Coast opened a pier on Monday.\n\nHalvane University said that it was full.",
        "Halvane University of the Coast", "Halvane University",
    ),
    "the last words of a name": (
        "The Selby Harbour Committee met on Monday.\n\nNobody spoke after the Harbour Committee had voted.",
        "Selby Harbour Committee", "Harbour Committee",
    ),
    "one capital in brackets": (
        "The Northern Export Bank (Norexbank) has lent money to the port of Selby.\n\n"
        "According to Norexbank, the loans will be paid back in May. The money, said officials of Norexbank, is safe.",
        "Northern Export Bank", "Norexbank",
    ),
    "a hyphen inside": (
        "The loans came from the Inter-American Harbour Bank, according to a letter on Monday.",
        "Inter-American Harbour Bank", "American Harbour Bank",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE)
def test_names_of_one_body(read: Read, name: str) -> None:
    """A body that goes by its initials, by part of its name or by a name in brackets is one body under its whole name."""
    text, whole, short = ONE[name]
    found = bodies(read, text)
    assert whole in found
    assert short not in found


TWO = {
    "initials of two": (
        "The Northern Fisheries Organization met the National Farmers Organization on Monday.\n\nThe NFO was late.",
        {"Northern Fisheries Organization", "National Farmers Organization", "NFO"},
    ),
    "the last words of two": (
        "The Selby Harbour Committee met the Holm Harbour Committee on Monday.",
        {"Selby Harbour Committee", "Holm Harbour Committee"},
    ),
    "other initials": (
        "The Northern Fisheries Organization met the KPB on Monday.",
        {"Northern Fisheries Organization", "KPB"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TWO)
def test_names_of_two_bodies(read: Read, name: str) -> None:
    """Initials and short names that could be of two bodies, or of none of those named, stay by themselves."""
    text, names = TWO[name]
    assert names <= set(bodies(read, text))


CALLED = {
    "what it has": ("Quillnet shareholders met in Port Selby on Monday.", "Quillnet", "company"),
    "whose it is": ("Brona Lund, a co-founder of Quillnet, sold her house.", "Quillnet", "company"),
    "members of parliament": ("Several KPB lawmakers left the hall before the vote.", "KPB", "party"),
    "the noun behind it": ("The loans were given to the Harbour Assets group on Monday. Harbour Assets owns the pier.", "Harbour Assets", "group"),
    "such as": ("Companies such as Quillnet and Brellan pay for the pier.", "Brellan", "company"),
    "including": (
        "Several unions including ASMU and the Nautical Staff Association met in Holm on Monday.",
        "ASMU",
        "union",
    ),
    "and other": ("Quillnet and other companies pay for the pier.", "Quillnet", "company"),
    "a legal form abroad": ("The pier was built by Brellan Harbours Sdn Bhd in May.", "Brellan Harbours Sdn Bhd", "company"),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLED)
def test_what_a_body_may_be_called(read: Read, name: str) -> None:
    """What a body has, and the list of its like that it stands in, tell what it may be called."""
    text, body, noun = CALLED[name]
    assert noun in bodies(read, text)[body].called


def test_countries_have_what_companies_have(read: Read) -> None:
    """A country with shareholders, passengers or lawmakers is no company, airline or party."""
    found = bodies(
        read, "Norwegian farms have shareholders. Norway lawmakers met in Norway's planes on Monday in Norway."
    )
    assert not found["Norway"].called & {"company", "airline", "party"}


def test_what_stands_behind_the_name_of_a_country(read: Read) -> None:
    """A country is not called by a noun behind its name: a Norway company is only from there."""
    body = bodies(read, "A Norway company sold its boats on Monday. Nobody in Norway knew.")["Norway"]
    assert body.is_place
    assert "company" not in body.called


def test_united_in_front_is_no_club() -> None:
    """``United`` ends the name of a club; the United Nations are none."""
    assert "club" in called_by_name("Selby United")
    assert "club" not in called_by_name("United Nations")


def test_a_name_that_only_acts_is_of_a_body(read: Read) -> None:
    """A name that the entity model takes for a place is of a body if it stands often, mostly as a subject, and never behind a preposition of place."""
    acts = "Lisbon said that {}. "
    acting = "".join(acts.format(what) for what in ("it grew", "it paid", "it hired", "it won", "it sold", "it moved"))
    reading = read(acting)
    body = next(b for b in bodies_of(reading, Register(reading)) if b.someone.name == "Lisbon")
    assert not body.is_place
    reading = read(acting + "Nobody in Lisbon knew.")
    body = next(b for b in bodies_of(reading, Register(reading)) if b.someone.name == "Lisbon")
    assert body.is_place


def test_a_municipality_goes_by_the_name_of_its_place(read: Read) -> None:
    """``The municipality`` may be a town that the article names, ``the ministry`` may not."""
    text = "Holm lies by the sea. Nobody in Holm had water. The municipality said that a pipe had burst."
    reading = read(text)
    body = next(b for b in bodies_of(reading, Register(reading)) if b.someone.name == "Holm")
    start = text.index("The municipality")
    span = Span.of(text, start, start + len("The municipality"))
    fits, track = BodyFits(reading), Track(body.someone, "n", body=body)
    assert fits.possible(track, BodyPhrase.of(span, "municipality"))
    assert not fits.possible(track, BodyPhrase.of(span, "ministry"))


def test_a_name_is_found_again(read: Read) -> None:
    """A body's name of several words, or with a capital inside, counts where the entity model passed it over as well."""
    text = 'The pier belongs to Mermaid Theatre. So does the boat.\n\n"It is easy."\n\nMermaid Theatre uses puppets of wood.'
    assert len(bodies(read, text)["Mermaid Theatre"].places) == 2
