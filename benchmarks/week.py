"""A week of work on generated articles, step by step, for ``benchmarks.kills``.

A small rule takes the place of the models: words in quotation marks before ``said`` and a name are a quotation.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotetrack.corrections import decisions
from quotetrack.jobs import analysis
from quotetrack.jobs.correct import correct
from quotetrack.jobs.ingest import ingest
from quotetrack.jobs.known import import_speakers
from quotetrack.link.known import Known
from quotetrack.model import Quotation, Span, Speaker
from quotetrack.read.speakers import list_speakers
from quotetrack.report.site import write_site
from quotetrack.store import Store

_SAID = re.compile(r"(?P<words>“[^”]+”) said (?P<name>[A-Z]\w+ [A-Z]\w+)")
_FIRST = ["Ruth", "Anton", "Mara", "Jonas", "Edda", "Piet", "Lena", "Hugo"]
_LAST = ["Vale", "Lund", "Osei", "Brandt", "Kerr", "Amsel", "Dahl", "Rook", "Tamm", "Voss"]
_WORDS = [
    "the",
    "harbour",
    "will",
    "stay",
    "closed",
    "until",
    "the",
    "storm",
    "has",
    "passed",
    "and",
    "every",
    "crew",
    "is",
    "safely",
    "home",
    "again",
    "because",
    "nobody",
    "in",
    "this",
    "town",
    "wants",
    "another",
    "winter",
    "like",
    "the",
    "last",
    "one",
    "when",
    "ferry",
    "captains",
    "waited",
    "for",
    "orders",
    "that",
    "never",
    "came",
    "from",
    "the",
    "council",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the week: its name and what it does with the database and the folder of pages."""

    name: str
    run: Callable[[Path, Path], object]


def analyse(texts: Sequence[str]) -> analysis.Analysed:
    """What ``analysis.analyse`` does, by a rule instead of the models."""
    return [(number, _quotations(text), "") for number, text in enumerate(texts)]


def _quotations(text: str) -> list[Quotation]:
    return [
        Quotation(
            kind="direct",
            content=(Span.of(text, *match.span("words")),),
            source=Span.of(text, *match.span("name")),
            speaker=Speaker(match["name"], "person"),
            method="name",
            confidence=0.9,
            speaker_confidence=0.9,
        )
        for match in _SAID.finditer(text)
    ]


def write_articles(folder: Path, numbers: Sequence[int], edition: int, seed: int) -> Path:
    """Write generated articles to ``folder``; another ``edition`` has the same URLs and other words. Returns the folder."""
    folder.mkdir(parents=True)
    for number in numbers:
        draw = random.Random(f"{seed} {number} {edition}")
        shared = random.Random(f"{seed} {number // 3}")  # three articles print the same statement
        said = [_statement(shared), *(_statement(draw) for _ in range(3))]
        lines = [
            f"URL: https://post.example/{number}",
            f"Outlet: Paper {number % 7}",
            f"Date: 2026-03-{number % 28 + 1:02}",
        ]
        paragraphs = [f"{words} {' '.join(draw.sample(_WORDS, 8)).capitalize()}." for words in said]
        (folder / f"{number:05}.txt").write_text("\n".join([*lines, "", *paragraphs]), encoding="utf-8")
    return folder


def write_withdrawn(folder: Path, number: int) -> Path:
    """Write an article whose words are all withdrawn to ``folder``: nothing of it is left but its text. Returns the folder."""
    folder.mkdir()
    lines = [f"URL: https://post.example/{number}", "Outlet: Paper 1", "", "This article was withdrawn."]
    (folder / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _statement(draw: random.Random) -> str:
    words = " ".join(draw.sample(_WORDS, 14))
    return f"“{words.capitalize()},” said {draw.choice(_FIRST)} {draw.choice(_LAST)}."


def week(work: Path, articles: int, seed: int, days: int) -> list[Step]:
    """The steps of some days, on articles that are written to ``work``."""
    steps: list[Step] = []
    each = max(articles // days, 6)
    for day in range(days):
        numbers = range(day * each, (day + 1) * each)
        new = write_articles(work / f"new{day}", numbers, 0, seed)
        changed = write_articles(work / f"changed{day}", numbers[::4], 1, seed)
        steps += [
            Step("ingest of new articles", _ingest(new)),
            Step("ingest of changed articles", _ingest(changed)),
            Step("withdrawal of articles", _ingest(write_withdrawn(work / f"withdrawn{day}", numbers[1]))),
            Step("import of speakers", _import(day)),
            Step("correction", _merge),
            Step("correction", _rename(day)),
            Step("correction", _reject),
            Step("undo", _undo),
            Step("report", _report),
        ]
    return steps


def _ingest(folder: Path) -> Callable[[Path, Path], object]:
    def run(database: Path, _: Path) -> None:
        with Store.open(database) as store:
            ingest(store, [folder], workers=1)

    return run


def _import(day: int) -> Callable[[Path, Path], object]:
    def run(database: Path, _: Path) -> None:
        known = Known(
            f"known{day}", f"{_FIRST[7 - day]} {_LAST[day]}", "person", f"Q{day + 100}", (f"La {_LAST[day]}",)
        )
        with Store.open(database) as store:
            import_speakers(store, [known])

    return run


def _speakers(store: Store) -> list[str]:
    """Identifiers of the persons, most quoted first."""
    return [one.speaker_id for one in list_speakers(store, None, "person", 50)]


def _merge(database: Path, _: Path) -> None:
    with Store.open(database) as store:
        one, *_rest, other = _speakers(store)
        correct(store, decisions.merge, one, other, "a reason", "ann")


def _rename(day: int) -> Callable[[Path, Path], object]:
    def run(database: Path, _: Path) -> None:
        with Store.open(database) as store:
            correct(store, decisions.rename, _speakers(store)[day + 1], f"Renamed Number{day}", "a reason", "ann")

    return run


def _reject(database: Path, _: Path) -> None:
    with Store.open(database) as store:
        [(key,)] = store.connection.execute("SELECT min(quotation_id) FROM corrected_quotations").fetchall()
        correct(store, decisions.reject, key, "a reason", "ann")


def _undo(database: Path, _: Path) -> None:
    with Store.open(database) as store:
        [(number,)] = store.connection.execute(
            "SELECT min(correction_id) FROM corrections WHERE undone_at IS NULL"
        ).fetchall()
        correct(store, decisions.undo, number, "ann")


def _report(database: Path, pages: Path) -> None:
    with Store.open(database, read_only=True) as store:
        write_site(store, pages)
