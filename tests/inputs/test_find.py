"""Which files are read, and that no file stops a run."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotetrack.inputs import find, read, survey
from quotetrack.inputs.folders import OWN_PAGE
from quotetrack.inputs.kinds import ALL_SUFFIXES
from quotetrack.model import Article, Failure
from quotetrack.text.repair import repaired

SUFFIXES = [*ALL_SUFFIXES, ".png", ""]


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    """Files of known suffixes come sorted, with subfolders, each once; hidden and other files are left out."""
    for name in ("b.TXT", "a/z.html", "a/b.jsonl.gz", "c.png", "._b.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find([tmp_path, tmp_path / "b.TXT"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a/b.jsonl.gz", "a/z.html", "b.TXT"]


def test_named_files_stay_and_say_why_they_fail(tmp_path: Path) -> None:
    """What the user names is never dropped in silence: missing, of another kind, or a folder named like a text."""
    (tmp_path / "notes.pdf").write_bytes(b"x")
    (tmp_path / "folder.txt").mkdir()
    named = [tmp_path / "notes.pdf", tmp_path / "missing.txt"]
    assert find(named) == named
    for path in [*named, tmp_path / "folder.txt", Path("a\0.txt")]:
        (failure,) = read(path)
        assert isinstance(failure, Failure)
        assert failure.reason.endswith(".")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux allows file names that are not UTF-8")
def test_location_can_always_be_stored(tmp_path: Path) -> None:
    """A file name that is not UTF-8 must not fail later, in the database."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_text("Text.")
    (found,) = read(path)
    assert found.location.encode("utf-8")


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), suffix=st.sampled_from(SUFFIXES))
def test_no_bytes_raise(tmp_path: Path, data: bytes, suffix: str) -> None:
    """Any bytes under any suffix come out as articles or failures that can be stored as UTF-8, and nothing is raised."""
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    results = list(read(path))
    assert results
    for result in results:
        assert (result.text if isinstance(result, Article) else result.reason).encode("utf-8")


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_text_is_kept_exactly(tmp_path: Path, text: str, end: str) -> None:
    """A text file without a header block is its article's text, character for character, but for damaged marks."""
    whole = f"“{text}” she said.{end}{end}{text}{end}"
    path = tmp_path / "any.txt"
    path.write_bytes(whole.encode())
    (found,) = read(path)
    assert isinstance(found, Article)
    assert found.text == repaired(whole)


OWN = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="quotetrack 1">\n'


def test_pages_that_report_wrote_are_no_articles(tmp_path: Path) -> None:
    """In a folder, pages with the tag of report and pages listed in the manifest of a site are left out and listed."""
    (tmp_path / "site/speakers").mkdir(parents=True)
    (tmp_path / "site/index.html").write_text(OWN)
    (tmp_path / "site/speakers/old.html").write_text("<p>“We sail at dawn,” said Ruth Vale of the harbour.")
    (tmp_path / "site/quotetrack-files.json").write_text('["index.html", "speakers/old.html"]')
    (tmp_path / "news.html").write_text("<p>“We sail at dawn,” said Ruth Vale of the harbour.")
    files, left_out = survey([tmp_path])
    assert [path.name for path in files] == ["news.html"]
    assert [Path(one.location).name for one in left_out if one.reason == OWN_PAGE] == ["index.html", "old.html"]


def test_a_named_page_that_report_wrote_is_refused(tmp_path: Path) -> None:
    """A page of report that is given by name is a failure with that reason, and a damaged manifest excludes nothing."""
    (tmp_path / "index.html").write_text(OWN)
    (failure,) = read(tmp_path / "index.html")
    assert isinstance(failure, Failure) and "quotetrack report" in failure.reason
    (tmp_path / "quotetrack-files.json").write_text("{")
    (tmp_path / "news.html").write_text(
        "<html><body><p>“We sail at dawn,” said Ruth Vale of the harbour.</p></body></html>"
    )
    assert isinstance(next(read(tmp_path / "news.html")), Article)
