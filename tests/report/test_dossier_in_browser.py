"""The dossier as readers use it: filters, paging, copying, print, and without JavaScript."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from quotetrack.report.pages import SiteContext
from quotetrack.store import Store
from tests.report.conftest import Written
from tests.report.pages import pages_of_claims, write

_COPIED = (
    "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (words) => { window.copied = words; }}});"
)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, dossier: Written) -> Iterator[Page]:
    """The first page of the dossier, opened from the disk; errors of scripts fail the test."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.add_init_script(_COPIED)
    opened.goto(dossier.first.as_uri())
    yield opened
    opened.close()
    assert errors == []


def found(page: Page) -> str:
    """What the page says about the number of statements found, once the data is there."""
    page.locator("#found").filter(has_text=re.compile("statement")).wait_for()
    return page.locator("#found").inner_text()


def test_filters_live_in_the_address(page: Page) -> None:
    """Words, kind and dates narrow the list; the address keeps them, so opening it again shows the same statements."""
    page.fill("[name=q]", "ferry lamps")
    number = int(found(page).split()[0])
    page.select_option("[name=kind]", "direct")
    page.fill("[name=since]", "2024-06-01")
    narrowed = found(page)
    assert 0 < int(narrowed.split()[0]) < number < 604
    assert "q=ferry+lamps" in page.url and "kind=direct" in page.url and "since=2024-06-01" in page.url
    cards = page.locator("#list .card")
    assert all("ferry" in text and "lamps" in text for text in cards.all_inner_texts())
    assert all(day >= "2024-06-01" for day in page.locator("#list time").all_inner_texts())
    page.goto(page.url)
    assert found(page) == narrowed
    page.click("button[type=reset]")
    page.locator("#results").wait_for(state="hidden")
    assert "?" not in page.url and page.locator("#all").is_visible()


def test_filters_by_outlet_stance_confidence_and_topic(page: Page) -> None:
    """Each of the other filters shows only statements that fit, and the labels of denied ones stay."""
    page.select_option("[name=outlet]", "Coast & Country")
    assert found(page).endswith("statements")
    assert set(page.locator("#list .outlet").all_inner_texts()) == {"Coast & Country"}
    page.select_option("[name=outlet]", "")
    page.select_option("[name=stance]", "denied")
    assert int(found(page).split()[0]) == page.locator("#list .badge.stance.denied").count() > 0
    assert page.locator("#list .lead").first.inner_text().strip() == "Denied:"
    page.select_option("[name=stance]", "")
    page.click("a.topic[data-topic=bridge]")
    assert all("bridge" in text for text in page.locator("#list .said").all_inner_texts())
    assert "topic=bridge" in page.url


def test_what_was_not_said_is_found_only_by_its_own_stance(page: Page) -> None:
    """A question is not among the statements that have its words; asked for by stance, it is labelled and cannot be cited."""
    page.fill("[name=q]", "lighthouse")
    assert "sell the lighthouse" not in " ".join(page.locator("#list .said").all_inner_texts() or [found(page)])
    page.select_option("[name=stance]", "asked")
    assert found(page) == "1 passage, not counted as statements"
    card = page.locator("#list .card")
    assert "asked, not said" in card.inner_text() and card.locator(".cite").count() == 0


def test_results_come_in_pages_of_fifty(page: Page) -> None:
    """Older and newer turn the page, and the address keeps its number."""
    page.select_option("[name=kind]", "indirect")
    assert int(found(page).split()[0]) > 150
    assert page.locator("#list .card").count() == 50
    first = page.locator("#list .said").first.inner_text()
    page.click("#older")
    assert "page=2" in page.url and page.locator("#at").inner_text().startswith("Page 2 of")
    assert page.locator("#list .said").first.inner_text() != first
    page.reload()
    assert found(page) and page.locator("#at").inner_text().startswith("Page 2 of")
    page.click("#newer")
    assert page.locator("#list .said").first.inner_text() == first


def test_a_citation_is_copied_with_its_kind_and_stance(page: Page) -> None:
    """The default format names speaker, words, outlet, title, date and address, and says if it is reported or denied."""
    direct = page.locator("#all .card.direct.stated").first
    direct.locator("button.cite:not(.own)").click()
    copied = page.evaluate("window.copied")
    assert copied == (
        "Ruth Vale: “The ferry at Oster does not get 20 lamps after the harvest since everybody among the farmers trusts "
        "forecasts,” (The Post, “</script><b>Odd & ends</b>”, 2026-05-01, https://post.example/x)"
    )
    page.select_option("[name=stance]", "denied")
    found(page)
    page.locator("#list button.cite:not(.own)").first.click()
    assert "(denied)" in page.evaluate("window.copied")


def test_the_desk_can_set_its_own_format(page: Page) -> None:
    """The second button copies the format of the desk."""
    card = page.locator("#all .card").first
    card.locator("button.cite.own").click()
    outlet, day = card.locator(".outlet").inner_text(), card.locator("time").first.inner_text()
    assert page.evaluate("window.copied") == f"Ruth Vale, {outlet}, {day}"
    assert card.locator("button.cite.own").inner_text() == "Copied"


def test_a_format_of_the_desk_never_hides_a_denial(page: Page) -> None:
    """If the format has the words but not the stance, the words themselves say that they were denied."""
    page.evaluate("document.getElementById('dossier').dataset.ownCitation = '{quotation}'")
    page.select_option("[name=stance]", "denied")
    found(page)
    page.locator("#list button.cite.own").first.click()
    assert page.evaluate("window.copied").startswith("denied: ")


def test_a_filtered_card_is_like_a_written_one(page: Page) -> None:
    """Words, labels, links and role of a card made from the data are those of the card in the page."""
    written = page.locator("#all .card.direct").first
    key = written.get_attribute("id").removeprefix("q-")
    fields = ("a.permalink", "a.open", "a.title", "a.mistake")
    before = [written.locator(field).get_attribute("href") for field in fields]
    words, badges = written.locator(".said").inner_text(), written.locator(".badges").inner_text()
    page.fill("[name=q]", words.strip("“”,"))
    assert found(page) == "1 statement"
    card = page.locator("#list .card")
    assert [card.locator(field).get_attribute("href") for field in fields] == before and all(before)
    assert (card.locator(".said").inner_text(), card.locator(".badges").inner_text()) == (words, badges)
    assert card.locator("dd.id").text_content() == key


def test_without_javascript_everything_is_read_and_no_button_is_dead(browser: Browser, dossier: Written) -> None:
    """Filters and buttons are hidden, the links are there, and the pages can be turned."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(dossier.first.as_uri())
    assert page.locator("button:visible").count() == 0 and not page.locator("#filters").is_visible()
    assert page.locator(".card:visible a.permalink").count() > 50
    page.click("a[rel=next]")
    assert "Page 2 of" in page.locator(".sub").inner_text()
    page.go_back()
    page.click(".unsaid summary")
    assert page.locator(".unsaid .badge.stance").first.is_visible()
    context.close()


def test_opens_in_half_a_second(browser: Browser, dossier: Written) -> None:
    """Opening the page of a speaker of 600 quotations takes less than half a second of processor time, at best of five."""
    times = []
    for _ in range(5):
        opened = browser.new_page()
        session = opened.context.new_cdp_session(opened)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        opened.goto(dossier.first.as_uri())
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        times.append(metrics["TaskDuration"])
        opened.close()
    assert 0 < min(times) < 0.5


def test_prints_as_a_brief_of_at_most_twelve_pages(page: Page) -> None:
    """The print has the sources as footnotes, and neither buttons nor what was not said."""
    document = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(document.pages) <= 12
    text = " ".join(one.extract_text() for one in document.pages)
    assert "Sources" in text and "Characters" in text
    assert "Copy citation" not in text and "the moon pulls boats" not in text


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_fits_the_screen(browser: Browser, dossier: Written, claims: list[Path], width: int) -> None:
    """Nothing is wider than the screen, on a telephone either."""
    opened = browser.new_page(viewport={"width": width, "height": 800})
    for file in (dossier.first, *list(dossier.files.values())[1:2], *claims):
        opened.goto(file.as_uri())
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.close()


@pytest.fixture(scope="module")
def claims(large: Store, dossier: Written) -> list[Path]:
    """The pages of the claims with several printings."""
    site: SiteContext = dossier.site
    return list(write(pages_of_claims(large, site), site, dossier.first.parent.parent).values())[:2]


# Opens every part of which there is one, and the evidence of every tenth card: axe takes long for each.
_OPEN = """document.querySelectorAll('details').forEach((one, place) => {
    one.open = !one.classList.contains('evidence') || place % 10 === 0; })"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_is_found(browser: Browser, dossier: Written, claims: list[Path], scheme: Any) -> None:
    """axe finds nothing on the first page, on a later one, on a claim and on filtered statements."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1000, "height": 800}, bypass_csp=True)
    later = next(file for name, file in dossier.files.items() if name.endswith("-12.html"))
    filtered = f"{dossier.first.as_uri()}?stance=denied"
    addresses = [file.as_uri() for file in (dossier.first, *claims[:1])]
    for address in (*addresses, filtered, *([later.as_uri()] if scheme == "light" else [])):
        opened = context.new_page()
        opened.goto(address)
        opened.evaluate(_OPEN)
        if "?" in address:
            found(opened)
        result = Axe().run(opened)
        assert result.response["violations"] == [], result.generate_report()
        opened.close()
    context.close()
