"""Read JSONL files with one article per line and the key names of common scrapers."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotetrack.errors import InputError
from quotetrack.inputs.decoding import decode
from quotetrack.inputs.metadata import Metadata, article
from quotetrack.inputs.page import read_page, text_of_fragment
from quotetrack.model import Article, Failure

_TEXT = ("text", "body", "content", "maintext", "article")
_NAMES = {
    "outlet": ("outlet", "source", "publisher", "site", "sitename", "source_domain"),
    "url": ("url", "link", "canonical_url"),
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline"),
    "published": ("published", "date", "published_at", "date_publish", "publication_date", "datePublished", "pubDate"),
    "language": ("language", "lang"),
}


def read_jsonl(path: Path, place: str, given: Metadata) -> Iterator[Article | Failure]:
    """Yield the articles of a JSONL file, optionally gzipped, and a ``Failure`` for each invalid line."""
    with path.open("rb") as raw:
        lines: Any = gzip.GzipFile(fileobj=raw) if path.name.lower().endswith(".gz") else raw
        number = records = 0
        while True:
            number += 1
            location = f"{place}#{number}"
            try:
                line = lines.readline()
            except (EOFError, gzip.BadGzipFile, zlib.error):
                yield Failure(
                    location, f"The compressed file is damaged; nothing after line {number - 1} could be read."
                )
                return
            if not line:
                if not records:
                    yield Failure(place, "The file contains no records.")
                return
            if not line.strip():
                continue
            records += 1
            try:
                yield _record(line, location, given)
            except InputError as error:
                yield Failure(location, str(error), str(error.__cause__ or ""))


def _record(line: bytes, location: str, given: Metadata) -> Article:
    try:
        record = json.loads(decode(line).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError("This line is not valid JSON.") from error
    if not isinstance(record, dict):
        raise InputError("This line is not a JSON object.")
    found = Metadata(**{field: _first(record, names) for field, names in _NAMES.items()})
    text = _first(record, _TEXT)
    if text is None and (page := _first(record, ("html",))):
        if "<body" in page.lower() or "<html" in page.lower():
            return read_page(page, location, given.over(found))
        text = text_of_fragment(page)
    if not text:
        raise InputError("The record has no text; expected one of the fields " + ", ".join((*_TEXT, "html")) + ".")
    return article(text, found, given, location)


def _first(record: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = record.get(name)
        if isinstance(value, list):
            value = ", ".join(
                str(n) for v in value if isinstance(n := v.get("name") if isinstance(v, dict) else v, str)
            )
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if name in _TEXT:
            if isinstance(value, str) and value.strip():
                return value
        elif isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return None
