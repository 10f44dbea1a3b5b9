"""Find the files to read in folders, and list what is not read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotetrack.inputs.kinds import kind_by_name
from quotetrack.inputs.own_pages import is_own_page

# Names, by convention, of files about the files beside them.
_ABOUT_THE_FOLDER = ("readme", "license", "licence", "changelog", "contributing")
OWN_PAGE = "page that 'quotetrack report' wrote"


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file or folder that is not read, and why; a folder stands for everything in it."""

    location: str
    reason: str


def storable(path: Path | str) -> str:
    """A path as text that the database can store; file names on Linux may be invalid UTF-8."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def survey(paths: Sequence[Path]) -> tuple[list[Path], list[NotRead]]:
    """Return the files to read and what is not read, both sorted within each path given.

    Files given by name are always tried. In folders, recursively, files of known types are; links are not followed.
    """
    files: list[Path] = []
    left_out: list[NotRead] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for found in _walk(path, os.path.realpath(path)):
            if isinstance(found, NotRead):
                left_out.append(found)
            else:
                files.append(found)
    return list(dict.fromkeys(files)), list(dict.fromkeys(left_out))


def _walk(folder: Path, root: str) -> Iterator[Path | NotRead]:
    waiting = [folder]  # a list, because a recursive function fails in very deep folders
    while waiting:
        here = waiting.pop()
        if here is not folder and not here.is_dir():
            yield here
            continue
        try:
            with os.scandir(here) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield NotRead(storable(here), f"unreadable folder ({error.strerror or error})")
            continue
        wanted: list[Path] = []
        for entry in inside:
            path = here / entry.name
            if reason := _reason(entry, path, root):
                yield NotRead(storable(path), reason)
            else:
                wanted.append(path)
        waiting += reversed(wanted)


def _reason(entry: os.DirEntry[str], path: Path, root: str) -> str | None:
    """Why a file or folder is not read; ``None`` if it is."""
    if entry.name.startswith("."):
        return "hidden"
    if entry.name.startswith("~$"):
        return "lock file of a word processor"
    if Path(entry.name).stem.lower() in _ABOUT_THE_FOLDER:
        return "README or licence"
    try:
        if entry.is_symlink():
            return _reason_for_link(path, root)
        if entry.is_dir(follow_symlinks=False):
            return None
        if not entry.is_file(follow_symlinks=False):
            return "not a regular file"
    except OSError as error:
        return f"unreadable ({error.strerror or error})"
    return _reason_for_file(path)


def _reason_for_link(path: Path, root: str) -> str | None:
    target = os.path.realpath(path)
    if not Path(target).exists():
        return "link to nothing"
    if os.path.commonpath([root, target]) != root:
        return "link out of the folder"
    return "link within the folder"


def _reason_for_file(path: Path) -> str | None:
    if kind_by_name(path.name) is None:
        return f"unsupported type ({storable(path.suffix.lower()) or 'no suffix'})"
    return OWN_PAGE if is_own_page(path) else None
