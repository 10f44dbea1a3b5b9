"""The site in a browser: search from a file, accessibility, and narrow screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from quotetrack.jobs.refresh import refresh
from quotetrack.report.single_file import write_dossier
from quotetrack.report.site import write_site
from quotetrack.store import Store
from tests.edited import JULY, JUNE, put
from tests.edited import page as article
from tests.report.small_site import fill


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small database with an edited article, and one dossier as a single file."""
    out = tmp_path_factory.mktemp("site")
    with Store.open(tmp_path_factory.mktemp("db") / "t.duckdb") as store:
        fill(store)
        for text in (JUNE, JULY):
            put(store, article(text, title="Yard to close", published="2031-03-02"))
        refresh(store)
        write_site(store, out / "site")
        write_dossier(store, "Ruth Vale", out / "mailed" / "vale.html")
    return out


@pytest.fixture(scope="module")
def tab(chromium: str) -> Iterator[Page]:
    """A tab of a browser; errors and blocked code in pages fail the test."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        yield page
        browser.close()


KINDS = ("index.html", "speakers.html", "names/v.html", "claims.html", "articles.html", "edits.html", "unnamed.html", "articles/*.html",
         "articles/yard-to-*.html",
         "speakers/ruth-*.html", "claims/*.html", "../mailed/vale.html")  # fmt: skip


def pages(site: Path) -> list[Path]:
    """One page of each kind."""
    return [min((site / "site").glob(kind)) if ".." not in kind else site / kind.removeprefix("../") for kind in KINDS]


def test_no_page_reports_an_error(site: Path, tab: Page) -> None:
    """No kind of page has an error in a script or something that its policy forbids."""
    errors: list[str] = []

    def note(message: object) -> None:
        errors.append(str(message))

    tab.on("console", note)
    tab.on("pageerror", note)
    for path in pages(site):
        tab.goto(path.as_uri())
    tab.remove_listener("console", note)
    tab.remove_listener("pageerror", note)
    assert errors == []


def test_every_kind_of_page_is_accessible(site: Path, tab: Page) -> None:
    """axe finds no violation in any kind of page, light or dark."""
    for path in pages(site):
        tab.goto(path.as_uri())
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(tab)
            assert found.violations_count == 0, f"{path.name}, {scheme}: {found.generate_report()}"


def test_pages_fit_a_phone(site: Path, tab: Page) -> None:
    """No kind of page is wider than a screen of 360 pixels."""
    tab.set_viewport_size({"width": 360, "height": 800})
    for path in pages(site):
        tab.goto(path.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, path.name
    tab.set_viewport_size({"width": 1280, "height": 800})


def test_search_works_from_a_file(site: Path, tab: Page) -> None:
    """Names are found by their beginning and without accents, claims by their words; nothing is loaded before that."""
    requests: list[str] = []
    found = tab.locator("#found")
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto((site / "site" / "index.html").as_uri())
    tab.wait_for_load_state()
    assert not [url for url in requests if "/data/" in url or "minisearch" in url]
    tab.locator("#search").fill("VÁL")
    expect(found).to_have_text(re.compile("^1 speaker"))
    result = tab.locator("#speaker-results a")
    assert result.inner_text() == "Ruth Vale" and "speakers/ruth-vale-" in str(result.get_attribute("href"))
    tab.locator("#search").fill("yard would clos")
    expect(found).to_have_text(re.compile(", 1 claim"))
    assert "denied" in tab.locator("#claim-results li").inner_text()
    tab.locator("#claim-results a").click()
    assert "#q-" in tab.url and tab.locator(":target").count() == 1
    tab.go_back()
    expect(found).to_have_text(re.compile("claim"))
    tab.locator("#search").fill("")
    expect(tab.locator("#home")).to_be_visible()


def test_a_link_may_carry_a_search(site: Path, tab: Page) -> None:
    """The home page searches for what the address says, and says if nothing is found."""
    tab.goto((site / "site" / "index.html").as_uri() + "#q=zzzz")
    expect(tab.locator("#found")).to_have_text("0 speakers, 0 claims")
