"""Alike wordings to cores: the words that several printings have in common, and the printings that hold them.

After MemeTracker (Leskovec, Backstrom and Kleinberg 2009) and NIFTY (Suen et al. 2013) edges lead from the shorter to
the longer wording. A core begins at its shortest wording that can stand for itself and gathers, along its own edges
only, the longer ones that hold it: nothing is chained through a third, and a wording that runs two utterances together
is gathered by both without joining them. Two cores that overlap inside a longer wording are ends of one utterance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotetrack.cluster.likeness import ALIKE, parted, place, whole

DAYS = 3  # printings of a stub or stock phrase further apart than this are of two occasions
WEEK = 7  # days after which the same words may be said again, not printed again
_CONTAINED = ALIKE / 100


@dataclass(frozen=True, slots=True)
class Node:
    """One wording as printed of one speaker (or of none known) about one time.

    ``told``: bits of information. ``days``: first and last day as ordinals, ``None`` where no printing is dated.
    ``speakers`` is empty where nobody is known by name. ``first``: the least identifier of its ``quotations``.
    ``stock``: many say it, so the same words are no evidence of one utterance. ``copies``: the reports that some of its
    articles are copies of. ``direct``: all its words stand between marks. ``side``: whether the words were said, denied, asked …
    """

    wording: str
    told: float
    speakers: frozenset[str]
    spoken: bool
    days: tuple[int, int] | None
    quotations: tuple[str, ...]
    articles: frozenset[str] = frozenset()
    stock: bool = False
    copies: frozenset[str] = frozenset()
    direct: bool = False
    side: str = "said"

    @property
    def first(self) -> str:
        return self.quotations[0]

    @property
    def strong(self) -> bool:
        """Whether it can stand for an utterance by itself; a stub or stock phrase cannot."""
        return len(self.wording) >= 5 and self.told >= 40


@dataclass(frozen=True, slots=True)
class Core:
    """``members`` are all printings that hold the words of ``root``, with their likeness in 0..1, the root first."""

    root: Node
    members: tuple[tuple[Node, float], ...]


def gap(a: Node, b: Node) -> int:
    """Days between two nodes; 0 where one is not dated."""
    if a.days is None or b.days is None:
        return 0
    return max(0, a.days[0] - b.days[1], b.days[0] - a.days[1])


def same_utterance(short: Node, long: Node, contained: float) -> float:
    """How alike two wordings are if they are printings of one utterance, in 0..1; 0 where they are not.

    ``contained``: how much of the shorter stands in the longer. The fewer and more common the words, the more days
    between them and the less it is known that one speaker said both, the closer they must be; reported speech more so.
    """
    if short.side != long.side:
        return 0.0  # what one denies, asks or only believes is not what another states
    length, told, near = len(short.wording), short.told, gap(short, long) <= (WEEK if short.strong else DAYS)
    same, known = bool(short.speakers & long.speakers), bool(short.speakers and long.speakers)
    if _copied(short, long) and (alike := whole(short.wording, long.wording)) >= (0.6 if same or not known else 1.0):
        return alike
    if not same and (short.stock or long.stock):
        return 0.0
    if not (short.spoken and long.spoken):
        return _reported(short, long, contained, near)
    if contained < _CONTAINED:
        # They share a run of words, and are of one speaker and day.
        if not (same and near) or (short.direct and long.direct and parted(short.wording, long.wording)):
            return 0.0
        return contained
    if known and not same:
        # Two speakers for the same words: one utterance only when it is long and word for word the same.
        if near:
            return contained if length >= 8 and told >= 70 and contained >= 0.97 else 0.0
        return contained if length >= 10 and told >= 90 and contained >= 0.99 else 0.0
    if not same:
        if near:
            limit = 0.9 if length >= 8 else 0.99
            return contained if length >= 5 and told >= 45 and contained >= limit else 0.0
        return contained if length >= 10 and told >= 90 and contained >= 0.97 else 0.0
    if not near:
        limit = 0.85 if length >= 12 and told >= 90 else 0.9
        return contained if length >= 8 and told >= 70 and not short.stock and contained >= limit else 0.0
    if length < 5 or told < 40:
        return contained if contained == 1.0 else 0.0
    return contained if length >= 8 or contained >= 0.83 else 0.0


def _reported(short: Node, long: Node, contained: float, near: bool) -> float:
    """Where one or both are the articles' own words: one speaker, close throughout or nearly all of a long one."""
    length = len(short.wording)
    if not near or length < 6 or short.told < 45:
        return 0.0
    alike = whole(short.wording, long.wording)
    if short.articles & long.articles and not (short.spoken or long.spoken) and _compatible(short, long):
        # An article says the same twice, and shares at least a run of words (``RUN``).
        return max(alike, contained) if alike >= (0.55 if short.speakers & long.speakers else 0.75) else 0.0
    if short.speakers & long.speakers:
        if alike >= 0.8:
            return alike
        return contained if contained >= 0.9 and length >= 8 else 0.0
    if short.speakers and long.speakers:
        # Another speaker for the same report: a mistake in one of them, where it is long and word for word the same.
        return alike if alike >= 0.97 and length >= 9 and short.told >= 70 else 0.0
    if short.spoken or long.spoken or length < 10:
        return alike if alike >= 0.95 else 0.0
    return alike if alike >= 0.85 else 0.0


def _copied(a: Node, b: Node) -> bool:
    """Whether the two stand in different copies of one article: there the same words are the same utterance, however few
    they are and whoever is taken for the speaker, and an editor's other words are no other utterance."""
    return bool(a.copies & b.copies) and not (a.articles & b.articles)


def _compatible(a: Node, b: Node) -> bool:
    return not (a.speakers and b.speakers) or bool(a.speakers & b.speakers)


def cores(nodes: Sequence[Node], edges: Sequence[tuple[str, str, float]]) -> list[Core]:
    """The cores of ``nodes`` (one component). ``edges``: the shorter and the longer wording and how much of the shorter
    stands in the longer; two nodes of one wording need none. The order of neither matters."""
    ranked = sorted(nodes, key=_rank)
    near: list[dict[int, float]] = [{} for _ in nodes]
    by_wording: dict[str, list[int]] = defaultdict(list)
    for index, node in enumerate(ranked):
        by_wording[node.wording].append(index)
    for short, long, contained in (*edges, *((wording, wording, 1.0) for wording in by_wording)):
        for a, b in _links(ranked, by_wording[short], by_wording[long]):
            likeness = same_utterance(ranked[a], ranked[b], contained)
            if likeness:
                near[a][b] = near[b][a] = likeness
    return _gathered(ranked, near)


def _links(nodes: Sequence[Node], short: list[int], long: list[int]) -> Iterator[tuple[int, int]]:
    """The nodes of two wordings that may be one utterance: of a stub or stock phrase only those of one speaker or report."""
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
    """Strong ones first, short before long, named before nameless; then whatever does not depend on the order given."""
    return (not node.strong, len(node.wording), not node.speakers, node.wording, node.first)


def _gathered(nodes: Sequence[Node], near: Sequence[dict[int, float]]) -> list[Core]:
    placed: set[int] = set()
    groups: list[dict[int, float]] = []
    held: dict[int, list[int]] = defaultdict(list)  # node -> groups that gathered it
    for index, node in enumerate(nodes):
        if index in placed:
            continue
        placed.add(index)
        if (best := _best(index, nodes, near, groups, held)) is not None:
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
            if who and candidate.speakers and not (who & candidate.speakers) and near[index][other] < 0.97:
                continue
            group[other] = near[index][other]
            who = who or candidate.speakers
        for other in group:
            held[other].append(len(groups))
        placed.update(group)
        groups.append(group)
    return [_core(nodes, members) for members in _overlapping(nodes, groups, held)]


def _best(
    index: int,
    nodes: Sequence[Node],
    near: Sequence[dict[int, float]],
    groups: Sequence[dict[int, float]],
    held: dict[int, list[int]],
) -> tuple[float, int] | None:
    """How like the node is to a member of a group, and which group: of the nearest time, then the closest.

    A stub belongs where anything holds it. What can stand for itself belongs to another's group only if it overlaps the
    group's root in that other: an edit too many from the root, none too many from another member.
    """
    found = []
    node = nodes[index]
    for other, likeness in near[index].items():
        for group in held.get(other, []):
            if not node.strong or _meets_root(node, nodes[other], nodes[next(iter(groups[group]))]):
                found.append((gap(node, nodes[other]), -likeness, len(nodes[other].wording), other, group))
    if not found:
        return None
    best = min(found)
    return -best[1], best[-1]


def _meets_root(node: Node, through: Node, root: Node) -> bool:
    if not _compatible(node, root):
        return False
    return _overlap(_span(node, through), _span(root, through))


def _span(node: Node, within: Node) -> tuple[int, int]:
    """Where a node lies in one that is like it; all of it where the node is the longer."""
    if len(node.wording) >= len(within.wording):
        return 0, len(within.wording)
    return place(node.wording, within.wording)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return min(a[1], b[1]) - max(a[0], b[0]) >= max(2, 0.3 * min(a[1] - a[0], b[1] - b[0]))


def _overlapping(
    nodes: Sequence[Node], groups: list[dict[int, float]], held: dict[int, list[int]]
) -> list[dict[int, float]]:
    """Groups whose roots overlap inside a longer member of both become one."""
    into = list(range(len(groups)))

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
                spans.append((*place(root, nodes[member].wording), group))
        spans.sort()
        # The span that reaches furthest so far is the one a later one can overlap.
        for reach, span in zip(_furthest(spans), spans[1:], strict=False):
            if _overlap(reach[:2], span[:2]):
                into[find(reach[2])] = find(span[2])
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
