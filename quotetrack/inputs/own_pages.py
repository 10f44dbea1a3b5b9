"""Recognise pages that ``quotetrack report`` wrote, which are not articles."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

GENERATOR = '<meta name="generator" content="quotetrack'  # the start of a tag in the head of every page
MANIFEST = "quotetrack-files.json"  # lists the files of a site, in its folder
JOURNAL = "quotetrack-files.part"  # lists the files that a run has written which has not finished
_HEAD = 1024  # bytes in which the tag stands


def is_own_page(path: Path) -> bool:
    """Whether ``report`` wrote this file: it has the tag, or the manifest or the journal of a site lists it.

    Sites written before there was a tag have a manifest. A page that a killed run has not finished is in the journal.
    Returns false for files that cannot be read.
    """
    if not path.name.lower().endswith((".html", ".htm")):
        return False
    try:
        with path.open("rb") as file:
            if GENERATOR.encode() in file.read(_HEAD):
                return True
        # A site has one level of folders.
        return any(
            (found := folder / name).is_file() and path.relative_to(folder).as_posix() in _listed(found)
            for folder in list(path.parents)[:2]
            for name in (MANIFEST, JOURNAL)
        )
    except (OSError, ValueError):
        return False


def listed_files(manifest: object) -> list[str]:
    """Return the paths in a decoded manifest, of this version or an older one; an empty list if it is damaged."""
    files = manifest.get("files") if isinstance(manifest, dict) else manifest
    return [str(name) for name in files] if isinstance(files, (list, dict)) else []


def _listed(record: Path) -> frozenset[str]:
    state = record.stat()
    return _read(record, (state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=8)
def _read(record: Path, _state: tuple[int, int]) -> frozenset[str]:
    text = record.read_text(encoding="utf-8")
    return frozenset(text.splitlines() if record.name == JOURNAL else listed_files(json.loads(text)))
