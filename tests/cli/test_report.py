"""``report`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotetrack.cli.main import app
from quotetrack.store import Store
from tests.report.small_site import fill


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a small database."""
    path = tmp_path_factory.mktemp("db") / "t.duckdb"
    with Store.open(path) as store:
        fill(store)
    return path


def test_the_site_and_what_was_written(database: Path, tmp_path: Path) -> None:
    """The command says how many dossiers and files there are, and how many files it wrote: none the second time."""
    given = ["report", "--out", str(tmp_path / "site"), "--db", str(database)]
    first = CliRunner().invoke(app, given)
    assert first.exit_code == 0 and "2 dossiers" in first.output and "index.html" in first.output
    assert ", 0 of them written" in CliRunner().invoke(app, given).output


def test_one_dossier_to_mail(database: Path, tmp_path: Path) -> None:
    """With --single-file, one file is written to the path of --out, with the desk's citation and address for mistakes."""
    out = tmp_path / "vale.html"
    done = CliRunner().invoke(
        app,
        ["report", "--single-file", "vale", "--out", str(out), "--citation", "{speaker} in {outlet}",
         "--mistakes", "mailto:desk@vale.example", "--db", str(database)],
    )  # fmt: skip
    page = out.read_text(encoding="utf-8")
    assert done.exit_code == 0 and "{speaker} in {outlet}" in page and "mailto:desk@vale.example" in page
    assert [path.name for path in tmp_path.iterdir()] == ["vale.html"]
