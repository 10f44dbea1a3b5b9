"""The Python API: light to import, typed, and true to its own examples."""

from __future__ import annotations

import csv
import doctest
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import quotetrack
from quotetrack.api import extractor
from quotetrack.errors import DatabaseError, UsageError
from quotetrack.jobs import analysis
from quotetrack.model import Quotation, Span, Speaker
from quotetrack.parse.pipeline import Parser

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "duckdb", "torch", "stanza", "trafilatura", "lxml", "rich.markdown", "pygments")
VALE = (
    "Outlet: The Post\nPublished: 2026-03-02\n\n“We sail at dawn,” said Ruth Vale, the harbour master. "
    "Vale said the port would stay shut until Sunday.\n"
)
LUND = (
    "Outlet: The Wire\nPublished: 2026-04-01T09:30:00+02:00\n\n“Nobody asked the <crew>,” said Anton Lund, a captain.\n"
)


@pytest.fixture(scope="module", autouse=True)
def loaded(parser: Parser) -> Iterator[None]:
    """The models the session has loaded already, in place of a second and a third copy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extractor, "_embedded", lambda: quotetrack.Extractor(parser))
        patch.setattr(analysis, "_parser", parser)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, loaded: None) -> Path:
    """Two articles, and a database of them."""
    place = tmp_path_factory.mktemp("api")
    (place / "articles").mkdir()
    (place / "articles" / "a.txt").write_text(VALE, encoding="utf-8")
    (place / "articles" / "b.txt").write_text(LUND, encoding="utf-8")
    with quotetrack.open_database(place / "news.duckdb") as db:
        summary = db.ingest(place / "articles")
        assert (summary.new, summary.failures) == (2, [])
    return place


@pytest.fixture
def db(folder: Path) -> Iterator[quotetrack.Database]:
    with quotetrack.open_database(folder / "news.duckdb", read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("code", ["import quotetrack", "import quotetrack.cli.main as main; main.app(['--help'])"])
def test_light_to_import(code: str) -> None:
    """Neither the import nor the help text waits for numpy, DuckDB, torch, Stanza or the formatters of Rich."""
    listed = f"import sys, atexit\natexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", listed], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    modules = done.stderr.split()
    assert "quotetrack" in modules and not set(modules) & set(HEAVY)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the processor time of a child cannot be measured here")
def test_help_takes_little_processor_time() -> None:
    """The help text takes less than 0.3 s of processor time on an idle machine; the bound allows for a busy one."""
    times = []
    for _ in range(5):
        process = subprocess.Popen(
            [sys.executable, "-m", "quotetrack", "--help"],
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        times.append(usage.ru_utime + usage.ru_stime)
    assert min(times) < 0.6


@pytest.mark.parametrize(
    "module",
    ["quotetrack", "quotetrack.api.extractor", "quotetrack.api.database", "quotetrack.model", "quotetrack.notebook", "quotetrack.store.moments"],
)  # fmt: skip
def test_examples(module: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of a docstring does what it says."""
    database = (folder / "news.duckdb").read_bytes()
    (tmp_path / "news.duckdb").write_bytes(database)
    (tmp_path / "work.duckdb").write_bytes(database)
    (tmp_path / "articles").symlink_to(folder / "articles")
    monkeypatch.chdir(tmp_path)
    with quotetrack.open_database("work.duckdb") as opened:
        done = doctest.testmod(
            importlib.import_module(module),
            extraglobs={"db": opened},
            optionflags=doctest.IGNORE_EXCEPTION_DETAIL | doctest.ELLIPSIS,
        )
    assert done.attempted and not done.failed


def test_extract_is_a_function_whatever_was_imported_before() -> None:
    """``quotetrack.extract`` is the name of a stage too; it can be called before and after that was imported."""
    text = "“We sail,” said Ruth Vale."
    importlib.import_module("quotetrack.extract.find.cues")
    from quotetrack import extract

    assert [q.text for q in extract(text)] == [q.text for q in quotetrack.extract(text)] == ["“We sail,”"]
    assert callable(importlib.import_module("quotetrack.extract").extract)


def test_pipe_keeps_the_order() -> None:
    """Many texts, more than a batch, come out in the order they went in."""
    texts = [f"“We have {number} ships,” said Ruth Vale." if number % 2 else "" for number in range(40)]
    found = list(quotetrack.load().pipe(iter(texts)))
    assert [[q.text for q in one] for one in found] == [
        [f"“We have {number} ships,”"] if number % 2 else [] for number in range(40)
    ]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["“Nobody asked the <crew>,”", "“We sail at dawn,”", "the port would stay shut until Sunday"]),
        ({"speaker": "Ruth Vale"}, ["“We sail at dawn,”", "the port would stay shut until Sunday"]),
        ({"role": "Harbour"}, ["“We sail at dawn,”", "the port would stay shut until Sunday"]),
        ({"outlet": "the wire"}, ["“Nobody asked the <crew>,”"]),
        ({"since": "2026-04-01"}, ["“Nobody asked the <crew>,”"]),
        ({"until": "2026-03"}, ["“We sail at dawn,”", "the port would stay shut until Sunday"]),
        ({"since": "2026", "until": "2026-03-01"}, []),
        ({"kind": "indirect"}, ["the port would stay shut until Sunday"]),
        ({"stance": "denied"}, []),
        ({"stance": ["stated", "denied"], "text": "CREW"}, ["“Nobody asked the <crew>,”"]),
        ({"limit": 1}, ["“Nobody asked the <crew>,”"]),
    ],
    ids=str,
)
def test_filters(db: quotetrack.Database, filters: dict[str, object], expected: list[str]) -> None:
    """Each filter leaves what it says, newest first."""
    assert [q.text for q in db.quotations(**filters)] == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "filters", [{"speaker": "Nobody Atall"}, {"kind": "loud"}, {"stance": "sung"}, {"since": "yesterday"}, {"until": "03/02/2026"}]
)  # fmt: skip
def test_wrong_filters_are_errors(db: quotetrack.Database, filters: dict[str, str]) -> None:
    """A filter that cannot be meant is an error and never an empty answer."""
    with pytest.raises(UsageError):
        db.quotations(**filters)  # type: ignore[arg-type]


def test_a_database_that_is_none(tmp_path: Path) -> None:
    """To read, the file must be there."""
    with pytest.raises(DatabaseError):
        quotetrack.open_database(tmp_path / "none.duckdb", read_only=True)


def test_a_wrong_ingest_is_an_error(folder: Path, tmp_path: Path) -> None:
    """A path that is not there or a date that is none stops before anything is read."""
    with quotetrack.open_database(tmp_path / "n.duckdb") as opened:
        for arguments in (({"published": "soon"}), ({})):
            with pytest.raises(UsageError):
                opened.ingest(folder / ("articles" if arguments else "absent"), **arguments)


def test_exports_hold_the_same_quotations(db: quotetrack.Database, tmp_path: Path) -> None:
    """JSON lines and CSV list what ``quotations`` gives; another suffix is refused, and so is a folder that is not there."""
    found = db.quotations()
    assert db.export(tmp_path / "all.jsonl") == db.export(tmp_path / "all.csv") == len(found) == 3
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines == [json.loads(json.dumps(q.to_dict())) for q in found]
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["speaker"], r["quotation"], r["claim_ids"]) for r in rows] == [
        (q.speakers[0], q.text, q.claims[0].claim_id) for q in found
    ]
    for wrong in ("all.xls", "absent/all.csv"):
        with pytest.raises(UsageError):
            db.export(tmp_path / wrong)


def test_sql_gives_a_relation(db: quotetrack.Database) -> None:
    """With values in place of question marks, and readable as columns."""
    relation = db.sql("SELECT speaker, published_at FROM who_said_what WHERE outlet = ?", "The Wire")
    assert (relation.columns, relation.fetchall()[0][0]) == (["speaker", "published_at"], "Anton Lund")
    unread = db.sql("SELECT * FROM articles")
    assert unread.columns and len(db.quotations()) == 3  # what was not read to its end blocks nothing
    assert db.sql("SELECT count(*) FROM articles").fetchall() == [(2,)]


def test_notebooks_show_text_escaped(db: quotetrack.Database) -> None:
    """What a text, a name or an outlet says is no markup in a notebook."""
    evil = "<script>alert(1)</script>"
    quotation = Quotation("direct", (Span(0, len(evil), evil),), speaker=Speaker(evil, "person"), stance="denied")
    for shown in (quotation._repr_html_(), db.quotations(text="crew")[0]._repr_html_()):
        assert "<script" not in shown and "<crew" not in shown and "&lt;" in shown
    assert "verbatim, denied" in quotation._repr_html_()
