"""Read web pages. trafilatura extracts the article; quotation markup that it would drop is converted first."""

from __future__ import annotations

import logging
import re
from typing import Any

import trafilatura
from lxml import html as lxml_html

from quotetrack.errors import InputError
from quotetrack.inputs.decoding import decode
from quotetrack.inputs.metadata import Metadata, article
from quotetrack.model import Article

_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_MARKS = (("“", "”"), ("‘", "’"))
_MARK_AT_START = re.compile(r"\s*[\"“”„«‘]")
# Marks the lines of a block quotation during extraction. trafilatura keeps it, and it does not occur in real text.
_IN_BLOCK = "\u2e22\u2e23\u2e22"
_INDENT = "    "
_BLOCKS = (
    "p", "li", "blockquote", "div", "section", "h1", "h2", "h3", "h4", "h5", "h6", "article", "aside", "header", "footer",
    "main", "table", "tr", "td", "th", "caption", "figure", "figcaption", "dt", "dd", "hr", "pre",
)  # fmt: skip
# A page without any line of at least this many words is navigation, not an article.
_FEWEST_WORDS = 4
# Use only declared dates; a date in the text or a footer need not be the publication date.
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%dT%H:%M:%S%z"}


def read_page(data: bytes | str, location: str, given: Metadata) -> Article:
    """Extract the article from an HTML page. Raises ``InputError`` if there is none."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if isinstance(data, bytes):
        data = decoded_page(data)
    try:
        text, found = _extracted(data, given.url)
    except InputError:
        raise
    except Exception as error:  # lxml and trafilatura raise many kinds of errors on malformed pages
        raise InputError("The HTML page is malformed and cannot be read.") from error
    if not any(len(line.split()) >= _FEWEST_WORDS for line in text.splitlines()):
        raise InputError("No article text found in the page.")
    return article(text, found, given, location)


def decoded_page(data: bytes) -> str:
    """Decode an HTML page, by the encoding it declares if it is not UTF-8. Raises ``InputError`` if it is not text."""
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    return decode(data, declared[1].decode("ascii") if declared else None)


def _extracted(page: str, url: str | None) -> tuple[str, Metadata]:
    tree: Any = trafilatura.load_html(page)
    if tree is None:
        raise InputError("This is not an HTML page.")
    found = _metadata(tree, url)
    _keep_quotations(tree)
    _mark_blocks(tree)
    text = trafilatura.extract(
        tree, include_comments=False, include_tables=False, favor_recall=True, url=url, output_format="txt"
    )
    return _indented(text or ""), found


def _mark_blocks(tree: Any) -> None:
    """Mark the contents of ``<blockquote>``, which a page distinguishes only by indentation."""
    for block in tree.iter("blockquote"):
        paragraphs = [element for element in block.iter("p", "li") if element.text_content().strip()]
        for element in paragraphs or [block]:
            element.text = _IN_BLOCK + (element.text or "").lstrip()
        for line in block.iter("br"):
            if (line.tail or "").strip():
                line.tail = _IN_BLOCK + line.tail.lstrip()


def _indented(text: str) -> str:
    """Return ``text`` with the lines of block quotations indented and the markers removed."""
    lines = text.split("\n")
    marked = [_INDENT + line.replace(_IN_BLOCK, "").lstrip() if line.startswith(_IN_BLOCK) else line for line in lines]
    return "\n".join(line.replace(_IN_BLOCK, "") for line in marked)


def _keep_quotations(tree: Any) -> None:
    """Replace ``<q>`` elements by the quotation marks a browser would show.

    No marks are added if the element is empty or already starts with one. Nested quotations get single marks.
    """
    for element in list(tree.iter("q")):
        words = element.text_content()
        if words.strip() and not _MARK_AT_START.match(words):
            # Enclosing elements have been converted to spans already; the attribute "marked" identifies them.
            opening, closing = _MARKS[sum(outer.get("marked") == "q" for outer in element.iterancestors("span")) % 2]
            element.text = opening + (element.text or "")
            if len(element):
                last = element[-1]
                last.tail = (last.tail or "") + closing
            else:
                element.text += closing
            element.set("marked", "q")
        element.tag = "span"


def _metadata(tree: Any, url: str | None) -> Metadata:
    language = tree.get("lang")
    document = trafilatura.extract_metadata(tree, default_url=url, date_config=_DATES)
    if document is None:
        return Metadata(language=language)
    return Metadata(
        outlet=document.sitename,
        url=document.url,
        title=document.title,
        author=document.author.replace("; ", ", ") if document.author else None,
        published=document.date.removesuffix("T00:00:00") if document.date else None,
        language=language or document.language,
    )


def text_of_fragment(fragment: str) -> str:
    """Convert an HTML fragment to plain text with one line per block. Raises ``InputError`` if it is malformed."""
    try:
        root: Any = lxml_html.fromstring(f"<div>{fragment}</div>")
    except Exception as error:  # such as NUL characters or an XML declaration
        raise InputError("The HTML is malformed and cannot be read.") from error
    _keep_quotations(root)
    _mark_blocks(root)
    for element in list(root.iter("script", "style")):
        element.text = ""
    for element in root.iter():
        if element.tag in (*_BLOCKS, "br"):
            end = "\n" if element.tag == "br" else "\n\n"
            element.text = (end if element.tag != "br" else "") + _one_line(element.text)
            element.tail = end + _one_line(element.tail)
        elif isinstance(element.tag, str):
            element.text, element.tail = _one_line(element.text), _one_line(element.tail)
    lines = [" ".join(line.split(" ")).strip() for line in root.text_content().split("\n")]
    return _indented(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip())


def _one_line(text: str | None) -> str:
    """Collapse white space and line breaks within a block to single spaces, as browsers do."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")
