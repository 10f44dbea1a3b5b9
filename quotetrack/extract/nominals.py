"""Whom a definite noun phrase repeats: ``the senator``, ``the Republican nominee``, ``the appeals court``; or nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quotetrack.extract.described import BODIES, DOCUMENTS, singular
from quotetrack.extract.people import Mention, Someone
from quotetrack.extract.pronouns import GENDERS, Discourse, gender_of
from quotetrack.extract.roles import holds, is_role_noun
from quotetrack.model import Span, Speaker

# Bodies that are spoken of without a name: one named nearby is another.
_NO_NAME = {
    "government", "army", "police", "military", "cabinet", "administration", "parliament", "regime", "court", "navy",
    "prosecution", "tribunal", "presidency", "coastguard",
}  # fmt: skip
# What an article may be about throughout: such a noun without a name then means it.
_CONCERNS = {
    "bank", "company", "firm", "network", "newspaper", "airline", "retailer", "operator", "manufacturer", "university",
    "charity", "club", "corporation", "fund", "ngo", "watchdog", "union", "association",
}  # fmt: skip
# What a body must have in its name, or must not be, to be called so.
_NEEDS = {"campaign": ("campaign",), "court": ("court",), "union": ("union", "workers", "federation", "brotherhood", "association"),
          "party": ("party", "republicans", "democrats"), "team": ("team", "campaign")}  # fmt: skip
_NO_COMPANY = {
    "group",
    "company",
    "firm",
    "network",
    "airline",
    "retailer",
    "manufacturer",
    "newspaper",
    "charity",
    "club",
}
_PUBLIC = {
    "gop",
    "democrats",
    "republicans",
    "university",
    "college",
    "school",
    "hospital",
    "court",
    "police",
    "department",
    "ministry",
    "committee",
    "senate",
}
_OFFICIAL = {"bureau", "agency", "department", "commission", "committee", "council", "court", "ministry", "board"}
_MEDIA = {
    "news",
    "times",
    "post",
    "journal",
    "tribune",
    "herald",
    "press",
    "radio",
    "magazine",
    "cnn",
    "nbc",
    "abc",
    "cbs",
    "bbc",
}
_ANY_BODY = {"agency", "group", "body", "organisation", "organization", "institution", "charity", "office", "watchdog"}
# What an article calls a body it has named, with whatever words before the noun (``the conservative-leaning newspaper``).
_REPEATED = _NO_COMPANY | {
    "organisation",
    "organization",
    "paper",
    "outlet",
    "bank",
    "watchdog",
    "agency",
    "service",
    "chain",
}
# Before a body's noun these say that it is another than the one named.
_SAID_OF_OTHERS = {"other", "rival", "second", "same", "parent", "new", "first", "whole", "entire", "local", "last"}
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
    "independent",
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
    "magnate", "socialist", "diplomat", "graduate", "filmmaker", "documentarian", "comedian", "rapper", "surgeon",
    "neurosurgeon", "philanthropist", "playwright", "novelist", "physicist", "footballer", "striker", "midfielder",
    "goalkeeper", "boxer", "golfer", "swimmer", "front-runner", "frontrunner", "runner", "centrist", "conservative",
}  # fmt: skip
_PARTISANS = {"republican", "democrat"}
_OFFICES = {
    "nominee",
    "candidate",
    "senator",
    "congressman",
    "congresswoman",
    "governor",
    "mayor",
    "contender",
    "hopeful",
}
_HELD = {"senator", "governor", "mayor", "representative", "president", "secretary", "judge"}
_NO_OFFICES = {
    "judge", "spokesman", "lawyer", "reporter", "editor", "professor", "strategist", "pollster", "analyst", "host", "anchor",
    "aide", "adviser", "advisor", "economist", "expert", "manager", "director", "moderator", "columnist", "commentator",
}  # fmt: skip
# What stands before any such noun for the person just spoken of.
_OF_ONE = re.compile(r"former|onetime|one-time|then|presumptive|\d+-year-old")
# ``(D-Ore.)``, ``, R-Fla.,``, ``(Ky.)``, ``of Oregon``
_FROM = re.compile(
    r",?\s\(?(?:[RDI](?:epublican|emocrat)?[-–]|(?<=\())(?P<place>[A-Z][A-Za-z]*\.?(?:\s?[A-Z][a-z]*\.?)?)(?=[,).])"
    r"|\sof\s(?P<whole>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)
_EPITHET_REACH = 600  # characters
_AHEAD = 400
WHOSE = {"his", "her", "their", "my"}
_KIN = {
    "wife", "husband", "ex-wife", "ex-husband", "widow", "father", "mother", "dad", "mom", "mum", "son", "daughter", "brother",
    "sister", "fiancé", "fiancée", "grandfather", "grandmother", "uncle", "aunt", "boyfriend", "girlfriend",
}  # fmt: skip
# What goes by the name of a person or body before it, and by which nouns the article may have called it then.
_GIVEN_NAMES = {
    "campaign": ("campaign",), "team": ("campaign", "team", "transition"), "camp": ("campaign", "camp"),
    "administration": ("administration",), "poll": ("poll",), "survey": ("survey", "poll"), "foundation": ("foundation", "Foundation"),
}  # fmt: skip
_BETWEEN = {"presidential", "national", "new", "statewide", "2016", "latest", "tracking", "election", "re-election"}
_NO_OWNER = {
    "republican",
    "democratic",
    "gop",
    "national",
    "presidential",
    "white house",
    "exit",
    "u.s.",
    "us",
    "senate",
    "house",
}


@lru_cache(maxsize=1)
def states() -> dict[str, str]:
    """Short names of states, without full stops, to full ones (``data/states.txt``)."""
    source = files("quotetrack.extract").joinpath("data/states.txt").read_text(encoding="utf-8")
    pairs = (pair.split("=") for line in source.splitlines() if not line.startswith("#") for pair in line.split(", "))
    return {short.strip(): full.strip() for short, full in pairs}


@lru_cache(maxsize=1)
def _all_states() -> frozenset[str]:
    return frozenset(word for name in states().values() for word in name.split()) - {
        "new",
        "north",
        "south",
        "west",
        "rhode",
    }


@dataclass(slots=True)
class Nominals:
    """Definite noun phrases of one article; ``roles`` are the roles it gives each person (by ``id``)."""

    discourse: Discourse
    roles: dict[int, list[Span]]

    def referent(self, span: Span, lemma: str) -> Someone | None:
        """The one person with that role or the body just named; nobody where two could be meant."""
        plain = re.split(r"\s(?:which|that|who|of|for|in|from|at|with)\s|,", span.text)[0]
        words = plain.split()[1:]
        if span.text.split()[0].lower() in WHOSE:
            return self._relation(span, lemma)
        if is_role_noun(lemma) and lemma not in ("man", "woman"):
            plural = any(singular(w.lower()) == lemma != w.lower() for w in words)
            return None if plural or len(words) > 8 else self._person(span, words[:-1], lemma)
        if re.fullmatch(r"the \d+[- ]year[- ]old", span.text.lower()):
            return self._just_spoken_of(span, set(), lemma)
        if lemma in _PARTISANS and len(words) <= 4:
            return self._politician(span, lemma)
        tail = re.sub(r"['’]s$", "", " ".join(span.text.split()[1:]))
        tail = re.split(r"\s(?:which|that|who)\s", tail)[0]
        return self._body(span.start, lemma, tail, span.text[:5].lower() == "this ") if lemma in BODIES else None

    def _person(self, span: Span, modifiers: list[str], lemma: str) -> Someone | None:
        """The holder of the role whom the modifiers fit best; else the person just spoken of, for nouns used that way."""
        wanted = {_plain(w) for w in modifiers} - {"former", "then"}
        named = {_plain(w) for w in modifiers if w[:1].isupper()}
        foreign = {_plain(w) for w in self._nationalities(span)}
        fitting: list[tuple[int, Someone]] = []
        for someone in self.discourse.register.persons():
            own = self._known(someone)
            other_party = bool(wanted & _PARTIES and own & _PARTIES and not wanted & own & _PARTIES)
            if other_party or not any(m.start < span.start for m in someone.mentions):
                continue
            if self._is(someone, lemma, wanted) and own >= foreign:
                fitting.append((len(wanted & own), someone))
        if not fitting and foreign:
            # "the Vessarian leader" after "President Quist" of an article that gives him no country: who has just spoken.
            at, last = next(((at, s) for at, s in reversed(self.discourse.last) if s.type == "person"), (0, None))
            if last is not None and self._is(last, lemma, wanted) and span.start - at < _EPITHET_REACH:
                others = [s for s in self.discourse.register.persons() if s is not last and self._is(s, lemma, wanted)]
                often = max((len(s.mentions) for s in others), default=0)
                return last if len(last.mentions) >= 2 * often else None
        if not fitting:
            # "The attorney general is confirming … But Attorney General Ruth Vale": wires name a subject at once, if not first.
            ahead = [s for s in self.discourse.register.persons() if 0 < s.first - span.start < _AHEAD]
            fitting = [(0, someone) for someone in ahead if self._is(someone, lemma, wanted)]
            if fitting:
                return fitting[0][1] if len(fitting) == 1 and self._opens(span) else None
        most = max((fit for fit, _ in fitting), default=0)
        best = [someone for fit, someone in fitting if fit == most]
        if not most and named & _all_states():
            best = [someone for someone in best if not self._known(someone) & _all_states()]  # of another state
        if len(best) == 1 and (most or not named or self._near(best[0], span.start, 500)):
            return best[0]
        if not named or (best and not most):
            recent = [someone for someone in best if self._near(someone, span.start, 500)]
            if len(recent) == 1:
                return recent[0]
            if recent:
                found = self.discourse.personal(span, self._taken_up(span), [], None, lambda one: one in recent)
                return found.someone if found is not None and found.sure else None
        epithet = lemma in _EPITHETS or any(_OF_ONE.fullmatch(w.lower()) for w in modifiers[:2])
        return self._just_spoken_of(span, wanted, lemma) if not best and epithet else None

    def _known(self, someone: Someone) -> set[str]:
        """The words of the person's roles and of the place given behind the name: ``Ruth Vale (D-Ore.)``."""
        known = {_plain(w) for role in self.roles.get(id(someone), []) for w in re.findall(r"[\w.-]+", role.text)}
        for mention in someone.mentions:
            if found := _FROM.match(self.discourse.reading.text, mention.end):
                place = found["place"] or found["whole"]
                known |= {
                    _plain(w) for w in states().get(place.replace(".", "").replace(" ", "").lower(), place).split()
                }
        return known

    def _politician(self, span: Span, lemma: str) -> Someone | None:
        """``the Kentucky Republican``: the holder of an office, or one with a party behind the name, just spoken of."""
        letter = lemma[0].upper()

        def allowed(someone: Someone) -> bool:
            roles = [role.text for role in self.roles.get(id(someone), [])]
            after = [self.discourse.reading.text[m.end : m.end + 15] for m in someone.mentions]
            parties = {
                found[1].upper()
                for text in after
                if (found := re.match(r",?\s\(?([RDI])(?:epublican|emocrat|[-)])", text))
            }
            office = any(
                holds(noun, role) for noun in ("senator", "representative", "governor", "speaker") for role in roles
            )
            return letter in parties or (office and not parties)

        places = {_plain(w) for w in span.text.split()[1:-1] if w[:1].isupper()}
        there = [s for s in self.discourse.register.persons() if s.first < span.start and places <= self._known(s)]
        there = [someone for someone in there if allowed(someone)] if places else []
        if len(there) == 1:
            return there[0]
        found = self.discourse.personal(span, self._taken_up(span), [], None, allowed)
        return found.someone if found and found.sure and self._near(found.someone, span.start, _EPITHET_REACH) else None

    def _just_spoken_of(self, span: Span, wanted: set[str], lemma: str) -> Someone | None:
        """Whom a pronoun here would plainly stand for, if the noun does not speak against it."""
        if re.search(
            rf"\b(?:an?|another|one) (?:[\w-]+ ){{0,3}}{re.escape(lemma)}\b",
            self.discourse.reading.text[: span.start],
            re.I,
        ):
            return None  # "A judge ruled …": somebody without a name

        def allowed(someone: Someone) -> bool:
            roles = [role.text for role in self.roles.get(id(someone), [])]
            if lemma in _OFFICES and (
                self._employed(someone) or any(holds(other, role) for other in _NO_OFFICES for role in roles)
            ):
                return False  # the judge just spoken of is not "the Republican nominee"
            if lemma in _OFFICES and any(
                re.search(r"\b(?:president|head|chief|founder|chair\w*) of ", r) for r in roles
            ):
                return False  # nor is the president of a society
            offices = {office for office in _HELD for role in roles if holds(office, role)}
            if lemma in _HELD and offices and lemma not in offices:
                return False  # nor is the governor "the senator"
            own = self._known(someone)
            if wanted & _all_states() and own & _all_states() and not wanted & own & _all_states():
                return False
            return not (wanted & _PARTIES and own & _PARTIES and not wanted & own & _PARTIES)

        gender = gender_of(lemma) or self._taken_up(span)
        found = self.discourse.personal(span, gender, [], None, allowed)
        if found is None or not found.sure or not self._near(found.someone, span.start, _EPITHET_REACH):
            return None
        return found.someone

    def _employed(self, someone: Someone) -> bool:
        """``Harbour Radio's Ruth Vale``"""
        first = someone.mentions[0].start
        before = self.discourse.register.at(max(0, first - 4), first, ("organisation",))
        return bool(before) and self.discourse.reading.text[before[-1][0].end : first].strip() in ("'s", "’s")

    def _taken_up(self, span: Span) -> str:
        """The gender of the first pronoun that goes on with the phrase in its sentence (``The nominee attacked her rival``)."""
        reading = self.discourse.reading
        words = reading.words_between(span.start, span.end)
        if not words:
            return ""
        for index in range(words.stop, reading.sentence_range(words.start).stop):
            word = reading.words[index]
            if word.text.lower() in GENDERS and reading.is_quoted(index) == reading.is_quoted(words.start):
                gender = GENDERS[word.text.lower()]
                return gender if gender in "mf" else ""
            if self.discourse.register.at(word.start, word.end, ("person",)):
                return ""
        return ""

    def _opens(self, span: Span) -> bool:
        """Whether the phrase begins a paragraph."""
        return any(span.start - 2 <= start <= span.start for start, _ in self.discourse.reading.parsed.paragraphs)

    def _near(self, someone: Someone, start: int, reach: int) -> bool:
        """Whether the article itself, and nobody it quotes, names ``someone`` shortly before."""
        return any(
            0 < start - m.end < reach and self.discourse.reading.quoted_at(m.start) is None for m in someone.mentions
        )

    def _nationalities(self, span: Span) -> list[str]:
        """``French`` in ``the French president``: who is only called president is another."""
        reading = self.discourse.reading
        words = [reading.words[i] for i in reading.words_between(span.start, span.end)][1:]
        names = [w.text for w in words if w.upos == "ADJ" and w.text[:1].isupper()]
        return [name for name in names if _plain(name) not in _PARTIES | {"american", "former", "vice", "deputy"}]

    def _is(self, someone: Someone, lemma: str, wanted: set[str]) -> bool:
        roles = [role.text for role in self.roles.get(id(someone), [])]
        return any(holds(lemma, role) and ("vice" in wanted or "vice" not in role.lower()) for role in roles)

    def _relation(self, span: Span, lemma: str) -> Someone | None:
        """``her husband``: the one person whom the article calls a husband."""
        if lemma not in _KIN or len(span.text.split()) > 2:
            return None
        found = [s for s in self.discourse.register.persons() if self._is(s, lemma, set())]
        if found or (whose := span.text.split()[0].lower()) not in ("his", "her"):
            return found[0] if len(found) == 1 else None
        # "her husband" where the article names one man of her surname
        owner = self.discourse.personal(span, GENDERS[whose], [], None)
        if owner is None or not owner.sure or " " not in owner.someone.name:
            return None
        family = owner.someone.name.split()[-1]
        found = [
            s for s in self.discourse.register.persons() if s is not owner.someone and s.name.split()[-1] == family
        ]
        gender = gender_of(lemma)
        return found[0] if len(found) == 1 and " " in found[0].name and gender in (found[0].gender, "") else None

    def together(self, span: Span, lemma: str) -> Speaker | None:
        """``the senators``: those who have just spoken together, if the noun does not speak against it."""
        found = self.discourse.together(span.start, 1500)
        if found is None or not is_role_noun(lemma) or any(m.type != "person" for m in found.members):
            return None
        persons = [s for s in self.discourse.register.persons() if s.name in {m.name for m in found.members}]
        roles = [role.text for s in persons for role in self.roles.get(id(s), [])]
        return found if not roles or any(holds(lemma, role) for role in roles) else None

    def repeated(self, span: Span, lemma: str) -> Speaker | None:
        """``the campaign`` after ``the Trump campaign``, ``the poll`` after ``a Vale University poll``: the one of that kind
        which the article has given a name to, or the one it spoke of just now."""
        if lemma not in _GIVEN_NAMES or " and " in span.text:
            return None
        own = [name.split()[-1] for _, name, _ in self._given_names(span.end, (lemma,), span.start)]
        if (whose := span.text.split()[0].lower()) in WHOSE:
            owner = self.discourse.personal(span, GENDERS.get(whose, ""), [], None) if whose in ("his", "her") else None
            if owner is None or not owner.sure or len(span.text.split()) > 2:
                return None
            own = [owner.someone.name.split()[-1]]
        if len(span.text.split()) > 2 and not own:
            return None
        found = [
            (start, name, noun)
            for start, name, noun in self._given_names(span.start, _GIVEN_NAMES[lemma])
            if not own or name.split()[-1] == own[0]  # "the Trump team" is the Trump campaign
        ]
        # "Trump" and "Donald Trump" have one campaign.
        near = [one for one in found if span.start - one[0] < 600]
        for some in (found, near):
            if some and len({name.split()[-1] for _, name, _ in some}) == 1:
                longest = Counter(f"{name} {noun}" for _, name, noun in some).most_common(1)[0][0]
                return Speaker(longest, "document" if lemma in DOCUMENTS else "organisation")
        return Speaker(f"{own[0]} {lemma}", "organisation") if own and lemma in ("campaign", "camp", "team") else None

    def _part_of(self, before: tuple[Mention, Someone] | None, mention: Mention) -> bool:
        """``Harbour Inspection, a division of the Port Authority,``: the second only says what the first is."""
        if before is None:
            return False
        between = self.discourse.reading.text[before[0].end : mention.start]
        return bool(re.fullmatch(r",\s(?:an?|the)\s(?:[\w-]+\s){1,3}(?:of|at|in|for)\s(?:the\s)?", between))

    def _given_names(self, stop: int, nouns: tuple[str, ...], start: int = 0) -> Iterator[tuple[int, str, str]]:
        """Where between ``start`` and ``stop`` one of ``nouns`` follows a name, the name, and the noun."""
        reading = self.discourse.reading
        words = reading.words
        for index in reading.words_between(start, stop):
            if re.sub(r"['’]s?$", "", words[index].text.lower()) not in nouns or index == 0:
                continue
            first = last = index - 1
            while first > 0 and (words[first].text.lower() in _BETWEEN or words[first].text in ("'s", "’s", "'", "’")):
                first, last = first - 1, last - 1
            while first > 0 and words[first - 1].end >= words[first].start - 1 and self._named(first - 1):
                first -= 1
            if self._named(last) and reading.sentence_of[first] == reading.sentence_of[index]:
                name = reading.text[words[first].start : words[last].end].strip("-/ ")
                if name.lower() not in _NO_OWNER and "\n" not in name:
                    yield words[first].start, name, re.sub(r"['’]s?$", "", words[index].text)

    def _named(self, index: int) -> bool:
        word = self.discourse.reading.words[index]
        inside = self.discourse.reading.sentence_range(index).start < index
        return (
            word.upos == "PROPN"
            or word.text in ("-", "/", "&")
            or (word.upos in ("ADJ", "NOUN") and word.text[:1].isupper() and inside)
        )

    def _body(self, start: int, lemma: str, plain: str, this: bool) -> Someone | None:
        """The body that ``the bank`` or ``the appeals court`` repeats, if it can be only one."""
        earlier = [(m, s) for m, s in self.discourse.register.at(0, start, ("organisation",)) if m.end <= start]
        words = set(plain.lower().split())
        if len(words) > 1:
            called = {id(s): s for _, s in earlier if words <= {w.lower() for w in s.name.split()}}
            if (
                called
                or len(words) > 4
                or "and" in words
                or not plain.islower()
                or lemma not in _REPEATED
                or words & _SAID_OF_OTHERS
            ):
                return next(iter(called.values())) if len(called) == 1 else None
        if lemma in _NO_NAME:
            return None
        earlier = [(m, s) for m, s in earlier if _may_be_called(lemma, s.name)]
        near = [(m, s) for m, s in earlier if m.start >= start - 450]
        near = [one for before, one in zip([None, *near], near, strict=False) if not self._part_of(before, one[0])]
        last = next((one for _, one in reversed(self.discourse.last)), None)
        # Only one body close by, or the one that spoke last and was named last: with two it could be either.
        if near and (
            len({id(one) for _, one in near}) == 1 or near[-1][1] is last or (this and start - near[-1][0].end < 80)
        ):
            return near[-1][1]
        if not near and last is not None and last.type == "organisation" and start - self.discourse.last[-1][0] < 900:
            return last if _may_be_called(lemma, last.name) else None
        # Or the one the article is about: named half as often again as any other.
        if lemma in _CONCERNS:
            often = Counter(id(s) for _, s in earlier).most_common(2)
            if often and often[0][1] >= 4 and (len(often) == 1 or 2 * often[0][1] >= 3 * often[1][1]):
                return next(s for _, s in earlier if id(s) == often[0][0])
            # Or the only one in its headline, if it goes on to speak of it.
            headline = self.discourse.reading.parsed.paragraphs[0][1]
            titular = [s for m, s in earlier if m.end <= headline and s.type == "organisation"]
            if len({id(s) for s in titular}) == 1 and len(titular[0].mentions) >= 4:
                return titular[0]
        return None


def _may_be_called(noun: str, name: str) -> bool:
    words = set(name.lower().split())
    if noun in _OFFICIAL and words & _MEDIA:
        return False
    if noun not in _ANY_BODY and name.lower().split()[-1] in (_OFFICIAL | {"foundation", "university", "party"}) - {
        noun
    }:
        return False  # "the bureau" is no department
    if noun in _NEEDS and not any(need in words for need in _NEEDS[noun]):
        return False
    if noun in _NO_COMPANY and words & _PUBLIC:
        return False
    return not words & _LAWMAKING or noun in words or noun in ("chamber", "body")


def _plain(word: str) -> str:
    lowered = word.lower().strip(",;:()'’\"")
    return _SAME_WORD.get(lowered, lowered.replace(".", ""))
