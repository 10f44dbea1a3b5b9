"""Check a wording against all printings: a verdict, and the closest claims with their differences.

Similarity is computed with rapidfuzz; the wording may be all or part of a printed quotation, or longer than it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from rapidfuzz import fuzz

from quotetrack.check.passages import MIN_WORDS, passages
from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encode
from quotetrack.errors import UsageError
from quotetrack.read import search
from quotetrack.read.counts import count_unsearched
from quotetrack.read.printing import Printing
from quotetrack.store import Store
from quotetrack.text.diff import Piece, diff
from quotetrack.text.words import changes_sense, words_of

Verdict = Literal[
    "verbatim", "near-verbatim", "altered", "reported", "common", "not found",
    "denied", "asked", "declined", "hypothetical", "believed",
]  # fmt: skip

_CUTOFF = 0.6  # minimum similarity of a match
_NEAR = 0.92  # minimum share of unchanged words for near-verbatim
_MIN_UNCHANGED = 0.65  # minimum share of unchanged words for altered
_FEW = 10  # words; shorter wordings are compared by characters
_COMMON = 5  # claims; if more contain the same few words, the words do not identify one of them


@dataclass(frozen=True, slots=True)
class Match:
    """A claim similar to the query.

    ``score`` is the similarity in 0..1; ``diff`` compares the query with the printed wording; its offsets on the
    printed side are relative to the printing. ``wording_verdict`` depends on the words only; ``verdict`` is the same if the words were said, otherwise the stance.
    """

    verdict: Verdict
    wording_verdict: Verdict
    score: float
    claim_id: str
    printing: Printing
    diff: tuple[Piece, ...]
    others: tuple[Printing, ...] = field(default=())

    @property
    def printings(self) -> tuple[Printing, ...]:
        """All printings of the claim, the best match first."""
        return (self.printing, *self.others)

    @property
    def reports(self) -> int:
        """Number of independent reports, with copies of one article counted once."""
        return len({p.report_id for p in self.printings})

    @property
    def elsewhere_given_to(self) -> tuple[str, ...]:
        """Speakers named by other printings that name none of the speakers of this one."""
        own = set(self.printing.speakers)
        return tuple(sorted({s for p in self.others if own and not own & set(p.speakers) for s in p.speakers}))


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict on a query with the matching claims, best first.

    Attributes:
        asked: The query.
        passages: Answers for each passage of a longer text, unless the whole text was found verbatim.
        claims: Number of claims that contain the words, if the verdict is ``common``; otherwise 0.
        unsearched: Number of quotations that were not searched because the run that stored them did not finish.
    """

    asked: str
    verdict: Verdict
    matches: tuple[Match, ...]
    passages: tuple[Answer, ...] = ()
    claims: int = 0
    unsearched: int = 0


def check(store: Store, text: str, limit: int = 5) -> Answer:
    """Search ``text`` among all printings and return a verdict with at most ``limit`` claims.

    Verdicts:
        verbatim: printed word for word between quotation marks.
        near-verbatim: printed between quotation marks with few changes, none of them a negation or a number.
        altered: recognisable, with words changed.
        reported: printed word for word, but not between quotation marks.
        common: few, common words that many claims contain.
        denied, asked, declined, hypothetical, believed: printed, but not as a statement.
        not found: none of these.

    A longer text is searched as a whole and passage by passage. Raises ``UsageError`` if ``text`` contains no words.
    """
    if not words_of(text):
        raise UsageError("The text contains no words; give the quotation as one argument, in quotation marks.")
    answer = replace(_look_up(store, text, limit), unsearched=count_unsearched(store))
    parts = passages(text) if answer.verdict not in ("verbatim", "near-verbatim") else []
    if len(parts) < 2 and (not parts or words_of(parts[0]) == words_of(text)):
        return answer
    return replace(answer, passages=tuple(_look_up(store, part, limit) for part in parts))


def _look_up(store: Store, text: str, limit: int) -> Answer:
    asked = words_of(text)
    quotations, exact = search.candidates(store.connection, text)
    rows = search.wordings_of(store.connection, quotations)
    required_bits = search.required_bits(store.connection)
    # Short texts are compared by characters: by words, one changed word would lower the similarity too much.
    coded: Callable[[str], str] = (lambda t: " ".join(words_of(t))) if len(asked) < _FEW else encode
    query = coded(text)
    best: dict[str, tuple[float, bool, str]] = {}
    for quotation, printed, kind, claim in rows:
        other = coded(printed)
        # A printing shorter than the query covers only part of it.
        score = fuzz.partial_ratio(query, other) / 100 * min(1.0, len(other) / max(1, len(query)))
        if score >= _CUTOFF:
            best[claim] = min(best.get(claim, (0.0, True, "")), (-score, kind != "direct", quotation))
    chosen = sorted(best, key=lambda claim: (*best[claim], claim))[: 2 * limit]
    shown = search.printings_of(store, chosen)
    matches = []
    for claim in chosen:
        printing = next(p for p in shown[claim] if p.quotation_id == best[claim][2])
        pieces = diff(text, printing.text)
        verdict = _judge(asked, pieces, printing, required_bits)
        if verdict != "not found":
            others = tuple(p for p in shown[claim] if p is not printing)
            overall = verdict if printing.stance in ("stated", "requested") else cast(Verdict, printing.stance)
            matches.append(Match(overall, verdict, round(-best[claim][0], 3), claim, printing, pieces, others))
    # Among equal wordings, those that were said come first.
    ordered = sorted(
        matches,
        key=lambda m: (_ORDER.index(m.wording_verdict), m.verdict != m.wording_verdict, -m.score, m.claim_id),
    )[:limit]
    claims = 0
    if ordered and exact and information([encode(text)])[0] < required_bits:
        claims = search.claims_with(store.connection, exact)
    if claims > max(_COMMON, limit):
        return Answer(text, "common", tuple(ordered), claims=claims)
    return Answer(text, ordered[0].verdict if ordered else "not found", tuple(ordered))


_ORDER: list[Verdict] = ["verbatim", "near-verbatim", "reported", "altered", "not found"]


def _judge(asked: list[str], pieces: tuple[Piece, ...], printing: Printing, required_bits: float) -> Verdict:
    printed = words_of(printing.text)
    if f" {' '.join(asked)} " in f" {' '.join(printed)} ":
        if len(asked) < MIN_WORDS and len(printed) > len(asked):
            return "not found"
        return "verbatim" if _in_marks(asked, printing) else "reported"
    if len(asked) < MIN_WORDS:
        return "not found"
    within = [(p.kind, words_of(p.asked.text), words_of(p.printed.text)) for p in without_surroundings(pieces)]
    aligned = [word for _, _, found in within for word in found]
    changed = [(a, b) for kind, a, b in within if kind != "equal"]
    edits = sum(max(len(a), len(b)) for a, b in changed)
    turned = any(changes_sense(word) for a, b in changed for word in (*a, *b))
    if 1 - edits / len(asked) >= _NEAR and not turned and _in_marks(aligned, printing):
        return "near-verbatim"
    same = [word for kind, words, _ in within if kind == "equal" for word in words]
    return "altered" if _recognisable(asked, same, aligned, printed, required_bits) else "not found"


def without_surroundings(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return a diff without what is printed before and after the passage asked for, which is no difference."""
    first = 1 if pieces and pieces[0].kind == "inserted" else 0
    last = len(pieces) - 1 if len(pieces) > 1 and pieces[-1].kind == "inserted" else len(pieces)
    return pieces[first:last]


def _recognisable(
    asked: list[str], same: list[str], aligned: list[str], printed: list[str], required_bits: float
) -> bool:
    """Whether enough informative words of the query are printed in order and close together.

    ``same`` are the words in common, ``aligned`` the printed words of the passage. A short query must be more informative
    (``required_bits``), unless at most one word differs from the whole printing.
    """
    equal = len(same)
    short = len(asked) < search.SHORT and max(len(printed), len(asked)) > equal + 1
    if information([encode(" ".join(same))])[0] < (required_bits if short else search.MIN_BITS):
        return False
    return equal >= MIN_WORDS and equal >= _MIN_UNCHANGED * len(asked) and equal >= 0.5 * len(aligned)


def _in_marks(words: list[str], printing: Printing) -> bool:
    """Whether these words are consecutive between quotation marks in the printing."""
    if printing.kind != "mixed":
        return printing.kind == "direct"
    joined = f" {' '.join(words)} "
    return any(joined in f" {' '.join(words_of(span.text))} " for span in printing.verbatim)
