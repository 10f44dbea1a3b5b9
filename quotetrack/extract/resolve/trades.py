"""Rule out persons with another trade than that of a noun phrase: ``the bailiff`` is not the violinist named before."""

from __future__ import annotations

from collections.abc import Sequence

from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.person_phrases import Phrase
from quotetrack.extract.roles.facts import Facts
from quotetrack.text.role_nouns import holds, is_role_noun

# Nouns for people of any trade, and those that news uses as a second description ("the lawyer", "the economist").
_GENERAL = {
    "academic", "accused", "activist", "actor", "actress", "adviser", "advisor", "advocate", "aide", "ally", "analyst", "anchor", "applicant",
    "artist", "athlete", "attacker", "attorney", "author", "autocrat", "blogger", "boss", "boy", "businessman", "businesswoman", "campaigner",
    "candidate", "captain", "celebrity", "chairman", "challenger", "champion", "chief", "cleric", "co-founder", "co-owner", "columnist",
    "comedian", "commentator", "competitor", "complainant", "contender", "contestant", "convict", "correspondent", "creator", "critic",
    "daughter", "defendant", "delegate", "deputy", "detainee", "dictator", "diplomat", "dissident", "donor", "economist", "editor",
    "entrepreneur", "envoy", "executive", "exile", "expert", "father", "figure", "filmmaker", "founder", "fugitive", "girl", "graduate", "guest",
    "gunman", "head", "heir", "hero", "historian", "host", "husband", "icon", "inmate", "insider", "investor", "journalist", "killer",
    "lawmaker", "lawyer", "lead", "leader", "legend", "legislator", "local", "man", "manager", "member", "migrant", "millionaire", "minister",
    "mogul", "monarch", "mother", "murderer", "musician", "native", "newcomer", "nominee", "novelist", "offender", "official", "opponent",
    "organiser", "organizer", "owner", "parent", "parliamentarian", "participant", "passenger", "patient", "pensioner", "performer",
    "perpetrator", "person", "philanthropist", "plaintiff", "player", "poet", "politician", "predecessor", "presenter", "prisoner", "producer",
    "professional", "professor", "protagonist", "protester", "pundit", "refugee", "reporter", "representative", "researcher", "resident",
    "royal", "ruler", "scholar", "scientist", "senator", "singer", "skipper", "son", "songwriter", "source", "speaker", "specialist",
    "spokesman", "spokesperson", "spokeswoman", "star", "statesman", "strategist", "student", "successor", "supporter", "survivor", "suspect",
    "teenager", "tenant", "trader", "traveller", "tycoon", "veteran", "victim", "visitor", "volunteer", "voter", "widow", "widower", "wife",
    "winner", "witness", "woman", "worker", "writer", "youngster", "youth",
}  # fmt: skip
# General alone, but an office after a noun: "the transport chief".
_HEADS = {"chief", "head", "boss", "executive", "manager", "minister", "official", "worker"}
_PRESENT = {"present", "current", "new", "newly", "acting", "interim", "incumbent"}


def is_of_another(reading: Reading, facts: Facts, someone: Someone, phrase: Phrase) -> bool:
    """Whether the phrase names a trade or post that ``someone``, who has another one, does not have: ``the abbess``.

    ``False`` for a person without a role in the article, for a phrase with modifiers other than nouns, and for nouns for people of
    any trade.
    """
    noun = phrase.lemma
    before = reading.words_between(phrase.span.start, phrase.span.end)[1 : len(phrase.modifiers) + 1]
    chief = [word.lower() for word in phrase.modifiers] in (["chief"], ["deputy"], ["assistant"])
    if not is_role_noun(noun) or phrase.determiner != "the" or phrase.tail or phrase.age:
        return False
    if not chief and any(reading.words[index].upos != "NOUN" for index in before):
        return False
    general = noun in _GENERAL and not (noun in _HEADS and phrase.modifiers)
    return not general and bool(facts.roles.get(id(someone)))


def is_in_office(facts: Facts, someone: Someone, noun: str, modifiers: Sequence[str]) -> bool:
    """Whether the phrase is about a former holder of a post that ``someone`` holds now: ``the bank's present head``."""
    held = [role.text for role in facts.roles.get(id(someone), []) if holds(noun, role.text)]
    return "former" in modifiers and any(_PRESENT & set(role.lower().split()) for role in held)
