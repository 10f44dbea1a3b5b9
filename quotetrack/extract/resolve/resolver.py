"""Resolve each source to a person or body of its article, or to nobody.

Structure decides first: a name inside the phrase, an apposition, a list of names. Pronouns and other noun phrases are
ranked along one walk through the article for persons and one for bodies. Ambiguous sources stay without a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.people.institutions import bodies_of
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.asked import DEFINITE, NOBODY, WHOSE, Questions, plain_text
from quotetrack.extract.resolve.behalf import on_behalf_of
from quotetrack.extract.resolve.campaigns import campaign_or_poll
from quotetrack.extract.resolve.conjuncts import conjuncts
from quotetrack.extract.resolve.described import BODIES, DOCUMENTS, described
from quotetrack.extract.resolve.document_authors import DocumentAuthors
from quotetrack.extract.resolve.documents import Documents
from quotetrack.extract.resolve.fits import PersonFits
from quotetrack.extract.resolve.fits_bodies import BodyFits
from quotetrack.extract.resolve.joint import displayed
from quotetrack.extract.resolve.kin import KIN, relative_named
from quotetrack.extract.resolve.named_later import introduced_next, named_next
from quotetrack.extract.resolve.pairs import Pairs
from quotetrack.extract.resolve.person_phrases import Phrase
from quotetrack.extract.resolve.ranker import Chooser, choose
from quotetrack.extract.resolve.relatives import RELATIVES, antecedent, relative
from quotetrack.extract.resolve.repeated import repeats
from quotetrack.extract.resolve.structure import Structure
from quotetrack.extract.resolve.tracks import PERSONAL, THINGS, Track, Tracks, body_events, person_events, words_of
from quotetrack.extract.resolve.walk import Antecedent, Walk
from quotetrack.extract.roles.facts import Facts
from quotetrack.model import Method, Span, Speaker
from quotetrack.text.inflection import singular
from quotetrack.text.role_nouns import is_role_noun

_PLACES = {"state", "country", "nation", "province", "county", "city", "town"}  # whose governments speak
_AUTHOR = {"i", "me", "my"}
# Minimum probability of a name, by kind of source.
MIN_PROBABILITY = {"pronoun": 0.6, "nominal": 0.55, "thing": 0.6, "body": 0.55}


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speaker of a source and how it was found.

    ``someone`` is set if the article names the speaker. ``probability`` is the ranker's, 1 if structure decided.
    """

    speaker: Speaker | None
    method: Method
    someone: Someone | None = None
    probability: float = 1.0


class Resolver:
    """Resolves the sources of one article. Call ``resolve`` in text order."""

    def __init__(self, reading: Reading, drafts: Sequence[Draft], chooser: Chooser = choose) -> None:
        self.reading = reading
        self.register = Register(reading)
        self.facts = Facts(reading, self.register)
        self.roles = self.facts.roles
        self.structure = Structure(reading, self.register, self.facts)
        self.pairs = Pairs(reading, self.register, self.facts)
        self.documents = Documents(
            reading, DocumentAuthors(reading, self.register, self.structure, self._word_referent)
        )
        self.author = self.register.author()
        self._body_tracks = [
            (body, Track(body.someone, "p" if body.is_plural else "n" if body.is_place else "", body=body))
            for body in bodies_of(reading, self.register)
        ]
        self.questions = Questions(reading, self.register, self.facts, self.structure)
        self._principals: dict[int, str] = {}  # principals found so far, by the person who speaks for them
        self._last_single_statement = -1  # offset of the last statement by a single speaker
        self.persons, self.bodies = self._walks(drafts, chooser)

    def _walks(
        self, drafts: Sequence[Draft], chooser: Chooser
    ) -> tuple[Mapping[int, Antecedent], Mapping[int, Antecedent]]:
        """The antecedents of pronouns and noun phrases among the persons and among the bodies, by word index."""
        reading, register = self.reading, self.register
        tracks = {id(one): Track(one, one.gender, guessed=one.guessed) for one in register.persons()}
        by_name = {id(someone): track for body, track in self._body_tracks for someone in body.names}
        latters = list(self.pairs.latter_mentions())
        repeated = [*repeats(reading, register, self.facts), *latters]
        persons, bodies = self.questions.asked(drafts, tracks, by_name, {noun for _, noun, _ in repeated})
        persons.speakers.update((noun, tracks[id(one)]) for _, noun, one in latters if noun in persons.speakers)
        walk = Walk(
            reading,
            Tracks(reading, persons=True),
            person_events(reading, register, tracks, repeated, persons.phrases),
            ("pronoun", "nominal"),
            persons.drafts,
            persons.speakers,
            persons.phrases,
            PersonFits(reading, register, self.facts),
            chooser,
        )
        names = set(words_of(reading, register.persons()))
        other = Walk(
            reading,
            Tracks(reading, persons=False),
            body_events(reading, self._body_tracks, names, bodies.phrases),
            ("thing", "body"),
            bodies.drafts,
            bodies.speakers,
            bodies.phrases,
            BodyFits(reading, [body for body, _ in self._body_tracks]),
            chooser,
        )
        return walk.run(), other.run()

    def resolve(self, draft: Draft) -> Resolution:
        """Return the speaker of ``draft``."""
        resolution = self._resolution(draft)
        if resolution.speaker is not None:
            if resolution.speaker.type == "joint":
                self.pairs.spoke = (draft.start, resolution.speaker)
            else:
                self._last_single_statement = draft.start
        return resolution

    def _resolution(self, draft: Draft) -> Resolution:
        """Resolve ``draft`` without recording who has spoken."""
        source = draft.source
        if (labelled := self.questions.voice(draft)) is not None:
            return _of(labelled, "name", 1.0)
        if draft.nameless:  # "UNIDENTIFIED MALE" is kept as printed, unlike "Q" and "A"
            label = source.span.text if source is not None else ""
            return Resolution(Speaker(label, "unnamed"), "nominal") if len(label) > 1 else Resolution(None, "none")
        if source is None:
            return Resolution(None, "none")
        span, lowered = source.span, plain_text(source.span.text)
        if lowered in PERSONAL:
            return self._from_antecedent(self.persons.get(self.questions.head(draft)), "pronoun", "pronoun")
        if lowered in THINGS:
            if THINGS[lowered] == "p" and (pair := self.pairs.for_they(span, self._last_single_statement)) is not None:
                return Resolution(pair, "pronoun", probability=0.7)
            return self._from_antecedent(self.bodies.get(self.questions.head(draft)), "pronoun", "thing")
        if (pair := self.pairs.referent(span)) is not None:
            return Resolution(pair, "nominal", probability=0.8)
        if lowered in RELATIVES:
            return self._relative(span)
        if lowered in _AUTHOR and self.author is not None and self.reading.quoted_at(span.start) is None:
            return Resolution(Speaker(displayed(self.author), "person"), "pronoun", self.author, 0.8)
        if lowered in NOBODY:
            return Resolution(None, "none")
        return self._phrase(draft, span)

    def _relative(self, span: Span) -> Resolution:
        """Resolve ``who`` and ``which`` to the name beside the clause or to the phrase it modifies."""
        someone = relative(self.reading, self.register, span)
        if someone is not None:
            return Resolution(Speaker(displayed(someone), someone.type), "pronoun", someone)
        if (phrase := antecedent(self.reading, span)) is not None:
            named = self.structure.named(*phrase)
            if named is not None and named.someone is not None:
                return Resolution(named.speaker, "name", named.someone)
        return Resolution(None, "none")

    def _phrase(self, draft: Draft, span: Span) -> Resolution:
        """Resolve a name or a noun phrase."""
        if (speaker := self._with_pronoun(draft, span)) is not None:
            return Resolution(speaker, "nominal", probability=0.8)
        named = self.questions.named.get(id(draft))
        if named is not None:
            return Resolution(named.speaker, "name" if named.speaker else "none", named.someone)
        head = self.questions.head(draft)
        if (author := self.documents.named(span, head)) is not None:
            return _of(author, "name", 1.0)
        if (author := self.documents.repeated(span, head)) is not None:
            return _of(author, "nominal", 1.0)
        word = self.reading.words[head] if head >= 0 else None
        noun = word.text.lower() if word is not None else span.text.split()[-1].lower()
        lemma, determiner = self.reading.singular(head) if head >= 0 else singular(noun), span.text.split()[0].lower()
        is_asked = determiner in DEFINITE or head in self.questions.bare
        if determiner in ("a", "an") and is_role_noun(lemma) and lemma == noun:
            ahead = named_next(self.reading, self.register, self.facts, Phrase.of(span, lemma))
            if ahead is not None:
                return _of(ahead, "nominal", 0.8)
        if is_asked and id(draft) not in self.questions.again:
            found = self._referent(span, head, lemma, noun)
            if found.speaker is not None and found.speaker.type != "unnamed":
                return found
        if self._is_superlative(span, head):
            determiner = "a"  # "the oldest club in Selby" introduces a club as "a club" does
        speaker = described(self.reading.text, span, noun, lemma, determiner, word.upos if word else "NOUN")
        if speaker is not None and speaker.type == "organisation" and conjuncts(self.reading, span, head):
            speaker = Speaker(speaker.name, "unnamed")  # "the council and residents" is no body
        return Resolution(speaker, "nominal")

    def _is_superlative(self, span: Span, head: int) -> bool:
        """Whether a superlative stands before the head of the phrase."""
        words = self.reading.words
        return any(
            words[i].start >= span.start and "Degree=Sup" in words[i].feats for i in range(max(0, head - 4), head)
        )

    def _with_pronoun(self, draft: Draft, span: Span) -> Speaker | None:
        """The joint speaker of ``he and his lawyer, Ivo Lenz``; ``None`` if the source is no such phrase.

        Unnamed if one of the two persons has no name.
        """
        reading, pronoun = self.reading, self.questions.head(draft)
        if pronoun < 0 or reading.lower[pronoun] not in ("he", "she") or reading.words[pronoun].start != span.start:
            return None
        other = reading.child(pronoun, "conj")
        if other is None or reading.words[other].end > span.end or " and " not in span.text:
            return None
        rest = Span.of(reading.text, span.start + span.text.index(" and ") + 5, span.end)
        one, lemma = self._pronoun_referent(pronoun), reading.singular(other)
        named = self.structure.named(rest, other)
        second = named.someone if named is not None else None
        if second is None and named is None and lemma in KIN:
            second = relative_named(self.register, self.facts, rest, lemma, one)
        if one is None or second is None or one is second:
            return Speaker(re.sub(r"\s+", " ", span.text), "unnamed")
        members = tuple(Speaker(displayed(someone), someone.type) for someone in (one, second))
        return Speaker(f"{members[0].name} and {members[1].name}", "joint", members)

    def _referent(self, span: Span, head: int, lemma: str, noun: str) -> Resolution:
        """Resolve a definite noun phrase by what the article says elsewhere."""
        if (one := self.pairs.latter_or_former(span)) is not None:
            return _of(one, "nominal", 0.9)
        if span.text.split()[0].lower() in WHOSE and lemma in KIN and len(span.text.split()) < 3:
            kin = relative_named(self.register, self.facts, span, lemma, self._owner(span.start))
            return _of(kin, "nominal", 0.8)
        if head in self.persons:
            found = self._from_antecedent(self.persons[head], "nominal", "nominal")
            if found.someone is not None and (head not in self.questions.bare or self._is_called(found.someone, lemma)):
                return found  # a bare "Operator" in a headline needs a person with that role
        if head in self.bodies:
            found = self._from_antecedent(self.bodies[head], "nominal", "body")
            if found.someone is not None or (found.speaker is not None and found.speaker.type == "organisation"):
                return found
        if is_role_noun(lemma) and lemma == noun:
            phrase = Phrase.of(span, lemma)
            ahead = named_next(self.reading, self.register, self.facts, phrase)
            ahead = ahead or introduced_next(self.reading, self.register, self.facts, phrase)
            if ahead is not None:
                return _of(ahead, "nominal", 0.8)
        speaker = (
            self.pairs.for_plural_role(span, lemma, self._last_single_statement)
            if lemma != noun
            else campaign_or_poll(self.reading, span, lemma, self._owner)
        )
        return Resolution(speaker, "nominal", probability=0.7)

    def _is_called(self, someone: Someone, noun: str) -> bool:
        """Whether the article uses the noun for the person."""
        return self.facts.has_role(someone, noun) or self.facts.said_to_be(someone, noun)

    def _from_antecedent(self, found: Antecedent | None, method: Method, kind: str) -> Resolution:
        """Turn the result of a walk into a resolution."""
        if found is None or found.track is None or found.probability < MIN_PROBABILITY[kind]:
            return Resolution(None, "none" if method == "pronoun" else "nominal")
        track = found.track
        if track.someone is None:
            if method == "pronoun" and not self._can_speak(track.noun):
                return Resolution(None, "none")
            return Resolution(self._unnamed(track.noun), method, probability=found.probability)
        someone = track.someone
        if track.body is not None and found.plural:
            someone = track.body.several
        return _of(someone, method, found.probability)

    def _can_speak(self, noun: int) -> bool:
        """Whether the noun is one for persons, bodies or documents, or a source elsewhere: not ``The rules … they say``."""
        word = self.reading.singular(noun)
        return word in BODIES | DOCUMENTS | _PLACES | self.questions.sources or is_role_noun(word)

    def _unnamed(self, noun: int) -> Speaker:
        """The speaker for an unnamed candidate whose noun is at ``noun``.

        A body if the phrase contains the name of a country or town (``the Merland army``).
        """
        word, lowered = self.reading.words[noun], self.reading.lower[noun]
        words = self.reading.subtree(noun)
        first = min((i for i in words if noun - 4 <= i <= noun), default=noun)
        while first - 1 in words and self.reading.words[first].upos in ("CCONJ", "PUNCT", "PART"):
            first -= 1  # "the Harbour and Ferry Workers member"
        while first < noun and self.reading.words[first].upos == "ADP":
            first += 1  # "Despite the report"
        span = Span.of(self.reading.text, self.reading.words[first].start, word.end)
        name = re.sub(r"\s+", " ", span.text)
        if singular(lowered) == lowered and re.search(r"\s[A-Z]|^[A-Z].*['’]s\s", name):
            determiner = self.reading.lower[first]
            body = described(self.reading.text, span, lowered, lowered, determiner, word.upos)
            if body is not None and body.type == "organisation":
                return body
        return Speaker(name, "unnamed")

    def _pronoun_referent(self, word: int) -> Someone | None:
        """The person that the pronoun at the word stands for."""
        found = self.persons.get(word)
        if found is None or found.track is None or found.probability < MIN_PROBABILITY["pronoun"]:
            return None
        return found.track.someone

    def _word_referent(self, word: int) -> Someone | None:
        """The person or body that the pronoun or noun phrase at the word stands for."""
        person, body = self.persons.get(word), self.bodies.get(word)
        kinds = ("pronoun", "thing") if self.reading.words[word].upos == "PRON" else ("nominal", "body")
        for found, kind in ((person, kinds[0]), (body, kinds[1])):
            if found is not None and found.track is not None and found.probability >= MIN_PROBABILITY[kind]:
                return found.track.someone
        return None

    def _owner(self, start: int) -> Someone | None:
        """The person that the possessive pronoun at the offset ``start`` stands for."""
        words = self.reading.words_between(start, start + 1)
        return self._pronoun_referent(words.start) if words else None

    def principal(self, draft: Draft, resolution: Resolution, role: Span | None) -> str | None:
        """Return the principal of the speaker according to the source or the speaker's ``role``.

        ``None`` if they state none and none was found for the same person before.
        """
        speaker = resolution.speaker
        if draft.source is None or speaker is None or speaker.type not in ("person", "unnamed"):
            return None
        phrases = [draft.source.span] if role is None or draft.source.span.overlaps(role) else [draft.source.span, role]
        for phrase in phrases:
            found = on_behalf_of(self.reading, self.register, phrase, self._owner_name)
            if found is not None and found != speaker.name:
                if resolution.someone is not None:
                    self._principals[id(resolution.someone)] = found
                return found
        return self._principals.get(id(resolution.someone))  # "His agent, Lotta Beck, …", and later "Beck said"

    def _owner_name(self, span: Span, _: str) -> str | None:
        """The name of the person that a possessive pronoun stands for."""
        owner = self._owner(span.start)
        return displayed(owner) if owner is not None else None


def _of(someone: Someone | None, method: Method, probability: float) -> Resolution:
    """The resolution to a person or body; without a speaker for ``None``."""
    if someone is None:
        return Resolution(None, method)
    return Resolution(Speaker(displayed(someone), someone.type), method, someone, probability)
