"""JSON lines: one article a line, each failing alone."""

import gzip
import json
from pathlib import Path

import pytest

from quotetrack.inputs import Metadata, read
from quotetrack.model import Article, Failure


def results(
    folder: Path, data: bytes, name: str = "feed.jsonl", given: Metadata | None = None
) -> list[Article | Failure]:
    path = folder / name
    path.write_bytes(data)
    return list(read(path, given))


def test_keys_as_scrapers_name_them(tmp_path: Path) -> None:
    """The usual names of each field are known, nested publishers and lists of authors too, and the text is exact."""
    record = {
        "body": " “Go,” he said.\r\n", "publisher": {"name": "The Echo"}, "link": "https://e.example/1", "headline": "Go",
        "author": [{"name": "Nora Quill"}, "Ed Vane"], "published_at": 1772438400, "lang": "en_GB",
    }  # fmt: skip
    (found,) = results(tmp_path, b"\xef\xbb\xbf" + json.dumps(record).encode())
    assert isinstance(found, Article)
    assert (found.text, found.outlet, found.url) == (" “Go,” he said.\r\n", "The Echo", "https://e.example/1")
    assert (found.title, found.author) == ("Go", "Nora Quill, Ed Vane")
    assert (found.published, found.language) == ("2026-03-02T08:00:00+00:00", "en")


def test_bad_lines_fail_alone_and_by_number(tmp_path: Path) -> None:
    """A bad line is reported under its number, empty lines counted, and the others are read."""
    found = results(
        tmp_path, b'{"text": "One."}\n\nnonsense\n[1]\n{"title": "x"}\n{"text": 5}\n\xff\xfe\n{"text": "Two."}'
    )
    assert [(type(r).__name__, r.location.rpartition("#")[2]) for r in found] == [
        ("Article", "1"), ("Failure", "3"), ("Failure", "4"), ("Failure", "5"), ("Failure", "6"), ("Failure", "7"),
        ("Article", "8"),
    ]  # fmt: skip


@pytest.mark.parametrize("line", [b"[" * 100_000, b'{"text": "a", "date": ' + b"9" * 5000 + b"}"])
def test_hostile_json_is_a_failure(tmp_path: Path, line: bytes) -> None:
    """Nesting and numbers beyond Python's limits are a bad line like any other."""
    (found,) = results(tmp_path, line)
    assert isinstance(found, Failure)


def test_a_broken_url_does_not_stop_the_run(tmp_path: Path) -> None:
    """A url that cannot be taken apart is kept; only no outlet is read from it."""
    (found,) = results(tmp_path, b'{"text": "Text.", "url": "http://[bad"}')
    assert isinstance(found, Article)
    assert (found.url, found.outlet) == ("http://[bad", None)


def test_half_a_character_becomes_a_replacement(tmp_path: Path) -> None:
    """A lone surrogate cannot be stored as UTF-8, so it is replaced, one character for one."""
    (found,) = results(tmp_path, b'{"text": "a \\ud83d b", "title": "c \\udc00"}')
    assert isinstance(found, Article)
    assert (found.text, found.title) == ("a \ufffd b", "c \ufffd")


@pytest.mark.parametrize(
    "page", ["<p>He said <q>go</q> at once.</p>", "<html><body><p>He said <q>go</q> at once.</p></body></html>"]
)
def test_html_records_go_through_the_page_reader(tmp_path: Path, page: str) -> None:
    """A record with ``html`` keeps its marks like a page does, and what the user gives still wins."""
    line = json.dumps({"html": page, "outlet": "The Echo"}).encode()
    (found,) = results(tmp_path, line, given=Metadata(outlet="The Wire"))
    assert isinstance(found, Article)
    assert (found.text.strip(), found.outlet) == ("He said “go” at once.", "The Wire")


def test_damaged_gzip_gives_what_it_holds(tmp_path: Path) -> None:
    """Records before the damage are read; the damage is one failure."""
    data = gzip.compress(b'{"text": "One."}\n{"text": "Two."}\n')
    assert [type(r) for r in results(tmp_path, data, "feed.jsonl.gz")] == [Article, Article]
    assert [type(r) for r in results(tmp_path, data[:-6], "feed.jsonl.gz")] == [Article, Article, Failure]
    assert [type(r) for r in results(tmp_path, b"no gzip", "feed.jsonl.gz")] == [Failure]


def test_an_empty_file_is_a_failure(tmp_path: Path) -> None:
    """A file of no records is reported rather than passed over in silence."""
    assert [type(r) for r in results(tmp_path, b"\n")] == [Failure]
