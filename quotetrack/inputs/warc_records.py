"""Iterate over the records of a WARC file with warcio, with a limit on lines and without its printed warnings."""

from __future__ import annotations

from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader

_LONGEST_LINE = 1_000_000  # bytes of a line between or in the headers of records


class Records(ArchiveIterator):  # type: ignore[misc]
    """The records of a WARC file."""

    INC_RECORD = ""  # a warning that would be printed for each record with a wrong length

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self.reader = _Reader(self.fh)


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    """Returns the rest of a long line as further lines, because the time of the base class grows with the square of their length."""

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or _LONGEST_LINE, _LONGEST_LINE))
        return line
