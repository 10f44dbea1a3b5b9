"""Find the person or body that a source phrase names. A name in the phrase takes precedence; syntax decides which one.

``minister of mines Peter Amun``, ``the agency's head, Sofia Nkele,`` and ``Kari Lund, President Berg's adviser,`` refer to the
person named; ``a spokesman for the minister, David Brook,`` may refer to an unnamed person and is treated so.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from quotetrack.extract.people.kinds import nouns
from quotetrack.extract.people.namesakes import one_of
from quotetrack.extract.people.placed_mentions import PlacedMentions
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.apposed import is_holder
from quotetrack.extract.resolve.asides import without_asides
from quotetrack.extract.resolve.before_name import BeforeName
from quotetrack.extract.resolve.described import BODIES
from quotetrack.extract.resolve.joint import displayed
from quotetrack.extract.resolve.offices import Offices
from quotetrack.extract.resolve.several import several
from quotetrack.extract.roles.facts import Facts
from quotetrack.model import Entity, Span, Speaker, Word
from quotetrack.text.inflection import singular
from quotetrack.text.names import fold, strip_title
from quotetrack.text.role_nouns import is_role_noun
from quotetrack.text.words import content_words

_OF_TWO = re.compile(r"(?:[Tt]he\s)?(?:elder|older|younger|senior|junior)\s([A-Z][\w’'-]+)")
# `named Brook`, `identified by police as`, `who gave his name only as`: the speaker's name follows, titles before it.
_NAMED = re.compile(
    r"\b(?:named|surnamed|known|called|(?:who\s)?(?:identif(?:ied|ying)|introduc(?:ed|ing))(?:\s(?:him|her|them)self)?(?:\sby\s[\w\s]{1,20})?|"
    r"(?:who\s)?(?:gave|giving)\s(?:his|her|their)\sname|who\s(?:goes|went|asked\sto\sbe\s(?:called|identified)))\s"
    r"(?:only\s|simply\s|just\s|locally\s)?(?:as\s|by\s)?(?:[A-Z][\w.]+\s){0,2}$"
)
_POSSESSIVE = re.compile(r"['’‘]s\s|(?<=s)['’]\s")
Inside = list[tuple[Mention, Someone]]

_DEFINITE = {"the", "his", "her", "its", "their", "our"}
_DETERMINERS = {"the", "a", "an", "this", "that"}
# Nouns for speech and writing that belong to their owner: "according to Moreau's remarks".
_WORDS = {
    "remarks", "remark", "words", "comments", "comment", "statement", "statements", "testimony", "account", "speech", "address",
    "tweet", "tweets", "post", "posts", "message", "messages", "letter", "letters", "diary", "diaries", "memoir", "memoirs",
    "version", "note", "notes", "email", "emails", "affidavit", "claims", "claim", "announcement", "blog", "column", "interview",
}  # fmt: skip


# Nouns that describe the name before them: "Selby Times magazine", but not "Selby Council committee".
_OF_THAT_NAME = {
    "company", "firm", "magazine", "newspaper", "daily", "weekly", "nonprofit", "charity", "broadcaster", "airline", "retailer",
    "brand", "website", "startup", "start-up", "party", "brewery", "consultancy", "chain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """The referent of a phrase. ``someone`` is ``None`` if the phrase does not name its speaker, or names several."""

    speaker: Speaker | None
    someone: Someone | None = None

    @classmethod
    def of(cls, someone: Someone) -> Named:
        return cls(Speaker(displayed(someone), someone.type), someone)


@dataclass(slots=True)
class Structure:
    """Analysis of the source phrases of one article."""

    reading: Reading
    register: Register
    facts: Facts
    offices: Offices = field(init=False)
    before: BeforeName = field(init=False)
    placed: PlacedMentions = field(init=False)

    def __post_init__(self) -> None:
        self.before = BeforeName(self.reading, self.register)
        self.placed = PlacedMentions(self.reading)
        self.offices = Offices(self.reading, self.register, self.facts)

    def named(self, span: Span, head: int) -> Named | None:
        """Return the referent of ``span``, or ``None`` if it contains no name of the speaker."""
        if (introduced := self._introduced(span)) is not None:
            return Named.of(introduced)
        span = without_asides(self.reading, span)
        if (joint := several(self.reading, self.register, span, head, self._part)) is not None:
            return Named(joint)
        if (one := self._of_two(span)) is not None:
            return Named.of(one)
        if self.offices.is_short(span):
            holder = self.offices.in_short(span)
            return Named.of(holder) if holder is not None else Named(Speaker(span.text, "unnamed"))
        if self.offices.is_head_of_state(span):
            holder = self.offices.head_of_state(span)
            return Named.of(holder) if holder is not None else Named(Speaker(span.text, "unnamed"))
        if self._is_open(span):
            return Named(None) if len(fold(strip_title(span.text)[0])) < 3 else None
        inside = [
            (mention, someone)
            for mention, someone in self.register.at(span.start, span.end)
            if someone.name.lower() not in BODIES and not self._qualifies(mention, someone, span)
        ]
        named = self._person(span, head, inside) or self._body(span, head, inside) or self._owner(span, inside)
        if (
            named is None
            and 0 <= head < len(self.reading.words)
            and (holder := self.offices.same(span, head)) is not None
        ):
            return Named.of(holder)
        return named

    def _part(self, span: Span, head: int) -> Speaker | None:
        """Return the person or body that one part of a joint phrase names, if any."""
        named = self.named(span, head)
        return named.speaker if named is not None and named.someone is not None else None

    def _owns(self, start: int, span: Span) -> bool:
        """Whether the name that starts there is only a possessor: ``Vale's daughter Ida Vale``."""
        word = re.compile(r"[\w.-]+").match(self.reading.text, start)
        return word is not None and _POSSESSIVE.match(self.reading.text, word.end(), span.end) is not None

    def _introduced(self, span: Span) -> Someone | None:
        """Return the person that the phrase says is called so: ``a man named Brook``, ``the commander, known only as Falke``."""
        for mention, someone in self.register.at(span.start, span.end, ("person",)):
            if _NAMED.search(self.reading.text, span.start, mention.start) and self.before.ends(mention, span):
                return someone
        return None

    def _is_open(self, span: Span) -> bool:
        """Whether the phrase contains an ambiguous surname other than as a possessor (``Vale's daughter``)."""
        return any(m in self.register.open and not self._owns(m, span) for m in range(span.start, span.end))

    def _of_two(self, span: Span) -> Someone | None:
        """Return one of two namesakes: ``the younger Lorne``, where the entity model missed the surname."""
        found = _OF_TWO.fullmatch(span.text)
        if found is None or self.register.at(span.start, span.end, ("person",)):
            return None
        same = self.register.persons_by_part(next(iter(fold(found[1])[-1:]), ""), last=True)
        same = [s for s in same if s.first < span.start] if len(same) > 2 else same
        start = span.start + found.start(1)
        entity = Entity(start, span.end, "PERSON", found[1])
        return (
            one_of(self.placed, Mention(start, span.end, found[1], entity), same, Counter()) if len(same) == 2 else None
        )

    def _qualifies(self, mention: Mention, someone: Someone, span: Span) -> bool:
        """Whether the name is only a possessor or modifier: ``Vale's aide``, ``Vale aides``, ``Vale spokesman Jon Lund``."""
        text = self.reading.text
        if _POSSESSIVE.match(text, mention.end, span.end):
            return True
        if someone.type != "person":
            return False
        after = self.reading.words_between(mention.end, span.end)
        if not after or text[mention.end : self.reading.words[after.start].start] != " ":
            return False
        word = self.reading.words[after.start]
        if "VerbForm=Fin" in word.feats:
            return self.reading.head[after.start - 1] == after.start  # "where Vale lives"
        if word.upos not in ("NOUN", "PROPN"):
            return False
        if word.text.islower():
            return True
        # In a headline the noun is capitalised; another name right after it, or after its short form, decides.
        short = re.match(r"\s\([A-Z]+\)", text[word.end : span.end])
        other = word.end + (short.end() if short else 0) + 1
        return any(m.start == other for m, _ in self.register.at(word.end, span.end, ("person",)))

    def _person(self, span: Span, head: int, inside: Inside) -> Named | None:
        """Return a person at the head of the phrase, after their office, or in apposition to it."""
        opens = self.reading.words_between(span.start, span.end).start
        for mention, someone in inside:
            if someone.type != "person":
                continue
            name = self.before.words_of(mention)
            if not name:
                continue
            if self.before.opens(opens, name.start) or self.before.behind_office(opens, name, head):
                return Named.of(someone)
            comma = self.before.comma_before(opens, name.start)
            if comma >= 0 and self.before.ends(mention, span):
                if is_holder(self.reading, self.register, self.facts, someone, range(opens, comma)):
                    return Named.of(someone)
                return Named(Speaker(re.sub(r"\s+", " ", span.text).strip(" ,"), "unnamed"))
        return None

    def _body(self, span: Span, head: int, inside: Inside) -> Named | None:
        """Return a body or place at the head of the phrase, after a noun that describes it, or that is the whole phrase."""
        reading = self.reading
        words = reading.words
        inner = reading.words_between(span.start, span.end)
        word = words[head] if 0 <= head < len(words) else None
        for mention, someone in inside:
            name = reading.words_between(mention.start, mention.end)
            if head in name:
                return Named(Speaker(span.text, "unnamed")) if self._has_people(mention, span) else Named.of(someone)
        for mention, someone in inside:
            name = reading.words_between(mention.start, mention.end)
            if name and name.start > inner.start and someone.type != "group" and self.before.ends(mention, span):
                before = words[name.start - 1]
                if self._is_noun_before_comma(inner.start, name.start, head) or (
                    before.upos in ("NOUN", "PROPN") and _calls_body(before.text) and name.start - 1 == head
                ):
                    return Named.of(someone)
        if (named := self._before_its_kind(inner, head, inside)) is not None:
            return Named.of(named)
        if (bare := self._bare_name(span, head)) is not None:
            return bare
        if (same := self._same_words(span)) is not None:
            return Named.of(same)
        if word is not None and word.text.lower() == "team" and (team := self._right_before(head, inside)) is not None:
            return Named.of(team)
        covered = sum(m.end - m.start for m, _ in inside)
        rest = re.sub(r"\b(?:the|mr|mrs|ms)\b|\W", "", span.text.lower())
        if len(inside) == 1 and self._is_other(word, inside[0][1]):
            return None
        if len(inside) == 1 and covered >= 0.75 * max(1, len(rest)):
            return Named.of(inside[0][1])
        return None

    def _before_its_kind(self, inner: range, head: int, inside: Inside) -> Someone | None:
        """Return the body named before its noun: ``his Selby Peaks hiking company``, ``the Merland Union (MU) opposition party``."""
        words = self.reading.words
        named = [(m, someone) for m, someone in inside if m.end <= words[head].start] if head in inner else []
        if not named or self.reading.lower[head] not in _OF_THAT_NAME or head + 1 != inner.stop:
            return None
        (first, someone), (last, _) = named[0], named[-1]
        before = range(inner.start, self.reading.words_between(first.start, first.end).start)
        if any(one is not someone for _, one in named) or someone.type != "organisation":
            return None
        if any(self.reading.lower[i] not in _DEFINITE for i in before):
            return None
        between = self.reading.text[last.end : words[head].start]
        return someone if re.fullmatch(r"\)?\s(?:[a-z-]+\s){0,2}", between) else None

    def _has_people(self, mention: Mention, span: Span) -> bool:
        """Whether the phrase ends with a noun for persons after the name: ``University of Selby researchers``."""
        rest = self.reading.words_between(mention.end, span.end)
        words = [self.reading.words[i] for i in rest]
        return (
            bool(words)
            and words[-1].text.islower()
            and is_role_noun(words[-1].text)
            and all(w.upos in ("NOUN", "ADJ") for w in words)
        )

    def _same_words(self, span: Span) -> Someone | None:
        """Return the body whose name has the words of the phrase in another order: ``Merland's ferry safety authority``."""
        words = content_words(span.text)
        bodies = self.register.bodies_with_words(words) if len(words) > 2 else ()
        same = [one for one in bodies if one.type == "organisation"]
        return same[0] if len(same) == 1 else None

    def _right_before(self, head: int, inside: Inside) -> Someone | None:
        """Return the organisation named right before the head of the phrase: ``the FAS team``."""
        for mention, someone in inside:
            if someone.type == "organisation" and self.reading.words_between(mention.start, mention.end).stop == head:
                return someone
        return None

    def _is_noun_before_comma(self, opens: int, name: int, head: int) -> bool:
        """Whether the noun before the comma heads the phrase: ``The lobby group, Selby Watch Inc``."""
        noun = name - 2
        if noun < opens or self.reading.words[name - 1].text != ",":
            return False
        compound = _calls_body(self.reading.words[noun].text) and not any(
            self.reading.words[i].upos in ("ADP", "PUNCT", "VERB", "AUX") for i in range(opens, noun)
        )
        return noun == head or compound

    def _is_other(self, word: Word | None, someone: Someone) -> bool:
        """Whether the head of a phrase, outside its name, refers to somebody else.

        True for ``Vale aides``, ``the Selby South MP`` and ``leaders of the Selby Council``.
        """
        if word is None or not is_role_noun(word.text):
            return word is not None and word.upos == "NOUN"
        return someone.type != "person" or "Number=Plur" in word.feats

    def _bare_name(self, span: Span, head: int) -> Named | None:
        """Return the referent of ``the official Karesh agency Sena``, and of names that the entity model missed here but not elsewhere."""
        reading = self.reading
        words = reading.words
        inner = reading.words_between(span.start, span.end)
        if head in inner and words[head].upos == "NOUN" and _calls_body(words[head].text):
            rest = range(head + 1 + (head + 1 in inner and words[head + 1].text == ","), inner.stop)
            if rest and all(
                words[i].text[:1].isupper() and words[i].upos in ("PROPN", "NOUN", "ADJ", "X") for i in rest
            ):
                name = reading.text[words[rest.start].start : words[rest.stop - 1].end]
                return Named(Speaker(re.sub(r"\s+", " ", name), "organisation"))
        proper = head in inner and (words[head].upos == "PROPN" or (len(inner) == 1 and words[head].text.istitle()))
        if proper and (known := self._untagged(span)) is not None:
            return Named.of(known)
        parts = span.text.split()
        if len(parts) == 2 and parts[0].lower() == "the" and parts[1][:1].isupper():
            start = span.start + span.text.index(parts[1])
            if (body := self.register.body_in_short(start, re.sub(r"['’]s$", "", parts[1]))) is not None:
                return Named.of(body)
        return None

    def _untagged(self, span: Span) -> Someone | None:
        """Return the person with a single name that the entity model missed."""
        parts = fold(strip_title(span.text)[0])
        if not 1 <= len(parts) <= 3:
            return None
        persons = [
            s for s in self.register.persons_by_part(parts[-1]) if len(parts) == 1 or fold(s.name)[0] == parts[0]
        ]
        same = [s for s in persons if fold(s.name)[-1] == parts[-1]] or persons
        return same[0] if len(same) == 1 else None

    def _owner(self, span: Span, inside: Inside) -> Named | None:
        """Return the owner of words or documents: ``Moreau's remarks``, ``a statement by the ministry``."""
        text = self.reading.text
        for mention, someone in self.register.at(span.start, span.end, ("person", "organisation")):
            before, after = text[span.start : mention.start], text[mention.end : span.end]
            owned = re.match(r"['’]s?\s(?:[\w-]+\s){0,2}?(\w+)", after)
            if owned and owned[1].lower() in _WORDS and not before.strip():
                return Named.of(someone)
            made = re.fullmatch(
                r"(?:(?:an?|the|this|that)\s)?(?:[\w-]+\s){0,2}?(\w+)\s(?:by|from|of)\s(?:the\s)?", before, re.I
            )
            if made and made[1].lower() in _WORDS and not after.strip(" ,.") and (mention, someone) in inside:
                return Named.of(someone)
        return None


def _calls_body(noun: str) -> bool:
    return singular(noun.lower()) in BODIES | nouns()
