"""Link bare surnames to the person of that surname with the best score for frequency, role, company and date."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache

from quotetrack.link.appearances import OFFICES, Appearance, Evidence, Person, agree_on_office, agree_on_role
from quotetrack.link.countries import countries
from quotetrack.link.fields import far_apart, fields, head_noun
from quotetrack.link.known import Known
from quotetrack.link.names import person_name
from quotetrack.link.roles import data_lines, role_key
from quotetrack.text.names import first_names

_DAYS = 60
MIN_SCORE = 1.5
MIN_MARGIN = 1.0  # between the best and the second-best candidate


def place_bare(bare: list[Appearance], found: list[tuple[Person, set[str]]], known: list[Known]) -> list[Person]:
    """Add bare surnames to the persons they refer to; returns new speakers for the remaining ones.

    ``found`` are the persons of the component with their surnames.
    """
    evidence = [(person, Evidence.of(person.appearances), surnames) for person, surnames in found]
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
            person = next((p for p, _, _ in evidence if p.known is chosen), None)
            key = ("known", chosen.known_id)
            if person is None:
                remaining.setdefault(key, Person(key, [], chosen)).appearances.append(one)
            else:
                additions.append((person, one))
            continue
        candidates = [(p, e) for p, e, surnames in evidence if part in surnames and p.key]
        person = _best_candidate(one, candidates)
        if person is not None:
            additions.append((person, one))
            continue
        identity: tuple[str, ...] = ("person", "bare", one.article, part)
        # A surname with a specific office ("Lula", president of Brazil) is one person across articles.
        if not candidates and (office := _specific_office(one)):
            identity = ("person", "bare", part, *office)
        remaining.setdefault(identity, Person(identity, [])).appearances.append(one)
    _join_by_role(remaining)
    for person, one in additions:
        person.appearances.append(one)
    return list(remaining.values())


def _join_by_role(found: dict[tuple[str, ...], Person]) -> None:
    """Join single names that have the same role in articles at most ``_DAYS`` days apart: ``the drummer Kezu``."""
    groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for identity, person in sorted(found.items()):
        if identity[1] == "bare" and all(one.day is not None for one in person.appearances):
            groups[person.appearances[0].person.last].append(identity)
    for identities in groups.values():
        groups_of_days = {i: sorted(one.day or 0 for one in found[i].appearances) for i in identities}
        joined: list[tuple[str, ...]] = []
        for later in sorted(identities, key=lambda i: (groups_of_days[i], i)):
            for earlier in reversed(joined):
                near = groups_of_days[later][0] - groups_of_days[earlier][-1] <= _DAYS
                if near and _same_role(found[earlier].appearances, found[later].appearances):
                    found[earlier].appearances += found.pop(later).appearances
                    groups_of_days[earlier] = sorted(groups_of_days[earlier] + groups_of_days[later])
                    break
            else:
                joined.append(later)


def _same_role(a: list[Appearance], b: list[Appearance]) -> bool:
    """Whether two single names have a role of several words in common, or a rare name the same occupation."""
    name = a[0].person.last
    if agree_on_role(Evidence.of(a), Evidence.of(b)):
        return True
    if name in first_names() or name in common_surnames():
        return False
    callings = [
        {head_noun(role) for one in group for role in one.roles if fields(role) - {"public"}} for group in (a, b)
    ]
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


def _best_candidate(one: Appearance, candidates: list[tuple[Person, Evidence]]) -> Person | None:
    """Return the person with the best score for a bare surname; ``None`` if the score or the margin is too low."""
    own = Evidence.of([one])
    total = sum(len(e.articles) for _, e in candidates)
    # If the article names a person of this surname in full, extraction did not link the bare surname to that person, so it
    # is someone else; it needs a role in common with the candidate.
    beside = any(one.article in e.articles for _, e in candidates)
    scored = []
    for index, (person, evidence) in enumerate(candidates):
        if own.gender and evidence.gender and own.gender != evidence.gender:
            continue
        if one.article in evidence.articles or (beside and not _share_a_role(own, evidence)):
            continue
        scored.append((_bare_score(one, own, evidence, total), index, person))
    scored.sort(key=lambda s: (-s[0], s[1]))
    if not scored or scored[0][0] < MIN_SCORE or (len(scored) > 1 and scored[0][0] - scored[1][0] < MIN_MARGIN):
        return None
    return scored[0][2]


def _share_a_role(a: Evidence, b: Evidence) -> bool:
    return bool({r.head for r in a.roles if r.head} & {r.head for r in b.roles if r.head})


def _bare_score(one: Appearance, own: Evidence, evidence: Evidence, total: int) -> float:
    share = len(evidence.articles) / total
    # Very well-known persons are often named by surname only.
    score = 0.0
    if total >= 3 and share >= 0.8:
        score = (1.0 if share >= 0.95 else 0.5) + (0.5 if total >= 20 else 0.0)
    if agree_on_office(own, evidence):
        score += 1.5
    elif _share_a_role(own, evidence):
        score += 1.0 if {r.head for r in own.roles} & {r.head for r in evidence.roles} & OFFICES else 0.5
    if far_apart(own.fields, evidence.fields):
        score -= 2.0
    score += min(1.5, 0.5 * len(one.company & evidence.company))
    score += 0.3 if one.outlet and one.outlet in evidence.outlets else 0.0
    if one.day is not None and evidence.days:
        at = bisect_left(evidence.days, one.day)
        gap = min(abs(one.day - day) for day in evidence.days[max(0, at - 1) : at + 1])
        score += 0.5 if gap <= 30 else 0.2 if gap <= 365 else 0.0
    return score - (0.5 if one.person.last in common_surnames() else 0.0)


@lru_cache(maxsize=1)
def common_surnames() -> frozenset[str]:
    """Return common surnames, which are weak evidence by themselves (``data/surnames.txt``)."""
    return frozenset(word for line in data_lines("surnames.txt") for word in line.split())
