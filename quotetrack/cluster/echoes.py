"""Find repetitions of a statement by the same speaker that are too short or too different to be matched by their words alone.

Within one article these are headings that summarise a statement in the text, and partial quotations (``called it a
“kitchen-table decision”``). In another article of about the same day only verbatim words are sufficient evidence, which the
other article must also print between quotation marks. If several statements have the words, only those that have most in
common with the repetition are what it repeats (``cluster.sql.touched_components``): a stock expression of the day occurs in
many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encode, encoded, wordings

SHARED = 30.0  # minimum bits of the words, in order, that a heading and a sentence have in common
WHOLE = 24.0  # minimum bits if the sentence contains all words of the heading
SHARE = 0.6  # minimum share of the bits of the less informative one
QUOTED = 0.5  # minimum share if the sentence contains a quoted part of the heading
TAKEN = 24.0  # minimum bits of a quoted part that the sentence contains
TAKEN_BY_HEADING = 18.0  # the same for headings
# Minimum bits of verbatim words that another article prints. Of the pairs found in 603 articles of PolNeAR, all 15 above
# this were one statement; of three below, two were not (`Mexican` in different statements of one day).
SCATTERED = 16.0
_BETWEEN = "\x00"  # between the verbatim parts of a quotation; no word has this code


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


def echoes(pairs: Sequence[tuple[Statement, Statement, bool]]) -> Iterator[Echo]:
    """Yield the pairs, of quotations by one speaker, in which the first repeats a sentence of the second.

    The third value of a pair is whether the quotations are in two articles.
    """
    held: dict[str, tuple[list[str], list[str]]] = {}
    for one in {one.quotation_id: one for *pair, _ in pairs for one in pair}.values():
        codes = [code for code in dict.fromkeys(wordings(one.text, one.pieces, one.verbatim)) if code]
        held[one.quotation_id] = codes, encoded(one.verbatim, 1)
    for short, long, apart in pairs:
        codes, fragments = held[long.quotation_id]
        if apart:
            whole = fragments or encoded([long.text], 1)
            best = _scattered(encode(short.text), held[short.quotation_id][1], _BETWEEN.join(whole), codes)
        else:
            best = max(
                ((_echo(short, long, held[short.quotation_id], code), code) for code in codes), default=(0.0, "")
            )
        if best[0]:
            yield Echo(short.quotation_id, long.quotation_id, best[1], best[0])


def _scattered(short: str, fragments: Sequence[str], verbatim: str, codes: Sequence[str]) -> tuple[float, str]:
    """Return the share of ``short`` found in the sentence of ``codes`` with most of its ``fragments``, and this sentence.

    The share is 0 unless ``verbatim`` has all fragments in order.
    """
    position = 0
    for fragment in fragments:
        position = verbatim.find(fragment, position)
        if position < 0:
            return 0.0, ""
        position += len(fragment)
    if not fragments or information(["".join(fragments)])[0] < SCATTERED:
        return 0.0, ""
    most, code = max((sum(len(f) for f in fragments if f in code), code) for code in codes)
    return (_found(short, code), code) if most else (0.0, "")


def _found(short: str, code: str) -> float:
    """Return the share of the information of ``short`` that ``code`` has in the same order."""
    blocks = LCSseq.editops(short, code).as_matching_blocks()
    whole, shared = information([short, "".join(short[b.a : b.a + b.size] for b in blocks)]).tolist()
    return min(float(shared / whole), 1.0)


def _echo(short: Statement, long: Statement, said: tuple[list[str], list[str]], code: str) -> float:
    codes, fragments = said
    taken = [fragment for fragment in fragments if fragment in code]
    least = TAKEN_BY_HEADING if short.heading else TAKEN
    if any(len(fragment) > 1 and information([fragment])[0] >= least for fragment in taken):
        return _found(encode(short.text), code)
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
