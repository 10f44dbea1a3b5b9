"""Parquet files by month, read back by DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from quotetrack.export.formats import export_quotations
from quotetrack.read.filters import Filters
from quotetrack.store import Store


@pytest.fixture
def archive(news: Store, tmp_path: Path) -> Path:
    """All quotations by month."""
    assert export_quotations(news, tmp_path / "archive", Filters(), "months").written == 8
    return tmp_path / "archive"


def test_every_month_has_its_folder(archive: Path) -> None:
    """Articles and quotations are in the folder of their month, those without a date in one of their own, and nothing else is left."""
    found = sorted(path.relative_to(archive).as_posix() for path in archive.rglob("*") if path.is_file())
    assert found == [
        f"{table}/month={month}/data_0.parquet"
        for table in ("articles", "quotations")
        for month in ("2026-03", "undated")
    ] + ["views.sql"]


def test_the_views_read_it_back(archive: Path, news: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The views give every quotation with its article, and each span is what the text of its article says."""
    monkeypatch.chdir(archive)
    with duckdb.connect() as connection:
        connection.execute((archive / "views.sql").read_text(encoding="utf-8"))
        rows = connection.execute(
            "SELECT quotation_id, q.month = a.month, list_bool_and([a.text[s.start + 1:s.end] = s.text FOR s IN content]) "
            "FROM quotations q JOIN articles a USING (article_id) ORDER BY ALL"
        ).fetchall()
    expected = news.connection.execute("SELECT quotation_id FROM shown_quotations ORDER BY ALL").fetchall()
    assert [row[0] for row in rows] == [row[0] for row in expected]
    assert all(same and right for _, same, right in rows)


def test_the_same_database_gives_the_same_bytes(archive: Path, news: Store, tmp_path: Path) -> None:
    """A second export has the same files with the same bytes."""
    export_quotations(news, tmp_path / "again", Filters(), "months")
    for path in archive.rglob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "again" / path.relative_to(archive)).read_bytes()


def test_nothing_found_is_no_error(news: Store, tmp_path: Path) -> None:
    """A selection without quotations gives a folder without months."""
    assert export_quotations(news, tmp_path / "none", Filters(since="2031"), "months").written == 0
    assert [path.name for path in (tmp_path / "none").iterdir()] == ["views.sql"]
