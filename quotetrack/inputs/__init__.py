"""Read input files in all supported formats as ``Article`` objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from quotetrack.errors import InputError, UsageError
from quotetrack.inputs import limits
from quotetrack.inputs.dates import iso_date
from quotetrack.inputs.folders import NotRead, storable, survey
from quotetrack.inputs.jsonl import read_jsonl
from quotetrack.inputs.kinds import kind_of
from quotetrack.inputs.long_runs import shortened
from quotetrack.inputs.mail import read_eml, read_mbox
from quotetrack.inputs.markdown import read_md
from quotetrack.inputs.metadata import Metadata
from quotetrack.inputs.page import read_pages
from quotetrack.inputs.parquet import read_parquet
from quotetrack.inputs.pdf import read_pdf
from quotetrack.inputs.plain import read_plain
from quotetrack.inputs.provenance import stand_in
from quotetrack.inputs.records import check_columns
from quotetrack.inputs.source import Reader, Source, failure
from quotetrack.inputs.tables import read_csv
from quotetrack.inputs.web_archives import read_wacz, read_warc
from quotetrack.inputs.word import read_word
from quotetrack.model import Article, Failure

__all__ = [
    "Metadata", "NotRead", "check_columns", "check_request", "find", "read", "read_standard_input", "storable",
    "survey",
]  # fmt: skip


def check_request(paths: Sequence[Path], given: Metadata) -> None:
    """Raise ``UsageError`` if a path does not exist or the publication date is invalid."""
    if given.published and not iso_date(given.published):
        raise UsageError(f"Invalid date '{given.published}'; use YYYY-MM-DD.")
    if missing := [str(path) for path in paths if not path.exists()]:
        raise UsageError(f"File or folder not found: {', '.join(missing)}.")


def find(paths: Sequence[Path]) -> list[Path]:
    """List the files to read: files as given, and the supported files in folders, recursively and in sorted order."""
    return survey(paths)[0]


def read(
    path: Path, given: Metadata | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[Article | Failure]:
    """Yield the articles of one file, and a ``Failure`` for each that cannot be read. Does not raise for bad input.

    ``columns`` names fields of records (``{"published": "pub_date"}``) whose names are not recognised.
    """
    source = Source(path, storable(path), given or Metadata(), columns or {})
    try:
        kind = kind_of(path)
        if kind in _ONE_ARTICLE:
            for found in _READERS[kind](source):
                yield stand_in(found, path) if isinstance(found, Article) else found
        else:
            yield from shortened(_READERS[kind](source))
    except InputError as error:
        yield failure(source.place, error)
    except OSError as error:
        yield Failure(source.place, f"Cannot read the file: {error.strerror or error}.", str(error))
    except ValueError as error:  # a NUL character in the path
        yield Failure(source.place, "Invalid file path.", str(error))


def read_standard_input(stream: BinaryIO, given: Metadata | None = None) -> Iterator[Article | Failure]:
    """Read an article from standard input, in the format of text files; its location is ``-``."""
    try:
        yield read_plain(limits.whole_stream(stream), "-", given or Metadata())
    except InputError as error:
        yield failure("-", error)
    except OSError as error:
        yield Failure("-", f"Cannot read standard input: {error.strerror or error}.", str(error))


def _read_text(source: Source) -> Iterator[Article | Failure]:
    yield read_plain(limits.whole(source.path), source.place, source.given)


def _read_page(source: Source) -> Iterator[Article | Failure]:
    yield from read_pages(limits.whole(source.path, limits.LARGEST_PAGE), source.place, source.given)


_READERS: dict[str, Reader] = {
    "text": _read_text, "markdown": read_md, "page": _read_page, "jsonl": read_jsonl, "csv": read_csv,
    "parquet": read_parquet, "word": read_word, "pdf": read_pdf, "eml": read_eml, "mbox": read_mbox, "warc": read_warc,
    "wacz": read_wacz,
}  # fmt: skip
# Kinds of files that are one article each, for which the name and the time of the file say something.
_ONE_ARTICLE = ("text", "markdown", "page", "word", "pdf", "eml")
