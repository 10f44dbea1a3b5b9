"""Who said this? The printings closest to a wording, how they differ from it, and a verdict.

Closest is by rapidfuzz over words: the wording asked for may be the whole of what was printed, a part of it, or more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from rapidfuzz import fuzz

from quotetrack.check.diff import Operation, aligned, compare
from quotetrack.check.passages import FEWEST_WORDS, passages
from quotetrack.cluster.windows import information
from quotetrack.cluster.wordings import encode
from quotetrack.cluster.words import changes_sense, words_of
from quotetrack.errors import UsageError
from quotetrack.read import search
from quotetrack.read.counts import count_unsearched
from quotetrack.read.printing import Printing
from quotetrack.store import Store

Verdict = Literal[
    "verbatim", "near-verbatim", "altered", "reported", "common", "not found",
    "denied", "asked", "declined", "hypothetical", "believed",
]  # fmt: skip

_CUTOFF = 0.6  # below this share of like words nothing is called the same
_NEAR = 0.92
_HELD = 0.65  # of the words asked for: less is not recognisable
_FEW = 10  # words; below this, wordings are compared by characters
_COMMON = 5  # claims; where more hold the same few words, these do not tell which is meant


@dataclass(frozen=True, slots=True)
class Match:
    """A claim like what was asked. ``score`` is in 0..1; ``diff`` turns the wording printed into the one asked for.

    ``wording_verdict`` judges the words alone; ``verdict`` is the same where they were said, and else the stance.
    """

    verdict: Verdict
    wording_verdict: Verdict
    score: float
    claim_id: str
    printing: Printing
    diff: tuple[Operation, ...]
    others: tuple[Printing, ...] = field(default=())

    @property
    def printings(self) -> tuple[Printing, ...]:
        return (self.printing, *self.others)

    @property
    def reports(self) -> int:
        """How many articles print it, copies of one counted once."""
        return len({p.report_id for p in self.printings})

    @property
    def elsewhere_given_to(self) -> tuple[str, ...]:
        """Whom other printings name as the speaker where they name none of those of this one."""
        own = set(self.printing.speakers)
        return tuple(sorted({s for p in self.others if own and not own & set(p.speakers) for s in p.speakers}))


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict on a wording, and the claims it rests on, best first.

    ``passages``: the same for each passage of a longer text, unless the whole of it was found word for word. ``claims``:
    how many hold the words where they are ``common``, some of which are ``matches``; else 0. ``unsearched``: how many
    quotations of the database were not looked at, since the run that stored them was stopped before it made claims.
    """

    asked: str
    verdict: Verdict
    matches: tuple[Match, ...]
    passages: tuple[Answer, ...] = ()
    claims: int = 0
    unsearched: int = 0


def check(store: Store, text: str, limit: int = 5) -> Answer:
    """Look ``text`` up among all printings; at most ``limit`` claims. Raises ``UsageError`` where it holds no words.

    ``verbatim``: printed word for word between quotation marks. ``near-verbatim``: but for a word or so, none of them a
    negation or a number. ``altered``: recognisable, with words changed. ``reported``: word for word, but as the
    article's own words and not between marks. ``common``: so few and common words that many claims hold them, word for word.
    ``denied``, ``asked``, ``declined``, ``hypothetical``, ``believed``: printed, but not as said; nothing else is closer.
    ``not found``: none of these. A text of several sentences is looked up as a whole and passage by passage.
    """
    if not words_of(text):
        raise UsageError("There are no words to check; give the quotation as one argument, in quotation marks.")
    answer = replace(_look_up(store, text, limit), unsearched=count_unsearched(store))
    parts = passages(text) if answer.verdict not in ("verbatim", "near-verbatim") else []
    if len(parts) < 2 and (not parts or words_of(parts[0]) == words_of(text)):
        return answer
    return replace(answer, passages=tuple(_look_up(store, part, limit) for part in parts))


def _look_up(store: Store, text: str, limit: int) -> Answer:
    asked = words_of(text)
    quotations, exact = search.candidates(store.connection, text)
    rows = search.wordings_of(store.connection, quotations)
    telling = search.telling(store.connection)
    # Few words leave a window of few words: one changed word in the middle then hides the rest. Characters are finer.
    coded: Callable[[str], str] = (lambda t: " ".join(words_of(t))) if len(asked) < _FEW else encode
    query = coded(text)
    best: dict[str, tuple[float, bool, str]] = {}
    for quotation, printed, kind, claim in rows:
        other = coded(printed)
        # A printing shorter than what is asked covers only a part of it.
        score = fuzz.partial_ratio(query, other) / 100 * min(1.0, len(other) / max(1, len(query)))
        if score >= _CUTOFF:
            best[claim] = min(best.get(claim, (0.0, True, "")), (-score, kind != "direct", quotation))
    chosen = sorted(best, key=lambda claim: (*best[claim], claim))[: 2 * limit]
    shown = search.printings_of(store, chosen)
    matches = []
    for claim in chosen:
        printing = next(p for p in shown[claim] if p.quotation_id == best[claim][2])
        verdict, diff = _judge(asked, printing, telling)
        if verdict != "not found":
            others = tuple(p for p in shown[claim] if p is not printing)
            said = verdict if printing.stance in ("stated", "requested") else cast(Verdict, printing.stance)
            matches.append(Match(said, verdict, round(-best[claim][0], 3), claim, printing, diff, others))
    # Of two that print the words, the one that prints them as said comes first.
    ordered = sorted(
        matches,
        key=lambda m: (_ORDER.index(m.wording_verdict), m.verdict != m.wording_verdict, -m.score, m.claim_id),
    )[:limit]
    claims = 0
    if ordered and exact and information([encode(text)])[0] < telling:
        claims = search.claims_with(store.connection, exact)
    if claims > max(_COMMON, limit):
        return Answer(text, "common", tuple(ordered), claims=claims)
    return Answer(text, ordered[0].verdict if ordered else "not found", tuple(ordered))


_ORDER: list[Verdict] = ["verbatim", "near-verbatim", "reported", "altered", "not found"]


def _judge(asked: list[str], printing: Printing, telling: float) -> tuple[Verdict, tuple[Operation, ...]]:
    printed = words_of(printing.text)
    diff = compare(asked, printed)
    verdict: Verdict
    changed = [op for op in diff if op.kind in ("insert", "delete", "replace")]
    if not changed:
        if len(asked) < FEWEST_WORDS and len(printed) > len(asked):
            return "not found", diff
        return ("verbatim" if _in_marks(asked, printing) else "reported"), diff
    if len(asked) < FEWEST_WORDS:
        return "not found", diff
    words = [w for op in changed for w in (*op.asked, *op.printed)]
    edits = sum(max(len(op.asked), len(op.printed)) for op in changed)
    share = 1 - edits / max(len(asked), 1)
    if share >= _NEAR and not any(changes_sense(w) for w in words) and _in_marks(aligned(diff), printing):
        verdict = "near-verbatim"
    elif _recognisable(asked, diff, telling):
        verdict = "altered"
    else:
        verdict = "not found"
    return verdict, diff


def _recognisable(asked: list[str], diff: tuple[Operation, ...], telling: float) -> bool:
    """Most of the words asked for, in their order and close together: words scattered over a long text are no match, and
    neither are a few that any sentence may hold, unless they are all that was printed but for one word."""
    same = [word for op in diff if op.kind == "equal" for word in op.asked]
    equal = len(same)
    least = search.TELLING
    printed = sum(len(op.printed) for op in diff)
    if len(asked) < search.SHORT and max(printed, len(asked)) > equal + 1:
        least = telling
    if information([encode(" ".join(same))])[0] < least:
        return False
    return equal >= FEWEST_WORDS and equal >= _HELD * len(asked) and equal >= 0.5 * len(aligned(diff))


def _in_marks(words: list[str], printing: Printing) -> bool:
    """Whether these words stand in a row between quotation marks of the printing."""
    if printing.kind != "mixed":
        return printing.kind == "direct"
    joined = f" {' '.join(words)} "
    return any(joined in f" {' '.join(words_of(span.text))} " for span in printing.verbatim)
