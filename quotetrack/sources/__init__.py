"""Bytes in any supported form to ``Article``. Knows nothing of language, parsing or the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quotetrack.errors import InputError
from quotetrack.model import Article, Failure
from quotetrack.sources.jsonl import read_jsonl
from quotetrack.sources.metadata import Metadata
from quotetrack.sources.page import read_page
from quotetrack.sources.plain import read_plain

__all__ = ["Metadata", "find", "read"]

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".jsonl.gz")


def find(paths: Sequence[Path]) -> list[Path]:
    """The files to read: folders are walked in sorted order for the suffixes known; files are taken as named."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(SUFFIXES))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def read(path: Path, given: Metadata | None = None) -> Iterator[Article | Failure]:
    """The articles of one file; what cannot be read comes out as a ``Failure``, nothing is raised."""
    given = given or Metadata()
    name = path.name.lower()
    try:
        if name.endswith((".jsonl", ".jsonl.gz")):
            yield from read_jsonl(path, given)
        elif name.endswith((".html", ".htm")):
            yield read_page(path.read_bytes(), str(path), given)
        elif name.endswith(".txt"):
            yield read_plain(path.read_bytes(), str(path), given)
        else:
            yield Failure(str(path), f"quotetrack reads {', '.join(SUFFIXES)}; this file is none of these.")
    except InputError as error:
        yield Failure(str(path), str(error))
    except OSError as error:
        yield Failure(str(path), f"The file cannot be read: {error.strerror or error}.")
