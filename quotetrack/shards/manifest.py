"""The manifest of a folder of shards: which shards are complete, and which part of which input is in them.

It is a file of JSON lines that only grows: one line for each shard, written once the shard has its final name, and one for
each run with the inputs that were not read. A shard without a line, or a line without a shard, does not count.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from quotetrack.errors import UsageError
from quotetrack.model import Failure
from quotetrack.shards.files import Shard, write_shard

NAME = "MANIFEST"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A range of the records of one input file.

    Attributes:
        file: Identifies the contents and the place of the file, and everything else that its quotations depend on.
        location: The file, for people.
        first: Number of the first record, from 0.
        last: Number of the last record.
        end: Whether the file ends with it.
    """

    file: str
    location: str
    first: int
    last: int
    end: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A complete shard: its file, the SHA-256 of its bytes, what is in it, and from where."""

    name: str
    sha256: str
    articles: int
    quotations: int
    failures: int
    parts: tuple[Part, ...]


@dataclass(slots=True)
class Manifest:
    """What a folder of shards holds. ``read`` and ``open`` make it from the file."""

    folder: Path
    entries: list[Entry] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    not_read: list[tuple[str, str]] = field(default_factory=list)
    _parts: dict[str, dict[int, Part]] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> Manifest:
        """Return the manifest of a folder, which is created if it is missing.

        Raises ``UsageError`` if the folder has other files but no manifest, or cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / NAME).exists():
                if any(not entry.name.startswith(".") for entry in folder.iterdir()):
                    raise UsageError(f"{folder} has files but no shards; choose a new or empty folder.")
                (folder / NAME).touch()
        except OSError as error:
            raise UsageError(f"Cannot write to {folder}: {error.strerror or error}.") from error
        return cls.read(folder)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Return the manifest of a folder. Raises ``UsageError`` if there is none, or if a newer version wrote it."""
        try:
            lines = (folder / NAME).read_bytes().splitlines()
        except OSError as error:
            raise UsageError(
                f"{folder} is not a folder of shards; write one with 'quotetrack extract --out'."
            ) from error
        manifest = cls(folder)
        for line in lines:
            try:
                content = json.loads(line)
            except ValueError:  # a run was stopped while it wrote this line
                continue
            manifest._add_line(content)
        return manifest

    def _add_line(self, content: dict[str, Any]) -> None:
        if content.pop("format") != _FORMAT:
            raise UsageError(
                f"The shards in {self.folder} are of a newer version of quotetrack; update quotetrack to use them."
            )
        if "sources" in content:
            self.sources += [one for one in content["sources"] if one not in self.sources]
            self.not_read = [(location, reason) for location, reason in content["not_read"]]
        elif Path(content["name"]).name == content["name"] and (self.folder / content["name"]).is_file():
            self._add_entry(Entry(**content | {"parts": tuple(Part(**part) for part in content["parts"])}))

    def _add_entry(self, entry: Entry) -> None:
        if all(entry.name != other.name for other in self.entries):
            self.entries.append(entry)
        for part in entry.parts:
            self._parts.setdefault(part.file, {})[part.first] = part

    def parts_of(self, file: str) -> dict[int, Part]:
        """The parts of an input file that are in complete shards, by their first record."""
        return self._parts.get(file, {})

    def leave_out(self, sources: Sequence[str], not_read: Sequence[tuple[str, str]]) -> None:
        """Record the inputs of a run, and what was not read in them with the reasons."""
        self._append({"sources": list(sources), "not_read": [list(one) for one in not_read]})

    def add(self, shard: Shard, parts: Sequence[Part]) -> Entry:
        """Write a shard and record it.

        A run that is stopped meanwhile leaves neither an incomplete shard nor an entry for one. Raises ``OSError``.
        """
        name = f"{identifier(*(asdict(part) for part in parts))}.parquet"
        partial = self.folder / f".{name}.{os.getpid()}.part"
        try:
            write_shard(partial, shard)
            sha256 = file_sha256(partial)
            partial.replace(self.folder / name)
        finally:
            partial.unlink(missing_ok=True)
        found = [len(row[1]) for row in shard.rows if not isinstance(row, Failure)]
        entry = Entry(name, sha256, len(found), sum(found), len(shard.rows) - len(found), tuple(parts))
        self._append(asdict(entry))
        self._add_entry(entry)
        return entry

    def _append(self, content: dict[str, Any]) -> None:
        line = json.dumps({"format": _FORMAT, **content}, ensure_ascii=False)
        with (self.folder / NAME).open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 1))
            torn = size > 0 and file.read(1) != b"\n"  # the line of a run that was stopped ends here
            file.write((b"\n" if torn else b"") + line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())


def identifier(*parts: object) -> str:
    """Return the first 32 hexadecimal digits of the SHA-256 of the parts, as JSON."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True, sort_keys=True).encode()).hexdigest()[:32]


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of the bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
