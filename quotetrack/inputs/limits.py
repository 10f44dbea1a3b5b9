"""Read files with limits on size, so that no input can fill the memory, hang, or take minutes."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from quotetrack.errors import InputError

LARGEST_TEXT = 2_000_000  # characters of one article
LARGEST_FILE = 50_000_000  # bytes of a file that holds one article
LARGEST_PAGE = 10_000_000  # bytes of one web page, email or record
LARGEST_RATIO = 100  # unpacked to packed; text rarely compresses to less than a tenth
_ALWAYS_UNPACKED = 100_000_000  # bytes that any compressed file may have, whatever its ratio
_MOST_EMPTY_LINES = 1_000_000  # in a row
_LONGEST_SKIPPED = 20  # times LARGEST_PAGE: a longer line ends the file
DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error, zipfile.BadZipFile)


class TooLarge(InputError):
    """Input over a limit; nothing after it is read."""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading. Raises ``InputError`` for pipes, devices and sockets, which may never end."""
    # O_NONBLOCK: opening a named pipe that nobody writes to would otherwise wait forever.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as stream:  # noqa: PTH123 (a descriptor, not a path)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise InputError("This is a pipe, device or socket; copy its contents to a regular file first.")
        yield stream


def whole(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """Return the contents of a file. Raises ``InputError`` if it is larger than ``largest`` bytes."""
    with opened(path) as stream:
        return whole_stream(stream, largest)


def whole_stream(stream: Any, largest: int = LARGEST_FILE) -> bytes:
    """Return everything in a stream. Raises ``InputError`` if that is more than ``largest`` bytes."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(1 << 16):
        pieces.append(piece)
        size += len(piece)
        if size > largest:
            raise TooLarge(f"This is larger than {largest // 1_000_000} MB, the limit for one article.")
    return b"".join(pieces)


def unpacked(stream: BinaryIO, packed_size: int) -> BinaryIO:
    """Decompress gzip with a limit on the ratio. Reading raises one of ``DAMAGED``, or ``TooLarge`` over the limit."""
    return io.BufferedReader(Limited(gzip.GzipFile(fileobj=stream), packed_size))


class Limited(io.RawIOBase):
    """A decompressing stream that raises ``TooLarge`` once it has unpacked far more than ``packed_size`` bytes."""

    def __init__(self, stream: Any, packed_size: int) -> None:
        self._stream = stream
        self._left = max(_ALWAYS_UNPACKED, LARGEST_RATIO * packed_size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        # Not read(), which loses what precedes the damage in a damaged file.
        data = self._stream.read1(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge(f"The compressed file unpacks to more than {LARGEST_RATIO} times its size.")
        buffer[: len(data)] = data
        return len(data)


def lines(stream: BinaryIO, longest: int = LARGEST_PAGE) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number, from 1, and ``None`` instead of a line of more than ``longest`` bytes.

    Raises one of ``DAMAGED``, and ``TooLarge`` if a line is so long, or if there are so many empty lines, that reading
    on would take too long.
    """
    number = empty = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) > longest and not line.endswith(b"\n"):
            _skip_line(stream, longest)
            yield number, None
            continue
        empty = empty + 1 if line.isspace() else 0
        if empty > _MOST_EMPTY_LINES:
            raise TooLarge(f"The file has more than {_MOST_EMPTY_LINES:,} empty lines in a row.")
        yield number, line


def _skip_line(stream: BinaryIO, longest: int) -> None:
    for _ in range(_LONGEST_SKIPPED):
        if (piece := stream.readline(longest)).endswith(b"\n") or not piece:
            return
    raise TooLarge(f"A line is longer than {_LONGEST_SKIPPED * longest // 1_000_000} MB.")


def archive_part(archive: zipfile.ZipFile, name: str, largest: int = LARGEST_PAGE) -> bytes:
    """Return one file of a zip archive. Raises ``InputError`` if it is larger than ``largest`` bytes."""
    with archive.open(name) as stream:
        return whole_stream(stream, largest)
