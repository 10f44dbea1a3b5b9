"""From a source phrase to whom it stands for in its article, or to nobody.

Names look themselves up in the register; a pronoun takes the speaker it most plainly refers to; a definite noun takes
the person whose role it repeats or the body just named. Where two could be meant there is no speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotetrack.extract.antecedents import Chooser, choose
from quotetrack.extract.described import BODIES, described, singular
from quotetrack.extract.draft import Draft
from quotetrack.extract.facts import Facts
from quotetrack.extract.gender import gender_of
from quotetrack.extract.given_names import WHOSE
from quotetrack.extract.institutions import Institutions
from quotetrack.extract.names import fold, strip_title
from quotetrack.extract.nominals import Nominals
from quotetrack.extract.people import Register
from quotetrack.extract.pronouns import GENDERS, Discourse, Referent
from quotetrack.extract.reading import Reading
from quotetrack.extract.relatives import RELATIVES, antecedent, relative
from quotetrack.extract.repeated import repeats
from quotetrack.extract.role_nouns import is_role_noun
from quotetrack.extract.salience import Salience
from quotetrack.extract.someone import Mention, Someone
from quotetrack.extract.things import Things
from quotetrack.extract.together import displayed, named_together
from quotetrack.model import Method, Span, Speaker, SpeakerType

_SELF = {"i", "we", "you", "us", "me", "my", "our", "one"}
_AUTHOR = {"i", "me", "my"}
_DEFINITE = {"the", "this", "that", "these", "those"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a source stands for and how that was found. ``someone`` is set where the article names them."""

    speaker: Speaker | None
    method: Method
    someone: Someone | None = None
    sure: bool = True


class Resolver:
    """Resolves the sources of one article in text order; remembers who spoke last."""

    def __init__(self, reading: Reading, chooser: Chooser = choose) -> None:
        self.reading = reading
        self.register = Register(reading)
        facts = Facts(reading, self.register)
        self.roles = facts.roles
        salience = Salience(reading, self.register, tuple(repeats(reading, self.register, facts)))
        self.discourse = Discourse(reading, self.register, salience, chooser)
        self.author = self.register.author()
        self.bodies = Institutions(reading, self.register, self.discourse.salience)
        self.nominals = Nominals(self.discourse, facts, self.bodies)
        self.things = Things(self.discourse, self.bodies)

    def resolve(self, draft: Draft) -> Resolution:
        """The speaker of ``draft``."""
        source = draft.source
        if source is None:
            return Resolution(None, "none")
        span = source.span
        lowered = re.sub(r"^[^\w]+|[^\w]+$", "", span.text.lower())
        if lowered in GENDERS:
            gender = GENDERS[lowered]
            together = self.discourse.together(span.start, 500) if gender == "p" else None
            if (speaker := together) is not None and all(one.type != "group" for one in speaker.members):
                return Resolution(speaker, "pronoun", sure=False)
            if gender in "mf" and (speaker := self.discourse.stranger(span.start, gender)) is not None:
                return Resolution(speaker, "pronoun", sure=False)
            if gender in "pn":
                thing = self.things.they(span) if gender == "p" else self.things.it(span, draft.cue)
                resolution = _by_thing(thing)
            else:
                resolution = _by_pronoun(self.discourse.personal(span, gender, draft.content, draft.cue))
        elif (pair := self.nominals.pairs.referent(span)) is not None:
            resolution = Resolution(pair, "nominal", sure=False)
        elif lowered in RELATIVES:
            resolution = _by_relative(relative(self.reading, self.register, span))
            if resolution.speaker is None and (phrase := antecedent(self.reading, span)) is not None:
                named = self._phrase(*phrase)
                resolution = named if named.someone is not None else resolution
        elif lowered in _AUTHOR and self.author is not None and self.reading.quoted_at(span.start) is None:
            resolution = Resolution(Speaker(displayed(self.author), "person"), "pronoun", self.author, sure=False)
        elif lowered in _SELF or lowered in (
            "some",
            "many",
            "others",
            "all",
            "most",
            "both",
            "people",
            "those",
            "someone",
            "everyone",
            "anyone",
            "nobody",
        ):
            resolution = Resolution(None, "none")
        else:
            resolution = self._phrase(span, source.head)
        if resolution.speaker is not None and resolution.speaker.type == "joint":
            self.discourse.joint = (draft.start, resolution.speaker)
        if resolution.speaker is not None and resolution.speaker.type == "unnamed" and source.head >= 0:
            noun = self.reading.words[source.head].text
            if is_role_noun(noun) and singular(noun.lower()) == noun.lower():
                self.discourse.strangers.append((draft.start, gender_of(noun), resolution.speaker))
        if resolution.someone is not None and resolution.method in ("pronoun", "nominal"):
            if resolution.someone.type == "person":
                self.discourse.salience.settle(span, resolution.someone)
            else:
                self.bodies.settle(span, resolution.someone)
        if resolution.speaker is None or resolution.speaker.type == "unnamed":
            self.discourse.nameless = draft.start
        if resolution.someone is not None:
            self.discourse.last.append((draft.start, resolution.someone))
            if draft.cue is not None:
                words = self.reading.words_between(draft.cue.start, draft.cue.end)
                self.discourse.reporters.append((words, resolution.someone))
        return resolution

    def _phrase(self, span: Span, head: int) -> Resolution:
        reading = self.reading
        members = named_together(reading, self.register, span)
        if members:
            name = ", ".join(m.name for m in members[:-1]) + " and " + members[-1].name
            return Resolution(Speaker(name, "joint", members), "name")
        inside = [
            (mention, someone)
            for mention, someone in self.register.at(span.start, span.end)
            if someone.name.lower() not in BODIES and not (someone.type == "person" and self._qualifies(mention, span))
        ]
        found = self._heading(inside, span, head)
        if found is not None:
            kind: SpeakerType = found.type
            return Resolution(Speaker(displayed(found), kind), "name", found)
        word = reading.words[head] if 0 <= head < len(reading.words) else None
        beside = [
            s for m, s in inside if word is not None and reading.text[word.end : m.start] == ", " and m.end == span.end
        ]
        if beside:  # "The operator, Calder Line": nobody else, whatever the name was taken for
            return Resolution(Speaker(displayed(beside[0]), beside[0].type), "name", beside[0])
        noun = word.text.lower() if word is not None else span.text.split()[-1].lower()
        lemma = singular(noun)
        determiner = span.text.split()[0].lower()
        if word is not None and word.upos == "PROPN" and (known := self._untagged(span)) is not None:
            return Resolution(Speaker(displayed(known), "person"), "name", known)
        if determiner == "the" and len(words := span.text.split()) == 2 and words[1][:1].isupper():
            start = span.start + span.text.index(words[1])
            if (body := self.register.body_in_short(start, re.sub(r"['’]s$", "", words[1]))) is not None:
                return Resolution(Speaker(displayed(body), body.type), "name", body)
        if determiner in _DEFINITE | WHOSE:
            if (referent := self.nominals.referent(span, lemma)) is not None:
                return Resolution(Speaker(displayed(referent), referent.type), "nominal", referent)
        if determiner in _DEFINITE | WHOSE:
            speaker = (
                self.nominals.together(span, lemma) if lemma != noun else self.nominals.given.repeated(span, lemma)
            )
            if speaker is not None:
                return Resolution(speaker, "nominal", sure=False)
        return Resolution(
            described(reading.text, span, noun, lemma, determiner, word.upos if word else "NOUN"), "nominal"
        )

    def _qualifies(self, mention: Mention, span: Span) -> bool:
        """Whether the name only says whose: ``Vale aides``, ``Vale spokesman Jon Lund``, ``Vale Rival Jon Lund``."""
        after = self.reading.words_between(mention.end, span.end)
        if not after or self.reading.text[mention.end : self.reading.words[after.start].start] != " ":
            return False
        word = self.reading.words[after.start]
        if word.upos not in ("NOUN", "PROPN"):
            return False
        # In a headline the noun is capitalised; the other name right after it tells.
        return word.text.islower() or any(m.start == word.end + 1 for m, _ in self.register.at(word.end, span.end))

    def _untagged(self, span: Span) -> Someone | None:
        """The person a bare name stands for where the entity tagger passed it over."""
        parts = fold(strip_title(span.text)[0])
        if not 1 <= len(parts) <= 3:
            return None
        same = [
            s
            for s in self.register.persons()
            if fold(s.name)[-1] == parts[-1] and (len(parts) == 1 or fold(s.name)[0] == parts[0])
        ]
        return same[0] if len(same) == 1 else None

    def _heading(self, inside: list[tuple[Mention, Someone]], span: Span, head: int) -> Someone | None:
        """The named one a phrase is about: a name at its head, in apposition to it, or all there is of it."""
        reading = self.reading
        if not inside:
            return None
        word = reading.words[head] if 0 <= head < len(reading.words) else None
        persons = [pair for pair in inside if pair[1].type == "person"]
        owners = [
            pair
            for pair in inside
            if reading.text[pair[0].end : pair[0].end + 2] in ("'s", "’s") and pair[0].end < span.end - 2
        ]
        if owners and len(owners) < len(inside):
            inside = [pair for pair in inside if pair not in owners]  # "Sky's Mr Saunders" is not Sky
        if len(persons) == 1:
            mention, someone = persons[0]
            name = reading.words_between(mention.start, mention.end)
            opens = reading.words_between(span.start, span.end).start
            before = reading.words[name.start - 1].text if name and name.start > opens else ""
            if mention.end >= span.end - 1 and is_role_noun(before) and not self._of_another(opens, name.start):
                return someone
        if word is not None:
            for mention, someone in inside:
                if mention.start <= word.start < mention.end:
                    return someone
            first_words = reading.words_between(span.start, span.end)
            for mention, someone in inside:
                # `the head of the OSDH, Rami Rahmane`: a person's name that stands in apposition
                if someone.type != "person":
                    continue
                name = reading.words_between(mention.start, mention.end)
                before = reading.words[name.start - 1].text if name and name.start > first_words.start else ""
                linked = any(reading.words[i].deprel in ("appos", "flat") and reading.head[i] == head for i in name)
                if (
                    linked
                    or (before == "," and mention.end >= span.end - 1)
                    or (
                        name
                        and name.start == first_words.start
                        and reading.text[mention.end : mention.end + 2].lstrip()[:1] in (",", "(", "—")
                    )
                ):
                    return someone
                if (
                    name
                    and name.start > first_words.start
                    and is_role_noun(before)
                    and reading.words[name.start - 1].deprel in ("compound", "amod", "nmod", "flat", "nsubj", "obl")
                ):
                    if not self._of_another(first_words.start, name.start):
                        return someone
        covered = sum(m.end - m.start for m, _ in inside)
        rest = re.sub(r"\b(?:the|mr|mrs|ms)\b|\W", "", span.text.lower())
        other = (
            word is not None and word.upos == "NOUN" and not is_role_noun(word.text)
        )  # "Clinton aides" are not Clinton
        if len(inside) == 1 and covered >= 0.75 * max(1, len(rest)) and not other:
            return inside[0][1]
        return None

    def _of_another(self, start: int, stop: int) -> bool:
        """``a spokesman for Mayor Vale`` is not Mayor Vale."""
        return any(
            self.reading.words[i].text.lower() in ("for", "of", "to", "by", "with", "at", "from")
            for i in range(start, stop)
        )


def _by_pronoun(found: Referent | None) -> Resolution:
    if found is None:
        return Resolution(None, "none")
    someone = found.someone
    return Resolution(Speaker(displayed(someone), someone.type), "pronoun", someone, found.sure)


def _by_relative(found: Someone | None) -> Resolution:
    return _by_pronoun(Referent(found, True) if found is not None else None)


def _by_thing(found: Someone | None) -> Resolution:
    if found is None:
        return Resolution(None, "none")
    if found.members:
        members = tuple(Speaker(displayed(one), one.type) for one in found.members)
        return Resolution(Speaker(" and ".join(one.name for one in members), "joint", members), "pronoun", sure=False)
    return Resolution(Speaker(displayed(found), found.type), "pronoun", found, sure=False)
