"""Who a name behind a comma is of: ``the head of the agency, Sipho Nkosi``, but nobody by name in ``a spokesman for the minister, David Brook``."""

from __future__ import annotations

from quotetrack.extract.people.gender import gender_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.facts import Facts
from quotetrack.text.role_nouns import is_role_noun


def is_holder(reading: Reading, register: Register, facts: Facts, someone: Someone, before: range) -> bool:
    """Whether ``someone``, named behind a comma, is the one that the words ``before`` it are for, and not the minister whose
    spokesman they may be for."""
    words = reading.words
    prepositions = [i for i in before if words[i].upos == "ADP" and i > before.start]
    inner = _other_holder(reading, range(prepositions[0], before.stop)) if prepositions else -1
    if inner < 0:
        return True
    outer = words[prepositions[0] - 1].text
    title = outer[:1].isupper() and not any(
        words[i].upos in ("DET", "PRON") for i in range(before.start, prepositions[0])
    )
    if (
        not is_role_noun(outer) or title
    ):  # "Representative of the Secretary, Jon Lund": a title without "the" has a name
        return True
    noun = reading.singular(inner)
    holders = [s for s in register.persons() if s is not someone and facts.has_role(s, noun)]
    told, inner_told = gender_of(outer), gender_of(noun)
    if holders or (someone.gender and inner_told and inner_told != someone.gender):
        return True  # the minister goes by another name
    return bool(told and someone.gender and told == someone.gender and inner_told and inner_told != told)


def _other_holder(reading: Reading, after: range) -> int:
    """The word of ``the prime minister`` in ``a spokesman for the prime minister``, or -1: one person, definite, right
    before the comma."""
    words = reading.words
    last = after.stop - 1
    while last in after and words[last].upos in ("PROPN", "NOUN") and not is_role_noun(words[last].text):
        case = next((i for i in range(last, after.start, -1) if words[i].upos == "ADP"), -1)
        if case < 0:
            return -1
        last = case - 1  # "the minister of mines": the noun before "of"
    word = words[last]
    if (
        last not in after
        or not is_role_noun(word.text)
        or "Number=Plur" in word.feats
        or word.upos not in ("NOUN", "PROPN")
    ):
        return -1
    phrase = range(last - 1, after.start - 1, -1)
    edge = next(
        (i for i in phrase if words[i].upos in ("ADP", "CCONJ", "DET", "PRON") or words[i].text in ("'s", "’s")), -1
    )
    definite = edge >= 0 and words[edge].upos not in ("ADP", "CCONJ")
    if definite and edge - 1 in after and words[edge - 1].upos == "CCONJ" and reading.lower[edge] in ("a", "an"):
        return -1  # "a member of the board and a former mayor, Jon Lund": both are Lund
    return last if definite else -1
