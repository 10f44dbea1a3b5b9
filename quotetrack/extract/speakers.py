"""From a source phrase to whom it stands for in its article, or to nobody.

Names look themselves up in the register; a pronoun takes the speaker it most plainly refers to; a definite noun takes
the person whose role it repeats or the body just named. Where two could be meant there is no speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotetrack.extract.antecedents import Chooser, choose
from quotetrack.extract.described import described, singular
from quotetrack.extract.draft import Draft
from quotetrack.extract.facts import Facts
from quotetrack.extract.gender import gender_of
from quotetrack.extract.given_names import WHOSE
from quotetrack.extract.institutions import Institutions
from quotetrack.extract.nominals import Nominals
from quotetrack.extract.people import Register
from quotetrack.extract.pronouns import GENDERS, Discourse, Referent
from quotetrack.extract.reading import Reading
from quotetrack.extract.relatives import RELATIVES, antecedent, relative
from quotetrack.extract.repeated import repeats
from quotetrack.extract.resolve.behalf import on_behalf_of
from quotetrack.extract.resolve.structure import Structure
from quotetrack.extract.role_nouns import is_role_noun
from quotetrack.extract.salience import Salience
from quotetrack.extract.someone import Someone
from quotetrack.extract.things import Things
from quotetrack.extract.together import displayed
from quotetrack.model import Method, Span, Speaker

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
        facts = self.facts = Facts(reading, self.register)
        self.roles = facts.roles
        self.structure = Structure(reading, self.register, facts)
        salience = Salience(reading, self.register, tuple(repeats(reading, self.register, facts)))
        self.discourse = Discourse(reading, self.register, salience, chooser)
        self.author = self.register.author()
        self.nameless: set[str] = set()  # nouns for persons that speakers without a name go by
        self.principals: dict[int, str] = {}  # whom persons speak for, as far as the article has said
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

    def principal(self, draft: Draft, resolution: Resolution, role: Span | None) -> str | None:
        """Whom the speaker speaks for, by the source phrase or by the role that the article gives them."""
        speaker = resolution.speaker
        if draft.source is None or speaker is None or speaker.type not in ("person", "unnamed"):
            return None
        phrases = [draft.source.span] if role is None or draft.source.span.overlaps(role) else [draft.source.span, role]
        for phrase in phrases:
            found = on_behalf_of(self.reading, self.register, phrase, self._owner)
            if found is not None and found != speaker.name:
                if resolution.someone is not None:
                    self.principals[id(resolution.someone)] = found
                return found
        return self.principals.get(id(resolution.someone))  # "His agent, Lotta Beck, …", and later "Beck said"

    def _owner(self, span: Span, pronoun: str) -> str | None:
        """Whose agent ``her agent`` is."""
        gender = GENDERS[pronoun]
        if gender not in "mf":
            return None
        found = self.discourse.personal(span, gender, [], None)
        return displayed(found.someone) if found is not None else None

    def _again(self, span: Span, lemma: str, determiner: str) -> bool:
        """Whether ``the agent`` is the one without a name who has spoken as ``her agent``."""
        if determiner in WHOSE | {"a", "an"} and is_role_noun(lemma):
            self.nameless.add(lemma)
            return False
        holders = (one for one in self.register.persons() if self.facts.has_role(one, lemma))
        return determiner == "the" and lemma in self.nameless and " " not in span.text[4:] and not any(holders)

    def _phrase(self, span: Span, head: int) -> Resolution:
        reading = self.reading
        if (named := self.structure.named(span, head)) is not None:
            return Resolution(named.speaker, "name" if named.speaker else "none", named.someone)
        word = reading.words[head] if 0 <= head < len(reading.words) else None
        noun = word.text.lower() if word is not None else span.text.split()[-1].lower()
        lemma = singular(noun)
        determiner = span.text.split()[0].lower()
        again = self._again(span, lemma, determiner)
        if determiner in _DEFINITE | WHOSE and not again:
            if (referent := self.nominals.referent(span, lemma)) is not None:
                return Resolution(Speaker(displayed(referent), referent.type), "nominal", referent)
            speaker = (
                self.nominals.together(span, lemma) if lemma != noun else self.nominals.given.repeated(span, lemma)
            )
            if speaker is not None:
                return Resolution(speaker, "nominal", sure=False)
        return Resolution(
            described(reading.text, span, noun, lemma, determiner, word.upos if word else "NOUN"), "nominal"
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
