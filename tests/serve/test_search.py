"""The search page: facets, paging, highlighted words, and the same result as CSV, JSON and Atom feed."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient
from lxml import etree, html

from tests.serve.conftest import EVIL


def main(client: TestClient, address: str) -> html.HtmlElement:
    """The page at an address."""
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.text)


def test_facets_lead_to_what_they_count(client: TestClient) -> None:
    """Following a facet gives as many quotations as stand beside it, and the filter can be removed again."""
    page = main(client, "/search?q=yard")
    entries = page.xpath("//nav[@class='facets']//li")
    assert len(entries) >= 7
    for entry in entries:
        number = entry.xpath("string(span)")
        narrowed = main(client, entry.xpath("string(a/@href)"))
        assert narrowed.xpath("string(//p[@role='status'])").startswith(f"{number} quotation")
        assert "/search?q=yard" in narrowed.xpath("//nav[@class='facets']//a/@href")


def test_words_are_marked_and_escaped(client: TestClient) -> None:
    """The words searched for are marked in each result, and neither the query nor a hostile name becomes markup."""
    assert main(client, "/search?q=crane").xpath("//mark/text()") == ["crane", "crane"]
    text = client.get("/search", params={"q": f"crane {EVIL}"}).text
    assert EVIL not in text and EVIL not in client.get("/search?q=crane").text


def test_results_lead_to_the_words(client: TestClient) -> None:
    """A result links to its place in the text and to the words on the outlet's page."""
    page = main(client, "/search?q=welders")
    [place] = page.xpath("//a[text()='In the text']/@href")
    assert f'id="{place.partition("#")[2]}"' in client.get(place).text
    [passage] = page.xpath("//a[text()='On the outlet’s page']/@href")
    assert passage.startswith("https://news.example/1#:~:text=")


@pytest.mark.parametrize(
    "query", ["q=yard", "q=crane&kind=direct", "q=yar", "speaker=Olle+Brandt", "month=2026-03&outlet=The+Wire"]
)
def test_a_result_can_be_taken_along(client: TestClient, query: str) -> None:
    """CSV, JSON and feed linked from a result hold the quotations that the page counts."""
    page = main(client, f"/search?{query}")
    number = int(page.xpath("string(//p[@role='status'])").split()[0])
    table, data, feed = (
        page.xpath(f"string(//p[@class='meta']/a[starts-with(@href, '/{one}')]/@href)")
        for one in ("search.csv", "search.json", "feeds")
    )
    assert number > 0
    assert len(list(csv.reader(io.StringIO(client.get(table).text)))) == number + 1
    assert len(client.get(data).json()) == number
    assert len(etree.fromstring(client.get(feed).content).findall("{http://www.w3.org/2005/Atom}entry")) == number


def test_the_last_word_is_completed_with_a_note(client: TestClient) -> None:
    """A word that nothing has is completed, and the page says so; common words are named as left out."""
    assert "begin with the last one (weld*)" in client.get("/search?q=weld").text
    assert "almost every text: the." in client.get("/search?q=the+crane").text


def test_wrong_filters_are_explained(client: TestClient) -> None:
    """An unknown outlet or stance, or a query without words, gives one sentence and no traceback."""
    assert "No article of the outlet" in client.get("/search?outlet=Nowhere").text
    assert "Unknown stance" in client.get("/search?stance=shouted").text
    assert "contains no words" in client.get("/search?q=%21%21").text
    assert client.get("/search.csv?stance=shouted").status_code == 400


def test_paging(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of a long result follow each other without gap or repetition."""
    monkeypatch.setattr("quotetrack.serve.search._LISTED", 2)
    address, found = "/search?since=2026", []
    while address:
        page = main(client, address)
        found += page.xpath("//a[text()='In the text']/@href")
        address = page.xpath("string(//a[@rel='next']/@href)")
    assert len(found) == len(set(found)) == 6


def test_a_search_that_nothing_matches(client: TestClient) -> None:
    """A search without results says so and offers no downloads."""
    text = client.get("/search?q=zebra").text
    assert "0 quotations." in text and "search.csv" not in text
