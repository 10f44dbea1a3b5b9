"""The pages that list edits, on the site and in the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from quotetrack.jobs.refresh import refresh
from quotetrack.report import lists
from quotetrack.report.site import write_site
from quotetrack.store import Store
from tests.edited import JULY, JUNE, OTHER, page, put
from tests.serve.conftest import client_of

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with an article that was edited twice, one edited without a change to a statement, and one never edited."""
    path = tmp_path_factory.mktemp("edits") / "edits.duckdb"
    with Store.open(path) as store:
        put(store, page(JUNE, title=f"Yard {EVIL}", published="2026-03-02"), page(OTHER, "https://post.example/choir"))
        put(store, page(f"{OTHER} {JUNE}".replace("yard", "mill"), "https://post.example/mill", title="Mill"))
        put(store, page(JULY, title="Yard may close", published="2026-03-02"))
        put(store, page(f"{JULY} “It rained,” said Mara Osei.", title="Yard may close", published="2026-03-02"))
        text = f"{OTHER} It rained all day. {JUNE}".replace("yard", "mill")
        put(store, page(text, "https://post.example/mill", title="Mill"))
        refresh(store)
    return path


def items(text: str) -> list[str]:
    """The text of each edit that a page lists, with single spaces."""
    return [
        " ".join(one.text_content().split()) for one in html.fromstring(text).xpath("//li[contains(@class, 'edit')]")
    ]


def test_the_site_lists_edits(edited: Path, tmp_path: Path) -> None:
    """The latest edit comes first, with title, outlet and what changed; its link leads to the edits of the article; all is escaped."""
    with Store.open(edited, read_only=True) as store:
        write_site(store, tmp_path / "site")
    text = (tmp_path / "site" / "edits.html").read_text(encoding="utf-8")
    mill, second, first = items(text)
    assert mill.startswith("Mill Harbour Post · undated · edit found ") and mill.endswith("no statement changed")
    assert "published 2026-03-02" in second and "1 statement added" in second and "Mara Osei" in second
    assert "1 statement changed, 1 statement no longer there, 1 statement added" in first
    assert f"title before: Yard {EVIL} now: Yard may close" in first and EVIL not in text
    assert "3 edits of articles were found" in text
    for link in html.fromstring(text).xpath("//li[contains(@class, 'edit')]/p/a/@href"):
        path, _, anchor = link.partition("#")
        assert anchor == "edits" and 'id="edits"' in (tmp_path / "site" / path).read_text(encoding="utf-8")


def test_a_long_list_has_several_pages(edited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages hold a fixed number of edits, the last pages are left out beyond a limit, and the page says so."""
    monkeypatch.setattr(lists, "EDITS_PER_PAGE", 1)
    monkeypatch.setattr(lists, "MOST_EDITS", 2)
    monkeypatch.setattr(lists, "MOST_CHANGES_LISTED", 2)
    with Store.open(edited, read_only=True) as store:
        found = {made.path: made for made in lists.edit_lists(store)}
        write_site(store, tmp_path / "site")
    assert list(found) == ["edits.html", "edits-2.html"]
    texts = [(tmp_path / "site" / path).read_text(encoding="utf-8") for path in found]
    assert [len(items(text)) for text in texts] == [1, 1] and items(texts[0]) != items(texts[1])
    assert "These pages have the last 2." in texts[0] and 'href="edits-2.html"' in texts[0]


def test_an_edit_with_many_changes_is_shortened(edited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an edit with more changes than fit a list, the rest is a link to the page of the article."""
    monkeypatch.setattr(lists, "MOST_CHANGES_LISTED", 2)
    with Store.open(edited, read_only=True) as store:
        write_site(store, tmp_path / "site")
    first = items((tmp_path / "site" / "edits.html").read_text(encoding="utf-8"))[-1]
    assert "1 more changes of “Yard may close”" in first and "We are sorry" not in first


def test_without_edits_the_page_says_so(tmp_path: Path) -> None:
    """A database whose articles were never edited has the page too, so that links to it work."""
    with Store.open(tmp_path / "t.duckdb") as store:
        put(store, page(OTHER))
        refresh(store)
        write_site(store, tmp_path / "site")
    text = (tmp_path / "site" / "edits.html").read_text(encoding="utf-8")
    assert "No article was edited." in text and "0 edits of articles were found" in text and items(text) == []
    assert "No article was edited." in client_of(tmp_path / "t.duckdb").get("/edits").text


def test_the_desk_lists_edits(edited: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk shows the same edits as the site, in parts, and their links lead to pages of the desk with the edits."""
    client = client_of(edited)
    text = client.get("/edits").text
    assert [one.split(" ", 1)[0] for one in items(text)] == ["Mill", "Yard", "Yard"] and EVIL not in text
    assert '<a href="/edits" aria-current="page">Edits</a>' in text
    for link in html.fromstring(text).xpath("//li[contains(@class, 'edit')]/p/a/@href"):
        assert 'id="edits"' in client.get(link.partition("#")[0]).text
    monkeypatch.setattr("quotetrack.serve.edits._EDITS", 2)
    assert [len(items(client.get(address).text)) for address in ("/edits", "/edits?start=2", "/edits?start=4")] == [
        2,
        1,
        0,
    ]
    assert 'href="/edits?start=2" rel="next"' in client.get("/edits").text
    assert 'href="/edits?start=0" rel="prev"' in client.get("/edits?start=2").text
    assert "No more edits." in client.get("/edits?start=4").text
