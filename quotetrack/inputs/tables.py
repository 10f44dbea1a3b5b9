"""Read CSV and TSV files, with one article per row and the names of the columns in the first."""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from quotetrack.errors import InputError
from quotetrack.inputs import limits
from quotetrack.inputs.decoding import decode
from quotetrack.inputs.records import has_text, of_record
from quotetrack.inputs.source import Source, failure
from quotetrack.model import Article, Failure

_SEPARATORS = (",", ";", "\t", "|")
_LONGEST_ROW = 2 * limits.LARGEST_TEXT  # bytes
_TOO_LONG = f"This row is longer than {_LONGEST_ROW // 1_000_000} MB, or a quotation mark in it is not closed."


def read_csv(source: Source) -> Iterator[Article | Failure]:
    """Yield the articles of a table, and a ``Failure`` for each row without one; ``location`` has the row's first line.

    The separator is the comma, semicolon, tab or vertical bar that the first row has most of. Raises ``InputError`` if no
    column has the text of articles.
    """
    with limits.opened(source.path) as raw:
        # A line end in UTF-16 is not one byte, so such files are decoded as a whole.
        wide = raw.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        raw.seek(0)
        stream = io.BytesIO(decode(limits.whole_stream(raw)).encode()) if wide else raw
        yield from _articles(stream, source)


def _articles(stream: BinaryIO, source: Source) -> Iterator[Article | Failure]:
    csv.field_size_limit(_LONGEST_ROW)
    separator, names, number, count = ",", None, 0, 0
    try:
        for number, row in _rows(stream):
            location = f"{source.place}#{number}"
            try:
                text = _decoded(row)
                if names is None:
                    separator = max(_SEPARATORS, key=text.split("\n")[0].count)
                for values in _values(text, separator):
                    if names is None:
                        names = _names(values, source)
                        continue
                    count += 1
                    record = dict(zip(names, values, strict=False))
                    yield of_record(record, location, source.given, source.columns)
            except InputError as error:
                if names is None:
                    raise
                count += 1
                yield failure(location, error)
    except limits.TooLarge as error:
        yield Failure(f"{source.place}#{number + 1}", f"{error} Nothing after line {number} was read.")
        return
    if not count:
        yield Failure(source.place, "The table has no rows.")


def _rows(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield each row with the number of its first line, or ``None`` instead of a row that does not end.

    A row goes on while a quotation mark is open. If it becomes too long, only its first line is given up.
    """
    coming = limits.lines(stream, _LONGEST_ROW)
    read: deque[tuple[int, bytes | None]] = deque()  # lines of a row that was given up
    while first := read.popleft() if read else next(coming, None):
        number, line = first
        if line is None:
            yield number, None
            continue
        row, size, is_open = [line], len(line), line.count(b'"') % 2 == 1
        rest: list[tuple[int, bytes | None]] = []
        while is_open and size <= _LONGEST_ROW and (following := read.popleft() if read else next(coming, None)):
            rest.append(following)
            row.append(following[1] or b"")
            size += len(row[-1]) if following[1] is not None else _LONGEST_ROW
            is_open ^= row[-1].count(b'"') % 2 == 1
        if is_open:
            read.extendleft(reversed(rest))
            yield number, None
        elif b"".join(row).strip():
            yield number, b"".join(row)


def _decoded(row: bytes | None) -> str:
    if row is None:
        raise InputError(_TOO_LONG)
    return decode(row).removeprefix("\ufeff")


def _values(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise InputError("This row is not valid CSV.") from error


def _names(values: list[str], source: Source) -> list[str]:
    names = [name.strip() for name in values]
    if not has_text(names, source.columns):
        listed = ", ".join(name for name in names if name)[:200]
        raise InputError(f"No column has the text of articles (found: {listed}); name it with --map text=COLUMN.")
    return names
