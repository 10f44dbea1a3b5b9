"""Resolve phrases that name an office with one holder.

``the UNO`` after ``Upazila Nirbahi Officer (UNO)``; ``ACC secretary`` after ``secretary of the ACC``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotetrack.extract.people.mentions import kind_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.roles.abbreviations import ShortOffice, short_offices
from quotetrack.extract.roles.facts import Facts
from quotetrack.model import Span
from quotetrack.text.names import HONORIFICS
from quotetrack.text.role_nouns import holds, is_role_noun, spells
from quotetrack.text.words import content_words

# Words that make a different office of one: "deputy governor" is not "governor".
_OTHER_OFFICE = {
    "former", "ex", "deputy", "vice", "acting", "assistant", "interim", "outgoing", "incoming", "elect", "late", "then", "co",
    "additional", "associate", "under", "shadow", "candidate", "nominee",
}  # fmt: skip
# Roles that many people have at once, so that "the council member" is ambiguous.
_HELD_BY_MANY = {
    "member", "official", "supporter", "player", "employee", "worker", "resident", "insider", "veteran", "fan", "student",
    "lawmaker", "voter", "delegate", "activist", "fighter", "soldier", "customer", "volunteer", "officer", "citizen",
}  # fmt: skip
# Nouns for the head of a body, whatever the title: "the PTI chief" is its chairman.
_HEADS = {"chief", "head", "boss", "leader"}
_TITLES_OF_HEADS = ("chairman", "director", "president", "commander", "executive", "chief", "head", "leader")
_ADJECTIVE_ENDINGS = ("i", "n", "an", "ian", "ean", "ese", "ish", "ine", "istan")
_SHARED_LETTERS = 3  # which words that _same_word takes for the same have in common at least
_HEAD_OF = re.compile(r"(?:the )?head of (?:the )?(state|government)")
_OF_STATES = ("president", "king", "queen", "emir", "amir", "sultan", "emperor", "grand duke", "supreme leader")
_OF_GOVERNMENTS = ("prime minister", "premier", "chancellor")
_NOT_DEFINITE = {"a", "an", "another", "one", "some", "any", "his", "her", "their", "its", "my", "our", "no"}


@dataclass(slots=True)
class Offices:
    """The offices of one article and their holders."""

    reading: Reading
    register: Register
    facts: Facts
    _short: dict[str, list[ShortOffice]] = field(default_factory=dict)
    # The words of the name and the abbreviation of each body that has one, by the word that the fewest of them have.
    _abbreviated: dict[str, list[tuple[set[str], str]]] = field(default_factory=dict)
    _role_words: dict[Span, set[str]] = field(default_factory=dict)
    # The persons by the first letters of the words of their roles, and how many of the added roles are in it.
    _persons_by_letters: dict[str, set[int]] = field(default_factory=dict)
    _indexed: int = 0
    _heads: dict[tuple[str, int], Someone | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for office in short_offices(self.reading):
            self._short.setdefault(office.short, []).append(office)
        named = [
            (content_words(one.name), one.abbreviation.lower()) for one in self.register.everyone if one.abbreviation
        ]
        bodies_with = Counter(word for words, _ in named for word in words)
        for words, short in named:
            rarest = min(words, key=lambda word: (bodies_with[word], word), default="")
            self._abbreviated.setdefault(rarest, []).append((words, short))
        for someone in self.register.persons():
            for role in self.facts.roles.get(id(someone), []):
                self._index(someone, role)

    def is_short(self, span: Span) -> bool:
        """Whether the phrase is only the abbreviation of an office that the article introduces: ``the UNO``."""
        return _bare(span.text) in self._short

    def in_short(self, span: Span) -> Someone | None:
        """Return the holder of the abbreviated office in :meth:`is_short`, if there is exactly one."""
        offices = self._short[_bare(span.text)]
        beside = [one for office in offices for one in self._beside(office)]
        before = [one for one in beside if one.first < span.start]
        if before:
            return before[-1] if len({id(one) for one in before}) == 1 else None
        short = _bare(span.text).lower()
        spelled = [
            one
            for one in self.register.persons()
            if any(spells(short, role.text) for role in self.facts.roles.get(id(one), []))
        ]
        return spelled[0] if len(spelled) == 1 else None

    def _beside(self, office: ShortOffice) -> Iterator[Someone]:
        """Yield the person named right after the office, or before it and a comma."""
        text = self.reading.text
        for mention, someone in self.register.at(office.start - 60, office.end + 60, ("person",)):
            after, before = text[office.end : mention.start], text[mention.end : office.start]
            titles = [word.rstrip(".") for word in after.lower().split()]
            follows = mention.start >= office.end and after[:1] == " " and set(titles) <= HONORIFICS
            if follows or (mention.end <= office.start and re.fullmatch(r",\s(?:the\s)?", before)):
                yield someone

    def is_head_of_state(self, span: Span) -> bool:
        """Whether the phrase is only ``the head of state`` or ``the head of government`` and the article names one."""
        match = _HEAD_OF.fullmatch(span.text.lower())
        nouns = (_OF_STATES if match[1] == "state" else _OF_GOVERNMENTS) if match is not None else ()
        return any(self.facts.holders(noun) for noun in nouns)

    def head_of_state(self, span: Span) -> Someone | None:
        """Return the holder of :meth:`is_head_of_state`: the only head of state or government in the article."""
        match = _HEAD_OF.fullmatch(span.text.lower())
        if match is None:
            return None
        key = (match[1], len(self.facts.added))
        if key not in self._heads:
            nouns = _OF_STATES if match[1] == "state" else _OF_GOVERNMENTS
            holders = [
                one
                for one in self.register.persons()
                if any(self._heads_country(role, nouns) for role in self.facts.roles.get(id(one), []))
            ]
            self._heads[key] = holders[0] if len(holders) == 1 else None
        return self._heads[key]

    def _heads_country(self, role: Span, nouns: tuple[str, ...]) -> bool:
        """Whether the role is one of ``nouns``, alone or with a country or nationality."""
        words = content_words(role.text) - {"republic", "his", "her", "majesty", "highness"}
        countries = self.reading.entities_in(role.start, role.end)
        words -= {word for one in countries if kind_of(one) in ("place", "group") for word in content_words(one.text)}
        return any(words == set(noun.split()) for noun in nouns)

    def same(self, span: Span, head: int) -> Someone | None:
        """Return the only person whose role has the same words as the phrase, in any order.

        ``the Calder Bank chairman`` is the person introduced as ``chairman of the Calder Bank``. The phrase must
        contain a name, because ``the chairman`` alone is ambiguous. ``head`` is the index of its head.
        """
        word = self.reading.words[head]
        noun = self.reading.singular(head)
        plural = "Number=Plur" in word.feats
        if (
            plural
            or noun in _HELD_BY_MANY
            or not is_role_noun(noun)
            or span.text.split()[0].lower() in _NOT_DEFINITE
            or "," in span.text
        ):
            return None
        inside = self.reading.words_between(span.start, span.end)
        named = any(self.reading.words[i].text[:1].isupper() for i in inside if i not in (head, inside.start))
        first = self.reading.words[inside.start]
        named = named or (first.upos == "PROPN" and inside.start != head)
        phrase_words = content_words(span.text) - {word.text.lower()}
        if not named or not phrase_words:
            return None
        nouns = (noun, *_TITLES_OF_HEADS) if noun in _HEADS else (noun,)
        by_id = [self.facts.holder_ids(name, vice=True) for name in nouns]
        near = self._with_words_like(phrase_words)
        candidates = {one: some[one] for some in by_id for one in near & some.keys()}
        holders = [one for one in candidates.values() if self._holds(one, nouns, phrase_words)]
        return holders[0] if len(holders) == 1 else None

    def _holds(self, someone: Someone, nouns: Sequence[str], phrase_words: set[str]) -> bool:
        """Whether a role of the person has one of ``nouns`` and all of ``phrase_words``, and no word for a different office."""
        for role in self.facts.roles.get(id(someone), []):
            role_words = self._words_of_role(role)
            if (
                all(word in role_words or any(_same_word(word, one) for one in role_words) for word in phrase_words)
                and any(holds(noun, role.text) for noun in nouns)
                and not (role_words - phrase_words) & _OTHER_OFFICE
            ):
                return True
        return False

    def _with_words_like(self, words: set[str]) -> set[int]:
        """The persons with a role in which each of ``words`` can occur, by its first letters."""
        for someone, role in self.facts.added[self._indexed :]:
            self._index(someone, role)
        self._indexed = len(self.facts.added)
        found = [self._persons_by_letters.get(word[:_SHARED_LETTERS], set()) for word in words]
        return set.intersection(*found)

    def _index(self, someone: Someone, role: Span) -> None:
        for word in self._words_of_role(role):
            self._persons_by_letters.setdefault(word[:_SHARED_LETTERS], set()).add(id(someone))

    def _words_of_role(self, role: Span) -> set[str]:
        """The words of the role and of the body before it, and the abbreviations of the bodies that it names."""
        found = self._role_words.get(role)
        if found is None:
            found = content_words(role.text) | self._of_body_before(role)
            near = [one for word in found for one in self._abbreviated.get(word, ())]
            found |= {short for words, short in [*near, *self._abbreviated.get("", ())] if words <= found}
            self._role_words[role] = found
        return found

    def _of_body_before(self, role: Span) -> set[str]:
        """The words of the body right before the role: ``Ferry Authority of Selby (FAS)`` before ``governor``."""
        for mention, someone in self.register.at(role.start - 12, role.start, ("organisation",)):
            if re.fullmatch(r"\s(?:\([^)]{2,9}\)\s)?", self.reading.text[mention.end : role.start]):
                return content_words(someone.name) | {someone.abbreviation.lower()}
        return set()


def _same_word(one: str, other: str) -> bool:
    """Whether two words are equal or a place and its adjective: ``iraq``, ``iraqi``."""
    short, long = sorted((one, other), key=len)
    return one == other or (
        len(short) > 3 and any(long == stem + end for stem in (short, short[:-1]) for end in _ADJECTIVE_ENDINGS)
    )


def _bare(text: str) -> str:
    """The text without ``the`` and without a possessive ending."""
    return re.sub(r"^[Tt]he\s|['’]s$", "", text.strip())
