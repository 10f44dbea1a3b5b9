"""Nouns that describe a person's role (``minister``, ``farmer``), and which of them are equivalent."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from quotetrack.text.inflection import singular
from quotetrack.text.names import HONORIFICS

# Abbreviated offices that are other words in lower case.
_SHORT = {"DIG", "IGP", "DGP", "ADGP", "DSP", "SHO", "CM", "DG", "CTO", "CMO"}
# Last parts of compounds whose first part is the role: ``attorney-general``, ``president-elect``.
_AFTER = {"general", "elect", "designate", "emeritus", "chief", "large"}


@lru_cache(maxsize=1)
def role_nouns() -> frozenset[str]:
    """Nouns for persons from WordNet (``data/persons.txt``), without honorifics, and from news (``data/roles.txt``)."""
    return (_listed("persons.txt") - HONORIFICS) | _listed("roles.txt")


def _listed(name: str) -> frozenset[str]:
    source = files("quotetrack.extract").joinpath("data", name).read_text(encoding="utf-8")
    return frozenset(word for line in source.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=20_000)
def is_role_noun(word: str) -> bool:
    """Whether ``word``, singular or plural in any case, can head a description of a person."""
    lowered = word.lower().rstrip(".")
    if word in _SHORT:
        return True
    if lowered in role_nouns() or singular(lowered) in role_nouns():
        return True
    if lowered.endswith(("woman", "women")):
        return True  # such as "camerawoman": WordNet has few of these
    first, hyphen, last = lowered.rpartition("-")
    if hyphen and last in _AFTER:
        return is_role_noun(first.split("-")[0])
    return bool(hyphen) and len(last) > 2 and is_role_noun(last)


def one_of_several(noun: str) -> str:
    """The singular of the plural ``noun`` if it is a prefix of it (``senator|s``, ``coach|es``), else an empty string."""
    plural = noun.rstrip(".")
    one = singular(plural.lower())
    return (
        plural[: len(one)] if one in role_nouns() and plural.lower().startswith(one) and one != plural.lower() else ""
    )


# Nouns that news uses interchangeably for one office.
_EQUIVALENT = [
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
# Abbreviations of offices that are used without an introduction.
_ABBREVIATIONS = {"pm", "ceo", "cfo", "coo", "cto", "cmo", "vp", "md", "mp", "ag", "dg", "cm", "dig", "igp", "dgp"}
# General nouns with the roles they include: a president is a leader, but not every leader is a president.
_MORE_GENERAL = {
    "leader": {"president", "premier", "chancellor", "king", "dictator"},
    "head": {"chairman", "chairwoman", "chair", "director"},
    "official": {
        "minister",
        "secretary",
        "commissioner",
        "governor",
        "mayor",
        "ambassador",
        "envoy",
        "prosecutor",
        "prefect",
        "treasurer",
        "superintendent",
    },
    "lawmaker": {"mp", "deputy", "legislator", "parliamentarian", "mep", "assemblyman", "assemblywoman", "councillor"},
    "politician": {
        "minister",
        "senator",
        "mp",
        "president",
        "premier",
        "governor",
        "mayor",
        "legislator",
        "congressman",
        "congresswoman",
    },
    "diplomat": {"ambassador", "envoy", "consul"},
    "cleric": {"bishop", "archbishop", "imam", "priest", "cardinal", "pastor", "rabbi", "ayatollah"},
    "expert": {"professor", "researcher", "scientist", "economist", "analyst", "epidemiologist", "specialist"},
    "academic": {"professor", "lecturer"},
    "scientist": {
        "physicist",
        "chemist",
        "biologist",
        "epidemiologist",
        "virologist",
        "geologist",
        "astronomer",
        "ecologist",
    },
}


@lru_cache(maxsize=50_000)
def holds(noun: str, role: str) -> bool:
    """Whether the holder of ``role`` can be called ``noun`` (singular, in lower case).

    Only the head of the role counts (``the president's wife`` is not a president); equivalent and more general nouns match.
    """
    heads, other = _called(role)
    return noun in other or not heads.isdisjoint(_accepted(noun))


@lru_cache(maxsize=5_000)
def _accepted(noun: str) -> frozenset[str]:
    """The heads of the roles whose holders can be called ``noun``."""
    equal = (words for words in _EQUIVALENT if noun in words)
    return frozenset({noun}.union(*equal, _MORE_GENERAL.get(noun, set())))


@lru_cache(maxsize=20_000)
def _called(role: str) -> tuple[frozenset[str], frozenset[str]]:
    """The heads of a role, and other nouns for its holder that have no equivalents: abbreviations and honorifics."""
    heads: set[str] = set()
    other = {"leader"} if "prime minister" in role.lower() else set()
    for part in re.split(r",|/|\band\b", role.lower()):
        other |= {short for short in _ABBREVIATIONS if spells(short, part)}
        words = re.findall(r"[\w'’-]+", re.split(r"\b(?:of|for|in|at|to|from|with|on|who|under|by)\b", part)[0])
        while len(words) > 1 and words[-1] in HONORIFICS:
            other.add(words.pop())  # "bank chairman Sheikh"
        heads |= {words[-1], words[-1].split("-")[0], singular(words[-1])} if words else set()
    return frozenset(heads), frozenset(other)


def spells(short: str, office: str) -> bool:
    """Whether ``short`` (in lower case) abbreviates the office by its initials.

    >>> spells("pm", "prime minister of Merland"), spells("igp", "inspector-general of police")
    (True, True)
    """
    office = re.sub(r"\([^)]*\)", "", office.lower())
    core = re.split(r"\b(?:of|for|in|at|to)\b", office)[0]
    return any(_initials(part).endswith(short) for part in (core, office))


def _initials(words: str) -> str:
    content = re.sub(r"\b(?:of|the|and|for|in)\b", "", words)
    return "".join(word[0] for word in re.findall(r"[\w'’]+", content))
