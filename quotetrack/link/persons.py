"""Link persons across articles by scores for names, roles and company; a high threshold avoids wrong merges.

Works on one component at a time: all appearances whose names are connected by blocking keys (``names.blocks``). The result
depends only on the component, not on other articles or their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from quotetrack.link.appearances import OFFICES, Appearance, Evidence, Person, context
from quotetrack.link.fields import far_apart
from quotetrack.link.known import Known
from quotetrack.link.names import INITIAL, NICKNAME, PersonName, likeness, nickname_groups, person_name, skeleton
from quotetrack.link.senses import senses
from quotetrack.link.surnames import place_bare

ONE_PERSON = 2.0  # minimum sum of the name and context scores to merge two full names
_DOUBTFUL = 1.0  # score of a name without the middle name that is needed to distinguish it
_MANY = 8  # number of first names with one surname at which nicknames and initials become weak evidence


@dataclass(slots=True)
class _Node:
    """Appearances of one person under one full name. ``key`` includes the middle name only if it distinguishes others."""

    name: PersonName
    key: tuple[str, ...]
    tag: str
    appearances: list[Appearance]
    evidence: Evidence
    known: Known | None = None
    cluster: list[_Node] = field(default_factory=list)


def persons(appearances: list[Appearance], known: list[Known]) -> list[Person]:
    """Group the appearances of one component by person; each appearance is in exactly one group."""
    full = [a for a in appearances if not a.person.bare]
    bare = [a for a in appearances if a.person.bare]
    nodes = _nodes(full)
    _recognise(nodes, known)
    clusters = _merge(nodes)
    found = [_person(cluster) for cluster in clusters]
    surnames = [(person, {n.name.last for n in cluster}) for cluster, person in zip(clusters, found, strict=True)]
    return [*found, *place_bare(bare, surnames, known)]


def _nodes(appearances: list[Appearance]) -> list[_Node]:
    groups: dict[tuple[str, str, str], list[Appearance]] = defaultdict(list)
    for one in appearances:
        groups[(one.person.first, one.person.last, one.person.suffix)].append(one)
    nodes = []
    for (first, last, _), group in sorted(groups.items()):
        for middle, same in sorted(_by_middle(group).items()):
            fullest = max((one.person for one in same), key=lambda name: (len(name.parts), name.parts))
            key = (first, *middle, last)
            for tag, sense in sorted(senses(same).items()):
                nodes.append(_Node(fullest, key, tag, sense, Evidence.of(sense)))
    return nodes


def _by_middle(group: list[Appearance]) -> dict[tuple[str, ...], list[Appearance]]:
    """Group appearances by middle name if middle names conflict.

    ``Ann B. Vale`` and ``Ann C. Vale`` are different, and then ``Ann Vale`` is a third group; without a conflict all are
    one group.
    """
    initials = {"".join(p[0] for p in one.person.middles) for one in group} - {""}
    if not any(not (a.startswith(b) or b.startswith(a)) for a, b in combinations(sorted(initials), 2)):
        return {(): group}
    found: dict[tuple[str, ...], list[Appearance]] = defaultdict(list)
    for one in group:
        found[tuple(p[0] for p in one.person.middles)].append(one)
    return found


def _recognise(nodes: list[_Node], known: list[Known]) -> None:
    """Assign to each node the only known person with its name or an alias, unless roles contradict it."""
    by_name: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    for person in known:
        for name in person.names:
            by_name[person_name(name).parts].append(person)
    for node in nodes:
        names = {node.name.parts, *(a.person.parts for a in node.appearances)}
        found = {k.known_id: k for parts in names for k in by_name.get(parts, [])}
        fitting = [k for k in found.values() if not far_apart(k.fields, node.evidence.fields)]
        if len(fitting) == 1 and not (node.tag and not fitting[0].fields & node.evidence.fields):
            node.known = fitting[0]


def _merge(nodes: list[_Node]) -> list[list[_Node]]:
    for node in nodes:
        node.cluster = [node]
    _join_known(nodes)
    crowd = Counter(name.last for name in {n.name for n in nodes})
    scored: list[tuple[float, bool, int, int]] = []
    for i, j in sorted(_pairs(nodes)):
        a, b = nodes[i], nodes[j]
        name_score = likeness(a.name, b.name)
        if name_score <= 0 or not _suffix_fits(a, b):
            continue
        score = name_score + context(a.evidence, b.evidence)
        weak = INITIAL <= name_score <= NICKNAME
        score -= 0.5 if weak and crowd[a.name.last] >= _MANY else 0.0
        if _lacks_middle_name(a, b) or _lacks_middle_name(b, a):
            score += _DOUBTFUL - name_score  # the missing middle name distinguishes it from others
        if score >= ONE_PERSON:
            scored.append((score, bool(_doubtful(a, b)), i, j))
    beside: dict[int, list[tuple[float, int]]] = defaultdict(list)  # scores by node, with the other node
    for score, _, i, j in scored:
        beside[i].append((score, j))
        beside[j].append((score, i))
    for score, doubtful, i, j in sorted(scored, key=lambda e: (e[1], -e[0], e[2], e[3])):
        a, b = nodes[i], nodes[j]
        if a.cluster is b.cluster or not _may_join(a.cluster, b.cluster):
            continue
        if doubtful and _is_ambiguous(nodes, beside, i, j, score):
            continue
        joined = a.cluster + b.cluster
        for node in joined:
            node.cluster = joined
    return list({id(n.cluster): n.cluster for n in nodes}.values())


def _join_known(nodes: list[_Node]) -> None:
    same: dict[str, list[_Node]] = defaultdict(list)
    for node in nodes:
        if node.known:
            same[node.known.known_id].append(node)
    for cluster in same.values():
        for node in cluster:
            node.cluster = cluster


def _pairs(nodes: list[_Node]) -> set[tuple[int, int]]:
    """Pairs of nodes to compare: first names with the same phonetic code, nickname group or initial, or reordered names."""
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, node in enumerate(nodes):
        surnames = {skeleton(part) for part in node.name.parts[1:]}
        firsts = {"=" + skeleton(node.name.first), "-" + node.name.first[0] if len(node.name.first) == 1 else ""}
        if len(node.name.parts) > 2:
            firsts.add("=" + skeleton("".join(part[0] for part in node.name.parts)))  # `Jeb` is John Ellis Bush
        firsts |= {f"+{group}" for group in nickname_groups().get(node.name.first, ())}
        for surname in surnames:
            for first in firsts - {""}:
                buckets[(surname, first)].append(index)
            buckets[(surname, "~" + node.name.first[0])].append(index)
        buckets[("", " ".join(sorted(node.name.parts)))].append(index)
        buckets[("two surnames", " ".join(node.name.parts[-2:]))].append(index)
    found: set[tuple[int, int]] = set()
    for (_, first), members in buckets.items():
        if first.startswith("~"):  # the same first letter: only if one first name is an initial
            short = [i for i in members if len(nodes[i].name.first) == 1]
            found |= {(min(i, j), max(i, j)) for i in short for j in members if i != j}
        else:
            found |= set(combinations(sorted(set(members)), 2))
    return found


def _may_join(a: list[_Node], b: list[_Node]) -> bool:
    if len({n.known.known_id for n in (*a, *b) if n.known}) > 1:
        return False
    for x in a:
        for y in b:
            if likeness(x.name, y.name) == float("-inf") or context(x.evidence, y.evidence) == float("-inf"):
                return False
            if not _suffix_fits(x, y):
                return False
            # Extraction found two speakers in one article; only for two spellings of a name may that be an error.
            spelt_alike = [skeleton(p) for p in x.name.parts] == [skeleton(p) for p in y.name.parts]
            if x.evidence.articles & y.evidence.articles and not spelt_alike:
                return False
            if x.key == y.key and x.name.suffix == y.name.suffix and x.tag != y.tag:
                return False
    return True


def _suffix_fits(a: _Node, b: _Node) -> bool:
    """Whether the suffixes agree (``Jr.`` distinguishes father and son), or both hold the same high office."""
    if a.name.suffix == b.name.suffix:
        return True
    return bool({r.head for r in a.evidence.roles} & {r.head for r in b.evidence.roles} & OFFICES)


def _lacks_middle_name(a: _Node, b: _Node) -> bool:
    """Whether ``a`` lacks the middle name that distinguishes ``b`` from others with the same first and last name."""
    return (a.key[0], a.key[-1]) == (b.key[0], b.key[-1]) and len(a.key) == 2 < len(b.key)


def _doubtful(a: _Node, b: _Node) -> _Node | None:
    """Return the node that could be another person: one with only an initial, or without the middle name or a surname; else ``None``."""
    for x, y in ((a, b), (b, a)):
        if (
            len(x.name.first) == 1
            or _lacks_middle_name(x, y)
            or (x.name.last != y.name.last and x.name.last in y.name.middles)
        ):
            return x
    return None


def _is_ambiguous(
    nodes: list[_Node], beside: Mapping[int, Sequence[tuple[float, int]]], i: int, j: int, score: float
) -> bool:
    """Whether the doubtful node of the two matches several other clusters nearly as well."""
    doubtful = i if _doubtful(nodes[i], nodes[j]) is nodes[i] else j
    others = {
        id(nodes[other].cluster)
        for another, other in beside[doubtful]
        if another > score - 0.5 and nodes[other].cluster is not nodes[doubtful].cluster
    }
    return len(others) > 1


def _person(cluster: list[_Node]) -> Person:
    appearances = [a for node in cluster for a in node.appearances]
    known = next((n.known for n in cluster if n.known), None)
    if known:
        return Person(("known", known.known_id), appearances, known)
    node = min(cluster, key=lambda n: (len(n.key), n.key, n.name.suffix, n.tag))
    return Person(("person", *node.key, node.name.suffix, node.tag), appearances)
