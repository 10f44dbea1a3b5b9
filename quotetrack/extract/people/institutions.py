"""The bodies of one article: their names, the nouns that can refer to them, and their owners.

All forms of the name of a party (``Democrats``, ``the Democratic Party``) are one body, and so are those of a campaign or an
administration named after a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from quotetrack.extract.people.kinds import PLACES, called_by_name, called_in
from quotetrack.extract.people.named_after import named_after
from quotetrack.extract.people.register import Register
from quotetrack.extract.people.someone import Someone
from quotetrack.extract.reading import Reading
from quotetrack.extract.resolve.described import BODIES

_TYPES = ("organisation", "place", "group")
_NO_PLACES = {"company", "firm", "publication"}
_OFTEN = 6  # minimum mentions of a name to conclude that it is not a place
_LOCATIVES = {
    "in", "at", "near", "from", "to", "into", "across", "around", "outside", "inside", "through", "throughout", "over", "between",
    "toward", "towards", "on",
}  # fmt: skip
_OWNED = ("campaign", "camp", "team", "administration")


@dataclass(slots=True)
class Body:
    """One body: its names in this article, their places, the nouns that can refer to it, and its owner (usually ``""``)."""

    names: list[Someone]
    places: list[tuple[int, int]] = field(default_factory=list)  # character offsets
    called: frozenset[str] = frozenset()
    owner: str = ""
    told: bool = False  # whether the article says what it is

    @property
    def someone(self) -> Someone:
        """Return the body under its fullest name: ``Republican Party`` rather than ``Republicans``."""
        singular = [one for one in self.names if not self._is_plural(one)]
        return max(singular or self.names, key=lambda one: (len(one.name.split()), len(one.mentions)))

    @property
    def is_place(self) -> bool:
        """Whether it is tagged as a place and nothing in the article contradicts that."""
        return self.someone.type == "place" and not self.told

    @property
    def several(self) -> Someone:
        """Return the body under the name of its members, if it has one."""
        plural = [one for one in self.names if self._is_plural(one)]
        return plural[0] if plural else self.someone

    @property
    def is_plural(self) -> bool:
        """Whether it is also named by its members: ``Republicans``."""
        return any(self._is_plural(one) for one in self.names)

    def _is_plural(self, one: Someone) -> bool:
        return one.type == "group" and one.name.endswith("s")


def bodies_of(reading: Reading, register: Register) -> list[Body]:
    """Return all bodies that the article names."""
    found: list[Body] = []
    keyed: dict[str, Body] = {}

    def body(key: str, someone: Someone) -> Body:
        one = keyed.get(key)
        if one is None:
            one = keyed[key] = Body([])
            found.append(one)
        _add(reading, one, someone)
        return one

    for someone in register.everyone:
        if someone.type in _TYPES and someone.name.lower() not in BODIES and not _is_no_body(someone, register.parties):
            body(_key(someone, register.parties), someone)
    owned: dict[str, list[tuple[int, str, str]]] = {}
    for start, name, noun in named_after(reading, len(reading.text) + 1, _OWNED):
        owned.setdefault(_owner_key(f"{name} {noun}"), []).append((start, name, noun.lower()))
    for key, some in owned.items():
        one = keyed.get(key)
        if one is None:
            named = Counter(f"{name} {noun}" for _, name, noun in some).most_common(1)[0][0]
            one = body(key, Someone(named, "organisation"))
            one.called = frozenset(("administration",) if key.endswith(" administration") else _OWNED[:3])
        one.owner = some[0][1].split()[-1]
        known = {start for start, _ in one.places}
        one.places += [
            (start, _to_noun(reading, start, start + len(name))) for start, name, _ in some if start not in known
        ]
    for key, one in keyed.items():
        if key in register.parties.values():
            one.called |= {"party"}
    for one in found:
        one.places.sort()
    return found


def _add(reading: Reading, body: Body, someone: Someone) -> None:
    body.names.append(someone)
    body.places += [(mention.start, mention.end) for mention in someone.mentions]
    told = called_in(reading, someone)
    body.called |= called_by_name(someone.name) | called_by_name(someone.abbreviation) | told
    body.told = body.told or bool(told - PLACES)
    if someone.type == "place" and (told & _NO_PLACES or _only_acts(reading, someone)):
        someone.type = "organisation"  # "The operator, Calder Line": the article overrules the entity model


def _only_acts(reading: Reading, someone: Someone) -> bool:
    """Whether a name is frequent, mostly a subject, and never used like a place (``in Velga``)."""
    if len(someone.mentions) < _OFTEN:
        return False
    subjects = 0
    for mention in someone.mentions:
        inside = reading.words_between(mention.start, mention.end)
        head = next((i for i in inside if reading.head[i] not in inside), -1)
        case = reading.child(head, "case") if head >= 0 else None
        if head < 0 or (case is not None and reading.lower[case] in _LOCATIVES):
            return False
        subjects += reading.words[head].deprel.startswith("nsubj")
    return 2 * subjects >= len(someone.mentions)


def _to_noun(reading: Reading, start: int, end: int) -> int:
    """Return the end of the noun after the name: in ``the Vale campaign said`` the campaign is the subject."""
    noun = reading.words_between(start, end).stop
    while noun < len(reading.words) and reading.lower[noun] not in _OWNED:
        noun += 1
    return reading.words[noun].end if noun < len(reading.words) else end


def _key(someone: Someone, parties: Mapping[str, str]) -> str:
    words = [word for word in someone.name.lower().split() if word not in ("the", "party")]
    if len(words) == 1 and words[0] in parties:
        return parties[words[0]]
    words = someone.name.lower().split()
    if words[-1] in _OWNED and len(words) > 1:
        return _owner_key(someone.name)
    return str(id(someone))


def _is_no_body(someone: Someone, parties: Mapping[str, str]) -> bool:
    """Whether a group name is not a body: ``Republican`` in ``the Republican nominee``, and peoples (``Americans``)."""
    if someone.type != "group":
        return False
    is_name = someone.name.endswith("s") or " " in someone.name or someone.name.isupper()
    return not is_name or not (someone.name.lower() in parties or "party" in called_by_name(someone.name))


def _owner_key(name: str) -> str:
    """Return one key for ``Ida Vale campaign``, ``Vale camp`` and ``Vale's campaign``."""
    words = [word.lower() for word in name.replace("’s", "").replace("'s", "").split()]
    kind = "administration" if words[-1] == "administration" else "campaign"
    owner = [word for word in words[:-1] if word not in ("the", "presidential")]
    return f"{owner[-1] if owner else ''} {kind}"
