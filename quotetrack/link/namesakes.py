"""Choose among the persons of one surname the one that a bare surname means."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from quotetrack.link.appearances import OFFICES, Appearance, Evidence, Person, agree_on_office
from quotetrack.link.fields import far_apart
from quotetrack.link.roles import data_lines

MIN_SCORE = 1.5
MIN_MARGIN = 1.0  # between the best and the second-best candidate
_FREQUENT = 0.8  # share of the articles from which frequency alone counts
_MOST_OTHERWISE = 0.8  # highest score without a role, company or frequency: the same outlet, about the same day
_COMMON = 0.5  # deducted for a common surname
_ROUNDING = 1e-9


class Namesakes:
    """The persons of one surname, found by roles and company.

    A person who shares neither with the bare surname, and is not far more frequent than the others, cannot reach
    ``MIN_SCORE`` and is looked at only where the margin is in doubt.
    """

    def __init__(self, candidates: Sequence[tuple[Person, Evidence]]) -> None:
        self._candidates = candidates
        self._total = sum(len(evidence.articles) for _, evidence in candidates)
        self._articles = {article for _, evidence in candidates for article in evidence.articles}
        self._by_role: dict[str, list[int]] = defaultdict(list)
        self._by_company: dict[str, list[int]] = defaultdict(list)
        self._frequent = []
        for number, (_, evidence) in enumerate(candidates):
            for head in {role.head for role in evidence.roles}:
                self._by_role[head].append(number)
            for name in evidence.company:
                self._by_company[name].append(number)
            if len(evidence.articles) >= _FREQUENT * self._total - 1:
                self._frequent.append(number)

    def best(self, one: Appearance) -> Person | None:
        """The person with the best score for a bare surname; ``None`` if the score or the margin is too low."""
        own = Evidence.of([one])
        near = {number for role in own.roles for number in self._by_role.get(role.head, ())}
        near |= {number for name in one.company for number in self._by_company.get(name, ())}
        near.update(self._frequent)
        scored = sorted(self._scored(one, own, sorted(near)), key=lambda s: (-s[0], s[1]))
        if not scored or scored[0][0] < MIN_SCORE or (len(scored) > 1 and scored[0][0] - scored[1][0] < MIN_MARGIN):
            return None
        best, number = scored[0]
        if best - _MOST_OTHERWISE + _deduction(one) < MIN_MARGIN + _ROUNDING:
            others = (other for other in range(len(self._candidates)) if other not in near)
            if any(best - score < MIN_MARGIN for score, _ in self._scored(one, own, others)):
                return None
        return self._candidates[number][0]

    def _scored(self, one: Appearance, own: Evidence, numbers: Iterable[int]) -> Iterable[tuple[float, int]]:
        """Yield the score and the number of each candidate that is not ruled out."""
        # If the article names a person of this surname in full, extraction did not link the bare surname to that person, so
        # it is someone else; it needs a role in common with the candidate.
        beside = one.article in self._articles
        for number in numbers:
            _, evidence = self._candidates[number]
            if own.gender and evidence.gender and own.gender != evidence.gender:
                continue
            if one.article in evidence.articles or (beside and not _share_a_role(own, evidence)):
                continue
            yield _score(one, own, evidence, self._total), number


def _share_a_role(a: Evidence, b: Evidence) -> bool:
    return bool({r.head for r in a.roles if r.head} & {r.head for r in b.roles if r.head})


def _score(one: Appearance, own: Evidence, evidence: Evidence, total: int) -> float:
    share = len(evidence.articles) / total
    # Very well-known persons are often named by surname only.
    score = 0.0
    if total >= 3 and share >= _FREQUENT:
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
    return score - _deduction(one)


def _deduction(one: Appearance) -> float:
    return _COMMON if one.person.last in common_surnames() else 0.0


@lru_cache(maxsize=1)
def common_surnames() -> frozenset[str]:
    """Return common surnames, which are weak evidence by themselves (``data/surnames.txt``)."""
    return frozenset(word for line in data_lines("surnames.txt") for word in line.split())
