"""Atom feeds: valid, the same every time, and with links that lead to the words."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from lxml import etree

from quotetrack.read.speakers import find_speaker
from quotetrack.serve.feeds import _clean
from quotetrack.store import Store
from tests.serve.conftest import client_of

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def feeds(record: Path) -> list[str]:
    """The address of each kind of feed."""
    with Store.open(record, read_only=True) as store:
        speaker = find_speaker(store, "Ada Kvist", in_part=False).speaker_id
    return [
        f"/feeds/speakers/{speaker}.atom",
        "/feeds/search.atom?q=the",
        "/feeds/search.atom?q=zebra",
        "/feeds/search.atom",
    ]


def test_feeds_are_valid(client: TestClient, feeds: list[str]) -> None:
    """What RFC 4287 requires is there: one id, title and date each, an author, unique ids, dates with a time zone, absolute links."""
    for address in feeds:
        response = client.get(address)
        assert response.headers["content-type"].startswith("application/atom+xml")
        feed = etree.fromstring(response.content)
        assert (
            feed.tag == "{http://www.w3.org/2005/Atom}feed"
            and feed.xpath("count(a:author/a:name)", namespaces=ATOM) == 1
        )
        assert feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == [f"http://127.0.0.1:8000{address}"]
        ids = []
        for one in (feed, *feed.findall("a:entry", ATOM)):
            assert [len(one.findall(f"a:{name}", ATOM)) for name in ("id", "title", "updated")] == [1, 1, 1]
            assert datetime.fromisoformat(one.findtext("a:updated", namespaces=ATOM)).tzinfo is not None
            assert all(re.match("https?://", href) for href in one.xpath("a:link/@href", namespaces=ATOM))
            ids.append(one.findtext("a:id", namespaces=ATOM))
        assert len(ids) == len(set(ids)) and all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", one) for one in ids)


def test_entries_lead_to_the_words(client: TestClient, feeds: list[str]) -> None:
    """Each entry links to its quotation in the desk and names the address of the article, and a denial says that it is one."""
    feed = etree.fromstring(client.get(feeds[0]).content)
    entries = feed.findall("a:entry", ATOM)
    titles = [one.findtext("a:title", namespaces=ATOM) for one in entries]
    assert titles == ["Ada Kvist: “We will close the old yard in June,”", "Ada Kvist (denied): the mill was sold"]
    for one in entries:
        [link] = one.xpath("a:link/@href", namespaces=ATOM)
        page, _, place = link.partition("#")
        assert f'id="{place}"' in client.get(page.removeprefix("http://127.0.0.1:8000")).text
        assert one.findtext("a:content", namespaces=ATOM).endswith("\nhttps://news.example/0")


def test_feeds_are_the_same_every_time(record: Path, feeds: list[str]) -> None:
    """Two desks over one database send the same bytes, with the times at which articles were stored."""
    for address in feeds:
        assert client_of(record).get(address).content == client_of(record).get(address).content
    with Store.open(record, read_only=True) as store:
        [(last,)] = store.connection.execute("SELECT max(ingested_at) FROM articles").fetchall()
    feed = etree.fromstring(client_of(record).get("/feeds/search.atom").content)
    assert datetime.fromisoformat(feed.findtext("a:updated", namespaces=ATOM)).replace(tzinfo=None) == last


def test_characters_that_xml_forbids_are_left_out() -> None:
    """Control characters and halves of surrogate pairs do not break a feed."""
    assert _clean("a\x00\x0b\ud800\ufffeb\nc😀") == "ab\nc😀"
