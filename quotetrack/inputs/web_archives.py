"""Read web archives (WARC and WACZ): the pages that a crawler saved."""

from __future__ import annotations

import io
import logging
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from quotetrack.errors import InputError
from quotetrack.inputs import limits
from quotetrack.inputs.metadata import Metadata
from quotetrack.inputs.page import read_page
from quotetrack.inputs.provenance import with_day
from quotetrack.inputs.source import Source, failure
from quotetrack.model import Article, Failure

_GZIP = b"\x1f\x8b"
_PAGES = ("text/html", "application/xhtml+xml")
_OK = "200"
_MOST_OTHERS = 200_000  # records in a row that are not pages; reading them takes about 15 seconds


def read_warc(source: Source) -> Iterator[Article | Failure]:
    """Yield the articles of a WARC file, optionally gzipped; ``location`` has the address of each page.

    A page without an article is a ``Failure``. Images, scripts and answers other than 200 are left out.
    """
    with limits.opened(source.path) as raw:
        yield from _pages(raw, source.path.stat().st_size, source)


def read_wacz(source: Source) -> Iterator[Article | Failure]:
    """Yield the articles of a WACZ file, a zip archive with WARC files in ``archive/``."""
    with limits.opened(source.path) as raw:
        try:
            archive = zipfile.ZipFile(raw)
        except zipfile.BadZipFile as error:
            raise InputError("This is not a WACZ file, or it is damaged.") from error
        names = [name for name in archive.namelist() if name.endswith((".warc", ".warc.gz"))]
        if not names:
            raise InputError("The zip archive has no WARC file, so it is not a WACZ file.")
        for name in sorted(names):
            try:
                with archive.open(name) as member:
                    packed = io.BufferedReader(limits.Limited(member, archive.getinfo(name).compress_size))
                    yield from _pages(packed, archive.getinfo(name).file_size, source)
            except (*limits.DAMAGED, NotImplementedError, RuntimeError) as error:  # unknown methods, passwords
                yield Failure(f"{source.place}#{name}", "This part of the archive is damaged.", str(error))


def _pages(raw: BinaryIO, size: int, source: Source) -> Iterator[Article | Failure]:
    from quotetrack.inputs.warc_records import Records

    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    packed = raw.peek(2)[:2] == _GZIP if isinstance(raw, io.BufferedReader) else False
    stream = limits.unpacked(raw, size) if packed else raw
    kinds: Counter[str] = Counter()
    since_page = 0
    try:
        for record in Records(stream):
            kind = _kind(record)
            kinds[kind] += 1
            since_page = 0 if kind == "page" else since_page + 1
            if kind == "page":
                yield _article(record, source)
            elif since_page > _MOST_OTHERS:
                raise limits.TooLarge(
                    f"The web archive has more than {_MOST_OTHERS:,} records in a row without a page."
                )
    except limits.TooLarge as error:
        yield Failure(source.place, f"{error} Nothing after record {kinds.total()} was read.")
    except Exception as error:  # warcio raises many kinds of errors on damaged files
        if not kinds:
            raise InputError("This is not a WARC file, or it is damaged.") from error
        reason = f"The file is damaged; nothing after record {kinds.total()} could be read."
        yield Failure(source.place, reason, str(error))
    if not kinds["page"]:
        yield Failure(source.place, "The web archive has no pages.")


def _kind(record: Any) -> str:
    if record.rec_type not in ("response", "resource"):
        return "other record"
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    if headers is None or (record.rec_type == "response" and headers.get_statuscode() != _OK):
        return "other answer"
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return "page" if kind in _PAGES else "other type"


def _article(record: Any, source: Source) -> Article | Failure:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    location = f"{source.place}#{address}"
    try:
        page = limits.whole_stream(record.content_stream(), limits.LARGEST_PAGE)
        found = Metadata(url=address) if address.startswith(("http://", "https://")) else Metadata()
        saved = record.rec_headers.get_header("WARC-Date")
        return with_day(read_page(page, location, source.given.over(found)), saved, "time of saving")
    except limits.TooLarge:
        return Failure(location, f"The page is larger than {limits.LARGEST_PAGE // 1_000_000} MB.")
    except InputError as error:
        return failure(location, error)
