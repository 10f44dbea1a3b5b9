"""CSV, XLSX, JSON lines and Parquet, read by other programs."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import polars
import pytest
from lxml import etree

from quotetrack.errors import UsageError
from quotetrack.export import export_quotations, xlsx
from quotetrack.export.csv import harmless
from quotetrack.export.tables import COLUMNS
from quotetrack.read.filters import Filters
from quotetrack.read.parquet import COLUMNS as PARQUET_COLUMNS
from quotetrack.read.quotations import find_quotations
from quotetrack.store import Store

ROOT = Path(__file__).resolve().parents[2]
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_csv(news: Store, tmp_path: Path) -> None:
    """The csv module reads one row per quotation, with all columns; the file starts with the mark by which Excel knows UTF-8."""
    export_quotations(news, tmp_path / "x.csv", Filters())
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfspeaker,")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = find_quotations(news, Filters())
    assert tuple(rows[0]) == COLUMNS and len(rows) == len(found) == 8
    assert {one["title"] for one in rows} >= {"Dam \x1b[2J\x07\rholds", ""}
    for row, one in zip(rows, found, strict=True):
        assert row["quotation"].removeprefix("'") == one.text
        assert (row["quotation_id"], row["start"], row["stance"]) == (one.quotation_id, str(one.start), one.stance)
        assert row["speaker"] == "; ".join(one.speakers)


def test_csv_has_no_formulas(news: Store, tmp_path: Path) -> None:
    """No cell of third-party text begins with a character that makes a spreadsheet run it as a formula."""
    export_quotations(news, tmp_path / "x.csv", Filters())
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)]
    assert {'\'=HYPERLINK("https://x.example")', "'@Wire", "'-2 ships left"} <= set(cells)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_formula_starts(start: str) -> None:
    """Each character that starts a formula is preceded by an apostrophe; numbers are kept."""
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless(-1) == -1 and harmless(f"a{start}") == f"a{start}"


def sheet(path: Path) -> tuple[list[list[str]], set[str]]:
    """The texts of the first sheet by row, and the types of its cells, read from the XML as Excel does."""
    with zipfile.ZipFile(path) as book:
        root = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")
        assert not [name for name in book.namelist() if "sharedStrings" in name]
    rows = [["".join(cell.itertext()) for cell in row] for row in root.iter(f"{_SHEET}row")]
    assert not list(root.iter(f"{_SHEET}f"))
    return rows, {cell.get("t", "n") for cell in root.iter(f"{_SHEET}c")}


def test_xlsx(news: Store, tmp_path: Path) -> None:
    """The sheet has a row per quotation; every text is stored as a string and no cell as a formula."""
    export_quotations(news, tmp_path / "x.xlsx", Filters())
    rows, types = sheet(tmp_path / "x.xlsx")
    assert rows[0] == list(COLUMNS) and len(rows) == 9
    assert types == {"inlineStr", "n", "b"}
    cells = {cell for row in rows for cell in row}
    assert {'=HYPERLINK("https://x.example")', "@Wire", "-2 ships left", "“=1+1 is what we paid,\nand more,”"} <= cells


def test_xlsx_links_only_to_web_addresses(news: Store, tmp_path: Path) -> None:
    """A web address is a link; a script address is plain text."""
    export_quotations(news, tmp_path / "x.xlsx", Filters())
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
        about = "".join(etree.fromstring(book.read("xl/worksheets/sheet2.xml")).itertext())
    assert "https://post.example/ferry?a=1&amp;b=2" in links and "javascript" not in links
    assert "javascript:alert(1)" in {cell for row in sheet(tmp_path / "x.xlsx")[0] for cell in row}
    assert "stated, denied, requested" in about and "check each quotation" in about


def test_limits_of_excel(news: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than a sheet holds are an error and not a file cut short; a text that is too long ends in an ellipsis."""
    monkeypatch.setattr(xlsx, "_MOST_CHARACTERS", 10)
    export_quotations(news, tmp_path / "x.xlsx", Filters(about="dam", kind="indirect"))
    assert "the dam w…" in sheet(tmp_path / "x.xlsx")[0][1]
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 3)
    with pytest.raises(UsageError, match="at most 2 quotations"):
        export_quotations(news, tmp_path / "y.xlsx", Filters())
    assert not (tmp_path / "y.xlsx").exists()


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_json_lines_fit_their_schema(news: Store, tmp_path: Path) -> None:
    """Every line is an object of docs/schemas/quotation.schema.json, which forbids unknown keys."""
    export_quotations(news, tmp_path / "x.jsonl", Filters(bare=True, speaker=None))
    export_quotations(news, tmp_path / "vale.jsonl", Filters(speaker="Ruth Vale", stance=["stated", "denied"]))
    schema = json.loads((ROOT / "docs" / "schemas" / "quotation.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    found = [*lines(tmp_path / "x.jsonl"), *lines(tmp_path / "vale.jsonl")]
    assert len(found) == 9 + 6
    for one in found:
        validator.validate(one)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**found[0], "extra": 1})


def test_parquet_in_duckdb_and_polars(news: Store, tmp_path: Path) -> None:
    """DuckDB and Polars read the same rows as the JSON lines hold, with lists, structs and UTC times as columns."""
    export_quotations(news, tmp_path / "x.parquet", Filters())
    expected = [one.to_dict() for one in find_quotations(news, Filters())]
    frame = polars.read_parquet(tmp_path / "x.parquet")
    assert frame.columns == list(expected[0]) == list(PARQUET_COLUMNS)
    assert frame.schema["published_at"] == polars.Datetime("us", "UTC")
    for row, one in zip(frame.to_dicts(), expected, strict=True):
        moment = row["published_at"].isoformat() if row["published_at"] else None
        assert {**row, "published_at": moment} == json.loads(json.dumps(one))
    with duckdb.connect() as connection:
        [(number, start)] = connection.execute(
            "SELECT count(*), max(content[1].start) FROM read_parquet(?) WHERE list_contains([x.name for x in speakers], 'Ruth Vale')",
            [str(tmp_path / "x.parquet")],
        ).fetchall()
    assert (number, start) == (
        6,
        max(one["content"][0]["start"] for one in expected if "Ruth Vale" in str(one["speakers"])),
    )
