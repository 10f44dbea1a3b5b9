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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import record
from benchmarks.week import Step, analyse, week
from quotetrack.errors import DatabaseError
from quotetrack.jobs import analysis
from quotetrack.jobs.refresh import complete
from quotetrack.store import Store

DAYS = 5
TRIES = 9  # times a step is put back because a kill came too late
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
    "article_versions": "version_id, article_id, outlet, url, title, location, sha256, removed",
    "version_quotations": "*",
    "version_sources": "*",
    "version_spans": "*",
    "version_passages": "*",
    "other_inputs": "*",
}
# When a version was first seen and replaced, and the hashes of pages, which depend on that.
_TIME = re.compile(rb'\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?:Z| UTC)|"[0-9a-f]{64}"')
State = dict[str, str]


def seen(database: Path) -> State:
    """A hash of each table as a reader sees it; empty before there is a database that can be read."""
    try:
        opened = Store.open(database, read_only=True)
    except DatabaseError:  # missing, or its schema is incomplete because its creation was stopped
        return {}
    with opened as store:
        found = {
            table: hashlib.sha256(
                repr(store.connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()).encode()
            ).hexdigest()
            for table, columns in _TABLES.items()
        }
        articles = store.connection.execute("SELECT count(*) FROM articles").fetchall()[0][0]
    return found if articles else {}


def pages_of(folder: Path) -> State:
    """A hash of each page without the times of ingest that pages of edited articles have, and of the list of pages without their hashes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(_TIME.sub(b"", path.read_bytes())).hexdigest()
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


@dataclass(slots=True)
class Undisturbed:
    """The states before the first and after each step, the seconds of each step, and the pages after each report."""

    states: list[State]
    durations: list[float]
    pages: dict[int, State]


def undisturbed(steps: Sequence[Step], database: Path) -> Undisturbed:
    """Do the week without kills."""
    database.parent.mkdir()
    found = Undisturbed([seen(database)], [], {})
    for number, step in enumerate(steps):
        found.durations.append(in_child(step, database, database.with_name("pages"))[1])
        found.states.append(seen(database))
        if step.name == "report":
            found.pages[number] = pages_of(database.with_name("pages"))
    return found


def killed(
    step: Step, database: Path, states: Sequence[State], seconds: float, kills: int, draw: random.Random
) -> tuple[int, list[str]]:
    """Do a step with up to ``kills`` kills within its ``seconds``, and complete it.

    ``states`` are those before and after it. Returns the number of kills, and every other state that a reader saw.
    """
    pages, before = database.with_name("pages"), database.parent.with_name("before")
    count, again, done = 0, 0, False
    between: list[str] = []
    while count < kills and not done:
        shutil.copytree(database.parent, before)
        done, took = in_child(step, database, pages, draw.uniform(0, seconds))
        state = seen(database)
        if state not in states:
            between.append(f"{step.name}: {_differing(state, states[1])}")
        if done and again < TRIES:  # the kill came too late: put everything back and kill again
            shutil.rmtree(database.parent)
            shutil.copytree(before, database.parent)
            done, again, seconds = False, again + 1, min(took, seconds)
        else:
            count += not done
            done = done or (state == states[1] != states[0])
        shutil.rmtree(before)
    if not done:
        in_child(step, database, pages)
    elif Path(f"{database}.reading").exists():  # killed between its last change and its end
        with Store.open(database) as store:
            complete(store)
    return count, between


def measure(work: Path, articles: int, kills: int, seed: int, days: int = DAYS) -> dict[str, object]:
    """Do the week undisturbed and with ``kills`` kills; returns the figures, with everything that differs."""
    analysis.analyse, analysis.load = analyse, lambda *_: None  # type: ignore[assignment]
    steps = week(work, articles, seed, days)
    calm = undisturbed(steps, work / "calm" / "a.duckdb")
    database = work / "disturbed" / "a.duckdb"
    database.parent.mkdir()
    draw = random.Random(seed)
    counts: Counter[str] = Counter()
    between: list[str] = []
    different: list[str] = []
    for number, step in enumerate(steps):
        due = kills * (number + 1) // len(steps) - counts.total()
        count, found = killed(step, database, calm.states[number : number + 2], calm.durations[number], due, draw)
        counts[step.name] += count
        between += found
        if (state := seen(database)) != calm.states[number + 1]:
            different.append(f"{step.name} ({number}): {_differing(state, calm.states[number + 1])}")
        if number in calm.pages and (pages := pages_of(database.with_name("pages"))) != calm.pages[number]:
            different.append(f"{step.name} ({number}): {_differing(pages, calm.pages[number])}")
        print(f"{number + 1} of {len(steps)} steps, {counts.total()} kills", file=sys.stderr, flush=True)
    return {
        "articles": articles, "steps": len(steps), "seed": seed, "kills": counts.total(), "by_step": dict(sorted(counts.items())),
        "states_between": between, "different_at_the_end": different, "seconds_undisturbed": round(sum(calm.durations)),
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
