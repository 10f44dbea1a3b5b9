"""What third parties wrote is printed as text: no markup, no control characters, one line for a name."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotetrack.cli import common
from quotetrack.cli.common import SafeConsole, StandardOutput, json_text, one_line, visible
from quotetrack.cli.main import app
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Failure, Speaker
from quotetrack.read.counts import count
from quotetrack.read.dossiers import dossiers
from quotetrack.store import Store
from tests.cli.test_commands import ROOT
from tests.conftest import said

EVIL = "harbour [/red] master\x1b[2J\nof [bold]the\x9b31m port\u202e\x07"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Roles, names, titles, outlets, addresses, quotations, failures and corrections with markup and control characters."""
    path = tmp_path_factory.mktemp("terminal") / "news.duckdb"
    text = f"“We sail at [red]dawn[/red] \x1b[31mnow,” said Ruth Vale, the {EVIL}. Somebody :smile: said it was \x1b]0;title\x07 late."
    article = Article(text, f"The {EVIL}", f"https://post.example/{EVIL}", f"Ferry {EVIL}", published="2026-03-02")
    with Store.open(path) as store:
        name = f"Ruth {EVIL}"
        store.put([(article, [
            said(article, "“We sail at [red]dawn[/red] \x1b[31mnow,”", source="Ruth Vale", speaker=Speaker(name, "person"), role=EVIL),
            replace(said(article, "it was \x1b]0;title\x07 late", source="Somebody :smile:", kind="indirect"), speaker_confidence=0.1),
        ])], "m")  # fmt: skip
        store.fail([Failure(f"a/{EVIL}.html", f"No article {EVIL}.")])
        refresh(store)
    return path


def run(*arguments: str, database: Path) -> str:
    """Output of a command in this process."""
    done = CliRunner().invoke(app, [*arguments, "--db", str(database)])
    assert done.exit_code in (0, 1), done.output
    return done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["speakers"], ["show", "harbour"], ["show", "harbour", "--roles"], ["failures"], ["corrections"], ["stats"],
        ["check", "We sail at [red]dawn[/red] now"], ["check", "We sail at noon [bold]now", "--said-by", "Ruth [/x]"],
        ["speakers", "alias", "harbour", "La [/b] \x1b[1mVale", "--why", EVIL], ["corrections"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)  # fmt: skip
def test_no_command_prints_control_characters(database: Path, arguments: list[str]) -> None:
    """No command lets a control character of article text or of a correction through, and none takes markup for its own."""
    printed = run(*arguments, database=database)
    assert not CONTROL.search(printed)
    if "harbour" in printed:
        assert "[/red]" in printed


def test_names_and_roles_stay_on_one_line(database: Path) -> None:
    """Line ends in names and roles become spaces, so that the text of an article cannot imitate lines of output."""
    shown = " ".join(run("show", "harbour", database=database).split())
    assert "Ruth harbour [/red] master�[2J of [bold]the�31m port�� person, 1 quotation, 1 outlet" in shown
    assert "[red]dawn[/red] �[31mnow" in shown
    assert len(run("speakers", database=database).splitlines()) == 2


def test_json_keeps_the_characters_but_escapes_them(database: Path) -> None:
    """JSON output has the exact text, with control characters as escapes of JSON."""
    printed = run("show", "harbour", "--json", database=database)
    assert not CONTROL.search(printed.replace("\n", ""))
    assert "\x1b[31mnow" in json.loads(printed)["quotations"][0]["text"]
    assert json.loads(json_text({"a": EVIL})) == {"a": EVIL}


def test_errors_show_no_control_characters(database: Path) -> None:
    """An error that repeats a name shows its control characters as replacement characters, on one line."""
    done = subprocess.run(
        [sys.executable, "-m", "quotetrack", "show", "No\x1b[31m\nbody", "--db", str(database)],
        capture_output=True, text=True, cwd=ROOT, timeout=120, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 2 and done.stdout == ""
    assert (
        done.stderr.startswith("quotetrack: No speaker found for 'No�[31m body'.")
        and len(done.stderr.splitlines()) == 1
    )


def test_characters_that_are_kept() -> None:
    """Line ends, tabs, accents, emoji and joiners are kept; carriage returns become line ends."""
    assert visible("a\tb\r\nc\rd é 👩\u200d🚒") == "a\tb\nc\nd é 👩\u200d🚒"
    assert one_line(" a\t b\n\nc ") == "a b c"


def test_the_console_guards_what_a_command_forgets() -> None:
    """Text that reaches the console unchecked is made visible there, in tables and styled text as well."""
    from rich.table import Table

    file = io.StringIO()
    table = Table("[b]x", min_width=30)
    table.add_row("\x1b[31m[/red]")
    SafeConsole(file=file, width=40).print(table, "[/no] :smile: \x9b", style="bold")
    assert "�[31m[/red]" in file.getvalue() and "[/no] :smile: �" in file.getvalue() and "[b]x" in file.getvalue()


def test_logs_and_warnings_are_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Warnings of quotetrack are printed without control characters, and those of libraries only with ``--debug``."""
    for debug, expected in ((False, "a�[2J b\n"), (True, "a�[2J b\nc�\nd�\n")):
        root, file = logging.RootLogger(logging.WARNING), io.StringIO()
        monkeypatch.setattr(logging, "root", root)
        monkeypatch.setattr(logging.Logger, "root", root)
        monkeypatch.setattr(common, "notes", SafeConsole(file=file, width=40))
        common.guard_logs(debug)
        for name, text in (("quotetrack.store", "a\x1b[2J\nb"), ("warcio", "c\x1b"), ("py.warnings", "d\x9b")):
            root.handle(root.makeRecord(name, logging.WARNING, "", 0, text, (), None))
        logging.captureWarnings(False)
        assert file.getvalue() == expected


@pytest.mark.parametrize(("terminal", "expected"), [(True, "a�b\n"), (False, "a\x1bb\n")])
def test_exports_are_changed_only_on_a_terminal(terminal: bool, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export to standard output is exact in a pipe and harmless on a terminal."""
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="utf-8", newline="")
    monkeypatch.setattr(stream, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stdout", stream)
    StandardOutput().write("a\x1bb\n")
    stream.flush()
    assert buffer.getvalue().decode() == expected


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """A terminal of 60 columns."""
    file = io.StringIO()
    console = SafeConsole(file=file, width=60, force_terminal=True, color_system=None)
    for module in ("show", "speakers"):
        monkeypatch.setattr(f"quotetrack.cli.{module}.console", console)
    yield file


@pytest.mark.parametrize("arguments", [["speakers"], ["show", "harbour"]], ids=" ".join)
def test_sixty_columns(database: Path, narrow: io.StringIO, arguments: list[str]) -> None:
    """On a terminal of 60 columns every line fits, except for addresses, and nothing is cut off."""
    run(*arguments, database=database)
    lines = [re.sub("\x1b[^m]*m", "", line) for line in narrow.getvalue().splitlines()]
    assert lines and max(len(line) for line in lines if "https://" not in line) <= 60
    assert "…" not in narrow.getvalue()
    shown = " ".join(narrow.getvalue().split())
    assert "Ruth harbour [/red] master" in shown and "1 quotation" in shown


def test_show_prints_title_and_address(database: Path) -> None:
    """``show`` prints day, outlet, title and the whole address of each article."""
    shown = run("show", "harbour", database=database)
    assert "2026-03-02" in shown and "Ferry harbour" in " ".join(shown.split())
    assert re.search(r"^  https://post\.example/harbour \[/red\] .* port��$", shown, re.MULTILINE)


def test_filters_of_show(database: Path) -> None:
    """``show`` has the filters of ``export``; a filter that nothing matches is said in words, and a wrong value is an error."""
    assert "No quotations match." in run("show", "harbour", "--kind", "indirect", database=database)
    assert "We sail" in run(
        "show", "harbour", "--about", "ferry sail", "--since", "2026", "--confidence", "0.5", database=database
    )
    done = CliRunner().invoke(app, ["show", "harbour", "--stance", "denyed", "--db", str(database)])
    assert done.exit_code != 0 and "Did you mean 'denied' or 'declined'?" in str(done.exception)


def test_stats_say_what_the_dossiers_hold(database: Path) -> None:
    """The counts of ``stats`` are those of the dossiers: quotations with a speaker, speakers, articles and outlets."""
    with Store.open(database, read_only=True) as store:
        counts, found = count(store), dossiers(store)
    shown = {one.quotation_id: one for each in found for one in each.printings}
    assert (counts.speakers, counts.with_speaker) == (len(found), len(shown))
    assert counts.named == len([one for one in found if one.type not in ("unnamed", "document")])
    assert counts.quoted_articles == len({one.article_id for one in shown.values()})
    assert counts.quoted_outlets == len({one.outlet_name for one in shown.values()})


def test_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shell completes commands and the values of options, and the help offers to install this."""
    for words, number, expected in (
        ("quotetrack sh", "1", ["show"]),
        ("quotetrack export x --kind in", "4", ["indirect"]),
        ("quotetrack export x --format j", "4", ["jsonl", "jsonld"]),
        ("quotetrack show Vale --stance de", "4", ["denied", "declined"]),
        ("quotetrack speakers --type p", "3", ["person", "place"]),
    ):
        variables = {"_QUOTETRACK_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": number}
        done = CliRunner().invoke(app, [], prog_name="quotetrack", env=variables)
        assert done.output.split() == expected
    assert "--install-completion" in CliRunner().invoke(app, ["--help"]).output
    assert "install-completion" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert set(common.KINDS) == {"direct", "indirect", "mixed"}
