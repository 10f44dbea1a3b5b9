"""Read text files, with an optional header of ``Outlet: …`` lines."""

from __future__ import annotations

import re

from quotetrack.errors import InputError
from quotetrack.inputs.decoding import decode
from quotetrack.inputs.metadata import Metadata, article
from quotetrack.model import Article

_KEYS = {
    "outlet": "outlet", "source": "outlet", "publisher": "outlet", "url": "url", "link": "url", "title": "title",
    "headline": "title", "author": "author", "byline": "author", "by": "author", "published": "published", "date": "published",
    "language": "language", "lang": "language",
}  # fmt: skip
# A header must contain one of these; "Title" and "Author" alone could be speakers in a transcript.
_REQUIRED = {"outlet", "url", "published"}
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,30}):[ \t]*(.*)|[Bb][Yy][ \t]+(\S.*)")
_MIN_KEYS = 2  # a single line with a colon can be a headline or part of a transcript


def read_plain(data: bytes, location: str, given: Metadata) -> Article:
    """Read the article in a text file. Raises ``InputError`` if it contains no text."""
    text = decode(data)
    found, start = header(text)
    body = text[start:]
    if not body.strip("\ufeff \t\r\n\f\v"):
        raise InputError("The file contains no text.")
    return article(body, found, given, location)


def header(text: str) -> tuple[Metadata, int]:
    """Return the metadata in the header of a text and the offset of the body (0 if there is no header).

    A header consists of ``Key: value`` lines only and ends with an empty line. It has at least two known keys, one of
    them outlet, url or published, and no key twice. Anything else is treated as text, so that no text is lost.
    """
    values: dict[str, str] = {}
    position = 1 if text.startswith("\ufeff") else 0
    for line in text[position:].splitlines(keepends=True):
        bare = line.strip()
        if not bare:
            if len(values) >= _MIN_KEYS and _REQUIRED & values.keys():
                return Metadata(**values), position + len(line)
            break
        match = _LINE.fullmatch(bare)
        if match is None:
            break
        name, value = (match[1].lower(), match[2]) if match[1] else ("by", match[3])
        position += len(line)
        if (key := _KEYS.get(name)) is None:
            continue  # an unknown key, such as "Section"
        if key in values:
            break
        values[key] = value.strip()
    return Metadata(), 0
