"""Addresses are read from feeds, sitemaps and lists."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from quotetrack.errors import InputError, UsageError
from quotetrack.inputs.web.feeds import links_in, listed_urls, sorted_inputs

BASE = "https://courier.example/feed"
A, B = "https://courier.example/a", "https://courier.example/b?x=1&y=2"
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><link>https://courier.example/</link>
<item><title>A</title><link>{A}</link></item><item><link><![CDATA[{B}]]></link></item><item><link>{A}</link></item></channel></rss>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><link>https://courier.example/</link></channel><item><link>{A}</link></item><item><link>/b?x=1&amp;y=2</link></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/feed"/><entry><link rel="enclosure" href="/a.mp3"/>
<link href="/a"/></entry><entry><link rel="alternate" href="/b?x=1&amp;y=2"/></entry></feed>"""
SITEMAP = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="urn:i"><url><loc> {A} </loc>
<image:image><image:loc>https://courier.example/a.png</image:loc></image:image></url><url><loc>{B.replace("&", "&amp;")}</loc></url></urlset>"""
JSON = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"url": "{A}"}}, {{"external_url": "{B}"}}, {{"id": 3}}, 4]}}'


@pytest.mark.parametrize("feed", [RSS, RDF, ATOM, SITEMAP, JSON], ids=["rss", "rdf", "atom", "sitemap", "json"])
def test_each_kind_of_feed(feed: str) -> None:
    """The addresses of the articles are read in their order, once each; not those of the site, of images or of sound."""
    assert links_in(feed.encode(), BASE, 10_000) == ([A, B], [])
    assert links_in(gzip.compress(feed.encode()), BASE, 10_000) == ([A, B], [])


def test_index_of_sitemaps() -> None:
    """An index lists sitemaps, not pages."""
    index = "<sitemapindex><sitemap><loc>https://courier.example/s.xml</loc></sitemap></sitemapindex>"
    assert links_in(index.encode(), BASE, 1_000) == ([], ["https://courier.example/s.xml"])


@pytest.mark.parametrize(
    "body",
    [b"", b"plain", b"<html><body><a href='/a'>A</a></body></html>", b"{", b'{"a": 1}', b"<", b"{" * 100_000, b"<?xml"],
)
def test_what_is_no_feed(body: bytes) -> None:
    """Pages and damaged files are no feeds."""
    assert links_in(body, BASE, 1_000_000) is None


def test_hostile_feeds() -> None:
    """Entities are not expanded, files are not read, compression cannot exceed the limit, and other schemes are left out."""
    bomb = b'<!DOCTYPE r [<!ENTITY a "https://courier.example/a"><!ENTITY f SYSTEM "file:///etc/hosts">]><rss><item><link>&a;&f;</link></item><item><link>file:///etc/hosts</link></item><item><link>http://[bad</link></item></rss>'
    assert links_in(bomb, BASE, 10_000) == (["https://courier.example/&a;&f;"], [])
    with pytest.raises(InputError, match="larger"):
        links_in(gzip.compress(b" " * 5_000_000), BASE, 1_000_000)
    with pytest.raises(InputError, match="damaged"):
        links_in(b"\x1f\x8bnothing", BASE, 1_000)


def test_lists_of_addresses(tmp_path: Path) -> None:
    """A text file has one address per line, a CSV file a column of them; anything else is an error that names the line."""
    text, table = tmp_path / "a.txt", tmp_path / "a.csv"
    text.write_text(f"# ours\n{A}\n\n{B}\n{A}\n", encoding="utf-8")
    table.write_text(f'title,URL\n"Dam, full",{A}\n,{B}\n', encoding="utf-8")
    assert listed_urls(text) == listed_urls(table) == [A, B]
    assert sorted_inputs(["a.txt", A], [text]) == ([Path("a.txt")], [A, A, B])
    text.write_text("articles/a.txt\n", encoding="utf-8")
    table.write_text("title\nDam\n", encoding="utf-8")
    for path, message in (
        (text, "'articles/a.txt'"),
        (table, "no column 'url'"),
        (tmp_path / "none", "cannot be read"),
    ):
        with pytest.raises(UsageError, match=message):
            listed_urls(path)
    with pytest.raises(UsageError, match="Give files"):
        sorted_inputs([], [])
