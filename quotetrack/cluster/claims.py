"""Compute the rows of claims and of their printings from cores."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, groupby
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple

from quotetrack.cluster.variants import VariantType, Wording, variant
from quotetrack.cluster.wordings import PIECES
from quotetrack.text.names import fold

# Three or more words in quotation marks that stand after a space, as inner marks do and apostrophes do not.
_INNER = re.compile(
    r"(?<=\s)(?:‘\w[^‘’]*(?:\s[^‘’\s]+){2}[’]|'\w[^']*(?:\s[^'\s]+){2}'|“\w[^“”]*(?:\s[^“”\s]+){2}”)(?![\w])"
)
_OUTER = "\"'“”‘’«»„ "
_KINDS = {"direct": 0, "mixed": 1, "indirect": 2}


class Printed(NamedTuple):
    """One printing of a claim.

    ``likeness`` is the similarity to the core in 0..1. ``speakers`` are the identified speakers. ``moment`` is the publication
    time in seconds since 1970. ``verbatim`` are the parts of a mixed quotation between quotation marks. Articles that are not
    independent have the same ``report``. ``name`` and ``type`` are those of the speaker if the article names one person or body
    next to the quotation, not speaking for another; a speaker set by a correction has an identifier as ``name`` and no type.
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
    report: str
    name: str | None
    type: str | None


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
            two_speakers(ordered),
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


def two_speakers(printings: Sequence[Printed]) -> bool:
    """Whether two independent reports name different persons, or different bodies, as the speaker.

    An inferred speaker, a joint source and a spokesperson decide nothing: one article may name the minister and another
    the ministry for the same words. Neither does a statement that quotes somebody else, nor do two names with a common word, because linking may have failed to join
    ``Vale`` and ``Ruth Vale``.
    """
    reports: dict[tuple[str | None, frozenset[str], frozenset[str]], set[str]] = {}
    for p in printings:
        if p.name and p.speakers and not _quotes_another(p):
            reports.setdefault((p.type, frozenset(p.speakers), _words_of_name(p.name)), set()).add(p.report)
    return any(
        not (who & other_who)
        and not (name & other_name)
        and (kind == other_kind or None in (kind, other_kind))
        and len(found | others) > 1
        for ((kind, who, name), found), ((other_kind, other_who, other_name), others) in combinations(
            reports.items(), 2
        )
    )


def _quotes_another(printed: Printed) -> bool:
    """Whether a direct quotation has words in marks inside its own, which are probably somebody else's."""
    pieces = printed.text.split(PIECES) if printed.kind == "direct" else []
    return any(_INNER.search(piece.strip(_OUTER)) for piece in pieces)


def _words_of_name(name: str) -> frozenset[str]:
    return frozenset(part for word in name.split() if not word.islower() for part in fold(word))
