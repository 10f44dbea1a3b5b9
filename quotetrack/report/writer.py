"""Write the files of a site: only those that changed, and remove those that are no longer needed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TextIO

from quotetrack.errors import UsageError
from quotetrack.inputs import find
from quotetrack.inputs.own_pages import JOURNAL, MANIFEST, listed_files
from quotetrack.version import __version__

_REMOVED = (".html", ".js", ".css")  # suffixes of files that may be removed


class Writer:
    """Writes the files of one run to a folder. Use as a context manager; ``finish`` removes old files.

    The manifest lists the files of the last complete run with the hashes of their bytes. A file with the same bytes is
    not written again. Files that a killed run has written are in the journal: the next run writes them again, since they may be
    incomplete, and removes those it does not write itself.

    Attributes:
        written: Paths of all files of this run, whether they changed or not.
        changed: Number of files that were written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: dict[str, str] = {}
        self.changed = 0
        before = _decoded(folder / MANIFEST)
        files = before.get("files") if isinstance(before, dict) else None
        self._hashes = {str(k): str(v) for k, v in files.items()} if isinstance(files, dict) else {}
        self._unfinished = set(_lines(folder / JOURNAL))
        self._before = {*listed_files(before), *self._unfinished}
        self._record = before if isinstance(before, dict) else {}
        self._journal: TextIO | None = None

    def __enter__(self) -> Writer:
        _refuse_articles(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._journal = (self.folder / JOURNAL).open("a", encoding="utf-8", buffering=1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._journal:
            self._journal.close()

    def recorded(self, name: str) -> list[str]:
        """Return a list of identifiers that the last complete run recorded; empty if there is none."""
        found = self._record.get(name)
        return [str(one) for one in found] if isinstance(found, list) else []

    @property
    def is_first(self) -> bool:
        """Whether no complete run has written to this folder."""
        return "statements" not in self._record

    def write(self, path: str, data: bytes) -> None:
        """Write one file; ``path`` is relative to the folder."""
        digest = sha256(data).hexdigest()
        self.written[path] = digest
        target = self.folder / path
        if self._hashes.get(path) == digest and path not in self._unfinished and _size(target) == len(data):
            return
        if path not in self._unfinished and self._journal:
            self._journal.write(path + "\n")  # before the file, so that a killed run leaves none that is not recorded
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)
        self.changed += 1

    def finish(self, **recorded: Iterable[str]) -> list[str]:
        """Remove files of earlier runs that this one did not write, and replace the manifest.

        ``recorded`` are lists of identifiers for the next run. Returns the paths of all files of this run, sorted.
        """
        for path in sorted(self._before - self.written.keys()):
            self._remove(path)
        manifest = {"generator": f"quotetrack {__version__}", "files": dict(sorted(self.written.items()))}
        manifest |= {name: list(values) for name, values in recorded.items()}
        new = self.folder / f"{MANIFEST}.new"
        new.write_text(json.dumps(manifest, indent=0) + "\n", encoding="utf-8")
        new.replace(self.folder / MANIFEST)
        if self._journal:
            self._journal.close()
        (self.folder / JOURNAL).unlink(missing_ok=True)
        return sorted(self.written)

    def _remove(self, path: str) -> None:
        """Remove a file of an earlier run. A manifest that was tampered with removes nothing outside the folder."""
        target = (self.folder / path).resolve()
        if target.is_relative_to(self.folder.resolve()) and target.suffix in _REMOVED:
            target.unlink(missing_ok=True)


def _refuse_articles(folder: Path) -> None:
    """Raise ``UsageError`` if the folder has files that ``ingest`` would read: the site would be mixed with articles."""
    if not folder.is_dir():
        return
    found = find([folder])
    if found:
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        first = found[0].relative_to(folder)
        raise UsageError(f"{folder} holds articles ({first}{more}); write the pages to another folder with --out.")


def _decoded(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
