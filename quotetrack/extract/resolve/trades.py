"""Persons whom the article gives one trade and a noun phrase another: ``the bailiff`` is not the violinist who was named before."""

from __future__ import annotations

from collections.abc import Sequence

from quotetrack.extract.people.someone import Someone
from quotetrack.extract.roles.facts import Facts
from quotetrack.text.role_nouns import holds

# Trades and posts that nobody is called by who is known for another. Nouns for people of any trade ("the official", "the author") are not
# among them, nor are those that news uses as a second name ("the lawyer", "the economist").
_TRADES = {
    "accountant", "arbiter", "architect", "auctioneer", "bailiff", "baker", "barber", "bartender", "beekeeper", "blacksmith", "bookkeeper",
    "bricklayer", "builder", "butcher", "captain", "carer", "caretaker", "carpenter", "cashier", "chef", "chemist", "childminder", "choirmaster",
    "cleaner", "clerk", "cobbler", "comptroller", "concierge", "conductor", "constable", "convener", "convenor", "cook", "crewman", "dentist",
    "detective", "dispatcher", "diver", "docker", "doctor", "doorman", "draughtsman", "driver", "electrician", "engineer", "farmer", "farmhand",
    "ferryman", "firefighter", "fireman", "fisherman", "florist", "foreman", "forester", "gamekeeper", "gardener", "gravedigger", "grocer",
    "groom", "groundsman", "guard", "guide", "gynaecologist", "hairdresser", "harbourmaster", "headmaster", "headmistress", "headteacher",
    "hotelier", "housekeeper", "imam", "innkeeper", "inspector", "instructor", "interpreter", "jailer", "janitor", "jeweller", "jockey",
    "keeper", "lamplighter", "landlady", "landlord", "librarian", "lifeguard", "linesman", "locksmith", "magistrate", "mason", "matron",
    "mechanic", "midwife", "milkman", "miller", "miner", "monk", "navigator", "neurologist", "notary", "nun", "nurse", "optician", "orderly",
    "organist", "paediatrician", "paramedic", "pastor", "pathologist", "pharmacist", "physician", "physiotherapist", "pilot", "plumber",
    "policeman", "policewoman", "porter", "postman", "postmaster", "potter", "priest", "principal", "psychiatrist", "psychologist", "publican",
    "rabbi", "radiologist", "ranger", "receptionist", "rector", "referee", "registrar", "roofer", "sailor", "seamstress", "secretary", "sexton",
    "shepherd", "sheriff", "shoemaker", "shopkeeper", "signalman", "soldier", "stationmaster", "steward", "stonemason", "surveyor", "tailor",
    "taxidermist", "teacher", "technician", "teller", "timekeeper", "translator", "treasurer", "tutor", "umpire", "undertaker", "usher", "vet",
    "veterinarian", "vicar", "waiter", "waitress", "warden", "warder", "watchmaker", "watchman", "weaver", "welder",
}  # fmt: skip
_PRESENT = {"present", "current", "new", "newly", "acting", "interim", "incumbent"}


def is_of_another(facts: Facts, someone: Someone, noun: str, modifiers: Sequence[str]) -> bool:
    """Whether ``noun`` is a trade or post that rules out ``someone``, who does not have it.

    ``noun`` is the head of a noun phrase in the singular and lower case, ``modifiers`` the words before it. Of somebody without a role in
    the article the answer is no.
    """
    chief = noun == "executive" and [word.lower() for word in modifiers] == ["chief"]
    if not chief and (modifiers or noun not in _TRADES):
        return False
    return bool(facts.roles.get(id(someone)))


def is_in_office(facts: Facts, someone: Someone, noun: str, modifiers: Sequence[str]) -> bool:
    """Whether the noun phrase speaks of a former holder of a post that the article says ``someone`` holds now (``the bank's present head``)."""
    held = [role.text for role in facts.roles.get(id(someone), []) if holds(noun, role.text)]
    return "former" in modifiers and any(_PRESENT & set(role.lower().split()) for role in held)
