"""From the rows of printings and pairs to cores, one component after another."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.cores import DAYS, Core, Node, cores
from quotetrack.cluster.windows import information
from quotetrack.jobs.workers import portioned
from quotetrack.store.write import identifier

MANY = 4  # speakers of one wording, none of whom said it as often as the others together: a stock phrase
_AT_ONCE = 10_000  # printings
_SIDES = {"stated": "said", "requested": "said"}  # of one utterance one outlet may write `said`, another `urged`
_Key = tuple[int, str, bool, str, frozenset[str]]  # wording, code, whether spoken, side, speakers


class _Printed(NamedTuple):
    day: int | None
    quotation: str
    article: str
    report: str | None  # it is a copy of
    direct: bool


class Portion(NamedTuple):
    """Rows of whole components, sorted by component, as ``cluster.sql.touched_components`` gives them."""

    printings: Sequence[tuple[Any, ...]]
    pairs: Sequence[tuple[Any, ...]]
    echoes: Sequence[tuple[Any, ...]]


class Found(NamedTuple):
    """Cores (identifier, wording of the root, its length), and by columns who holds each."""

    cores: list[tuple[str, int, int]]
    core_ids: list[str]
    quotations: list[str]
    likeness: NDArray[np.float32]


def portions(whole: Portion) -> Iterator[Portion]:
    """The same in smaller portions."""
    pair = echo = 0
    for rows in portioned(whole.printings, _AT_ONCE, itemgetter(0)):
        last = rows[-1][0]
        pairs_end = bisect_right(whole.pairs, last, lo=pair, key=itemgetter(0))
        echoes_end = bisect_right(whole.echoes, last, lo=echo, key=itemgetter(0))
        yield Portion(rows, whole.pairs[pair:pairs_end], whole.echoes[echo:echoes_end])
        pair, echo = pairs_end, echoes_end


def found_cores(portion: Portion) -> Found:
    """The cores of whole components."""
    printings, pairs, echoes = portion
    edges: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for component, shorter, longer, contained in pairs:
        edges[component].append((shorter, longer, contained))
    told: dict[int, float] = {}
    codes = {row[1]: row[2] for row in printings}
    told.update(zip(codes, information(list(codes.values())).tolist(), strict=True))
    said_again: dict[tuple[int, str], list[tuple[str, float]]] = defaultdict(list)
    for _, wording, holder, quotation, likeness in echoes:
        said_again[wording, holder].append((quotation, likeness))
    heads: list[tuple[str, int, int]] = []
    holders: list[str] = []
    held: list[str] = []
    likenesses: list[float] = []
    number = {code: wording for wording, code in codes.items()}
    for component, rows in groupby(printings, key=lambda row: row[0]):
        nodes = list(_nodes(list(rows), told))
        if len(nodes) == 1 and len(nodes[0].quotations) == 1 and not echoes:
            continue
        here = [(codes[a], codes[b], contained) for a, b, contained in edges[component]]
        for core in cores(nodes, here):
            quotations = _quotations(core, number, said_again)
            if len(quotations) > 1:
                core_id = identifier("claim", core.root.first, core.root.wording)
                heads.append((core_id, number[core.root.wording], len(core.root.wording)))
                holders += [core_id] * len(quotations)
                held += quotations
                likenesses += quotations.values()
    return Found(heads, holders, held, np.array(likenesses, dtype=np.float32))


def _quotations(
    core: Core, number: Mapping[str, int], said_again: Mapping[tuple[int, str], Sequence[tuple[str, float]]]
) -> dict[str, float]:
    """The quotations of a core with their likeness, and those that say again what one of them says."""
    found: dict[str, float] = {}
    for node, likeness in core.members:
        for quotation in node.quotations:
            found[quotation] = max(likeness, found.get(quotation, 0.0))
            for other, share in said_again.get((number[node.wording], quotation), ()):
                found[other] = max(share, found.get(other, 0.0))
    return found


def _nodes(rows: Sequence[tuple[Any, ...]], told: dict[int, float]) -> Iterator[Node]:
    """The printings of each wording by speakers, by whether they are spoken and by whether they were said, denied, asked …; of few or common words also by time."""
    groups: dict[_Key, list[_Printed]] = defaultdict(list)
    for _, wording, code, quotation, article, report, kind, stance, day, who in rows:
        one = _Printed(day, quotation, article, report, kind == "direct")
        groups[wording, code, kind != "indirect", _SIDES.get(stance, stance), frozenset(who)].append(one)
    stock = _stock(groups)
    for (wording, code, spoken, side, who), printed in groups.items():
        timeless = len(code) >= 8 and told[wording] >= 70 and wording not in stock
        stub = len(code) < 5 or told[wording] < 40
        # A word or two is no utterance where nobody is known to have said it, nor as the article's own words.
        alone = stub and (not who or (not spoken and len(code) < 3))
        for part in [printed] if timeless else [[p] for p in printed] if alone else _times(printed):
            days = [p.day for p in part if p.day is not None]
            yield Node(
                code,
                told[wording],
                who,
                spoken,
                (min(days), max(days)) if days else None,
                tuple(sorted(p.quotation for p in part)),
                frozenset(p.article for p in part),
                wording in stock,
                frozenset(p.report for p in part if p.report),
                all(p.direct for p in part),
                side,
            )


def _stock(groups: Mapping[_Key, Sequence[object]]) -> set[int]:
    """The wordings that many speakers use and none most often."""
    by_wording: dict[int, Counter[frozenset[str]]] = defaultdict(Counter)
    for (wording, _, _, _, who), printed in groups.items():
        if who:
            by_wording[wording][who] += len(printed)
    return {
        wording
        for wording, counts in by_wording.items()
        if len(counts) >= MANY and max(counts.values()) * 2 <= counts.total()
    }


def _times(printed: Sequence[_Printed]) -> Iterator[list[_Printed]]:
    """Printings in order of time, parted where more than ``DAYS`` lie between two; those without a date by themselves."""
    dated = sorted((p for p in printed if p.day is not None), key=lambda p: (p.day or 0, p.quotation))
    part: list[_Printed] = []
    for p in dated:
        if part and (p.day or 0) - (part[-1].day or 0) > DAYS:
            yield part
            part = []
        part.append(p)
    if part:
        yield part
    undated = [p for p in printed if p.day is None]
    if undated:
        yield undated
