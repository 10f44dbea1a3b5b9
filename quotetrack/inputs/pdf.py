"""Read PDF files: text in lines, from which paragraphs are put together again."""

from __future__ import annotations

import io
import logging
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from quotetrack.errors import InputError
from quotetrack.inputs import limits
from quotetrack.inputs.metadata import Metadata, article
from quotetrack.inputs.provenance import with_day
from quotetrack.inputs.source import Source
from quotetrack.model import Article, Failure

_MOST_PAGES = 500
_LARGEST_DRAWING = 5_000_000  # bytes of the commands that draw one page; more is a map or a chart
_EDGE = 3  # lines at the top and the bottom of a page where headers and footers stand
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—\s]*\d{1,4}[-–—\s]*(?:(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_SPLIT_WORD = re.compile(r"(\w+)-$")
_LONGEST_WORD = 60
_HYPHENATED = re.compile(r"\w[\w-]*")
_FIRST_WORD = re.compile(r"\w+")
_FULL_LINE = 0.8  # of the usual length; a shorter line that ends a sentence ends a paragraph
_SHORT_LINE = 0.6  # a line shorter than this that does not end a sentence is a heading


def read_pdf(source: Source) -> Iterator[Article | Failure]:
    """Yield the article in a PDF file. Raises ``InputError`` if it has no text, is damaged or has a password."""
    text, found = pdf_text(limits.whole(source.path))
    created, found = found.published, replace(found, published=None)
    yield with_day(article(text, found, source.given, source.place), created, "document properties")


def pdf_text(data: bytes) -> tuple[str, Metadata]:
    """Return the text of a PDF file, with an empty line between paragraphs, and its title, author and day of creation.

    Raises ``InputError`` if it has no text, is damaged or has a password.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages, found = _read(data)
    except InputError:
        raise
    except Exception as error:  # pypdf raises many kinds of errors on damaged files
        raise InputError("This is not a PDF file, or it is damaged.") from error
    text = text_of_pages(pages)
    if not text:
        raise InputError("The PDF has no text, only images; recognise its text (OCR) first.")
    return text, found


def _read(data: bytes) -> tuple[list[str], Metadata]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError("The PDF is protected by a password.")
    if len(reader.pages) > _MOST_PAGES:
        raise InputError(f"The PDF has more than {_MOST_PAGES} pages, the limit for one article.")
    pages: list[str] = []
    for page in reader.pages:
        content = page.get_contents()
        drawn = content is not None and len(content.get_data()) <= _LARGEST_DRAWING
        pages.append(page.extract_text() if drawn else "")
        if sum(map(len, pages)) > limits.LARGEST_TEXT:
            raise InputError(f"The PDF has more than {limits.LARGEST_TEXT:,} characters, the limit for one article.")
    return pages, _metadata(reader)


def _metadata(reader: Any) -> Metadata:
    known = reader.metadata or {}
    created = _created(str(known.get("/CreationDate") or ""))
    values = (str(known.get(name) or "").strip() or None for name in ("/Title", "/Author"))
    title, author = values
    return Metadata(title=title, author=author, published=created)


def _created(date: str) -> str | None:
    digits = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", date)
    try:
        return datetime(*map(int, digits.groups())).date().isoformat() if digits else None  # type: ignore[arg-type]
    except ValueError:
        return None


def text_of_pages(pages: Sequence[str]) -> str:
    """Return the text of pages as paragraphs, without repeated headers and footers and without page numbers.

    Lines are joined to paragraphs. A word divided at the end of a line is joined; its hyphen is kept only if the text
    writes the same word with a hyphen elsewhere.

    >>> text_of_pages(["The council said the har-\\nbour would close for a year.\\n2"])
    'The council said the harbour would close for a year.'
    """
    split = [[line.strip() for line in page.splitlines()] for page in pages]
    repeated = _repeated(split)
    lines: list[str] = []
    for page in split:
        kept = [line for place, line in enumerate(page) if not _is_furniture(line, place, page, repeated)]
        # A page ends within a paragraph unless its last line ends a sentence; empty lines at its edges say nothing.
        lines += _without_outer_empty(kept)
    return "\n\n".join(_paragraphs(lines))


def _edge(place: int, page: Sequence[str]) -> bool:
    filled = [number for number, line in enumerate(page) if line]
    return place in filled[:_EDGE] or place in filled[-_EDGE:]


def _repeated(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines at the edge of at least half of the pages, and of at least two, whatever their digits."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_DIGITS.sub("#", line) for place, line in enumerate(page) if line and _edge(place, page)})
    return {line for line, count in counts.items() if count >= max(2, len(pages) / 2)}


def _is_furniture(line: str, place: int, page: Sequence[str], repeated: set[str]) -> bool:
    if not line or not _edge(place, page):
        return False
    return _DIGITS.sub("#", line) in repeated or _PAGE_NUMBER.fullmatch(line) is not None


def _without_outer_empty(lines: list[str]) -> list[str]:
    filled = [place for place, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    usual = statistics.median_high([len(line) for line in lines if line] or [0])
    hyphenated = {
        pair for line in lines for word in _HYPHENATED.findall(line) for pair in pairwise(word.lower().split("-"))
    }
    paragraph = last = ""
    for line in [*lines, ""]:
        if paragraph and (not line or _ends(last, usual)):
            yield paragraph
            paragraph = ""
        if line:
            paragraph, last = _joined(paragraph, line, hyphenated) if paragraph else line, line


def _ends(line: str, usual: int) -> bool:
    if _ENDS_SENTENCE.search(line):
        return len(line) < _FULL_LINE * usual
    return len(line) < _SHORT_LINE * usual and _SPLIT_WORD.search(line[-_LONGEST_WORD:]) is None


def _joined(paragraph: str, line: str, hyphenated: set[tuple[str, str]]) -> str:
    split, following = _SPLIT_WORD.search(paragraph[-_LONGEST_WORD:]), _FIRST_WORD.match(line)
    if split is None or following is None:
        return f"{paragraph} {line}"
    if line[0].islower() and (split[1].lower(), following[0].lower()) not in hyphenated:
        return paragraph[:-1] + line
    return paragraph + line
