"""Read addresses of articles from feeds (RSS, Atom, JSON Feed), sitemaps and lists of URLs."""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from quotetrack.errors import InputError, UsageError
from quotetrack.inputs.decoding import decode
from quotetrack.inputs.web.addresses import is_url

_MOST_LINKS = 50_000  # as many as a sitemap may have (https://www.sitemaps.org/protocol.html)
_GZIP = b"\x1f\x8b"
_URL_COLUMNS = ("url", "link", "address", "canonical_url")


class Links(NamedTuple):
    """The addresses in a feed or sitemap: of ``pages``, and of further ``sitemaps`` in the index of a sitemap."""

    pages: list[str]
    sitemaps: list[str]


def links_in(body: bytes, base: str, size: int) -> Links | None:
    """Return the addresses in a feed or sitemap in the order they are listed, or ``None`` if it is neither.

    Args:
        body: What the server sent, possibly compressed by gzip.
        base: Its address, which relative addresses refer to.
        size: The largest size after decompression, in bytes. Raises ``InputError`` if it is larger.

    >>> feed = b"<rss><channel><item><link>https://courier.example/dam</link></item></channel></rss>"
    >>> links_in(feed, "https://courier.example/", 1000).pages
    ['https://courier.example/dam']
    """
    body = _unpacked(body, size).lstrip(b"\xef\xbb\xbf \t\r\n")
    if body.startswith(b"{"):
        found = _json_feed(body)
        return None if found is None else Links(_usable(found, base), [])
    if not body.startswith(b"<"):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    kind = _name(root)
    if kind == "sitemapindex":
        return Links([], _usable(_texts(root, "sitemap", "loc"), base))
    if kind == "urlset":
        return Links(_usable(_texts(root, "url", "loc"), base), [])
    if kind in ("rss", "RDF"):
        return Links(_usable(_texts(root, "item", "link"), base), [])
    return Links(_usable(_atom(root), base), []) if kind == "feed" else None


def listed_urls(path: Path) -> list[str]:
    """Return the URLs in a text file with one per line, or in the column ``url`` of a CSV file.

    Empty lines and lines that begin with ``#`` are skipped. Raises ``UsageError`` if the file cannot be read or a line is no URL.
    """
    try:
        text = decode(path.read_bytes()).removeprefix("\ufeff")
    except (OSError, InputError) as error:
        raise UsageError(f"The list of URLs {path} cannot be read: {error}.") from error
    lines = [line.strip() for line in text.splitlines()]
    if path.suffix.lower() == ".csv":
        rows = list(csv.reader(lines))
        names = [name.strip().lower() for name in rows[0]] if rows else []
        column = next((names.index(name) for name in _URL_COLUMNS if name in names), None)
        if column is None:
            raise UsageError(f"The list of URLs {path} has no column 'url'.")
        lines = [row[column].strip() for row in rows[1:] if len(row) > column]
    urls = [line for line in lines if line and not line.startswith("#")]
    if wrong := next((url for url in urls if not is_url(url)), None):
        raise UsageError(f"The list of URLs {path} has the line '{wrong[:80]}', which is not a web address.")
    return list(dict.fromkeys(urls))


def sorted_inputs(arguments: Sequence[str], lists: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """Tell files from web addresses, and add the addresses in ``lists``.

    Raises ``UsageError`` if there is neither, or if a list cannot be read.

    >>> sorted_inputs(["a.txt", "https://courier.example/"], [])
    ([PosixPath('a.txt')], ['https://courier.example/'])
    """
    files = [Path(argument) for argument in arguments if not is_url(argument)]
    addresses = [argument for argument in arguments if is_url(argument)]
    addresses += [url for path in lists for url in listed_urls(path)]
    if not files and not addresses:
        raise UsageError("Give files, folders or web addresses to ingest.")
    return files, addresses


def _unpacked(body: bytes, size: int) -> bytes:
    if not body.startswith(_GZIP):
        return body
    try:
        plain = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, size + 1)
    except zlib.error as error:
        raise InputError("The feed is compressed and damaged.") from error
    if len(plain) > size:
        raise InputError(f"The feed is larger than {size / 1e6:.0f} MB.")
    return plain


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _texts(root: Any, outer: str, inner: str) -> Iterator[str]:
    for element in root.iter():
        if _name(element) == outer:
            yield from ("".join(child.itertext()) for child in element if _name(child) == inner)


def _atom(root: Any) -> Iterator[str]:
    for entry in root.iter():
        if _name(entry) == "entry":
            links = [
                child for child in entry if _name(child) == "link" and child.get("rel", "alternate") == "alternate"
            ]
            yield from (link.get("href", "") for link in links[:1])


def _json_feed(body: bytes) -> list[str] | None:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return None
    values = [item.get("url") or item.get("external_url") for item in items if isinstance(item, dict)]
    return [value for value in values if isinstance(value, str)]


def _usable(links: Any, base: str) -> list[str]:
    found: dict[str, None] = {}
    for link in links:
        try:
            address = urljoin(base, " ".join(link.split()))
        except ValueError:  # such as "http://[bad"
            continue
        if is_url(address) and len(found) < _MOST_LINKS:
            found.setdefault(address)
    return list(found)
