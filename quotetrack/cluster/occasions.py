"""Separate the occasions on which a speaker said the same words, by publication dates.

A stump line is printed in one burst per speech, while a memorable quotation is printed in one burst and then now and then
by single articles that look back. So a burst after a pause is another occasion only if several independent reports print
the words (docs/decisions/018-occasions.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

PAUSE = 7  # days without a printing, after which a burst can be another occasion
REPORTS = 2  # minimum number of independent reports of another occasion


class Appeared(NamedTuple):
    """Publication day of a quotation as an ordinal, or ``None``, and the report: the same for copies of one article."""

    day: int | None
    report: str


def occasions(printed: Mapping[str, Appeared]) -> list[list[str]]:
    """Split quotations (by identifier) of one utterance into occasions, in order of time.

    A burst with a copy of an article of an earlier occasion belongs to that one. Undated quotations belong to the first
    occasion, because they may be reports of any. The result does not depend on the order of ``printed``.

        >>> occasions({"a": Appeared(1, "r1"), "b": Appeared(30, "r2"), "c": Appeared(31, "r3"), "d": Appeared(90, "r4")})
        [['a'], ['b', 'c', 'd']]
    """
    found: list[list[str]] = []
    occasion_of: dict[str, int] = {}  # report to the index of its first occasion
    for burst in _bursts(printed):
        reports = {printed[quotation].report for quotation in burst}
        known = [occasion_of[report] for report in reports if report in occasion_of]
        if found and known:
            place = min(known)
        elif found and len(reports) < REPORTS:
            place = len(found) - 1
        else:
            place = len(found)
            found.append([])
        found[place] += burst
        for report in reports:
            occasion_of.setdefault(report, place)
    undated = sorted(quotation for quotation, one in printed.items() if one.day is None)
    if not found:
        return [undated]
    found[0] += undated
    return found


def _bursts(printed: Mapping[str, Appeared]) -> list[list[str]]:
    dated = sorted((one.day, quotation) for quotation, one in printed.items() if one.day is not None)
    bursts: list[list[str]] = []
    last = None
    for day, quotation in dated:
        if last is None or day - last > PAUSE:
            bursts.append([])
        bursts[-1].append(quotation)
        last = day
    return bursts
