"""CSV: one line per quotation (RFC 4180, in UTF-8).

Spreadsheets run cells that begin with certain characters as formulas, so an apostrophe is put before them, as OWASP advises:
https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from quotetrack.export.selection import Selection
from quotetrack.export.tables import COLUMNS, cells

# The last four are the full-width forms, which some spreadsheets treat alike.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Line:
    """A file for ``csv.writer`` that hands back what is written."""

    def write(self, text: str) -> str:
        return text


def lines(selection: Selection) -> Iterator[str]:
    """Yield the header and a line per quotation."""
    # With another line terminator, Python before 3.13 does not quote cells that contain a carriage return.
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield _row(writer, COLUMNS)
    for one in selection.printings():
        yield _row(writer, [harmless(value) for value in cells(one)])


def harmless(value: Any) -> Any:
    """Return ``value`` with an apostrophe before it if a spreadsheet would take it for a formula.

    >>> harmless("=1+1"), harmless("“We sail”"), harmless(-1)
    ("'=1+1", '“We sail”', -1)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _row(writer: Any, values: Any) -> str:
    line: str = writer.writerow(values)
    return line
