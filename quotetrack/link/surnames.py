"""Surnames alone: to the one person of that surname whom prior use, role, company and date point to, else apart."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache

from quotetrack.link.appearances import OFFICES, Appearance, Evidence, Person, agree_on_office, far_apart
from quotetrack.link.known import Known
from quotetrack.link.names import person_name
from quotetrack.link.roles import data_lines, role_key

BARE = 1.5  # least score, and how far before the next it must be
AHEAD = 1.0


def place_bare(bare: list[Appearance], found: list[tuple[Person, set[str]]], known: list[Known]) -> list[Person]:
    """Add to each person the surnames alone that mean it; returns the speakers that the others make.

    ``found``: the persons of the component, each with its surnames.
    """
    evidence = [(person, Evidence.of(person.appearances), surnames) for person, surnames in found]
    aliases: dict[str, list[Known]] = defaultdict(list)
    for seed in known:
        for name in seed.names:
            if person_name(name).bare:
                aliases[person_name(name).last].append(seed)
    left: dict[tuple[str, ...], Person] = {}
    additions: list[tuple[Person, Appearance]] = []
    for one in sorted(bare, key=lambda a: (a.article, a.name)):
        part = one.person.last
        named = {k.known_id: k for k in aliases.get(part, [])}
        if len(named) == 1:
            chosen = next(iter(named.values()))
            person = next((p for p, _, _ in evidence if p.known is chosen), None)
            key = ("known", chosen.known_id)
            if person is None:
                left.setdefault(key, Person(key, [], chosen)).appearances.append(one)
            else:
                additions.append((person, one))
            continue
        candidates = [(p, e) for p, e, surnames in evidence if part in surnames and p.key]
        person = _whose(one, candidates)
        if person is not None:
            additions.append((person, one))
            continue
        office = next((k for k in sorted(map(role_key, one.roles), key=str) if k.telling), None)
        alone: tuple[str, ...] = ("person", "bare", one.article, part)
        if office is not None and not candidates:
            # "Lula", president of Brazil, in every article that says so
            alone = ("person", "bare", part, office.head, " ".join(sorted(office.domain)))
        left.setdefault(alone, Person(alone, [])).appearances.append(one)
    for person, one in additions:
        person.appearances.append(one)
    return list(left.values())


def _whose(one: Appearance, candidates: list[tuple[Person, Evidence]]) -> Person | None:
    """The person a surname alone stands for, by score; nobody where two come close."""
    own = Evidence.of([one])
    total = sum(len(e.articles) for _, e in candidates)
    # Where one of the surname is named in full, extraction did not take the bare one for that one: it is another, if its role says so.
    beside = any(one.article in e.articles for _, e in candidates)
    scored = []
    for index, (person, evidence) in enumerate(candidates):
        if own.gender and evidence.gender and own.gender != evidence.gender:
            continue
        if one.article in evidence.articles or (beside and not _share_a_role(own, evidence)):
            continue
        scored.append((_bare_score(one, own, evidence, total), index, person))
    scored.sort(key=lambda s: (-s[0], s[1]))
    if not scored or scored[0][0] < BARE or (len(scored) > 1 and scored[0][0] - scored[1][0] < AHEAD):
        return None
    return scored[0][2]


def _share_a_role(a: Evidence, b: Evidence) -> bool:
    return bool({r.head for r in a.roles if r.head} & {r.head for r in b.roles if r.head})


def _bare_score(one: Appearance, own: Evidence, evidence: Evidence, total: int) -> float:
    share = len(evidence.articles) / total
    # Whom everybody writes of is named by the surname alone.
    score = 0.0
    if total >= 3 and share >= 0.8:
        score = (1.0 if share >= 0.95 else 0.5) + (0.5 if total >= 20 else 0.0)
    if agree_on_office(own, evidence):
        score += 1.5
    elif _share_a_role(own, evidence):
        score += 1.0 if {r.head for r in own.roles} & {r.head for r in evidence.roles} & OFFICES else 0.5
    if far_apart(own.walks, evidence.walks):
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
    """Surnames that alone hardly tell who is meant (``data/surnames.txt``)."""
    return frozenset(word for line in data_lines("surnames.txt") for word in line.split())
