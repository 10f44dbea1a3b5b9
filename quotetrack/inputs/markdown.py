"""Read Markdown files (.md) as articles, with metadata in their front matter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from quotetrack.errors import InputError
from quotetrack.inputs import limits
from quotetrack.inputs.decoding import decode
from quotetrack.inputs.documents import read_markdown
from quotetrack.inputs.metadata import Metadata, article
from quotetrack.inputs.plain import header
from quotetrack.inputs.records import metadata_of
from quotetrack.inputs.source import Source
from quotetrack.model import Article, Failure

_YAML = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n(.*?\r?\n)??\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"([A-Za-z][\w -]*?)\s*:(?:\s+(.*)|\s*)")
_ITEM = re.compile(r"\s*-\s+(.*)")
_HEADING = re.compile(r"\s*#[ \t]+(\S[^\n]*)")


def read_md(source: Source) -> Iterator[Article | Failure]:
    """Yield the article in a Markdown file. Raises ``InputError`` if it has no text.

    Metadata is taken from front matter (between lines of ``---`` or ``+++``), from header lines (``Outlet: …``) as in text
    files, and the title from a heading at the start.
    """
    page = decode(limits.whole(source.path, limits.LARGEST_PAGE)).removeprefix("\ufeff")
    found, body = front_matter(page)
    if body == page:
        found, start = header(page)
        body = page[start:]
    heading = _HEADING.match(body)
    found = found.over(Metadata(title=heading[1].strip().rstrip("#").strip() if heading else None))
    text = read_markdown(body).text
    if not text.strip():
        raise InputError("The file contains no text.")
    yield article(text, found, source.given, source.place)


def front_matter(page: str) -> tuple[Metadata, str]:
    """Return the metadata in the front matter of a Markdown page, and the page without it.

    >>> front_matter("---\\ntitle: 'The vote'\\ndate: 2026-03-02\\n---\\nText.")[1]
    'Text.'
    """
    if match := _YAML.match(page):
        return metadata_of(_entries(match[1] or "")), page[match.end() :]
    if match := _TOML.match(page):
        try:
            values = tomllib.loads((match[1] or "").replace("\r\n", "\n"))
        except (tomllib.TOMLDecodeError, RecursionError):
            return Metadata(), page
        return metadata_of({key: v.isoformat() if hasattr(v, "isoformat") else v for key, v in values.items()}), page[
            match.end() :
        ]
    return Metadata(), page


def _entries(lines: str) -> dict[str, Any]:
    """Read ``key: value`` lines and lists of ``- value`` lines; anything else of YAML is ignored."""
    found: dict[str, Any] = {}
    key = ""
    for line in lines.splitlines():
        if match := _ENTRY.fullmatch(line.rstrip()):
            key = match[1]
            value = _unquoted(match[2] or "")
            if value.startswith("[") and value.endswith("]"):
                found[key] = [_unquoted(part) for part in value[1:-1].split(",")]
            else:
                found[key] = value
        elif key and (item := _ITEM.fullmatch(line)) and isinstance(found[key] or [], list):
            found[key] = [*(found[key] or []), _unquoted(item[1])]
    return found


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
