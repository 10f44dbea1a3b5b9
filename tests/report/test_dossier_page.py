"""The pages of a dossier: complete, small, and honest about what was not said."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from quotetrack.errors import UsageError
from quotetrack.jobs.refresh import refresh
from quotetrack.link.timeline import HeldRole
from quotetrack.model import Article
from quotetrack.report.cards import most_printed, split_words, statements
from quotetrack.report.charts import HEIGHT, WIDTH, activity_chart, roles_chart
from quotetrack.report.citations import check_citation, check_mistakes
from quotetrack.report.topics import strips, with_topics
from quotetrack.store import Store
from tests.conftest import said
from tests.report.conftest import Written
from tests.report.pages import pages_of, site_of, write
from tests.report.speakers import LUND, VALE, fill

_CARD = re.compile(r'<article class="card (?!unsaid)[^>]* id="q-([0-9a-f]+)"')


def html(written: Written) -> dict[str, str]:
    return {name: file.read_text("utf-8") for name, file in written.files.items() if name.endswith(".html")}


def test_every_statement_is_on_exactly_one_page(dossier: Written) -> None:
    """No statement is lost or repeated between the first section and the pages of fifty."""
    shown = [key for page in html(dossier).values() for key in _CARD.findall(page)]
    [found] = [one for one in dossier.site.batch.dossiers.values() if one.name == "Ruth Vale"]
    assert len(shown) == len(set(shown)) > 590
    assert set(shown) == {one.shown.quotation_id for one in statements(found.printings, dossier.site.batch.facts)}
    assert max(len(_CARD.findall(page)) for page in html(dossier).values()) <= 56


def test_the_first_page_of_600_quotations_is_small(dossier: Written) -> None:
    """The first page with its style sheets and its script stays under 300 KB; the data for filters is loaded later."""
    assets = [dossier.first.parent.parent / name for name in ("style.css", "dossier.css", "dossier.js")]
    assert sum(file.stat().st_size for file in (dossier.first, *assets)) < 300_000


def test_pages_are_linked_without_javascript(dossier: Written) -> None:
    """Each page links to the one before and after it, and all links between pages of the dossier lead to a file."""
    pages = html(dossier)
    links = {target for page in pages.values() for target in re.findall(r'href="\.\./(speakers/[^"#?]+)', page)}
    assert links and links <= set(pages)
    first = dossier.first.read_text("utf-8")
    assert 'rel="next"' in first and 'rel="prev"' not in first and 'aria-current="page"' in first


def test_what_was_not_said_stays_in_its_closed_section(dossier: Written) -> None:
    """A question and a belief stand, labelled, in a closed element, and in no card, heading or description for machines."""
    first = dossier.first.read_text("utf-8")
    before, section = first.split('<section class="unsaid">')
    closed = section.partition("</section>")[0]
    for words, label in (("sell the lighthouse", "asked, not said"), ("the moon pulls boats", "belief, not said")):
        assert words not in before and words in closed and label in closed
        assert words not in section.partition("</section>")[2]
    assert "<details>" in closed and "open" not in re.findall(r"<details[^>]*>", closed)[0]


def test_many_passages_that_were_not_said_get_pages_of_their_own(store: Store, tmp_path: Path) -> None:
    """Only ten are on the first page; the others are closed and labelled on pages of their own."""
    fill(store, 24)
    store.connection.execute("UPDATE quotations SET stance = 'asked' WHERE stance = 'stated'")
    store.connection.execute("UPDATE quotations SET stance = 'stated' WHERE text LIKE '%Oster does not%'")
    site = site_of(store)
    files = write(pages_of(store, site, ["Ruth Vale"]), site, tmp_path)
    first, *more = [file.read_text("utf-8") for name, file in sorted(files.items()) if name.endswith(".html")][::-1]  # fmt: skip
    assert first.count('class="card unsaid') == 10
    assert [page.count('class="card unsaid') for page in more] == [25]
    assert all("<details>" in page and "asked, not said" in page for page in more)


def test_denied_and_reported_statements_say_so_before_the_words(dossier: Written) -> None:
    """The heading of a denied statement begins with the label, that of reported speech with one for screen readers."""
    page = "".join(html(dossier).values())
    assert re.search(r'<h3 class="words"><span class="lead denied">Denied: </span><span class="said">', page)
    assert re.search(r'<h3 class="words"><span class="unseen">Reported: </span><span class="said">that', page)


def test_nothing_foreign_is_markup(dossier: Written) -> None:
    """A title with markup is escaped on the pages, in the data for filters and in the description for machines."""
    for file in dossier.files.values():
        text = file.read_text("utf-8")
        assert "<b>Odd" not in text and "</script><b>" not in text
    data = next(file for name, file in dossier.files.items() if name.endswith(".js")).read_text("utf-8")
    assert "<" not in data and "&" not in data
    articles = json.loads(data[data.index("(") + 1 : data.rindex(")")])["articles"]
    assert "</script><b>Odd & ends</b>" in [article[2] for article in articles]


def test_pages_are_valid_html(dossier: Written) -> None:
    """A strict parser accepts the first page, a later one and the data-free parts of each; identifiers are unique."""
    parser = html5lib.HTMLParser(strict=True)
    for page in list(html(dossier).values())[:3]:
        parser.parse(page)
        identifiers = re.findall(r'\sid="([^"]+)"', page)
        assert len(identifiers) == len(set(identifiers))
        assert not re.search(r'\son[a-z]+="|\sstyle="|javascript:', page)


def test_the_same_database_gives_the_same_pages(large: Store, dossier: Written, tmp_path: Path) -> None:
    """Nothing in the pages depends on the clock or on chance."""
    again = write(pages_of(large, dossier.site, ["Ruth Vale"]), dossier.site, tmp_path)
    assert {name: file.read_bytes() for name, file in again.items()} == {
        name: file.read_bytes() for name, file in dossier.files.items()
    }


def test_a_single_file_holds_all_statements(large: Store, dossier: Written, tmp_path: Path) -> None:
    """A dossier written as one file has no second page, no filters and no link to a page of the site."""
    site = replace(dossier.site, single_file=True, claims=frozenset())
    [page] = pages_of(large, site, ["Ruth Vale"])
    text = write([page], site, tmp_path)[page.path].read_text("utf-8")
    assert len(_CARD.findall(text)) > 590
    assert 'id="filters"' not in text and "../articles/" not in text


def test_the_most_printed_verbatim_statements_come_first(dossier: Written) -> None:
    """Statements of several outlets come before others; reported, denied and doubtful ones are not among them."""
    [found] = [one for one in dossier.site.batch.dossiers.values() if one.name == "Ruth Vale"]
    listed = statements(found.printings, dossier.site.batch.facts)
    wide = replace(listed[40], others=(replace(listed[40].shown, quotation_id="x", outlet="Elsewhere"),))
    doubtful = replace(listed[3], shown=replace(listed[3].shown, kind="direct", confidence=0.3), others=wide.others)
    first = most_printed([*listed[:3], doubtful, *listed[4:40], wide], 5)
    assert first[0] is wide if wide.shown.kind != "indirect" and wide.shown.stance == "stated" else wide not in first
    assert doubtful not in first and all(one.shown.kind != "indirect" and one.shown.stance == "stated" for one in first)


def test_a_negation_that_differs_from_an_earlier_statement_is_flagged(dossier: Written) -> None:
    """Two statements in similar words, one of them negated, stand together with a label that names the earlier date."""
    [found] = [one for one in dossier.site.batch.dossiers.values() if one.name == "Ruth Vale"]
    listed = with_topics(statements(found.printings, dossier.site.batch.facts), ["ferry"])
    [strip] = strips(listed, ["ferry"])
    days = [entry.statement.day for entry in strip.entries]
    assert strip.topic == "ferry" and days == sorted(days)
    flagged = strip.entries[-1]
    assert flagged.flags[0] == "negation differs from 2024-01-03"
    assert "not" in [segment.text for segment in flagged.excerpt if segment.marked]


def test_no_change_is_flagged_between_unlike_statements(dossier: Written) -> None:
    """Statements that share only the topic are not compared, whatever their numbers."""
    [found] = [one for one in dossier.site.batch.dossiers.values() if one.name == "Ruth Vale"]
    listed = [one for one in statements(found.printings, dossier.site.batch.facts) if "does not" not in one.shown.text]
    ferries = [one for one in listed if "ferry" in one.shown.text][:2]
    unlike = [replace(one, topics=("ferry",)) for one in (ferries[0], ferries[1], listed[0])]
    assert not any(entry.flags for strip in strips(unlike, ["ferry"]) for entry in strip.entries)


def test_a_number_that_differs_is_flagged_under_the_wording_of_another_speaker_too(store: Store) -> None:
    """If the claim is displayed in somebody else's words, the printings of this speaker are compared with each other."""
    words = "We will rebuild the bridge over the western sound within {} years from now at the latest"
    for number, (speaker, years) in enumerate([(VALE, "12"), (LUND, "12"), (LUND, "21")]):
        text = f"“{words.format(years)}{' at last' if number == 0 else ''},” {speaker.name} said."
        made = Article(text, outlet=f"Post {number}", url=f"https://post.example/{number}")
        quoted = said(made, text.partition("” ")[0] + "”", source=speaker.name, speaker=speaker)
        store.put([(made, [quoted])], "m")
    refresh(store)
    site = site_of(store)
    [lund] = [one for one in site.batch.dossiers.values() if one.name == "Anton Lund"]
    [one] = statements(lund.printings, site.batch.facts)
    assert one.facts.shown != one.shown.quotation_id and len(one.others) == 1 and one.turned


def test_a_long_statement_has_a_short_heading(dossier: Written) -> None:
    """The heading ends with a sentence, and heading and rest together are the statement."""
    shown = next(iter(dossier.site.batch.dossiers.values())).printings[0]
    part = replace(shown.parts[0][0], text="We count every boat. " * 40)
    heading, rest = split_words(replace(shown, parts=((part,),)))
    assert "".join(segment.text for segment in (*heading, *rest)) == part.text
    assert len(heading[0].text) <= 420 and heading[0].text.endswith("boat.")


@pytest.mark.parametrize(
    ("dates", "unit", "columns"),
    [
        (["2024-01-30", "2024-02-02"], "day", 4),
        (["2024-01-30", "2024-04-02", "2024"], "month", 4),
        (["2014-01-30", "2024-02-02"], "year", 11),
        (["2024-01-30"], None, 0),
        (["no date"], None, 0),
    ],
)
def test_activity_has_no_gaps(dates: list[str], unit: str | None, columns: int) -> None:
    """Days, months or years without a statement are columns of height 0, so time is to scale."""
    chart = activity_chart(dates)
    assert (chart.unit if chart else None, len(chart.columns) if chart else 0) == (unit, columns)
    if chart:
        assert max(one.height for one in chart.columns) == HEIGHT
        assert all(0 <= one.start < one.start + one.width <= WIDTH for one in chart.columns)


def test_roles_stay_within_the_axis() -> None:
    """A role of one day has a visible bar that ends within the chart; roles without a date are left out."""
    held = [
        HeldRole("minister", "", "2020", "2024-05-01", 9, ("minister",)),
        HeldRole("chair", "", "2024-05-01", "2024-05-01", 1, ("chair",)),
        HeldRole("guest", "", None, None, 1, ("guest",)),
    ]
    chart = roles_chart(held)
    assert chart and [bar.held.role for bar in chart.bars] == ["minister", "chair"]
    assert all(bar.width > 0 and bar.start >= 0 and bar.start + bar.width <= WIDTH for bar in chart.bars)
    assert roles_chart(held[:1]) is None


def test_a_format_with_an_unknown_field_is_refused() -> None:
    """A misspelt field of a format is an error that lists the fields, and a script is no address."""
    assert check_citation("{speaker} ({date})") == "{speaker} ({date})"
    with pytest.raises(UsageError, match=r"\{speeker\}.*\{speaker\}"):
        check_citation("{speeker}")
    with pytest.raises(UsageError, match="not an address"):
        check_mistakes("javascript:alert(1)")


def test_the_address_for_mistakes_names_the_quotation(dossier: Written) -> None:
    """Each card links to the desk's address with its own quotation; without an address it shows the command."""
    page = dossier.first.read_text("utf-8")
    key = _CARD.findall(page)[0]
    assert f'href="mailto:desk@vale.example?subject={key}"' in page
    assert "quotetrack quotations reassign" not in page
