"""Read JSON Lines files, with one article per line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from quotetrack.errors import InputError
from quotetrack.inputs import limits
from quotetrack.inputs.decoding import decode
from quotetrack.inputs.records import NotAnArticle, of_record
from quotetrack.inputs.source import Source, failure
from quotetrack.model import Article, Failure

_GZIP = b"\x1f\x8b"


def read_jsonl(source: Source) -> Iterator[Article | Failure]:
    """Yield the articles of a JSONL file, optionally gzipped, and a ``Failure`` for each invalid line.

    Records that have only quotations (``NotAnArticle``) give one ``Failure`` for the whole file, with their number.
    """
    with limits.opened(source.path) as raw:
        packed = raw.read(2) == _GZIP or source.path.name.lower().endswith(".gz")
        raw.seek(0)
        stream = limits.unpacked(raw, source.path.stat().st_size) if packed else raw
        yield from _records(stream, source)


def _records(stream: BinaryIO, source: Source) -> Iterator[Article | Failure]:
    number = records = not_articles = 0
    reason = ""
    try:
        for number, line in limits.lines(stream):
            if line is not None and not line.strip():
                continue
            records += 1
            location = f"{source.place}#{number}"
            try:
                yield _record(line, location, source)
            except NotAnArticle as error:
                not_articles += 1
                reason = str(error)
            except InputError as error:
                yield failure(location, error)
    except limits.TooLarge as error:
        yield Failure(f"{source.place}#{number + 1}", f"{error} Nothing after line {number} was read.")
    except limits.DAMAGED:
        reason_damaged = f"The compressed file is damaged; nothing after line {number} could be read."
        yield Failure(f"{source.place}#{number + 1}", reason_damaged)
    else:
        if not records:
            yield Failure(source.place, "The file contains no records.")
    if not_articles:
        such = "1 such record was" if not_articles == 1 else f"{not_articles:,} such records were"
        yield Failure(source.place, f"{reason} {such} not read.")


def _record(line: bytes | None, location: str, source: Source) -> Article:
    if line is None:
        raise InputError(f"This line is longer than {limits.LARGEST_PAGE // 1_000_000} MB, the limit for one record.")
    try:
        record = json.loads(decode(line).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError("This line is not valid JSON.") from error
    if not isinstance(record, dict):
        raise InputError("This line is not a JSON object.")
    return of_record(record, location, source.given, source.columns)
