"""Tell namesakes apart: appearances of one name that can hardly be one person.

Each appearance gets labels: the fields of its roles, the place of a political office, its year of birth. Labels that
contradict each other stand for different persons, unless one article gives both or the persons around are the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations

from quotetrack.link.appearances import Appearance
from quotetrack.link.countries import countries
from quotetrack.link.fields import far_apart, fields
from quotetrack.link.roles import role_key, role_words

Label = tuple[str, ...]
_DAYS, _SAME_AGE = 365.25, 2  # years between two years of birth that ages in articles may give for one person
_OFFICES = {
    "minister",
    "mayor",
    "governor",
    "president",
    "premier",
    "senator",
    "king",
    "queen",
    "emir",
    "chancellor",
    "sheriff",
}
_STRAY = 10  # a person with less than a tenth of the appearances of a name is taken for an error of extraction
_CLEARLY = 3  # how many times as many appearances make one of several namesakes the one usually meant


def senses(group: list[Appearance]) -> dict[str, list[Appearance]]:
    """Split the appearances of one name by person; the person with the most appearances has the empty tag.

    If a text says that somebody else has the same name, each appearance is a person of its own.
    """
    if any(one.facts.namesake for one in group):
        return {one.article: [one] for one in group}
    found = {"": group}
    for labels, contradict in ((_fields, _far), (_offices, _elsewhere), (_births, _ages_differ)):
        found = {
            " ".join(filter(None, (tag, own))): members
            for tag, same in found.items()
            for own, members in _split(same, labels, contradict).items()
        }
    return found


def _split(
    group: list[Appearance],
    labels: Callable[[Appearance], frozenset[Label]],
    contradict: Callable[[Label, Label], bool],
) -> dict[str, list[Appearance]]:
    own = {id(one): labels(one) for one in group}
    company: dict[Label, set[str]] = defaultdict(set)
    count: Counter[Label] = Counter()
    together: set[frozenset[Label]] = set()
    for one in group:
        for label in own[id(one)]:
            company[label] |= one.company
            count[label] += 1
        together |= {frozenset(pair) for pair in combinations(sorted(own[id(one)]), 2)}
    if len(company) < 2:
        return {"": group}
    root = _joined(
        sorted(company),
        lambda a, b: frozenset((a, b)) in together or not contradict(a, b) or bool(company[a] & company[b]),
    )
    weight: Counter[Label] = Counter()
    for label, number in count.items():
        weight[root[label]] += number
    ranked = sorted(weight, key=lambda r: (-weight[r], r))
    ranked = [r for r in ranked if _STRAY * weight[r] >= len(group)]
    if len(ranked) < 2:
        return {"": group}
    own = {key: frozenset(label for label in found if root[label] in ranked) for key, found in own.items()}
    found: dict[str, list[Appearance]] = defaultdict(list)
    around = {r: set().union(*(company[label] for label in company if root[label] == r)) for r in ranked}
    words = {r: _words(one for one in group if r in {root[x] for x in own[id(one)]}) for r in ranked}
    for one in group:
        if own[id(one)]:
            sense = root[min(own[id(one)])]
        else:
            sense = _likeliest(one, ranked, weight, around, words)
        tag = "" if sense == ranked[0] else " ".join(sense) if sense else one.article
        found[tag].append(one)
    return found


def _likeliest(
    one: Appearance,
    ranked: list[Label],
    weight: Counter[Label],
    around: dict[Label, set[str]],
    words: dict[Label, set[str]],
) -> Label:
    """Return the person that an appearance without a label belongs to, by company, words of the role and frequency.

    Empty if it remains open.
    """
    own = _words([one])
    score = {r: len(one.company & around[r]) + len(own & words[r]) for r in ranked}
    best = max(ranked, key=lambda r: (score[r], weight[r]))
    if any(score[r] == score[best] for r in ranked if r != best):
        others = max(weight[r] for r in ranked if r != best)
        return best if weight[best] >= _CLEARLY * others else ()
    return best


def _joined(labels: list[Label], same: Callable[[Label, Label], bool]) -> dict[Label, Label]:
    home = {label: label for label in labels}

    def root(label: Label) -> Label:
        while home[label] != label:
            label = home[label]
        return label

    for a, b in combinations(labels, 2):
        if root(a) != root(b) and same(a, b):
            home[max(root(a), root(b))] = min(root(a), root(b))
    return {label: root(label) for label in labels}


def _words(appearances: Iterable[Appearance]) -> set[str]:
    """Return the words of the roles, and the codes of the countries that roles and articles name."""
    found = set()
    for one in appearances:
        words = {word for role in one.roles for word in role_words(role)}
        codes = {countries().get(word.replace("_", " "), "") for word in words}
        found |= words | ({one.facts.country, *codes} - {""})
    return found


def _fields(one: Appearance) -> frozenset[Label]:
    """Fields of the present roles; a former one contradicts nothing."""
    return frozenset((field,) for role in one.roles if not role_key(role).status for field in fields(role))


def _far(a: Label, b: Label) -> bool:
    return far_apart(set(a), set(b))


def _offices(one: Appearance) -> frozenset[Label]:
    """Political offices with the names of their places: ``mayor of Elmford``, ``Zambian finance minister``."""
    found = set()
    for role in one.roles:
        key = role_key(role)
        proper = {w for w in key.domain if re.search(rf"\b{re.escape(w)}", role) is None}  # printed with a capital
        office = key.head.split()[-1:]
        if proper and not key.status and office and office[0] in _OFFICES:
            found.add((office[0], *sorted(proper)))
    return frozenset(found)


def _elsewhere(a: Label, b: Label) -> bool:
    """Whether two offices are the same one in different places."""
    return a[0] == b[0] and not set(a[1:]) & set(b[1:])


def _births(one: Appearance) -> frozenset[Label]:
    if one.facts.age is None or one.day is None:
        return frozenset()
    return frozenset({("born", str(int(1970 + one.day / _DAYS) - one.facts.age))})


def _ages_differ(a: Label, b: Label) -> bool:
    return abs(int(a[1]) - int(b[1])) > _SAME_AGE
