"""A folder of files that are edited, copied and removed, ingested again and again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quotetrack.corrections import decisions
from quotetrack.jobs import analysis
from quotetrack.jobs.correct import correct
from quotetrack.jobs.ingest import IngestSummary, ingest
from quotetrack.store import Store
from tests.edited import JULY, JUNE, OTHER, analysed

HEADER = "Outlet: Harbour Post\nURL: https://post.example/{}\nTitle: {}\n\n"
Ingest = Callable[[], IngestSummary]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", "yard.txt", HEADER.format("yard", "Yard") + JUNE)
    write(tmp_path / "in", "choir.txt", OTHER)
    return tmp_path / "in"


@pytest.fixture
def again(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Ingest:
    """Ingest the folder, with a simple pattern in place of the models."""
    monkeypatch.setattr(analysis, "load", lambda *_: None)
    monkeypatch.setattr(analysis, "analyse", analysed)
    return lambda: ingest(store, [folder], workers=1)


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def counts(summary: IngestSummary) -> dict[str, int]:
    names = ("new", "updated", "unchanged", "edited", "changed", "vanished", "added", "removed")
    return {name: number for name in names if (number := getattr(summary, name))}


def test_an_edited_folder_is_counted_once(store: Store, folder: Path, again: Ingest) -> None:
    """An ingest counts the articles that were edited and what became of their statements; the same folder again changes nothing."""
    assert counts(again()) == {"new": 2}
    write(folder, "yard.txt", HEADER.format("yard", "Yard") + JULY)
    write(folder, "choir.txt", OTHER.replace("Sunday", "Monday"))
    assert counts(again()) == {"updated": 2, "edited": 2, "changed": 2, "vanished": 1, "added": 1}
    before = store.connection.execute("SELECT * FROM articles ORDER BY article_id").fetchall()
    assert counts(again()) == {"unchanged": 2} and not store.unfinished()
    assert store.connection.execute("SELECT * FROM articles ORDER BY article_id").fetchall() == before


def test_an_old_file_beside_the_new_one(store: Store, folder: Path, again: Ingest) -> None:
    """A copy of the earlier text in the same folder changes nothing, at once and later."""
    again()
    write(folder, "yard.txt", HEADER.format("yard", "Yard") + JULY)
    again()
    write(folder, "zz-old.txt", HEADER.format("yard", "Yard") + JUNE)
    assert counts(again()) == counts(again()) == {"unchanged": 3}
    assert store.connection.execute("SELECT text FROM articles WHERE url IS NOT NULL").fetchall() == [(JULY,)]


def test_a_removed_article_is_not_new(store: Store, folder: Path, again: Ingest) -> None:
    """Ingest counts the inputs of a removed article as such and reads them again when the removal is undone."""
    again()
    [(key,)] = store.connection.execute("SELECT article_id FROM articles WHERE url IS NOT NULL").fetchall()
    number = correct(store, decisions.remove, key, "satire", "ann")
    assert counts(again()) == {"unchanged": 1, "removed": 1}
    write(folder, "yard.txt", HEADER.format("yard", "Yard") + JULY)
    assert counts(again()) == {"unchanged": 1, "removed": 1}
    correct(store, decisions.undo, number, "ann")
    assert counts(again()) == {"updated": 1, "unchanged": 1, "edited": 1, "changed": 1, "vanished": 1, "added": 1}


def test_several_articles_of_one_file(
    store: Store, folder: Path, again: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Posts of one page without addresses stay articles of their own, although they stand in the same file."""
    from quotetrack.jobs import ingest as job
    from quotetrack.model import Article

    posts = [Article(text, location=str(folder / "choir.txt")) for text in (JUNE, JULY)]
    readings = [lambda: iter(posts)]
    assert counts(job.ingest_readings(store, readings, workers=1)) == {"new": 2}
    assert counts(job.ingest_readings(store, readings, workers=1)) == {"unchanged": 2}
