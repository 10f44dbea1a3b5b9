"""Every format of file gives its article, with its metadata."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from quotetrack.errors import UsageError
from quotetrack.inputs import Metadata, check_columns, read
from quotetrack.inputs.pdf import text_of_pages
from quotetrack.model import Article, Failure
from tests.inputs.formats import LINES, PAGE, TEXT, WRITERS, message, write_pdf


def articles(path: Path, columns: dict[str, str] | None = None) -> list[Article]:
    found = list(read(path, None, columns))
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


@pytest.mark.parametrize("name", WRITERS)
def test_each_format_gives_the_words_of_its_article(tmp_path: Path, name: str) -> None:
    """A file of each supported format gives at least one article with the quotation, its title or its date."""
    WRITERS[name](tmp_path / name)
    for article in articles(tmp_path / name):
        plain = article.text.replace("“", '"').replace("”", '"')
        assert '"We cannot let ships in while the piers are loose," said Ruth Vale' in plain
        assert article.language == "en"
        assert article.title == ("a.pdf (file name)" if name == "a.pdf" else "Piers")


@pytest.mark.parametrize("name", ["a.md", "a.docx"])
def test_documents_keep_their_paragraphs(tmp_path: Path, name: str) -> None:
    """The paragraphs of a Word or Markdown file are separated by empty lines, and nothing else is in the text."""
    WRITERS[name](tmp_path / name)
    assert articles(tmp_path / name)[0].text == TEXT


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("lies.txt", PAGE.encode(), LINES[1]),
        ("lies.pdf", PAGE.encode(), LINES[1]),
        ("noname", PAGE.encode(), LINES[1]),
        ("lies.html", None, "Ruth Vale"),
        ("mail", message(), LINES[1]),
        ("box", b"From a@b Mon\n" + message(), LINES[1]),
        ("feed.jsonl", gzip.compress(json.dumps({"text": TEXT}).encode()), LINES[1]),
    ],
)
def test_the_content_decides_where_the_name_is_wrong(
    tmp_path: Path, name: str, content: bytes | None, text: str
) -> None:
    """A file that is plainly of another type than its name says is read as what it is."""
    if content is None:
        write_pdf(tmp_path / name)
    else:
        (tmp_path / name).write_bytes(content)
    assert text in articles(tmp_path / name)[0].text


def test_usual_names_of_columns_are_recognised(tmp_path: Path) -> None:
    """Names of columns are recognised whatever their case and separators."""
    path = tmp_path / "a.csv"
    path.write_text("publishedAt,CANONICAL,Body Text,site_name\n2026-03-02,https://c.example/1,“Go,The Echo\n")
    (found,) = articles(path)
    assert (found.published, found.url, found.text, found.outlet) == (
        "2026-03-02", "https://c.example/1", "“Go", "The Echo",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_the_user_can_name_columns(tmp_path: Path, name: str) -> None:
    """A field named by the user is read instead of one with the usual name."""
    record = {"words": "Go.", "date": "2020-01-01", "out": "2026-03-02"}
    table = ",".join(record) + "\n" + ",".join(record.values())
    (tmp_path / name).write_text(table if name == "a.csv" else json.dumps(record))
    (found,) = articles(tmp_path / name, check_columns(["text=words", "published = out"]))
    assert (found.text, found.published) == ("Go.", "2026-03-02")


@pytest.mark.parametrize("pair", ["published", "day=x", "published=", "=x"])
def test_wrong_names_of_fields_are_refused(pair: str) -> None:
    """``--map`` without a known field and a name is an error that lists the fields."""
    with pytest.raises(UsageError, match="published"):
        check_columns([pair])


def test_a_table_without_texts_names_its_columns(tmp_path: Path) -> None:
    """A table in which no column has texts is one failure that lists the columns."""
    (tmp_path / "a.csv").write_text("id,name\n1,Vale\n2,Brandt\n")
    (found,) = read(tmp_path / "a.csv")
    assert isinstance(found, Failure)
    assert "id, name" in found.reason and "--map text=COLUMN" in found.reason


def test_a_row_may_have_several_lines_and_marks(tmp_path: Path) -> None:
    """Line ends, separators and doubled marks inside a field are part of its text; rows are numbered by first line."""
    (tmp_path / "a.csv").write_text('title,text\r\nA,"He said ""go"", and\r\nleft."\r\nB,Two.\r\n', newline="")
    found = articles(tmp_path / "a.csv")
    assert [(one.location.rpartition("#")[2], one.text) for one in found] == [
        ("2", 'He said "go", and\r\nleft.'),
        ("4", "Two."),
    ]


@pytest.mark.parametrize("name", ["a.csv", "b.jsonl"])
def test_an_open_mark_loses_one_row(tmp_path: Path, name: str) -> None:
    """A row with a mark that is never closed, or a line of many megabytes, fails alone and the others are read."""
    long = b"x" * 12_000_000
    if name == "a.csv":
        rows = [b"title,text", b'A,"open', b"B,Two.", b"C," + long, b"D,Four."]
    else:
        rows = [b"{}", b'{"text": "open', b'{"text": "Two."}', b'{"text": "' + long + b'"}', b'{"text": "Four."}']
    (tmp_path / name).write_bytes(b"\n".join(rows) + b"\n")
    found = list(read(tmp_path / name))
    assert [one.text for one in found if isinstance(one, Article)] == ["Two.", "Four."]
    assert all(one.reason.endswith(".") for one in found if isinstance(one, Failure))


def test_front_matter_is_metadata(tmp_path: Path) -> None:
    """YAML and TOML front matter give the metadata and are not part of the text; a heading at the start is a title."""
    (tmp_path / "a.md").write_text(
        "---\ntitle: 'The: vote'\nauthors:\n  - Nora Quill\n  - Ed Vane\npublisher: \"The Echo\"\nnested:\n  x: 1\n---\nText.\n"
    )
    (tmp_path / "b.md").write_text('+++\ntitle = "B"\ndate = 2026-03-02\n+++\nText.\n')
    (tmp_path / "c.md").write_text("# The *vote*\n\nText.\n")
    first, second, third = (articles(tmp_path / name)[0] for name in ("a.md", "b.md", "c.md"))
    assert (first.title, first.author, first.outlet, first.text) == (
        "The: vote",
        "Nora Quill, Ed Vane",
        "The Echo",
        "Text.",
    )
    assert (second.title, second.published, second.text) == ("B", "2026-03-02", "Text.")
    assert third.title == "The *vote*"


def test_lines_of_a_pdf_become_paragraphs() -> None:
    """Hard line ends and hyphens are repaired, repeated headers and page numbers dropped, and hyphens that belong kept."""
    pages = [
        "Coast Courier\nThe council said on Monday that it had decided to close the har-\nbour, a much-discussed and well-\n"
        "known plan, for the whole of the year. “We cannot\nlet ships in,” she said.\nThe owners of the boats in the port were not asked about it and\n1 of 2",
        "Coast Courier\nlearnt of the well-known plan from the newspaper on Tuesday.\n2 of 2",
    ]
    first, second = text_of_pages(pages).split("\n\n")
    assert first.startswith("The council") and "close the harbour, a much-discussed and well-known plan" in first
    assert first.endswith("“We cannot let ships in,” she said.")
    assert second.endswith("not asked about it and learnt of the well-known plan from the newspaper on Tuesday.")


def test_a_damaged_and_an_empty_pdf_say_so(tmp_path: Path) -> None:
    """A PDF without text asks for text recognition; a damaged one says that it is damaged."""
    write_pdf(tmp_path / "scan.pdf", [[]])
    (tmp_path / "broken.pdf").write_bytes((tmp_path / "scan.pdf").read_bytes()[:100])
    reasons = [
        one.reason for name in ("scan.pdf", "broken.pdf") for one in read(tmp_path / name) if isinstance(one, Failure)
    ]
    assert "OCR" in reasons[0] and "damaged" in reasons[1]


def test_the_longer_version_of_an_email_is_read(tmp_path: Path) -> None:
    """A newsletter whose plain version is only a note is read from its HTML version."""
    (tmp_path / "a.eml").write_bytes(message("View this email in your browser.", PAGE))
    (found,) = articles(tmp_path / "a.eml")
    assert LINES[1] in found.text and "browser" not in found.text
    assert (found.outlet, found.title, found.published) == ("Coast Courier", "Piers", "2026-03-02T08:15:00+01:00")


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"date": "2026", "url": "https://c.example/1", "quotes": [{"pre": "", "quote": "Go", "post": ""}]}, "GDELT"),
        ({"quoteID": "1", "quotation": "Go", "speaker": "Ruth Vale", "urls": []}, "Quotebank"),
        ({"articleID": "1", "title": "T", "quotations": [{"quotation": "Go"}]}, "Quotebank"),
    ],
)
def test_records_of_quotations_are_not_articles(tmp_path: Path, record: dict[str, object], name: str) -> None:
    """Records that hold quotations without their article are counted in one failure and never stored as articles."""
    (tmp_path / "a.jsonl").write_text("\n".join([json.dumps(record)] * 3))
    (found,) = read(tmp_path / "a.jsonl", Metadata())
    assert isinstance(found, Failure)
    assert name in found.reason and "3 such records" in found.reason
