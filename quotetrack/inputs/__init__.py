"""Bytes in any supported form to ``Article``. Knows nothing of language, parsing or the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from quotetrack.errors import InputError, UsageError
from quotetrack.inputs.dates import iso_date
from quotetrack.inputs.jsonl import read_jsonl
from quotetrack.inputs.metadata import Metadata
from quotetrack.inputs.page import read_page
from quotetrack.inputs.plain import read_plain
from quotetrack.model import Article, Failure

__all__ = ["Metadata", "check_request", "find", "read", "read_standard_input"]

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".jsonl.gz")


def check_request(paths: Sequence[Path], given: Metadata) -> None:
    """Raise ``UsageError`` for paths that do not exist and a date of publication that is none."""
    if given.published and not iso_date(given.published):
        raise UsageError(f"Invalid date '{given.published}'; use YYYY-MM-DD.")
    if missing := [str(path) for path in paths if not path.exists()]:
        raise UsageError(f"There is no file or folder {', '.join(missing)}.")


def find(paths: Sequence[Path]) -> list[Path]:
    """The files to read: folders are walked in sorted order for the suffixes known; files are taken as named."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if _wanted(p, path))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def read(path: Path, given: Metadata | None = None) -> Iterator[Article | Failure]:
    """The articles of one file; what cannot be read comes out as a ``Failure``, nothing is raised."""
    given = given or Metadata()
    name = path.name.lower()
    # A file name need not be UTF-8 (Linux), but the database's text must be.
    place = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        if name.endswith((".jsonl", ".jsonl.gz")):
            yield from read_jsonl(path, place, given)
        elif name.endswith((".html", ".htm")):
            yield read_page(path.read_bytes(), place, given)
        elif name.endswith(".txt"):
            yield read_plain(path.read_bytes(), place, given)
        else:
            yield Failure(place, f"quotetrack reads {', '.join(SUFFIXES)}; this file is none of these.")
    except InputError as error:
        yield Failure(place, str(error), str(error.__cause__ or ""))
    except OSError as error:
        yield Failure(place, f"The file cannot be read: {error.strerror or error}.", str(error))
    except ValueError as error:  # a NUL in the path
        yield Failure(place, "The path is not one a file can have.", str(error))


def read_standard_input(stream: BinaryIO, given: Metadata | None = None) -> Iterator[Article | Failure]:
    """The article of a text on standard input, with or without a head as text files have it; its location is ``-``."""
    try:
        yield read_plain(stream.read(), "-", given or Metadata())
    except InputError as error:
        yield Failure("-", str(error), str(error.__cause__ or ""))
    except OSError as error:
        yield Failure("-", f"Standard input cannot be read: {error.strerror or error}.", str(error))


def _wanted(path: Path, folder: Path) -> bool:
    """Whether a file in a folder is one to read; hidden ones (``.git``, ``._a.txt`` of a Mac) are not."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.name.lower().endswith(SUFFIXES) and path.is_file()
