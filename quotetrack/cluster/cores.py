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

from quotetrack.cluster.likeness import ALIKE, common_share, diverge, position

DAYS = 3  # printings of a fragment or stock phrase further apart than this are different utterances
WEEK = 7  # days after which the same words may be a new utterance
_CONTAINED = ALIKE / 100


@dataclass(frozen=True, slots=True)
class Node:
    """One wording with its printings by the same speakers at about the same time.

    Attributes:
        wording: The encoded wording, one character per word.
        bits: Information content in bits.
        speakers: Named speakers; empty if unknown.
        spoken: Whether at least part of it is between quotation marks.
        days: First and last publication day as ordinals, or ``None`` without dates.
        quotations: Sorted identifiers of the quotations.
        articles: Identifiers of the articles.
        stock: Whether it is a stock phrase of many speakers, so that equal words are not evidence of one utterance.
        copies: The reports that its articles are copies of.
        direct: Whether all printings are direct quotations.
        side: ``said``, or the stance if the words were not said.
    """

    wording: str
    bits: float
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
        """The smallest quotation identifier."""
        return self.quotations[0]

    @property
    def strong(self) -> bool:
        """Whether it is long and informative enough to identify an utterance by itself."""
        return len(self.wording) >= 5 and self.bits >= 40


@dataclass(frozen=True, slots=True)
class Core:
    """``members`` are all nodes that contain the words of ``root``, with their similarity in 0..1, the root first."""

    root: Node
    members: tuple[tuple[Node, float], ...]


def near(a: Node, b: Node) -> bool:
    """Whether two nodes are close enough in time to be printings of one utterance on weak evidence.

    Without dates they are, unless the shorter one is a fragment or a stock phrase, which anybody may say on any day.
    """
    identifying = a.strong and not (a.stock or b.stock)
    if a.days is None or b.days is None:
        return identifying
    return gap(a, b) <= (WEEK if a.strong else DAYS)


def gap(a: Node, b: Node) -> int:
    """Return the number of days between two nodes; 0 if one has no dates."""
    if a.days is None or b.days is None:
        return 0
    return max(0, a.days[0] - b.days[1], b.days[0] - a.days[1])


def same_utterance(short: Node, long: Node, contained: float) -> float:
    """Return the similarity in 0..1 of two nodes if they are printings of one utterance, else 0.

    ``contained`` is the share of the shorter wording found in the longer. The required similarity is higher for short and
    common wordings, for more days between them, for different or unknown speakers, and for reported speech.
    """
    if short.side != long.side:
        return 0.0  # a denial, question or belief is not the same utterance as a statement
    length, bits, close = len(short.wording), short.bits, near(short, long)
    same, known = bool(short.speakers & long.speakers), bool(short.speakers and long.speakers)
    if _copied(short, long) and (similarity := common_share(short.wording, long.wording)) >= (
        0.6 if same or not known else 1.0
    ):
        return similarity
    if not same and (short.stock or long.stock):
        return 0.0
    if not (short.spoken and long.spoken):
        return _reported(short, long, contained, close)
    if contained < _CONTAINED:
        # The wordings only share a run of words; accept this for the same speaker at the same time.
        if not (same and close) or (short.direct and long.direct and diverge(short.wording, long.wording)):
            return 0.0
        return contained
    if known and not same:
        # Different speakers: one utterance only if it is long and almost identical.
        if close:
            return contained if length >= 8 and bits >= 70 and contained >= 0.97 else 0.0
        return contained if length >= 10 and bits >= 90 and contained >= 0.99 else 0.0
    if not same:
        if close:
            limit = 0.9 if length >= 8 else 0.99
            return contained if length >= 5 and bits >= 45 and contained >= limit else 0.0
        return contained if length >= 10 and bits >= 90 and contained >= 0.97 else 0.0
    if not close:
        limit = 0.85 if length >= 12 and bits >= 90 else 0.9
        return contained if length >= 8 and bits >= 70 and not short.stock and contained >= limit else 0.0
    if length < 5 or bits < 40:
        return contained if contained == 1.0 else 0.0
    return contained if length >= 8 or contained >= 0.83 else 0.0


def _reported(short: Node, long: Node, contained: float, close: bool) -> float:
    """Similarity if at least one of the two is reported speech."""
    length = len(short.wording)
    if not close or length < 6 or short.bits < 45:
        return 0.0
    similarity = common_share(short.wording, long.wording)
    if short.articles & long.articles and not (short.spoken or long.spoken) and _compatible(short, long):
        # One article repeats itself; the two share at least a run of words (``RUN``).
        return max(similarity, contained) if similarity >= (0.55 if short.speakers & long.speakers else 0.75) else 0.0
    if short.speakers & long.speakers:
        if similarity >= 0.8:
            return similarity
        return contained if contained >= 0.9 and length >= 8 else 0.0
    if short.speakers and long.speakers:
        # Different speakers for a long and almost identical report: one of the attributions is wrong.
        return similarity if similarity >= 0.97 and length >= 9 and short.bits >= 70 else 0.0
    if short.spoken or long.spoken or length < 10:
        return similarity if similarity >= 0.95 else 0.0
    return similarity if similarity >= 0.85 else 0.0


def _copied(a: Node, b: Node) -> bool:
    """Whether the two are in different copies of one article.

    There, equal words are the same utterance even if they are short or have different speakers, and edited words too.
    """
    return bool(a.copies & b.copies) and not (a.articles & b.articles)


def _compatible(a: Node, b: Node) -> bool:
    return not (a.speakers and b.speakers) or bool(a.speakers & b.speakers)


def cores(nodes: Sequence[Node], edges: Sequence[tuple[str, str, float]]) -> list[Core]:
    """Compute the cores of ``nodes`` (one component).

    ``edges`` are shorter wording, longer wording, and the share of the shorter contained in the longer; nodes with equal
    wordings need no edge. The order of nodes and edges does not matter.
    """
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
    return _grouped(ranked, near)


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


def _grouped(nodes: Sequence[Node], near: Sequence[dict[int, float]]) -> list[Core]:
    placed: set[int] = set()
    groups: list[dict[int, float]] = []
    held: dict[int, list[int]] = defaultdict(list)  # node -> groups that contain it
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
    return [_core(nodes, members) for members in _merge_overlapping(nodes, groups, held)]


def _best(
    index: int,
    nodes: Sequence[Node],
    near: Sequence[dict[int, float]],
    groups: Sequence[dict[int, float]],
    held: dict[int, list[int]],
) -> tuple[float, int] | None:
    """Return similarity and number of the best existing group for a node, by time and then by similarity, or ``None``.

    A fragment belongs to any group with a similar member. A strong node joins a group only if it overlaps the group's root
    within that member.
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
    """Return the position of a node within a similar longer one; the whole range if the node is the longer one."""
    if len(node.wording) >= len(within.wording):
        return 0, len(within.wording)
    return position(node.wording, within.wording)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return min(a[1], b[1]) - max(a[0], b[0]) >= max(2, 0.3 * min(a[1] - a[0], b[1] - b[0]))


def _merge_overlapping(
    nodes: Sequence[Node], groups: list[dict[int, float]], held: dict[int, list[int]]
) -> list[dict[int, float]]:
    """Merge groups whose roots overlap within a longer member of both."""
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
                spans.append((*position(root, nodes[member].wording), group))
        spans.sort()
        # Compare each span with the earlier span that ends last.
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
