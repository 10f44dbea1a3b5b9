"""What the commands say about articles without a date."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotetrack.cli.main import app
from quotetrack.jobs.ingest import IngestSummary
from quotetrack.model import Article
from quotetrack.store import Store


@pytest.mark.parametrize(("undated", "said"), [(3, True), (0, False)])
def test_ingest_says_how_many_articles_have_no_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undated: int, said: bool
) -> None:
    """The summary of an ingest counts the articles without a date, and is silent if all have one."""
    monkeypatch.setattr("quotetrack.jobs.ingest.ingest", lambda *_: IngestSummary(new=3, undated=undated))
    (tmp_path / "a.txt").write_text("Nothing was said.", encoding="utf-8")
    result = CliRunner().invoke(app, ["ingest", str(tmp_path / "a.txt"), "--db", str(tmp_path / "n.duckdb")])
    assert result.exit_code == 0
    assert ("Undated     3 articles" in result.output) is said


def test_stats_counts_articles_without_a_date(tmp_path: Path) -> None:
    """``stats`` counts the articles for which neither the outlet nor the address gives a date."""
    with Store.open(tmp_path / "n.duckdb") as store:
        store.put([(Article("One.", "Post"), []), (Article("Two.", "Post", published="2031-03-02"), [])], "m")
    result = CliRunner().invoke(app, ["stats", "--db", str(tmp_path / "n.duckdb")])
    line = next(line for line in result.output.splitlines() if "without a date" in line)
    assert line.split()[-1] == "1"
