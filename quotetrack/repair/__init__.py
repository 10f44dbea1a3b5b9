"""Repair inferred speakers where another report of the same utterance names the speaker.

A pronoun, a noun phrase or an adjacent quotation often leaves open who speaks, while another outlet prints the same words
after a name. Such a report is evidence: if it agrees, the confidence in the speaker rises; if it disagrees, the name
replaces the inferred speaker, provided that the article mentions that person, and otherwise the quotation is left without
a speaker. Nothing is inferred from reports that contradict each other, or that share only words by which clustering could
not have found them without assuming the same speaker.

Repairs depend only on claims and on the speakers before repair, and clustering does not read them. So neither the order of
ingest nor earlier repairs matter. A correction of the quotation takes precedence, because a corrected quotation has no
inferred speaker. Tables and views are described in ``store/migrations/0012_repairs_and_occasions.sql``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

from quotetrack.cluster.likeness import longest_run
from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encode
from quotetrack.link.names import person_name
from quotetrack.repair import sql
from quotetrack.store import Store
from quotetrack.store.write import identifier
from quotetrack.text.names import fold

VERSION = "1"  # increase it when the result for the same claims changes, to force recomputation
SURE = 0.9  # minimum speaker_confidence of a named speaker that is used as evidence
MOST = 0.95  # no report counts as more reliable, because a few claims contain two utterances
HIGHEST = 0.99  # the confidence that agreement can reach, for the same reason
WORDS, BITS = 5, 45.0  # minimum length and information of a run of words that identifies an utterance, whoever said it
_NAMED = ("name", "person")
_TYPES = ("person", "organisation")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Printed:
    """One printing of a claim with its speakers (pairs of identifier and type) and the encoded words of the quotation."""

    quotation_id: str
    article_id: str
    report_id: str
    source_id: str
    start: int
    end: int
    text: str
    method: str
    confidence: float
    words: str
    speakers: tuple[tuple[str, str], ...]

    @property
    def speaker(self) -> str:
        """The only speaker. Raises ``ValueError`` for a joint statement."""
        [(speaker, _)] = self.speakers
        return speaker

    @property
    def named(self) -> bool:
        """Whether it is evidence: its article names one person or body as the speaker."""
        return self._single and self.method in _NAMED and self.confidence >= SURE

    @property
    def inferred(self) -> bool:
        """Whether its speaker can be compared: one person or body that its article does not name next to the quotation."""
        return self._single and self.method not in _NAMED

    @property
    def _single(self) -> bool:
        return len(self.speakers) == 1 and self.speakers[0][1] in _TYPES


@dataclass(slots=True)
class Case:
    """An inferred printing with the printings of the same claims in other articles, by claim."""

    printed: Printed
    others: list[tuple[str, Printed]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the reports say about an inferred speaker: the speaker that they name, and how likely it is right."""

    printed: Printed
    speaker: str
    confidence: float
    evidence: Printed
    claim_id: str


def repair(store: Store) -> None:
    """Update the repairs of quotations whose claims or speakers have changed since the last call.

    with Store.open(Path("news.duckdb")) as store:
        repair(store)
    """
    if is_repaired(store):
        return
    connection = store.connection
    with store.transaction():
        some = sql.was_computed(connection, VERSION)
        if some:
            sql.find_outdated(connection)
        sql.delete(connection, some)
        cases = _cases(sql.comparable_printings(connection, some))
        if some:  # the claims of these quotations have other quotations too, whose repairs have not changed
            outdated = sql.outdated(connection)
            cases = [case for case in cases if case.printed.quotation_id in outdated]
        found = [finding for case in cases if (finding := compared(case))]
        sql.store(connection, _rows(store, found))
        sql.remember(connection, VERSION)


def is_repaired(store: Store) -> bool:
    """Whether neither speakers nor claims have changed since the last call of ``repair``."""
    return sql.is_current(store.connection, VERSION)


def _cases(claims: Iterable[tuple[str, Sequence[Sequence[Any]]]]) -> list[Case]:
    cases: dict[str, Case] = {}
    for claim, rows in claims:
        printings = [_printed(row) for row in rows]
        for printed in printings:
            if printed.inferred:
                case = cases.setdefault(printed.quotation_id, Case(printed))
                others = [one for one in printings if one.article_id != printed.article_id]
                case.others += [(claim, other) for other in others if same_words(printed.words, other.words)]
    return [cases[key] for key in sorted(cases)]


def _printed(row: Sequence[Any]) -> Printed:
    *values, content, speakers = row
    fields = [*values, encode(content), tuple((speaker, kind) for speaker, kind in speakers)]
    return Printed(*fields)


def compared(case: Case) -> Finding | None:
    """Compare an inferred speaker with the speakers that other articles name; ``None`` if they decide nothing.

    They decide nothing if they disagree, if they name a body where a person was found or the other way round (a company
    and its chief executive may both have said it), or if more independent reports infer the same speaker than name
    another one.
    """
    printed = case.printed
    evidence = sorted(
        ((claim, other) for claim, other in case.others if other.named),
        key=lambda one: (-one[1].confidence, one[1].quotation_id, one[0]),
    )
    if len({other.speakers for _, other in evidence}) != 1:
        return None
    claim, best = evidence[0]
    # Copies of one report, and of the article itself, are one witness.
    reports = {other.report_id: min(other.confidence, MOST) for _, other in reversed(evidence)}
    if best.speaker == printed.speaker:
        reports.pop(printed.report_id, None)
        confidence = max(printed.confidence, min(combined([printed.confidence, *reports.values()]), HIGHEST))
        return Finding(printed, best.speaker, confidence, best, claim) if reports else None
    if best.speakers[0][1] != printed.speakers[0][1]:
        return None
    same = [other for _, other in case.others if other.inferred and other.speaker == printed.speaker]
    if len({printed.report_id, *(other.report_id for other in same)}) > len(reports):
        return None
    confidence = combined([1 - min(printed.confidence, MOST), *reports.values()])
    return Finding(printed, best.speaker, confidence, best, claim)


def same_words(a: str, b: str) -> bool:
    """Whether two encoded quotations share a run of words that identifies an utterance, whoever said it.

    Clustering also joins short or loosely similar quotations of one speaker. Their agreement on the speaker proves nothing.
    """
    start, _, length = longest_run(a, b)
    return length >= WORDS and bool(information([a[start : start + length]])[0] >= BITS)


def combined(probabilities: Sequence[float]) -> float:
    """Combine independent probabilities of one hypothesis by multiplying their odds (naive Bayes with even prior odds).

    >>> round(combined([0.7, 0.9]), 3)
    0.955
    """
    right, wrong = prod(probabilities), prod(1 - p for p in probabilities)
    return right / (right + wrong) if right + wrong else 0.5


def _rows(store: Store, found: Sequence[Finding]) -> list[tuple[object, ...]]:
    """Return the rows of ``repairs``; a speaker whom the article does not mention is not added to it."""
    changed = [one for one in found if one.speaker != one.printed.speaker]
    names = sql.names_of(store.connection, sorted({one.speaker for one in changed}))
    texts = sql.texts_of(store.connection, sorted({one.printed.article_id for one in changed}))
    words = {article: words_of_names(text) for article, text in texts.items()}
    return [_row(one, names, words) for one in found]


def _row(one: Finding, names: Mapping[str, Sequence[str]], words: Mapping[str, frozenset[str]]) -> tuple[object, ...]:
    printed = one.printed
    if one.speaker == printed.speaker:
        outcome, source = "confirmed", printed.source_id
    else:
        is_mentioned = mentioned(names[one.speaker], printed.speakers[0][1], words[printed.article_id])
        outcome = "replaced" if is_mentioned else "withdrawn"
        source = identifier("repaired", printed.quotation_id)
    confidence = 0.0 if outcome == "withdrawn" else one.confidence
    place = (printed.article_id, printed.start, printed.end, printed.text)
    evidence = (one.evidence.quotation_id, one.claim_id)
    return (printed.quotation_id, outcome, source, *place, printed.speaker, one.speaker, confidence, *evidence)


def words_of_names(text: str) -> frozenset[str]:
    """Return the capitalised words of a text, normalised as in names."""
    capitalised = {word for word in _WORD.findall(text) if word[0].isupper()}
    return frozenset(part for word in capitalised for part in fold(word.removesuffix("'s").removesuffix("’s")))


def mentioned(names: Sequence[str], kind: str, words: frozenset[str]) -> bool:
    """Whether a text with these capitalised ``words`` mentions a speaker.

    A person is mentioned by first name and surname, because the surname alone may be that of a relative; a body by all
    capitalised words of a name.
    """
    if kind == "person":
        parsed = [person_name(name) for name in names]
        full = [name for name in parsed if not name.bare] or parsed
        return any(name.first in words and name.last in words for name in full if name.parts)
    return any(found and found <= words for found in map(words_of_names, names))
