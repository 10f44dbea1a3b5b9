"""Text files, with or without a block of ``Outlet: …`` lines at their head."""

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
# A head must hold one of these: "Title" and "Author" alone may as well be voices in a transcript.
_TELLING = {"outlet", "url", "published"}
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,30}):[ \t]*(.*)|[Bb][Yy][ \t]+(\S.*)")
_FEWEST_KEYS = 2  # one line with a colon can be a headline or a transcript


def read_plain(data: bytes, location: str, given: Metadata) -> Article:
    """The article in a text file. Raises ``InputError`` where there is no text."""
    text = decode(data)
    found, start = header(text)
    body = text[start:]
    if not body.strip("\ufeff \t\r\n\f\v"):
        raise InputError("The file holds no text.")
    return article(body, found, given, location)


def header(text: str) -> tuple[Metadata, int]:
    """What the head of a text says of it, and where the text itself begins (0 where there is no such head).

    A head has two of the known keys or more, one of them telling, none twice, and nothing but ``Key: value`` lines up
    to its empty line. Anything less is text: better a head read as text than the first words of an interview lost.
    """
    values: dict[str, str] = {}
    position = 1 if text.startswith("\ufeff") else 0
    for line in text[position:].splitlines(keepends=True):
        bare = line.strip()
        if not bare:
            if len(values) >= _FEWEST_KEYS and _TELLING & values.keys():
                return Metadata(**values), position + len(line)
            break
        match = _LINE.fullmatch(bare)
        if match is None:
            break
        name, value = (match[1].lower(), match[2]) if match[1] else ("by", match[3])
        position += len(line)
        if (key := _KEYS.get(name)) is None:
            continue  # a key of someone else's, such as "Section"
        if key in values:
            break
        values[key] = value.strip()
    return Metadata(), 0
