"""Link bare surnames to the person of that surname with the best score for frequency, role, company and date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from quotetrack.link.appearances import Appearance, Evidence, Person, same_role
from quotetrack.link.countries import countries
from quotetrack.link.fields import fields, head_noun
from quotetrack.link.known import Known
from quotetrack.link.names import person_name
from quotetrack.link.namesakes import Namesakes, common_surnames
from quotetrack.link.roles import role_key, role_words
from quotetrack.text.names import first_names

_DAYS = 60


def place_bare(bare: list[Appearance], found: list[tuple[Person, set[str]]], known: list[Known]) -> list[Person]:
    """Add bare surnames to the persons they refer to; returns new speakers for the remaining ones.

    ``found`` are the persons of the component with their surnames.
    """
    by_surname: dict[str, list[tuple[Person, Evidence]]] = defaultdict(list)
    recognised: dict[int, Person] = {}
    sought = {one.person.last for one in bare}
    for namesake, surnames in found:
        recognised.setdefault(id(namesake.known), namesake)
        if namesake.key and surnames & sought:
            evidence = Evidence.of(namesake.appearances)
            for surname in surnames & sought:
                by_surname[surname].append((namesake, evidence))
    namesakes = {surname: Namesakes(same) for surname, same in by_surname.items()}
    aliases: dict[str, list[Known]] = defaultdict(list)
    for seed in known:
        for name in seed.names:
            if person_name(name).bare:
                aliases[person_name(name).last].append(seed)
    remaining: dict[tuple[str, ...], Person] = {}
    additions: list[tuple[Person, Appearance]] = []
    for one in sorted(bare, key=lambda a: (a.article, a.name)):
        part = one.person.last
        named = {k.known_id: k for k in aliases.get(part, [])}
        if len(named) == 1:
            chosen = next(iter(named.values()))
            already = recognised.get(id(chosen))
            key = ("known", chosen.known_id)
            if already is None:
                remaining.setdefault(key, Person(key, [], chosen)).appearances.append(one)
            else:
                additions.append((already, one))
            continue
        candidates = namesakes.get(part)
        fitting = candidates.best(one) if candidates is not None else None
        if fitting is not None:
            additions.append((fitting, one))
            continue
        identity: tuple[str, ...] = ("person", "bare", one.article, part)
        # A surname with a specific office ("Lula", president of Brazil) is one person across articles.
        if candidates is None and (office := _specific_office(one)):
            identity = ("person", "bare", part, *office)
        remaining.setdefault(identity, Person(identity, [])).appearances.append(one)
    _join_by_role(remaining)
    for person, one in additions:
        person.appearances.append(one)
    return list(remaining.values())


@dataclass(slots=True)
class _Group:
    """Single names taken for one person: their sorted days, the last day and their roles, as groups are joined."""

    identity: tuple[str, ...]
    days: list[int]
    last: int
    roles: set[str]

    @classmethod
    def of(cls, identity: tuple[str, ...], appearances: list[Appearance]) -> _Group:
        days = sorted(one.day or 0 for one in appearances)
        return cls(identity, days, days[-1], {role for one in appearances for role in one.roles})

    def callings(self) -> set[str]:
        """The occupations among the roles."""
        return {head_noun(role) for role in self.roles if fields(role) - {"public"}}

    def add(self, other: _Group) -> None:
        """Add a group that begins later."""
        self.last = max(self.last, other.last)
        self.roles |= other.roles


def _join_by_role(found: dict[tuple[str, ...], Person]) -> None:
    """Join single names that have the same role in articles at most ``_DAYS`` days apart: ``the drummer Kezu``."""
    by_surname: dict[str, list[_Group]] = defaultdict(list)
    for identity, person in sorted(found.items()):
        appearances = person.appearances
        if identity[1] == "bare" and all(one.day is not None for one in appearances):
            if (group := _Group.of(identity, appearances)).roles:
                by_surname[appearances[0].person.last].append(group)
    for name, groups in by_surname.items():
        joined: list[_Group] = []
        by_word: dict[str, set[int]] = defaultdict(set)  # the groups joined so far by the words of their roles
        for later in sorted(groups, key=lambda g: (g.days, g.identity)):
            words = {word for role in later.roles for word in {*role_words(role), head_noun(role)}}
            near = sorted({number for word in words for number in by_word[word]}, reverse=True)
            number = next((n for n in near if _same_role(name, joined[n], later)), None)
            if number is None:
                number = len(joined)
                joined.append(later)
            else:
                found[joined[number].identity].appearances += found.pop(later.identity).appearances
                joined[number].add(later)
            for word in words:
                by_word[word].add(number)


def _same_role(name: str, earlier: _Group, later: _Group) -> bool:
    """Whether two single names near in time have a role of several words in common, or a rare name the same occupation."""
    if later.days[0] - earlier.last > _DAYS:
        return False
    if same_role(earlier.roles, later.roles):
        return True
    if name in first_names() or name in common_surnames():
        return False
    callings = earlier.callings(), later.callings()
    return len(callings[0]) == 1 and callings[0] == callings[1]


def _specific_office(one: Appearance) -> tuple[str, str] | None:
    """Return the first role with at least two words as head and domain, or ``None``.

    A domain that is no place is left out if the head says enough: ``the city's police chief`` is ``police chief``.
    """
    for key in sorted(map(role_key, one.roles), key=str):
        proper = [place for place in sorted(key.domain) if " " in key.head and place in countries()]
        if " " in key.head:
            return key.head, " ".join(proper)
        if key.is_specific:
            return key.head, " ".join(sorted(key.domain))
    return None
