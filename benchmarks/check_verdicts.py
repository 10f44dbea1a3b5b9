"""Whether `quotetrack check` gives the right verdicts on 400 fixed queries.

    python -m benchmarks.check_verdicts --db FILE [--failures] [--json FILE]

``FILE`` is a database of PolNeAR and the English Worldwide Newswire (``quotetrack ingest polnear/data/dev/text
polnear/data/train/text worldwide``); queries about articles that it does not have are left out and counted. The queries are
in ``benchmarks/data/check-queries.jsonl`` as ranges of the articles, with the verdicts that are right
(``benchmarks.check_draw``). A false all-clear is an answer that agrees more than is right: the words ``verbatim`` or ``marks``,
the speaker ``same``, or nothing that speaks against the wording, where the labels say otherwise.

``--draw`` with ``--texts FOLDER…`` draws new queries; only articles with the text of a file in these folders are used.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.check_draw import Query, damaged, draw, load, write
from benchmarks.check_held import DIGITS, Piece
from quotetrack.check import Answer, Match, check
from quotetrack.inputs import read
from quotetrack.model import Article
from quotetrack.store import Store

QUERIES = Path(__file__).resolve().parent / "data" / "check-queries.jsonl"
_AGREEING = ("verbatim", "marks")
_WAYS: dict[str | None, Callable[[str], str | None]] = {None: str, "upper": str.upper, "mojibake": damaged}


@dataclass(frozen=True, slots=True)
class Result:
    """A query as text, with its answer and the milliseconds of processor time it took."""

    query: Query
    text: str
    said_by: str | None
    answer: Answer
    milliseconds: float

    @property
    def words_right(self) -> bool:
        """Whether the verdict on the words is right."""
        return self.answer.words in self.query.words

    @property
    def speaker_right(self) -> bool:
        """Whether the verdict on the speaker is right."""
        return self.query.speaker in (None, self.answer.speaker)

    @property
    def found(self) -> bool:
        """Whether the first match is the claim asked for, or has the same words."""
        if self.query.at is None:
            return True
        matches = self.answer.matches or [match for one in self.answer.passages for match in one.matches[:1]]
        same = self.answer.words in (*_AGREEING, "reported", "printed", "common")
        return bool(matches) and (same or any(_covers(match, self.query.at) for match in matches[:1]))

    @property
    def false_alarm(self) -> bool:
        """Whether a wording that is right is not said to be."""
        return self.query.clear and not self.answer.as_asked

    @property
    def false_clear(self) -> bool:
        """Whether the answer agrees more than is right."""
        words = self.answer.words in _AGREEING and not set(_AGREEING) & set(self.query.words)
        speaker = self.answer.speaker == "same" and self.query.speaker not in (None, "same")
        return words or speaker or (not self.query.clear and (self.answer.right or self.answer.as_asked))


def main() -> None:
    """Ask everything and print the table, or draw queries."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--db", type=Path, required=True)
    options.add_argument("--failures", action="store_true", help="print each query that is answered wrongly")
    options.add_argument("--part", choices=["dev", "held"], help="only this half of the articles")
    options.add_argument("--queries", type=Path, default=QUERIES)
    options.add_argument("--draw", action="store_true", help="draw new queries and write them to --queries")
    options.add_argument("--texts", type=Path, nargs="+", default=[])
    options.add_argument("--seed", type=int, default=5)
    record.add_option(options)
    given = options.parse_args()
    with Store.open(given.db, read_only=True) as store:
        if given.draw:
            write(given.queries, draw(store, _hashes(given.texts), given.seed))
            return
        results, left_out = answers(store, [one for one in load(given.queries) if given.part in (None, one.part)])
    figures = {part: table([one for one in results if one.query.part == part]) for part in ("dev", "held")}
    for part, rows in figures.items():
        print(
            f"\n{part}\n| queries | number | words | speaker | first match | false all-clears | false alarms |\n|---|---|---|---|---|---|---|"
        )
        for row in rows:
            print("|", " | ".join(str(value) for value in row.values()), "|")
    times = sorted(one.milliseconds for one in results)
    median, p95 = (round(times[int(len(times) * share)]) for share in (0.5, 0.95))
    print(f"\n{left_out} left out; median {median} ms, p95 {p95} ms of processor time")
    for one in results if given.failures else ():
        _explain(one)
    record.write(given.json, {"left_out": left_out, "median_ms": median, "p95_ms": p95, **figures})


def answers(store: Store, queries: Sequence[Query]) -> tuple[list[Result], int]:
    """Ask the queries whose articles are in the database; also returns the number of those that are left out."""
    texts = dict(store.connection.execute("SELECT left(sha256, ?), text FROM articles", [DIGITS]).fetchall())
    found = []
    for query in queries:
        pieces = [*query.pieces, *(query.said_by or ())]
        if any(not isinstance(piece, str) and piece[0] not in texts for piece in pieces):
            continue
        text = _WAYS[query.way](_text(query.pieces, texts))
        assert text is not None
        said_by = _text(query.said_by, texts) if query.said_by else None
        started = time.process_time()
        answer = check(store, text, said_by)
        found.append(Result(query, text, said_by, answer, 1000 * (time.process_time() - started)))
    return found, len(queries) - len(found)


def table(results: Sequence[Result]) -> list[dict[str, Any]]:
    """The figures of each kind of query, and of all."""
    rows = []
    for kind in [*dict.fromkeys(one.query.kind for one in results), "all"]:
        some = [one for one in results if kind in (one.query.kind, "all")]
        rows.append(
            {
                "queries": kind,
                "number": len(some),
                "words_right": sum(one.words_right for one in some),
                "speaker_right": sum(one.speaker_right for one in some),
                "first": sum(one.found for one in some),
                "false_clear": sum(one.false_clear for one in some),
                "false_alarm": sum(one.false_alarm for one in some),
            }
        )
    return rows


def _explain(one: Result) -> None:
    if one.words_right and one.speaker_right and one.found and not one.false_clear and not one.false_alarm:
        return
    wrong = [name for name, is_so in (("words", not one.words_right), ("speaker", not one.speaker_right), ("first", not one.found), ("CLEAR", one.false_clear), ("alarm", one.false_alarm)) if is_so]  # fmt: skip
    print(
        f"\n{one.query.part} {one.query.kind} {wrong}: {one.text!r} said by {one.said_by}, wanted {one.query.words} {one.query.speaker}"
    )
    print(f"    {one.answer.words}, {one.answer.speaker}, {one.answer.warnings}")
    for match in (one.answer.matches or one.answer.nearest)[:2]:
        print(
            f"    {match.words} {match.before[-70:]!r} {match.place.text!r} {match.after[:40]!r} {match.printing and match.printing.speakers}"
        )
        print("       ", [(c.kind, c.asked and c.asked.text, c.printed and c.printed.text) for c in match.changes])


def _covers(match: Match, at: tuple[str, int, int]) -> bool:
    """Whether the match, or another printing of its claim, is at this place."""
    sha, start, end = at
    places = [(match.place.sha256, match.place.start, match.place.end)]
    places += [(one.sha256, one.start, one.end) for one in match.printings]
    return any(key.startswith(sha) and first < end and start < last for key, first, last in places)


def _text(pieces: Sequence[Piece], texts: Mapping[str, str]) -> str:
    return "".join(one if isinstance(one, str) else texts[one[0]][one[1] : one[2]] for one in pieces)


def _hashes(folders: Sequence[Path]) -> set[str]:
    """Hashes of the texts of all files in the folders, as they are ingested."""
    files = sorted(path for folder in folders for path in folder.rglob("*.txt"))
    return {one.sha256 for path in files for one in read(path) if isinstance(one, Article)}


if __name__ == "__main__":
    main()
