"""Which nouns say what a person is, and which of them say the same."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from quotetrack.text.inflection import singular
from quotetrack.text.names import HONORIFICS

# Short forms of offices that are other words in lower case.
_SHORT = {"DIG", "IGP", "DGP", "ADGP", "DSP", "SHO", "CM", "DG", "CTO", "CMO"}
# Of a compound the last part says what it is, but for these, which follow it: ``attorney-general``, ``president-elect``.
_AFTER = {"general", "elect", "designate", "emeritus", "chief", "large"}


@lru_cache(maxsize=1)
def role_nouns() -> frozenset[str]:
    """Nouns for what a person is or does: those of WordNet (``data/persons.txt``) and what news adds (``data/roles.txt``)."""
    return (_listed("persons.txt") - HONORIFICS) | _listed("roles.txt")


def _listed(name: str) -> frozenset[str]:
    source = files("quotetrack.extract").joinpath("data", name).read_text(encoding="utf-8")
    return frozenset(word for line in source.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=20_000)
def is_role_noun(word: str) -> bool:
    """Whether ``word`` (any number, any case) heads a description of a person."""
    lowered = word.lower().rstrip(".")
    if word in _SHORT:
        return True
    if lowered in role_nouns() or singular(lowered) in role_nouns():
        return True
    if lowered.endswith(("woman", "women")):
        return True  # "camerawoman": WordNet has few of them
    first, hyphen, last = lowered.rpartition("-")
    if hyphen and last in _AFTER:
        return is_role_noun(first.split("-")[0])
    return bool(hyphen) and len(last) > 2 and is_role_noun(last)


def one_of_several(noun: str) -> str:
    """The beginning of ``noun``, a plural, that is its singular (``senator|s``, ``coach|es``); empty where none is."""
    plural = noun.rstrip(".")
    one = singular(plural.lower())
    return (
        plural[: len(one)] if one in role_nouns() and plural.lower().startswith(one) and one != plural.lower() else ""
    )


# Nouns that news changes about for one office.
_ALIKE = [
    {"judge", "justice"}, {"lawyer", "attorney"}, {"chairman", "chairwoman", "chairperson", "chair"},
    {"spokesman", "spokeswoman", "spokesperson"}, {"physician", "doctor"}, {"executive", "ceo"},
    {"candidate", "nominee", "contender", "hopeful"}, {"reporter", "journalist", "correspondent", "anchor"},
    {"actor", "actress", "star"}, {"comedian", "comic"},
    {"surgeon", "neurosurgeon"}, {"front-runner", "frontrunner", "favorite"}, {"pastor", "minister", "reverend", "preacher"},
    {"officer", "policeman", "policewoman"}, {"billionaire", "businessman", "businesswoman", "mogul", "tycoon"},
    {"senator", "sen", "lawmaker"}, {"representative", "rep", "congressman", "congresswoman", "lawmaker"},
    {"governor", "gov"}, {"president", "pres"}, {"detective", "det"}, {"ex-wife", "wife"}, {"ex-husband", "husband"},
    {"father", "dad"}, {"mother", "mom", "mum"},
]  # fmt: skip
# Initials that stand for what they spell without having been introduced.
_SPELLED = {"pm", "ceo", "cfo", "coo", "cto", "cmo", "vp", "md", "mp", "ag", "dg", "cm", "dig", "igp", "dgp"}
# What may be called so as well: a president is a leader, a leader need be no president.
_WIDER = {
    "leader": {"president", "premier", "chancellor", "king", "dictator"},
    "head": {"chairman", "chairwoman", "chair", "director"},
}


def holds(noun: str, role: str) -> bool:
    """Whether ``role`` makes of its holder what ``noun`` (in lower case and singular) says: by what it is a role of, not by
    any word in it (``the president's wife`` is no president), and in a like word."""
    alike = {noun}.union(*(words for words in _ALIKE if noun in words), _WIDER.get(noun, set()))
    if noun == "leader" and "prime minister" in role.lower():
        return True
    for part in re.split(r",|/|\band\b", role.lower()):
        if noun in _SPELLED and spells(noun, part):
            return True
        words = re.findall(r"[\w'’-]+", re.split(r"\b(?:of|for|in|at|to|from|with|on|who|under|by)\b", part)[0])
        while len(words) > 1 and words[-1] in HONORIFICS and words[-1] != noun:
            words.pop()  # "bank chairman Sheikh"
        if words and {words[-1], words[-1].split("-")[0], singular(words[-1])} & alike:
            return True
    return False


def spells(short: str, office: str) -> bool:
    """Whether ``short`` (in lower case) is the initials of the office: ``pm`` of ``prime minister of Merland``, ``igp`` of
    ``inspector-general of police``."""
    office = re.sub(r"\([^)]*\)", "", office.lower())
    core = re.split(r"\b(?:of|for|in|at|to)\b", office)[0]
    return any(_initials(part).endswith(short) for part in (core, office))


def _initials(words: str) -> str:
    told = re.sub(r"\b(?:of|the|and|for|in)\b", "", words)
    return "".join(word[0] for word in re.findall(r"[\w'’]+", told))
