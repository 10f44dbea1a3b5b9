"""The command line from end to end: real Stanza, real DuckDB, the samples."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from quotetrack.report.labels import how_found, sureness
from tests.warm import warm_environment

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"


def run(*arguments: str, folder: Path | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run ``quotetrack`` as a user does, but without the time it takes to start."""
    environment = {**os.environ, **warm_environment(), "COLUMNS": "100"}
    return subprocess.run(
        ["quotetrack", *arguments],
        capture_output=True, text=True, cwd=folder, input=stdin, env=environment, timeout=300, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, ingested once."""
    path = tmp_path_factory.mktemp("cli") / "samples.duckdb"
    done = run("ingest", str(SAMPLES), "--db", str(path))
    assert done.returncode == 0, done.stderr
    assert "0 failed" in done.stdout
    return path


def test_twice_the_same_input_changes_nothing(database: Path) -> None:
    """The second run finds everything unchanged and loads no models for it."""
    done = run("ingest", str(SAMPLES), "--db", str(database))
    assert done.returncode == 0
    assert " 0 new, 0 updated," in done.stdout


def test_show_and_speakers(database: Path) -> None:
    """A speaker is found by part of a name; a name that fits several is refused with their ids."""
    assert "Ruth Vale" in run("speakers", "--search", "vale", "--db", str(database)).stdout
    shown = run("show", "Ruth Vale", "--db", str(database))
    assert shown.returncode == 0 and "four minutes" in shown.stdout
    assert run("show", "Nobody Atall", "--db", str(database)).returncode == 2


def test_show_says_how_the_speaker_was_found(database: Path) -> None:
    """The phrase of the text, what kind of phrase it is, and how sure that is."""
    shown = " ".join(run("show", "Ines Calloway", "--db", str(database)).stdout.split())
    assert "Source in the text: “she” (resolved pronoun) · confidence " in shown
    assert re.search(r"\(named in the text\) · confidence \d+ of 100", shown)


def test_low_confidence_is_said_in_words() -> None:
    """Not by colour alone, and not by a figure alone."""
    assert (sureness(0.49), sureness(0.5)) == ("low confidence (49 of 100)", "confidence 50 of 100")
    assert how_found("She", "pronoun") == "Source in the text: “She” (resolved pronoun)"
    assert how_found(None, None) == "No source in the article"


def test_claims_across_outlets(database: Path) -> None:
    """The same words in several samples are one claim."""
    counts = json.loads(run("stats", "--json", "--db", str(database)).stdout)
    assert counts["claims_of_several_outlets"] >= 4


def test_report(database: Path, tmp_path: Path) -> None:
    """The site is written, and the command says which page to open."""
    done = run("report", "--out", str(tmp_path / "site"), "--db", str(database))
    assert done.returncode == 0 and "index.html" in done.stdout
    assert len(list((tmp_path / "site" / "speakers").glob("ruth-vale-*.html"))) == 1


def test_extract_prints_one_line_a_file(tmp_path: Path) -> None:
    """JSON with exact offsets into the file as it is, line ends and all; one bad file does not cost the others."""
    text = "“We sail,” said Ruth Vale.\r\n\r\nVale said the port was shut.\r\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00broken")
    done = run("extract", "a.txt", "b.txt", "-", folder=tmp_path, stdin="Ruth Vale said the sea was calm.")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1 and "b.txt" in done.stderr
    assert [r["doc"] for r in records] == ["a.txt", "-"]
    assert set(records[0]["quotations"][0]) >= {"kind", "content", "cue", "source", "speaker", "role", "confidence"}
    for quotation in records[0]["quotations"]:
        for span in [*quotation["content"], quotation["cue"], quotation["source"]]:
            assert span is None or text[span["start"] : span["end"]] == span["text"]


def test_one_bad_input_does_not_stop_the_run(tmp_path: Path) -> None:
    """The good article is stored, the bad one listed with its reason, and the exit code says so."""
    (tmp_path / "good.txt").write_text("“We sail,” said Ruth Vale.", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("")
    done = run("ingest", ".", folder=tmp_path)
    assert done.returncode == 1
    assert "1 new" in done.stdout and "empty.txt" in done.stderr
    assert "leaked" not in done.stderr  # what is kept from the collector is given back at the end
    assert "empty.txt" in run("failures", folder=tmp_path).stdout


def test_another_language_is_refused_in_words(tmp_path: Path) -> None:
    """The embedded models read English; a French article is a recorded failure, not nonsense."""
    (tmp_path / "a.txt").write_text("Le port est fermé.", encoding="utf-8")
    done = run("ingest", "a.txt", "--language", "fr", folder=tmp_path)
    assert done.returncode == 1 and "read only 'en'" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["ingest", "nowhere.txt"], ["stats"], ["check", "x"], ["ingest", ".", "--published", "soon"], ["ingest", ".", "--model-dir", "none"], ["bogus"], ["report"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage(tmp_path: Path, arguments: list[str]) -> None:
    """Wrong usage is one sentence and exit code 2, never a traceback."""
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.strip() and "Traceback" not in done.stderr


def test_two_workers_as_one(tmp_path: Path) -> None:
    """Processes change the speed and nothing else."""
    for workers in ("1", "2"):
        assert (
            run("ingest", str(SAMPLES), "--db", f"{workers}.duckdb", "--workers", workers, folder=tmp_path).returncode
            == 0
        )
    assert (
        run("speakers", "--db", "1.duckdb", "--json", folder=tmp_path).stdout
        == run("speakers", "--db", "2.duckdb", "--json", folder=tmp_path).stdout
    )
