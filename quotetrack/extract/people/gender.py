"""Infer a person's gender from honorifics, first names, nouns and pronouns in the article.

Genders are ``"m"``, ``"f"`` or an empty string if unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.text.names import FEMALE, MALE, first_names, fold

_PRONOUN_GENDERS = {"he": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
_MALE_NOUNS = {
    "spokesman", "chairman", "congressman", "councilman", "businessman", "king", "actor", "man", "policeman", "fisherman",
    "ferryman", "boy", "waiter", "alderman",
}  # fmt: skip
_FEMALE_NOUNS = {
    "spokeswoman", "chairwoman", "congresswoman", "councilwoman", "businesswoman", "queen", "actress", "woman", "policewoman",
    "girl", "waitress", "widow", "housewife",
}  # fmt: skip


def gender_of(noun: str) -> str:
    """Return the gender that a noun for a person implies: ``f`` for ``spokeswoman``, ``m`` for ``father``, else empty."""
    lowered = noun.lower()
    if lowered.endswith(("woman", "ress")) or lowered in ("mother", "girl", "wife", "daughter", "sister", "widow"):
        return "f"
    return "m" if lowered.endswith("man") or lowered in ("father", "boy", "husband", "son", "brother") else ""


def honorific(reading: Reading, mention: Mention) -> str:
    """Return the gender implied by an honorific before the name, such as ``Mr.`` or ``Ms.``."""
    before = reading.text[max(0, mention.start - 12) : mention.start]
    match = re.search(r"(\w+)\.?\s+$", before)
    word = match[1].lower() if match else ""
    return "m" if word in MALE else "f" if word in FEMALE else ""


def by_name(reading: Reading, someone: Someone) -> str:
    """Return the gender from the first of these that has one: honorific, first name, noun beside the name."""
    return by_honorific(reading, someone) or by_first_name(someone) or by_noun(reading, someone)


def by_honorific(reading: Reading, someone: Someone) -> str:
    """Return the gender from the first mention with an honorific."""
    return next((found for mention in someone.mentions if (found := honorific(reading, mention))), "")


def by_first_name(someone: Someone) -> str:
    """Return the gender of the first name of a full name; empty for a single name.

    Less reliable than the other evidence, because the gender of a name differs between countries.
    """
    if len(fold(someone.name)) < 2:
        return ""
    return first_names().get(someone.name.split()[0].lower().strip("."), "")


def by_noun(reading: Reading, someone: Someone) -> str:
    """Return the gender from nouns beside the first three mentions (``spokeswoman Ann Vale``)."""
    return next((found for mention in someone.mentions[:3] if (found := _noun_beside(reading, mention))), "")


def _noun_beside(reading: Reading, mention: Mention) -> str:
    """The gender from the nouns beside the name: ``spokeswoman Ann Vale``, ``Vale, a retired policeman``."""
    before = re.search(r"([a-z]+)\s+$", reading.text[max(0, mention.start - 30) : mention.start].lower())
    after = re.match(
        r",\s+(?:an?|the|[\w.]+['’]s)\s+((?:[\w-]+\s+){0,4}[\w-]+)",
        reading.text[mention.end : mention.end + 70].lower(),
    )
    words = {*([before[1]] if before else []), *(after[1].split() if after else [])}
    male, female = bool(words & _MALE_NOUNS), bool(words & _FEMALE_NOUNS)
    return "m" if male and not female else "f" if female and not male else ""


def by_pronouns(reading: Reading, someone: Someone, owners: Mapping[int, Someone]) -> str:
    """Return the gender of the pronouns that follow the person as a subject, if they agree clearly.

    For each mention that is a subject, the first pronoun in its sentence or at the start of the next one counts, unless
    another person comes first. ``owners`` has the person of each mention by its start offset.
    """
    votes: Counter[str] = Counter()
    for mention in someone.mentions:
        inside = reading.words_between(mention.start, mention.end)
        if any(reading.words[i].deprel.startswith("nsubj") for i in inside):
            pronoun = _first_pronoun(reading, inside, someone, owners)
            if pronoun >= 0:
                # A pronoun outside the clause of the name ("While Vale slept, she …") may refer to another person.
                votes[_PRONOUN_GENDERS[reading.words[pronoun].text.lower()]] += (
                    2 if _in_its_clause(reading, inside, pronoun) else 1
                )
    (gender, weight), *rest = votes.most_common(2) or [("", 0)]
    return gender if weight >= max(2, 3 * sum(n for _, n in rest)) else ""


def _in_its_clause(reading: Reading, name: range, word: int) -> bool:
    """Whether the word at index ``word`` is in the clause whose subject is the name."""
    subjects = [i for i in name if reading.words[i].deprel.startswith("nsubj")]
    return any(word in reading.subtree(reading.head[i]) for i in subjects if reading.head[i] >= 0)


def _first_pronoun(reading: Reading, name: range, someone: Someone, owners: Mapping[int, Someone]) -> int:
    """The index of the first pronoun after the name that can refer to it, or -1."""
    stop = reading.sentence_range(name.start).stop
    for i in range(name.stop, min(stop + 1, len(reading.words))):
        word = reading.words[i]
        lowered = word.text.lower()
        if owners.get(word.start, someone) is not someone or lowered in _MALE_NOUNS | _FEMALE_NOUNS:
            return -1
        if reading.is_quoted(i) != reading.is_quoted(name.start):
            return -1
        if lowered in ("him", "her") and word.deprel != "nmod:poss":
            return -1  # "Vale backed her": the object is another person
        if lowered in _PRONOUN_GENDERS:
            return i
    return -1
