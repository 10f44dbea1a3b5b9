"""Whom a definite noun phrase repeats: ``the senator``, ``the Republican nominee``, ``the appeals court``; or nobody."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from quotetrack.extract.described import BODIES, singular
from quotetrack.extract.people import Someone
from quotetrack.extract.pronouns import Discourse
from quotetrack.extract.roles import is_role_noun
from quotetrack.model import Span

# Bodies that are spoken of without a name: one named nearby is another.
_NO_NAME = {
    "government", "army", "police", "military", "cabinet", "administration", "parliament", "regime", "court", "navy",
    "prosecution", "tribunal", "presidency", "coastguard",
}  # fmt: skip
_SHORT_TITLES = (("sen", "senator"), ("gov", "governor"), ("rep", "congressman"), ("rep", "congresswoman"), ("rep", "lawmaker"),
                 ("senator", "lawmaker"), ("sen", "lawmaker"), ("pres", "president"), ("det", "detective"))  # fmt: skip
# What an article may be about throughout: such a noun without a name then means it.
_CONCERNS = {
    "bank", "company", "firm", "network", "newspaper", "airline", "retailer", "operator", "manufacturer", "university",
    "charity", "club", "corporation", "fund", "ngo", "watchdog", "union", "association",
}  # fmt: skip
# What a body must have in its name, or must not be, to be called so.
_NEEDS = {"campaign": ("campaign",), "court": ("court",), "union": ("union", "workers", "federation", "brotherhood", "association"),
          "party": ("party", "republicans", "democrats"), "team": ("team", "campaign")}  # fmt: skip
_LAWMAKING = {
    "congress",
    "senate",
    "house",
    "parliament",
    "court",
    "assembly",
    "commons",
    "lords",
    "bundestag",
    "knesset",
}
_PARTIES = {
    "republican", "democratic", "libertarian", "green", "conservative", "labour", "liberal", "socialist", "labor",
}  # fmt: skip
_SAME_WORD = {
    "gop": "republican",
    "democrat": "democratic",
    "u.s.": "us",
    "republicans": "republican",
    "democrats": "democratic",
}
# Nouns that news puts for the person it has just spoken of, known or not to hold that role.
_EPITHETS = {
    "businessman", "businesswoman", "nominee", "candidate", "senator", "congressman", "congresswoman", "lawmaker", "governor",
    "mayor", "billionaire", "tycoon", "actor", "actress", "singer", "author", "professor", "coach", "politician",
    "contender", "hopeful", "mogul", "official", "executive", "judge", "justice", "mother", "father", "star", "host",
}  # fmt: skip
_EPITHET_REACH = 600  # characters


@dataclass(slots=True)
class Nominals:
    """Definite noun phrases of one article; ``roles`` are the roles it gives each person (by ``id``)."""

    discourse: Discourse
    roles: dict[int, list[Span]]

    def referent(self, span: Span, lemma: str) -> Someone | None:
        """The one person with that role or the body just named; nobody where two could be meant."""
        plain = re.split(r"\s(?:which|that|who|of|for|in|from|at|with)\s|,", span.text)[0]
        words = plain.split()[1:]
        if is_role_noun(lemma) and lemma not in ("man", "woman"):
            plural = any(singular(w.lower()) == lemma != w.lower() for w in words[-1:])
            return None if plural or len(words) > 6 else self._person(span, words[:-1], lemma)
        tail = " ".join(span.text.lower().split()[1:])
        tail = re.split(r"\s(?:which|that|who)\s", tail)[0]
        return self._body(span.start, lemma, tail, span.text[:5].lower() == "this ") if lemma in BODIES else None

    def _person(self, span: Span, modifiers: list[str], lemma: str) -> Someone | None:
        """The holder of the role whom the modifiers fit best; else the person just spoken of, for nouns used that way."""
        wanted = {_plain(w) for w in modifiers} - {"former", "then"}
        named = {_plain(w) for w in modifiers if w[:1].isupper()}
        fitting: list[tuple[int, Someone]] = []
        for someone in self.discourse.register.persons():
            own = {_plain(w) for role in self.roles.get(id(someone), []) for w in re.findall(r"[\w.-]+", role.text)}
            other_party = bool(wanted & _PARTIES and own & _PARTIES and not wanted & own & _PARTIES)
            if other_party or not any(m.start < span.start for m in someone.mentions):
                continue
            if any(self._holds(lemma, role) for role in self.roles.get(id(someone), [])):
                fitting.append((len(wanted & own), someone))
        most = max((fit for fit, _ in fitting), default=0)
        best = [someone for fit, someone in fitting if fit == most]
        if len(best) == 1 and (most or not named or self._near(best[0], span.start, 500)):
            return best[0]
        if not named or (best and not most):
            recent = [someone for someone in best if self._near(someone, span.start, 500)]
            if len(recent) == 1:
                return recent[0]
        return self._just_spoken_of(span, wanted, lemma) if not best and lemma in _EPITHETS else None

    def _just_spoken_of(self, span: Span, wanted: set[str], lemma: str) -> Someone | None:
        """Whom a pronoun here would plainly stand for, if the noun does not speak against it."""

        def allowed(someone: Someone) -> bool:
            own = {_plain(w) for role in self.roles.get(id(someone), []) for w in re.findall(r"[\w.-]+", role.text)}
            return not (wanted & _PARTIES and own & _PARTIES and not wanted & own & _PARTIES)

        gender = "f" if lemma.endswith(("woman", "ress")) else "m" if lemma.endswith("man") else ""
        found = self.discourse.personal(span, gender, [], None, allowed)
        if found is None or not found.sure or not self._near(found.someone, span.start, _EPITHET_REACH):
            return None
        return found.someone

    def _near(self, someone: Someone, start: int, reach: int) -> bool:
        """Whether the article itself, and nobody it quotes, names ``someone`` shortly before."""
        return any(
            0 < start - m.end < reach and self.discourse.reading.quoted_at(m.start) is None for m in someone.mentions
        )

    def _holds(self, lemma: str, role: Span) -> bool:
        words = set(re.findall(r"[\w-]+", role.text.lower()))
        return lemma in words or any(short in words for short, noun in _SHORT_TITLES if noun == lemma)

    def _body(self, start: int, lemma: str, plain: str, this: bool) -> Someone | None:
        """The body that ``the bank`` or ``the appeals court`` repeats, if it can be only one."""
        earlier = [(m, s) for m, s in self.discourse.register.at(0, start, ("organisation",)) if m.end <= start]
        words = set(plain.split())
        if len(words) > 1:
            called = {id(s): s for _, s in earlier if words <= {w.lower() for w in s.name.split()}}
            return next(iter(called.values())) if len(called) == 1 else None
        if lemma in _NO_NAME:
            return None
        earlier = [(m, s) for m, s in earlier if _may_be_called(lemma, s.name)]
        near = [(m, s) for m, s in earlier if m.start >= start - 450]
        last = next((one for _, one in reversed(self.discourse.last)), None)
        # Only one body close by, or the one that spoke last and was named last: with two it could be either.
        if near and (
            len({id(one) for _, one in near}) == 1 or near[-1][1] is last or (this and start - near[-1][0].end < 80)
        ):
            return near[-1][1]
        if not near and last is not None and last.type == "organisation" and start - self.discourse.last[-1][0] < 900:
            return last
        # Or the one the article is about: named half as often again as any other.
        if lemma in _CONCERNS:
            often = Counter(id(s) for _, s in earlier).most_common(2)
            if often and often[0][1] >= 4 and (len(often) == 1 or 2 * often[0][1] >= 3 * often[1][1]):
                return next(s for _, s in earlier if id(s) == often[0][0])
        return None


def _may_be_called(noun: str, name: str) -> bool:
    words = set(name.lower().split())
    if noun in _NEEDS and not any(need in words for need in _NEEDS[noun]):
        return False
    return not words & _LAWMAKING or noun in words or noun in ("chamber", "body")


def _plain(word: str) -> str:
    lowered = word.lower().strip(",;:()'’\"")
    return _SAME_WORD.get(lowered, lowered.replace(".", ""))
