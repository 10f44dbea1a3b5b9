"""The page of an article: its text once, unchanged, with every quotation in its place."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article, Speaker
from quotetrack.read.articles import ArticleRecord, article_records, marked_stretches
from quotetrack.read.printing import Printing
from quotetrack.read.printings import printings
from quotetrack.read.site_lists import listed_articles
from quotetrack.read.versions import edits_of
from quotetrack.report.article_page import Noted, Piece, article_record_page, short_name
from quotetrack.report.pages import Page, SiteContext, SiteCounts
from quotetrack.report.templates import Renderer
from quotetrack.store import Store
from tests.conftest import said
from tests.edited import JULY, JUNE, OTHER, put
from tests.edited import page as article
from tests.report.small_site import fill

SITE = SiteContext({}, frozenset(), SiteCounts(0, 0, 0, 0, 0))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Page]]:
    """The text and the page of each article of the small database, by url."""
    with Store.open(tmp_path_factory.mktemp("db") / "t.duckdb") as store:
        fill(store)
        keys = [one.article_id for one in listed_articles(store)]
        records, marked = article_records(store, keys), marked_stretches(store, keys)
        every = printings(store)
        found = {}
        for key in keys:
            own = [one for one in every.values() if one.article_id == key]
            found[str(records[key].url)] = (
                records[key].text,
                article_record_page(records[key], own, marked.get(key, ()), SITE),
            )
        return found


def pieces(page: Page) -> list[list[Piece]]:
    found = page.values["paragraphs"]
    assert isinstance(found, list)
    return found


def notes(page: Page, name: str = "notes") -> Sequence[Noted]:
    found = page.values[name]
    assert isinstance(found, list)
    return found


def test_the_text_is_there_once_and_unchanged(built: dict[str, tuple[str, Page]]) -> None:
    """The pieces of the paragraphs, joined, are the lines of the article, and highlighted pieces are the quotations."""
    for text, page in built.values():
        assert ["".join(p.text for p in line) for line in pieces(page)] == [line for line in text.split("\n") if line]
        for note in (*notes(page), *notes(page, "unsaid")):
            own = "".join(p.text for line in pieces(page) for p in line if p.note is note)
            assert own == "".join(span.text for span in note.printing.content)


def test_each_quotation_begins_once(built: dict[str, tuple[str, Page]]) -> None:
    """Every quotation, counted as a statement or not, has one label in the text, so that links to it work."""
    _, page = built["https://post.example/9"]
    begun = [note.number for line in pieces(page) for p in line for note in p.starts]
    assert begun == [1, 2, 3, 4]
    assert [note.number for note in notes(page)] == [1, 3, 4] and [note.number for note in notes(page, "unsaid")] == [2]


def test_marks_that_are_no_quotation_are_shown(built: dict[str, tuple[str, Page]]) -> None:
    """Words in quotation marks that were not taken for a quotation are marked in the text and listed."""
    _, page = built["https://post.example/1"]
    assert [text for _, text, _ in page.values["others"]] == ["“short”"]  # type: ignore[attr-defined]
    assert [p.text for line in pieces(page) for p in line if p.other] == ["“short”"]


def test_speakers_have_colours_and_labels(built: dict[str, tuple[str, Page]]) -> None:
    """Quotations of one speaker have one colour, others another one, and each label names the speaker."""
    _, page = built["https://post.example/1"]
    assert [(note.label, note.colour) for note in notes(page)] == [("Vale", 1), ("Vale", 1), ("Lund", 2)]
    assert short_name(()) == "unknown"


def test_provenance_and_links(built: dict[str, tuple[str, Page]]) -> None:
    """The page gives the hash of the text, the models and the version once, and links to the words in the original."""
    _, page = built["https://post.example/1"]
    html = Renderer(SITE).page(page).decode()
    article = page.values["article"]
    assert html.count(article.sha256) == 1 and ">m<" in html  # type: ignore[attr-defined]
    assert 'href="https://post.example/1#:~:text=We%20will%20rebuild' in html
    _, unsafe = built["javascript:alert(1)"]
    assert 'href="javascript' not in Renderer(SITE).page(unsafe).decode()


def test_many_overlapping_quotations(tmp_path: Path) -> None:
    """A quotation inside another is highlighted as its own, and both keep their labels."""
    one = Article(
        "Anton Lund said that Ruth Vale had told him “we sail at dawn” in the harbour.", url="https://a.example/1"
    )
    outer = said(
        one,
        "that Ruth Vale had told him “we sail at dawn” in the harbour",
        source="Anton Lund",
        speaker=Speaker("Anton Lund", "person"),
        kind="mixed",
    )
    inner = said(one, "“we sail at dawn”", source="Ruth Vale", speaker=Speaker("Ruth Vale", "person"))
    with Store.open(tmp_path / "t.duckdb") as store:
        store.put([(one, [outer, inner])], "m")
        refresh(store)
        [listed] = listed_articles(store)
        [record] = article_records(store, [listed.article_id]).values()
        page = article_record_page(record, list(printings(store).values()), (), SITE)
    found = [(p.text, p.note.label if p.note else "") for p in pieces(page)[0]]
    assert found == [
        ("Anton Lund said ", ""),
        ("that Ruth Vale had told him ", "Lund"),
        ("“we sail at dawn”", "Vale"),
        (" in the harbour", "Lund"),
        (".", ""),
    ]


def processor_time(record: ArticleRecord, shown: Sequence[Printing]) -> float:
    """The least processor time of three runs in which the page of an article is made."""

    def once() -> float:
        began = time.process_time()
        article_record_page(record, shown, (), SITE)
        return time.process_time() - began

    return min(once() for _ in range(3))


def test_a_page_of_many_quotations_is_made_in_linear_time(tmp_path: Path) -> None:
    """Eight times as many quotations take about eight times as long."""
    times = []
    with Store.open(tmp_path / "t.duckdb") as store:
        for count in (300, 2400):
            sayings = [f"Item {count} number {number} is a matter for the harbour" for number in range(count)]
            one = Article(
                "\n\n".join(f"{saying}, said Ruth Vale." for saying in sayings), url=f"https://a.example/{count}"
            )
            store.put([(one, [said(one, saying, kind="indirect") for saying in sayings])], "m")
        every = list(printings(store).values())
        for listed in sorted(listed_articles(store), key=lambda one: one.quotations):
            [record] = article_records(store, [listed.article_id]).values()
            own = [one for one in every if one.article_id == listed.article_id]
            times.append(processor_time(record, own))
    assert times[1] < 20 * times[0], times


def test_the_edits_of_an_article_are_shown(store: Store) -> None:
    """The page of an edited article has both dates, the earlier and the present wording as a diff and the date of the last change; text
    from outside is escaped. The page of another article has no such section."""
    earlier = article(JUNE.replace("quay", "<b>quay</b>"), title="Yard <i>to</i> close", published="2026-03-02")
    put(store, earlier, article(OTHER, "https://post.example/choir"))
    put(store, article(JULY, title="Yard may close", published="2026-03-02", modified="2026-03-04T08:00:00Z"))
    refresh(store)
    keys = [one.article_id for one in listed_articles(store)]
    records, edits, every = article_records(store, keys), edits_of(store, keys), printings(store)
    made = {
        records[key].text: Renderer(SITE)
        .page(
            article_record_page(
                records[key], [p for p in every.values() if p.article_id == key], (), SITE, edits.get(key, ())
            )
        )
        .decode()
        for key in keys
    }
    html = made[JULY]
    [edit] = edits[next(key for key in keys if records[key].text == JULY)]
    assert (
        f"{edit.before.first_seen:%Y-%m-%d %H:%M} UTC" in html
        and f"{edit.before.superseded_at:%Y-%m-%d %H:%M} UTC" in html
    )
    assert '<del><span class="visually-hidden">before: </span>June,”</del>' in html
    assert '<ins><span class="visually-hidden">now: </span>July,”</ins>' in html
    assert "no longer there</span> Anton Lund" in html and "added</span> Ruth Vale" in html
    assert "Yard &lt;i&gt;to&lt;/i&gt; close" in html and "<i>to</i>" not in html
    assert (
        'modified <time datetime="2026-03-04">2026-03-04</time>' in html
        and "<dt>Modified</dt><dd>2026-03-04T08:00:00Z</dd>" in html
    )
    assert "What changed" not in made[OTHER] and "Modified" not in made[OTHER] and "First seen" not in made[OTHER]
