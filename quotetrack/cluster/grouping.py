"""Build the nodes of each component from database rows, and compute its cores."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotetrack.cluster.cores import Core, cores
from quotetrack.cluster.occasions import Appeared, occasions
from quotetrack.cluster.utterances import DAYS, Node
from quotetrack.cluster.windows import information
from quotetrack.jobs.workers import split_rows
from quotetrack.store.write import identifier

MANY = 4  # minimum number of speakers of a stock phrase, none of whom has more than half of its printings
REPORTED = 6  # minimum number of words of reported speech without a known speaker that is printed again
_AT_ONCE = 10_000  # printings
_SIDES = {"stated": "said", "requested": "said"}  # outlets may use `said` and `urged` for the same utterance
_Key = tuple[int, str, bool, str, frozenset[str]]  # wording, code, whether spoken, side, speakers


class _Printed(NamedTuple):
    day: int | None
    quotation: str
    article: str
    report: str | None  # the report that the article is a copy of
    direct: bool


class Portion(NamedTuple):
    """Rows of complete components, sorted by component, from ``cluster.sql.touched_components``."""

    printings: Sequence[tuple[Any, ...]]
    pairs: Sequence[tuple[Any, ...]]
    echoes: Sequence[tuple[Any, ...]]


class Found(NamedTuple):
    """Cores (identifier, wording of the root, length, utterance), and their quotations as columns.

    The utterance is the same for all occasions of the same words, and ``None`` if there is only one.
    """

    cores: list[tuple[str, int, int, str | None]]
    core_ids: list[str]
    quotations: list[str]
    likeness: NDArray[np.float32]


def portions(whole: Portion) -> Iterator[Portion]:
    """Split a portion into smaller ones."""
    pair = echo = 0
    for rows in split_rows(whole.printings, _AT_ONCE, itemgetter(0)):
        last = rows[-1][0]
        pairs_end = bisect_right(whole.pairs, last, lo=pair, key=itemgetter(0))
        echoes_end = bisect_right(whole.echoes, last, lo=echo, key=itemgetter(0))
        yield Portion(rows, whole.pairs[pair:pairs_end], whole.echoes[echo:echoes_end])
        pair, echo = pairs_end, echoes_end


def found_cores(portion: Portion) -> Found:
    """Compute the cores of complete components."""
    printings, pairs, echoes = portion
    edges: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for component, shorter, longer, contained in pairs:
        edges[component].append((shorter, longer, contained))
    codes = {row[1]: row[2] for row in printings}
    bits: dict[int, float] = dict(zip(codes, information(list(codes.values())).tolist(), strict=True))
    repetitions: dict[tuple[int, str], list[tuple[str, float]]] = defaultdict(list)
    for _, wording, holder, quotation, likeness in echoes:
        repetitions[wording, holder].append((quotation, likeness))
    heads: list[tuple[str, int, int, str | None]] = []
    holders: list[str] = []
    held: list[str] = []
    likenesses: list[float] = []
    number = {code: wording for wording, code in codes.items()}
    appearances = {row[3]: Appeared(row[8], row[5] or row[4]) for row in printings}
    for component, rows in groupby(printings, key=lambda row: row[0]):
        nodes = list(_nodes(list(rows), bits))
        if len(nodes) == 1 and len(nodes[0].quotations) == 1 and not echoes:
            continue
        here = [(codes[a], codes[b], contained) for a, b, contained in edges[component]]
        for core in cores(nodes, here):
            quotations = _quotations(core, number, repetitions)
            if len(quotations) < 2:
                continue
            appeared = {one: appearances[holder] for one, (_, holder) in quotations.items()}
            utterance = identifier("claim", core.root.first, core.root.wording)
            parts = occasions(appeared)
            for part in parts:
                first = appeared[part[0]].day
                core_id = utterance if part is parts[0] else identifier("claim", utterance, first)
                heads.append(
                    (core_id, number[core.root.wording], len(core.root.wording), utterance if len(parts) > 1 else None)
                )
                holders += [core_id] * len(part)
                held += part
                likenesses += [quotations[one][0] for one in part]
    return Found(heads, holders, held, np.array(likenesses, dtype=np.float32))


def _quotations(
    core: Core, number: Mapping[str, int], repetitions: Mapping[tuple[int, str], Sequence[tuple[str, float]]]
) -> dict[str, tuple[float, str]]:
    """Return the quotations of a core, including repetitions of them, with their similarity and the quotation repeated.

    A repetition is printed within a day of the quotation that it repeats; other quotations are given as their own.
    """
    found: dict[str, tuple[float, str]] = {}
    for node, likeness in core.members:
        for quotation in node.quotations:
            found[quotation] = max((likeness, quotation), found.get(quotation, (0.0, "")))
            for other, share in repetitions.get((number[node.wording], quotation), ()):
                found[other] = max((share, quotation), found.get(other, (0.0, "")))
    return found


def _nodes(rows: Sequence[tuple[Any, ...]], bits: dict[int, float]) -> Iterator[Node]:
    """Group the printings of each wording by speakers, form and stance; unless it identifies an utterance, also by time.

    Reported speech never does, because a position (``wants a ban on fishing``) is reported whenever it comes up.
    """
    groups: dict[_Key, list[_Printed]] = defaultdict(list)
    for _, wording, code, quotation, article, report, kind, stance, day, who in rows:
        one = _Printed(day, quotation, article, report, kind == "direct")
        groups[wording, code, kind != "indirect", _SIDES.get(stance, stance), frozenset(who)].append(one)
    stock = _stock(groups)
    for (wording, code, spoken, side, who), printed in groups.items():
        timeless = spoken and len(code) >= 8 and bits[wording] >= 70 and wording not in stock
        fragment = len(code) < 5 or bits[wording] < 40
        # Fragments without a known speaker, and reported speech of a few words, are never grouped.
        separate = (fragment and not who) or (not spoken and len(code) < (3 if who else REPORTED))
        for part in [printed] if timeless else [[p] for p in printed] if separate else _times(printed, not fragment):
            days = [p.day for p in part if p.day is not None]
            yield Node(
                code,
                bits[wording],
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
    """Return the wordings used by many speakers, none of whom has more than half of the printings."""
    by_wording: dict[int, Counter[frozenset[str]]] = defaultdict(Counter)
    for (wording, _, _, _, who), printed in groups.items():
        if who:
            by_wording[wording][who] += len(printed)
    return {
        wording
        for wording, counts in by_wording.items()
        if len(counts) >= MANY and max(counts.values()) * 2 <= counts.total()
    }


def _times(printed: Sequence[_Printed], together: bool) -> Iterator[list[_Printed]]:
    """Split printings by time where the gap exceeds ``DAYS``; undated printings are one group, or without ``together`` one each."""
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
    if together and undated:
        yield undated
    else:
        yield from ([p] for p in undated)
