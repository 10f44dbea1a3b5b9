"""A folder of Parquet files partitioned by month, with the articles and their quotations, and views that read it back.

The folders are named as Hive names partitions (``month=2026-03``), so that DuckDB, Polars, Spark and pandas read only the
months that a query needs: https://duckdb.org/docs/stable/data/partitioning/hive_partitioning
"""

from __future__ import annotations

import json
from pathlib import Path

from quotetrack.export.selection import Selection
from quotetrack.read.articles import ArticleText
from quotetrack.read.parquet import ARTICLE_COLUMNS, COLUMNS, UNDATED, json_lines_to_months
from quotetrack.read.printing import Printing

_VIEWS = """\
-- Run in the folder of this file: duckdb -init views.sql
CREATE OR REPLACE VIEW articles AS FROM read_parquet('articles/*/*.parquet', hive_types = {'month': VARCHAR});
CREATE OR REPLACE VIEW quotations AS FROM read_parquet('quotations/*/*.parquet', hive_types = {'month': VARCHAR});
"""


def write(selection: Selection, folder: Path) -> None:
    """Write ``articles/month=YYYY-MM/*.parquet``, ``quotations/month=YYYY-MM/*.parquet`` and ``views.sql`` into ``folder``.

    The JSON lines that DuckDB reads are written into the folder first and removed afterwards.
    """
    articles, quotations = folder / "articles.jsonl", folder / "quotations.jsonl"
    written = 0
    with articles.open("x", encoding="utf-8") as texts, quotations.open("x", encoding="utf-8") as said:
        for article, found in selection.by_article():
            month = month_of(found[0])
            texts.write(_line(_columns(article), month))
            said.writelines(_line(one.to_dict(), month) for one in found)
            written += 1
    if written:
        json_lines_to_months(articles, folder / "articles", ARTICLE_COLUMNS)
        json_lines_to_months(quotations, folder / "quotations", COLUMNS)
    for file in (articles, quotations):
        file.unlink()
    (folder / "views.sql").write_text(_VIEWS, encoding="utf-8")


def month_of(printed: Printing) -> str:
    """Return the month of publication, or ``undated`` if only the year is known or nothing.

    >>> month_of(printing)
    '2026-03'
    """
    if printed.published_at is None or printed.published_precision == "year":
        return UNDATED
    return f"{printed.published_at:%Y-%m}"


def _columns(article: ArticleText) -> dict[str, str | None]:
    return {name: getattr(article, name) for name in ARTICLE_COLUMNS}


def _line(row: dict[str, object] | dict[str, str | None], month: str) -> str:
    return json.dumps({**row, "month": month}, ensure_ascii=False) + "\n"
