"""Persons whom the article gives one trade and a noun phrase another: ``the bailiff`` is not the violinist who was named before."""

from __future__ import annotations

from collections.abc import Sequence

from quotetrack.extract.people.someone import Someone
from quotetrack.extract.roles.facts import Facts

# Trades and posts that nobody is called by who is known for another. Nouns for people of any trade ("the official", "the author") are not
# among them, nor are those that news uses as a second name ("the lawyer", "the economist").
_TRADES = {
    "accountant", "architect", "bailiff", "baker", "barber", "bartender", "beekeeper", "blacksmith", "bookkeeper", "bricklayer", "builder",
    "butcher", "captain", "caretaker", "carpenter", "cashier", "chef", "chemist", "cleaner", "clerk", "conductor", "constable", "convener",
    "convenor", "cook", "dentist", "detective", "diver", "doctor", "driver", "electrician", "engineer", "farmer", "ferryman", "firefighter",
    "fireman", "fisherman", "florist", "foreman", "gardener", "gamekeeper", "groom", "groundsman", "guard", "guide", "gynaecologist",
    "hairdresser", "harbourmaster", "headmaster", "headmistress", "headteacher", "imam", "innkeeper", "inspector", "instructor", "interpreter",
    "janitor", "jeweller", "keeper", "landlady", "landlord", "librarian", "lifeguard", "linesman", "locksmith", "magistrate", "mason",
    "mechanic", "midwife", "miller", "miner", "monk", "notary", "nun", "nurse", "optician", "paramedic", "pathologist", "pharmacist",
    "physician", "physiotherapist", "pilot", "plumber", "policeman", "policewoman", "postman", "priest", "principal", "rabbi", "ranger",
    "receptionist", "referee", "registrar", "roofer", "sailor", "seamstress", "secretary", "sexton", "shepherd", "sheriff", "shoemaker",
    "shopkeeper", "soldier", "steward", "surveyor", "tailor", "teacher", "technician", "translator", "treasurer", "umpire", "undertaker",
    "usher", "vet", "veterinarian", "vicar", "waiter", "waitress", "warden", "watchman", "welder",
}  # fmt: skip


def is_of_another(facts: Facts, someone: Someone, noun: str, modifiers: Sequence[str]) -> bool:
    """Whether ``noun`` is a trade or post that rules out ``someone``, who does not have it.

    ``noun`` is the head of a noun phrase in the singular and lower case, ``modifiers`` the words before it. Of somebody without a role in
    the article the answer is no.
    """
    chief = noun == "executive" and [word.lower() for word in modifiers] == ["chief"]
    if not chief and (modifiers or noun not in _TRADES):
        return False
    return bool(facts.roles.get(id(someone)))
