"""Decide whether a name after a comma is the speaker's when the phrase before it contains two persons.

In ``the head of the agency, Sipho Nkosi`` it is the speaker's; in ``a spokesman for the minister, David Brook`` it can
be the minister's.
"""

from __future__ import annotations

from quotetrack.extract.people.gender import gender_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.facts import Facts
from quotetrack.text.role_nouns import is_role_noun


def is_holder(reading: Reading, register: Register, facts: Facts, someone: Someone, before: range) -> bool:
    """Whether ``someone``, named after a comma, is the head of the phrase ``before`` it.

    ``before`` has the words of the phrase. In ``a spokesman for the minister, David Brook`` the answer is no, unless
    the minister has another name or the genders show that the name is the spokesman's.
    """
    words = reading.words
    prepositions = [i for i in before if words[i].upos == "ADP" and i > before.start]
    inner_noun = _inner_person_noun(reading, range(prepositions[0], before.stop)) if prepositions else -1
    if inner_noun < 0:
        return True
    outer = words[prepositions[0] - 1].text
    is_title = outer[:1].isupper() and not any(
        words[i].upos in ("DET", "PRON") for i in range(before.start, prepositions[0])
    )
    if (
        not is_role_noun(outer) or is_title
    ):  # "Representative of the Secretary, Jon Lund": a title without "the" takes a name
        return True
    noun = reading.singular(inner_noun)
    holders = any(s is not someone for s in facts.holders(noun))
    outer_gender, inner_gender = gender_of(outer), gender_of(noun)
    if holders or (someone.gender and inner_gender and inner_gender != someone.gender):
        return True  # the minister has another name
    return bool(
        outer_gender
        and someone.gender
        and outer_gender == someone.gender
        and inner_gender
        and inner_gender != outer_gender
    )


def _inner_person_noun(reading: Reading, after: range) -> int:
    """The index of the inner noun, such as ``minister`` in ``a spokesman for the prime minister``, or -1.

    It must be a singular, definite noun for a person right before the comma.
    """
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
