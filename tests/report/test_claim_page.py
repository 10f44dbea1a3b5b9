"""The page of a claim: order of time, copies, differences, conflicts, and what other reports say of the speaker."""

from __future__ import annotations

import html as markup
import json
import re
from pathlib import Path

import html5lib
import pytest

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.report.claim_page import claim_rows
from quotetrack.store import Store
from tests.conftest import said
from tests.report.pages import pages_of_claims, site_of, write

VALE, LUND = Speaker("Ruth Vale", "person"), Speaker("Anton Lund", "person")
WORDS = "We will rebuild the bridge over the western sound within 12 months and no child will walk to school"
REST = (
    "The council met on Tuesday evening in the old customs house beside the harbour.",
    "Several dozen residents waited in the rain to hear what the engineers had found.",
    "Two ferries were moved to the northern quay before the meeting had even begun.",
    "The harbour office will publish a list of closed roads by the end of the week.",
    "A second vote on the budget for repairs is expected after the summer recess.",
)
PRINTINGS = (
    ("Late Post", "2026-03-09", f"“{WORDS},”", VALE, ""),
    ("First Wire", "2026-03-02", f"“{WORDS},”", VALE, ""),
    ("Copy Wire", "2026-03-02", f"“{WORDS},”", VALE, "copied"),
    ("Copied Wire", "2026-03-03", f"“{WORDS},”", VALE, "copied"),
    ("Odd Times", "2026-03-04", f"“{WORDS.replace('12', '21').replace('no child', 'a child')},”", VALE, ""),
    ("<b>Rival</b>", "2026-03-05", f"“{WORDS},”", LUND, ""),
)


def fill(store: Store, dated: bool = True) -> None:
    """Store the printings of one claim, each in an article of its own; the text of the copies is the same."""
    for number, (outlet, day, words, speaker, copied) in enumerate(PRINTINGS):
        around = " ".join(REST) if copied else f"{outlet} learned more about it on day {number}."
        made = Article(
            f"{words} {speaker.name}, the harbour minister, said.\n\n{around}",
            outlet=outlet,
            url=f"https://outlet{number}.example/a",
            title=f"{outlet} <title>",
            published=day if dated or number else None,
        )
        store.put([(made, [said(made, words, source=speaker.name, speaker=speaker)])], "m")
    refresh(store)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the claim."""
    folder = tmp_path_factory.mktemp("claim")
    with Store.open(folder / "t.duckdb") as store:
        fill(store)
        site = site_of(store)
        [file] = write(pages_of_claims(store, site), site, folder).values()
    return file.read_text("utf-8")


def outlets(part: str) -> list[str]:
    return [markup.unescape(one) for one in re.findall(r'<span class="outlet">([^<]*)</span>', part)]


def test_printings_stand_in_order_of_time(page: str) -> None:
    """The first printing comes first, whatever the order of ingest, and the top says when it was."""
    printings = page.partition("Printings in order of time")[2]
    own = [name for name in outlets(printings) if not name.startswith("Cop")]
    assert own == ["First Wire", "Odd Times", "<b>Rival</b>", "Late Post"]
    assert '<dt>First printed</dt><dd><time datetime="2026-03-02">' in page


def test_copies_of_a_report_are_folded(page: str) -> None:
    """Two articles with the same text are one entry, with the copy behind it, and are not counted as independent."""
    [fold] = re.findall(r'<details class="copies">.*?</details>', page, re.DOTALL)
    assert "1 copy of the same report" in fold and outlets(fold) == ["Copied Wire"]
    assert "<dt>Articles</dt><dd>6</dd>" in page and "<dt>Independent reports</dt><dd>5</dd>" in page


def test_conflicting_speakers_stand_at_the_top(page: str) -> None:
    """Who names whom is said before the printings."""
    top = page.partition("Wordings compared")[0]
    assert "different speakers" in top and "<strong>Anton Lund</strong> (&lt;b&gt;Rival&lt;/b&gt;)" in top
    assert "A negation or a number differs between printings" in top


def test_differences_are_marked_word_by_word(page: str) -> None:
    """Words left out and added are marked in the table, with negations and numbers in bold and named in the last column."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    [row] = [one for one in table.split("</tr>") if "Odd Times" in one]
    assert re.search(r"<del>.*?<strong class=\"sense\">12</strong>", row)
    assert re.search(r"<ins>.*?<strong class=\"sense\">21</strong>", row)
    assert re.search(r"<del>.*?<strong class=\"sense\">no</strong>", row)
    assert "negation differs" in row and "number differs" in row
    [same] = [one for one in table.split("</tr>") if "Late Post" in one]
    assert "the same words" in same and "<del>" not in same


def test_the_page_is_valid_and_escaped(page: str) -> None:
    """A strict parser accepts the page, and nothing that an outlet wrote is markup."""
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<b>Rival" not in page and "<title>" in page and page.count("<title>") == 1


def test_a_disputed_claim_has_no_author_for_machines(page: str) -> None:
    """The description for machines lists the appearances in order of time and names nobody as the author."""
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    claim = json.loads(data)
    assert claim["@type"] == "Claim" and "author" not in claim and "reviewRating" not in data
    assert claim["firstAppearance"]["publisher"]["name"] in ("First Wire", "Copy Wire")
    assert len(claim["appearance"]) == 6


def test_an_undated_article_leaves_the_first_printing_open(store: Store, tmp_path: Path) -> None:
    """If an article has no date, the page does not say which was first, to readers or to machines."""
    fill(store, dated=False)
    site = site_of(store)
    [file] = write(pages_of_claims(store, site), site, tmp_path).values()
    page = file.read_text("utf-8")
    assert "1 of 6 articles has no date" in page
    assert "First printed" not in page and "firstAppearance" not in page


def test_copies_that_differ_are_not_folded(store: Store) -> None:
    """A copy with other words is an entry of its own."""
    fill(store)
    site = site_of(store)
    [(claim_id, printings)] = [(key, group) for key, group in site.batch.claims.items() if key in site.claims]
    one, two = printings[:2]
    rows = claim_rows(one, [one, two], claim_id, site)
    assert len(rows) == 2


def test_repairs_and_corrections_are_explained(store: Store, tmp_path: Path) -> None:
    """A speaker that another report named, and a person's decision, are said beside the printing."""
    fill(store)
    [(key, other, source, article, lund, vale)] = store.connection.execute(
        "SELECT q.quotation_id, o.quotation_id, q.source_id, q.article_id, b.speaker_id, a.speaker_id FROM quotations q "
        "JOIN articles USING (article_id), quotations o JOIN articles p ON p.article_id = o.article_id, speakers a, speakers b "
        "WHERE articles.outlet = 'Late Post' AND p.outlet = 'First Wire' AND a.name = 'Ruth Vale' AND b.name = 'Anton Lund'"
    ).fetchall()
    store.connection.execute(
        "INSERT INTO repairs SELECT ?, 'confirmed', ?, ?, 0, 1, 'x', ?, ?, 0.9, ?, 'c'",
        [key, source, article, lund, vale, other],
    )
    store.connection.execute(
        "INSERT INTO corrections VALUES (1, 'confirm', 'x', '{}', 'heard it', 'ann', '2026-03-10', NULL, NULL)"
    )
    store.connection.execute("INSERT INTO correction_effects VALUES (1, NULL, ?)", [other])
    site = site_of(store)
    [file] = write(pages_of_claims(store, site), site, tmp_path).values()
    page = file.read_text("utf-8")
    assert "First Wire names Ruth Vale as the speaker, too." in page
    assert "Confirmed by ann on 2026-03-10: heard it" in page
