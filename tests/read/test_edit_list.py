"""The list of edits: order, paging, filters, and what it leaves out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from quotetrack.corrections import decisions
from quotetrack.errors import UsageError
from quotetrack.jobs.correct import correct
from quotetrack.jobs.refresh import refresh
from quotetrack.model import Article
from quotetrack.read.edit_list import ArticleEdit, count_edits, list_edits
from quotetrack.read.versions import edits_of
from quotetrack.store import Store
from tests.edited import JULY, JUNE, OTHER, in_file, page, put

MILL = "https://post.example/mill"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The yard was edited twice, on 2 and 4 March, and the mill of another outlet once, on 3 March; the choir never."""
    store = Store.open(tmp_path / "t.duckdb")
    mill = Article(JUNE.replace("yard", "mill"), outlet="The Wire", url=MILL, title="Mill", location="mill.txt")
    put(
        store,
        page(JUNE, title="Yard to close", published="2026-03-01"),
        mill,
        page(OTHER, "https://post.example/choir"),
    )
    refresh(store)
    put(store, page(JULY, title="Yard may close", published="2026-03-01"))
    _found_on(store, "2026-03-02")
    put(store, Article(JULY.replace("yard", "mill"), outlet="The Wire", url=MILL, title="Mill", location="mill.txt"))
    _found_on(store, "2026-03-03")
    put(store, page(f"{JULY} The rain stopped.", title="Yard may close", published="2026-03-01"))
    _found_on(store, "2026-03-04")
    refresh(store)
    return store


def _found_on(store: Store, day: str) -> None:
    """Date the edits that have been found since the last call."""
    store.connection.execute(
        "UPDATE article_versions SET superseded_at = ?::TIMESTAMP WHERE superseded_at > '2026-03-20'", [f"{day} 08:00"]
    )


def told(found: list[ArticleEdit]) -> list[tuple[str | None, str, dict[str, int]]]:
    return [(one.title, f"{one.edit.before.superseded_at:%m-%d}", one.edit.counts) for one in found]


def test_the_latest_edit_comes_first(store: Store) -> None:
    """Every edit is listed once, by the time it was found, with what it did to the statements and the text it replaced."""
    assert told(list_edits(store)) == [
        ("Yard may close", "03-04", {"changed": 0, "vanished": 0, "added": 0}),
        ("Mill", "03-03", {"changed": 1, "vanished": 1, "added": 1}),
        ("Yard may close", "03-02", {"changed": 1, "vanished": 1, "added": 1}),
    ]
    assert count_edits(store) == 3
    assert list_edits(store)[2].edit.before.title == "Yard to close"


def test_a_part_of_the_list_is_the_same_as_in_the_whole(store: Store) -> None:
    """Pages of the list join to the whole list, and each edit is the one that the page of its article shows."""
    every = list_edits(store)
    assert [one for start in range(4) for one in list_edits(store, limit=1, start=start)] == every
    shown = edits_of(store, {one.article_id for one in every})
    assert all(one.edit in shown[one.article_id] for one in every)


@pytest.mark.parametrize(
    ("filters", "days"),
    [
        ({"since": "2026-03-03"}, ["03-04", "03-03"]),
        ({"until": "2026-03-03"}, ["03-03", "03-02"]),
        ({"since": "2026-03", "until": "2026-03"}, ["03-04", "03-03", "03-02"]),
        ({"outlet": "the wire"}, ["03-03"]),
        ({"outlet": ["The Wire", "Harbour Post"], "since": datetime(2026, 3, 3, 9, tzinfo=UTC)}, ["03-04"]),
    ],
)
def test_filters(store: Store, filters: dict[str, str], days: list[str]) -> None:
    """The period is that in which an edit was found, not that of publication; names of outlets ignore case."""
    assert [when for _, when, _ in told(list_edits(store, **filters))] == days  # type: ignore[arg-type]


def test_wrong_filters_are_errors(store: Store) -> None:
    """An outlet that no article has and an invalid date are errors, not empty lists."""
    with pytest.raises(UsageError, match="Nobody"):
        list_edits(store, "Nobody")
    with pytest.raises(UsageError, match="soon"):
        list_edits(store, since="soon")


def test_a_removed_article_has_no_edits_in_the_list(store: Store) -> None:
    """What a correction removed is not shown here either, and returns when the removal is undone."""
    [mill] = list_edits(store, "The Wire")
    number = correct(store, decisions.remove, mill.article_id, "satire", "ann")
    assert [one.title for one in list_edits(store)] == ["Yard may close", "Yard may close"]
    assert count_edits(store) == 2
    correct(store, decisions.undo, number, "ann")
    assert count_edits(store) == len(list_edits(store)) == 3


def test_a_file_time_stands_in_for_the_date(tmp_path: Path) -> None:
    """An article without a date is listed with the day that stands in for it and where that is from."""
    with Store.open(tmp_path / "u.duckdb") as store:
        for text in (JUNE, JULY):
            put(store, in_file(tmp_path / "yard.txt", text))
        refresh(store)
        assert [one.dated for one in list_edits(store)] == ["undated"]
        [key] = [one.article_id for one in list_edits(store)]
        store.connection.execute(
            "INSERT INTO article_provenance (article_id, day, day_from) VALUES (?, '2026-03-09', 'file time')", [key]
        )
        assert [one.dated for one in list_edits(store)] == ["2026-03-09 (file time)"]
