"""What the commands say about articles without a date."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotetrack.cli.main import app
from quotetrack.jobs.ingest import IngestSummary
from quotetrack.model import Article, Provenance
from quotetrack.store import Store
from tests.check.printed import line, refresh


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


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((None, None), "which was first is not known, because none has a date"),
        (("2031-03-02", None), "first in The Post, 2031-03-02; 1 has no date and may be earlier"),
        (("2031-03-02", "2031-03-03"), "2 independent reports)"),
    ],
)
def test_check_says_whether_the_first_printing_is_known(
    tmp_path: Path, days: tuple[str | None, str | None], said: str
) -> None:
    """Where printings have no date, the answer says that one of them may be earlier, or that none is known to be."""
    words = "“We will close the yard before the winter of 2027,”"
    with Store.open(tmp_path / "n.duckdb") as store:
        for outlet, day, after in zip(("The Post", "The Echo"), days, ("at sea", "on the quay"), strict=True):
            article = Article(f"{words} said Ada Kvist. She stood {after}.", outlet, published=day)
            store.put([(article, [line(words, by="Ada Kvist").quotation(article)])], "m")
        refresh(store)
    result = CliRunner().invoke(app, ["check", words, "--db", str(tmp_path / "n.duckdb")])
    assert said in " ".join(result.output.split())


@pytest.mark.parametrize(
    ("url", "provenance", "said"),
    [
        (None, Provenance(day="2031-03-02", day_from="file time"), "2031-03-02 (file time)"),
        ("https://post.example/2031/03/02/yard", Provenance(), "2031-03-02 (from the address)"),
        (None, Provenance(), "undated"),
    ],
)
def test_answers_say_where_a_date_is_from(tmp_path: Path, url: str | None, provenance: Provenance, said: str) -> None:
    """An answer of ``check``, on a quotation or on other words of the article, and ``search`` name the day and its origin."""
    words = "“We will close the yard before the winter of 2027,”"
    with Store.open(tmp_path / "n.duckdb") as store:
        text = f"{words} said Ada Kvist. Nobody on the quay believed a single word of it."
        article = Article(text, "The Post", url, provenance=provenance)
        store.put([(article, [line(words, by="Ada Kvist").quotation(article)])], "m")
        refresh(store)
    for asked in (
        ["check", words],
        ["check", "Nobody on the quay believed a single word of it"],
        ["search", "yard winter"],
    ):
        shown = CliRunner().invoke(app, [*asked, "--db", str(tmp_path / "n.duckdb")]).output
        assert said in " ".join(shown.split()) and "no date" not in shown
