"""Who said this? The printings closest to a wording, how they differ from it, and a verdict.

Closest is by rapidfuzz over words: the wording asked for may be the whole of what was printed, a part of it, or more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz, process

from quotetrack.check.diff import Operation, aligned, compare
from quotetrack.cluster.words import Alphabet, changes_sense, words_of
from quotetrack.errors import UsageError
from quotetrack.parse.paragraphs import paragraphs
from quotetrack.parse.quoted import quoted_stretches
from quotetrack.store import Store

Verdict = Literal["verbatim", "near-verbatim", "altered", "reported", "not found"]

_CUTOFF = 60.0  # below this share of like words nothing is called the same
_FEWEST_WORDS = 3  # fewer stand in too many articles to tell who said them
_NEAR = 0.92
_SHORT = 10  # words; below this, wordings are compared by characters


@dataclass(frozen=True, slots=True)
class Printing:
    """One place where a claim was printed. ``start`` and ``end`` count characters of the article's text."""

    quotation_id: str
    kind: str
    speakers: tuple[str, ...]
    role: str | None
    published: str | None
    outlet: str | None
    title: str | None
    url: str | None
    wording: str
    article_id: str
    sha256: str
    start: int
    end: int
    source: str | None
    method: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Match:
    """A claim like what was asked. ``score`` is in 0..1; ``diff`` turns the wording printed into the one asked for."""

    verdict: Verdict
    score: float
    claim_id: str
    printing: Printing
    diff: tuple[Operation, ...]
    others: tuple[Printing, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict on a wording, and the claims it rests on, best first."""

    asked: str
    verdict: Verdict
    matches: tuple[Match, ...]


def check(store: Store, text: str, limit: int = 5) -> Answer:
    """Look ``text`` up among all printings; at most ``limit`` claims. Raises ``UsageError`` where it holds no words.

    ``verbatim``: printed word for word between quotation marks. ``near-verbatim``: but for a word or so, none of them a
    negation or a number. ``altered``: recognisable, with words changed. ``reported``: word for word, but as the
    article's own words and not between marks. ``not found``: none of these.
    """
    asked = words_of(text)
    if not asked:
        raise UsageError("There are no words to check; give the quotation as one argument, in quotation marks.")
    rows = store.connection.execute(_PRINTINGS).fetchall()
    # Few words leave a window of few words: one changed word in the middle then hides the rest. Characters are finer.
    alphabet = Alphabet()
    encode = " ".join if len(asked) < _SHORT else alphabet.encode
    coded = [encode(words_of(row[1])) for row in rows]
    query = encode(asked)
    scorer = fuzz.partial_ratio
    found = process.extract(query, coded, scorer=scorer, score_cutoff=_CUTOFF, limit=None)
    # A printing shorter than what is asked covers only a part of it.
    ranked = sorted(
        ((score / 100 * min(1.0, len(code) / len(query)), index) for code, score, index in found),
        key=lambda pair: (-pair[0], rows[pair[1]][2] != "direct", rows[pair[1]][0]),
    )
    matches: dict[str, Match] = {}
    for score, index in ranked[: 20 * limit]:
        if score < _CUTOFF / 100 or len(matches) >= limit:
            break
        row = rows[index]
        if row[3] not in matches:
            verdict, diff = _judge(store, asked, row, score)
            if verdict != "not found":
                matches[row[3]] = Match(verdict, round(score, 3), row[3], _printing(row), diff, _others(rows, row))
    ordered = sorted(matches.values(), key=lambda m: (_ORDER.index(m.verdict), -m.score, m.claim_id))
    return Answer(text, ordered[0].verdict if ordered else "not found", tuple(ordered))


_ORDER: list[Verdict] = ["verbatim", "near-verbatim", "reported", "altered", "not found"]
_PRINTINGS = """
SELECT q.quotation_id, q.text, q.kind, cq.claim_id,
       list(p.name ORDER BY p.name) FILTER (p.name IS NOT NULL) AS speakers, q.role, a.published, a.outlet, a.title,
       a.url, a.article_id, a.sha256,
       (SELECT min(start_char) FROM spans s WHERE s.quotation_id = q.quotation_id AND part = 'content'),
       (SELECT max(end_char) FROM spans s WHERE s.quotation_id = q.quotation_id AND part = 'content'),
       o.text, o.method, q.confidence
FROM quotations q JOIN claim_quotations cq USING (quotation_id) JOIN articles a USING (article_id)
LEFT JOIN source_speakers ss USING (source_id) LEFT JOIN speakers p USING (speaker_id)
LEFT JOIN sources o ON o.source_id = q.source_id
GROUP BY ALL ORDER BY a.published NULLS LAST, q.quotation_id
"""


def _judge(store: Store, asked: list[str], row: tuple, score: float) -> tuple[Verdict, tuple[Operation, ...]]:  # type: ignore[type-arg]
    printed = words_of(row[1])
    diff = compare(asked, printed)
    verdict: Verdict
    changed = [op for op in diff if op.kind in ("insert", "delete", "replace")]
    if not changed:
        if len(asked) < _FEWEST_WORDS and len(printed) > len(asked):
            return "not found", diff
        return ("verbatim" if _in_marks(store, asked, row) else "reported"), diff
    if len(asked) < _FEWEST_WORDS:
        return "not found", diff
    words = [w for op in changed for w in (*op.asked, *op.printed)]
    edits = sum(max(len(op.asked), len(op.printed)) for op in changed)
    share = 1 - edits / max(len(asked), 1)
    if share >= _NEAR and not any(changes_sense(w) for w in words) and _in_marks(store, aligned(diff), row):
        verdict = "near-verbatim"
    elif _recognisable(asked, diff):
        verdict = "altered"
    else:
        verdict = "not found"
    return verdict, diff


def _recognisable(asked: list[str], diff: tuple[Operation, ...]) -> bool:
    """Most of the words asked for, in their order and close together: words scattered over a long text are no match."""
    equal = sum(len(op.asked) for op in diff if op.kind == "equal")
    return equal >= _FEWEST_WORDS and equal >= 0.65 * len(asked) and equal >= 0.5 * len(aligned(diff))


def _in_marks(store: Store, words: list[str], row: tuple) -> bool:  # type: ignore[type-arg]
    """Whether these words stand in a row between quotation marks of the printing."""
    if row[2] == "indirect":
        return False
    if row[2] == "direct":
        return True
    found = store.connection.execute("SELECT text FROM articles WHERE article_id = ?", [row[10]]).fetchone()
    if found is None:
        return False
    text: str = found[0]
    joined = " ".join(words)
    return any(
        f" {joined} " in f" {' '.join(words_of(text[q.inner_start : q.inner_end]))} "
        for q in quoted_stretches(text, paragraphs(text))
        if q.start < row[13] and row[12] < q.end
    )


def _printing(row: tuple) -> Printing:  # type: ignore[type-arg]
    return Printing(
        quotation_id=row[0], kind=row[2], speakers=tuple(row[4] or ()), role=row[5], published=row[6], outlet=row[7],
        title=row[8], url=row[9], wording=row[1], article_id=row[10], sha256=row[11], start=row[12], end=row[13],
        source=row[14], method=row[15], confidence=row[16],
    )  # fmt: skip


def _others(rows: list[tuple], row: tuple) -> tuple[Printing, ...]:  # type: ignore[type-arg]
    return tuple(_printing(r) for r in rows if r[3] == row[3] and r[0] != row[0])
