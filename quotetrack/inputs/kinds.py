"""Decide which reader reads a file, by its name and by its first bytes."""

from __future__ import annotations

import gzip
import re
import zipfile
from pathlib import Path

from quotetrack.errors import InputError
from quotetrack.inputs import limits
from quotetrack.inputs.own_pages import is_own_page

# The kinds of files and the ends of their names.
SUFFIXES = {
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown"),
    "page": (".html", ".htm", ".xhtml"),
    "jsonl": (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"),
    "csv": (".csv", ".tsv"),
    "parquet": (".parquet",),
    "word": (".docx",),
    "pdf": (".pdf",),
    "eml": (".eml",),
    "mbox": (".mbox",),
    "warc": (".warc", ".warc.gz"),
    "wacz": (".wacz",),
}
ALL_SUFFIXES = tuple(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
_HEAD = 4_096  # bytes
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_MESSAGE = re.compile(
    rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:Message-ID|MIME-Version|Received):", re.IGNORECASE
)
_UNREADABLE = (
    (b"\xd0\xcf\x11\xe0", "This is an old Word, Excel or PowerPoint file; save it as .docx."),
    (b"{\\rtf", "This is an RTF file; save it as .docx."),
)


def kind_by_name(name: str) -> str | None:
    """The kind of file that a name announces, or ``None``.

    >>> kind_by_name("Feed.NDJSON.gz")
    'jsonl'
    """
    lower = name.lower()
    return next((kind for kind, suffixes in SUFFIXES.items() if lower.endswith(suffixes)), None)


def kind_of(path: Path) -> str:
    """The kind of a file: what its first bytes say, or else its name. Raises ``InputError`` if it is of no known kind."""
    with limits.opened(path) as stream:
        head = stream.read(_HEAD)
    named = kind_by_name(path.name)
    for start, reason in _UNREADABLE:
        if head.startswith(start):
            raise InputError(reason)
    if named == "page" and is_own_page(path):
        raise InputError("This page was written by 'quotetrack report'; give the articles instead.")
    if kind := _by_content(head, path, named):
        return kind
    if named is None:
        raise InputError(f"Unsupported file type; use {', '.join(ALL_SUFFIXES)}.")
    return named


def _by_content(head: bytes, path: Path, named: str | None) -> str | None:
    """The kind that the first bytes of a file prove, even if its name says otherwise."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(path)
    if head.startswith(b"\x1f\x8b"):
        return "warc" if _unpacked_head(path).startswith(b"WARC/") else "jsonl"
    if _PAGE.match(head) and named in (None, "text", "pdf", "word", "markdown"):
        return "page"
    if named is None and head.startswith(b"From ") and b"\n" in head:
        return "mbox"
    if named is None and _MESSAGE.match(head):
        return "eml"
    return None


def _unpacked_head(path: Path) -> bytes:
    try:
        with limits.opened(path) as stream:
            return gzip.GzipFile(fileobj=stream).read(16)
    except limits.DAMAGED:
        return b""


def _kind_of_archive(path: Path) -> str:
    try:
        with limits.opened(path) as stream, zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except (*limits.DAMAGED, NotImplementedError, ValueError, RuntimeError) as error:
        kind = {".docx": "Word document", ".wacz": "web archive"}.get(path.suffix.lower(), "zip archive")
        raise InputError(f"This {kind} is damaged.") from error
    if "word/document.xml" in names:
        return "word"
    if any(name.endswith((".warc", ".warc.gz")) for name in names):
        return "wacz"
    raise InputError("This zip archive is neither a Word document (.docx) nor a web archive (.wacz); unpack it first.")
