"""Watch feeds and sitemaps: ingest what they list that was not fetched before."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from quotetrack.errors import InputError, UsageError
from quotetrack.inputs import Metadata
from quotetrack.inputs.source import failure
from quotetrack.inputs.web.addresses import is_url
from quotetrack.inputs.web.fetch import Fetcher, Limits
from quotetrack.jobs.ingest import IngestSummary
from quotetrack.jobs.web import ingest_requests, listed_pages
from quotetrack.parse.models import ModelChoice
from quotetrack.store import Store
from quotetrack.store.pages import fetch_times

_FEED_KEYS = {"url": str, "outlet": str, "language": str, "limit": int}
_FILE_KEYS = {"contact": str, "limit": int, "recheck_hours": int, "pause_seconds": int, "feed": list}


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed or sitemap to watch. ``limit`` is how many of its newest pages are looked at each time."""

    url: str
    outlet: str | None = None
    language: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Watched:
    """The content of a file of feeds.

    A page that is still listed is asked for again after ``recheck_hours``, because outlets edit articles; 0 is never.
    """

    feeds: tuple[Feed, ...]
    contact: str | None = None
    recheck_hours: int = 24
    pause_seconds: int = 2

    def fetcher(self, contact: str | None = None, private: bool = False) -> Fetcher:
        """Return a fetcher with these settings; ``contact`` overrides the one in the file."""
        return Fetcher(contact or self.contact, Limits(pause=float(self.pause_seconds), private=private))


@dataclass(slots=True)
class WatchSummary:
    """What one round found: for each feed the number of pages listed and fetched, or its problem, and the ingest."""

    feeds: list[tuple[str, int, int, str | None]] = field(default_factory=list)
    ingest: IngestSummary = field(default_factory=IngestSummary)

    def to_dict(self) -> dict[str, Any]:
        """Convert to a JSON-compatible dictionary."""
        names = ("url", "listed", "fetched", "problem")
        return {"feeds": [dict(zip(names, one, strict=True)) for one in self.feeds], "ingest": self.ingest.to_dict()}


def read_feeds(path: Path) -> Watched:
    """Read a file of feeds (TOML). Raises ``UsageError`` if it is missing, is not TOML, or has an unknown or wrong setting."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"The list of feeds {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise UsageError(f"The list of feeds {path} is not valid TOML: {error}.") from error
    _check(content, _FILE_KEYS, str(path))
    shared = {"limit": content["limit"]} if "limit" in content else {}
    feeds = []
    for number, entry in enumerate(content.get("feed", []), 1):
        where = f"{path}, feed {number}"
        if not isinstance(entry, dict):
            raise UsageError(f"{where}: write each feed as a table that begins with [[feed]].")
        _check(entry, _FEED_KEYS, where)
        if not is_url(entry.get("url", "")):
            raise UsageError(f"{where}: 'url' is missing or not a web address.")
        feeds.append(Feed(**(shared | entry)))
    if not feeds:
        raise UsageError(f"{path} lists no feeds; add a table [[feed]] with a 'url' for each.")
    settings = {key: content[key] for key in ("contact", "recheck_hours", "pause_seconds") if key in content}
    return Watched(tuple(feeds), **settings)


def watch_once(
    store: Store,
    watched: Watched,
    fetcher: Fetcher,
    models: ModelChoice | None = None,
    workers: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> WatchSummary:
    """Fetch every feed once and ingest the pages it lists that are new, or due to be asked for again.

    A feed that fails does not stop the round. Raises ``ModelsMissing``, and ``Interrupted`` on Ctrl-C.
    """
    summary = WatchSummary()
    requests: dict[str, Metadata] = {}
    failures = []
    for feed in watched.feeds:
        try:
            pages = listed_pages(store, fetcher, feed.url, feed.limit)
        except InputError as error:
            failures.append(failure(feed.url, error))
            summary.feeds.append((feed.url, 0, 0, str(error)))
            continue
        wanted = [url for url in _due(store, pages, watched.recheck_hours) if url not in requests]
        requests |= {url: Metadata(outlet=feed.outlet, language=feed.language) for url in wanted}
        summary.feeds.append((feed.url, len(pages), len(wanted), None))
    summary.ingest = ingest_requests(
        store, list(requests.items()), fetcher, models, workers, on_progress=on_progress, before=failures
    )
    return summary


def seconds(text: str) -> float:
    """Return the seconds of a time such as ``90s``, ``15m`` or ``2h``. Raises ``UsageError`` if it is not one.

    >>> seconds("15m")
    900.0
    """
    match = re.fullmatch(r"(\d{1,6})([smh])", text.strip().lower())
    if not match or not int(match[1]):
        raise UsageError(f"Invalid time '{text}'; use a number with s, m or h, such as 15m.")
    return float(int(match[1]) * {"s": 1, "m": 60, "h": 3600}[match[2]])


def repeated(pause: float | None, sleep: Callable[[float], None] = time.sleep) -> Iterator[int]:
    """Yield the numbers of the rounds: one, or with a ``pause`` in seconds, one after each pause until interrupted."""
    yield 1
    number = 1
    while pause:
        sleep(pause)
        number += 1
        yield number


def _due(store: Store, urls: list[str], hours: int) -> list[str]:
    """Return the addresses that were not fetched before, or not within these hours."""
    times = fetch_times(store, urls)
    since = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=hours)
    return [url for url in urls if url not in times or (hours and times[url] < since)]


def _check(content: dict[str, Any], keys: dict[str, type], where: str) -> None:
    for key, value in content.items():
        if key not in keys:
            raise UsageError(f"{where}: unknown setting '{key}'; use {', '.join(keys)}.")
        if not isinstance(value, keys[key]) or isinstance(value, bool):
            raise UsageError(f"{where}: '{key}' must be a {_KINDS[keys[key]]}.")
        if isinstance(value, int) and value < 0:
            raise UsageError(f"{where}: '{key}' must not be negative.")


_KINDS = {str: "text in quotation marks", int: "whole number", list: "list of tables that begin with [[feed]]"}
