"""Publication dates in the addresses of articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read.claims import claim_facts
from quotetrack.read.counts import count_some
from quotetrack.report.site import write_site
from quotetrack.store import Store
from quotetrack.store.fill import FILLS
from quotetrack.store.moments import date_in_address
from tests.conftest import said

WORDS = "“We will not sell a single acre of the salt meadows to any developer from the mainland.”"
DATES = "SELECT url, published, published_at::DATE::VARCHAR, published_precision FROM articles ORDER BY url"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://post.example/2031/03/02/ferry", "2031-03-02"),
        ("https://post.example/news/2031-03-02-ferry", "2031-03-02"),
        ("https://post.example/20310302/ferry.html", "2031-03-02"),
        ("https://post.example/2031/03/ferry", "2031-03"),
        ("https://post.example/2031/13/02/ferry", None),
        ("https://post.example/2031/03/02/since-2029-01-01", None),
        ("https://post.example/article-203103", None),
        ("https://post.example/12031030245", None),
        ("https://2031-03-02.example/ferry", None),
        ("https://post.example/ferry?day=2031-03-02", None),
        (None, None),
    ],
)
def test_only_an_unambiguous_date_in_the_path_is_used(url: str | None, expected: str | None) -> None:
    """A day or a month in the path of an address is a date; impossible or several dates and other digits are not."""
    assert date_in_address(url) == expected


def article(number: int, url: str | None, published: str | None = None) -> tuple[Article, list]:  # type: ignore[type-arg]
    a = Article(f"{WORDS} Ruth Vale said in edition {number}.", f"Post {number}", url, published=published)
    return a, [said(a, WORDS, source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"))]


def test_the_date_of_the_outlet_comes_first(store: Store) -> None:
    """The address gives the date only where the outlet gives none, and the outlet's date stays as given."""
    store.put(
        [
            article(1, "https://p1.example/2031/03/02/ferry"),
            article(2, "https://p2.example/2031/03/02/ferry", "2031-03-05"),
            article(3, "https://p3.example/ferry"),
        ],
        "m",
    )
    assert store.connection.execute(DATES).fetchall() == [
        ("https://p1.example/2031/03/02/ferry", None, "2031-03-02", "day"),
        ("https://p2.example/2031/03/02/ferry", "2031-03-05", "2031-03-05", "day"),
        ("https://p3.example/ferry", None, None, None),
    ]


def test_an_older_database_gets_the_dates(tmp_path: Path) -> None:
    """Articles that an earlier version stored without a date get that of their address."""
    with Store.open(tmp_path / "old.duckdb") as store:
        store.put([article(1, "https://p1.example/2031/03/02/ferry"), article(2, None)], "m")
        expected = store.connection.execute(DATES).fetchall()
        store.connection.execute("UPDATE articles SET published_at = NULL, published_precision = NULL")
        FILLS[12](store.connection)
        assert store.connection.execute(DATES).fetchall() == expected


def test_missing_dates_are_said(store: Store, tmp_path: Path) -> None:
    """The counts, the facts of a claim and its page say how many articles have no date, and which date is from an address."""
    store.put([article(1, "https://p1.example/2031/03/02/ferry"), article(2, "https://p2.example/ferry")], "m")
    refresh(store)
    assert count_some(store, "undated") == {"undated": 1}
    [facts] = claim_facts(store).values()
    assert (facts.first, facts.undated, facts.articles) == ("2031-03-02", 1, 2)
    write_site(store, tmp_path)
    [page] = [path.read_text("utf-8") for path in (tmp_path / "speakers").iterdir()]
    assert "2031-03-02</time> (from the address)" in page
    [page] = [path.read_text("utf-8") for path in (tmp_path / "claims").iterdir()]
    assert "1 of 2 articles has no date, so it is not known which was first" in page


@pytest.mark.parametrize(("published", "expected"), [("2031-03-02", 1), (None, 2)])
def test_fragments_need_a_date_to_be_one_utterance(store: Store, published: str | None, expected: int) -> None:
    """A few common words of one speaker are one claim on one day, but not in articles whose days are not known."""
    for number in range(2):
        a = Article(f"“We are not sure,” Ruth Vale said in edition {number}.", f"P{number}", published=published)
        store.put(
            [(a, [said(a, "“We are not sure,”", source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"))])], "m"
        )
    refresh(store)
    assert len(claim_facts(store)) == expected
