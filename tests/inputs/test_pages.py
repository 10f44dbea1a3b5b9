"""Web pages: outlet, title, authors, dates and text come from what the page declares and shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotetrack.errors import UsageError
from quotetrack.inputs import Metadata, read
from quotetrack.inputs.outlets import VARIABLE, outlet_of
from quotetrack.inputs.page import read_pages
from quotetrack.model import Article

FILLER = "<p>" + "The minister said on Monday that the water would flow again soon. " * 3 + "</p>"


def pages(body: str = FILLER, head: str = "", linked: Any = None, given: Metadata | None = None) -> list[Article]:
    script = f"<script type='application/ld+json'>{json.dumps(linked)}</script>" if linked else ""
    page = f"<html lang='en'><head>{head}{script}</head><body><article>{body}</article></body></html>"
    return read_pages(page, "page.html", given or Metadata())


def news(**more: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": "Dam holds", "datePublished": "2026-03-02T08:15:00Z", **more}


def read_text_record(folder: Path, record: dict[str, str]) -> list[Article]:
    file = folder / "record.jsonl"
    file.write_text(json.dumps(record), encoding="utf-8")
    return [found for found in read(file) if isinstance(found, Article)]


@pytest.mark.parametrize(
    ("url", "candidates", "title", "expected"),
    [
        ("https://www.coastcourier.example/a", ["Latest headlines - Coast Courier"], None, "Coast Courier"),
        ("https://coastcourier.example/a", ["Weather", "Coast Courier"], None, "Coast Courier"),
        ("https://coastcourier.example/a", ["Where the tide turns"], "Dam | The Coast Courier | by A", "The Coast Courier"),
        ("https://echo.example/a", ["echo", "The Echo"], None, "The Echo"),
        ("https://tidewater.example/a", ["The Tidewater Echo"], None, "The Tidewater Echo"),
        ("https://a.example/", ["https://social.example/a", "@echo"], None, "echo"),
        (None, ["News, weather and sport from all of the coast | Courier"], None, "Courier"),
        ("https://courier.example/", ["courier.example"], None, None),
    ],
)  # fmt: skip
def test_name_of_the_outlet(url: str | None, candidates: list[str], title: str | None, expected: str | None) -> None:
    """The name that agrees with the address is taken, not a section or a slogan; without such a name, the first one."""
    assert outlet_of(url, candidates, title) == expected


@pytest.mark.parametrize(
    ("url", "declared", "shown", "expected"),
    [
        (
            "https://www.coastcourier.example/a",
            "Coastal news on coastcourier.example",
            "© Coast Courier",
            "Coast Courier",
        ),
        ("https://coastcourier.example/a", None, "Storm – CoastCourier, the daily", "CoastCourier"),
        ("https://bayandcove.example/a", "Bayandcove.example", "© Bay and Cove", "Bay and Cove"),
        ("https://courier.example/a", "Courier.example", "The courier said COURIER", "Courier.example"),
        ("https://coastcourier.example/a", None, "news@coastcourier.example, a coast courier", None),
        ("https://coastcourier.example/a", "Tidewater Echo", "© Coast Courier", "Tidewater Echo"),
        ("https://9bay.example/a", None, "9Bay", None),
    ],
)
def test_name_that_is_declared_only_as_a_domain(
    url: str, declared: str | None, shown: str, expected: str | None
) -> None:
    """Without a declared name, one is taken from the page only if it is clearly a name, else the domain as it is styled."""
    assert outlet_of(url, [declared], None, lambda: shown) == expected


def test_name_of_the_outlet_is_read_from_the_text_of_the_page() -> None:
    """A page that names its site only in its text gets that name; scripts are not text, and addresses are no names."""
    footer = (
        "<script>var site = 'COAST Courier'</script><footer>© 2026 Coast Courier, mail@coastcourier.example</footer>"
    )
    head = "<link rel='canonical' href='https://www.coastcourier.example/dam'>"
    page = f"<html lang='en'><head>{head}</head><body><article>{FILLER}</article>{footer}</body></html>"
    assert read_pages(page, "page.html", Metadata())[0].outlet == "Coast Courier"


def test_news_organisation_in_json_ld_names_the_outlet() -> None:
    """The name of the news organisation is taken if neither the site nor the article declares one."""
    [found] = pages(linked={"@graph": [{"@type": "NewsMediaOrganization", "name": "The Tidewater"}, news()]})
    assert found.outlet == "The Tidewater"


def test_users_name_outlets_by_domain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in the user's list wins over what the page declares, also for subdomains; a damaged list is an error."""
    names = tmp_path / "outlets.csv"
    names.write_text("# domain,name\ncourier.example,The Courier of the Coast\n", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(names))
    assert outlet_of("https://news.courier.example/a", ["Courier"]) == "The Courier of the Coast"
    assert outlet_of("https://other.example/a", ["Other"]) == "Other"
    [bare] = pages(given=Metadata(url="https://www.courier.example/a"))
    assert bare.outlet == "The Courier of the Coast"
    [record] = read_text_record(tmp_path, {"text": "The dam holds.", "source_domain": "www.courier.example"})
    assert record.outlet == "The Courier of the Coast"
    broken = tmp_path / "broken.csv"
    broken.write_text("courier.example\n", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(broken))
    with pytest.raises(UsageError, match="write 'domain,name'"):
        outlet_of("https://courier.example/a", [])


def test_publication_is_told_from_modification() -> None:
    """The published date is taken also if a modified date stands first; both are stored."""
    [found] = pages(linked=news(dateModified="2026-03-05T10:00:00Z"))
    assert (found.published, found.modified) == ("2026-03-02T08:15:00+00:00", "2026-03-05T10:00:00+00:00")
    head = "<meta property='article:modified_time' content='2026-03-05'><meta property='article:published_time' content='2026-03-02'>"
    [found] = pages(head=head)
    assert (found.published, found.modified) == ("2026-03-02", "2026-03-05")


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"@type": "Person", "name": "Nora Quill"}, "Nora Quill"),
        ([{"name": "Nora Quill"}, {"byline": "Ed Vane"}], "Nora Quill, Ed Vane"),
        ("By Nora Quill and Ed Vane", "Nora Quill, Ed Vane"),
        ({"@id": "#nora"}, "Nora Quill"),
        ("https://social.example/nora", None),
    ],
)
def test_authors(author: Any, expected: str | None) -> None:
    """Names are read from strings, objects and references to objects; an address is no name."""
    person = {"@type": "Person", "@id": "#nora", "name": "Nora Quill"}
    [found] = pages(linked={"@graph": [news(author=author), person]})
    assert found.author == expected


@pytest.mark.parametrize("shown", ["No Author", "Article by", "Admin"])
def test_placeholders_are_no_authors(shown: str) -> None:
    """What a content management system shows where no author was entered is not taken for a name."""
    head = "<meta property='og:title' content='Dam holds'>"
    [found] = pages(f"<span class='author'>{shown}</span>" + FILLER, head)
    assert found.author is None


def test_byline_of_a_page_that_names_itself_as_author() -> None:
    """If the declared author is the outlet, the names in a byline above the text are the authors."""
    linked = news(author={"name": "Coast Courier"}, publisher={"name": "Coast Courier"})
    [found] = pages("<p>Nora Quill/Ed Vane</p>" + FILLER, linked=linked)
    assert found.author == "Nora Quill, Ed Vane"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<meta property='og:title' content='Dam holds - World | Courier'><title>x</title>", FILLER, "Dam holds"),
        ("<meta property='og:title' content='For sharing'>", "<h1>Dam&nbsp;holds</h1>" + FILLER, "Dam holds"),
        ("<meta property='og:title' content='Dam - the last one - holds'>", FILLER, "Dam - the last one - holds"),
    ],
)
def test_title(head: str, body: str, expected: str) -> None:
    """The title is the headline that is shown and declared, without the names of section and outlet."""
    [found] = pages(body, head + "<meta property='og:site_name' content='Courier'>", news())
    assert found.title == expected


@pytest.mark.parametrize(
    "prompt",
    [
        "<p><strong>READ MORE: “We will never leave,” says Vale</strong></p>",
        "<p><a href='/b'>Read more</a></p>",
        "<p>Related: <a href='/b'>Minister says ‘never again’</a></p>",
        "<p>Sign up for our newsletter to get the news first.</p>",
        "<ul><li><a href='/b'>“We will never leave,” says Vale in a long headline</a></li><li><a href='/c'>Storm</a></li></ul>",
        "<div>Leave a comment</div>",
        "<div class='breadcrumbs'><p>Home and all the other pages of the world</p></div>",
        "<nav><p>“We will never leave,” says Vale in the menu of this page.</p></nav>",
    ],
)
def test_prompts_and_menus_are_no_text(prompt: str) -> None:
    """Menus, lists of links and prompts are left out, so that they never become quotations."""
    [with_prompt], [without] = pages(FILLER + prompt + FILLER), pages(FILLER + FILLER)
    assert with_prompt.text == without.text


@pytest.mark.parametrize(
    "paragraph",
    [
        "<p>Read more books, the minister told the pupils of the school.</p>",
        "<p>“Follow us,” said Ruth Vale to everybody.</p>",
        "<p>Vale said that <a href='/b'>the dam would hold for another hundred years</a>.</p>",
        "<p>Subscribe, she told them, and you will be heard.</p>",
    ],
)
def test_sentences_that_begin_like_prompts_are_kept(paragraph: str) -> None:
    """A sentence of the article stays, whatever it begins with and however much of it is a link."""
    [found] = pages(FILLER + paragraph + FILLER)
    assert len([line for line in found.text.splitlines() if line]) == 3


def test_glued_paragraphs_are_told_apart() -> None:
    """Where a mark closes and the next paragraph follows without a space, a new line begins."""
    [found] = pages(FILLER + "<p>“We wait for the rain.”“We go on,” she said.</p>")
    assert found.text.splitlines()[-2:] == ["“We wait for the rain.”", "“We go on,” she said."]


def test_text_that_stands_only_in_json() -> None:
    """A page that loads its text later is read from the declared text, paragraph by paragraph."""
    body = "“The dam will hold for years,” said Ruth Vale.\n\nNobody asked the crew about it all day.\nRead more: Storm"
    [found] = pages("<p>This page needs a browser with scripts.</p>", linked=news(articleBody=body))
    assert found.text == "“The dam will hold for years,” said Ruth Vale.\nNobody asked the crew about it all day."
    [found] = pages(FILLER * 5, linked=news(articleBody=body))
    assert "Ruth Vale" not in found.text


def test_live_blog() -> None:
    """Each post is an article with its own date and a stable address; the page keeps what is in no post."""
    first = {
        "@type": "BlogPosting",
        "headline": "Gate shut",
        "datePublished": "2026-03-02T09:00:00Z",
        "articleBody": "The gate is shut. “Stay away,” said Ruth Vale.",
    }
    second = {
        "@type": "BlogPosting",
        "datePublished": "2026-03-03T09:00:00Z",
        "articleBody": "The <b>gate</b> is open again.",
        "url": "/live#2",
    }
    linked = {**news(), "@type": "LiveBlogPosting", "url": "x", "liveBlogUpdate": [first, second]}
    body = FILLER + "<p>The gate is shut.</p><p>“Stay away,” said Ruth Vale.</p>"
    head = "<link rel='canonical' href='https://courier.example/live'>"
    page, one, two = pages(body, head, linked)
    assert "Ruth Vale" not in page.text and page.url == "https://courier.example/live"
    assert (one.title, one.published) == ("Gate shut", "2026-03-02T09:00:00+00:00")
    assert one.text == "The gate is shut.\n“Stay away,” said Ruth Vale."
    assert (two.title, two.published, two.url) == (
        "Dam holds",
        "2026-03-03T09:00:00+00:00",
        "https://courier.example/live#2",
    )
    assert two.text == "The gate is open again."
    again = pages(body, head, {**linked, "liveBlogUpdate": [second, first]})
    assert {article.url for article in again} == {page.url, one.url, two.url}


@pytest.mark.parametrize(
    "linked",
    [
        [],
        [[[[]]]],
        {"@type": ["NewsArticle"]},
        news(author=7, publisher=[None], dateModified=3),
        news(liveBlogUpdate=[1, {}]),
    ],
)
def test_odd_json_is_no_failure(linked: Any) -> None:
    """JSON-LD of unexpected types is ignored where it cannot be used."""
    assert "water would flow" in pages(linked=linked)[0].text
