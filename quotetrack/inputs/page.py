"""Read web pages. trafilatura extracts the article; quotation markup that it would drop is converted first."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from quotetrack.errors import InputError, QuotetrackError
from quotetrack.inputs.bylines import printed_byline
from quotetrack.inputs.decoding import decode
from quotetrack.inputs.live_blogs import is_text, posts_of, without_posts
from quotetrack.inputs.metadata import Metadata, article
from quotetrack.inputs.page_metadata import page_metadata
from quotetrack.inputs.page_text import declared_text, drop_prompts, separated
from quotetrack.inputs.structured import Declared, declared
from quotetrack.model import Article

READER = "2"  # to be raised when pages are read differently, so that `quotetrack reread` reads stored pages again
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
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
# Share of the letters of a post in JSON-LD that its lines on the page must have.
_SAME = 0.9
# A page that shows less than this share of the words of its declared text loads the text later.
_SHOWN = 0.5


def read_page(data: bytes | str, location: str, given: Metadata) -> Article:
    """Extract the article from an HTML page; of a live blog, the first part. Raises ``InputError`` if there is none."""
    return read_pages(data, location, given)[0]


def read_pages(data: bytes | str, location: str, given: Metadata, address: str | None = None) -> list[Article]:
    """Extract the article from an HTML page, and each post of a live blog as an article with its own date.

    ``address`` is where the page was fetched; the address that it declares for itself is preferred.

    Raises ``InputError`` if there is none.
    """
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    if isinstance(data, bytes):
        data = decoded_page(data)
    try:
        text, found, content = _extracted(data, given.url or address)
        bodies = [post_text(post.body, text) for post in content.posts]
        posts = posts_of(content.posts, bodies, found, given, location)
    except QuotetrackError:
        raise
    except Exception as error:  # lxml and trafilatura raise many kinds of errors on malformed pages
        raise InputError("The HTML page is malformed and cannot be read.") from error
    if posts:
        text = without_posts(text, [*bodies, *(post.title or "" for post in content.posts)])
    whole = [article(text, found, given, location)] if is_text(text) else []
    if not whole and not posts:
        raise InputError("No article text found in the page.")
    return whole + posts


def decoded_page(data: bytes) -> str:
    """Decode an HTML page, by the encoding it declares if it is not UTF-8. Raises ``InputError`` if it is not text."""
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    return decode(data, declared[1].decode("ascii") if declared else None)


def _extracted(page: str, url: str | None) -> tuple[str, Metadata, Declared]:
    tree: Any = trafilatura.load_html(page)
    if tree is None:
        raise InputError("This is not an HTML page.")
    content = declared(tree)
    found = page_metadata(tree, content, url)
    # Otherwise trafilatura falls back to the text in JSON-LD and joins its paragraphs.
    etree.strip_elements(tree, "script", with_tail=False)
    drop_prompts(tree)
    _keep_quotations(tree)
    _mark_blocks(tree)
    text = trafilatura.extract(
        tree, include_comments=False, include_tables=False, favor_recall=True, url=url, output_format="txt"
    )
    text = _fuller(separated(_indented(text or "")), content.body)
    if found.author and found.author == found.outlet and (names := printed_byline(text)):
        found = replace(found, author=", ".join(names))
    return text, found, content


def _fuller(text: str, body: str | None) -> str:
    """Return ``text``, or the text in JSON-LD if the page itself shows less than half of it."""
    if not body:
        return text
    given = _plain(body)
    return given if len(text.split()) < len(given.split()) * _SHOWN else text


def _plain(body: str) -> str:
    return declared_text(text_of_fragment(body) if _TAG.search(body) else body)


def post_text(body: str, page: str) -> str:
    """Return the text of a post of a live blog: the lines of the page that it consists of, else what JSON-LD declares.

    The page has its paragraphs, which JSON-LD often lacks.
    """
    plain = _plain(body)
    whole = "".join(plain.split())
    lines = [line for line in page.splitlines() if line.strip() and "".join(line.split()) in whole]
    return "\n".join(lines) if sum(len("".join(line.split())) for line in lines) >= len(whole) * _SAME else plain


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
