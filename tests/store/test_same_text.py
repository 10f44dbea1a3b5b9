"""Files with the same text and outlet, but other titles or dates."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from quotetrack.model import Article
from quotetrack.store import Store

TEXT = "We sail at dawn."


def article(path: Path, title: str) -> Article:
    path.touch()
    return Article(TEXT, outlet="The Post", title=title, location=str(path))


def stored(store: Store) -> list[tuple[object, ...]]:
    return store.connection.execute("SELECT title, location FROM articles").fetchall()


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_last_file_decides_in_any_order(store: Store, tmp_path: Path, order: tuple[int, ...]) -> None:
    """Whatever the order of ingest, the metadata of the last file in alphabetical order are kept, the others are recorded, and the next run changes nothing."""
    files = [article(tmp_path / f"{name}.txt", f"Title {name}") for name in "abc"]
    for number in order:
        store.put([(files[number], [])], "m")
    assert stored(store) == [("Title c", str(tmp_path / "c.txt"))]
    recorded = store.connection.execute("SELECT location FROM other_inputs ORDER BY location").fetchall()
    assert [location for (location,) in recorded] == [str(tmp_path / f"{name}.txt") for name in "ab"]
    for number in order:
        store.put([(files[number], [])], "m")
    assert all(store.known(one, "m") for one in files)
    assert stored(store) == [("Title c", str(tmp_path / "c.txt"))]


def test_a_corrected_title_is_taken(store: Store, tmp_path: Path) -> None:
    """A file whose own title was changed is updated, however its path is written, and also if it was moved."""
    store.put([(article(tmp_path / "a.txt", "Titel"), [])], "m")
    (tmp_path / "z").mkdir()
    again = Article(TEXT, outlet="The Post", title="Title", location=str(tmp_path / "z" / ".." / "a.txt"))
    assert store.put([(again, [])], "m") == ["updated"]
    (tmp_path / "a.txt").unlink()
    assert store.put([(article(tmp_path / "b.txt", "New title"), [])], "m") == ["updated"]
    assert stored(store) == [("New title", str(tmp_path / "b.txt"))]
