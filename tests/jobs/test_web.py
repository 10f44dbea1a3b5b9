"""Articles from the web: fetched once, stored as sent, and watched."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotetrack.api import Database
from quotetrack.errors import UsageError
from quotetrack.inputs import Metadata
from quotetrack.jobs import web
from quotetrack.jobs.ingest import ingest
from quotetrack.jobs.refresh import complete
from quotetrack.jobs.watch import Watched, read_feeds, repeated, seconds, watch_once
from quotetrack.jobs.web import ingest_urls, reread
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from quotetrack.store.pages import stored_page
from tests.conftest import said
from tests.inputs.web.site import HTML, Site, fetcher, served

pytestmark = pytest.mark.usefixtures("without_models")
TEXT = "The minister said on Monday that the water would flow again soon, and nobody in the harbour answered her. "


def page(title: str) -> tuple[int, dict[str, str], bytes]:
    body = f"<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{TEXT * 3}</p></article></body></html>"
    return 200, HTML | {"ETag": f'"{title}"'}, body.encode()


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with a feed of two articles."""
    with served() as found:
        found.pages |= {"/a": page("Dam"), "/b": page("Storm")}
        feed = f"<rss><channel><item><link>{found.address}/a</link></item><item><link>{found.address}/b</link></item></channel></rss>"
        found.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed.encode())
        yield found


def articles(store: Store) -> list[Any]:
    return store.connection.execute("SELECT title, url, outlet, location FROM articles ORDER BY title").fetchall()


def test_a_page_is_ingested_and_kept_as_sent(store: Store, site: Site) -> None:
    """The article has the page's address; the page is stored byte for byte, with what the server said about it."""
    url = site.address + "/a"
    assert ingest_urls(store, [url, url], fetcher(), Metadata(outlet="Courier", url="ignored"), workers=1).new == 1
    assert articles(store) == [("Dam", url, "Courier", url)]
    stored = stored_page(store, url)
    assert stored and (stored.body, stored.etag, stored.reader) == (page("Dam")[2], '"Dam"', web.READER)


def test_an_unchanged_page_is_not_stored_again(store: Store, site: Site) -> None:
    """The second time, the server is asked whether the page has changed; if not, the stored page is used."""
    url = site.address + "/a"
    answer = page("Dam")
    site.pages["/a"] = lambda headers: (304, {}, b"") if headers.get("if-none-match") == '"Dam"' else answer
    assert ingest_urls(store, [url], fetcher(), workers=1).new == 1
    assert ingest_urls(store, [url], fetcher(), workers=1).unchanged == 1
    store.connection.execute("DELETE FROM articles")  # as after a run that was killed before the article was stored
    assert ingest_urls(store, [url], fetcher(), workers=1).new == 1


def test_a_feed_brings_its_pages(store: Store, site: Site) -> None:
    """The address of a feed stands for the pages it lists, up to the limit; a failing page is recorded and the rest goes on."""
    assert ingest_urls(store, [site.address + "/feed"], fetcher(), workers=1, limit=1).new == 1
    site.pages["/a"] = (410, {}, b"")
    summary = ingest_urls(store, [site.address + "/feed"], fetcher(), workers=1)
    assert summary.new == 1 and [(f.location, f.reason) for f in summary.failures] == [
        (site.address + "/a", "The server answered 410 (the page was removed).")
    ]
    assert [row[0] for row in articles(store)] == ["Dam", "Storm"]


@pytest.mark.parametrize("condition", ["etag", "last-modified"])
def test_an_unchanged_feed_is_not_sent_again(store: Store, site: Site, tmp_path: Path, condition: str) -> None:
    """A feed is asked for with what the server said about it; if it has not changed, the stored one is used."""
    answers: list[int] = []
    asked = {"etag": "if-none-match", "last-modified": "if-modified-since"}[condition]
    kept = {"etag": '"f1"', "last-modified": "Mon, 02 Mar 2026 08:00:00 GMT"}[condition]

    def conditional(headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        answers.append(304 if headers.get(asked) == kept else 200)
        return (answers[-1], {"Content-Type": "text/xml", condition: kept}, feed if answers[-1] == 200 else b"")

    feed = site.pages["/feed"][2]  # type: ignore[index]
    site.pages["/feed"] = conditional
    feeds = watched(tmp_path, site)
    assert [watch_once(store, feeds, fetcher(), workers=1).feeds[0][1] for _ in range(2)] == [2, 2]
    given = Metadata(outlet="Coast Courier")
    assert ingest_urls(store, [site.address + "/feed"], fetcher(), given, workers=1).unchanged == 2
    assert answers == [200, 304, 304]
    feed, kept = feed.replace(b"/b<", b"/c<"), "other"
    site.pages["/c"] = page("Quay")
    assert watch_once(store, feeds, fetcher(), workers=1).ingest.new == 1 and answers[-1] == 200


def test_unchanged_sitemaps_are_not_sent_again(store: Store, site: Site) -> None:
    """The index of a sitemap and the sitemaps in it are asked for with conditions too."""
    index = f"<sitemapindex><sitemap><loc>{site.address}/s.xml</loc></sitemap></sitemapindex>"
    listed = f"<urlset><url><loc>{site.address}/b</loc></url></urlset>"
    answers: list[int] = []

    def conditional(body: str) -> Any:
        def answer(headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
            answers.append(304 if headers.get("if-none-match") == '"1"' else 200)
            return (
                answers[-1],
                {"Content-Type": "text/xml", "ETag": '"1"'},
                body.encode() if answers[-1] == 200 else b"",
            )

        return answer

    site.pages |= {"/index.xml": conditional(index), "/s.xml": conditional(listed)}
    assert ingest_urls(store, [site.address + "/index.xml"], fetcher(), workers=1).new == 1
    assert ingest_urls(store, [site.address + "/index.xml"], fetcher(), workers=1).unchanged == 1
    assert answers == [200, 200, 304, 304]


def test_a_stored_feed_is_not_read_as_a_page(
    store: Store, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading stored pages again leaves feeds out, which are not articles."""
    watch_once(store, watched(tmp_path, site), fetcher(), workers=1)
    monkeypatch.setattr(web, "READER", "later")
    summary = reread(store, workers=1)
    assert (summary.unchanged, summary.failures) == (2, [])


def test_a_sitemap_index_leads_to_pages(store: Store, site: Site) -> None:
    """The pages of the sitemaps that an index lists are ingested; a sitemap that is missing is left out."""
    index = f"<sitemapindex><sitemap><loc>{site.address}/none.xml</loc></sitemap><sitemap><loc>{site.address}/s.xml</loc></sitemap></sitemapindex>"
    site.pages["/index.xml"] = (200, {"Content-Type": "text/xml"}, index.encode())
    site.pages["/s.xml"] = (
        200,
        {"Content-Type": "text/xml"},
        f"<urlset><url><loc>{site.address}/b</loc></url></urlset>".encode(),
    )
    assert ingest_urls(store, [site.address + "/index.xml"], fetcher(), workers=1).new == 1
    assert articles(store)[0][0] == "Storm"


def test_stored_pages_are_read_again_by_a_newer_reader(
    store: Store, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If pages are read differently than before, the stored pages are read again once, without the network."""
    url = site.address + "/a"
    ingest_urls(store, [url], fetcher(), Metadata(outlet="Courier"), workers=1)
    asked = len(site.asked)
    assert reread(store, workers=1).unchanged == 0
    monkeypatch.setattr(web, "READER", "later")
    store.connection.execute("UPDATE articles SET title = 'Read badly'")
    assert reread(store, workers=1).updated == 1
    assert articles(store) == [("Dam", url, "Courier", url)]
    assert reread(store, workers=1).updated == 0 and len(site.asked) == asked


def test_watching_fetches_only_what_is_new(store: Store, site: Site, tmp_path: Path) -> None:
    """Each round fetches the feeds and the pages not fetched before; later, pages still listed are asked for again."""
    feeds = watched(tmp_path, site)
    first = watch_once(store, feeds, fetcher(), workers=1)
    assert first.feeds == [(site.address + "/feed", 2, 2, None)] and first.ingest.new == 2
    assert {row[2] for row in articles(store)} == {"Coast Courier"}
    del site.asked[:]
    again = watch_once(store, feeds, fetcher(), workers=1)
    assert again.feeds == [(site.address + "/feed", 2, 0, None)] and site.paths == ["/feed"]
    store.connection.execute("UPDATE pages SET fetched_at = fetched_at - INTERVAL 25 HOURS")
    site.pages["/a"] = page("Dam breaks")
    later = watch_once(store, feeds, fetcher(), workers=1)
    assert (later.ingest.updated, later.ingest.unchanged) == (1, 1)
    assert watch_once(store, watched(tmp_path, site, "recheck_hours = 0\n"), fetcher(), workers=1).feeds[0][2] == 0


def test_a_feed_that_fails_does_not_stop_the_others(store: Store, site: Site, tmp_path: Path) -> None:
    """Its problem is shown and recorded; the other feeds are read."""
    feeds = watched(tmp_path, site, more=f'[[feed]]\nurl = "{site.address}/a"\n[[feed]]\nurl = "{site.address}/none"\n')
    summary = watch_once(store, feeds, fetcher(), workers=1)
    assert [problem for *_, problem in summary.feeds] == [
        None,
        "This is not a feed or sitemap.",
        "The server answered 404 (there is no such page).",
    ]
    assert summary.ingest.new == 2 and len(summary.ingest.failures) == 2
    assert summary.to_dict()["feeds"][1]["problem"] == "This is not a feed or sitemap."


def watched(folder: Path, site: Site, settings: str = "", more: str = "") -> Watched:
    return feeds_of(folder, f'{settings}[[feed]]\nurl = "{site.address}/feed"\noutlet = "Coast Courier"\n{more}')


def feeds_of(folder: Path, text: str) -> Watched:
    path = folder / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return read_feeds(path)


def test_settings_of_feeds(tmp_path: Path) -> None:
    """Settings of the file hold for all feeds, those of a feed for it alone."""
    feeds = feeds_of(
        tmp_path,
        'contact = "me"\nlimit = 9\n[[feed]]\nurl = "https://a.example/"\n[[feed]]\nurl = "https://b.example/"\nlimit = 3',
    )
    assert [feed.limit for feed in feeds.feeds] == [9, 3]
    assert feeds.fetcher().contact == "me" and feeds.fetcher("you", True).limits.private


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[feed]", "not valid TOML"), ("", "lists no feeds"), ("[[feed]]\noutlet = 'A'", "feed 1: 'url' is missing"), ("feed = [3]", "feed 1: write each"),
        ("[[feed]]\nurl = 'https://a.example/'\nurll = 'x'", "unknown setting 'urll'"), ("limit = 'x'", "'limit' must be a whole number"),
        ("limit = -1", "must not be negative"), ("[[feed]]\nurl = 3", "'url' must be a text"),
    ],
)  # fmt: skip
def test_wrong_settings(tmp_path: Path, text: str, message: str) -> None:
    """A mistake in the list of feeds is an error that says where and what."""
    with pytest.raises(UsageError, match=message):
        feeds_of(tmp_path, text)
    with pytest.raises(UsageError, match="cannot be read"):
        read_feeds(Path("none.toml"))


def test_time_between_rounds() -> None:
    """Times have a unit; without one, or of nothing, they are refused. Rounds wait this time in between."""
    assert (seconds("90s"), seconds("15m"), seconds("2h")) == (90, 900, 7200)
    for wrong in ("15", "0m", "m", "-1h"):
        with pytest.raises(UsageError):
            seconds(wrong)
    slept: list[float] = []
    rounds = repeated(900, slept.append)
    assert [next(rounds), next(rounds), next(rounds)] == [1, 2, 3] and slept == [900, 900]
    assert list(repeated(None)) == [1]


def test_files_are_ingested_checked_and_reported_without_the_network(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ingest of files, a check and the pages of a report open no socket, also where a page names other addresses."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = b"<head><link rel='canonical' href='https://courier.example/a'><script src='https://courier.example/x.js'></script></head>"
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.html").write_bytes(page("Dam")[2].replace(b"<head>", head[:-7]))
    (given / "b.txt").write_text(TEXT, encoding="utf-8")
    assert ingest(store, [given], workers=1).new == 2
    article = Article("“We sail at dawn,” said Ruth Vale.", url="https://courier.example/c", outlet="Courier")
    quotation = said(article, "“We sail at dawn,”", source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"))
    store.put([(article, [quotation])], "m")
    complete(store)
    with Database(store) as database:
        assert database.check("We sail at dawn", said_by="Ruth Vale").words == "verbatim"
        assert database.write_site(tmp_path / "site").dossiers == 1
