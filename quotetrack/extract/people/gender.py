"""Whether a person is a man or a woman, as far as honorifics, first names, nouns and pronouns of the article tell."""

from __future__ import annotations

import re
from collections import Counter

from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.text.names import FEMALE, MALE, first_names, fold

_TOLD_BY = {"he": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
_MALE_NOUNS = {
    "spokesman", "chairman", "congressman", "councilman", "businessman", "king", "actor", "man", "policeman", "fisherman",
    "ferryman", "boy", "waiter", "alderman",
}  # fmt: skip
_FEMALE_NOUNS = {
    "spokeswoman", "chairwoman", "congresswoman", "councilwoman", "businesswoman", "queen", "actress", "woman", "policewoman",
    "girl", "waitress", "widow", "housewife",
}  # fmt: skip


def gender_of(noun: str) -> str:
    """What a noun for a person tells of gender: ``m``, ``f`` or nothing."""
    lowered = noun.lower()
    if lowered.endswith(("woman", "ress")) or lowered in ("mother", "girl", "wife", "daughter", "sister", "widow"):
        return "f"
    return "m" if lowered.endswith("man") or lowered in ("father", "boy", "husband", "son", "brother") else ""


def honorific(reading: Reading, mention: Mention) -> str:
    """What ``Mr.`` or ``Ms.`` before the name tells."""
    before = reading.text[max(0, mention.start - 12) : mention.start]
    match = re.search(r"(\w+)\.?\s+$", before)
    word = match[1].lower() if match else ""
    return "m" if word in MALE else "f" if word in FEMALE else ""


def by_name(reading: Reading, someone: Someone) -> str:
    """What honorifics, the first name and the nouns beside the name tell, in this order."""
    return by_honorific(reading, someone) or by_first_name(someone) or by_noun(reading, someone)


def by_honorific(reading: Reading, someone: Someone) -> str:
    """What the first honorific before a mention tells."""
    return next((told for mention in someone.mentions if (told := honorific(reading, mention))), "")


def by_first_name(someone: Someone) -> str:
    """What the first name of a full name tells: of names from all over the world it is often wrong."""
    if len(fold(someone.name)) < 2:
        return ""
    return first_names().get(someone.name.split()[0].lower().strip("."), "")


def by_noun(reading: Reading, someone: Someone) -> str:
    """What the nouns beside the first mentions tell (``spokeswoman Ann Vale``)."""
    return next((told for mention in someone.mentions[:3] if (told := _noun_beside(reading, mention))), "")


def _noun_beside(reading: Reading, mention: Mention) -> str:
    """``spokeswoman Ann Vale``, ``Vale, a retired policeman``: what the noun beside the name tells."""
    before = re.search(r"([a-z]+)\s+$", reading.text[max(0, mention.start - 30) : mention.start].lower())
    after = re.match(
        r",\s+(?:an?|the|[\w.]+['’]s)\s+((?:[\w-]+\s+){0,4}[\w-]+)",
        reading.text[mention.end : mention.end + 70].lower(),
    )
    words = {*([before[1]] if before else []), *(after[1].split() if after else [])}
    male, female = bool(words & _MALE_NOUNS), bool(words & _FEMALE_NOUNS)
    return "m" if male and not female else "f" if female and not male else ""


def by_pronouns(reading: Reading, someone: Someone, others: set[int]) -> str:
    """What the pronouns tell that follow the name as a subject before anybody else comes up, in its sentence or at the head
    of the next. ``others`` are where all other persons are named.
    """
    told: Counter[str] = Counter()
    for mention in someone.mentions:
        inside = reading.words_between(mention.start, mention.end)
        if any(reading.words[i].deprel.startswith("nsubj") for i in inside):
            at = _first_pronoun(reading, inside, others)
            if at >= 0:
                # One outside the name's own clause ("While Vale slept, she …") may well go on with somebody else.
                told[_TOLD_BY[reading.words[at].text.lower()]] += 2 if _in_its_clause(reading, inside, at) else 1
    (gender, weight), *rest = told.most_common(2) or [("", 0)]
    return gender if weight >= max(2, 3 * sum(n for _, n in rest)) else ""


def _in_its_clause(reading: Reading, name: range, at: int) -> bool:
    """Whether the word stands in the clause that the name is the subject of."""
    subjects = [i for i in name if reading.words[i].deprel.startswith("nsubj")]
    return any(at in reading.subtree(reading.head[i]) for i in subjects if reading.head[i] >= 0)


def _first_pronoun(reading: Reading, name: range, others: set[int]) -> int:
    """The number of the first pronoun after the name that tells of it, or -1."""
    stop = reading.sentence_range(name.start).stop
    for i in range(name.stop, min(stop + 1, len(reading.words))):
        word = reading.words[i]
        lowered = word.text.lower()
        if word.start in others or lowered in _MALE_NOUNS | _FEMALE_NOUNS:
            return -1
        if reading.is_quoted(i) != reading.is_quoted(name.start):
            return -1
        if lowered in ("him", "her") and word.deprel != "nmod:poss":
            return -1  # "Vale backed her" tells of somebody else
        if lowered in _TOLD_BY:
            return i
    return -1
