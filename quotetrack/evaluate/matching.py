"""Gold against found in one article: which found quotation is which gold one, and whether its source is right.

All pairing is one to one. Predictions and gold are put in text order first, so that the order in which they come
changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quotetrack.evaluate.items import Attribution, GoldArticle
from quotetrack.evaluate.measure import Measured
from quotetrack.evaluate.speech import is_speech
from quotetrack.model import Kind

# Contents that share at least this part of their tokens (Jaccard's index) are the same quotation; likewise sources.
SAME = 0.5
# Words that two sources may share without being the same.
_EMPTY = set("the a an this that these those its his her their our my your of and in for to who which".split())  # noqa: SIM905 - a row of words


@dataclass(slots=True, eq=False)
class Item:
    """One attribution, gold or found, with its counterparts on the other side.

    ``exact`` has the same words as content; ``begins`` the same first word; ``partner`` at least half of the tokens;
    ``nearest`` is the one that covers most of this one's tokens, matched or not. ``source_right`` speaks of ``partner``.
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
    """An article with its gold and found items, paired."""

    article: GoldArticle
    gold: tuple[Item, ...]
    found: tuple[Item, ...]


def compare(article: GoldArticle, found: Sequence[Attribution]) -> Comparison:
    """Pair ``found`` with the gold of ``article``.

    Contents without a word are left out on both sides, and what was found with half of its tokens or more in a
    discarded stretch.
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
            for here, there in ((one, other), (other, one)):
                if here.nearest is None or shared > len(here.tokens & here.nearest.tokens):
                    here.nearest = there
    # Best overlap first: a quotation inside a longer one must not take the longer one's place.
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
    """Whether two sources name the same: half of their tokens shared, or one within the other (``Vale`` within
    ``Ruth Vale, the mayor,``). Where gold names nobody, right is to name nobody."""
    if not gold or not found:
        return not gold and not found
    shared = gold & found
    if len(shared) / len(gold | found) >= SAME:
        return True
    return (gold <= found or found <= gold) and any(word not in _EMPTY for word in measured.spelled(shared))
