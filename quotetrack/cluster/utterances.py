"""Decide whether two wordings are printings of one utterance, by their words, speakers, days and articles."""

from __future__ import annotations

from dataclasses import dataclass

from quotetrack.cluster.likeness import ALIKE, common_share, diverge

DAYS = 3  # printings of a fragment or stock phrase further apart than this are different utterances
WEEK = 7  # days after which the same words may be a new utterance
_CONTAINED = ALIKE / 100
_REPEATED = 0.9  # minimum share of a direct quotation that an article prints again, if it is the same utterance


@dataclass(frozen=True, slots=True)
class Node:
    """One wording with its printings by the same speakers at about the same time.

    Attributes:
        wording: The encoded wording, one character per word.
        bits: Information content in bits.
        speakers: Named speakers; empty if unknown.
        spoken: Whether at least part of it is between quotation marks.
        days: First and last publication day as ordinals, or ``None`` without dates.
        quotations: Sorted identifiers of the quotations.
        articles: Identifiers of the articles.
        stock: Whether it is a stock phrase of many speakers, so that equal words are not evidence of one utterance.
        copies: The reports that its articles are copies of.
        direct: Whether all printings are direct quotations.
        side: ``said``, or the stance if the words were not said.
    """

    wording: str
    bits: float
    speakers: frozenset[str]
    spoken: bool
    days: tuple[int, int] | None
    quotations: tuple[str, ...]
    articles: frozenset[str] = frozenset()
    stock: bool = False
    copies: frozenset[str] = frozenset()
    direct: bool = False
    side: str = "said"

    @property
    def first(self) -> str:
        """The smallest quotation identifier."""
        return self.quotations[0]

    @property
    def strong(self) -> bool:
        """Whether it is long and informative enough to identify an utterance by itself."""
        return len(self.wording) >= 5 and self.bits >= 40


def near(a: Node, b: Node) -> bool:
    """Whether two nodes are close enough in time to be printings of one utterance on weak evidence.

    Without dates they are, unless the shorter one is a fragment or a stock phrase, which anybody may say on any day.
    """
    identifying = a.strong and not (a.stock or b.stock)
    if a.days is None or b.days is None:
        return identifying
    return gap(a, b) <= (WEEK if a.strong else DAYS)


def gap(a: Node, b: Node) -> int:
    """Return the number of days between two nodes; 0 if one has no dates."""
    if a.days is None or b.days is None:
        return 0
    return max(0, a.days[0] - b.days[1], b.days[0] - a.days[1])


def said_twice(short: Node, long: Node, contained: float) -> bool:
    """Whether one article prints the two as different utterances: both as direct quotations, with different words.

    An article that prints an utterance twice, as in a heading and below it, repeats its words.
    """
    return (
        contained < _REPEATED
        and short.direct
        and long.direct
        and not short.articles.isdisjoint(long.articles)
        and set(short.quotations).isdisjoint(long.quotations)
    )


def same_utterance(short: Node, long: Node, contained: float) -> float:
    """Return the similarity in 0..1 of two nodes if they are printings of one utterance, else 0.

    ``contained`` is the share of the shorter wording found in the longer. The required similarity is higher for short and
    common wordings, for more days between them, for different or unknown speakers, and for reported speech.
    """
    if short.side != long.side:
        return 0.0  # a denial, question or belief is not the same utterance as a statement
    length, bits, close = len(short.wording), short.bits, near(short, long)
    same, known = bool(short.speakers & long.speakers), bool(short.speakers and long.speakers)
    if _copied(short, long) and (similarity := common_share(short.wording, long.wording)) >= (
        0.6 if same or not known else 1.0
    ):
        return similarity
    if not same and (short.stock or long.stock):
        return 0.0
    if not (short.spoken and long.spoken):
        return _reported(short, long, contained, close)
    if contained < _CONTAINED:
        # The wordings only share a run of words; accept this for the same speaker at the same time.
        if not (same and close) or (short.direct and long.direct and diverge(short.wording, long.wording)):
            return 0.0
        return contained
    if known and not same:
        # Different speakers: one utterance only if it is long and almost identical.
        if close:
            return contained if length >= 8 and bits >= 70 and contained >= 0.97 else 0.0
        return contained if length >= 10 and bits >= 90 and contained >= 0.99 else 0.0
    if not same:
        if close:
            limit = 0.9 if length >= 8 else 0.99
            return contained if length >= 5 and bits >= 45 and contained >= limit else 0.0
        return contained if length >= 10 and bits >= 90 and contained >= 0.97 else 0.0
    if not close:
        limit = 0.85 if length >= 12 and bits >= 90 else 0.9
        return contained if length >= 8 and bits >= 70 and not short.stock and contained >= limit else 0.0
    if length < 5 or bits < 40:
        return contained if contained == 1.0 else 0.0
    if short.direct and long.direct:
        return contained if length >= 8 or contained == 1.0 else 0.0
    return contained if length >= 8 or contained >= 0.83 else 0.0


def _reported(short: Node, long: Node, contained: float, close: bool) -> float:
    """Similarity if at least one of the two is reported speech."""
    length = len(short.wording)
    if not close or length < 6 or short.bits < 45:
        return 0.0
    similarity = common_share(short.wording, long.wording)
    if short.articles & long.articles and not (short.spoken or long.spoken) and compatible(short, long):
        # One article repeats itself; the two share at least a run of words (``RUN``).
        return max(similarity, contained) if similarity >= (0.55 if short.speakers & long.speakers else 0.75) else 0.0
    if short.speakers & long.speakers:
        if similarity >= 0.8:
            return similarity
        return contained if contained >= 0.9 and length >= 8 else 0.0
    if short.speakers and long.speakers:
        # Different speakers for a long and almost identical report: one of the attributions is wrong.
        return similarity if similarity >= 0.97 and length >= 9 and short.bits >= 70 else 0.0
    if short.spoken or long.spoken or length < 10:
        return similarity if similarity >= 0.95 else 0.0
    return similarity if similarity >= 0.85 else 0.0


def _copied(a: Node, b: Node) -> bool:
    """Whether the two are in different copies of one article.

    There, equal words are the same utterance even if they are short or have different speakers, and edited words too.
    """
    return bool(a.copies & b.copies) and not (a.articles & b.articles)


def compatible(a: Node, b: Node) -> bool:
    """Whether two nodes can have the same speaker."""
    return not (a.speakers and b.speakers) or bool(a.speakers & b.speakers)
