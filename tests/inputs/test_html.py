"""Web pages: what holds quotations together must reach the text."""

from pathlib import Path

import pytest

from quotetrack.inputs import Metadata, read
from quotetrack.model import Article, Failure

FILLER = "<p>" + "The minister said on Monday that the water would flow again soon. " * 3 + "</p>"
HEAD = """<title>Dam talks | The Tidewater Echo</title><meta property="og:site_name" content="The Tidewater Echo">
<link rel="canonical" href="https://echo.example/dam"><meta name="author" content="Nora Quill">
<meta property="article:published_time" content="2026-03-02T08:15:00+01:00">"""


def one(folder: Path, page: bytes, given: Metadata | None = None) -> Article | Failure:
    path = folder / "page.html"
    path.write_bytes(page)
    (result,) = read(path, given)
    return result


def article(folder: Path, body: str, given: Metadata | None = None) -> Article:
    page = (
        f"<!doctype html><html lang='en-GB'><head><meta charset='utf-8'>{HEAD}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Dam talks</h1>{FILLER}{body}</article><footer>Copyright</footer></body></html>"
    )
    result = one(folder, page.encode(), given)
    assert isinstance(result, Article), result
    return result


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>He said <q>we will <em>never</em> sign</q> today.</p>", "He said “we will never sign” today."),
        (
            "<p><q>They asked <q>are you sure?</q> twice,</q> she said.</p>",
            "“They asked ‘are you sure?’ twice,” she said.",
        ),
        ("<p>He said <q>“marked already”</q> to all of us.</p>", "He said “marked already” to all of us."),
        ("<p>He <q></q>said <q>plain words</q> to them all.</p>", "He said “plain words” to them all."),
        ("<p>&ldquo;Ours,&rdquo; said <a href='/v'>Ana <b>Vale</b></a> today.</p>", "“Ours,” said Ana Vale today."),
        ("<p>&#147;Old,&#148; it&#146;s said &laquo;here&raquo;.</p>", "“Old,” it’s said «here»."),
        ("<p>One <span>w</span><span>ord</span> and AT&amp;T here.</p>", "One word and AT&T here."),
    ],
)
def test_marks_and_inline_tags_survive(tmp_path: Path, body: str, expected: str) -> None:
    """The marks a browser shows are in the text, once each, and inline tags leave no gaps in words."""
    assert expected in article(tmp_path, body).text.splitlines()


def test_paragraphs_line_breaks_and_block_quotations_stand_apart(tmp_path: Path) -> None:
    """Marks are paired within paragraphs, so every block ends in a line end; a block quotation keeps its indent."""
    body = "<p>“We wait.”<br><br>“We go on.”</p><blockquote><p>First of the block.</p><p>Second of it.</p></blockquote>"
    lines = [line for line in article(tmp_path, body).text.splitlines() if line]
    assert lines[-4:] == ["“We wait.”", "“We go on.”", "    First of the block.", "    Second of it."]


def test_metadata_of_the_page(tmp_path: Path) -> None:
    """Outlet, url, title, author, time and language come from what the page declares; options win."""
    found = article(tmp_path, "", Metadata(author="Ed Vane"))
    assert (found.outlet, found.url, found.title) == ("The Tidewater Echo", "https://echo.example/dam", "Dam talks")
    assert (found.author, found.published, found.language) == ("Ed Vane", "2026-03-02T08:15:00+01:00", "en")
    assert "Home" not in found.text


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1"])
def test_declared_encoding(tmp_path: Path, charset: str) -> None:
    """Latin-1 on the web means Windows-1252: its curly marks must not vanish as control characters."""
    page = (
        f"<html><head><meta charset={charset}></head><body>{FILLER}".encode()
        + b"<p>\x93Caf\xe9,\x94 she said.</p></body></html>"
    )
    found = one(tmp_path, page)
    assert isinstance(found, Article)
    assert "“Café,” she said." in found.text


@pytest.mark.parametrize(
    "page", [b"", b"<html><body></body></html>", b"<html><body><nav><a href='/'>Home</a></nav></body></html>"]
)
def test_a_page_without_an_article_is_a_failure(tmp_path: Path, page: bytes) -> None:
    """A menu is not an article."""
    failure = one(tmp_path, page)
    assert isinstance(failure, Failure)
    assert failure.reason.endswith(".")
