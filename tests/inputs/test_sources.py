"""Bytes to articles: text, pages, JSON lines, and everything that is none of these."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotetrack.inputs import Metadata, find, read
from quotetrack.model import Article, Failure


def only(path: Path, given: Metadata | None = None) -> Article:
    [found] = read(path, given)
    assert isinstance(found, Article), found
    return found


def test_text_is_kept_to_the_character(tmp_path: Path) -> None:
    """A text file without a head is the article, line ends and all."""
    path = tmp_path / "a.txt"
    path.write_bytes("One “line”.\r\nTwo.\n".encode())
    assert only(path).text == "One “line”.\r\nTwo.\n"


def test_a_head_of_lines_is_metadata(tmp_path: Path) -> None:
    """Two known keys and an empty line make a head; the text begins after it."""
    path = tmp_path / "a.txt"
    path.write_text("Outlet: The Post\nPublished: 2 March 2026\nURL: https://post.example/1\n\nThe text.\n")
    article = only(path)
    assert (article.outlet, article.published, article.url) == ("The Post", "2026-03-02", "https://post.example/1")
    assert article.text == "The text.\n"


@pytest.mark.parametrize(
    "text", ["Title: one line\n\nThe text.", "Vale: Hello.\n\nBrandt: No.", "Outlet: A\nVale: no\n\nText."]
)
def test_a_colon_does_not_make_a_head(tmp_path: Path, text: str) -> None:
    """A transcript or a headline with a colon is text."""
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert only(path).text == text


def test_options_win(tmp_path: Path) -> None:
    """What the user says of an input is stronger than what it says itself."""
    path = tmp_path / "a.txt"
    path.write_text("Outlet: The Post\nTitle: T\n\nThe text.")
    assert only(path, Metadata(outlet="The Other")).outlet == "The Other"


def test_other_encodings_are_told(tmp_path: Path) -> None:
    """Text of an older encoding is read, not refused."""
    path = tmp_path / "a.txt"
    path.write_bytes("Der Damm hält, sagte die Ministerin für Wasser. Über Nacht öffnete er.".encode("cp1252"))
    assert "hält" in only(path).text


PAGE = """<html lang="en"><head><meta charset="utf-8"><title>T | Post</title>
<meta property="og:site_name" content="The Post"><meta property="og:title" content="T">
<link rel="canonical" href="https://post.example/t"><meta property="article:published_time" content="2026-03-02"></head>
<body><nav>Home Sport Weather</nav><article><h1>T</h1>
<p><q>We had <em>four</em> minutes,</q> the captain of the ferry said on Monday after the accident.</p>
<p>&ldquo;Nobody panicked,&rdquo; she added, and the coastguard agreed with every word of it in a statement.</p>
<blockquote><p>“A third thing was said by the minister of transport in the chamber on Tuesday.”</p></blockquote>
</article><footer>All rights reserved</footer></body></html>"""


def test_a_page_keeps_marks_and_paragraphs(tmp_path: Path) -> None:
    """<q> comes out with marks, entities as characters, paragraphs as lines, and the rest of the page stays out."""
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    article = only(path)
    assert "“We had four minutes,” the captain" in article.text
    assert "“Nobody panicked,” she added" in article.text
    assert "“A third thing was said" in article.text
    assert "\n" in article.text and "Sport" not in article.text
    assert (article.outlet, article.url, article.published) == ("The Post", "https://post.example/t", "2026-03-02")


def test_json_lines(tmp_path: Path) -> None:
    """One article a line, gzipped or not; a bad line fails alone, with its number."""
    lines = [
        json.dumps({"text": "One.", "publisher": "P"}),
        "{broken",
        json.dumps({"title": "no text"}),
        json.dumps({"html": "<p>Two.</p>"}),
    ]
    plain, packed = tmp_path / "a.jsonl", tmp_path / "b.jsonl.gz"
    plain.write_text("\n".join(lines))
    packed.write_bytes(gzip.compress("\n".join(lines).encode()))
    for path in (plain, packed):
        found = list(read(path))
        assert [type(f) for f in found] == [Article, Failure, Failure, Article]
        assert [f.location for f in found] == [f"{path}#{n}" for n in (1, 2, 3, 4)]


def test_damaged_archive_fails_in_words(tmp_path: Path) -> None:
    """A truncated gzip file is a failure with a line number, after what could be read."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"text": "One."}).encode())[:-6])
    assert any(isinstance(f, Failure) and "damaged" in f.reason for f in read(path))


@pytest.mark.parametrize("name", ["missing.txt", "a.pdf", "empty.txt", "empty.html", "picture.txt"])
def test_what_cannot_be_read_is_a_failure(tmp_path: Path, name: str) -> None:
    """Missing, of another kind, empty, binary: one failure each, in a sentence."""
    path = tmp_path / name
    if name.startswith(("a.", "empty")):
        path.write_bytes(b"")
    if name.startswith("picture"):
        path.write_bytes(b"\x89PNG\r\n\x00\x00\x00\xff\xfe")
    [found] = read(path)
    assert isinstance(found, Failure) and found.reason.endswith((".", ")."))


def test_find_walks_folders(tmp_path: Path) -> None:
    """Folders are walked in order for what can be read; a file named outright is always tried."""
    for name in ("b/2.txt", "a/1.html", "a/skip.png", "c.jsonl.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [p.name for p in find([tmp_path, tmp_path / "a/skip.png"])] == ["1.html", "2.txt", "c.jsonl.gz", "skip.png"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=200) | st.text(max_size=80).map(lambda t: t.encode("utf-8", "replace")),
    suffix=st.sampled_from([".txt", ".html", ".jsonl", ".jsonl.gz"]),
)
def test_nothing_raises(tmp_path: Path, data: bytes, suffix: str) -> None:
    """Any bytes under any name come out as articles or failures."""
    path = tmp_path / f"x{suffix}"
    path.write_bytes(data)
    found = list(read(path))
    assert found and all(isinstance(one, Article | Failure) for one in found)
