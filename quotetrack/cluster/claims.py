"""Compute the rows of claims and of their printings from cores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple

from quotetrack.cluster.variants import VariantType, Wording, variant

_KINDS = {"direct": 0, "mixed": 1, "indirect": 2}


class Printed(NamedTuple):
    """One printing of a claim.

    ``likeness`` is the similarity to the core in 0..1. ``speakers`` are the named speakers. ``moment`` is the publication
    time in seconds since 1970. ``verbatim`` are the parts of a mixed quotation between quotation marks.
    """

    claim_id: str
    quotation_id: str
    likeness: float
    text: str
    kind: str
    stance: str
    published: str | None
    moment: float | None
    outlet: str
    speakers: list[str]
    verbatim: list[str]


class Claim(NamedTuple):
    """A row of the table ``claims``."""

    claim_id: str
    text: str
    kind: str
    first_printed: str | None
    last_printed: str | None
    outlets: int
    variants: int
    printings: int
    shown: str
    two_speakers: bool
    turned: bool
    stance: str


class Member(NamedTuple):
    """A row of the table ``claim_quotations``."""

    claim_id: str
    quotation_id: str
    similarity: float
    variant: VariantType
    turned: bool


def claim(printings: Sequence[Printed]) -> tuple[Claim, list[Member]]:
    """Compute a claim and its members from its ``printings`` (at least one); their order does not matter."""
    ordered = sorted(printings, key=lambda p: p.quotation_id)
    wordings = {(p.text, p.kind): Wording.of(p.text, p.kind, p.verbatim) for p in ordered}
    words = {p.text: " ".join(wordings[p.text, p.kind].words) for p in ordered}
    printed = Counter(words[p.text] for p in ordered)
    shown = min(
        ordered,
        key=lambda p: (
            _KINDS[p.kind], -printed[words[p.text]], -len(words[p.text]), inf if p.moment is None else p.moment, p.quotation_id,
        ),
    )  # fmt: skip
    types: dict[tuple[str, str], tuple[VariantType, bool]] = {}
    members = []
    for p in ordered:
        key = (p.text, p.kind)
        if key not in types:
            types[key] = variant(wordings[shown.text, shown.kind], wordings[key])
        how, turned = types[key]
        members.append(Member(p.claim_id, p.quotation_id, round(p.likeness, 4), "shown" if p is shown else how, turned))
    dates = [(p.moment, p.published) for p in ordered if p.published and p.moment is not None]
    return (
        Claim(
            shown.claim_id,
            shown.text,
            shown.kind,
            min(dates, default=(0, None))[1],
            max(dates, default=(0, None))[1],
            len({p.outlet for p in ordered if p.outlet}),
            len(printed),
            len(ordered),
            shown.quotation_id,
            _two_speakers([frozenset(p.speakers) for p in ordered if p.speakers]),
            any(m.turned for m in members),
            shown.stance,
        ),
        members,
    )


def claims_of(rows: Sequence[tuple[Any, ...]]) -> tuple[list[Claim], list[list[Any]]]:
    """Compute the claims of complete groups of rows from ``cluster.sql.claim_printings``; members are returned as columns."""
    made: list[Claim] = []
    columns: list[list[Any]] = [[] for _ in Member._fields]
    for _, group in groupby(rows, key=itemgetter(0)):
        one, members = claim([Printed(*row) for row in group])
        made.append(one)
        for member in members:
            for column, value in zip(columns, member, strict=True):
                column.append(value)
    return made, columns


def _two_speakers(speakers: Sequence[frozenset[str]]) -> bool:
    """Whether two printings have no speaker in common."""
    return any(not (a & b) for a in set(speakers) for b in set(speakers))
