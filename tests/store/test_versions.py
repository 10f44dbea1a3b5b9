"""What an edit of an article keeps, and which of several texts of one article is its current version."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from quotetrack.jobs.refresh import refresh
from quotetrack.model import Provenance
from quotetrack.store import Store
from quotetrack.store.integrity import findings
from tests.edited import JULY, JUNE, OTHER, in_file, page, put, quoted


def current(store: Store) -> list[str]:
    return [row[0] for row in store.connection.execute("SELECT text FROM articles ORDER BY text").fetchall()]


def earlier(store: Store) -> list[str]:
    query = "SELECT text FROM article_versions WHERE NOT removed ORDER BY superseded_at"
    return [row[0] for row in store.connection.execute(query).fetchall()]


def ids(store: Store) -> list[str]:
    return [row[0] for row in store.connection.execute("SELECT article_id FROM articles").fetchall()]


def test_an_edit_keeps_the_earlier_text_with_its_quotations(store: Store) -> None:
    """The earlier text of a URL stays with its spans, sources, speakers and index of words; quotations, speakers and claims are of the new one."""
    assert put(store, page(JUNE)) == ["new"]
    refresh(store)
    assert put(store, page(JULY)) == ["edited"]
    refresh(store)
    assert (current(store), earlier(store)) == ([JULY], [JUNE])
    rows = store.connection.execute(
        "SELECT q.text, speakers, v.text[s.start_char + 1:s.end_char] = s.text FROM version_quotations q "
        "JOIN version_spans s USING (version_id, quotation_id) JOIN article_versions v USING (version_id) WHERE part = 'content' ORDER BY position"
    ).fetchall()
    assert rows == [
        ("“We will close the yard in June,”", ["Ruth Vale"], True),
        ("“Nobody was told,”", ["Anton Lund"], True),
    ]
    assert store.connection.execute("SELECT DISTINCT speaker FROM all_quotations").fetchall() == [("Ruth Vale",)]
    claims = store.connection.execute("SELECT text FROM claims ORDER BY text").fetchall()
    assert claims == [("“We are sorry,”",), ("“We will close the yard in July,”",)]
    assert findings(store.connection) == []


def test_a_text_that_returns_is_current_again(store: Store) -> None:
    """After A, B and A again, A is the current version and B the earlier one; A is not analysed again and keeps its first date."""
    put(store, page(JUNE))
    [(seen,)] = store.connection.execute("SELECT first_seen FROM articles").fetchall()
    put(store, page(JULY))
    again = replace(page(JUNE), title="Yard to close")
    assert not store.known(again, "m") and store.is_analysed(again, "m")
    assert store.put([(again, None)], "m") == ["edited"]
    assert (current(store), earlier(store)) == ([JUNE], [JULY])
    assert store.connection.execute("SELECT title, first_seen FROM articles").fetchall() == [("Yard to close", seen)]
    assert findings(store.connection) == [] and store.known(again, "m")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_files_of_one_url_in_any_order(store: Store, tmp_path: Path, order: tuple[int, ...]) -> None:
    """Of files with one URL and different texts, the last in alphabetical order is current in any order, and reading them again changes nothing."""
    texts = [JUNE, JULY, JULY.replace("July", "August")]
    files = [page(text, location=str(tmp_path / f"{n}.txt")) for n, text in enumerate(texts)]
    for one in files:
        Path(one.location).touch()
    for number in order:
        put(store, files[number])
    for number in (*order, *range(3)):
        assert store.known(files[number], "m")
        assert put(store, files[number]) == ["unchanged"]
    assert current(store) == [texts[2]] and sorted(earlier(store)) == sorted(texts[:2])


def test_a_later_date_counts_before_the_name_of_the_file(store: Store, tmp_path: Path) -> None:
    """A file whose article was modified later is current although its name comes first; published dates count where that is missing."""
    for name in "ab":
        (tmp_path / f"{name}.txt").touch()
    new = page(JULY, location=str(tmp_path / "a.txt"), published="2026-03-02", modified="2026-03-04")
    old = page(JUNE, location=str(tmp_path / "b.txt"), published="2026-03-02")
    assert put(store, new, old) == ["new", "edited"]
    assert current(store) == [JULY] and earlier(store) == [JUNE]


def test_a_web_page_counts_before_a_saved_copy(store: Store, tmp_path: Path) -> None:
    """The page at its address is current, and a saved copy of an earlier text changes nothing, before or after."""
    (tmp_path / "zz.txt").touch()
    url = "https://post.example/yard"
    saved = page(JUNE, location=str(tmp_path / "zz.txt"))
    put(store, saved)
    put(store, page(JULY, location=url))
    put(store, saved)
    assert current(store) == [JULY] and store.known(saved, "m")
    put(store, page(JULY.replace("July", "August"), location=url))
    put(store, saved)
    assert current(store) == [JULY.replace("July", "August")]


@pytest.mark.parametrize("url", ["https://post.example/yard", None])
def test_an_old_copy_changes_nothing(store: Store, tmp_path: Path, url: str | None) -> None:
    """An earlier text that is read again from another file, such as a backup, stays an earlier version, with a URL or without."""
    for text in (JUNE, JULY):
        put(store, replace(in_file(tmp_path / "m.txt", text), url=url))
    copy = replace(in_file(tmp_path / "z.txt", JUNE), url=url)
    assert store.is_analysed(copy, "m") and store.put([(copy, None)], "m") == ["unchanged"]
    assert current(store) == [JULY] and earlier(store) == [JUNE] and store.known(copy, "m")


def test_an_edited_file_without_a_url(store: Store, tmp_path: Path) -> None:
    """A file that was edited stays the same article, also when its path is written otherwise and when the text returns."""
    path = tmp_path / "yard.txt"
    put(store, in_file(path, JUNE))
    [key] = ids(store)
    other = replace(in_file(path, JULY), location=str(tmp_path / "x" / ".." / "yard.txt"))
    (tmp_path / "x").mkdir()
    assert put(store, other) == ["edited"]
    assert ids(store) == [key] and (current(store), earlier(store)) == ([JULY], [JUNE])
    assert store.known(in_file(path, JULY), "m")
    assert put(store, in_file(path, JUNE)) == ["edited"]
    assert ids(store) == [key] and (current(store), earlier(store)) == ([JUNE], [JULY])
    assert findings(store.connection) == []


def test_a_file_with_another_article(store: Store, tmp_path: Path) -> None:
    """A file that now holds a text with hardly a word in common is a new article, and the earlier article stays."""
    path = tmp_path / "today.txt"
    put(store, in_file(path, JUNE))
    assert put(store, in_file(path, OTHER)) == ["new"]
    assert current(store) == sorted([JUNE, OTHER]) and earlier(store) == []


def test_a_file_with_another_url(store: Store, tmp_path: Path) -> None:
    """A file with another URL is another article; a file that gets or loses a URL stays the same one."""
    path = tmp_path / "yard.txt"
    put(store, in_file(path, JUNE))
    with_url = page(JUNE, location=str(path))
    assert store.put([(with_url, None)], "m") == ["updated"]
    assert put(store, page(JULY, "https://post.example/other", str(path))) == ["new"]
    assert current(store) == sorted([JUNE, JULY]) and earlier(store) == []


def test_a_copy_keeps_the_article_that_one_file_no_longer_holds(store: Store, tmp_path: Path) -> None:
    """Of two files with the same text, the one that is edited becomes an article of its own."""
    put(store, in_file(tmp_path / "a.txt", JUNE), in_file(tmp_path / "b.txt", JUNE))
    assert put(store, in_file(tmp_path / "a.txt", JULY)) == ["new"]
    assert put(store, in_file(tmp_path / "b.txt", JUNE)) == ["unchanged"]
    assert current(store) == sorted([JUNE, JULY]) and earlier(store) == []


def test_records_of_one_file_do_not_flip(store: Store, tmp_path: Path) -> None:
    """Two records of one file with one URL: the last is current, and reading the file again changes nothing."""
    (tmp_path / "dump.jsonl").touch()
    records = [page(text, location=f"{tmp_path}/dump.jsonl#{number}") for number, text in ((2, JUNE), (10, JULY))]
    assert put(store, *records) == ["new", "edited"]
    assert [store.known(one, "m") for one in records] == [True, True]
    assert put(store, *records) == ["unchanged", "unchanged"] and current(store) == [JULY]


def test_other_titles_of_one_url_do_not_flip(store: Store, tmp_path: Path) -> None:
    """Two files with one URL and text but other titles: the last file gives the title, and reading both again changes nothing."""
    for name in "ab":
        (tmp_path / name).touch()
    files = [page(JUNE, location=str(tmp_path / name), title=f"Title {name}") for name in "ab"]
    assert put(store, *files) == ["new", "updated"]
    for one in (*files, *files[::-1]):
        assert store.known(one, "m") and put(store, one) == ["unchanged"]
    assert store.connection.execute("SELECT title FROM articles").fetchall() == [("Title b",)]


def test_another_version_of_the_program_keeps_versions(store: Store, tmp_path: Path) -> None:
    """Analysing a text again, current or earlier, replaces its quotations and neither its place nor its first date."""
    for name in "ab":
        (tmp_path / name).touch()
    old, new = (page(text, location=str(tmp_path / name)) for name, text in (("a", JUNE), ("b", JULY)))
    put(store, old, new)
    seen = store.connection.execute("SELECT first_seen FROM articles").fetchall()
    assert not store.known(old, "n") and not store.known(new, "n")
    assert store.put([(old, []), (new, quoted(JULY)[:1])], "n") == ["unchanged", "updated"]
    assert store.known(old, "n") and store.known(new, "n") and current(store) == [JULY]
    assert store.connection.execute("SELECT first_seen FROM articles").fetchall() == seen
    assert store.connection.execute("SELECT count(*) FROM version_quotations").fetchall() == [(0,)]
    assert findings(store.connection) == []


def test_metadata_changes_without_analysis(store: Store) -> None:
    """A new title or date of the last change is stored with the quotations as they are, and the text stays one version."""
    put(store, page(JUNE))
    changed = replace(
        page(JUNE, title="Yard to close", modified="2026-03-04"), provenance=Provenance(language="detected")
    )
    assert not store.known(changed, "m") and store.put([(changed, None)], "m") == ["updated"]
    assert store.connection.execute("SELECT title, modified FROM articles").fetchall() == [
        ("Yard to close", "2026-03-04")
    ]
    assert store.connection.execute("SELECT count(*) FROM quotations").fetchall() == [(2,)] and earlier(store) == []
    assert store.connection.execute("SELECT count(*) FROM title_words").fetchall() == [(1,)]
    assert findings(store.connection) == []


def test_speakers_of_earlier_versions_are_as_shown_then(store: Store) -> None:
    """An edit in the same run as the first text keeps the names as extracted, before anything was linked."""
    put(store, page(JUNE), page(JULY))
    rows = store.connection.execute("SELECT speakers FROM version_quotations ORDER BY position").fetchall()
    assert rows == [(["Ruth Vale"],), (["Anton Lund"],)]


def test_inputs_are_recorded_with_what_they_gave(store: Store, tmp_path: Path) -> None:
    """The input that does not decide is recorded with its text and metadata, and forgotten when its file holds another article."""
    for name in "ab":
        (tmp_path / name).touch()
    old = page(JUNE, location=str(tmp_path / "a"), title="Yard")
    put(store, old, page(JULY, location=str(tmp_path / "b")))
    [(location, metadata)] = store.connection.execute("SELECT location, metadata FROM other_inputs").fetchall()
    assert location == old.location and json.loads(metadata)[2] == "Yard"
    put(store, page(OTHER, "https://post.example/choir", old.location))
    assert store.connection.execute("SELECT count(*) FROM other_inputs").fetchall() == [(0,)]
