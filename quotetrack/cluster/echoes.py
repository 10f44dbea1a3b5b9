"""What an article says twice: its heading sums up a statement that stands in full below, and words taken out of a
statement stand between marks elsewhere (``called it a “kitchen-table decision”``).

Both are too short or too far from the words of the statement to be found among all articles, where they would be no
evidence. Within one article and of one speaker they are: so each article is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encoded, wordings

SHARED = 30.0  # bits of the words in order that a heading and a sentence have in common
WHOLE = 24.0  # bits; enough where all words of the heading stand in the sentence
SHARE = 0.6  # of what the shorter of the two tells
QUOTED = 0.5  # the same where words between marks in the heading stand in the sentence
TAKEN = 24.0  # bits of words between marks
TAKEN_BY_HEADING = 18.0


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation as ``cluster.sql`` gives it; ``pieces`` of content stand in ``text``, of which ``verbatim`` is between marks."""

    quotation_id: str
    text: str
    pieces: int
    verbatim: list[str]
    heading: bool


@dataclass(frozen=True, slots=True)
class Echo:
    """``quotation_id`` says again what the sentence ``code`` of ``other_id`` says, as far as ``likeness`` (0..1)."""

    quotation_id: str
    other_id: str
    code: str
    likeness: float


def echoes(pairs: Sequence[tuple[Statement, Statement]]) -> Iterator[Echo]:
    """The echoes among ``pairs`` of quotations of one article and speaker: the first of a pair, of the second."""
    held: dict[str, tuple[list[str], list[str]]] = {}
    for one in {one.quotation_id: one for pair in pairs for one in pair}.values():
        codes = [code for code in dict.fromkeys(wordings(one.text, one.pieces, one.verbatim)) if code]
        held[one.quotation_id] = codes, encoded(one.verbatim, 1)
    for short, long in pairs:
        best = max(
            ((_echo(short, long, held[short.quotation_id], code), code) for code in held[long.quotation_id][0]),
            default=(0.0, ""),
        )
        if best[0]:
            yield Echo(short.quotation_id, long.quotation_id, best[1], best[0])


def _echo(short: Statement, long: Statement, said: tuple[list[str], list[str]], code: str) -> float:
    codes, fragments = said
    taken = [fragment for fragment in fragments if fragment in code]
    least = TAKEN_BY_HEADING if short.heading else TAKEN
    if any(len(fragment) > 1 and information([fragment])[0] >= least for fragment in taken):
        return 1.0
    if not short.heading or long.heading:
        return 0.0
    return max((summed_up(own, code, QUOTED if taken else SHARE) for own in codes), default=0.0)


def summed_up(heading: str, code: str, least: float = SHARE) -> float:
    """How much of a heading, or of the sentence where that tells less, stands in the other in order; 0 where under ``least``.

    A word counts by how much it tells, so that names and rare words weigh and the articles of a heading do not.
    """
    both = set(heading) & set(code)
    if information(["".join(sorted(both))])[0] < WHOLE:
        return 0.0
    blocks = LCSseq.editops(heading, code).as_matching_blocks()
    told, other, shared = information([heading, code, "".join(heading[b.a : b.a + b.size] for b in blocks)]).tolist()
    share = float(shared / min(told, max(other, SHARED)))
    if share >= 0.95 and shared >= WHOLE:
        return min(share, 1.0)
    return share if share >= least and shared >= SHARED else 0.0
