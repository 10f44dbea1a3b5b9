"""What a batch of articles or a correction changes is computed again, and only that."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from quotetrack.corrections import decisions
from quotetrack.jobs.correct import correct
from quotetrack.jobs.refresh import refresh, refresh_speakers
from quotetrack.model import Article, Quotation, Speaker
from quotetrack.store import Store
from quotetrack.store.integrity import derived, forget_derived
from tests.conftest import said

GATES = "“The sluice gates were left open for eleven hours because nobody had signed the winter roster.”"
FERRY = "“No ferry leaves this harbour until the inspectors have signed every lifeboat certificate.”"
Report = tuple[Article, list[Quotation]]


def report(number: int, name: str, words: str, pronoun: bool = False, role: str = "", extra: str = "") -> Report:
    """An article in which ``name``, or a pronoun for that name, says ``words``."""
    phrase = "he" if pronoun else name
    text = f"{role} {name} arrived with Ruth Vale. {extra} {words} said {phrase}.".strip()
    article = Article(text, url=f"https://post.example/{number}", outlet=f"Post {number}", published="2031-03-01")
    source = Speaker(name, "person")
    quotation = said(article, words, source=phrase, speaker=source, role=role or None, after=0)
    method = "pronoun" if pronoun else "name"
    return article, [replace(quotation, method=method, speaker_confidence=0.8 if pronoun else 0.95)]  # type: ignore[arg-type]


FIRST = [
    report(0, "Ruth Vale", GATES, role="mayor"),
    report(1, "Anton Lund", GATES, pronoun=True),
    report(2, "Anton Lund", FERRY, role="engineer"),
    report(3, "Mabel Quist", "“We will not sell a single acre of the salt meadows.”"),
    report(4, "Lund", "“I was not there.”"),
]


@pytest.fixture
def filled(store: Store) -> Store:
    """Five articles, of which one has a speaker that another report corrects."""
    store.put(FIRST, "m")
    refresh(store)
    return store


def recomputed(store: Store) -> dict[str, tuple[int, int]]:
    """The derived tables when everything is computed from the beginning."""
    with store.transaction():
        forget_derived(store.connection)
    refresh(store)
    return derived(store.connection)


def quotation(store: Store, number: int) -> str:
    """The quotation of the article with this number."""
    query = "SELECT quotation_id FROM quotations JOIN articles USING (article_id) WHERE url = ?"
    return str(store.connection.execute(query, [f"https://post.example/{number}"]).fetchall()[0][0])


def test_step_by_step_equals_all_at_once(filled: Store) -> None:
    """New and changed articles and decisions about speakers, quotations and repairs leave the tables of one full run."""
    assert filled.connection.execute("SELECT outcome FROM repairs").fetchall() == [("replaced",)]
    correct(filled, decisions.rename, "Mabel Quist", "M. A. Quist", "full name", "ann")
    confirmed = correct(filled, decisions.confirm, quotation(filled, 1), "heard it", "ann")
    rejected = correct(filled, decisions.reject, quotation(filled, 2), "a caption", "ann")
    filled.put([report(0, "Ruth Vale", FERRY), report(5, "Mabel Quist", FERRY, pronoun=True)], "m")
    refresh(filled)
    found = derived(filled.connection)
    assert found == recomputed(filled)

    correct(filled, decisions.undo, confirmed, "ann")
    correct(filled, decisions.merge, "Anton Lund", "Ruth Vale", "one person", "ann")
    correct(filled, decisions.undo, rejected, "ann")
    filled.put([report(6, "Anton Lund", GATES, role="captain"), report(4, "Karl Lund", "“I was not there.”")], "m")
    filled.connection.execute("DELETE FROM articles WHERE url = 'https://post.example/3'")  # an article is withdrawn
    for table in ("quotations", "sources"):
        filled.connection.execute(f"DELETE FROM {table} WHERE article_id NOT IN (SELECT article_id FROM articles)")
    refresh(filled)
    found = derived(filled.connection)
    assert found == recomputed(filled)


def test_a_batch_leaves_other_rows_alone(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article about other people writes no row of a speaker it does not name, and compares no other repair."""
    compared: list[object] = []
    monkeypatch.setattr("quotetrack.repair.compared", compared.append)
    tables = ("speakers", "source_speakers", "aliases", "roles", "linked_sources", "appearances", "repairs", "claims")
    before = {table: rows(filled, table) for table in tables}
    filled.put([report(7, "Ines Falk", "“The bridge opens in the spring of next year.”", role="minister")], "m")
    refresh(filled)
    for table in tables:
        assert before[table] <= rows(filled, table), table
    assert not compared


def rows(store: Store, table: str) -> set[tuple[str, str]]:
    """The rows of a table with their places in the file, which change when a row is written again."""
    return {
        (str(place), json.dumps(row, default=str))
        for place, *row in store.connection.execute(f"SELECT rowid, * FROM {table}").fetchall()
    }


def test_a_correction_is_not_a_full_run(filled: Store) -> None:
    """A decision about one speaker writes no row of another."""
    others = {row for row in rows(filled, "source_speakers") if "Quist" not in row[1]}
    quist = filled.connection.execute("SELECT speaker_id FROM speakers WHERE name = 'Mabel Quist'").fetchall()[0][0]
    correct(filled, decisions.rename, "Mabel Quist", "M. A. Quist", "full name", "ann")
    assert {row for row in others if quist not in row[1]} <= rows(filled, "source_speakers")


def test_portions_do_not_matter(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linking that holds two appearances in memory at a time gives the result of linking all at once."""
    whole = derived(filled.connection)
    monkeypatch.setattr("quotetrack.link.linker._AT_ONCE", 2)
    monkeypatch.setattr("quotetrack.link.linker._TEXTS", 2)
    assert recomputed(filled) == whole


def test_keys_are_those_of_the_appearances(filled: Store) -> None:
    """The keys by which names are found are those of the stored names, also after articles changed."""
    filled.put([report(2, "Ines Falk", FERRY), report(4, "Lund", GATES)], "m")
    refresh_speakers(filled)
    query = "SELECT DISTINCT unnest(blocks), first_key FROM appearances ORDER BY ALL"
    expected = filled.connection.execute(query).fetchall()
    assert expected and filled.connection.execute("FROM name_keys ORDER BY ALL").fetchall() == expected
