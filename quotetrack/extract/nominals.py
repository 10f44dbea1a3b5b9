"""Whom a definite noun phrase repeats: ``the senator``, ``her husband``, ``the appeals court``, ``the campaign``; or nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from quotetrack.extract.called import Called
from quotetrack.extract.described import BODIES, singular
from quotetrack.extract.facts import PARTISANS, Facts
from quotetrack.extract.given_names import WHOSE, GivenNames
from quotetrack.extract.holders import Holders
from quotetrack.extract.institutions import Institutions
from quotetrack.extract.kinds import nouns
from quotetrack.extract.kinship import relation
from quotetrack.extract.pairs import Pairs
from quotetrack.extract.pronouns import Discourse
from quotetrack.extract.role_nouns import holds, is_role_noun
from quotetrack.extract.someone import Someone
from quotetrack.model import Span, Speaker


@dataclass(slots=True)
class Nominals:
    """Definite noun phrases of one article, each asked of those who know its kind."""

    discourse: Discourse
    facts: Facts
    bodies: Institutions
    holders: Holders = field(init=False)
    called: Called = field(init=False)
    given: GivenNames = field(init=False)
    pairs: Pairs = field(init=False)

    def __post_init__(self) -> None:
        self.pairs = Pairs(self.discourse)
        self.holders = Holders(self.discourse, self.facts)
        self.called = Called(self.discourse, self.bodies)
        self.given = GivenNames(self.discourse, self.holders)

    def referent(self, span: Span, lemma: str) -> Someone | None:
        """The person or body that the phrase with the head ``lemma`` (in the singular) means; nobody where two could be meant."""
        words = re.split(r"\s(?:which|that|who|of|for|in|from|at|with)\s|,", span.text)[0].split()[1:]
        if span.text.split()[0].lower() in WHOSE:
            return relation(self.discourse, self.facts, span, lemma)
        if self.given.is_named(span, lemma) or any(singular(w.lower()) == lemma != w.lower() for w in words):
            return None  # "the Vale campaign", "the senators"
        aged = re.search(r"\d+[- ]year[- ]old$", " ".join(words))
        if is_role_noun(lemma) or lemma in PARTISANS or aged:
            return None if len(words) > 8 else self.holders.referent(span, lemma)
        return self.called.body(span, lemma) if lemma in BODIES | nouns() else None

    def together(self, span: Span, lemma: str) -> Speaker | None:
        """``the senators``: those who have just spoken together, if the noun does not speak against it."""
        found = self.discourse.together(span.start, 1500)
        if found is None or not is_role_noun(lemma) or any(m.type != "person" for m in found.members):
            return None
        persons = [s for s in self.discourse.register.persons() if s.name in {m.name for m in found.members}]
        roles = [role.text for s in persons for role in self.facts.roles.get(id(s), [])]
        return found if not roles or any(holds(lemma, role) for role in roles) else None
