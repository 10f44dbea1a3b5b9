"""Whom a noun phrase stands for that the article names only afterwards: ``The attorney general is … But Attorney General Ruth Vale said``."""

from __future__ import annotations

from quotetrack.extract.people.gender import gender_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.fits import Phrase
from quotetrack.extract.resolve.kin import KIN
from quotetrack.extract.roles.facts import Facts, plain
from quotetrack.extract.roles.lead import speaks_first

_AHEAD = 400  # characters after a phrase that opens a paragraph in which its name may first come up
_TOP, _AHEAD_OF_TOP = 250, 700  # where a headline or lead ends, as a rule, and how far from there the name may be


def named_next(reading: Reading, register: Register, facts: Facts, phrase: Phrase) -> Someone | None:
    """The one person named soon after ``phrase`` whom the article gives what the phrase says, if nobody named before has it.

    ``a judge`` is named later where a headline or a lead speaks of one (delayed identification); further down it is another judge.
    """
    persons = list(register.persons())
    top = phrase.span.start < _TOP
    opens = _opens(reading, phrase) and phrase.determiner not in ("a", "an")
    if not (top or opens) or any(s.first < phrase.span.start and facts.has_role(s, phrase.lemma) for s in persons):
        return None
    reach = _AHEAD_OF_TOP if top else _AHEAD
    ahead = [s for s in persons if 0 < s.first - phrase.span.start < reach and _is_called(facts, s, phrase)]
    if len(ahead) > 1:  # "the head of the rules committee": not of the party
        told = {plain(word) for word in phrase.span.text.split()} - {phrase.lemma, "the", "of", "for", "former"}
        ahead = [s for s in ahead if told & facts.words(s)]
    return ahead[0] if len(ahead) == 1 else None


def brought_in(reading: Reading, register: Register, facts: Facts, phrase: Phrase) -> Someone | None:
    """Whoever the article names next, for the first time and without a word of who they are, as the one who says what is quoted there:
    ``His lawyer described the boat. Ivo Lenz said: “…”``.
    """
    end, told = phrase.span.end, gender_of(phrase.lemma)
    if phrase.lemma in KIN or any(s.first < end and facts.has_role(s, phrase.lemma) for s in register.persons()):
        return None
    named = register.at(end, end + _AHEAD, ("person",))
    mention, someone = named[0] if named else (None, None)
    if mention is None or someone is None or mention.start != someone.first or " " not in someone.name:
        return None
    if facts.roles.get(id(someone)) or (told and someone.gender and told != someone.gender):
        return None
    return someone if speaks_first(reading, someone) else None


def _is_called(facts: Facts, someone: Someone, phrase: Phrase) -> bool:
    return facts.has_role(someone, phrase.lemma) or facts.said_to_be(someone, phrase.lemma)


def _opens(reading: Reading, phrase: Phrase) -> bool:
    return any(phrase.span.start - 2 <= start <= phrase.span.start for start, _ in reading.parsed.paragraphs)
