"""Web pages. trafilatura finds the article in a page; what it would lose of quotations is saved beforehand."""

from __future__ import annotations

import logging
from typing import Any

import trafilatura
from lxml import html as lxml_html

from quotetrack.errors import InputError
from quotetrack.model import Article
from quotetrack.sources.metadata import Metadata, article


def read_page(data: bytes | str, location: str, given: Metadata) -> Article:
    """The article of an HTML page. Raises ``InputError`` where no article is found in it."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree: Any = trafilatura.load_html(data)
    if tree is None:
        raise InputError("This is not an HTML page.")
    _keep_quotations(tree)
    text = trafilatura.extract(
        tree, include_comments=False, include_tables=False, favor_recall=True, url=given.url, output_format="txt"
    )
    if not text or not text.strip():
        raise InputError("No article text was found in this page.")
    return article(text, _metadata(data, tree), given, location)


def _keep_quotations(tree: Any) -> None:
    """``<q>`` as the marks a browser would show, and ``<br><br>`` as the paragraph break it stands for."""
    for element in tree.iter("q"):
        element.text = "“" + (element.text or "")
        if len(element):
            last = element[-1]
            last.tail = (last.tail or "") + "”"
        else:
            element.text += "”"
        element.tag = "span"


def _metadata(data: bytes | str, tree: Any) -> Metadata:
    document = trafilatura.extract_metadata(data)
    language = tree.get("lang") if tree is not None else None
    if document is None:
        return Metadata(language=language)
    return Metadata(
        outlet=document.sitename,
        url=document.url,
        title=document.title,
        author=document.author,
        published=document.date,
        language=language or document.language,
    )


def text_of_fragment(fragment: str) -> str:
    """The plain text of a piece of HTML that is no whole page, one line a block."""
    root: Any = lxml_html.fromstring(f"<div>{fragment}</div>")
    _keep_quotations(root)
    blocks = [b.text_content().strip() for b in root.iter("p", "li", "blockquote", "h1", "h2", "h3")]
    return "\n\n".join(b for b in blocks if b) or root.text_content().strip()
