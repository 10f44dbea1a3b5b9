"""A database of any earlier version is brought up to date with what it holds, decisions of people included."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from quotetrack.corrections import decisions
from quotetrack.corrections.references import made_id
from quotetrack.jobs.correct import correct as correct_now
from quotetrack.jobs.refresh import refresh
from quotetrack.jobs.verify import verify
from quotetrack.model import Article
from quotetrack.read.corrections import corrections
from quotetrack.store import Store
from quotetrack.store.database import migrations
from quotetrack.store.inputs import article_id
from quotetrack.version import __version__

TEXT = "“The dam will hold,” said Ruth Vale. “Nobody asked the crew,” said Anton Lund. “Storm nears coast.”"
SAYINGS = {"q0": "“The dam will hold,”", "q1": "“Nobody asked the crew,”", "q2": "“Storm nears coast.”"}
PEOPLE = {"q0": "Ruth Vale", "q1": "Anton Lund"}
ROLES = {"q0": "harbour master", "q1": "engineer"}
VERSIONS = [number for number, _, _ in migrations()]
CORRECTIONS = 2  # the version that brought them
PASSAGES = 14  # the version that lists the quotations of each passage
DUPLICATES = 19  # the last version that recorded copies in a table of their own
VERSIONS_OF_ARTICLES = 20  # the version that keeps earlier texts
KEYS_OF_LINKED_SOURCES = 23  # the version that stores with each linked source under which key it was linked
OVERLAY = 8  # the version that took them out of quotations and sources


@pytest.fixture(scope="module", autouse=True)
def new_databases() -> None:
    """Databases of this module are created by the migrations, not copied."""


def made(path: Path, version: int) -> None:
    """A database as ``version`` had it: one article with three quotations, two of them by somebody named."""
    with duckdb.connect(str(path)) as old:
        old.execute("CREATE TABLE schema_version (number INTEGER PRIMARY KEY, name VARCHAR, applied_at TIMESTAMP)")
        for number, name, sql in migrations():
            if number > version:
                break
            old.execute(sql)
            old.execute("INSERT INTO schema_version VALUES (?, ?, now()::TIMESTAMP)", [number, name])
        old.execute(
            "INSERT INTO articles (article_id, outlet, url, published, language, location, text, sha256, models, extractor, "
            "ingested_at) VALUES ('a0', 'The Post', 'https://post.example/0', '2026-03-02', 'en', 'a.txt', ?, 'hash', 'm', '0', "
            "now()::TIMESTAMP)",
            [TEXT],
        )
        for place, (key, saying) in enumerate(SAYINGS.items()):
            source = f"s{place}" if key in PEOPLE else None
            old.execute(
                "INSERT INTO quotations (quotation_id, article_id, position, kind, text, source_id, role, confidence) "
                "VALUES (?, 'a0', ?, 'direct', ?, ?, ?, 0.9)",
                [key, place, saying, source, ROLES.get(key)],
            )
            start = TEXT.index(saying)
            old.execute(
                "INSERT INTO spans VALUES (?, 'content', 0, ?, ?, ?)", [key, start, start + len(saying), saying]
            )
            if source:
                name = PEOPLE[key]
                at = TEXT.index(name)
                old.execute(
                    "INSERT INTO sources VALUES (?, 'a0', ?, ?, ?, ?, 'person', NULL, 'name')",
                    [source, at, at + len(name), name, name],
                )


def decided(path: Path, version: int) -> None:
    """Reject one quotation and reassign two others as ``version`` did: in place, or from ``OVERLAY`` on in tables of their own."""
    with duckdb.connect(str(path)) as old:
        (reject_in_place if version < OVERLAY else reject_in_overlay)(old)
        correct(old, 1, "reject", {"quotation": reference("q0")})
        for number, (key, name) in enumerate((("q1", "Mara Osei"), ("q2", "Ann Reed")), 2):
            (reassign_in_place if version < OVERLAY else reassign_in_overlay)(old, key)
            speaker = {"id": made_id(name), "name": name, "made": True, "places": []}
            old.execute("INSERT INTO speakers (speaker_id, name, type) VALUES (?, ?, 'person')", [speaker["id"], name])
            old.execute("INSERT INTO source_speakers VALUES ('p' || ?, ?, false)", [key, speaker["id"]])
            correct(old, number, "reassign", {"quotation": reference(key), "speaker": speaker})


def reject_in_place(old: duckdb.DuckDBPyConnection) -> None:
    old.execute("INSERT INTO rejected_quotations SELECT * FROM quotations WHERE quotation_id = 'q0'")
    old.execute("DELETE FROM quotations WHERE quotation_id = 'q0'")


def reject_in_overlay(old: duckdb.DuckDBPyConnection) -> None:
    old.execute("INSERT INTO rejections VALUES ('q0')")


def reassign_in_place(old: duckdb.DuckDBPyConnection, key: str) -> None:
    old.execute("INSERT INTO reassigned SELECT quotation_id, source_id FROM quotations WHERE quotation_id = ?", [key])
    old.execute("INSERT INTO sources VALUES ('p' || ?, 'a0', 0, 0, '', NULL, NULL, NULL, 'person')", [key])
    old.execute("UPDATE quotations SET source_id = 'p' || quotation_id WHERE quotation_id = ?", [key])


def reassign_in_overlay(old: duckdb.DuckDBPyConnection, key: str) -> None:
    old.execute(
        "INSERT INTO decided_sources (quotation_id, source_id, article_id, start_char, end_char, text) "
        "VALUES (?, 'p' || ?, 'a0', 0, 0, '')",
        [key, key],
    )


def reference(key: str) -> dict[str, object]:
    start = TEXT.index(SAYINGS[key])
    return {"id": key, "article": "a0", "text": SAYINGS[key], "spans": [[start, start + len(SAYINGS[key])]]}


def correct(old: duckdb.DuckDBPyConnection, number: int, kind: str, details: dict[str, object]) -> None:
    old.execute(
        "INSERT INTO corrections VALUES (?, ?, 's', ?, 'w', 'ann', now()::TIMESTAMP, NULL, NULL)",
        [number, kind, json.dumps(details)],
    )


def who_said_what(store: Store) -> list[tuple[object, ...]]:
    return store.connection.execute("SELECT quotation_id, speaker, role FROM who_said_what ORDER BY ALL").fetchall()


def found(store: Store) -> list[tuple[object, ...]]:
    """What the machine found."""
    return store.connection.execute(
        "SELECT quotation_id, source_id, name, method FROM quotations LEFT JOIN sources USING (source_id) ORDER BY ALL"
    ).fetchall()


FOUND = [("q0", "s0", "Ruth Vale", "name"), ("q1", "s1", "Anton Lund", "name"), ("q2", None, None, None)]
BY_MACHINE = [("q0", "Ruth Vale", "harbour master"), ("q1", "Anton Lund", "engineer"), ("q2", None, None)]
BY_PEOPLE = [("q1", "Mara Osei", None), ("q2", "Ann Reed", None)]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_stored_outlives_every_upgrade(tmp_path: Path, version: int) -> None:
    """Articles, quotations and sources of every earlier version are there, linked, clustered and listed in the index of words."""
    made(tmp_path / "old.duckdb", version)
    with Store.open(tmp_path / "old.duckdb") as store:
        assert found(store) == FOUND
        refresh(store)
        assert who_said_what(store) == BY_MACHINE
        if version < PASSAGES:
            unlisted = "SELECT count(*) FROM spans s WHERE part = 'content' AND NOT EXISTS (FROM passages WHERE contains(quotations, s.quotation_id))"
            assert store.connection.execute(unlisted).fetchone() == (0,)
        assert store.connection.execute("SELECT count(*) FROM claim_printings").fetchone() == (3,)
        for start, end, text, article in store.connection.execute(
            "SELECT start_char, end_char, s.text, a.text FROM corrected_sources s JOIN articles a USING (article_id)"
        ).fetchall():
            assert article[start:end] == text


@pytest.mark.parametrize("version", [v for v in VERSIONS if v >= CORRECTIONS])
def test_decisions_outlive_every_upgrade(tmp_path: Path, version: int) -> None:
    """Corrections of every earlier version hold at once and after a refresh, give no role of another speaker, and can be undone."""
    made(tmp_path / "old.duckdb", version)
    decided(tmp_path / "old.duckdb", version)
    with Store.open(tmp_path / "old.duckdb") as store:
        assert found(store) == FOUND
        assert who_said_what(store) == BY_PEOPLE
        refresh(store)
        assert (found(store), who_said_what(store)) == (FOUND, BY_PEOPLE)
        assert [one.effect for one in corrections(store)] == [True, True, True]
        for number in (1, 2, 3):
            decisions.undo(store, number, "ann")
        assert (found(store), who_said_what(store)) == (FOUND, BY_MACHINE)


def test_inputs_that_were_recorded_outlive_the_upgrade(tmp_path: Path) -> None:
    """A file that an earlier version recorded as a copy with another title is known after the upgrade, and changes nothing; the
    text of each article was first seen when it was stored."""
    path = tmp_path / "old.duckdb"
    made(path, DUPLICATES)
    kept, other = (
        Article(TEXT, "The Post", None, title, location=str(tmp_path / title)) for title in ("a.txt", "b.txt")
    )
    with duckdb.connect(str(path)) as old:
        old.execute(
            "UPDATE articles SET article_id = ?, url = NULL, published = NULL, title = 'a.txt', location = ?, sha256 = ?, extractor = ?",
            [article_id(kept), kept.location, kept.sha256, __version__],
        )
        metadata = json.dumps(["b.txt", None, None, "en"])
        old.execute("INSERT INTO duplicates VALUES (?, ?, ?)", [other.location, article_id(kept), metadata])
    for one in (kept, other):
        Path(one.location).touch()
    with Store.open(path) as store:
        assert store.known(kept, "m") and store.known(other, "m")
        assert store.put([(other, None)], "m") == ["unchanged"]
        rows = store.connection.execute("SELECT title, first_seen = ingested_at FROM articles").fetchall()
        assert rows == [("a.txt", True)]


def test_an_article_of_an_earlier_version_can_be_edited_and_removed(tmp_path: Path) -> None:
    """An article that was stored before there were versions keeps its text as an earlier version when it is edited, and can be removed."""
    made(tmp_path / "old.duckdb", VERSIONS_OF_ARTICLES - 1)
    with Store.open(tmp_path / "old.duckdb") as store:
        refresh(store)
        edited = Article(TEXT.replace("hold", "break"), "The Post", "https://post.example/0", location="a.txt")
        assert store.put([(edited, [])], "m") == ["edited"]
        assert store.connection.execute("SELECT text, first_seen IS NOT NULL FROM article_versions").fetchall() == [
            (TEXT, True)
        ]
        rows = store.connection.execute("SELECT text, speakers FROM version_quotations ORDER BY position").fetchall()
        assert rows == [(SAYINGS[key], [PEOPLE[key]] if key in PEOPLE else []) for key in SAYINGS]
        correct_now(store, decisions.remove, "a0", "satire", "ann")
        assert store.connection.execute("SELECT count(*) FROM articles").fetchall() == [(0,)]


def test_linked_speakers_outlive_the_upgrade(tmp_path: Path) -> None:
    """The next refresh links a database that an earlier version linked from the beginning, and leaves nothing of its results."""
    path = tmp_path / "old.duckdb"
    made(path, KEYS_OF_LINKED_SOURCES)
    with Store.open(path) as store:
        refresh(store)
        linked = store.connection.execute("FROM linked_aliases ORDER BY ALL").fetchall()
    with duckdb.connect(str(path)) as old:  # back to the table before
        for index in ("speaker", "article", "first_key"):
            old.execute(f"DROP INDEX linked_sources_by_{index}")
        old.execute("ALTER TABLE linked_sources DROP COLUMN first_key")
        old.execute("UPDATE linked_sources SET speaker_id = 'stale' WHERE source_id = 's0'")
        old.execute("UPDATE linked_speakers SET speaker_id = 'stale' WHERE name = 'Ruth Vale'")
        old.execute("DELETE FROM schema_version WHERE number >= ?", [KEYS_OF_LINKED_SOURCES])
    with Store.open(path) as store:
        refresh(store)
        assert store.connection.execute("FROM linked_aliases ORDER BY ALL").fetchall() == linked
        assert store.connection.execute(
            "SELECT count(*) FROM linked_speakers WHERE speaker_id = 'stale'"
        ).fetchall() == [(0,)]
        assert [one for one in verify(store) if one.table.startswith("linked")] == []
