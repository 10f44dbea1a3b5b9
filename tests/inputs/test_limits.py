"""No file makes reading hang, fill the memory, or raise."""

from __future__ import annotations

import gzip
import io
import json
import os
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotetrack.inputs import dates, limits, long_runs, mail, read, web_archives
from quotetrack.inputs.dates import iso_date
from quotetrack.inputs.kinds import ALL_SUFFIXES
from quotetrack.model import Article, Failure
from quotetrack.store.moments import moment
from tests.inputs.formats import PAGE, TEXT, WRITERS, warc


def failures(path: Path) -> list[str]:
    return [one.reason for one in read(path) if isinstance(one, Failure)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """A named pipe given by name is a failure at once, although nobody writes to it."""
    for name in ("a.txt", "a.jsonl", "a.csv", "pipe"):
        os.mkfifo(tmp_path / name)
        (reason,) = failures(tmp_path / name)
        assert "pipe" in reason


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_an_endless_device_is_refused(tmp_path: Path) -> None:
    """A link to a device that never ends is a failure at once."""
    (tmp_path / "a.txt").symlink_to("/dev/zero")
    (reason,) = failures(tmp_path / "a.txt")
    assert "device" in reason


def test_a_gzip_bomb_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records before the bomb are read; what unpacks to far more than its size is a failure, and not unpacked."""
    monkeypatch.setattr(limits, "_ALWAYS_UNPACKED", 1_000_000)
    record = json.dumps({"text": "One."}).encode() + b"\n"
    for bomb in (b" " * 20_000_000, b"\n" * 20_000_000, b"[" * 20_000_000):
        (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(record + bomb))
        first, *rest = read(tmp_path / "a.jsonl.gz")
        assert isinstance(first, Article)
        assert len(rest) == 1 and isinstance(rest[0], Failure)
        assert "100 times" in rest[0].reason or "empty lines" in rest[0].reason


def test_very_many_empty_lines_end_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading stops after the limit of empty lines in a row."""
    monkeypatch.setattr(limits, "_MOST_EMPTY_LINES", 100)
    with pytest.raises(limits.TooLarge):
        list(limits.lines(io.BytesIO(b"\n" * 1000)))


def test_long_runs_of_records_without_text_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a long run of empty or tiny records the first are listed, the others counted, and articles after it are read."""
    monkeypatch.setattr(long_runs, "_LISTED", 3)
    rows = ["text", *["a"] * 5, *[" "] * 5, TEXT, "b", "c"]
    (tmp_path / "a.csv").write_text("\n".join(f'"{row}",x' for row in rows))
    found = list(read(tmp_path / "a.csv"))
    assert [isinstance(one, Article) for one in found] == [True, True, True, False, False, True, True, True]
    short, empty = (one for one in found if isinstance(one, Failure))
    assert short.location.endswith("#5") and "fewer than 40 characters" in short.reason and "1 of the" in short.reason
    assert empty.location.endswith("#7") and "4 of the records after it" in empty.reason


def test_a_file_of_tiny_records_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the limit of records without text in a row, one failure says that the rest of the file was not read."""
    monkeypatch.setattr(long_runs, "_MOST", 20)
    monkeypatch.setattr(long_runs, "_LISTED", 10)
    (tmp_path / "a.jsonl").write_text("1\n" * 100)
    found = list(read(tmp_path / "a.jsonl"))
    assert len(found) == 12
    assert isinstance(found[-1], Failure) and "20 records in a row" in found[-1].reason


def test_a_record_without_a_date_costs_no_search_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty date is not given to the parser of dates, which takes longer than everything else in a record."""
    monkeypatch.setattr(dates, "_reading", lambda *_: pytest.fail("an empty date was parsed"))
    assert (iso_date(None), iso_date(""), iso_date("  ")) == (None, None, None)


def test_a_word_document_that_unpacks_to_much_is_refused(tmp_path: Path) -> None:
    """The size of the text of a Word document is checked before it is unpacked."""
    WRITERS["a.docx"](tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/more.xml", b"<a/>" * 3_000_000)
    (reason,) = failures(tmp_path / "a.docx")
    assert "10 MB" in reason


def test_a_long_text_is_refused_with_the_limit(tmp_path: Path) -> None:
    """An article over the limit is a failure that states the limit, in each way of reading it."""
    text = "One word. " * 250_000
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text}))
    for name in ("a.txt", "a.jsonl"):
        (reason,) = failures(tmp_path / name)
        assert "2,000,000 characters" in reason


def test_a_long_header_of_an_email_is_refused(tmp_path: Path) -> None:
    """A header whose decoding would take minutes is a failure."""
    (tmp_path / "a.eml").write_bytes(b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\r\n\r\nThe port is shut.")
    (reason,) = failures(tmp_path / "a.eml")
    assert "header 'Subject'" in reason


@pytest.mark.parametrize("name", ["a.eml", "a.mbox"])
def test_an_email_of_very_many_lines_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """An email of more lines than the limit is a failure that states it, and an email after it is read."""
    monkeypatch.setattr(mail, "_MOST_LINES", 100)
    long = b"From a@b Mon\nSubject: x\n\n" + b">a\n" * 200
    (tmp_path / name).write_bytes(long if name == "a.eml" else long + b"\nFrom a@b Mon\nSubject: y\n\n>From us: no.\n")
    first, *rest = read(tmp_path / name)
    assert isinstance(first, Failure) and "more than 100 lines" in first.reason
    assert [one.text for one in rest if isinstance(one, Article)] == ([] if name == "a.eml" else ["From us: no."])


@pytest.mark.parametrize(
    "page",
    ["<div>" * 50_000 + "“Go,” he said to them.", "<" * 100_000, "<!--" * 50_000, "<q>" * 20_000 + "Go on to it."],
)
def test_deep_and_broken_pages_are_read_or_refused(tmp_path: Path, page: str) -> None:
    """Deep nesting and tags that never end give an article or a failure."""
    (tmp_path / "a.html").write_text(f"<html><body>{page}")
    (tmp_path / "a.md").write_text(page)
    for name in ("a.html", "a.md"):
        assert len(list(read(tmp_path / name))) == 1


def test_a_web_archive_of_very_many_other_records_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the limit of records that are not pages, one failure says that nothing more was read; pages before it are."""
    monkeypatch.setattr(web_archives, "_MOST_OTHERS", 20)
    record = b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    (tmp_path / "a.warc.gz").write_bytes(warc() + gzip.compress(record) * 30)
    first, last = read(tmp_path / "a.warc.gz")
    assert isinstance(first, Article)
    assert isinstance(last, Failure) and "more than 20 records in a row without a page" in last.reason


def test_an_endless_line_in_a_web_archive_takes_moments(tmp_path: Path) -> None:
    """A line of many megabytes after a record, or in the headers of a page, does not take minutes, and pages before it are read."""
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 40000000\r\n\r\nHTTP/1.1 200 OK\r\nX: "
    for end in (b" " * 40_000_000, head + b"x" * 40_000_000):
        (tmp_path / "a.warc.gz").write_bytes(warc() + gzip.compress(end, 1))
        began = time.process_time()
        assert isinstance(next(iter(list(read(tmp_path / "a.warc.gz")))), Article)
        assert time.process_time() - began < 5


def test_readers_print_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A web archive with wrong lengths and an address with spaces is read without a warning of the library."""
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\x1b[2J b\r\nContent-Length: 40\r\n\r\n"
    )
    record = f"{head}HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}\r\n\r\n"
    (tmp_path / "a.warc").write_bytes((record * 2).encode())
    assert list(read(tmp_path / "a.warc"))
    assert capfd.readouterr() == ("", "")


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from([*WRITERS]), place=st.floats(0, 1), data=st.binary(max_size=20), cut=st.booleans())
def test_damaged_files_of_each_format_never_raise(
    written: dict[str, bytes], tmp_path: Path, name: str, place: float, data: bytes, cut: bool
) -> None:
    """A file of any format with bytes replaced or its end cut off gives articles or failures that can be stored."""
    whole = written[name]
    at = int(place * len(whole))
    (tmp_path / name).write_bytes(whole[:at] + data + (b"" if cut else whole[at + len(data) :]))
    results = list(read(tmp_path / name))
    assert results
    for one in results:
        assert (one.text + one.location if isinstance(one, Article) else one.reason + one.location).encode()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("formats")
    for name, write in WRITERS.items():
        write(folder / name)
    return {name: (folder / name).read_bytes() for name in WRITERS}


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(
        st.sampled_from(["text", "title", "url", "date", "author", "lang", "publisher", "html"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "x"]), inner, max_size=2)
            ),
            max_leaves=4,
        ),
    )
)
def test_any_record_is_read_or_refused(tmp_path: Path, values: dict[str, object]) -> None:
    """A JSON record with any values gives one article or one failure; what is stored is valid UTF-8."""
    (tmp_path / "a.jsonl").write_text(json.dumps(values))
    (found,) = read(tmp_path / "a.jsonl")
    if isinstance(found, Article):
        fields = (found.text, found.title, found.url, found.author, found.outlet, found.published)
        assert all(field.encode() for field in fields if field)


_PARTS = st.sampled_from(
    ["2020-01-01", "T", "10:00:00", "+24:00", "-99:99", "Z", " ", "0000", "9999-12-31", "24:00", "31", "Feb", "March", ",",
     "/", ".", "EST", "12", "1e9", "99999999999", "٣", "am", "W53", "-", "+", "60", "1772438400", "1772438400000", "99999"]
)  # fmt: skip


@settings(deadline=None, max_examples=600)
@given(value=st.lists(_PARTS, max_size=7).map("".join) | st.text(max_size=30) | st.datetimes().map(str))
def test_no_date_raises(value: str) -> None:
    """Whatever stands in a date field gives an ISO 8601 date or none, and the time it means or none."""
    found = iso_date(value)
    assert found is None or found[:4].isdigit()
    moment(found)


@pytest.mark.parametrize("suffix", ALL_SUFFIXES)
def test_an_empty_file_is_a_failure_in_every_format(tmp_path: Path, suffix: str) -> None:
    """An empty file of any type is one failure with a sentence, never passed over."""
    (tmp_path / f"a{suffix}").touch()
    (reason,) = failures(tmp_path / f"a{suffix}")
    assert reason.endswith(".")
