"""The folder, name and time of a file stand in for missing metadata, marked as such."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quotetrack.inputs import Metadata, read
from quotetrack.inputs.provenance import outlet_of_folder
from quotetrack.model import Article, Failure
from quotetrack.store import Store

MARCH_2 = 1772438400  # 2026-03-02


def article(path: Path, text: str = "The port is shut.", given: Metadata | None = None) -> Article:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (MARCH_2, MARCH_2))
    (found,) = read(path, given)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("folder", "outlet"),
    [
        ("/a/Coast Courier", "Coast Courier"), ("/a/Coast Courier/2026/03", "Coast Courier"),
        ("/a/The Post/March 2026/02", "The Post"), ("/a/courier.example", "courier.example"), ("/a/Coast_Courier", "Coast Courier"),
        ("/a/articles", None), ("/a/Press Articles", None), ("/a/Downloads", None), ("/a/my texts", None), ("/a/tmp", None),
        ("/a/2026-03-02", None), ("/a/Coast Courier/corpus", None), ("/Data", None),
    ],
)  # fmt: skip
def test_only_names_like_those_of_outlets_are_taken(folder: str, outlet: str | None) -> None:
    """The nearest folder that is not a date is taken if it is a domain or written like a name, and else none is."""
    assert outlet_of_folder(Path(folder) / "a.txt") == outlet


def test_what_stands_in_is_marked(tmp_path: Path) -> None:
    """The outlet and title from a path say so in words, and the day of the file is not the date of publication."""
    found = article(tmp_path / "Coast Courier" / "piers.txt")
    assert (found.outlet, found.title, found.published) == (
        "Coast Courier (folder name)", "piers.txt (file name)", None,
    )  # fmt: skip
    assert (found.provenance.day, found.provenance.day_from) == ("2026-03-02", "file time")


def test_a_day_in_the_name_comes_before_the_time(tmp_path: Path) -> None:
    """A day in the name of a file is taken instead of the time of the file."""
    found = article(tmp_path / "2024-05-06-piers.txt")
    assert (found.provenance.day, found.provenance.day_from) == ("2024-05-06", "file name")


def test_explicit_metadata_wins(tmp_path: Path) -> None:
    """Nothing stands in for what the article or the user gives."""
    given = Metadata(outlet="The Post", title="Piers", published="2020")
    found = article(tmp_path / "Coast Courier" / "2024-05-06-piers.txt", given=given)
    assert (found.outlet, found.title, found.published) == ("The Post", "Piers", "2020")
    assert (found.provenance.outlet, found.provenance.title, found.provenance.day) == (None, None, None)


def test_a_touched_or_copied_file_is_the_same_article(store: Store, tmp_path: Path) -> None:
    """Another time of the file, or a copy of another name, leaves the stored article as it is."""
    first = article(tmp_path / "Coast Courier" / "piers.txt")
    assert store.put([(first, [])], "m") == ["new"]
    os.utime(first.location, (MARCH_2 + 10_000_000, MARCH_2 + 10_000_000))
    (touched,) = read(Path(first.location))
    assert not isinstance(touched, Failure) and touched.provenance.day != first.provenance.day
    assert store.known(touched, "m")
    copy = article(tmp_path / "Coast Courier" / "copy.txt")
    assert store.is_analysed(copy, "m") and store.put([(copy, None)], "m") == ["unchanged"]
    assert store.known(copy, "m") and store.known(touched, "m")
    assert store.connection.execute("SELECT location, title FROM articles").fetchall() == [
        (first.location, first.title)
    ]
    assert not store.known(article(tmp_path / "Hill Gazette" / "piers.txt"), "m")


def test_provenance_is_stored_and_replaced(store: Store, tmp_path: Path) -> None:
    """The origin of each value is stored beside the article, once, and goes when the article gets a title of its own."""
    first = article(tmp_path / "piers.txt")
    titled = article(tmp_path / "piers.txt", given=Metadata(title="Piers"))
    for one in (first, titled):
        store.put([(one, [])], "m")
    rows = store.connection.execute("SELECT title, language, day, day_from FROM article_provenance").fetchall()
    assert rows == [(None, "detected", "2026-03-02", "file time")]
