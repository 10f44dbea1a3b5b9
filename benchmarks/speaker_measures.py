"""The measures of ``benchmarks.speakers``: correctness of names, and agreement of clusters with entities.

All functions are pure, so that they can be tested with invented values.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

# "allowed": a name that is neither required nor wrong, such as the publisher of "the statement".
Outcome = Literal["right", "wrong", "allowed", "unnamed"]
_HONORIFICS = {
    "the", "mr", "mrs", "ms", "miss", "dr", "sir", "madam", "president", "senator", "sen", "gov", "governor", "rep", "secretary",
}  # fmt: skip


def folded(name: str) -> tuple[str, ...]:
    """The words of ``name`` without case, accents, punctuation, possessive endings, ``the`` and the most frequent honorifics.

    >>> folded("the Society’s Mr. Édouard O'Neil")
    ('society', 'edouard', 'oneil')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    plain = re.sub(r"['’]s\b", "", plain)
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['’.](?=\w)|(?<=\b\w)\.", "", plain))
    return tuple(word for word in words if word not in _HONORIFICS) or tuple(words)


def same_name(given: str, answer: str) -> bool:
    """Whether ``given`` equals ``answer`` when folded, or is a longer form of it.

    A longer form contains all words of the answer, at least two, in the same order, and ends with the same word. So
    ``Agnes M. Thorne`` is correct for ``Agnes Thorne``, but ``Agnes Thorne's campaign`` is not, nor is ``Lydia
    Thorne`` for the answer ``Thorne``.
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
    """The outcome of the names ``given`` for one source.

    ``given`` holds one name, several for a joint speaker, or none. ``answers`` are the names of the antecedent,
    ``members`` those of each member of a joint one; both are empty if the article does not name it. ``also`` are
    further names that do not count as errors. A name that only repeats ``source`` counts as none. A joint antecedent
    is correct only with exactly its members.
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
    """Whether names and members can be matched one to one."""
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
    """The span with the highest overlap with ``start:end`` relative to their union; the first of equals, or ``None``."""
    best, most = None, 0.0
    for span in sorted(set(spans)):
        shared = min(end, span[1]) - max(start, span[0])
        share = shared / (max(end, span[1]) - min(start, span[0])) if shared > 0 else 0.0
        if share > most:
            best, most = span, share
    return best


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of outcomes of gold sources. ``named`` counts those with a named antecedent; shares are percentages."""

    total: int
    found: int
    named: int
    named_found: int
    right: int
    wrong: int

    @property
    def accuracy(self) -> float:
        """The share resolved to a correct name, of found sources with a named antecedent."""
        return _percent(self.right, self.named_found)

    @property
    def accuracy_of_all(self) -> float:
        """The share resolved to a correct name, of all sources with a named antecedent."""
        return _percent(self.right, self.named)

    @property
    def wrong_names(self) -> float:
        """The share with a wrong name, of all found sources, including those without a named antecedent."""
        return _percent(self.wrong, self.found)

    @property
    def wrong_of_all(self) -> float:
        """The share with a wrong name, of all gold sources."""
        return _percent(self.wrong, self.total)


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def tally(judgements: Iterable[tuple[bool, Outcome | None]]) -> Tally:
    """Count (has a named antecedent, outcome) of each gold source; the outcome is ``None`` if the source was not found."""
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
    """B-cubed precision, recall and F1, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(entities: Mapping[str, Hashable], clusters: Mapping[str, Hashable]) -> BCubed:
    """B-cubed (Bagga and Baldwin 1998, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model").

    ``entities`` and ``clusters`` map the same mentions to their true entity and their predicted cluster. Both
    measures are means over mentions: precision is the share of a mention's cluster that belongs to its entity, recall
    the share of its entity that is in its cluster.
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


def mixed_groups(
    inner: Mapping[str, Hashable], outer: Mapping[str, Hashable]
) -> list[tuple[int, Hashable, list[list[str]]]]:
    """The groups of ``outer`` with more than one group of ``inner``, as (number of wrong pairs, group, its parts by size).

    With entities as ``inner`` these are mixed clusters, with clusters as ``inner`` split entities. The worst come
    first.
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
