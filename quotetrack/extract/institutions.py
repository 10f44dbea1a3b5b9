"""The bodies of one article with all their places in its own words, and what speaks for each at a place.

A party is one whatever it goes by (``Republicans``, ``the GOP``), and so is a campaign or an administration that the article
names after somebody. Of each the features are those of persons (``salience.py``): nearness, being a subject, having spoken.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter
from dataclasses import dataclass, field

from quotetrack.extract.described import BODIES
from quotetrack.extract.facts import plain
from quotetrack.extract.kinds import PLACES, called_by_name, called_in
from quotetrack.extract.named_after import named_after
from quotetrack.extract.people import Register
from quotetrack.extract.reading import Reading
from quotetrack.extract.salience import REACH, Place, Salience
from quotetrack.extract.someone import Someone
from quotetrack.model import Span

_TYPES = ("organisation", "place", "group")
_NO_PLACES = {"company", "firm", "publication"}
_OWNED = ("campaign", "camp", "team", "administration")
_PARTIES = {"republican": "republican", "democratic": "democratic", "libertarian": "libertarian"}


@dataclass(slots=True)
class Body:
    """One body: its names in this article, where it stands, what it may be called, whose it is (``""`` for most)."""

    names: list[Someone]
    places: list[Place] = field(default_factory=list)
    called: frozenset[str] = frozenset()
    owner: str = ""
    told: bool = False  # whether the article itself says what it is

    @property
    def someone(self) -> Someone:
        """The body under its fullest name: ``Republican Party`` rather than ``Republicans``."""
        singular = [one for one in self.names if not self._is_plural(one)]
        return max(singular or self.names, key=lambda one: (len(one.name.split()), len(one.mentions)))

    @property
    def is_place(self) -> bool:
        """Whether it was taken for a place and nothing in the article speaks against that."""
        return self.someone.type == "place" and not self.told

    @property
    def several(self) -> Someone:
        """The body under the name of its people, if it has one."""
        plural = [one for one in self.names if self._is_plural(one)]
        return plural[0] if plural else self.someone

    @property
    def is_plural(self) -> bool:
        """Whether it goes by the name of its people: ``Republicans``."""
        return any(self._is_plural(one) for one in self.names)

    def _is_plural(self, one: Someone) -> bool:
        return one.type == "group" and one.name.endswith("s")

    def before(self, start: int) -> list[Place]:
        """The places that end before ``start``."""
        return self.places[: bisect_right(self.places, start, key=lambda place: place.end)]


class Institutions:
    """The bodies of one article, in no order that matters."""

    def __init__(self, reading: Reading, register: Register, salience: Salience) -> None:
        self.reading, self.salience = reading, salience
        self.all: list[Body] = []
        keyed: dict[str, Body] = {}
        for someone in register.everyone:
            if someone.type in _TYPES and someone.name.lower() not in BODIES and not _is_no_body(someone):
                self._add(keyed, self._key(someone), someone)
        self._owned(keyed)
        for body in self.all:
            body.places.sort(key=lambda place: place.start)

    def _add(self, keyed: dict[str, Body], key: str, someone: Someone) -> Body:
        body = keyed.get(key)
        if body is None:
            body = keyed[key] = Body([])
            self.all.append(body)
        body.names.append(someone)
        body.places += [
            self.salience.place_of(mention)
            for mention in someone.mentions
            if self.reading.quoted_at(mention.start) is None
        ]
        told = called_in(self.reading, someone)
        body.called |= called_by_name(someone.name) | told
        body.told = body.told or bool(told - PLACES)
        if someone.type == "place" and told & _NO_PLACES:
            someone.type = "organisation"  # "The operator, Calder Line": the article knows better than the entity model
        return body

    def _key(self, someone: Someone) -> str:
        words = [plain(word) for word in someone.name.split()]
        party = {_PARTIES[word] for word in words if word in _PARTIES}
        if len(party) == 1 and len([w for w in words if w not in ("the", "party", *_PARTIES)]) == 0:
            return party.pop()
        if words[-1] in _OWNED and len(words) > 1:
            return _owner_key(someone.name)
        return str(id(someone))

    def _owned(self, keyed: dict[str, Body]) -> None:
        """The campaigns and administrations named after somebody."""
        found: dict[str, list[tuple[int, str, str]]] = {}
        for start, name, noun in named_after(self.reading, len(self.reading.text) + 1, _OWNED):
            found.setdefault(_owner_key(f"{name} {noun}"), []).append((start, name, noun.lower()))
        for key, some in found.items():
            named = Counter(f"{name} {noun}" for _, name, noun in some).most_common(1)[0][0]
            body = keyed.get(key)
            if body is None:
                body = self._add(keyed, key, Someone(named, "organisation"))
                body.called = frozenset(("administration",) if key.endswith(" administration") else _OWNED[:3])
            body.owner = some[0][1].split()[-1]
            known = {place.start for place in body.places}
            for start, name, _ in some:
                if start not in known and self.reading.quoted_at(start) is None:
                    body.places.append(self._place(start, start + len(name)))

    def _place(self, start: int, end: int) -> Place:
        """Where the noun that follows the name stands: ``the Vale campaign said`` has the campaign for its subject."""
        words = self.reading.words_between(start, end)
        noun = words.stop
        while noun < len(self.reading.words) and self.reading.lower[noun] not in _OWNED:
            noun += 1
        if noun < len(self.reading.words) and self.reading.words[noun].deprel.split(":")[0] == "nsubj":
            verb = self.reading.head[noun]
            return Place(start, self.reading.words[noun].end, True, False, True, verb, True)
        return Place(start, end, False, False, True)

    def settle(self, span: Span, someone: Someone) -> None:
        """Take note that ``span`` was found to stand for the body that goes by ``someone``."""
        words = self.reading.words_between(span.start, span.end)
        subject = any(self.reading.words[i].deprel.split(":")[0] == "nsubj" for i in words)
        for body in self.all:
            if any(one is someone for one in body.names):
                insort(body.places, Place(span.start, span.end, subject, False, False), key=lambda one: one.start)

    def features(self, body: Body, start: int, last: Someone | None) -> dict[str, float] | None:
        """What speaks for and against the body at ``start``; nothing where the article has not named it before."""
        places = body.before(start)
        named = [place for place in places if place.named]
        if not named:
            return None
        latest, name = places[-1], named[-1]
        paragraph, sentence = self.salience.paragraph(start), self.salience.sentence(start)
        far = self.salience.sentence(latest.start)
        subjects = [place for place in places if place.subject]
        said = self.salience.sentence(subjects[-1].start) if subjects else -9
        spoke = last is not None and any(one is last for one in body.names)
        return {
            "near": max(0.0, 1 - (start - latest.end) / REACH),
            "name near": max(0.0, 1 - (start - name.end) / REACH),
            "out of reach": float(start - latest.end > REACH),
            "same sentence": float(far == sentence),
            "sentence before": float(far == sentence - 1),
            "same paragraph": float(self.salience.paragraph(latest.start) == paragraph),
            "paragraph before": float(self.salience.paragraph(latest.start) == paragraph - 1),
            "subject": float(latest.subject),
            "subject in this sentence": float(said == sentence),
            "subject in the last sentence": float(said == sentence - 1),
            "owner": float(latest.owner),
            "headline": float(self.salience.paragraph(named[0].start) == 0),
            "often": min(1.0, len(named) / 8),
            "spoke last": float(spoke),
            "place": float(body.is_place),
            "group": float(body.someone.type == "group"),
        }


def _is_no_body(someone: Someone) -> bool:
    """``Republican`` in ``the Republican nominee`` names no party, and a people (``Americans``) says nothing."""
    return someone.type == "group" and ("party" not in called_by_name(someone.name) or not (
        someone.name.endswith("s") or " " in someone.name or someone.name.isupper()
    ))  # fmt: skip


def _owner_key(name: str) -> str:
    """One key for ``Ida Vale campaign``, ``Vale camp`` and ``Vale's campaign``."""
    words = [word.lower() for word in name.replace("’s", "").replace("'s", "").split()]
    kind = "administration" if words[-1] == "administration" else "campaign"
    owner = [word for word in words[:-1] if word not in ("the", "presidential")]
    return f"{owner[-1] if owner else ''} {kind}"
