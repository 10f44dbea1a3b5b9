"""Articles that a correction takes out of everything shown."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from quotetrack.corrections import decisions
from quotetrack.errors import UsageError
from quotetrack.jobs.correct import correct
from quotetrack.jobs.refresh import refresh
from quotetrack.jobs.verify import verify
from quotetrack.read.corrections import corrections
from quotetrack.read.counts import count_some
from quotetrack.store import Store
from tests.edited import JULY, JUNE, OTHER, in_file, page, put

COUNTED = ("articles", "quotations", "speakers", "claims")


def key_of(store: Store, text: str) -> str:
    [(key,)] = store.connection.execute("SELECT article_id FROM articles WHERE text = ?", [text]).fetchall()
    return str(key)


def test_a_removed_article_counts_nowhere(store: Store) -> None:
    """Article, quotations, speakers and claims are gone, the correction is listed, and undoing it brings back what was there."""
    put(store, page(JUNE, title="Yard to close", published="2026-03-02"), page(OTHER, "https://post.example/choir"))
    refresh(store)
    before = count_some(store, *COUNTED)
    rejected = "SELECT quotation_id FROM quotations WHERE text LIKE '%Nobody%'"
    correct(store, decisions.reject, store.connection.execute(rejected).fetchall()[0][0], "a title", "ann")
    number = correct(store, decisions.remove, key_of(store, JUNE), "satire", "ann")
    assert set(count_some(store, *COUNTED).values()) == {1} and verify(store) == []
    found = corrections(store)
    assert [(one.summary, one.effect) for one in found][1] == (
        "“Yard to close” (Harbour Post, 2026-03-02) is removed",
        True,
    )
    correct(store, decisions.undo, number, "ann")
    correct(store, decisions.undo, 1, "ann")
    assert count_some(store, *COUNTED) == before and verify(store) == []
    assert [one.effect for one in corrections(store)] == [False, False]


def test_a_correction_holds_again_after_a_removal_is_undone(store: Store) -> None:
    """A quotation that was rejected before its article was removed is rejected when the article is back."""
    put(store, page(JUNE))
    refresh(store)
    [(quotation,)] = store.connection.execute(
        "SELECT quotation_id FROM quotations WHERE text LIKE '%Nobody%'"
    ).fetchall()
    correct(store, decisions.reject, quotation, "a title", "ann")
    number = correct(store, decisions.remove, key_of(store, JUNE), "satire", "ann")
    assert [one.effect for one in corrections(store)] == [False, True]
    correct(store, decisions.undo, number, "ann")
    assert store.connection.execute("SELECT text FROM corrected_quotations").fetchall() == [
        ("“We will close the yard in June,”",)
    ]


def test_a_removal_survives_the_next_ingest(store: Store, tmp_path: Path) -> None:
    """The same URL, the same text of the outlet and the same file, edited or not, are not read again; a copy of another outlet is."""
    path = tmp_path / "yard.txt"
    put(store, in_file(path, JUNE))
    correct(store, decisions.remove, key_of(store, JUNE), "satire", "ann")
    copies = [
        in_file(tmp_path / "copy.txt", JUNE), page(JUNE, "https://post.example/again"), in_file(path, JULY),
        replace(in_file(path, JULY), url="https://post.example/yard"),
    ]  # fmt: skip
    for one in copies:
        assert store.is_removed(one) and not store.known(one, "m") and put(store, one) == ["removed"]
    assert count_some(store, "articles") == {"articles": 0}
    lantern = replace(page(JUNE, "https://lantern.example/yard"), outlet="Lantern")
    assert not store.is_removed(lantern) and put(store, lantern) == ["new"]


def test_an_edit_after_a_removal_is_read_when_it_is_undone(store: Store, tmp_path: Path) -> None:
    """Undoing the removal brings back the text that was removed; the next ingest finds the edit."""
    put(store, page(JUNE))
    number = correct(store, decisions.remove, key_of(store, JUNE), "satire", "ann")
    assert put(store, page(JULY)) == ["removed"]
    correct(store, decisions.undo, number, "ann")
    assert put(store, page(JULY)) == ["edited"]


def test_wrong_use(store: Store) -> None:
    """An unknown identifier, an empty reason and a second removal are refused, and nothing is recorded."""
    put(store, page(JUNE))
    with pytest.raises(UsageError, match="No article with the id 'x'"):
        correct(store, decisions.remove, "x", "satire", "ann")
    key = key_of(store, JUNE)
    with pytest.raises(UsageError, match="reason is required"):
        correct(store, decisions.remove, key, " ", "ann")
    assert count_some(store, "articles") == {"articles": 1} and corrections(store) == []
    correct(store, decisions.remove, key, "satire", "ann")
    with pytest.raises(UsageError, match="No article with the id"):
        correct(store, decisions.remove, key, "satire", "ann")


def test_a_correction_finds_the_words_that_an_edit_moved(store: Store) -> None:
    """A rejected quotation stays rejected when a paragraph was added before it; other words at its old place are not rejected."""
    put(store, page(JUNE))
    refresh(store)
    [(key,)] = store.connection.execute("SELECT quotation_id FROM quotations WHERE text LIKE '%close%'").fetchall()
    correct(store, decisions.reject, key, "a title", "ann")
    moved = f"“The ferry sails at noon today,” said Mara Osei. It rained all day long.\n\n{JUNE}"
    put(store, page(moved))
    refresh(store)
    shown = store.connection.execute("SELECT text FROM corrected_quotations ORDER BY position").fetchall()
    assert shown == [("“The ferry sails at noon today,”",), ("“Nobody was told,”",)]
    [(speakers, rejected)] = store.connection.execute(
        "SELECT speakers, rejected FROM version_quotations WHERE position = 0"
    ).fetchall()
    assert (speakers, rejected) == ([], True)
    assert (
        json.loads(store.connection.execute("SELECT details FROM corrections").fetchall()[0][0])["quotation"]["id"]
        == key
    )
