"""``quotetrack articles``: lists, one article, and removal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotetrack.cli import ingest as ingest_command
from quotetrack.cli.main import app
from quotetrack.errors import UsageError
from quotetrack.jobs.ingest import IngestSummary
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Provenance
from quotetrack.store import Store
from tests.cli.test_json import check as documented
from tests.edited import JULY, JUNE, OTHER, page, put


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles: an edited one, one without a date, and one whose title has control characters."""
    path = tmp_path_factory.mktemp("articles") / "a.duckdb"
    with Store.open(path) as store:
        put(store, page(JUNE, title="Yard to close", published="2026-03-02"))
        undated = page(OTHER, None, "choir.txt", title="choir.txt (file name)")
        put(store, replace(undated, provenance=Provenance(title="file name", day="2026-03-09", day_from="file time")))
        put(
            store,
            page(
                JUNE.replace("yard", "mill"),
                "https://post.example/mill",
                title="Mill\x1b[31m to close",
                published="2025",
            ),
        )
        refresh(store)
        put(store, page(JULY, title="Yard may close", published="2026-03-02", modified="2026-03-04T08:00:00Z"))
        refresh(store)
    return path


def told(path: Path, *arguments: str) -> str:
    """What ``quotetrack articles`` prints, with single spaces."""
    done = CliRunner().invoke(app, ["articles", *arguments, "--db", str(path)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ((), ["Yard may close", "Mill\x1b[31m to close", "choir.txt (file name)"]),
        (("--edited",), ["Yard may close"]),
        (("--since", "2026-03"), ["Yard may close"]),
        (("--until", "2025-12"), ["Mill\x1b[31m to close"]),
        (("--title", "CLOSE"), ["Yard may close", "Mill\x1b[31m to close"]),
        (("--outlet", "harbour post", "--limit", "1"), ["Yard may close"]),
        (("--removed",), []),
    ],
)
def test_filters(path: Path, options: tuple[str, ...], titles: list[str]) -> None:
    """Each filter leaves the articles that match, newest first, in JSON and as text."""
    found = json.loads(told(path, "list", "--json", *options))["articles"]
    assert [one["title"] for one in found] == titles
    printed = told(path, "list", *options)
    assert "\x1b" not in printed and all(one["article_id"] in printed for one in found)


def test_wrong_use_is_one_sentence(path: Path) -> None:
    """An unknown outlet, date or article is a usage error."""
    for arguments in (
        ("list", "--outlet", "Nobody"),
        ("list", "--since", "soon"),
        ("edits", "--since", "soon"),
        ("show", "x"),
        ("remove", "x", "--reason", "y"),
    ):
        done = CliRunner().invoke(app, ["articles", *arguments, "--db", str(path)])
        assert isinstance(done.exception, UsageError), arguments


def test_show(path: Path) -> None:
    """An article is shown with its dates and where they come from, what changed, and its quotations; JSON has the same."""
    printed = told(path, "show", "https://post.example/yard")
    for part in (
        "Yard may close", "Published   2026-03-02", "Modified    2026-03-04T08:00:00Z (declared by the page)", "Read from   yard.txt",
        "statements: 1 changed, 1 vanished, 1 added", "title: Yard to close → Yard may close", "[-June,”-] {+July,”+}",
        "vanished: Anton Lund", "2 quotations",
    ):  # fmt: skip
        assert part in printed
    found = json.loads(told(path, "show", "https://post.example/yard", "--json"))
    seen: set[str] = set()
    documented(found, "quotetrack articles show --json", "show", seen)
    assert seen >= {"version", "edit", "changed statement", "statement", "changed words", "quotation"}
    assert [len(found[name]) for name in ("versions", "edits", "quotations")] == [2, 1, 2]
    assert [one["kind"] for one in found["edits"][0]["changes"]] == ["changed", "vanished", "added"]
    assert (found["text"], found["removal"]) == (JULY, None)


def test_edits(path: Path) -> None:
    """The edits are listed with the article and the statements that changed; JSON has the same; filters may leave nothing."""
    printed = told(path, "edits")
    for part in (
        "Yard may close", "2026-03-02 · Harbour Post", "statements: 1 changed, 1 vanished, 1 added",
        "title: Yard to close → Yard may close", "[-June,”-] {+July,”+}", "vanished: Anton Lund",
    ):  # fmt: skip
        assert part in printed
    found = json.loads(told(path, "edits", "--json", "--limit", "1"))
    seen: set[str] = set()
    documented(found, "quotetrack articles edits --json", "edits", seen)
    assert seen >= {"edit of an article", "version", "changed statement", "statement", "changed words"}
    [edit] = found["edits"]
    assert (edit["title"], edit["changed"], edit["vanished"], edit["added"]) == ("Yard may close", 1, 1, 1)
    assert told(path, "edits", "--until", "2020") == "No edits match.\n"


def test_show_says_what_stands_in_for_metadata(path: Path) -> None:
    """For an undated article the day on which it existed is shown with its origin, and never as the date of publication."""
    [key] = [one["article_id"] for one in json.loads(told(path, "list", "--json", "--title", "choir"))["articles"]]
    assert "not given; the article existed on 2026-03-09 (file time)" in told(path, "show", key)


def test_remove_and_undo(path: Path, tmp_path: Path) -> None:
    """A removed article is listed only as such, with who and why, and is back when the removal is undone."""
    copy = tmp_path / "b.duckdb"
    copy.write_bytes(path.read_bytes())
    told_by = told(copy, "remove", "https://post.example/mill", "--reason", "satire", "--by", "ann")
    assert "is removed. To undo: quotetrack corrections undo 1" in " ".join(told_by.split())
    assert "mill" not in told(copy, "list") and "removed" in told(copy, "list", "--removed")
    shown = told(copy, "show", "https://post.example/mill")
    assert "Removed by ann on" in shown and "satire (correction 1)" in shown and "quotations" not in shown
    assert CliRunner().invoke(app, ["corrections", "undo", "1", "--db", str(copy)]).exit_code == 0
    assert "Mill" in told(copy, "list")


def test_ingest_tells_of_edits_and_removals(capsys: pytest.CaptureFixture[str]) -> None:
    """The summary says how many articles were edited, what became of their statements, and which inputs were not read."""
    summary = IngestSummary(updated=2, edited=2, changed=1, vanished=3, removed=1)
    ingest_command.print_summary(summary, Path("a.duckdb"), json=False)
    printed = capsys.readouterr().out
    assert (
        "Edited      2 articles; statements: 1 changed, 3 vanished; 'quotetrack articles edits' lists them" in printed
    )
    assert "Removed     1 input not read, because a correction removed the article" in printed
    assert summary.to_dict()["edited"] == 2 and summary.after(summary).vanished == 6
