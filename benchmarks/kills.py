"""Kills runs at random moments and compares what is left with an undisturbed run.

    python -m benchmarks.kills [--kills 200] [--articles 500] [--seed 1] [--json FILE]

A week of work on generated articles is done step by step: ingest new articles, ingest articles that were changed or
withdrawn, import known speakers, correct, undo, write the report. It is done once undisturbed and once with SIGKILL at
seeded moments of each step, after which the step is repeated, as a user would. After each kill a reader must see the state
before or after the step, and nothing between; at the end all tables and pages must be those of the undisturbed run.

A small rule takes the place of the models (words in quotation marks before ``said`` and a name), so that the time is
spent in storing, linking, clustering and settling. Prints a Markdown table of the kills by step.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import record
from quotetrack.corrections import decisions
from quotetrack.jobs import analysis
from quotetrack.jobs.correct import correct
from quotetrack.jobs.ingest import ingest
from quotetrack.jobs.known import import_speakers
from quotetrack.jobs.refresh import complete
from quotetrack.link.known import Known
from quotetrack.model import Quotation, Span, Speaker
from quotetrack.read.speakers import list_speakers
from quotetrack.report.site import write_site
from quotetrack.store import Store

DAYS = 5
TRIES = 9  # times a step is put back because a kill came too late
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
# Times of writing differ between any two runs; numbers of wordings are given in the order of arrival.
_TABLES = {
    "articles": "article_id, outlet, url, title, published, location, sha256",
    "quotations": "*",
    "sources": "*",
    "spans": "*",
    "passages": "*",
    "marked_stretches": "*",
    "speakers": "*",
    "source_speakers": "*",
    "aliases": "*",
    "roles": "*",
    "claims": "*",
    "claim_quotations": "*",
    "repairs": "*",
    "article_copies": "*",
    "article_origins": "*",
    "known_speakers": "*",
    "corrections": "correction_id, kind, summary, details, why, made_by, undone_by, undone_at IS NULL",
    "correction_effects": "*",
    "rejections": "*",
    "decided_sources": "*",
    "failures": "location, reason",
}
State = dict[str, str]


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


def seen(database: Path) -> State:
    """A hash of each table as a reader sees it; empty before there is a database."""
    if not database.exists():
        return {}
    with Store.open(database, read_only=True) as store:
        found = {
            table: hashlib.sha256(
                repr(store.connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()).encode()
            ).hexdigest()
            for table, columns in _TABLES.items()
        }
        articles = store.connection.execute("SELECT count(*) FROM articles").fetchall()[0][0]
    return found if articles else {}


def pages_of(folder: Path) -> State:
    """A hash of each page."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def in_child(step: Step, database: Path, pages: Path, killed_after: float | None = None) -> tuple[bool, float]:
    """Run a step in a process, and kill it after some seconds; returns whether it had ended before, and how long it took."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            step.run(database, pages)
            code = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)
    if killed_after is not None:
        while time.monotonic() < began + killed_after:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return _ended(step, status), time.monotonic() - began
            time.sleep(0.001)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False, time.monotonic() - began
    return _ended(step, status), time.monotonic() - began


def _ended(step: Step, status: int) -> bool:
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"The step '{step.name}' failed.")
    return True


def measure(work: Path, articles: int, kills: int, seed: int, days: int = DAYS) -> dict[str, object]:
    """Do the week undisturbed and with ``kills`` kills; returns the figures, with everything that differs."""
    analysis.analyse, analysis._load = analyse, lambda *_: None  # type: ignore[assignment]
    steps = week(work, articles, seed, days)
    calm, disturbed = work / "calm" / "a.duckdb", work / "disturbed" / "a.duckdb"
    for path in (calm, disturbed):
        path.parent.mkdir()
    states, durations, written = [seen(calm)], [], {}
    for number, step in enumerate(steps):
        durations.append(in_child(step, calm, calm.with_name("pages"))[1])
        states.append(seen(calm))
        if step.name == "report":
            written[number] = pages_of(calm.with_name("pages"))
    draw = random.Random(seed)
    killed: Counter[str] = Counter()
    between: list[str] = []
    different: list[str] = []
    for number, step in enumerate(steps):
        done, again = False, 0
        while not done and killed.total() < kills * (number + 1) // len(steps):
            before = shutil.copytree(disturbed.parent, work / "before", dirs_exist_ok=False)
            moment = draw.uniform(0, durations[number])
            done, took = in_child(step, disturbed, disturbed.with_name("pages"), moment)
            state = seen(disturbed)
            if state not in (states[number], states[number + 1]):
                between.append(f"{step.name} ({number}): {_differing(state, states[number + 1])}")
            if done and again < TRIES:  # the kill came too late: put everything back and kill again
                shutil.rmtree(disturbed.parent)
                shutil.copytree(before, disturbed.parent)
                done, again, durations[number] = False, again + 1, min(took, durations[number])
            else:
                killed[step.name] += not done
                done = done or (state == states[number + 1] != states[number])
            shutil.rmtree(before)
        if not done:
            in_child(step, disturbed, disturbed.with_name("pages"))
        elif (left := Path(f"{disturbed}.reading")).exists():
            with Store.open(disturbed) as store:
                complete(store)
            between += [f"{step.name}: {left.name} is left"] if left.exists() else []
        print(f"{number + 1} of {len(steps)} steps, {killed.total()} kills", file=sys.stderr, flush=True)
        if (state := seen(disturbed)) != states[number + 1]:
            different.append(f"{step.name} ({number}): {_differing(state, states[number + 1])}")
        if number in written and (found := pages_of(disturbed.with_name("pages"))) != written[number]:
            different.append(f"{step.name} ({number}): {_differing(found, written[number])}")
    return {
        "articles": articles, "steps": len(steps), "seed": seed, "kills": killed.total(), "by_step": dict(sorted(killed.items())),
        "states_between": between, "different_at_the_end": different, "seconds_undisturbed": round(sum(durations)),
    }  # fmt: skip


def _differing(one: State, other: State) -> list[str]:
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def main() -> None:
    """Run the week and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--articles", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    record.add_option(options)
    given = options.parse_args()
    work = Path(tempfile.mkdtemp())
    try:
        figures = measure(work, given.articles, given.kills, given.seed)
    finally:
        shutil.rmtree(work)
    print("| step | kills |\n|---|---|")
    for name, count in figures["by_step"].items():  # type: ignore[attr-defined]
        print(f"| {name} | {count} |")
    print(json.dumps({key: figures[key] for key in ("kills", "states_between", "different_at_the_end")}, indent=1))
    record.write(given.json, figures)
    sys.exit(1 if figures["states_between"] or figures["different_at_the_end"] else 0)


if __name__ == "__main__":
    main()
