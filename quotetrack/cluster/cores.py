"""Group similar wordings into cores: the words that several printings have in common, and these printings.

As in MemeTracker (Leskovec, Backstrom and Kleinberg 2009) and NIFTY (Suen et al. 2013), edges lead from the shorter to the
longer wording. A core starts at its shortest self-contained wording and collects the longer wordings connected to it
directly. There is no transitive chaining, so a wording with two utterances belongs to two cores without merging them. Two
cores that overlap within a longer wording are parts of one utterance and are merged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from quotetrack.cluster.likeness import position
from quotetrack.cluster.utterances import Node, compatible, gap, said_twice, same_utterance

_PAIRS = 100  # of quotations; wordings of more pairs are stock phrases


@dataclass(frozen=True, slots=True)
class Core:
    """``members`` are all nodes that contain the words of ``root``, with their similarity in 0..1, the root first."""

    root: Node
    members: tuple[tuple[Node, float], ...]


def cores(nodes: Sequence[Node], edges: Sequence[tuple[str, str, float]]) -> list[Core]:
    """Compute the cores of ``nodes`` (one component).

    ``edges`` are shorter wording, longer wording, and the share of the shorter contained in the longer; nodes with equal
    wordings need no edge. The order of nodes and edges does not matter.
    """
    ranked = sorted(nodes, key=_rank)
    near: list[dict[int, float]] = [{} for _ in nodes]
    apart: list[set[int]] = [set() for _ in nodes]
    by_wording: dict[str, list[int]] = defaultdict(list)
    for index, node in enumerate(ranked):
        by_wording[node.wording].append(index)
    for short, long, contained in (*edges, *((wording, wording, 1.0) for wording in by_wording)):
        for a, b in _links(ranked, by_wording[short], by_wording[long]):
            if said_twice(ranked[a], ranked[b], contained):
                apart[a].add(b)
                apart[b].add(a)
            elif likeness := same_utterance(ranked[a], ranked[b], contained):
                near[a][b] = near[b][a] = likeness
    _separate(ranked, near, apart)
    return _grouped(ranked, near, apart)


def _separate(nodes: Sequence[Node], near: Sequence[dict[int, float]], apart: Sequence[set[int]]) -> None:
    """Extend ``apart`` from sentences to the quotations that hold them, and remove pairs that are apart from ``near``."""
    differing = {
        tuple(sorted(pair))
        for node, others in zip(nodes, apart, strict=True)
        for other in (nodes[index] for index in others)
        if len(node.quotations) * len(other.quotations) <= _PAIRS
        for pair in product(node.quotations, other.quotations)
    }
    if not differing:
        return
    holding: dict[str, list[int]] = defaultdict(list)
    for index, node in enumerate(nodes):
        for quotation in node.quotations:
            holding[quotation].append(index)
    for first, second in differing:
        for a in holding[first]:
            for b in holding[second]:
                if set(nodes[a].quotations).isdisjoint(nodes[b].quotations):
                    apart[a].add(b)
                    apart[b].add(a)
                    near[a].pop(b, None)
                    near[b].pop(a, None)


def _links(nodes: Sequence[Node], short: list[int], long: list[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of nodes of two wordings to compare; for fragments and stock phrases only with a common speaker or report."""
    if nodes[short[0]].strong and not (nodes[short[0]].stock or nodes[long[0]].stock):
        yield from ((a, b) for a in short for b in long if a != b)
        return
    by_key: dict[str, list[int]] = defaultdict(list)
    for index in long:
        for speaker in nodes[index].speakers:
            by_key[speaker].append(index)
        for report in nodes[index].copies:
            by_key[report].append(index)
    for a in short:
        near = {b for key in nodes[a].speakers | nodes[a].copies for b in by_key.get(key, ())}
        yield from ((a, b) for b in near if a != b)


def _rank(node: Node) -> tuple[bool, int, bool, str, str]:
    """Sort key: strong nodes first, then short wordings, then named speakers; ties are resolved independently of input order."""
    return (not node.strong, len(node.wording), not node.speakers, node.wording, node.first)


def _grouped(nodes: Sequence[Node], near: Sequence[dict[int, float]], apart: Sequence[set[int]]) -> list[Core]:
    placed: set[int] = set()
    groups: list[dict[int, float]] = []
    held: dict[int, list[int]] = defaultdict(list)  # node -> groups that contain it
    for index, node in enumerate(nodes):
        if index in placed:
            continue
        placed.add(index)
        if (best := _best(index, nodes, near, apart, groups, held)) is not None:
            likeness, group_number = best
            groups[group_number][index] = likeness
            held[index].append(group_number)
            continue
        group = {index: 1.0}
        who = node.speakers
        for other in sorted(near[index], key=lambda i: (-near[index][i], i)):
            candidate = nodes[other]
            if other in placed and (len(candidate.wording) <= len(node.wording) or not node.strong):
                continue
            if node.strong and not candidate.strong:
                continue  # a fragment is placed later, when all groups are known
            if who and candidate.speakers and not (who & candidate.speakers) and near[index][other] < 0.97:
                continue
            if not apart[other].isdisjoint(group):
                continue
            group[other] = near[index][other]
            who = who or candidate.speakers
        for other in group:
            held[other].append(len(groups))
        placed.update(group)
        groups.append(group)
    return [_core(nodes, members) for members in _merge_overlapping(nodes, apart, groups, held)]


def _best(
    index: int,
    nodes: Sequence[Node],
    near: Sequence[dict[int, float]],
    apart: Sequence[set[int]],
    groups: Sequence[dict[int, float]],
    held: dict[int, list[int]],
) -> tuple[float, int] | None:
    """Return similarity and number of the best existing group for a node, by time and then by similarity, or ``None``.

    A fragment belongs to any group with a similar member. A strong node joins a group only if it overlaps the group's root
    within that member, which must not be a fragment: two statements that contain a stock expression are not one.
    """
    found = []
    node = nodes[index]
    for other, likeness in near[index].items():
        if node.strong and not nodes[other].strong:
            continue
        for group in held.get(other, []):
            if not apart[index].isdisjoint(groups[group]):
                continue
            if not node.strong or _meets_root(node, nodes[other], nodes[next(iter(groups[group]))]):
                found.append((gap(node, nodes[other]), -likeness, len(nodes[other].wording), other, group))
    if not found:
        return None
    best = min(found)
    return -best[1], best[-1]


def _meets_root(node: Node, through: Node, root: Node) -> bool:
    if not compatible(node, root):
        return False
    return _overlap(_span(node, through), _span(root, through))


def _span(node: Node, within: Node) -> tuple[int, int]:
    """Return the position of a node within a similar longer one; the whole range if the node is the longer one."""
    if len(node.wording) >= len(within.wording):
        return 0, len(within.wording)
    return position(node.wording, within.wording)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return min(a[1], b[1]) - max(a[0], b[0]) >= max(2, 0.3 * min(a[1] - a[0], b[1] - b[0]))


def _merge_overlapping(
    nodes: Sequence[Node], apart: Sequence[set[int]], groups: list[dict[int, float]], held: dict[int, list[int]]
) -> list[dict[int, float]]:
    """Merge groups whose roots overlap within a longer member of both, unless an article prints them as two utterances."""
    into = list(range(len(groups)))
    torn = [{member for member in group if apart[member]} for group in groups]

    def find(group: int) -> int:
        while into[group] != group:
            into[group] = into[into[group]]
            group = into[group]
        return group

    roots = [next(iter(group)) for group in groups]
    for member, holders in sorted(held.items()):
        if len(holders) < 2:
            continue
        spans = []
        for group in holders:
            root = nodes[roots[group]].wording
            if len(root) <= len(nodes[member].wording):
                spans.append((*position(root, nodes[member].wording), group))
        spans.sort()
        # Compare each span with the earlier span that ends last.
        for reach, span in zip(_furthest(spans), spans[1:], strict=False):
            one, other = find(reach[2]), find(span[2])
            if _overlap(reach[:2], span[:2]) and all(apart[index].isdisjoint(torn[other]) for index in torn[one]):
                into[one] = other
                torn[other] |= torn[one]
    joined: dict[int, dict[int, float]] = {}
    for number, gathered in enumerate(groups):
        merged = joined.setdefault(find(number), {})
        for member, likeness in gathered.items():
            merged[member] = max(likeness, merged.get(member, 0.0))
    return list(joined.values())


def _furthest(spans: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    reach: list[tuple[int, int, int]] = []
    for span in spans:
        reach.append(span if not reach or span[1] > reach[-1][1] else reach[-1])
    return reach


def _core(nodes: Sequence[Node], members: dict[int, float]) -> Core:
    root = nodes[min(members, key=lambda i: (not nodes[i].strong, -members[i], len(nodes[i].wording), i))]
    ordered = sorted(members, key=lambda i: (nodes[i] is not root, nodes[i].first, i))
    return Core(root, tuple((nodes[i], members[i]) for i in ordered))
