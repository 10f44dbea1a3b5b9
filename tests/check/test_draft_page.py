"""The page of checked drafts: the text with its quotations marked, nothing from outside unescaped."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from quotetrack.check.draft_page import write_page
from quotetrack.check.drafts import check_quotations
from quotetrack.errors import UsageError
from quotetrack.inputs.drafts import draft_of_text
from quotetrack.model import Article, Speaker
from quotetrack.store import Store
from tests.check.printed import line, put, refresh
from tests.conftest import said

TEXT = (
    "A <b>bold</b> start.\n\n“We will close the <i>yard</i> in May,” said Ada Kvist, who called it “<script>x</script> for the "
    "whole town”.\n\n“We will sell\n\n“the crane in June,” said Ada Kvist."
)


@pytest.fixture
def page(store: Store, tmp_path: Path) -> Path:
    """A page of a draft with markup in its text, against a record with markup in its title."""
    put(
        store,
        "“We will close the <i>yard</i> in June,” said Ada Kvist.",
        line("“We will close the <i>yard</i> in June,”", by="Ada Kvist"),
        outlet="<b>The Post</b>",
    )
    refresh(store)
    speaker = Speaker("Ada Kvist", "person")
    article = Article(TEXT)
    quotations = [
        said(article, "“We will close the <i>yard</i> in May,”", source="Ada Kvist", speaker=speaker),
        said(article, "“We will sell", "“the crane in June,”", source="Ada Kvist", speaker=speaker),
    ]
    path = tmp_path / "new" / "page.html"
    write_page(path, [check_quotations(store, draft_of_text(TEXT, "<u>draft</u>.txt"), quotations)])
    return path


def test_the_text_is_complete_and_marked(page: Path) -> None:
    """The paragraphs of the page are the text of the draft; each quotation is marked, linked to its note and back."""
    tree = html.parse(str(page))
    for reference in tree.findall(".//a[@class='ref']"):
        reference.drop_tree()
    shown = [one.text_content() for one in tree.findall(".//p[@class='draft']")]
    assert shown == TEXT.split("\n\n")
    marks = [(one.get("class"), one.text_content()) for one in tree.findall(".//mark")]
    assert marks[0] == ("changed", "“We will close the <i>yard</i> in May,”")
    assert [text for _, text in marks[2:]] == ["“We will sell", "“the crane in June,”"]


def test_links_within_the_page_lead_somewhere(page: Path) -> None:
    """Every internal link has its target, ids are unique, and every note has a name of its outcome in words."""
    tree = html.parse(str(page))
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    internal = [one.get("href")[1:] for one in tree.iter("a") if one.get("href").startswith("#")]
    assert set(internal) <= set(ids)
    assert tree.find(".//summary/span").text_content() == "1 · Changed"


def test_nothing_is_unescaped(page: Path) -> None:
    """Markup in the draft, its name and the record is shown as text."""
    text = page.read_text(encoding="utf-8")
    for markup in ("<script", "<i>", "<u>draft", "<b>The Post", "<b>bold"):
        assert markup not in text
    assert "&lt;script&gt;" in text and "&lt;b&gt;The Post" in text


def test_the_difference_is_shown(page: Path) -> None:
    """The word of the draft is struck out and the printed one inserted, with the place it is printed in."""
    text = page.read_text(encoding="utf-8")
    tree = html.fromstring(text)
    assert tree.find(".//del").text_content().startswith("draft: May")
    assert tree.find(".//ins").text_content().startswith("printed: June")
    assert "https://news.example/0#:~:text=" in text and "2026-03-02" in text


def test_a_page_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A path within a file is refused with one sentence."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="Cannot write"):
        write_page(tmp_path / "file" / "page.html", [])
