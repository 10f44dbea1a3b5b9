"""Read Word documents (.docx) as articles."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from quotetrack.errors import InputError
from quotetrack.inputs import limits
from quotetrack.inputs.documents import read_docx
from quotetrack.inputs.metadata import Metadata, article
from quotetrack.inputs.plain import header
from quotetrack.inputs.provenance import with_day
from quotetrack.inputs.source import Source
from quotetrack.model import Article, Failure

_CORE = "docProps/core.xml"
_FIELDS = {"title": "title", "creator": "author", "created": "published", "language": "language"}


def read_word(source: Source) -> Iterator[Article | Failure]:
    """Yield the article in a Word document. Raises ``InputError`` if it has no text or is damaged.

    Metadata is taken from header lines (``Outlet: …``) at the start, as in text files, and from the properties.
    """
    data = limits.whole(source.path)
    text = read_docx(data).text
    if not text.strip():
        raise InputError("The document contains no text.")
    found, start = header(text)
    properties = _properties(data)
    created, properties = properties.published, replace(properties, published=None)
    yield with_day(
        article(text[start:], found.over(properties), source.given, source.place), created, "document properties"
    )


def _properties(data: bytes) -> Metadata:
    """The title, author, date and language in the properties of a document."""
    values = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(limits.archive_part(archive, _CORE), parser)
        for element in root:
            name = _FIELDS.get(etree.QName(element).localname)
            if name and (value := str(element.text or "").strip()):
                values[name] = value
    except Exception:  # a document without properties, or with damaged ones, is still a document
        return Metadata()
    return Metadata(**values)
