"""The desk in a real browser: keys, completion, dropping a file, accessibility and small screens."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quotetrack.jobs.refresh import refresh
from quotetrack.read.corrections import corrections
from quotetrack.store import Store
from tests.edited import JULY, JUNE, put
from tests.edited import page as article
from tests.serve.test_drafts import DRAFT, known

__all__ = ["known"]

playwright = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """Chromium, started once."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page whose console must stay empty, so that nothing violates the Content-Security-Policy."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if "(Conflict)" not in message.text else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.set_default_timeout(60_000)
    yield opened
    context.close()
    assert complaints == []


def recorded(database: Path) -> list[tuple[str, str, bool]]:
    """Kind, summary, and whether undone, of all corrections."""
    with Store.open(database, read_only=True) as store:
        return [(one.kind, one.summary, one.undone_at is not None) for one in corrections(store)]


def test_a_pasted_draft_is_checked(page: Any, record: Path, served: Callable[..., str], known: None) -> None:
    """Pasting leads to the result, where a quotation's number leads to its evidence and back."""
    page.goto(f"{served(record)}/check")
    page.get_by_label("Text of the draft").fill(DRAFT)
    page.get_by_role("button", name="Check").click()
    page.get_by_role("heading", name="What the record says").wait_for()
    page.get_by_role("link", name="Note 1: Changed").click()
    assert page.url.endswith("#n1") and page.locator("#n1").is_visible()
    page.get_by_role("link", name="Back to quotation 1").click()
    assert page.url.endswith("#q1")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the marked draft").click()
    assert "words changed" in download.value.path().read_text(encoding="utf-8")


def test_a_file_is_dropped(page: Any, record: Path, served: Callable[..., str], known: None) -> None:
    """A file dropped on the form is the one that is sent."""
    page.goto(f"{served(record)}/check")
    transfer = page.evaluate_handle(
        "text => { const data = new DataTransfer(); data.items.add(new File([text], 'dropped.txt')); return data; }",
        DRAFT,
    )
    for event in ("dragover", "drop"):
        page.dispatch_event("#text", event, {"dataTransfer": transfer})
    page.get_by_role("button", name="Check").click()
    page.get_by_role("heading", name="What the record says").wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "dropped.txt"


def test_cases_are_answered_with_keys(page: Any, database: Path, served: Callable[..., str]) -> None:
    """One key confirms, one undoes, one skips; keys do nothing while typing or when they are switched off."""
    page.goto(f"{served(database, write=True, author='ann')}/review")
    question = page.locator("#question").inner_text()
    page.keyboard.press("c")
    page.get_by_text("Recorded: ").wait_for()
    assert page.locator("#question").inner_text() != question
    page.keyboard.press("u")
    page.get_by_text("Recorded: ").wait_for(state="detached")
    assert page.locator("#question").inner_text() == question
    assert [(kind, undone) for kind, _, undone in recorded(database)] == [("confirm", True)]
    page.keyboard.press("a")
    page.keyboard.type("scru")
    assert page.get_by_label("Speaker").input_value() == "scru"
    page.keyboard.press("Escape")
    page.get_by_label("Answer with the keys shown").uncheck()
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.name") != "why"
    page.get_by_label("Answer with the keys shown").check()
    page.keyboard.press("s")
    page.wait_for_function("before => document.querySelector('#question')?.innerText !== before", arg=question)
    assert len(recorded(database)) == 1


def test_a_speaker_is_completed_and_a_typo_asked_about(page: Any, database: Path, served: Callable[..., str]) -> None:
    """Typing completes names from the database; a name that nobody has leads to the question whom it means."""
    page.goto(f"{served(database, write=True, author='ann')}/review")
    page.keyboard.press("a")
    page.keyboard.type("oll")
    page.locator("#names option").wait_for(state="attached")
    assert page.locator("#names option").get_attribute("value") == "Olle Brandt"
    page.get_by_label("Speaker").fill("Olle Brant")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="No speaker is called “Olle Brant”").wait_for()
    assert recorded(database) == []
    page.get_by_role("button", name="Olle Brandt", exact=True).click()
    page.get_by_text("Recorded: ").wait_for()
    [(kind, summary, _)] = recorded(database)
    assert kind == "reassign" and summary.endswith("is by Olle Brandt")


def test_the_inbox_leads_to_articles_and_claims(page: Any, record: Path, served: Callable[..., str]) -> None:
    """From the inbox a contradicted claim and an article are one click away."""
    page.goto(f"{served(record)}/inbox")
    page.get_by_role("link", name=re.compile("close the old yard")).first.click()
    page.get_by_text("Articles attribute these words to different speakers").wait_for()
    page.go_back()
    page.locator("#articles a").first.click()
    page.get_by_role("heading", name="Quotations", exact=True).wait_for()


def test_a_search_is_narrowed_and_taken_along(page: Any, record: Path, served: Callable[..., str]) -> None:
    """Words typed into the form give results, a facet narrows them, and the CSV holds as many as the page counts."""
    page.goto(f"{served(record)}/search")
    page.get_by_label("Words").fill("yard")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile(r"\?.*q=yard"))
    every = int(page.get_by_role("status").inner_text().split()[0])
    page.locator("nav.facets details[open] a").first.click()
    page.wait_for_url(re.compile("(speaker|outlet)="))
    fewer = int(page.get_by_role("status").inner_text().split()[0])
    assert 0 < fewer < every
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == fewer


def test_every_page_is_accessible(page: Any, database: Path, served: Callable[..., str], known: None) -> None:
    """axe finds nothing on any page, light or dark, and no page is wider than a small, middle or large screen."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with Store.open(database) as store:
        put(store, article(JUNE))
        put(store, article(JULY))
        refresh(store)
    desk = served(database, write=True)
    page.goto(f"{desk}/check")
    page.fill("#text", DRAFT)
    page.click("button.primary")
    page.wait_for_selector(".sides")
    result = page.url
    page.goto(f"{desk}/inbox")
    listed, claim = (
        page.locator(f"a[href^='/{kind}/']").first.get_attribute("href") for kind in ("articles", "claims")
    )
    page.goto(f"{desk}/speakers")
    dossier = page.locator("table a").first.get_attribute("href")
    addresses = [
        result,
        *(
            f"{desk}{one}"
            for one in ("/check", "/search?q=yard", "/speakers", "/inbox", "/edits", "/review", listed, claim, dossier)
        ),
    ]
    for scheme, width in (("light", 1280), ("dark", 768), ("light", 360)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for address in addresses:
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            found = axe.run(page).response["violations"]
            assert [(address, one["id"], one["nodes"][0]["html"]) for one in found] == []
