"""Resolve noun phrases to a person named only afterwards.

Example: ``The attorney general is … But Attorney General Ruth Vale said``.
"""

from __future__ import annotations

from quotetrack.extract.people.gender import gender_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.kin import KIN
from quotetrack.extract.resolve.person_phrases import Phrase
from quotetrack.extract.roles.facts import Facts, plain
from quotetrack.extract.roles.lead import speaks_first

_REACH = 400  # characters between a phrase that opens a paragraph and the name
_LEAD_END, _REACH_FROM_LEAD = 250, 700  # usual end of headline and lead, and characters from a phrase there to the name


def named_next(reading: Reading, register: Register, facts: Facts, phrase: Phrase) -> Someone | None:
    """Return the only person named soon after ``phrase`` who has the role it states.

    ``None`` if somebody named before has that role. ``a judge`` can be named later only if it is in the headline or
    lead (delayed identification); further down it is another judge.
    """
    is_at_top = phrase.span.start < _LEAD_END
    opens_paragraph = _opens_paragraph(reading, phrase) and phrase.determiner not in ("a", "an")
    if not (is_at_top or opens_paragraph) or _held_before(facts, phrase, phrase.span.start):
        return None
    reach = _REACH_FROM_LEAD if is_at_top else _REACH
    start = phrase.span.start
    near = {id(s): s for _, s in register.at(start + 1, start + reach, ("person",)) if 0 < s.first - start < reach}
    ahead = [s for s in sorted(near.values(), key=lambda s: s.first) if _has_role(facts, s, phrase)]
    if len(ahead) > 1:  # "the head of the rules committee": prefer whose role has the same words
        phrase_words = {plain(word) for word in phrase.span.text.split()} - {phrase.lemma, "the", "of", "for", "former"}
        ahead = [s for s in ahead if phrase_words & facts.words(s)]
    return ahead[0] if len(ahead) == 1 else None


def introduced_next(reading: Reading, register: Register, facts: Facts, phrase: Phrase) -> Someone | None:
    """Return the person named next, if this is their first mention and it introduces a known speaker.

    Example: ``His lawyer described the boat. Ivo Lenz said: “…”``. ``None`` if the person has a role of their own, the
    gender differs, or somebody named before has the role of the phrase.
    """
    end, gender = phrase.span.end, gender_of(phrase.lemma)
    if phrase.lemma in KIN or _held_before(facts, phrase, end):
        return None
    named = register.at(end, end + _REACH, ("person",))
    mention, someone = named[0] if named else (None, None)
    if mention is None or someone is None or mention.start != someone.first or " " not in someone.name:
        return None
    if facts.roles.get(id(someone)) or (gender and someone.gender and gender != someone.gender):
        return None
    return someone if speaks_first(reading, someone) else None


def _has_role(facts: Facts, someone: Someone, phrase: Phrase) -> bool:
    """Whether the article gives the person the role of the phrase."""
    return facts.has_role(someone, phrase.lemma) or facts.said_to_be(someone, phrase.lemma)


def _held_before(facts: Facts, phrase: Phrase, place: int) -> bool:
    """Whether somebody named before ``place`` has the role of the phrase."""
    holders = facts.holders(phrase.lemma)
    return bool(holders) and holders[0].first < place


def _opens_paragraph(reading: Reading, phrase: Phrase) -> bool:
    """Whether the phrase opens a paragraph."""
    number = reading.paragraph_at(phrase.span.start)
    return number >= 0 and phrase.span.start - 2 <= reading.parsed.paragraphs[number][0]
