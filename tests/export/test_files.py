"""What holds for exports of every format."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from quotetrack.errors import UsageError
from quotetrack.export import FORMATS, export_quotations
from quotetrack.export.files import replacing
from quotetrack.export.formats import format_of
from quotetrack.read.filters import Filters
from quotetrack.store import Store

TEXT = [name for name, one in FORMATS.items() if one.lines]


def contents(path: Path) -> dict[str, str]:
    """The hash of each file at ``path``."""
    if path.is_file():
        return {path.suffix: hashlib.sha256(path.read_bytes()).hexdigest()}
    files = [file for file in path.rglob("*") if file.is_file()]
    return {str(file.relative_to(path)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_database_gives_the_same_bytes(news: Store, tmp_path: Path, name: str) -> None:
    """Two exports of one database are equal byte by byte, and leave nothing else in the folder."""
    for number in (1, 2):
        export_quotations(news, tmp_path / f"{number}.x", Filters(), name)
    assert contents(tmp_path / "1.x") == contents(tmp_path / "2.x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.x", "2.x"]


@pytest.mark.parametrize("name", FORMATS)
def test_filters_apply_to_every_format(news: Store, tmp_path: Path, name: str) -> None:
    """Each format writes only the quotations that match, and reports how many it wrote and left out."""
    done = export_quotations(news, tmp_path / "x", Filters(speaker="Ruth Vale", outlet="the post", kind="direct"), name)
    assert (done.written, done.left_out) == (2, 0)
    done = export_quotations(news, tmp_path / "y", Filters(stance="denied"), name)
    assert done.written + done.left_out == 1
    assert bool(done.left_out) is bool(FORMATS[name].leaves_out)


@pytest.mark.parametrize("name", FORMATS)
def test_a_stopped_export_leaves_no_file(
    news: Store, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export that fails midway leaves the earlier file as it was, and no partial file."""
    target = tmp_path / "x"
    if not FORMATS[name].folder:
        target.write_text("earlier")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("quotetrack.export.selection.stream_quotations", stop)
    monkeypatch.setattr("quotetrack.export.selection.stream_articles", stop)
    with pytest.raises(KeyboardInterrupt):
        export_quotations(news, target, Filters(), name)
    assert [path.read_text() for path in tmp_path.iterdir()] == ([] if FORMATS[name].folder else ["earlier"])


@pytest.mark.parametrize("name", TEXT)
def test_an_open_file_gets_the_same_text(news: Store, tmp_path: Path, name: str) -> None:
    """Text written to an open file is that of the file, apart from the byte order mark of CSV."""
    output = io.StringIO()
    export_quotations(news, output, Filters(), name)
    export_quotations(news, tmp_path / "x", Filters(), name)
    assert output.getvalue() == (tmp_path / "x").read_bytes().decode("utf-8-sig")


def test_what_cannot_be_written_is_an_error(news: Store, tmp_path: Path) -> None:
    """A binary format for an open file, a folder in the way, or a missing folder is an error in words."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.ann").write_text("mine")
    for target, name, message in (
        (io.StringIO(), "xlsx", "cannot be written to standard output"),
        (tmp_path / "full", "csv", "is a folder"),
        (tmp_path / "full", "brat", "not empty"),
        (tmp_path / "full" / "notes.ann", "brat", "is not a folder"),
        (tmp_path / "absent" / "x.csv", "csv", "Cannot write"),
    ):
        with pytest.raises(UsageError, match=message):
            export_quotations(news, target, Filters(), name)
    assert (tmp_path / "full" / "notes.ann").read_text() == "mine"
    with pytest.raises(UsageError, match="A template is for Word"):
        export_quotations(news, tmp_path / "x.csv", Filters(), template=tmp_path / "t.docx")


def test_a_link_is_followed(tmp_path: Path) -> None:
    """Writing to a symbolic link replaces the file it leads to, not the link."""
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    with replacing(tmp_path / "link.csv") as path:
        path.write_text("new")
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "real.csv").read_text() == "new"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.CSV", "csv"), ("a.jsonld", "jsonld"), ("a.gqg.jsonl", "gqg"), ("a.annotation.json", "webannotation"), ("a.ndjson", "jsonl")],
)  # fmt: skip
def test_the_suffix_selects_the_format(name: str, expected: str) -> None:
    """The longest suffix that fits selects the format, ignoring case; ``--format`` overrides it."""
    assert format_of(name, None) == expected
    assert format_of(name, "brat") == "brat"


@pytest.mark.parametrize(
    ("name", "wanted", "message"),
    [
        ("a.json", None, "Several formats end in .json"),
        ("a.xslx", None, "Did you mean '.xlsx'"),
        ("folder", None, "or use --format"),
        (None, None, "Give the format of standard output"),
        ("a.csv", "exel", "Unknown format 'exel'"),
        ("a.csv", "parket", "Did you mean 'parquet'"),
    ],
)
def test_an_unknown_format_is_an_error(name: str | None, wanted: str | None, message: str) -> None:
    """A name without a known suffix, an ambiguous one, or an unknown format is an error that says what to use."""
    with pytest.raises(UsageError, match=message.replace(".", r"\.")):
        format_of(name, wanted)


@pytest.mark.parametrize("name", ["csv", "gqg"])
def test_progress_ends_with_the_total(news: Store, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress counts all quotations that match, left out or not, and the last report is the total."""
    monkeypatch.setattr("quotetrack.export.selection._STEP", 3)
    reports: list[tuple[int, int]] = []
    export_quotations(news, tmp_path / "x", Filters(), name, on_progress=lambda *report: reports.append(report))
    assert reports[-1] == (8, 8) and 1 < len(reports) < 8 and reports == sorted(reports)
