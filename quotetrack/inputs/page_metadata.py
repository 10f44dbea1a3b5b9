"""Read outlet, title, authors and dates of a web page from what it declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import trafilatura

from quotetrack.inputs.bylines import names_in
from quotetrack.inputs.dates import iso_date
from quotetrack.inputs.metadata import Metadata
from quotetrack.inputs.outlets import host_of, outlet_of, without_outlet
from quotetrack.inputs.structured import Declared

# Use only declared dates; a date in the text or a footer need not be the publication date.
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%dT%H:%M:%S%z"}
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?")
_PUBLISHED = ("article:published_time", "datePublished", "parsely-pub-date", "dc.date.issued", "pubdate")
_MODIFIED = ("article:modified_time", "dateModified", "og:updated_time", "lastmod", "last-modified")
_SITE_NAMES = ("application-name", "publisher", "dc.publisher", "al:android:app_name", "apple-mobile-web-app-title")


def page_metadata(tree: Any, declared: Declared, url: str | None) -> Metadata:
    """Return the metadata of a page: from its JSON-LD, else from its ``<meta>`` elements, else from its visible parts."""
    document = trafilatura.extract_metadata(tree, default_url=url, date_config=_DATES)
    address = document.url or url
    title_element = next(iter(tree.xpath(".//head//title")), None)
    page_title = " ".join(title_element.text_content().split()) if title_element is not None else None
    candidates = [*_meta(tree, "og:site_name"), declared.publisher, *_meta(tree, *_SITE_NAMES), document.sitename]
    outlet = outlet_of(address, candidates, page_title, lambda: _shown(tree))
    return Metadata(
        outlet=outlet,
        url=address,
        title=_title(tree, declared, page_title, outlet, host_of(address)) or document.title,
        author=", ".join(_authors(tree, declared, document.author)) or None,
        published=_first_date([declared.published, *_meta(tree, *_PUBLISHED), document.date]),
        language=tree.get("lang") or document.language,
        modified=_first_date([declared.modified, *_meta(tree, *_MODIFIED)]),
    )


def _shown(tree: Any) -> str:
    """Return the text of the body without scripts and styles, in one line."""
    return " ".join(" ".join(tree.xpath(".//body//text()[not(ancestor::script or ancestor::style)]")).split())


def _meta(tree: Any, *names: str) -> Iterator[str]:
    """Yield the contents of the ``<meta>`` elements with these names, in the order of the names."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.lower(), content)
    yield from (found[name.lower()] for name in names if name.lower() in found)


def _title(tree: Any, declared: Declared, page_title: str | None, outlet: str | None, host: str | None) -> str | None:
    """Return the headline.

    The heading of the page is taken if it is also declared as headline. Otherwise the title for sharing is preferred to the
    declared headline, which is often written for search engines.
    """
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    shared = next(_meta(tree, "og:title"), None) or next(_meta(tree, "twitter:title"), None)
    for heading in headings:
        if heading and declared.title and _same(heading, declared.title):
            return heading
    named = next((title for title in (shared, declared.title, page_title) if title), None)
    if not named:
        return next((heading for heading in headings if heading), None)
    return without_outlet(named, outlet, host)


def _same(first: str, second: str) -> bool:
    return [c for c in first.casefold() if c.isalnum()] == [c for c in second.casefold() if c.isalnum()]


def _authors(tree: Any, declared: Declared, found: str | None) -> list[str]:
    if declared.authors:
        return list(declared.authors)
    metas = [name for value in _meta(tree, "author", "article:author", "byl", "dc.creator") for name in names_in(value)]
    return list(dict.fromkeys(metas)) or [name for part in (found or "").split("; ") for name in names_in(part)]


def _first_date(values: list[str | None]) -> str | None:
    for value in values:
        if value and (found := iso_date(value)):
            midnight = _MIDNIGHT.fullmatch(found)
            return midnight[1] if midnight else found
    return None
