"""Match found and gold quotations of one article one to one, and compare their sources.

Both sides are sorted in text order first, so the result does not depend on the order of the input.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quotetrack.evaluate.items import Attribution, GoldArticle
from quotetrack.evaluate.measure import Measured
from quotetrack.evaluate.speech import is_speech
from quotetrack.model import Kind

# Minimum Jaccard index of the tokens for two contents, or two sources, to match.
SAME = 0.5
# Function words; sources that have only these in common do not match.
_EMPTY = set("the a an this that these those its his her their our my your of and in for to who which".split())  # noqa: SIM905 - a row of words


@dataclass(slots=True, eq=False)
class Item:
    """A gold or found attribution with its counterparts on the other side.

    ``exact`` has the same words in its content, ``begins`` the same first word, and ``partner`` a Jaccard index of at least
    0.5. ``nearest`` covers most tokens of this one, matched or not. ``source_right`` is whether ``partner`` has the same
    source.
    """

    attribution: Attribution
    tokens: frozenset[int]
    words: frozenset[int]
    source: frozenset[int]
    kind: Kind
    speech: bool
    exact: Item | None = field(default=None, repr=False)
    begins: Item | None = field(default=None, repr=False)
    partner: Item | None = field(default=None, repr=False)
    nearest: Item | None = field(default=None, repr=False)
    source_right: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """An article with its paired gold and found items."""

    article: GoldArticle
    gold: tuple[Item, ...]
    found: tuple[Item, ...]


def compare(article: GoldArticle, found: Sequence[Attribution]) -> Comparison:
    """Pair ``found`` with the gold attributions of ``article``.

    Contents without words are ignored, and so are found contents with at least half of their tokens in discarded ranges.
    """
    measured = Measured(article.text)
    discarded = measured.tokens(article.discard)
    gold_items = [_item(measured, one) for one in sorted(article.attributions) if one.content]
    found_items = [_item(measured, one) for one in sorted(found) if one.content]
    gold = [item for item in gold_items if item.words]
    kept = [item for item in found_items if item.words and len(item.tokens & discarded) * 2 < len(item.tokens)]
    _pair(measured, gold, kept)
    return Comparison(article, tuple(gold), tuple(kept))


def _item(measured: Measured, one: Attribution) -> Item:
    tokens = measured.tokens(one.content)
    cue = " ".join(measured.text[start:end] for start, end in one.cue)
    return Item(
        attribution=one,
        tokens=tokens,
        words=measured.words(tokens),
        source=measured.tokens(one.source),
        kind=measured.kind(one.content),
        speech=is_speech(cue),
    )


def _pair(measured: Measured, gold: list[Item], found: list[Item]) -> None:
    overlapping: list[tuple[float, int, int]] = []
    for g, one in enumerate(gold):
        for f, other in enumerate(found):
            shared = len(one.tokens & other.tokens)
            if not shared:
                continue
            overlapping.append((-shared / len(one.tokens | other.tokens), g, f))
            if one.words == other.words and not one.exact and not other.exact:
                one.exact, other.exact = other, one
            for item, counterpart in ((one, other), (other, one)):
                if item.nearest is None or shared > len(item.tokens & item.nearest.tokens):
                    item.nearest = counterpart
    # Best overlap first, so that a quotation within a longer one is not paired with the longer one.
    overlapping.sort()
    for _, g, f in overlapping:
        one, other = gold[g], found[f]
        if min(one.words) == min(other.words) and not one.begins and not other.begins:
            one.begins, other.begins = other, one
    for negative, g, f in overlapping:
        one, other = gold[g], found[f]
        if -negative >= SAME and not one.partner and not other.partner:
            one.partner, other.partner = other, one
            one.source_right = other.source_right = _same_source(measured, one.source, other.source)


def _same_source(measured: Measured, gold: frozenset[int], found: frozenset[int]) -> bool:
    """Whether two sources match: a Jaccard index of at least 0.5, or one contains the other (``Ruth Vale, the mayor,``
    and ``Vale``). Two missing sources match."""
    if not gold or not found:
        return not gold and not found
    shared = gold & found
    if len(shared) / len(gold | found) >= SAME:
        return True
    return (gold <= found or found <= gold) and any(word not in _EMPTY for word in measured.spelled(shared))
