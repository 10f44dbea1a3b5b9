"""What ``benchmarks.speakers`` counts: whether a name is the right one, and how well clusters are the entities.

Everything here is a plain function of values, so that it can be tested with invented ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

# "allowed": a name that the gold set neither asks for nor calls wrong, as the publisher of "the statement".
Outcome = Literal["right", "wrong", "allowed", "unnamed"]
_HONORIFICS = {
    "the", "mr", "mrs", "ms", "miss", "dr", "sir", "madam", "president", "senator", "sen", "gov", "governor", "rep", "secretary",
}  # fmt: skip


def folded(name: str) -> tuple[str, ...]:
    """The words of ``name`` without case, accents, marks, possessive endings, ``the`` and the commonest honorifics.

    >>> folded("the Society’s Mr. Édouard O'Neil")
    ('society', 'edouard', 'oneil')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    plain = re.sub(r"['’]s\b", "", plain)
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['’.](?=\w)|(?<=\b\w)\.", "", plain))
    return tuple(word for word in words if word not in _HONORIFICS) or tuple(words)


def same_name(given: str, answer: str) -> bool:
    """Whether ``given`` is ``answer`` or a proper longer form of it.

    Equal when folded; or all words of the answer, at least two, stand in ``given`` in that order and both end in the same
    word. So ``Agnes M. Thorne`` is right for ``Agnes Thorne``, but neither ``Agnes Thorne's campaign`` nor, for the bare
    answer ``Thorne``, ``Lydia Thorne``.
    """
    longer, shorter = folded(given), folded(answer)
    if longer == shorter:
        return True
    if len(shorter) < 2 or not longer or longer[-1] != shorter[-1]:
        return False
    rest = iter(longer)
    return all(word in rest for word in shorter)


def judged(
    given: Sequence[str],
    answers: Sequence[str],
    members: Sequence[Sequence[str]] = (),
    also: Sequence[str] = (),
    source: str = "",
) -> Outcome:
    """What the names ``given`` for one source are worth.

    ``given`` is one name, several for a joint speaker, none where the system names nobody. ``answers`` are the names of
    the antecedent, ``members`` those of each member of a joint one; neither where the article names none. ``also`` are
    names that are no error though not asked for. A name that only says ``source`` again names nobody. A joint
    antecedent is right only with all its members and nobody else.
    """
    if members:
        if given and _pairs_up(given, members):
            return "right"
    elif len(given) == 1 and any(same_name(given[0], answer) for answer in answers):
        return "right"
    if not given or (len(given) == 1 and folded(given[0]) == folded(source)):
        return "unnamed"
    if all(any(same_name(name, one) for one in also) for name in given):
        return "allowed"
    return "wrong"


def _pairs_up(given: Sequence[str], members: Sequence[Sequence[str]]) -> bool:
    """Whether the names and the members can be paired off one to one."""
    if len(given) != len(members):
        return False
    if not given:
        return True
    return any(
        any(same_name(given[0], name) for name in members[at])
        and _pairs_up(given[1:], [*members[:at], *members[at + 1 :]])
        for at in range(len(members))
    )


def best_overlap(start: int, end: int, spans: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """The span that shares most characters with ``start:end`` for their joint length; the first of equals, or none."""
    best, most = None, 0.0
    for span in sorted(set(spans)):
        shared = min(end, span[1]) - max(start, span[0])
        share = shared / (max(end, span[1]) - min(start, span[0])) if shared > 0 else 0.0
        if share > most:
            best, most = span, share
    return best


@dataclass(frozen=True, slots=True)
class Tally:
    """Outcomes of some gold sources. ``named`` have an antecedent with a name; shares are in per cent."""

    total: int
    found: int
    named: int
    named_found: int
    right: int
    wrong: int

    @property
    def accuracy(self) -> float:
        """Resolved to a right name, of those with a named antecedent that were found as sources."""
        return _percent(self.right, self.named_found)

    @property
    def accuracy_of_all(self) -> float:
        """The same, of all with a named antecedent."""
        return _percent(self.right, self.named)

    @property
    def wrong_names(self) -> float:
        """Given a name that is not theirs, of all that were found, those without a named antecedent too."""
        return _percent(self.wrong, self.found)

    @property
    def wrong_of_all(self) -> float:
        """The same, of all gold sources."""
        return _percent(self.wrong, self.total)


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def tally(judgements: Iterable[tuple[bool, Outcome | None]]) -> Tally:
    """Counts over (has a named antecedent, outcome) of each gold source; no outcome: it was not found as a source."""
    rows = list(judgements)
    return Tally(
        total=len(rows),
        found=sum(outcome is not None for _, outcome in rows),
        named=sum(named for named, _ in rows),
        named_found=sum(named and outcome is not None for named, outcome in rows),
        right=sum(outcome == "right" for _, outcome in rows),
        wrong=sum(outcome == "wrong" for _, outcome in rows),
    )


@dataclass(frozen=True, slots=True)
class BCubed:
    """B-cubed precision, recall and their harmonic mean, in 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(entities: Mapping[str, Hashable], clusters: Mapping[str, Hashable]) -> BCubed:
    """B-cubed (Bagga and Baldwin, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model", 1998).

    Both map the same mentions, one to the entity truly meant, one to the cluster it was put into. Each mention counts
    alike: precision is the share of its cluster that is its entity, recall the share of its entity that is in its cluster.
    """
    if not entities:
        return BCubed(0.0, 0.0)
    in_entity, in_cluster = Counter(entities.values()), Counter(clusters[one] for one in entities)
    in_both = Counter((entities[one], clusters[one]) for one in entities)
    precision = recall = 0.0
    for one, entity in entities.items():
        shared = in_both[entity, clusters[one]]
        precision += shared / in_cluster[clusters[one]]
        recall += shared / in_entity[entity]
    return BCubed(precision / len(entities), recall / len(entities))


def torn(inner: Mapping[str, Hashable], outer: Mapping[str, Hashable]) -> list[tuple[int, Hashable, list[list[str]]]]:
    """Groups of ``outer`` that hold more than one of ``inner``: number of pairs wrongly together, the group, its parts.

    With the entities as ``inner`` these are the mixed clusters, with the clusters as ``inner`` the split entities. The
    heaviest come first, the parts of each by size.
    """
    groups: dict[Hashable, dict[Hashable, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in inner:
        groups[outer[one]][inner[one]].append(one)
    found = []
    for group, parts in groups.items():
        if len(parts) > 1:
            sizes = [len(part) for part in parts.values()]
            pairs = (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
            found.append((pairs, group, sorted(parts.values(), key=lambda part: (-len(part), part))))
    return sorted(found, key=lambda row: (-row[0], str(row[1])))
