"""Compute precision, recall and F1 from paired items: overall, by kind, for speech only, and by outlet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quotetrack.evaluate.matching import Comparison, Item

KINDS = ("direct", "indirect", "mixed")
MEASURES = ("exact", "begin", "overlap", "source", "both")


@dataclass(frozen=True, slots=True)
class Share:
    """Precision, recall and F1 in percent, rounded to one decimal."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Row:
    """The figures for one subset; ``gold`` and ``found`` count its quotations.

    ``exact``: the content has the same words. ``begin``: the content starts with the same word. ``overlap``: the Jaccard
    index of the tokens is at least 0.5. ``source``: the source is correct, among contents matched by overlap (precision:
    of those found with a source; recall: of those with a gold source). ``both``: content and source are correct.
    """

    name: str
    gold: int
    found: int
    exact: Share
    begin: Share
    overlap: Share
    source: Share
    both: Share


@dataclass(frozen=True, slots=True)
class Result:
    """All figures: ``rows`` overall and by kind, then for speech only; ``outlets`` has one row per outlet."""

    articles: int
    rows: tuple[Row, ...]
    outlets: tuple[Row, ...]

    def row(self, name: str) -> Row:
        """Return a row by name; raises ``KeyError``."""
        return {row.name: row for row in self.rows}[name]


def result_of(comparisons: Sequence[Comparison]) -> Result:
    """Compute the figures for all ``comparisons`` together, micro-averaged over quotations."""
    gold = [item for one in comparisons for item in one.gold]
    found = [item for one in comparisons for item in one.found]
    rows = [_row("all", gold, found)]
    rows += [_row(kind, *_where(gold, found, _of_kind(kind))) for kind in KINDS]
    spoken = [item for item in gold if item.speech]
    found_speech = [item for item in found if not _not_speech(item)]
    # If all gold is speech, the rows would be the same again.
    if len(spoken) < len(gold):
        rows.append(_row("speech", spoken, found_speech))
        rows += [_row(f"speech, {kind}", *_where(spoken, found_speech, _of_kind(kind))) for kind in KINDS]
    return Result(len(comparisons), tuple(rows), tuple(_by_outlet(comparisons)))


def _by_outlet(comparisons: Sequence[Comparison]) -> Iterable[Row]:
    for outlet in sorted({one.article.outlet for one in comparisons if one.article.outlet}):
        chosen = [one for one in comparisons if one.article.outlet == outlet]
        yield _row(outlet, [i for one in chosen for i in one.gold], [i for one in chosen for i in one.found])


def _of_kind(kind: str) -> Callable[[Item], bool]:
    return lambda item: item.kind == kind


def _where(gold: list[Item], found: list[Item], wanted: Callable[[Item], bool]) -> tuple[list[Item], list[Item]]:
    return [item for item in gold if wanted(item)], [item for item in found if wanted(item)]


def _not_speech(item: Item) -> bool:
    """Whether a found item matches, or is nearest to, a gold item that is not speech.

    Such items are excluded from the speech rows instead of being counted as wrong.
    """
    counterpart = item.partner or item.nearest
    return counterpart is not None and not counterpart.speech


def _row(name: str, gold: Sequence[Item], found: Sequence[Item]) -> Row:
    def share(right: Callable[[Item], bool]) -> Share:
        return _share(sum(map(right, found)), len(found), sum(map(right, gold)), len(gold))

    named = [[i for i in side if i.partner and i.source] for side in (found, gold)]
    return Row(
        name=name,
        gold=len(gold),
        found=len(found),
        exact=share(lambda item: item.exact is not None),
        begin=share(lambda item: item.begins is not None),
        overlap=share(lambda item: item.partner is not None),
        source=_share(
            sum(i.source_right for i in named[0]), len(named[0]), sum(i.source_right for i in named[1]), len(named[1])
        ),
        both=share(lambda item: item.source_right),
    )


def _share(right_found: int, found: int, right_gold: int, gold: int) -> Share:
    precision = right_found / found if found else 0.0
    recall = right_gold / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Share(round(100 * precision, 1), round(100 * recall, 1), round(100 * f1, 1))
