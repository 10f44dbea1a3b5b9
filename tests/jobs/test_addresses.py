"""Articles whose addresses are malformed or hostile go the whole way."""

from __future__ import annotations

from benchmarks.hostile_texts import ADDRESSES
from quotetrack.jobs.refresh import refresh
from quotetrack.jobs.verify import verify
from quotetrack.model import Article, Speaker
from quotetrack.read.speakers import list_speakers
from quotetrack.store import Store
from tests.conftest import said

_MALFORMED = (
    "http://[broken/x",
    "https://[::1/2026/03/02/a",
    "http://a]b/",
    "https://host:port/x",
    "http://%zz/",
    "//[",
    "http://\u2100.example/",
)


def test_articles_with_any_address_are_stored_and_linked(store: Store) -> None:
    """An address that cannot be parsed stops neither storing nor linking; it is kept as it is."""
    given = [*_MALFORMED, *ADDRESSES]
    for number, url in enumerate(given):
        article = Article(f"“The ferry sails at {number},” said Ruth Vale.", url=url, location=f"{number}.txt")
        quotation = said(
            article, f"“The ferry sails at {number},”", source="Ruth Vale", speaker=Speaker("Ruth Vale", "person")
        )
        store.put([(article, [quotation])], "none")
    refresh(store)
    assert [(one.name, one.quotations) for one in list_speakers(store)] == [("Ruth Vale", len(given))]
    assert verify(store) == []
