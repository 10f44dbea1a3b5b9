"""Find repetitions within one article: headings that summarise a statement in the text, and partial quotations of a
statement (``called it a “kitchen-table decision”``).

They are too short or too different from the full statement to be matched across articles. Within one article, for the same
speaker, the evidence is sufficient.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encoded, wordings

SHARED = 30.0  # minimum bits of the words, in order, that a heading and a sentence have in common
WHOLE = 24.0  # minimum bits if the sentence contains all words of the heading
SHARE = 0.6  # minimum share of the bits of the less informative one
QUOTED = 0.5  # minimum share if the sentence contains a quoted part of the heading
TAKEN = 24.0  # minimum bits of a quoted part that the sentence contains
TAKEN_BY_HEADING = 18.0  # the same for headings


@dataclass(frozen=True, slots=True)
class Statement:
    """A quotation from ``cluster.sql``: its text, the number of content spans, and the parts between quotation marks."""

    quotation_id: str
    text: str
    pieces: int
    verbatim: list[str]
    heading: bool


@dataclass(frozen=True, slots=True)
class Echo:
    """``quotation_id`` repeats the sentence ``code`` of ``other_id``, with similarity ``likeness`` (0..1)."""

    quotation_id: str
    other_id: str
    code: str
    likeness: float


def echoes(pairs: Sequence[tuple[Statement, Statement]]) -> Iterator[Echo]:
    """Yield the pairs, of quotations by one speaker in one article, in which the first repeats a sentence of the second."""
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
    """Return the share of the heading, or of the less informative sentence, found in the other in order; 0 if below ``least``.

    Words are weighted by their information, so that names and rare words count more than function words.
    """
    both = set(heading) & set(code)
    if information(["".join(sorted(both))])[0] < WHOLE:
        return 0.0
    blocks = LCSseq.editops(heading, code).as_matching_blocks()
    heading_bits, code_bits, shared = information(
        [heading, code, "".join(heading[b.a : b.a + b.size] for b in blocks)]
    ).tolist()
    share = float(shared / min(heading_bits, max(code_bits, SHARED)))
    if share >= 0.95 and shared >= WHOLE:
        return min(share, 1.0)
    return share if share >= least and shared >= SHARED else 0.0
