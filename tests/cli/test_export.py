"""``quotetrack export`` as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from quotetrack.cli.export import _FORMATS
from quotetrack.export import FORMATS
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from tests.cli.test_commands import ROOT, run
from tests.conftest import said


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of two quotations, one of them denied."""
    place = tmp_path_factory.mktemp("export")
    article = Article(
        "“We sail at dawn,” said Ruth Vale. Vale denied that the port was shut.", "The Post", published="2026-03-02"
    )
    vale = Speaker("Ruth Vale", "person")
    with Store.open(place / "quotetrack.duckdb") as store:
        store.put([(article, [
            said(article, "“We sail at dawn,”", source="Ruth Vale", speaker=vale),
            said(article, "the port was shut", source="Vale", speaker=vale, kind="indirect", stance="denied"),
        ])], "m")  # fmt: skip
        refresh(store)
    return place


def test_a_file_and_a_note(folder: Path) -> None:
    """The file is written, and what was done is said on standard error, with what the format cannot hold."""
    done = run("export", "vale.jsonld", "--speaker", "Ruth Vale", folder=folder)
    assert done.returncode == 0 and done.stdout == ""
    assert "1 quotation written to vale.jsonld." in done.stderr
    assert "1 quotation left out: schema.org can only say that something was stated." in done.stderr
    assert json.loads((folder / "vale.jsonld").read_text(encoding="utf-8"))["@context"] == "https://schema.org"


def test_standard_output(folder: Path) -> None:
    """``-`` writes only the table to standard output, without a byte order mark."""
    done = run("export", "-", "--format", "csv", "--kind", "direct", folder=folder)
    assert [row["quotation"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["“We sail at dawn,”"]
    assert "1 quotation written." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x.xslx"], "Did you mean '.xlsx'?"),
        (["x.csv", "--speaker", "Ruth Vael"], "Did you mean 'Ruth Vale'?"),
        (["x.csv", "--outlet", "The Pots"], "Did you mean 'The Post'?"),
        (["-", "--format", "xlsx"], "cannot be written to standard output"),
        (["-", "--format", "csv", "--json"], "--json cannot be combined"),
        (["x.csv", "--template", "t.docx"], "A template is for Word dossiers"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage(folder: Path, arguments: list[str], message: str) -> None:
    """Wrong usage is one sentence with a suggestion and exit code 2, and writes no file."""
    done = run("export", *arguments, folder=folder)
    assert done.returncode == 2 and message in done.stderr and "Traceback" not in done.stderr
    assert not (folder / arguments[0]).exists()


def test_formats_are_documented() -> None:
    """The command completes all formats, and docs/export.md has a section for each."""
    assert set(_FORMATS) == set(FORMATS)
    text = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in text] == []
