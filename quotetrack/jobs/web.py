"""Ingest articles from the web: pages, feeds and sitemaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from quotetrack.errors import InputError
from quotetrack.inputs import Metadata
from quotetrack.inputs.page import READER, read_pages
from quotetrack.inputs.plain import read_plain
from quotetrack.inputs.source import failure
from quotetrack.inputs.web.feeds import Links, links_in
from quotetrack.inputs.web.fetch import Fetcher, Page
from quotetrack.jobs.engines import Engine
from quotetrack.jobs.ingest import IngestSummary, ingest_readings
from quotetrack.model import Article, Failure
from quotetrack.parse.models import ModelChoice
from quotetrack.store import Store
from quotetrack.store.pages import forget_failure, mark_read, put_page, still_current, stored_page, unread_pages

MOST_PAGES = 100  # taken from one feed or sitemap unless a limit is given
_MOST_SITEMAPS = 20

Reading = Callable[[], Iterator[Article | Failure]]


def ingest_urls(
    store: Store,
    urls: Sequence[str],
    fetcher: Fetcher,
    given: Metadata | None = None,
    models: ModelChoice | None = None,
    workers: int | None = None,
    limit: int = MOST_PAGES,
    on_progress: Callable[[int, int], None] | None = None,
    engine: Engine | None = None,
) -> IngestSummary:
    """Fetch pages and ingest their articles; of feeds and sitemaps, the first ``limit`` pages they list.

    A page that was fetched before is asked for with the conditions of HTTP, so that an unchanged one is not sent again. An address
    that fails does not stop the run; it is recorded like a file that cannot be read.

    Raises ``ModelsMissing``, and ``Interrupted`` on Ctrl-C.

        with Store.open(Path("news.duckdb")) as store:
            print(ingest_urls(store, ["https://courier.example/dam"], Fetcher("desk@courier.example")).new)
    """
    given = replace(given or Metadata(), url=None)
    return ingest_requests(
        store,
        [(url, given) for url in dict.fromkeys(urls)],
        fetcher,
        models,
        workers,
        limit,
        on_progress,
        engine=engine,
    )


def ingest_requests(
    store: Store,
    requests: Sequence[tuple[str, Metadata]],
    fetcher: Fetcher,
    models: ModelChoice | None = None,
    workers: int | None = None,
    limit: int = MOST_PAGES,
    on_progress: Callable[[int, int], None] | None = None,
    before: Sequence[Failure] = (),
    engine: Engine | None = None,
) -> IngestSummary:
    """Do what ``ingest_urls`` does, with metadata for each address; ``before`` are failures to record with the others."""
    seen: list[str] = []
    readings: list[Reading] = [partial(iter, before)] if before else []
    readings += [partial(_read_address, store, url, fetcher, given, limit, seen) for url, given in requests]
    summary = ingest_readings(store, readings, models, workers, on_progress, engine)
    mark_read(store, seen, READER)
    return summary


def reread(
    store: Store,
    models: ModelChoice | None = None,
    workers: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> IngestSummary:
    """Read the stored pages again that an older version of the page reader read; nothing is fetched.

    Raises ``ModelsMissing``, and ``Interrupted`` on Ctrl-C.
    """
    urls = unread_pages(store, READER)
    readings = [partial(_read_stored, store, url, Metadata()) for url in urls]
    summary = ingest_readings(store, readings, models, workers, on_progress)
    mark_read(store, urls, READER)
    return summary


def listed_pages(fetcher: Fetcher, url: str, limit: int) -> list[str]:
    """Return the addresses of the first ``limit`` pages in a feed or sitemap. Raises ``InputError`` if it is neither."""
    page = fetcher.fetch(url, feed=True)
    links = _links(fetcher, page)
    if links is None:
        raise InputError("This is not a feed or sitemap.")
    return _all_pages(fetcher, links.pages, links.sitemaps, limit)


def _links(fetcher: Fetcher, page: Page | None) -> Links | None:
    return links_in(page.body, page.address, fetcher.limits.size) if page else None


def _all_pages(fetcher: Fetcher, pages: list[str], sitemaps: list[str], limit: int) -> list[str]:
    """Add the pages of the sitemaps that an index lists; a sitemap that fails is left out."""
    for sitemap in sitemaps[:_MOST_SITEMAPS]:
        if len(pages) >= limit:
            break
        try:
            links = _links(fetcher, fetcher.fetch(sitemap, feed=True))
        except InputError:
            continue
        pages += links.pages if links else []
    return list(dict.fromkeys(pages))[:limit]


def _read_address(
    store: Store, url: str, fetcher: Fetcher, given: Metadata, limit: int, seen: list[str], expand: bool = True
) -> Iterator[Article | Failure]:
    """Yield what is at an address: the articles of a page, or of the pages of a feed or sitemap; adds the pages to ``seen``."""
    before = stored_page(store, url)
    try:
        page = fetcher.fetch(url, before and before.etag, before and before.last_modified, feed=expand)
        links = _links(fetcher, page) if expand and page and _may_list(page) else None
        if links is not None:
            forget_failure(store, url)
            for one in _all_pages(fetcher, links.pages, links.sitemaps, limit):
                yield from _read_address(store, one, fetcher, given, limit, seen, expand=False)
            return
    except InputError as error:
        yield failure(url, error)
        return
    if page is None:
        still_current(store, url)
    else:
        put_page(store, url, page.address, page.body, page.content_type, page.etag, page.last_modified, given.outlet)
    seen.append(url)
    yield from _read_stored(store, url, given)


def _may_list(page: Page) -> bool:
    return "html" not in page.content_type.lower()


def _read_stored(store: Store, url: str, given: Metadata) -> Iterator[Article | Failure]:
    """Yield the articles of a stored page."""
    page = stored_page(store, url)
    if page is None:
        return
    known = given.over(Metadata(outlet=page.outlet))
    try:
        if (page.content_type or "").lower().startswith("text/plain"):
            yield read_plain(page.body, url, known.over(Metadata(url=page.address)))
        else:
            yield from (_located(article, page.address) for article in read_pages(page.body, url, known, page.address))
    except InputError as error:
        yield failure(url, error)


def _located(article: Article, address: str) -> Article:
    return article if article.url else replace(article, url=address)
