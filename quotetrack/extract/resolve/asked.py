"""Sort the sources of an article into questions for the walks over persons and bodies: pronouns, noun phrases and names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quotetrack.extract.find.draft import Draft
from quotetrack.extract.find.source_phrases import phrase
from quotetrack.extract.people.kinds import nouns
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.campaigns import is_named_after
from quotetrack.extract.resolve.described import INDEFINITE
from quotetrack.extract.resolve.fits_bodies import BodyPhrase
from quotetrack.extract.resolve.kin import KIN
from quotetrack.extract.resolve.person_phrases import Phrase
from quotetrack.extract.resolve.relatives import RELATIVES
from quotetrack.extract.resolve.structure import Named, Structure
from quotetrack.extract.resolve.tracks import PERSONAL, THINGS, Track
from quotetrack.extract.roles.facts import Facts
from quotetrack.model import Span, Word
from quotetrack.text.role_nouns import is_role_noun

_SELF = {"i", "we", "you", "us", "me", "my", "our", "one"}
NOBODY = _SELF | {
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
}
WHOSE = {"his", "her", "their", "its", "my"}
DEFINITE = {"the", "this", "that", "these", "those"} | WHOSE


@dataclass(slots=True)
class Asked:
    """The questions for one walk, by the head word of the source: drafts, noun phrases, and the candidates that sources name."""

    drafts: dict[int, Draft] = field(default_factory=dict)
    phrases: dict[int, Phrase | BodyPhrase] = field(default_factory=dict)
    speakers: dict[int, Track | None] = field(default_factory=dict)


@dataclass(slots=True)
class Questions:
    """Sort the sources of one article.

    ``named`` is the person or body that each source names by its structure, by the ``id`` of its draft; ``again`` are the drafts
    whose source repeats somebody without a name.
    """

    reading: Reading
    register: Register
    facts: Facts
    structure: Structure
    named: dict[int, Named | None] = field(default_factory=dict)
    again: set[int] = field(default_factory=set)
    bare: set[int] = field(default_factory=set)  # the heads of phrases for one person that have no article
    sources: set[str] = field(default_factory=set)  # the nouns that head a source, in the singular
    _voices: dict[int, Someone] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._voices = {id(m.entity): someone for someone in self.register.everyone for m in someone.mentions}

    def asked(
        self,
        drafts: Sequence[Draft],
        persons_by: Mapping[int, Track],
        bodies_by: Mapping[int, Track],
        settled: set[int],
    ) -> tuple[Asked, Asked]:
        """Return the questions for the walk over persons and for the walk over bodies.

        Tracks are given by the ``id`` of their person or body; ``settled`` are the nouns that clearly repeat somebody.
        """
        persons, bodies = Asked(), Asked()
        nameless: set[str] = set()
        for draft in drafts:
            head = self.head(draft)
            if draft.source is None or head < 0 or draft.inherited is not None:
                continue
            if (voice := self.voice(draft)) is not None or draft.nameless:
                persons.speakers[head], bodies.speakers[head] = persons_by.get(id(voice)), bodies_by.get(id(voice))
                continue
            lowered = plain_text(draft.source.span.text)
            persons.speakers[head] = bodies.speakers[head] = None
            if lowered in PERSONAL:
                persons.drafts[head] = draft
            elif lowered in THINGS:
                bodies.drafts[head] = draft
            elif lowered not in RELATIVES | NOBODY:
                named = self.named[id(draft)] = self.structure.named(draft.source.span, draft.source.head)
                if named is None:
                    self._ask_phrase(draft, head, nameless, persons, bodies)
                elif named.someone is not None:
                    persons.speakers[head] = persons_by.get(id(named.someone))
                    bodies.speakers[head] = bodies_by.get(id(named.someone))
        self.sources = {self.reading.singular(head) for head in persons.speakers}
        self._ask_subjects(persons, bodies, settled)
        return persons, bodies

    def _ask_subjects(self, persons: Asked, bodies: Asked, settled: set[int]) -> None:
        """Add definite noun phrases that are subjects but not sources, because a later pronoun may have the same antecedent."""
        reading = self.reading
        for index, word in enumerate(reading.words):
            if (
                word.upos != "NOUN"
                or not word.deprel.startswith("nsubj")
                or index in persons.speakers
                or index in settled
            ):
                continue
            determiner = next((i for i in reading.children[index] if i < index and reading.lower[i] in DEFINITE), -1)
            if determiner < 0 or reading.is_quoted(index) or (found := phrase(reading, index)) is None:
                continue
            span, lemma = found.span, reading.singular(index)
            if " and " in span.text or lemma in KIN or self.structure.named(span, index) is not None:
                continue
            if is_role_noun(lemma):
                if lemma == reading.lower[index]:
                    persons.phrases[index] = Phrase.of(span, lemma)
            elif not is_named_after(reading, span, lemma):
                bodies.phrases[index] = BodyPhrase.of(span, lemma, lemma != reading.lower[index])

    def _ask_phrase(self, draft: Draft, head: int, nameless: set[str], persons: Asked, bodies: Asked) -> None:
        """Add a definite noun phrase for one person or for a body."""
        assert draft.source is not None
        span, word = draft.source.span, self.reading.words[head]
        lowered = self.reading.lower[head]
        lemma, determiner = self.reading.singular(head), span.text.split()[0].lower()
        person = self._is_for_persons(lemma) or lemma in self.register.partisans
        if person and self._is_nameless_again(span, lemma, determiner, nameless):
            self.again.add(id(draft))
            return
        asked = Phrase.of(span, lemma)
        if (
            person
            and determiner not in DEFINITE
            and has_no_article(span, word)
            and not (lemma in KIN and "’s " in span.text.replace("'", "’"))
        ):
            self.bare.add(head)
        if not (determiner in DEFINITE or head in self.bare) or self._is_coordinated(span, head):
            return
        if word.upos not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return
        if person or asked.age:
            if lemma == lowered and not (determiner in WHOSE and lemma in KIN):
                persons.drafts[head], persons.phrases[head] = draft, asked
        elif word.upos in ("NOUN", "PROPN") and not is_named_after(self.reading, span, lemma):
            bodies.drafts[head], bodies.phrases[head] = draft, BodyPhrase.of(span, lemma, lemma != lowered)

    def _is_coordinated(self, span: Span, head: int) -> bool:
        """Whether the phrase refers to two: ``the mayor and his deputy``, but not ``the mayor, who met Vale and Lund``."""
        reading = self.reading
        joined = (i for i in reading.children[head] if reading.words[i].deprel == "conj")
        return (
            any(reading.words[i].start < span.end for i in joined) or " and " in re.split(r",\s|\swho\s", span.text)[0]
        )

    def _is_for_persons(self, lemma: str) -> bool:
        """Whether the noun is for persons; one for bodies too (``the carrier``) only if the article gives it to a person as a role."""
        if not is_role_noun(lemma) or lemma not in nouns():
            return is_role_noun(lemma)
        return bool(self.facts.holders(lemma))

    def _is_nameless_again(self, span: Span, lemma: str, determiner: str, nameless: set[str]) -> bool:
        """Whether ``the agent`` is the unnamed person who has spoken as ``her agent``."""
        if determiner in WHOSE | {"a", "an"}:
            nameless.add(lemma)
            return False
        again = determiner == "the" and lemma in nameless and " " not in span.text[4:]
        return again and not self.facts.holders(lemma)

    def voice(self, draft: Draft) -> Someone | None:
        """Return the person that the label of a turn names."""
        return self._voices.get(id(draft.voice)) if draft.voice is not None else None

    def head(self, draft: Draft) -> int:
        """Return the index of the head of the source, or -1."""
        if draft.source is None:
            return -1
        words = self.reading.words_between(draft.source.span.start, draft.source.span.end)
        return draft.source.head if draft.source.head in words else words[-1] if words else -1


def has_no_article(span: Span, word: Word) -> bool:
    """Whether a phrase for one person has no article, as in headlines, or has a possessive instead.

    For example ``Harbour Board chief`` and ``Merland's foreign minister``.
    """
    first = span.text.split()[0].lower()
    return (
        word.upos in ("NOUN", "PROPN")
        and first not in INDEFINITE
        and not first[0].isdigit()
        and "Number=Plur" not in word.feats
    )


def plain_text(text: str) -> str:
    """Return a source in lower case without surrounding punctuation."""
    return re.sub(r"^[^\w]+|[^\w]+$", "", text.lower())
