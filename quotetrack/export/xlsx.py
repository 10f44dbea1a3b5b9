"""XLSX: a sheet of quotations and a sheet that says what they are. All texts are written as strings, never as formulas."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from quotetrack.errors import UsageError
from quotetrack.export.described import CHECK_NOTE, described
from quotetrack.export.selection import Selection
from quotetrack.export.tables import COLUMNS, cells
from quotetrack.read.printing import web_address
from quotetrack.version import __version__

# Limits of Excel: https://support.microsoft.com/office/excel-specifications-and-limits
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_MOST_LINKS = 65_530
_LONGEST_LINK = 2_079
_CREATED = datetime(2000, 1, 1)  # fixed, so that the same database gives the same bytes
_WIDTHS = {"speaker": 24, "quotation": 80, "role": 28, "outlet": 20, "published": 12, "title": 40, "url": 40}
_DEFAULT_WIDTH = 14


def write(selection: Selection, target: Path) -> None:
    """Write the workbook to ``target``, row by row. Raises ``UsageError`` if there are more quotations than a sheet has rows."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties({"title": "Quotations", "created": _CREATED, "comments": f"quotetrack {__version__}"})
        _write_quotations(book, selection)
        _write_about(book, selection)


def _write_quotations(book: Any, selection: Selection) -> None:
    sheet = book.add_worksheet("Quotations")
    bold, wrapped, top = (
        book.add_format(one) for one in ({"bold": True}, {"text_wrap": True, "valign": "top"}, {"valign": "top"})
    )
    for number, name in enumerate(COLUMNS):
        sheet.set_column(number, number, _WIDTHS.get(name, _DEFAULT_WIDTH), wrapped if name == "quotation" else top)
    sheet.freeze_panes(1, 1)
    for number, name in enumerate(COLUMNS):
        sheet.write_string(0, number, name, bold)
    row = 0
    for row, one in enumerate(selection.printings(), 1):
        if row >= _MOST_ROWS:
            raise UsageError(
                f"An Excel sheet holds at most {_MOST_ROWS - 1:,} quotations; use filters, or write CSV or Parquet."
            )
        for number, (name, value) in enumerate(zip(COLUMNS, cells(one), strict=True)):
            _write_cell(sheet, row, number, value, link=name == "url" and row <= _MOST_LINKS)
    sheet.autofilter(0, 0, row, len(COLUMNS) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, link: bool) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif link and web_address(value) and len(value) <= _LONGEST_LINK:
        sheet.write_url(row, column, value, string=value)
    else:
        sheet.write_string(row, column, _shortened(value))


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"


def _write_about(book: Any, selection: Selection) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    lines = [("Quotations", str(selection.written)), *described(selection.filters), ("Note", CHECK_NOTE)]
    for row, (label, value) in enumerate([*lines, ("Written by", f"quotetrack {__version__}")]):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, value)
