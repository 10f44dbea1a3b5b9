"""Read input files in all supported formats as ``Article`` objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from quotetrack.errors import InputError, UsageError
from quotetrack.inputs.dates import iso_date
from quotetrack.inputs.jsonl import read_jsonl
from quotetrack.inputs.metadata import Metadata
from quotetrack.inputs.own_pages import is_own_page
from quotetrack.inputs.page import read_pages
from quotetrack.inputs.plain import read_plain
from quotetrack.model import Article, Failure

__all__ = ["Found", "Metadata", "check_request", "find", "find_all", "read", "read_standard_input"]

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".jsonl.gz")


def check_request(paths: Sequence[Path], given: Metadata) -> None:
    """Raise ``UsageError`` if a path does not exist or the publication date is invalid."""
    if given.published and not iso_date(given.published):
        raise UsageError(f"Invalid date '{given.published}'; use YYYY-MM-DD.")
    if missing := [str(path) for path in paths if not path.exists()]:
        raise UsageError(f"File or folder not found: {', '.join(missing)}.")


class Found(NamedTuple):
    """The files to read, and the pages in folders that ``quotetrack report`` wrote, which are not read."""

    files: list[Path]
    own_pages: list[Path]


def find(paths: Sequence[Path]) -> list[Path]:
    """List the files to read: files as given, and the supported files in folders, recursively and in sorted order."""
    return find_all(paths).files


def find_all(paths: Sequence[Path]) -> Found:
    """List the files to read, as ``find`` does, and the pages of ``quotetrack report`` that were left out."""
    found: list[Path] = []
    own: list[Path] = []
    for path in paths:
        if path.is_dir():
            for one in sorted(p for p in path.rglob("*") if _wanted(p, path)):
                (own if is_own_page(one) else found).append(one)
        else:
            found.append(path)
    return Found(list(dict.fromkeys(found)), list(dict.fromkeys(own)))


def read(path: Path, given: Metadata | None = None) -> Iterator[Article | Failure]:
    """Yield the articles of one file, and a ``Failure`` for each that cannot be read. Does not raise for bad input."""
    given = given or Metadata()
    name = path.name.lower()
    # File names on Linux may be invalid UTF-8, which the database cannot store.
    place = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        if name.endswith((".jsonl", ".jsonl.gz")):
            yield from read_jsonl(path, place, given)
        elif name.endswith((".html", ".htm")):
            if is_own_page(path):
                raise InputError("This page was written by 'quotetrack report'; give the articles instead.")
            yield from read_pages(path.read_bytes(), place, given)
        elif name.endswith(".txt"):
            yield read_plain(path.read_bytes(), place, given)
        else:
            yield Failure(place, f"Unsupported file type; use {', '.join(SUFFIXES)}.")
    except InputError as error:
        yield Failure(place, str(error), str(error.__cause__ or ""))
    except OSError as error:
        yield Failure(place, f"Cannot read the file: {error.strerror or error}.", str(error))
    except ValueError as error:  # a NUL character in the path
        yield Failure(place, "Invalid file path.", str(error))


def read_standard_input(stream: BinaryIO, given: Metadata | None = None) -> Iterator[Article | Failure]:
    """Read an article from standard input, in the format of text files; its location is ``-``."""
    try:
        yield read_plain(stream.read(), "-", given or Metadata())
    except InputError as error:
        yield Failure("-", str(error), str(error.__cause__ or ""))
    except OSError as error:
        yield Failure("-", f"Cannot read standard input: {error.strerror or error}.", str(error))


def _wanted(path: Path, folder: Path) -> bool:
    """Whether to read a file found in a folder; hidden files (``.git``, ``._a.txt`` on macOS) are skipped."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.name.lower().endswith(SUFFIXES) and path.is_file()
