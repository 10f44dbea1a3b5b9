"""The lists of articles on the site, in the inbox and in the terminal: order, and which day they show."""

from __future__ import annotations

from dataclasses import replace

from quotetrack.model import Article, Provenance
from quotetrack.read.article_list import list_articles
from quotetrack.read.inbox import arrivals
from quotetrack.read.printing import dated
from quotetrack.read.site_lists import listed_articles
from quotetrack.store import Store

FILE = Provenance(day="2031-03-09", day_from="file time")


def test_a_day_that_stands_in_is_shown_as_such_and_comes_after_dates(store: Store) -> None:
    """Dated articles come first, then those with a day that stands in, the latest first, then those without any day."""
    texts = iter(f"The ferry left at {hour} o’clock and nobody was on it." for hour in range(1, 9))
    articles = [
        Article(next(texts), "Post", title="nothing"),
        Article(next(texts), "Post", title="older file", provenance=replace(FILE, day="2031-03-08")),
        Article(next(texts), "Post", title="newer file", provenance=FILE),
        Article(next(texts), "Post", title="address", url="https://post.example/2031/03/01/ferry"),
        Article(next(texts), "Post", title="published", published="2031-03-02T08:15:00+01:00"),
    ]
    store.put([(one, []) for one in articles], "m")
    days = {
        "published": "2031-03-02", "address": "2031-03-01", "newer file": "2031-03-09 (file time)",
        "older file": "2031-03-08 (file time)", "nothing": None,
    }  # fmt: skip
    assert [(one.title, one.day) for one in listed_articles(store)] == list(days.items())
    assert {one.title: one.day for one in arrivals(store, 9)} == days
    listed = [(one.title, one.dated) for one in list_articles(store)]
    assert listed == [
        (
            title,
            dated(None, None, None, None)
            if day is None
            else f"{day} (from the address)"
            if title == "address"
            else day,
        )
        for title, day in days.items()
    ]
