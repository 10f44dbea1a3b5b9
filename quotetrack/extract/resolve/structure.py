"""Whom a source phrase names by itself: a name beats anything outside the phrase, and syntax says which name it is.

``minister of mines Paulus Amukoto``, ``the agency's head, Sipho Nkosi,`` and ``Kari Lund, President Berg's adviser,`` are the one
who is named; ``a spokesman for the minister, David Brook,`` may be somebody without a name, and is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from quotetrack.extract.people.kinds import nouns
from quotetrack.extract.people.namesakes import one_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Mention, Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.apposed import is_holder
from quotetrack.extract.resolve.asides import without_asides
from quotetrack.extract.resolve.before_name import BeforeName
from quotetrack.extract.resolve.described import BODIES
from quotetrack.extract.resolve.joint import displayed
from quotetrack.extract.resolve.offices import Offices, content
from quotetrack.extract.resolve.several import several
from quotetrack.extract.roles.facts import Facts
from quotetrack.model import Entity, Span, Speaker, Word
from quotetrack.text.inflection import singular
from quotetrack.text.names import fold, strip_title
from quotetrack.text.role_nouns import is_role_noun

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
# What is said or written, and is its owner's: "according to Moreau's remarks".
_WORDS = {
    "remarks", "remark", "words", "comments", "comment", "statement", "statements", "testimony", "account", "speech", "address",
    "tweet", "tweets", "post", "posts", "message", "messages", "letter", "letters", "diary", "diaries", "memoir", "memoirs",
    "version", "note", "notes", "email", "emails", "affidavit", "claims", "claim", "announcement", "blog", "column", "interview",
}  # fmt: skip


# What a name before it is the name of: "Selby Times magazine", but not "Selby Council committee".
_OF_THAT_NAME = {
    "company", "firm", "magazine", "newspaper", "daily", "weekly", "nonprofit", "charity", "broadcaster", "airline", "retailer",
    "brand", "website", "startup", "start-up", "party", "brewery", "consultancy", "chain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a phrase names. ``someone`` is nobody where the phrase leaves its speaker without a name, or names several."""

    speaker: Speaker | None
    someone: Someone | None = None

    @classmethod
    def of(cls, someone: Someone) -> Named:
        return cls(Speaker(displayed(someone), someone.type), someone)


@dataclass(slots=True)
class Structure:
    """Source phrases of one article, taken apart."""

    reading: Reading
    register: Register
    facts: Facts
    offices: Offices = field(init=False)
    before: BeforeName = field(init=False)

    def __post_init__(self) -> None:
        self.before = BeforeName(self.reading, self.register)
        self.offices = Offices(self.reading, self.register, self.facts)

    def named(self, span: Span, head: int) -> Named | None:
        """Whom ``span`` names; nothing where it only describes somebody."""
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
        """Who a part of a phrase for two is, if the article names them."""
        named = self.named(span, head)
        return named.speaker if named is not None and named.someone is not None else None

    def _owns(self, start: int, span: Span) -> bool:
        """Whether the name that starts there only says whose: ``Vale's daughter Ida Vale``."""
        word = re.compile(r"[\w.-]+").match(self.reading.text, start)
        return word is not None and _POSSESSIVE.match(self.reading.text, word.end(), span.end) is not None

    def _introduced(self, span: Span) -> Someone | None:
        """``a man named Brook``, ``the commander, known only as Falke``: the person whose name the phrase says to be the speaker's."""
        for mention, someone in self.register.at(span.start, span.end, ("person",)):
            if _NAMED.search(self.reading.text, span.start, mention.start) and self.before.ends(mention, span):
                return someone
        return None

    def _is_open(self, span: Span) -> bool:
        """Whether the phrase holds a surname that may be one of two persons', and not only as an owner (``Vale's daughter``)."""
        return any(m in self.register.open and not self._owns(m, span) for m in range(span.start, span.end))

    def _of_two(self, span: Span) -> Someone | None:
        """``the younger Lorne`` of two, where the entity model passed the surname over."""
        found = _OF_TWO.fullmatch(span.text)
        if found is None or self.register.at(span.start, span.end, ("person",)):
            return None
        same = [s for s in self.register.persons() if fold(s.name)[-1:] == fold(found[1])[-1:]]
        same = [s for s in same if s.first < span.start] if len(same) > 2 else same
        start = span.start + found.start(1)
        entity = Entity(start, span.end, "PERSON", found[1])
        return (
            one_of(self.reading, Mention(start, span.end, found[1], entity), same, Counter())
            if len(same) == 2
            else None
        )

    def _qualifies(self, mention: Mention, someone: Someone, span: Span) -> bool:
        """Whether the name only says whose: ``Vale's aide``, ``Vale aides``, ``Vale spokesman Jon Lund``."""
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
        # In a headline the noun is capitalised; the other name right after it, or after its short form, tells.
        short = re.match(r"\s\([A-Z]+\)", text[word.end : span.end])
        other = word.end + (short.end() if short else 0) + 1
        return any(m.start == other for m, _ in self.register.at(word.end, span.end, ("person",)))

    def _person(self, span: Span, head: int, inside: Inside) -> Named | None:
        """A person at the head of the phrase, behind their office, or in apposition to it."""
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
        """A body or place at the head of the phrase, behind a noun for what it is, or all there is of the phrase."""
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
        """``his Selby Peaks hiking company``, ``the Merland Union (MU) opposition party``: the body whose name stands before the noun for it."""
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
        """Whether a noun for persons ends the phrase behind the name: ``University of Selby researchers``."""
        rest = self.reading.words_between(mention.end, span.end)
        words = [self.reading.words[i] for i in rest]
        return (
            bool(words)
            and words[-1].text.islower()
            and is_role_noun(words[-1].text)
            and all(w.upos in ("NOUN", "ADJ") for w in words)
        )

    def _same_words(self, span: Span) -> Someone | None:
        """The body whose name is the phrase in another order: ``Merland's ferry safety authority``, ``Ferry Safety Authority of Merland``."""
        words = content(span.text)
        bodies = (one for one in self.register.everyone if one.type == "organisation")
        same = [one for one in bodies if len(words) > 2 and content(one.name) == words]
        return same[0] if len(same) == 1 else None

    def _right_before(self, head: int, inside: Inside) -> Someone | None:
        """The organisation named right before the head of the phrase: ``the FAS team``."""
        for mention, someone in inside:
            if someone.type == "organisation" and self.reading.words_between(mention.start, mention.end).stop == head:
                return someone
        return None

    def _is_noun_before_comma(self, opens: int, name: int, head: int) -> bool:
        """``The lobby group, Selby Watch Inc``: the noun before the comma heads the phrase or ends the compound that does."""
        noun = name - 2
        if noun < opens or self.reading.words[name - 1].text != ",":
            return False
        compound = _calls_body(self.reading.words[noun].text) and not any(
            self.reading.words[i].upos in ("ADP", "PUNCT", "VERB", "AUX") for i in range(opens, noun)
        )
        return noun == head or compound

    def _is_other(self, word: Word | None, someone: Someone) -> bool:
        """Whether the head of a phrase, outside the name in it, says that the phrase is for somebody else: ``Vale aides``,
        ``the Selby South MP``, ``leaders of the Selby Council``."""
        if word is None or not is_role_noun(word.text):
            return word is not None and word.upos == "NOUN"
        return someone.type != "person" or "Number=Plur" in word.feats

    def _bare_name(self, span: Span, head: int) -> Named | None:
        """``the official Karesh agency Sena``, and names that the entity model passed over but the article uses elsewhere."""
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
        """The person a bare name stands for where the entity model passed it over."""
        parts = fold(strip_title(span.text)[0])
        if not 1 <= len(parts) <= 3:
            return None
        persons = [s for s in self.register.persons() if len(parts) == 1 or fold(s.name)[0] == parts[0]]
        same = [s for s in persons if fold(s.name)[-1] == parts[-1]] or [
            s for s in persons if parts[-1] in fold(s.name)
        ]
        return same[0] if len(same) == 1 else None

    def _owner(self, span: Span, inside: Inside) -> Named | None:
        """``Moreau's remarks``, ``a statement by the ministry``: whose words they are."""
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
