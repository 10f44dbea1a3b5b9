"""Reads and ingests hostile inputs in child processes with limits, and notes what falls short, for ``benchmarks.hostile``."""

from __future__ import annotations

import json
import os
import re
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quotetrack.inputs import read, storable, survey
from quotetrack.jobs import analysis
from quotetrack.jobs.ingest import ingest
from quotetrack.jobs.verify import verify
from quotetrack.model import Article, Quotation, Span, Speaker
from quotetrack.store import Store

SECONDS = 20.0  # of processor time for one input
MEGABYTES = 2_000  # of resident memory
_WAIT = 600.0  # seconds without an answer after which a child is killed; the machine may be busy
_ADDRESSES = 8 << 30  # bytes of address space of a child
_FRESH = 700  # megabytes that a child may keep before it is replaced, so that one input does not count for the next
_SAID = re.compile(
    r"(?P<words>“[^”]{1,600}”),? said (?P<name>[^\n,]{1,200}?)(?:, the (?P<role>[^\n]{1,200}))?\.(?:\s|\Z)"
)
Row = dict[str, Any]


def analyse(texts: Sequence[str]) -> analysis.Analysed:
    """What ``analysis.analyse`` does, by a rule instead of the models: words in quotation marks before ``said`` and a name."""
    return [
        (number, [_quotation(text, found) for found in _SAID.finditer(text)], "") for number, text in enumerate(texts)
    ]


def _quotation(text: str, found: re.Match[str]) -> Quotation:
    return Quotation(
        kind="direct", content=(Span.of(text, *found.span("words")),), source=Span.of(text, *found.span("name")),
        role=Span.of(text, *found.span("role")) if found["role"] else None, speaker=Speaker(found["name"], "person"),
        method="name", confidence=0.9, speaker_confidence=0.9,
    )  # fmt: skip


def without_models() -> None:
    """Let this process analyse by the rule."""
    analysis.analyse, analysis.load = analyse, lambda *_: None  # type: ignore[assignment]


def read_each(inputs: Sequence[Path]) -> list[Row]:
    """Read every input with the real readers; returns a row for each, with what fell short in ``problem``."""
    rows: list[Row] = []
    while len(rows) < len(inputs):
        rows += _in_child(inputs[len(rows) :])
        print(f"{len(rows)} of {len(inputs)} inputs read", file=sys.stderr, flush=True)
    return rows


def _in_child(inputs: Sequence[Path]) -> list[Row]:
    """Read inputs in one child until it has become large or was killed."""
    rows: list[Row] = []
    descriptor, child = forked(lambda write: _read_some(inputs, write))
    try:
        for line in _lines(descriptor):
            rows.append(json.loads(line))
        reason = ""
    except TimeoutError:
        reason = f"no answer within {_WAIT:.0f} seconds"
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if reason or status:
        reason = reason or f"the process ended with {os.waitstatus_to_exitcode(status)}"
        rows.append({"articles": 0, "failures": 0, "not_read": 0, "seconds": _WAIT, "megabytes": 0, "problem": reason})
    return rows


def forked(work: Callable[[Any], None]) -> tuple[int, int]:
    """Run ``work`` with a file to write to in a child process; returns the descriptor to read from, and the child's number."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
            with os.fdopen(writing, "w", encoding="utf-8") as file:
                work(file)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    return reading, child


def _lines(descriptor: int) -> Iterator[str]:
    """Yield the lines that a child writes. Raises ``TimeoutError`` if it stays silent."""
    with os.fdopen(descriptor, encoding="utf-8") as file:
        while select.select([file], [], [], _WAIT)[0]:
            line = file.readline()
            if not line:
                return
            yield line
    raise TimeoutError


def _read_some(inputs: Sequence[Path], out: Any) -> None:
    for path in inputs:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak of memory
        began = time.process_time()
        try:
            row = _read_one(path)
        except BaseException as error:  # whatever a reader raises is what this benchmark looks for
            row = {
                "articles": 0,
                "failures": 0,
                "not_read": 0,
                "problem": f"raised {type(error).__name__}: {str(error)[:200]}",
            }
        row["seconds"], row["megabytes"] = round(time.process_time() - began, 2), _status("VmHWM")
        if not row["problem"] and row["seconds"] > SECONDS:
            row["problem"] = f"took {row['seconds']:.0f} seconds"
        if not row["problem"] and row["megabytes"] > MEGABYTES:
            row["problem"] = f"took {row['megabytes']} MB"
        out.write(json.dumps(row) + "\n")
        out.flush()
        if _status("VmRSS") > _FRESH:
            return


def _read_one(folder: Path) -> Row:
    files, not_read = survey([folder])
    row: Row = {"articles": 0, "failures": 0, "not_read": len(not_read), "problem": ""}
    for path in files:
        results = 0
        for found in read(path):
            results += 1
            row["articles" if isinstance(found, Article) else "failures"] += 1
            _storable(found)
        if not results:
            row["problem"] = f"{path.name} gave nothing"
    if missing := sorted(map(storable, _entries(folder) - _listed(files, [one.location for one in not_read], folder))):
        row["problem"] = f"not listed: {missing[:3]}"
    return row


def _storable(found: Any) -> None:
    fields = (
        (found.text, found.title, found.outlet, found.url, found.author, found.published)
        if isinstance(found, Article)
        else (found.reason,)
    )
    for value in (*fields, found.location):
        (value or "").encode()


def _entries(folder: Path) -> set[Path]:
    """All files and links below a folder."""
    found = set()
    for here, folders, files in os.walk(folder):
        found |= {Path(here, name) for name in files}
        found |= {path for name in folders if (path := Path(here, name)).is_symlink()}
    return found


def _listed(files: Sequence[Path], not_read: Sequence[str], folder: Path) -> set[Path]:
    """The entries that are read or listed, each with everything below it."""
    known = {storable(path) for path in files} | set(not_read)
    return {path for path in _entries(folder) if any(storable(one) in known for one in (path, *path.parents))}


def _status(field: str) -> int:
    """A field of ``/proc/self/status`` in megabytes."""
    text = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(re.search(rf"{field}:\s+(\d+)", text)[1]) // 1000  # type: ignore[index]


def ingest_all(folder: Path, database: Path) -> Row:
    """Ingest a folder with the rule in place of the models, and verify the database; returns counts and problems."""
    descriptor, child = forked(lambda out: out.write(json.dumps(_ingested(folder, database)) + "\n"))
    with os.fdopen(descriptor, encoding="utf-8") as file:
        written = file.read()
    _, status = os.waitpid(child, 0)
    if not written:
        return {"problems": [f"the ingest ended with status {status}"]}
    row: Row = json.loads(written)
    return row


def _ingested(folder: Path, database: Path) -> Row:
    without_models()
    with Store.open(database) as store:
        done = ingest(store, [folder], workers=1)
        problems = [f"verify: {one.table}: {one.problem}" for one in verify(store)]
    return {
        "new": done.new, "unchanged": done.unchanged, "updated": done.updated, "failures": len(done.failures), "not_read": len(done.not_read),
        "quotations": done.quotations.total(), "speakers": done.speakers, "problems": problems,
    }  # fmt: skip
