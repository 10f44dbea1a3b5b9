"""Text files, with or without a block of ``Outlet: …`` lines at their head."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from quotetrack.errors import InputError
from quotetrack.model import Article
from quotetrack.sources.metadata import Metadata, article

_KEYS = {
    "outlet": "outlet", "source": "outlet", "publisher": "outlet", "url": "url", "link": "url", "title": "title",
    "headline": "title", "author": "author", "byline": "author", "published": "published", "date": "published",
    "language": "language", "lang": "language",
}  # fmt: skip
_LINE = re.compile(r"([A-Za-z]+):[ \t]*(.*)$")
_FEWEST_KEYS = 2  # one line with a colon can be a headline or a transcript


def decode(data: bytes) -> str:
    """The text of ``data``: UTF-8 with line ends untouched, else what charset-normalizer takes it for.

    Raises ``InputError`` for what is no text.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        best = (
            None if b"\x00" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff") else from_bytes(data).best()
        )
        if best is None:
            raise InputError("This is not a text file, or its encoding cannot be told; save it as UTF-8.") from None
        text = str(best)
    if "\x00" in text:
        raise InputError("This is not a text file: it holds null characters.")
    return text


def read_plain(data: bytes, location: str, given: Metadata) -> Article:
    """The article in a text file. Raises ``InputError`` where there is no text."""
    text = decode(data)
    found, start = header(text)
    body = text[start:]
    if not body.strip():
        raise InputError("The file holds no text.")
    return article(body, found, given, location)


def header(text: str) -> tuple[Metadata, int]:
    """What the head of a text says of it, and where the text itself begins (0 where there is no such head)."""
    values: dict[str, str] = {}
    position = 1 if text.startswith("\ufeff") else 0
    for line in text[position:].splitlines(keepends=True):
        bare = line.strip()
        if not bare:
            if len(values) >= _FEWEST_KEYS:
                return Metadata(**values), position + len(line)
            break
        match = _LINE.match(bare)
        key = _KEYS.get(match[1].lower()) if match else None
        if match is None or key is None or key in values:
            break
        values[key] = match[2].strip()
        position += len(line)
    return Metadata(), 0
