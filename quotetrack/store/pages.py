"""SQL for pages and feeds fetched from the web, which are kept as they were sent so that they can be read again."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from quotetrack.store.database import Store

FEED = "feed"  # stands for the reader of feeds and sitemaps, which are kept for conditional requests only


class StoredPage(NamedTuple):
    """A fetched page or feed; ``reader`` is the version of the page reader that read it last, empty if none did, or ``FEED``."""

    url: str
    address: str
    fetched_at: datetime
    content_type: str | None
    etag: str | None
    last_modified: str | None
    outlet: str | None
    sha256: str
    body: bytes
    reader: str


def stored_page(store: Store, url: str) -> StoredPage | None:
    """Return the page fetched from ``url``, or ``None``."""
    row = store.connection.execute(f"SELECT {_COLUMNS} FROM pages WHERE url = ?", [url]).fetchone()
    return _page(row) if row else None


def fetch_times(store: Store, urls: Iterable[str]) -> dict[str, datetime]:
    """Return when each of these addresses was fetched last, for those that were (UTC, without time zone)."""
    rows = store.connection.execute("SELECT url, fetched_at FROM pages WHERE list_contains(?, url)", [list(urls)])
    return dict(rows.fetchall())


def put_page(
    store: Store,
    url: str,
    address: str,
    body: bytes,
    content_type: str | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
    outlet: str | None = None,
    reader: str = "",
) -> None:
    """Store a page, or with ``FEED`` as ``reader`` a feed, in place of an earlier one of the same ``url``."""
    with store.transaction():
        store.connection.execute("DELETE FROM pages WHERE url = ?", [url])
        store.connection.execute(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [url, address, _now(), content_type, etag, last_modified, outlet, hashlib.sha256(body).hexdigest(),
             zlib.compress(body, 6), reader],
        )  # fmt: skip


def still_current(store: Store, url: str) -> None:
    """Record that the server was asked again and the page has not changed."""
    store.connection.execute("UPDATE pages SET fetched_at = ? WHERE url = ?", [_now(), url])


def mark_read(store: Store, urls: Iterable[str], reader: str) -> None:
    """Record which version of the page reader read these pages."""
    store.connection.execute("UPDATE pages SET reader = ? WHERE list_contains(?, url)", [reader, list(urls)])


def forget_failure(store: Store, url: str) -> None:
    """Remove the record that an address could not be fetched."""
    store.connection.execute("DELETE FROM failures WHERE location = ?", [url])


def unread_pages(store: Store, reader: str) -> list[str]:
    """Return the addresses of the pages that another version of the page reader read last, in order."""
    query = "SELECT url FROM pages WHERE reader NOT IN (?, ?) ORDER BY url"
    rows = store.connection.execute(query, [reader, FEED]).fetchall()
    return [row[0] for row in rows]


_COLUMNS = "url, address, fetched_at, content_type, etag, last_modified, outlet, sha256, body, reader"


def _page(row: tuple[object, ...]) -> StoredPage:
    page = StoredPage(*row)  # type: ignore[arg-type]
    return page._replace(body=zlib.decompress(page.body))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
